"""Kể lại về phiếu: an event of a ticket → what its sender is told, and the officers who must act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from haicap.base.dates import today
from haicap.domain.feedback import events
from haicap.domain.feedback.queries import telling
from haicap.domain.feedback.queries.telling import Tellable
from haicap.edges.notices import channels, incoming_erasing, outbox
from haicap.edges.notices.outbox import Draft
from haicap.edges.notices.states import Channel
from haicap.kernel.accounts import queries as people
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.queries import Recorded

LINES, LINE = 40, 1000  # of an answer in a letter; the page has all of it
SENDERS: Mapping[str, str] = {
    events.FILED.name: "ticket_received",
    events.ASKED.name: "ticket_more",
    events.TRANSFERRED.name: "ticket_moved",
    events.MOVED.name: "ticket_moved",
    events.APPROVED.name: "ticket_answered",
    events.REUSED.name: "ticket_answered",
    events.REFUSED.name: "ticket_refused",
    events.REOPENED.name: "ticket_reopened",
}
OFFICERS: Mapping[str, str] = {
    events.FILED.name: "ticket_yours",
    events.ASSIGNED.name: "ticket_yours",
    events.TRANSFERRED.name: "ticket_yours",
    events.MOVED.name: "ticket_yours",
    events.REOPENED.name: "ticket_yours",
    events.SUPPLIED.name: "ticket_added",
    events.WRITTEN.name: "ticket_added",
    events.ESCALATED.name: "ticket_late",
}
KINDS = tuple(dict.fromkeys((*SENDERS, *OFFICERS, events.ERASED.name)))


def on_ticket_event(event_id: int) -> None:
    """A delivery of KINDS: queue what sender and officers are to be told; once, however often called.

    What was told of a ticket whose personal data are erased is erased with them.
    """
    event = ledger.event(event_id)
    if event.kind == events.ERASED.name:
        outbox.forget(event.stream, at=datetime.now(UTC))
        incoming_erasing.forget(str(event.data["code"]), at=datetime.now(UTC))
        return
    public_id = event.stream.partition(":")[2]
    ticket = telling.tellable(public_id, today(event.at))
    if ticket is None or ticket.erased:
        return
    drafts = [*_to_sender(ticket, event, public_id), *_to_officers(ticket, event, public_id)]
    outbox.queue(drafts, at=datetime.now(UTC))


def letter(ticket: Tellable, stream: str, seq: int, template: str, **more: Any) -> Iterator[Draft]:
    """What its sender is told of an event: by e-mail, and by Zalo where the operator has it, else SMS."""
    language = ticket.language if ticket.language in ("vi", "en") else "vi"
    params = facts(ticket) | {"name": ticket.name} | more
    for channel, to in _ways(ticket):
        yield Draft(f"{stream}:{seq}:{channel}", channel, to, template, params, stream, language)


def _ways(ticket: Tellable) -> Iterator[tuple[Channel, str]]:
    if ticket.email:
        yield Channel.EMAIL, ticket.email
    if ticket.phone:
        yield Channel.ZALO if channels.configured(Channel.ZALO) else Channel.SMS, ticket.phone


def facts(ticket: Tellable) -> dict[str, Any]:
    """What letters about a ticket show."""
    return {
        "code": ticket.code, "subject": ticket.subject, "organ": ticket.organ, "due_at": _instant(ticket.due_at),
        "answer_due_at": _instant(ticket.answer_due_at),
    }  # fmt: skip


def _instant(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def _to_sender(ticket: Tellable, event: Recorded, public_id: str) -> Iterator[Draft]:
    template = SENDERS.get(event.kind, "")
    if not template:
        return
    more: dict[str, Any] = {}
    if template in ("ticket_more", "ticket_refused"):
        more["items"] = _lines(telling.said_at(public_id, event.seq))
    if template == "ticket_answered":
        more["items"] = _lines(ticket.answer)
    if template == "ticket_refused":
        more["ground"] = str(event.data["ground"])
    yield from letter(ticket, event.stream, event.seq, template, **more)


def _lines(text: str) -> list[str]:
    """Paragraphs of what an officer wrote."""
    return [line[:LINE] for line in text.split("\n") if line.strip()][:LINES]


def _to_officers(ticket: Tellable, event: Recorded, public_id: str) -> Iterator[Draft]:
    template = OFFICERS.get(event.kind, "")
    if template == "ticket_yours" and ticket.version > event.seq:
        return  # somebody else may hold it by now: the later event tells who
    if template == "ticket_late":
        told = telling.leaders(public_id, int(event.data["level"]), today(event.at))
    else:
        told = [ticket.assignee] if template and ticket.assignee and ticket.assignee != event.actor else []
    for actor in told:
        person = people.user(actor)
        if person is not None and person.is_active and person.email:
            key = f"{event.stream}:{event.seq}:to:{actor}"
            params = facts(ticket) | {"name": person.display_name}
            yield Draft(key, Channel.EMAIL, person.email, template, params, event.stream)
