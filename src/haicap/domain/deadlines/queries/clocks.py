"""Đồng hồ: one clock with its proof, alarms, and what a change of the calendar would move."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from haicap.base.refused import Refused
from haicap.domain.deadlines.models import Clock, ClockDate
from haicap.domain.deadlines.queries.calendar import calendar
from haicap.domain.deadlines.reckoning import (
    Calendar,
    Instant,
    Limit,
    Pause,
    Proof,
    instant_of,
    moment_of,
    prove,
    read_parts,
    replayed,
)

ClockRow = Clock  # the names doors know these rows by
ClockDateRow = ClockDate


def clock(stream: str, n: int = 1) -> Clock | None:
    """One clock, or None."""
    return Clock.objects.filter(stream=stream, n=n).first()


def dates_of(stream: str, n: int = 1) -> Sequence[ClockDate]:
    """What recomputes moved, oldest first: the promise printed stays on the clock itself."""
    found = ClockDate.objects.filter(stream=stream, n=n)
    return list(found.order_by("calendar_version"))


def alarms() -> Sequence[Clock]:
    """Open clocks without a due instant: no limit known, or no calendar for it."""
    return list(Clock.objects.filter(state="no_limit").order_by("stream", "n")[:1000])


def proof_of(row: Clock) -> Proof:
    """The proof of a clock under the calendar now. Refused `no_limit`, `no_calendar`."""
    if not row.parts:
        raise Refused("no_limit", "Chưa biết thời hạn giải quyết: không tính và không hẹn.")
    return prove(calendar(), instant_of(row.received_at), read_parts(row.parts), pairs(row.pauses), past=True)


def pairs(pauses: Sequence[datetime]) -> list[Pause]:
    """Pauses of a row (from, until, from, …) as pairs; the last may be open."""
    ends: list[Instant | None] = [instant_of(at) for at in pauses]
    if len(ends) % 2:
        ends.append(None)
    return [(start, end) for start, end in zip(ends[::2], ends[1::2], strict=True) if start is not None]


# --- what a calendar moves ----------------------------------------------------------------------------------------
# Clocks that were never paused fall into few cases: what matters is the day, the limit, and the minute only as far as
# it changes the answer. The engine answers each case once; the database does the rest.
_SECOND = "(floor(date_part('epoch', c.received_at))::bigint + 25200)"  # of Viet Nam, since 1970
DAY = f"({_SECOND} / 86400 + 719163)::int"  # as Python's date.toordinal
_MINUTE = f"({_SECOND} %% 86400 / 60)"
MINUTE = (
    f"(CASE WHEN strpos(c.parts, 'h') > 0 OR strpos(c.parts, '.') > 0 THEN {_MINUTE} WHEN {_MINUTE} >= 1020 THEN 1020 "
    f"WHEN {_MINUTE} >= 900 THEN 900 ELSE 480 END)::int"
)
MOVABLE = (
    "(c.state = 'running' OR c.state = 'no_limit' AND c.alarm = 'no_calendar') AND c.pauses = '{}' "
    "AND (c.due_at >= %(since)s OR c.due_at IS NULL)"
)
ONE_BY_ONE = (
    "(c.state IN ('running', 'paused') OR c.state = 'no_limit' AND c.alarm = 'no_calendar') "
    "AND c.pauses <> '{}' AND (c.due_at >= %(since)s OR c.due_at IS NULL)"
)
_CASES = f"SELECT {DAY}, {MINUTE}, c.parts, c.due_at, count(*) FROM deadlines_clock c WHERE {MOVABLE} GROUP BY 1, 2, 3, 4"
_PAUSED = f"SELECT c.stream, c.n, c.received_at, c.parts, c.pauses, c.due_at FROM deadlines_clock c WHERE {ONE_BY_ONE}"


@dataclass(frozen=True, slots=True)
class Case:
    """Clocks that are due together under every calendar: how many, the old instant and the new (None: no calendar).

    day: ordinal; minute: of the day, as far as it matters.
    """

    day: int
    minute: int
    parts: str
    old: datetime | None
    new: datetime | None
    count: int


@dataclass(frozen=True, slots=True)
class PausedCase:
    """One clock that was paused, replayed by itself."""

    stream: str
    n: int
    old: datetime | None
    new: datetime | None
    still: bool


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a calendar would do to the open clocks: all that are reckoned, and those that move."""

    clocks: int
    cases: tuple[Case, ...]
    paused: tuple[PausedCase, ...]

    @property
    def moved(self) -> int:
        """How many clocks get another instant."""
        return sum(c.count for c in self.cases) + len(self.paused)

    def by_day(self) -> list[tuple[date | None, date | None, int]]:
        """(day before, day after, clocks), most first: the histogram of what moves."""
        counts: dict[tuple[date | None, date | None], int] = {}
        moves = [(c.old, c.new, c.count) for c in self.cases]
        moves += [(p.old, p.new, 1) for p in self.paused]
        for old, new, count in moves:
            key = (_day(old), _day(new))
            counts[key] = counts.get(key, 0) + count
        rows = [(old, new, count) for (old, new), count in counts.items()]
        return sorted(rows, key=lambda row: (-row[2], row[0] or date.max))


def _day(at: datetime | None) -> date | None:
    return date.fromordinal(instant_of(at)[0]) if at else None


def outlook(known: Calendar, since: datetime) -> Outlook:
    """What `known` would move of the open clocks due at `since` or later (and of those without a calendar)."""
    answer = _Answers(known)
    values = {"since": since}
    with connection.cursor() as cursor:
        cursor.execute(_CASES, values)
        every = [Case(d, m, p, old, answer.case(d, m, p), n) for d, m, p, old, n in cursor.fetchall()]
        cursor.execute(_PAUSED, values)
        paused = [
            PausedCase(s, n, old, answer.replay(received, parts, pauses), bool(len(pauses) % 2))
            for s, n, received, parts, pauses, old in cursor.fetchall()
        ]
    moving = tuple(c for c in every if c.old != c.new)
    clocks = sum(c.count for c in every) + len(paused)
    return Outlook(clocks, moving, tuple(p for p in paused if p.old != p.new))


class _Answers:
    """Due instants under one calendar; each limit is read once, each instant made once."""

    def __init__(self, known: Calendar) -> None:
        self.known = known
        self._limits: dict[str, tuple[Limit, ...]] = {}
        self._moments: dict[Instant, datetime] = {}

    def case(self, day: int, minute: int, parts: str) -> datetime | None:
        return self._due((day, minute), parts, ())

    def replay(self, received: datetime, parts: str, pauses: Sequence[datetime]) -> datetime | None:
        return self._due(instant_of(received), parts, pairs(pauses))

    def _due(self, received: Instant, parts: str, pauses: Iterable[Pause]) -> datetime | None:
        limits = self._limits.get(parts) or self._limits.setdefault(parts, read_parts(parts))
        try:
            due = replayed(self.known, received, limits, pauses)
        except Refused:
            return None
        found = self._moments.get(due)
        if found is None:
            found = self._moments[due] = moment_of(due)
        return found
