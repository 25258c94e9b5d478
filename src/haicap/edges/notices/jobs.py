"""What the worker does for the notices."""

from __future__ import annotations

from datetime import datetime

from haicap.edges.notices import digest, outbox, telling

KINDS = telling.KINDS
on_dossier_event = telling.on_dossier_event


def deliver(at: datetime) -> None:
    """Send what is due."""
    outbox.deliver(at=at)


def erase(at: datetime) -> None:
    """Erase the personal text of old messages."""
    outbox.erase(at=at)


def tell_officers(at: datetime) -> None:
    """The letter of the morning."""
    digest.tell_officers(at)
