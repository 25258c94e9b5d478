"""Dòng sự kiện của phiếu: events of the tickets an officer may list, or of one's own, by cursor, for machines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from haicap.domain.feedback import policy
from haicap.domain.feedback.events import OF_TICKETS
from haicap.domain.feedback.models import Ticket
from haicap.domain.feedback.policy import Scope
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.queries import FEED_LIMIT, Recorded

PREFIX = "feedback.ticket:"
KINDS = tuple(kind.name for kind in OF_TICKETS)
WINDOWS = 5  # of FEED_LIMIT events that one call looks through at most


def reach(actor: str, on: date) -> Scope:
    """What a caller may list: by posts; without any, the tickets sent with the account. One statement."""
    scope = policy.visible_to(actor, on)
    if scope.level != "none" or not actor:
        return scope
    return Scope(Q(sender_user=actor) & ~Q(sender_user=""), "own")


def feed(*, actor: str, on: date, after: str = "", limit: int = 100) -> ledger.Page:
    """Events in the order of their commits, after a cursor of the ledger; may be empty and still say `more`.

    Refused `bad_cursor`, `feed_restarted`.
    """
    found: list[Recorded] = []
    scope, cursor = reach(actor, on), after
    for _ in range(WINDOWS):
        page = ledger.feed(after=cursor, kinds=KINDS, limit=FEED_LIMIT)
        for event in _visible(page.events, scope):
            if len(found) == limit:
                return ledger.Page(tuple(found), ledger.cursor_at(found[-1]), True)
            found.append(event)
        cursor = page.cursor
        if not page.more:
            break
    return ledger.Page(tuple(found), cursor, page.more)


def _visible(events: Sequence[Recorded], scope: Scope) -> list[Recorded]:
    """Those of tickets in the scope. One statement."""
    ids = {UUID(e.stream.removeprefix(PREFIX)) for e in events if e.stream.startswith(PREFIX)}
    rows = Ticket.objects.filter(scope.rows, public_id__in=ids).values_list("public_id", flat=True)
    seen = {f"{PREFIX}{public_id}" for public_id in rows}
    return [event for event in events if event.stream in seen]
