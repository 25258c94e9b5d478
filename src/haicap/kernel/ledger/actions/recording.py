"""Recording: the one way an event comes to be, and the frame every verb runs in."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ParamSpec, TypeVar

from django.db import transaction

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.kernel.ledger import chain, deliveries, statements
from haicap.kernel.ledger.chain import Head
from haicap.kernel.ledger.kinds import Kind

P = ParamSpec("P")
R = TypeVar("R")

_RECORD = """
WITH e AS (
  INSERT INTO ledger_event (stream, seq, kind, at, recorded_at, actor, on_behalf_of, data, hash)
  VALUES (%s, %s, %s, %s, %s, %s, %s, %s::jsonb, %s) RETURNING id
)
INSERT INTO ledger_delivery (event_id, consumer) SELECT e.id, c FROM e, unnest(%s::text[]) AS c
"""
STALE = gettext_noop(
    "Nội dung này vừa được người khác thay đổi. Xin tải lại trang và xem lại trước khi làm tiếp."
)


def _stale() -> Refused:
    return Refused("stale", STALE)


class NothingRecorded(RuntimeError):
    """A verb ended without an event: its transaction is rolled back. A bug of the verb."""


@dataclass(slots=True)
class _Frame:
    recorded: int = 0


_frame: ContextVar[_Frame | None] = ContextVar("ledger_frame", default=None)


def action(verb: Callable[P, R]) -> Callable[P, R]:
    """Mark a verb: it runs in one transaction and must record at least one event to commit.

    A verb called by another joins its transaction and its event.
    """

    @functools.wraps(verb)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _frame.get() is not None:
            return verb(*args, **kwargs)
        with transaction.atomic(), statements.gathered():
            frame = _Frame()
            token = _frame.set(frame)
            try:
                result = verb(*args, **kwargs)
            finally:
                _frame.reset(token)
            if not frame.recorded:
                raise NothingRecorded(f"{verb.__module__}.{verb.__qualname__} recorded no event")
        return result

    run.__haicap_action__ = True  # type: ignore[attr-defined]  # read by the house tests
    return run


def record(
    *,
    stream: str,
    head: Head,
    kind: Kind,
    at: datetime,
    actor: str,
    data: Mapping[str, object],
    on_behalf_of: str = "",
    taken: Callable[[], Refused] = _stale,
) -> Head:
    """Append one event after `head` and its deliveries, in one statement; the new head goes on the row.

    The statement goes with the next one of the verb, or with its COMMIT: a refusal comes from there.

    stream        "<table>:<public id>"; head is what the row carries (version and hash)
    at            when it counts (aware); when it was recorded is taken here
    actor         opaque id of who did it; on_behalf_of the organ or person it was done for
    taken         the refusal when another writer took this place in the stream: `stale` if nothing else is said
    RuntimeError outside an @action.
    """
    frame = _frame.get()
    if frame is None:
        raise RuntimeError("ledger.record outside an @action")
    kind.check(data)
    seq, recorded_at = head.version + 1, datetime.now(UTC)
    facts = chain.payload(data)
    body = chain.canonical_of(
        stream, seq, kind.name, chain.instant(at), chain.instant(recorded_at), actor, on_behalf_of, facts
    )
    digest = chain.link(head.hash, body)
    values = [stream, seq, kind.name, at, recorded_at, actor, on_behalf_of, facts, digest]
    consumers = list(deliveries.consumers_of(kind.name))
    statements.later(
        _RECORD,
        [*values, consumers],
        refuse=lambda e: taken() if statements.constraint_of(e) == "event_stream_seq" else None,
    )
    frame.recorded += 1
    return Head(seq, digest)
