"""Theo dõi: tickets behind the calendar, past their time, or held by an organ that ended."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db import connection

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.feedback.models import Source, Ticket
from haicap.domain.feedback.queries.destination import Subject, routed
from haicap.domain.feedback.routing import Desk
from haicap.domain.feedback.states import Kind
from haicap.domain.units import queries as units

BEHIND = """
FROM deadlines_clockdate c
JOIN deadlines_clock k ON k.stream = c.stream AND k.n = c.n
JOIN feedback_ticket t ON t.public_id = substr(c.stream, 17)::uuid
WHERE c.calendar_version = %s AND c.stream LIKE 'feedback.ticket:%%' AND k.state <> 'stopped'
  AND t.state IN ('received', 'in_work', 'awaiting_more', 'awaiting_approval', 'awaiting_publication')
  AND (c.n = t.hop * 4 + 3 AND t.answer_due_at IS DISTINCT FROM k.due_at
    OR c.n = t.hop * 4 + 1 AND t.state = 'received' AND t.due_at IS DISTINCT FROM k.due_at
    OR c.n = t.hop * 4 + 4 AND t.state = 'awaiting_publication' AND t.due_at IS DISTINCT FROM k.due_at)
"""
_OVERDUE = """
SELECT code FROM feedback_ticket
WHERE state IN ('received', 'in_work', 'awaiting_more', 'awaiting_approval', 'awaiting_publication')
  AND (due_at < %s AND escalation = 0 OR due_at < %s AND escalation = 1)
ORDER BY due_at, id LIMIT %s
"""
_ORPHANS = """
SELECT t.code FROM feedback_ticket t JOIN units_organ o ON o.id = t.organ_id
WHERE t.state IN ('received', 'in_work', 'awaiting_more', 'awaiting_approval', 'awaiting_publication')
  AND NOT o.valid @> %s::date
ORDER BY t.id LIMIT %s
"""
SOURCES_FOR = timedelta(hours=2)  # how long it is counted what a source sent
AGAIN_AFTER = timedelta(days=5)  # calendar days after which the focal office above hears of it too


def behind(generation: int) -> bool:
    """Whether a ticket still shows another instant than its clock."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 {BEHIND} LIMIT 1", [generation])
        return cursor.fetchone() is not None


def overdue(at: datetime, most: int = 500) -> list[str]:
    """Codes of tickets to be told of one level higher, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute(_OVERDUE, [at, at - AGAIN_AFTER, most])
        return [row[0] for row in cursor.fetchall()]


def orphans(on: date, most: int = 500) -> list[str]:
    """Codes of open tickets whose organ does not exist on the day."""
    with connection.cursor() as cursor:
        cursor.execute(_ORPHANS, [on, most])
        return [row[0] for row in cursor.fetchall()]


def old_sources(at: datetime) -> bool:
    """Whether there are counts of hours gone by."""
    return Source.objects.filter(hour__lt=at - SOURCES_FOR).exists()


def ended(organ: int, on: date) -> bool:
    """Whether an organ does not exist on the day."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT valid @> %s::date FROM units_organ WHERE id = %s", [on, organ])
        row = cursor.fetchone()
    return row is None or not row[0]


def successor(ticket: Ticket, on: date) -> Desk:
    """Where a ticket of an ended organ goes: the same kind of organ of what its unit became, else by the routing table.

    A divided unit has several successors: the routing table decides for the first by its place. Refused `no_organ`.
    """
    known, uid = units.register(), ticket.organ.unit.uid
    heirs = [fate.version.uid for fate in known.became(uid, on)] or [uid]
    for heir in heirs:
        row = next((o for o in units.organs_of(heir, on) if o.kind == ticket.organ.kind), None)
        if row is not None:
            return Desk(row.pk, row.kind, row.name, row.unit_uid)
    place = ticket.unit.uid if ticket.unit else ""
    if place and known.version(place, on) is None:
        place = next((fate.version.uid for fate in known.became(place, on)), "")
    subject = Subject(
        Kind(ticket.kind),
        place,
        ticket.procedure_code,
        ticket.document.slug if ticket.document else "",
        ticket.field,
    )
    found = routed(subject, on).desk
    if ended(found.pk, on):
        raise Refused(
            "no_organ", gettext_noop("Chưa có cơ quan nào trong sổ để nhận phiếu. Xin báo người quản trị.")
        )
    return found
