"""Danh sách cho máy: the dossiers a caller may list, newest first, and the events of those the caller may see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from haicap.domain.dossiers import policy
from haicap.domain.dossiers.events import KINDS, LOADED
from haicap.domain.dossiers.models import Dossier
from haicap.domain.dossiers.policy import Scope
from haicap.domain.dossiers.states import WORK
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.queries import FEED_LIMIT, Recorded

PREFIX = "dossier:"
WINDOWS = 5  # of FEED_LIMIT events that one call looks through at most


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; None and "" narrow nothing. `state` None: everything still in work."""

    state: int | None = None
    unit: str = ""  # uid
    procedure: str = ""
    channel: int | None = None
    due_before: datetime | None = None
    filed_from: datetime | None = None
    filed_before: datetime | None = None

    def rows(self) -> Q:
        """As a condition."""
        found = Q(state=self.state) if self.state is not None else Q(state__in=WORK)
        named = {
            "unit__uid": self.unit, "procedure_code": self.procedure, "channel": self.channel,
            "due_at__lt": self.due_before, "filed_at__gte": self.filed_from, "filed_at__lt": self.filed_before,
        }  # fmt: skip
        return found & Q(**{name: value for name, value in named.items() if value not in (None, "")})


@dataclass(frozen=True, slots=True)
class Listed:
    """A piece of a list; `next` is the key the following piece begins below, None at the end."""

    level: str
    personal: bool
    rows: Sequence[Dossier]
    next: int | None


def listed(*, actor: str, on: date, wanted: Wanted, below: int | None = None, limit: int = 100) -> Listed:
    """Dossiers an officer may list or an account filed, newest first. Two statements."""
    scope = _scope(actor, on)
    rows = Dossier.objects.filter(scope.rows & wanted.rows()).select_related("unit").defer("answers")
    if below is not None:
        rows = rows.filter(pk__lt=below)
    found = list(rows.order_by("-pk")[: limit + 1])
    more = len(found) > limit
    return Listed(scope.level, scope.personal, found[:limit], found[limit - 1].pk if more else None)


def _scope(actor: str, on: date) -> Scope:
    """By posts; without any, the dossiers filed with the account."""
    scope = policy.visible_to(actor, on)
    if scope.level != "none" or not actor:
        return scope
    return Scope(Q(applicant_user=actor) & ~Q(applicant_user=""), personal=True, level="own")


def feed(*, actor: str, on: date, after: str = "", limit: int = 100) -> ledger.Page:
    """Events of the dossiers an officer may list today, in the order of their commits, after a cursor of the ledger.

    One call looks through a few thousand events of all dossiers at most: it may find none and still say `more`.
    Refused `bad_cursor`, `feed_restarted`.
    """
    found: list[Recorded] = []
    scope, cursor = _scope(actor, on), after
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
    """Those of dossiers in the scope. One statement."""
    streams = {event.stream for event in events if event.stream.startswith(PREFIX)}
    ids = [UUID(stream.removeprefix(PREFIX)) for stream in streams]
    rows = Dossier.objects.filter(scope.rows, public_id__in=ids).values_list("public_id", flat=True)
    seen = {f"{PREFIX}{public_id}" for public_id in rows}
    return [event for event in events if event.stream in seen]


def codes_of(streams: Sequence[str]) -> dict[str, str]:
    """Codes of dossiers by their streams in the ledger."""
    ids = [UUID(stream.removeprefix(PREFIX)) for stream in streams]
    rows = Dossier.objects.filter(public_id__in=ids).values_list("public_id", "code")
    return {f"{PREFIX}{public_id}": code for public_id, code in rows}


def loaded(source: str) -> int:
    """How many dossiers were loaded from a source by the bulk verb."""
    return ledger.total(LOADED.name, "dossiers", {"source": source})
