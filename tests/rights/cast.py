"""Everybody who might try something with a dossier of one ward, and the kind of rights each should have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from haicap.domain.dossiers.tests import make
from haicap.domain.units.models import Organ
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed, officer
from haicap.kernel.accounts import actions as accounts
from haicap.kernel.accounts.models import User

DAY = make.MORNING.date()
FIRST, LAST = DAY, DAY  # of an appointment of one day, [DAY, DAY + 1)
PASSWORD = "mot-mat-khau-kho-doan"


class Kind(StrEnum):
    """What somebody is to the dossier."""

    RECEIVES = "receives"  # works at the centre where it was filed
    WORKS = "works"  # in the house of the competent organ
    LEADS = "leads"  # decides in it
    WATCHES = "watches"  # sees all of the province, does nothing
    COUNTS = "counts"  # a ministry: lists without personal text
    APPLIES = "applies"  # whose dossier it is
    NOBODY = "nobody"


@dataclass(frozen=True)
class Somebody:
    """An actor and what they are to the dossier."""

    actor: str
    kind: Kind


def citizen(name: str) -> User:
    """An account of a person without any post."""
    return accounts.register_citizen(
        name=f"dan.{name}", password=PASSWORD, display_name=name.title(), actor=accounts.SELF, at=make.MORNING
    )


def locked(person: User) -> User:
    """The same with the account locked."""
    accounts.lock(user=person.public_id, actor="system", at=make.MORNING)
    return person


def other_commune(w: Any) -> str:
    """A commune of another province with all its organs."""
    return make.elsewhere(w.register)


def everybody(w: make.World) -> Mapping[str, Somebody]:
    """By name; `w` has the people of the ward already."""
    own = w.register.province_of(make.SAPA, DAY).uid
    far = other_commune(w)
    other = w.register.province_of(far, DAY).uid
    day, next_day = DAY, DAY + timedelta(days=1)
    people: dict[str, tuple[User | None, Kind]] = {
        "applicant": (citizen("lan"), Kind.APPLIES),
        "other citizen": (citizen("mai"), Kind.NOBODY),
        "nobody": (None, Kind.NOBODY),
        "clerk": (w.reception, Kind.RECEIVES),
        "officer": (w.officer, Kind.WORKS),
        "chairman": (w.leader, Kind.LEADS),
        "deputy": (w.deputy, Kind.LEADS),
        "leader of an office": (appointed("truong", "commune_office", Role.LEADER, make.SAPA), Kind.WORKS),
        "council": (appointed("hoi", "commune_council", Role.LEADER, make.SAPA), Kind.NOBODY),
        "officer first day": (
            appointed("moi", "commune_economy", Role.OFFICER, make.SAPA, since=FIRST), Kind.WORKS),
        "officer day before": (
            appointed("mai.moi", "commune_economy", Role.OFFICER, make.SAPA, since=next_day), Kind.NOBODY),
        "officer last day": (
            appointed("sap.nghi", "commune_economy", Role.OFFICER, make.SAPA, until=next_day), Kind.WORKS),
        "officer day after": (
            appointed("da.nghi", "commune_economy", Role.OFFICER, make.SAPA, until=day), Kind.NOBODY),
        "clerk day after": (
            appointed("da.chuyen", "commune_centre", Role.RECEPTION, make.SAPA, until=day), Kind.NOBODY),
        "chairman day before": (
            appointed("mai.len", "commune_chairman", Role.LEADER, make.SAPA, since=next_day), Kind.NOBODY),
        "locked clerk": (locked(appointed("khoa", "commune_centre", Role.RECEPTION, make.SAPA)), Kind.NOBODY),
        "locked chairman": (locked(appointed("khoa.ct", "commune_chairman", Role.LEADER, make.SAPA)), Kind.NOBODY),
        "clerk next door": (w.neighbour, Kind.NOBODY),
        "officer next door": (appointed("ben", "commune_economy", Role.OFFICER, w.neighbour_uid), Kind.NOBODY),
        "chairman next door": (appointed("ben.ct", "commune_chairman", Role.LEADER, w.neighbour_uid), Kind.NOBODY),
        "clerk far": (w.stranger, Kind.NOBODY),
        "officer far": (appointed("xa", "commune_economy", Role.OFFICER, far), Kind.NOBODY),
        "province far": (appointed("xa.tinh", "province_chairman", Role.LEADER, other), Kind.NOBODY),
        "province": (appointed("tinh", "province_chairman", Role.LEADER, own), Kind.WATCHES),
        "province office": (appointed("vp.tinh", "province_office", Role.OFFICER, own), Kind.WATCHES),
        "province centre": (appointed("tt.tinh", "province_centre", Role.RECEPTION, own), Kind.WATCHES),
        "department": (appointed("so", "home_affairs", Role.OFFICER, own), Kind.NOBODY),
        "ministry": (w.ministry, Kind.COUNTS),
        "operator": (
            accounts.create_officer(
                name="van.hanh", display_name="Vận Hành", password=PASSWORD, is_operator=True, actor="system", at=make.MORNING
            ), Kind.NOBODY),
        "officer without a post": (officer("khong"), Kind.NOBODY),
    }  # fmt: skip
    found = {name: Somebody(user.actor if user else "", kind) for name, (user, kind) in people.items()}
    return found | {
        "public": Somebody("public", Kind.NOBODY),
        "system": Somebody("system", Kind.NOBODY),
        "an id nobody has": Somebody("00000000-0000-4000-8000-000000000000", Kind.NOBODY),
        "no id": Somebody("'; DROP TABLE dossiers_dossier; --", Kind.NOBODY),
    }


def centre_of(uid: str) -> int:
    """The centre of a commune."""
    return Organ.objects.get(kind="commune_centre", unit__uid=uid).pk
