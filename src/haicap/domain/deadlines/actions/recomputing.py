"""Tính lại: after a change of the calendar the open clocks follow it, set by set.

The engine answers each case once (queries.clocks); the answers are copied beside the clocks and joined to them, a
range of pages at a time, each range a transaction of its own: the clock gets its new instant and a row with the old
one. A range that was cut off is as if never begun; what moved already is equal to its answer and is not moved again.
So a killed recompute is simply begun anew. The pieces record nothing: the one event is that of `finish_recompute`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.deadlines import events, queries
from haicap.domain.deadlines.actions.calendar import lock_head, record_on_calendar
from haicap.domain.deadlines.models import Recompute
from haicap.domain.deadlines.queries.clocks import DAY, MINUTE, MOVABLE, Case, Outlook, PausedCase
from haicap.kernel.ledger.actions import action

PAGES = 8_000  # of the clock table that are one piece: some 200,000 clocks, about a second
_TABLES = """
CREATE TEMP TABLE IF NOT EXISTS answer (day int, minute int, parts text COLLATE "C", old timestamptz, new timestamptz);
CREATE TEMP TABLE IF NOT EXISTS answer_one (stream text COLLATE "C", n smallint, old timestamptz, new timestamptz, still boolean);
TRUNCATE answer, answer_one
"""
_COPY = "COPY answer (day, minute, parts, old, new) FROM STDIN"
_COPY_ONE = "COPY answer_one (stream, n, old, new, still) FROM STDIN"
_NEW = "due_at = a.new, calendar_version = %(version)s, alarm = CASE WHEN a.new IS NULL THEN 'no_calendar' ELSE '' END"
_KEEP = """
INSERT INTO deadlines_clockdate (calendar_version, stream, n, old_due, new_due)
SELECT %(version)s, stream, n, old, new FROM moved
"""
_MOVE = f"""
WITH moved AS (
  UPDATE deadlines_clock c SET {_NEW}, state = CASE WHEN a.new IS NULL THEN 'no_limit' ELSE 'running' END
  FROM answer a
  WHERE c.ctid >= %(first)s::tid AND c.ctid < %(end)s::tid AND {MOVABLE}
    AND c.parts = a.parts AND {DAY} = a.day AND {MINUTE} = a.minute AND c.due_at IS NOT DISTINCT FROM a.old
  RETURNING c.stream, c.n, a.old, a.new
) {_KEEP}
"""
_MOVE_ONE = f"""
WITH moved AS (
  UPDATE deadlines_clock c SET {_NEW},
    state = CASE WHEN a.new IS NULL THEN 'no_limit' WHEN a.still THEN 'paused' ELSE 'running' END
  FROM answer_one a
  WHERE c.stream = a.stream AND c.n = a.n AND c.state <> 'stopped' AND c.due_at IS NOT DISTINCT FROM a.old
    AND (cardinality(c.pauses) %% 2 = 1) = a.still
  RETURNING c.stream, c.n, a.old, a.new
) {_KEEP}
"""
# The answers are hashed and the clocks probed in the order of their pages: a merge would write in random order.
_HASHED = "SELECT set_config('enable_mergejoin', 'off', true), set_config('work_mem', '256MB', true)"
_TOTALS = """
SELECT count(*), count(*) FILTER (WHERE new_due > old_due), count(*) FILTER (WHERE new_due < old_due),
       count(*) FILTER (WHERE new_due IS NULL)
FROM deadlines_clockdate WHERE calendar_version = %s
"""


@dataclass(frozen=True, slots=True)
class Task:
    """A recompute to be done: the version to follow and the first instant that may move."""

    generation: int
    since: datetime


def task() -> Task | None:
    """What is to be done now; None when all clocks follow the calendar."""
    found = queries.open_recompute()
    return Task(found[0], queries.start_of(found[1])) if found else None


def settle() -> None:
    """Wait for verbs that still read the calendar before its change: what they write is seen from here on."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '20s'")
        cursor.execute("LOCK TABLE deadlines_clock IN SHARE MODE")


def ask(of: Task) -> Outlook:
    """What moves under the calendar in force. Refused `stale` when it changed once more: then begin anew."""
    known = queries.calendar_now()
    if known.version != of.generation:
        raise Refused("stale", gettext_noop("Lịch làm việc vừa thay đổi. Xin làm lại."))
    return queries.outlook(known, of.since)


