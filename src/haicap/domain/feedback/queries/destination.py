"""Nơi nhận: what is known of a matter on a day, and the organ it goes to."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from typing import Any

from haicap.base.kept import Kept, Notes
from haicap.base.refused import Refused
from haicap.domain.dossiers import queries as dossiers
from haicap.domain.feedback.queries.tables import tables
from haicap.domain.feedback.routing import Desk, Matter, Routed, route
from haicap.domain.feedback.states import Kind
from haicap.domain.law import queries as law
from haicap.domain.powers import queries as powers
from haicap.domain.procedures import queries as procedures
from haicap.domain.units import queries as units
from haicap.domain.units.organs import KINDS

NATION = "vn"
REMEMBERED = 20_000
# Who answers where the organ that holds a power is a person or a council: the office of the same house.
HOUSE = {
    "commune_chairman": "commune_committee",
    "commune_council": "commune_office",
    "province_chairman": "province_committee",
    "province_council": "province_office",
}


@dataclass(frozen=True, slots=True)
class Subject:
    """What a ticket is about, in codes: uid of the place, code of a procedure, slug of a document, owner of a system."""

    kind: Kind
    unit: str = ""
    procedure: str = ""
    document: str = ""
    field: str = ""
    system_owner: str = ""  # kind of organ
    system_unit: str = ""  # uid of that organ's unit


def _state() -> Hashable:
    """What a routing is read from, all of it in memory: the table, units, catalogue, powers and law."""
    return tuple(
        _state_of(kept) for kept in (tables, units.register, procedures.catalogue, powers.current, law.corpus)
    )


def _state_of(kept: Kept[Any]) -> Hashable:
    """None while it is not loaded."""
    try:
        return kept.state()
    except Refused:
        return None


# Organs are remembered by the room below for a minute; here for half of one.
_noted: Notes[dict[tuple[Subject, date], Routed]] = Notes(
    dict, seconds=30, state=_state, full=lambda noted: len(noted) > REMEMBERED
)


def routed(subject: Subject, on: date) -> Routed:
    """The organ that answers on the day, with the rule; remembered. Refused `no_organ`, `no_unit`."""
    memory = _noted()
    found = memory.get((subject, on))
    if found is None:
        found = route(matter(subject, on), tables().rules, lambda kind: desk(kind, subject, on), on)
        memory[subject, on] = found
    return found


def matter(subject: Subject, on: date) -> Matter:
    """What the routing table asks, filled from the registers."""
    place = dossiers.place(subject.unit, on) if subject.unit else None
    level = "" if place is None else "province" if place.uid == place.province_uid else "commune"
    return Matter(
        kind=subject.kind.value,
        level=level,
        province=place.province_uid if place else "",
        procedure=subject.procedure,
        field=subject.field or field_of(subject.procedure, on),
        holder=_holder(subject, on),
        owner=_owner(subject, on),
        system=subject.system_owner,
    )


def field_of(procedure: str, on: date) -> str:
    """The field of a procedure on the day; "" when there is none."""
    if not procedure:
        return ""
    try:
        found = procedures.catalogue().at(procedure, on)
    except Refused:
        return ""
    return found.field if found else ""


def _holder(subject: Subject, on: date) -> str:
    """Kind of the organ that exercises the power behind the procedure there: the law's answer where it has one."""
    if not (subject.procedure and subject.unit):
        return ""
    found = dossiers.competence(subject.procedure, subject.unit, None, on)
    kind = found.holders[0].organ if found.holders else ""
    return HOUSE.get(kind, kind)


def _owner(subject: Subject, on: date) -> str:
    """Kind of the ministry that answers for the document, or for the field of the procedure."""
    if subject.document:
        doc = law.corpus().by_slug.get(subject.document)
        if doc is not None:
            return doc.owner or (doc.issuer if doc.issuer in KINDS else "")
    if subject.procedure:
        try:
            return procedures.owner_of(subject.procedure)
        except Refused:
            return ""
    return ""


def desk(kind: str, subject: Subject, on: date) -> Desk | None:
    """The organ of a kind for the place on the day: its own, its province's, the nation's; None when there is none."""
    unit = subject.system_unit if kind == subject.system_owner and subject.system_unit else subject.unit
    if unit and unit != NATION:
        office = dossiers.place(unit, on).offices.get(kind)
        return Desk(office.pk, office.kind, office.name, office.uid) if office else None
    return next(
        (Desk(o.pk, o.kind, o.name, o.unit_uid) for o in units.ministries(on) if o.kind == kind), None
    )


def organ_of(kind: str, unit: str, on: date) -> Desk | None:
    """An organ named by its kind and unit on the day."""
    return desk(kind, Subject(Kind.RULE, unit=unit), on)
