"""Nạp nhiều sự kiện: whole streams that begin and are written at once, for bulk verbs. Nobody is told of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from haicap.kernel.ledger import chain
from haicap.kernel.ledger.chain import Head
from haicap.kernel.ledger.kinds import Kind

_EVENTS = "COPY ledger_event (stream, seq, kind, at, recorded_at, actor, on_behalf_of, data, hash) FROM STDIN"
Row = Sequence[Any]


@dataclass(frozen=True, slots=True)
class Happened:
    """One event of a stream that is loaded: what, when it counted, who did it, its facts."""

    kind: Kind
    at: datetime
    actor: str
    data: dict[str, object]


def chained(stream: str, happened: Iterable[Happened], *, recorded_at: datetime) -> tuple[list[Row], Head]:
    """A new stream from its first event on: rows for `write_events`, and the head its row carries. Pure."""
    rows: list[Row] = []
    head, written = Head(), chain.instant(recorded_at)
    for event in happened:
        event.kind.check(event.data)
        seq, kind, at, data = (
            head.version + 1,
            event.kind.name,
            chain.instant(event.at),
            chain.payload(event.data),
        )
        body = chain.canonical_of(stream, seq, kind, at, written, event.actor, "", data)
        head = Head(seq, chain.link(head.hash, body))
        rows.append((stream, seq, kind, at, written, event.actor, "", data, head.hash))
    return rows, head


def write_events(rows: Iterable[Row]) -> None:
    """Write the rows of `chained`. Inside an @action that records its own event about the load; no deliveries are made."""
    copy(_EVENTS, rows)


def copy(sql: str, rows: Iterable[Row]) -> None:
    """Rows of one table by COPY, in the transaction of the verb."""
    with connection.cursor() as cursor, cursor.copy(sql) as stream:
        for row in rows:
            stream.write_row(row)


def now() -> datetime:
    """When something is written down: the one instant that is taken here and not told."""
    return datetime.now(UTC)
