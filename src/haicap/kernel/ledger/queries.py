"""Questions to the ledger: the story of one stream, the feed of all, what the worker could not deliver."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.kernel.ledger.chain import Head
from haicap.kernel.ledger.models import Anchor, Delivery, Epoch, Event

TRIES = 8  # a delivery that failed this often waits for a person
FEED_LIMIT = 1000
_CURSOR = re.compile(r"([0-9a-f]{16})\.(\d{1,20})\.(\d{1,19})")
_COLUMNS = "id, tx::text::bigint, stream, seq, kind, at, recorded_at, actor, on_behalf_of, data, hash"
_FEED = f"""
SELECT {_COLUMNS} FROM ledger_event
WHERE (tx, id) > (%s::xid8, %s) AND tx < pg_snapshot_xmin(pg_current_snapshot()) {{kinds}}
ORDER BY tx, id LIMIT %s
"""
_ANY_KIND = _FEED.format(kinds="")
_SOME_KINDS = _FEED.format(kinds="AND kind = ANY(%s)")


@dataclass(frozen=True, slots=True)
class Recorded:
    """Sự kiện đã ghi: one event as it was recorded. `tx` orders the feed."""

    id: int
    tx: int
    stream: str
    seq: int
    kind: str
    at: datetime
    recorded_at: datetime
    actor: str
    on_behalf_of: str
    data: dict[str, Any]
    hash: bytes


@dataclass(frozen=True, slots=True)
class Page:
    """A piece of the feed. `cursor` is where to go on; `more` whether something is waiting there now."""

    events: tuple[Recorded, ...]
    cursor: str
    more: bool


def event(pk: int) -> Recorded:
    """The event a delivery is about. Event.DoesNotExist for an id that never was."""
    return _recorded(Event.objects.get(pk=pk))


def history(stream: str, *, limit: int = 1000) -> tuple[Recorded, ...]:
    """The newest `limit` events of one stream, in their order."""
    rows = Event.objects.filter(stream=stream).order_by("-seq")[:limit]
    return tuple(_recorded(row) for row in reversed(rows))


def browse(
    *,
    stream: str = "",
    kind: str = "",
    without: Collection[str] = (),
    between: tuple[datetime, datetime] | None = None,
    before: int | None = None,
    limit: int = 100,
) -> tuple[Recorded, ...]:
    """Events newest first: of one stream, of one kind, recorded in [start, end), older than the id `before`.

    without  names of kinds to leave out
    """
    rows = Event.objects.order_by("-id")
    if stream:
        rows = rows.filter(stream=stream)
    if kind:
        rows = rows.filter(kind=kind)
    if without:
        rows = rows.exclude(kind__in=without)
    if between:
        rows = rows.filter(recorded_at__gte=between[0], recorded_at__lt=between[1])
    if before is not None:
        rows = rows.filter(id__lt=before)
    return tuple(_recorded(row) for row in rows[:limit])


def total(kind: str, fact: str, facts: dict[str, object]) -> int:
    """Sum of a number over the events of a kind with these facts. For rare kinds: reads all of them."""
    sql = (
        "SELECT coalesce(sum((data->>%s)::bigint), 0) FROM ledger_event WHERE kind = %s AND data @> %s::jsonb"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [fact, kind, json.dumps(facts)])
        return int(cursor.fetchone()[0])


def size() -> int:
    """How many events there are."""
    return Event.objects.count()


def anchors(*, limit: int = 100) -> tuple[Anchor, ...]:
    """Anchors, newest first."""
    return tuple(Anchor.objects.order_by("-seq")[:limit])


def head_of(stream: str) -> Head:
    """Where a stream stands. Only for streams whose row does not carry its head."""
    found = Event.objects.filter(stream=stream).order_by("-seq").values_list("seq", "hash").first()
    return Head(found[0], bytes(found[1])) if found else Head()


def epoch() -> str:
    """Name of the feed as it runs now: 16 hex digits that change with a restore into another database cluster.

    Transaction ids belong to a cluster. The name mixes the stored random one with the cluster's own identity, so a
    copy of the data elsewhere cannot be mistaken for the original; `begin_epoch` changes it on the same cluster.
    """
    name = Epoch.objects.order_by("-id").values_list("name", flat=True).first() or ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT system_identifier::text FROM pg_control_system()")
        cluster = cursor.fetchone()[0]
        cursor.execute("SELECT oid::bigint FROM pg_database WHERE datname = current_database()")
        base = cursor.fetchone()[0]
    return hashlib.sha256(f"{name}/{cluster}/{base}".encode()).hexdigest()[:16]


def feed(*, after: str = "", kinds: Iterable[str] | None = None, limit: int = 100) -> Page:
    """Events in the order of their commits, after the cursor `after` ("" = from the beginning).

    None is ever skipped: what could still be overtaken by an open transaction is held back until it is settled.
    Refused `bad_cursor` for a text that is no cursor, `feed_restarted` for one of another epoch: begin again at "".
    """
    name = epoch()
    tx, pk = _read_cursor(after, name)
    count = max(1, min(limit, FEED_LIMIT))
    wanted: list[str] | None = None if kinds is None else list(kinds)
    values: list[str | int | list[str]] = [str(tx), pk]
    if wanted is not None:
        values.append(wanted)
    with connection.cursor() as cursor:
        cursor.execute(_ANY_KIND if wanted is None else _SOME_KINDS, [*values, count + 1])
        rows = cursor.fetchall()
    events = tuple(_of_row(row) for row in rows[:count])
    if events:
        tx, pk = events[-1].tx, events[-1].id
    return Page(events, f"{name}.{tx}.{pk}", len(rows) > count)


def cursor_at(event: Recorded) -> str:
    """The cursor of the feed right behind an event."""
    return f"{epoch()}.{event.tx}.{event.id}"


def _read_cursor(text: str, name: str) -> tuple[int, int]:
    if not text:
        return 0, 0
    found = _CURSOR.fullmatch(text)
    if found is None or int(found[2]) >= 2**64 or int(found[3]) >= 2**63:
        raise Refused("bad_cursor", gettext_noop("Con trỏ đọc tiếp không đúng dạng. Xin đọc lại từ đầu."))
    if found[1] != name:
        raise Refused(
            "feed_restarted",
            gettext_noop("Dòng sự kiện đã bắt đầu lại sau khi khôi phục dữ liệu. Xin đọc lại từ đầu."),
        )
    return int(found[2]), int(found[3])


def _of_row(row: tuple[Any, ...]) -> Recorded:
    pk, tx, stream, seq, kind, at, recorded_at, actor, on_behalf_of, data, digest = row
    facts = data if isinstance(data, dict) else _loads(data)
    return Recorded(pk, tx, stream, seq, kind, at, recorded_at, actor, on_behalf_of, facts, bytes(digest))


def _loads(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(text)
    return found


def _recorded(row: Event) -> Recorded:
    return Recorded(
        id=row.pk,
        tx=row.tx,
        stream=row.stream,
        seq=row.seq,
        kind=row.kind,
        at=row.at,
        recorded_at=row.recorded_at,
        actor=row.actor,
        on_behalf_of=row.on_behalf_of,
        data=row.data,
        hash=bytes(row.hash),
    )


@dataclass(frozen=True, slots=True)
class Stuck:
    """Một việc giao chưa xong: a delivery that failed; `given_up` when a person must look."""

    id: int
    event_id: int
    consumer: str
    attempts: int
    error: str
    retry_at: datetime | None
    given_up: bool


def stuck(*, limit: int = 100) -> tuple[Stuck, ...]:
    """Deliveries that failed at least once and are still open, oldest first."""
    rows = Delivery.objects.filter(attempts__gt=0).order_by("id")[:limit]
    return tuple(
        Stuck(r.pk, r.event_id, r.consumer, r.attempts, r.error, r.retry_at, r.attempts >= TRIES)
        for r in rows
    )


def waiting() -> int:
    """How many deliveries are open."""
    return Delivery.objects.count()


def last_anchor() -> Anchor | None:
    """The newest anchor."""
    return Anchor.objects.order_by("-seq").first()


def grew_since(anchor: Anchor) -> bool:
    """Whether anything but the anchor's own event was recorded after `anchor`."""
    return Event.objects.filter(id__gt=anchor.upto).exclude(stream="ledger:anchors").exists()
