"""Xóa thư: what mails said is erased when its time is over, or with the ticket it became; that they came stays."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import QuerySet

from haicap.edges.notices.models import Incoming
from haicap.edges.notices.states import Outcome

KEPT = timedelta(days=30)


def erase(*, at: datetime) -> int:
    """Worker: what mails said goes after 30 days; those still waiting for a person stay 30 days more. How many."""
    old = Incoming.objects.filter(at__lt=at - KEPT, erased_at__isnull=True)
    done = old.exclude(outcome=Outcome.ASIDE.value) | old.filter(at__lt=at - 2 * KEPT)
    return _erased(done, at)


def forget(ticket: str, *, at: datetime) -> int:
    """What mails of a ticket (its code) said goes at once; how many."""
    return _erased(Incoming.objects.filter(ticket=ticket, erased_at__isnull=True), at) if ticket else 0


def _erased(rows: QuerySet[Incoming], at: datetime) -> int:
    return rows.update(sender="", sender_hash=b"", name="", subject="", text="", raw=None, erased_at=at)
