"""Điều báo cho người gửi và cán bộ: what letters about a ticket need to know."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from haicap.domain.dossiers.policy import COMMUNE_WORK, PROVINCE_WORK
from haicap.domain.feedback.models import Remark, Ticket
from haicap.domain.feedback.policy import FOCAL
from haicap.domain.feedback.states import OPEN
from haicap.domain.units import queries as units
from haicap.domain.units.policy import LEADERS

MOST_TOLD = 20  # people of one letter


@dataclass(frozen=True, slots=True)
class Tellable:
    """A ticket as its sender and its officers are told of it."""

    code: str
    kind: str
    language: str
    name: str
    email: str
    phone: str
    subject: str
    organ: str  # its name on the day
    organ_id: int
    due_at: datetime | None
    answer_due_at: datetime | None
    answer: str
    ground: str
    assignee: str
    erased: bool
    version: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """An open ticket that lies with an officer."""

    code: str
    subject: str
    assignee: str
    due_at: datetime


def tellable(public_id: str, on: date) -> Tellable | None:
    """The ticket of a stream's id; None for one that is no more."""
    try:
        row = Ticket.objects.select_related("answer").filter(public_id=UUID(public_id)).first()
    except ValueError:
        return None
    if row is None:
        return None
    return Tellable(
        row.code, row.kind, row.language, row.sender_name, row.sender_email, row.sender_phone, row.subject,
        units.organ(row.organ_id, on).name, row.organ_id, row.due_at, row.answer_due_at,
        row.answer.text if row.answer else "", row.ground, row.assignee, row.erased_at is not None, row.version,
    )  # fmt: skip


def code_of(public_id: str) -> str:
    """Code of the ticket with this opaque id; empty when there is none."""
    try:
        found = Ticket.objects.filter(public_id=UUID(public_id)).values_list("code", flat=True).first()
    except ValueError:
        return ""
    return found or ""


def public_id_of(code: str) -> str:
    """Opaque id of the ticket with this code; empty when there is none."""
    found = Ticket.objects.filter(code=code).values_list("public_id", flat=True).first()
    return str(found) if found else ""


def said_at(public_id: str, seq: int) -> str:
    """What was written to the sender beside an event of the ticket's stream."""
    rows = Remark.objects.filter(ticket__public_id=UUID(public_id), seq=seq, inside=False)
    return rows.values_list("text", flat=True).first() or ""


def lying_with_officers(limit: datetime) -> list[Waiting]:
    """Open tickets in an officer's hands that are due before `limit`, the earliest first."""
    rows = Ticket.objects.filter(state__in=list(OPEN), due_at__lt=limit).exclude(assignee="")
    found = rows.order_by("due_at", "pk").values_list("code", "subject", "assignee", "due_at")
    return [Waiting(code, subject, to, due) for code, subject, to, due in found if due is not None]


def leaders(public_id: str, level: int, on: date) -> list[str]:
    """Who is told that a ticket is late: level 1 the leaders of the house that holds it, level 2 the office above.

    Above a commune is the office of its province, above all others the Government Office. Opaque ids, nobody twice.
    """
    row = Ticket.objects.select_related("organ__unit", "province").filter(public_id=UUID(public_id)).first()
    if row is None:
        return []
    if level > 1 and row.organ.kind in COMMUNE_WORK and row.province is not None:
        return _people(row.province.uid, ("province_office",), on)
    if level > 1:
        return _people("vn", (FOCAL,), on)
    house = next((h for h in (COMMUNE_WORK, PROVINCE_WORK) if row.organ.kind in h), (row.organ.kind,))
    return _people(row.organ.unit.uid, house, on, leading=True)


def _people(uid: str, kinds: Collection[str], on: date, *, leading: bool = False) -> list[str]:
    organs = [o.pk for o in units.organs_of(uid, on) if o.kind in kinds]
    held = [a for pk in organs for a in units.held_by(pk, on)]
    told = [a.officer.actor for a in held if (a.post.role in LEADERS) or not leading]
    return list(dict.fromkeys(told))[:MOST_TOLD]
