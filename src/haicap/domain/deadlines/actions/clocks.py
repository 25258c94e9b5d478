"""Đồng hồ: started, paused, resumed and stopped inside the verb of whatever they time; they join its event.

Each is one plain statement, always the same text, so that it is prepared. A start or resume checks in that
statement that the calendar in memory is still the one in force; when it is not, it is read anew and tried once more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.deadlines import queries
from haicap.domain.deadlines.queries.clocks import pairs
from haicap.domain.deadlines.reckoning import (
    Calendar,
    Limit,
    instant_of,
    moment_of,
    read_parts,
    replayed,
    written_parts,
)
from haicap.domain.deadlines.states import Alarm, ClockState
from haicap.kernel.ledger import statements
from haicap.kernel.ledger.actions import action

_START = """
INSERT INTO deadlines_clock
  (stream, n, received_at, parts, pauses, due_at, promised_at, calendar_version, state, alarm)
SELECT %s, %s, %s, %s, '{}', %s, %s, h.generation, %s, %s FROM deadlines_calendarhead h WHERE h.generation = %s
ON CONFLICT DO NOTHING
"""
_START_SEVERAL = """
INSERT INTO deadlines_clock
  (stream, n, received_at, parts, pauses, due_at, promised_at, calendar_version, state, alarm)
SELECT %s, c.n, %s, c.parts, '{}', c.due_at, c.due_at, h.generation, c.state, c.alarm
FROM deadlines_calendarhead h,
  unnest(%s::smallint[], %s::text[], %s::timestamptz[], %s::text[], %s::text[]) AS c (n, parts, due_at, state, alarm)
WHERE h.generation = %s
ON CONFLICT DO NOTHING
"""
_PAUSE = """
UPDATE deadlines_clock
SET state = CASE state WHEN 'running' THEN 'paused' ELSE state END, pauses = pauses || %s::timestamptz
WHERE stream = %s AND n = %s AND cardinality(pauses) %% 2 = 0
  AND (state = 'running' AND due_at > %s OR state = 'no_limit')
  AND received_at <= %s AND (cardinality(pauses) = 0 OR pauses[cardinality(pauses)] <= %s)
