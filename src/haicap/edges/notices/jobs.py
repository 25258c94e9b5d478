"""What the worker does for the notices."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from haicap.edges.notices import digest, incoming_erasing, incoming_imap, outbox, telling, telling_tickets

KINDS = telling.KINDS
on_dossier_event = telling.on_dossier_event
TICKET_KINDS = telling_tickets.KINDS
on_ticket_event = telling_tickets.on_ticket_event


def deliver(at: datetime) -> None:
    """Send what is due."""
    outbox.deliver(at=at)


def erase(at: datetime) -> None:
    """Erase the personal text of old messages."""
    outbox.erase(at=at)
    incoming_erasing.erase(at=at)


def reader(url: str) -> Callable[[datetime], int]:
    """The errand that reads a mailbox. ValueError for an address that is none."""
    account = incoming_imap.account(url)
    return lambda at: incoming_imap.fetch(account, at=at)


def tell_officers(at: datetime) -> None:
    """The letter of the morning."""
    digest.tell_officers(at)
    digest.tell_of_tickets(at)
