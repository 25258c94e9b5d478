"""Việc đến hạn tiếp theo: one's own dossiers and tickets in one list, by what is due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from haicap.web.desk.feedback.lines import Line as TicketLine
from haicap.web.desk.worklist.lines import Line

NEVER = datetime(9999, 12, 31, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Coming:
    """A piece of work as the list says it; `who` brought it, `what` it is, `more` beside it in grey."""

    due_at: datetime | None
    code: str
    href: str
    tone: str
    left: str
    who: str
    what: str
    more: str


def coming(dossiers: Iterable[Line], tickets: Iterable[TicketLine], most: int = 12) -> list[Coming]:
    """First due first; what has no due instant last."""
    found = [
        Coming(
            d.item.due_at,
            d.item.code,
            d.href,
            d.left.tone,
            d.left.word,
            d.item.applicant,
            d.procedure,
            d.step,
        )
        for d in dossiers
    ]
    found += [
        Coming(
            t.ticket.due_at,
            t.ticket.code,
            t.href,
            t.tone,
            t.left,
            t.ticket.sender_name,
            t.ticket.subject,
            t.kind,
        )
        for t in tickets
    ]
    return sorted(found, key=lambda c: (c.due_at or NEVER, c.code))[:most]