RETURNING due_at
"""
_STOP = """
UPDATE deadlines_clock SET state = 'stopped', stopped_at = %s WHERE stream = %s AND n = %s AND state <> 'stopped'
RETURNING due_at
"""
_LOCK = """
SELECT received_at, parts, pauses, state FROM deadlines_clock WHERE stream = %s AND n = %s FOR UPDATE
"""
_WRITE = """
UPDATE deadlines_clock c
SET parts = %s, pauses = %s, due_at = %s, promised_at = coalesce(promised_at, %s), calendar_version = h.generation, state = %s, alarm = %s
FROM deadlines_calendarhead h WHERE c.stream = %s AND c.n = %s AND h.generation = %s
"""


@dataclass(frozen=True, slots=True)
class Told:
    """What a clock says after a verb: the instant it is due, or the alarm and nothing."""

    due_at: datetime | None
    alarm: str = ""


def _execute(sql: str, values: Sequence[Any]) -> int:
    return statements.run(sql, values)


def reckoned(
    calendar: Calendar, received_at: datetime, parts: Sequence[Limit], pauses: Sequence[datetime] = ()
) -> Told:
    """What a clock says by a calendar; an alarm when the limit or the calendar is not known."""
    if not parts:
        return Told(None, Alarm.NO_LIMIT)
    try:
        due = replayed(calendar, instant_of(received_at), parts, pairs(pauses))
    except Refused as refused:
        if refused.code != "no_calendar":
            raise
        return Told(None, Alarm.NO_CALENDAR)
    return Told(moment_of(due))


def _state(told: Told, pauses: Sequence[datetime]) -> ClockState:
    if told.due_at is None:
        return ClockState.NO_LIMIT
    return ClockState.PAUSED if len(pauses) % 2 else ClockState.RUNNING


@action
def start_clock(
    *, stream: str, received_at: datetime, parts: Sequence[Limit], actor: str, at: datetime, n: int = 1
) -> Told:
    """Start the clock `n` of a stream; its first due instant is the promise.

    parts: the limit; empty when it is not known, which is an alarm and no promise, like a limit that reaches into
    a year without a calendar. Refused `already_started`, `not_loaded`. One statement.
    """
    written = written_parts(parts)
    calendar = queries.calendar()
    for _ in range(2):
        told = reckoned(calendar, received_at, parts)
        values = [
            stream, n, received_at, written, told.due_at, told.due_at, _state(told, ()), told.alarm, calendar.version,
        ]  # fmt: skip
        if _execute(_START, values):
            return told
        if queries.clock(stream, n) is not None:
            raise _started()
        calendar = queries.calendar_now()
    raise _moving()


@action
def start_clocks(
    *, stream: str, received_at: datetime, limits: Mapping[int, Sequence[Limit]], actor: str, at: datetime
) -> Mapping[int, Told]:
    """Start several clocks of a stream at once, by their number: all of them or none. One statement.

    Refused as `start_clock`.
    """
    calendar, numbers = queries.calendar(), list(limits)
    for _ in range(2):
        told = [reckoned(calendar, received_at, parts) for parts in limits.values()]
        values = [
            stream, received_at, numbers, [written_parts(parts) for parts in limits.values()],
            [one.due_at for one in told], [_state(one, ()).value for one in told], [str(one.alarm) for one in told],
            calendar.version,
        ]  # fmt: skip
        begun = _execute(_START_SEVERAL, values)
        if begun == len(numbers):
            return dict(zip(numbers, told, strict=True))
        if begun or any(queries.clock(stream, n) is not None for n in numbers):
            raise _started()
        calendar = queries.calendar_now()
    raise _moving()


def _started() -> Refused:
    return Refused("already_started", gettext_noop("Đồng hồ thời hạn này đã chạy rồi."))


def _moving() -> Refused:
    return Refused("stale", gettext_noop("Lịch làm việc vừa thay đổi. Xin làm lại."))


@action
def pause_clock(*, stream: str, actor: str, at: datetime, n: int = 1) -> Told:
    """Stop the clock for a while at `at`; what is left is kept to the minute. One statement.

    Refused `not_found`, `paused_twice`, `paused_too_late`, `paused_before_receipt`, `already_stopped`.
    """
    minute = at.replace(second=0, microsecond=0)  # clocks of offices show no seconds
    row = statements.one(_PAUSE, [at, stream, n, minute, at, at])
    if row is None:
        raise _why_not_paused(stream, n, at)
    return Told(row[0], "" if row[0] else Alarm.NO_LIMIT)


def _why_not_paused(stream: str, n: int, at: datetime) -> Refused:
    row = queries.clock(stream, n)
    if row is None:
        return _no_clock()
    if row.state == ClockState.STOPPED:
        return _stopped()
    if len(row.pauses) % 2:
        return Refused("paused_twice", gettext_noop("Đồng hồ đang tạm dừng rồi. Xin tiếp tục trước."))
    if at < row.received_at:
        return Refused(
            "paused_before_receipt", gettext_noop("Tạm dừng trước lúc tiếp nhận. Xin xem lại hai thời điểm.")
        )
    if row.pauses and at < row.pauses[-1]:
        return Refused(
            "paused_twice",
            gettext_noop("Tạm dừng lần sau bắt đầu khi lần trước chưa kết thúc. Xin xem lại các thời điểm."),
        )
    return Refused(
        "paused_too_late",
        gettext_noop("Tạm dừng khi đã đến hạn hoặc quá hạn: không còn thời gian để dừng."),
    )


def _no_clock() -> Refused:
    return Refused("not_found", gettext_noop("Không có đồng hồ thời hạn này."))


def _stopped() -> Refused:
    return Refused("already_stopped", gettext_noop("Đồng hồ này đã dừng hẳn."))


@action
def resume_clock(*, stream: str, actor: str, at: datetime, n: int = 1) -> Told:
    """Let a paused clock run again at `at`; the new due instant. Two statements.

    Refused `not_found`, `already_stopped`, `not_paused`, `resumed_before_pause`.
    """
    received_at, parts, pauses = _locked(stream, n)
    if len(pauses) % 2 == 0:
        raise Refused("not_paused", gettext_noop("Đồng hồ không tạm dừng nên không có gì để tiếp tục."))
    if instant_of(at) < instant_of(pauses[-1]):
        raise Refused(
            "resumed_before_pause", gettext_noop("Tiếp tục trước lúc tạm dừng. Xin xem lại hai thời điểm.")
        )
    return _write(stream, n, received_at, parts, [*pauses, at])


@action
def set_limit(*, stream: str, parts: Sequence[Limit], actor: str, at: datetime, n: int = 1) -> Told:
    """Give a clock without a known limit its limit; only now is anything promised. Refused `limit_known`."""
    received_at, known, pauses = _locked(stream, n)
    if known:
        raise Refused("limit_known", gettext_noop("Đồng hồ này đã có thời hạn."))
    return _write(stream, n, received_at, written_parts(parts), pauses)


def _locked(stream: str, n: int) -> tuple[datetime, str, list[datetime]]:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [stream, n])
        row = cursor.fetchone()
    if row is None:
        raise _no_clock()
    if row[3] == ClockState.STOPPED:
        raise _stopped()
    return row[0], row[1], list(row[2])


def _write(stream: str, n: int, received_at: datetime, parts: str, pauses: list[datetime]) -> Told:
    calendar = queries.calendar()
    for _ in range(2):
        told = reckoned(calendar, received_at, read_parts(parts) if parts else (), pauses)
        promise = told.due_at if len(pauses) % 2 == 0 else None
        values = [
            parts, pauses, told.due_at, promise, _state(told, pauses), told.alarm, stream, n, calendar.version,
        ]  # fmt: skip
        if _execute(_WRITE, values):
            return told
        calendar = queries.calendar_now()
    raise _moving()


@action
def stop_clock(*, stream: str, actor: str, at: datetime, n: int = 1) -> Told:
    """The end of a clock at `at`. One statement. Refused `not_found`, `already_stopped`."""
    row = statements.one(_STOP, [at, stream, n])
    if row is not None:
        return Told(row[0], "" if row[0] else Alarm.NO_LIMIT)
    raise _no_clock() if queries.clock(stream, n) is None else _stopped()