def pieces(of: Task, found: Outlook, *, hand: int = 0, hands: int = 1) -> Iterator[int]:
    """Move what moves, the share of one of several hands; yields after each piece how many clocks it moved."""
    _copy_answers(found)
    values: dict[str, Any] = {"version": of.generation, "since": of.since}
    if found.paused and hand == 0:
        yield _piece(_MOVE_ONE, values)
    if not found.cases:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_relation_size('deadlines_clock') / current_setting('block_size')::int")
        pages = int(cursor.fetchone()[0])
    for first in range(hand * PAGES, pages + 1, PAGES * hands):
        yield _piece(_MOVE, values | {"first": f"({first},0)", "end": f"({first + PAGES},0)"})


def _copy_answers(found: Outlook) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_TABLES.strip().split(";")[0])
        cursor.execute(_TABLES.strip().split(";")[1])
        cursor.execute(_TABLES.strip().split(";")[2])
        _copy(cursor, _COPY, ((c.day, c.minute, c.parts, c.old, c.new) for c in found.cases))
        _copy(cursor, _COPY_ONE, ((p.stream, p.n, p.old, p.new, p.still) for p in found.paused))
        cursor.execute("ANALYZE answer")


def _copy(cursor: object, sql: str, rows: Iterator[tuple[object, ...]]) -> None:
    with cursor.cursor.copy(sql) as out:  # type: ignore[attr-defined]  # psycopg's own cursor
        for row in rows:
            out.write_row(row)


def _piece(sql: str, values: dict[str, Any]) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_HASHED)
        cursor.execute(sql, values)
        return int(cursor.rowcount)


@action
def finish_recompute(*, generation: int, clocks: int, actor: str, at: datetime) -> Recompute:
    """All open clocks follow the calendar's version: the one event of a recompute, on the calendar's stream.

    clocks: how many were reckoned. Refused `not_now` when it was finished before, `stale` when the calendar moved on.
    """
    head = lock_head()
    rows = list(Recompute.objects.select_for_update().filter(finished_at=None, generation__lte=generation))
    last = next((row for row in rows if row.generation == generation), None)
    if last is None:
        raise Refused("not_now", gettext_noop("Việc này không làm được ở trạng thái hiện nay."))
    if head.generation != generation:
        raise Refused("stale", gettext_noop("Lịch làm việc vừa thay đổi. Xin làm lại."))
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, [generation])
        last.moved, last.later, last.earlier, last.alarms = cursor.fetchone()
    last.clocks = clocks
    for row in rows:
        row.finished_at = at
        row.save()
    data: dict[str, object] = {
        "generation": generation, "clocks": clocks, "moved": last.moved, "later": last.later,
        "earlier": last.earlier, "alarms": last.alarms,
    }  # fmt: skip
    record_on_calendar(head, events.RECOMPUTED, actor=actor, at=at, data=data)
    return last


def recompute(of: Task, *, hands: int = 1, stopping: Callable[[], bool] = lambda: False) -> int | None:
    """Let all open clocks follow; how many were reckoned, None when asked to stop.

    hands: connections that write at once, each its own pages; more than one only outside a transaction.
    Rounds, until one moves all it should: a clock that a verb wrote meanwhile stands elsewhere in the table.
    """
    settle()
    clocks = 0
    while True:
        found = ask(of)
        clocks = max(clocks, found.clocks)
        if not found.moved:
            return clocks
        moved = _by_hands(of, found, hands, stopping)
        if moved is None or stopping():
            return None
        if moved == found.moved:
            return clocks


def _by_hands(of: Task, found: Outlook, hands: int, stopping: Callable[[], bool]) -> int | None:
    if hands == 1:
        return _hand(of, found, 0, 1, stopping)

    def alone(hand: int) -> int | None:
        try:
            return _hand(of, found, hand, hands, stopping)
        finally:
            connection.close()  # of this thread

    with ThreadPoolExecutor(hands) as pool:
        shares = list(pool.map(alone, range(hands)))
    return None if None in shares else sum(share or 0 for share in shares)


def _hand(of: Task, found: Outlook, hand: int, hands: int, stopping: Callable[[], bool]) -> int | None:
    moved = 0
    for piece in pieces(of, found, hand=hand, hands=hands):
        moved += piece
        if stopping():
            return None
    return moved


__all__ = ["Case", "PausedCase", "Task", "finish_recompute", "recompute", "task"]
