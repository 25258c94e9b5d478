"""Thư để riêng: a person looks, makes a ticket of it or drops it."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Count

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.edges.notices import addresses, incoming, incoming_reading
from haicap.edges.notices.models import Incoming, Mailbox
from haicap.edges.notices.states import Outcome


@dataclass(frozen=True, slots=True)
class Kept:
    """A mail as those who look through them see it."""

    id: str
    at: datetime
    sender: str
    masked: str
    name: str
    subject: str
    text: str
    size: int
    outcome: Outcome
    reason: str
    ticket: str
    erased: bool


def listed(*, outcome: Outcome | None = Outcome.ASIDE, limit: int = 200) -> Sequence[Kept]:
    """Mails, newest first."""
    rows = Incoming.objects.defer("raw").order_by("-id")
    if outcome is not None:
        rows = rows.filter(outcome=outcome.value)
    return [_kept(row) for row in rows[:limit]]


def one(public_id: str) -> Kept:
    """One of them. Refused `not_found`."""
    return _kept(_found(public_id, lock=False))


def counts() -> dict[Outcome, int]:
    """How many came to what."""
    found = Incoming.objects.values_list("outcome").annotate(n=Count("pk")).order_by()
    return dict.fromkeys(Outcome, 0) | {Outcome(outcome): n for outcome, n in found}


def mailboxes() -> list[Mailbox]:
    """The mailboxes that were ever read."""
    return list(Mailbox.objects.order_by("name"))


def file_aside(public_id: str, *, actor: str, at: datetime) -> str:
    """Make a ticket of a mail kept aside; its code. Refused `not_found`, `not_now`, as `file_ticket`."""
    with transaction.atomic():
        row = _open(public_id)
        letter = incoming_reading.read(zlib.decompress(bytes(row.raw or b"")))
        kept, said = incoming.stored(letter.files, at)
        row.ticket = incoming.file(letter, incoming.parts(letter, said)[: incoming.MOST_PARTS], kept, at=at)
        row.outcome, row.settled_at, row.settled_by, row.raw = Outcome.FILED.value, at, actor, None
        row.save()
    return row.ticket


def drop_aside(public_id: str, *, actor: str, at: datetime) -> None:
    """Nothing to do about it; it stays readable until it is erased. Refused `not_found`, `not_now`."""
    with transaction.atomic():
        row = _open(public_id)
        row.outcome, row.settled_at, row.settled_by = Outcome.DROPPED.value, at, actor
        row.save()


def _open(public_id: str) -> Incoming:
    row = _found(public_id, lock=True)
    if row.outcome != Outcome.ASIDE or row.raw is None:
        raise Refused("not_now", gettext_noop("Thư này đã được xử lý."))
    return row


def _found(public_id: str, *, lock: bool) -> Incoming:
    rows = Incoming.objects.select_for_update() if lock else Incoming.objects.all()
    try:
        row = rows.filter(public_id=UUID(public_id)).first()
    except ValueError:
        row = None
    if row is None:
        raise Refused("not_found", gettext_noop("Không có thư này."))
    return row


def _kept(row: Incoming) -> Kept:
    return Kept(
        str(row.public_id), row.at, row.sender, addresses.masked(row.sender), row.name, row.subject, row.text, row.size,
        Outcome(row.outcome), row.reason, row.ticket, row.erased_at is not None,
    )  # fmt: skip
