"""Deadlines: judged by an independent oracle, measured in bulk, and a million open clocks after a change of the calendar."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from bench.figures import Figure, table
from haicap.domain.deadlines.reckoning import (
    Calendar,
    Limit,
    LimitUnit,
    due,
    packaged_calendar,
    resumed_due,
)

ASKED = 1_000_000
CLOCKS = 1_000_000
# Instants here are those of one place, as the contract writes them: no zone.
# ruff: noqa: DTZ001
WINDOWS = ((480, 720), (780, 1020))


class Oracle:
    """The contract's sentences over explicit lists: every working day, every office span of the years, searched."""

    def __init__(self, special: dict[date, bool], first: date, end: date) -> None:
        self.days = [
            day for day in (first + timedelta(days=n) for n in range((end - first).days))
            if special.get(day, day.weekday() < 5)
        ]  # fmt: skip
        self.worked = set(self.days)
        self.opens: list[datetime] = []
        self.before: list[int] = []  # office minutes before each span
        minutes = 0
        for day in self.days:
            for opens, closes in WINDOWS:
                self.opens.append(datetime(day.year, day.month, day.day) + timedelta(minutes=opens))
                self.before.append(minutes)
                minutes += closes - opens

    def shift(self, at: datetime) -> datetime:
        n = bisect_right(self.opens, at) - 1
        if n >= 0 and at < self.opens[n] + timedelta(minutes=240):
            return at
        return self.opens[n + 1]

    def elapsed(self, at: datetime) -> int:
        """Office minutes before an instant."""
        n = bisect_right(self.opens, at) - 1
        if n < 0:
            return 0
        return self.before[n] + min(240, int((at - self.opens[n]).total_seconds()) // 60)

    def run(self, at: datetime, minutes: int) -> datetime:
        """The instant at which `minutes` have run out, at the end of the span that takes the last."""
        total = self.elapsed(at) + minutes
        n = bisect_right(self.before, total - 1) - 1
        return self.opens[n] + timedelta(minutes=total - self.before[n])

    def close(self, day: date) -> datetime:
        return datetime(day.year, day.month, day.day, 17)

    def worked_from(self, day: date) -> date:
        while day not in self.worked:
            if day > self.days[-1]:
                raise IndexError
            day += timedelta(days=1)
        return day

    def due(self, received: datetime, halves: int, unit: str) -> datetime:
        start = self.shift(received)
        day = start.date()
        if unit == "working_days":
            if halves == 1:
                return self.run(start, 240)
            last = self.days[bisect_right(self.days, day) + halves // 2 - 1]
            return self.run(self.close(last), 240) if halves % 2 else self.close(last)
        if unit == "working_hours":
            return self.run(start, halves * 30)
        if unit == "days":
            return self.close(self.worked_from(day + timedelta(days=halves // 2)))
        if unit == "months":
            return self.close(self.worked_from(self.later(day, halves // 2)))
        return self.close(day if start.hour < 15 else self.days[bisect_right(self.days, day)])

    @staticmethod
    def later(day: date, months: int) -> date:
        first = date(day.year, day.month, 1)
        for _ in range(months):
            first = (first + timedelta(days=31)).replace(day=1)
        last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return first.replace(day=min(day.day, last.day))

    def resumed(self, end: datetime, paused: datetime, resumed: datetime) -> datetime:
        return self.run(self.shift(resumed), self.elapsed(end) - self.elapsed(paused))


def _limit(dice: random.Random) -> Limit:
    unit = dice.choice(list(LimitUnit))
    if unit in (LimitUnit.WORKING_DAYS, LimitUnit.WORKING_HOURS):
        return Limit(dice.randrange(1, 121), unit)
    return Limit(2 * dice.randrange(1, 13 if unit is LimitUnit.MONTHS else 91), unit)


def _pair(at: datetime) -> tuple[int, int]:
    return at.toordinal(), at.hour * 60 + at.minute


def _moment(at: tuple[int, int]) -> datetime:
    return datetime.combine(date.fromordinal(at[0]), datetime.min.time()) + timedelta(minutes=at[1])


def judged(calendar: Calendar) -> tuple[int, int]:
    """(cases that were asked, cases in which engine and oracle disagree); a third of them with a pause."""
    oracle = Oracle({on: d.working for on, d in calendar.special.items()}, date(2025, 1, 1), date(2027, 1, 1))
    dice, start, wrong, asked = random.Random(20261122), datetime(2025, 1, 1), 0, 0
    while asked < ASKED:
        received = start + timedelta(minutes=dice.randrange(550 * 1440))
        limit = _limit(dice)
        try:
            expected = oracle.due(received, limit.halves, limit.unit)
        except IndexError:
            continue
        if expected >= datetime(2026, 12, 1):
            continue
        first = due(calendar, _pair(received), limit)
        asked += 1
        wrong += _moment(first) != expected
        if asked % 3 == 0:
            paused = received + (expected - received) * dice.random()
            paused = paused.replace(second=0, microsecond=0)
            resumed = paused + timedelta(minutes=dice.randrange(20 * 1440))
            if received <= paused < expected and resumed < datetime(2026, 7, 1):
                again = resumed_due(calendar, _pair(received), first, _pair(paused), _pair(resumed))
                wrong += _moment(again) != oracle.resumed(expected, paused, resumed)
    return asked, wrong


def speed(calendar: Calendar) -> tuple[float, float]:
    """(deadlines a second in one process, days a second by numpy.busday_offset over the same receipts)."""
    import numpy

    dice = random.Random(5)
    first = date(2025, 1, 2).toordinal()
    questions = [
        ((first + dice.randrange(500), dice.randrange(1440)), limit)
        for limit in (_limit(dice) for _ in range(ASKED))
        if not (limit.unit is LimitUnit.MONTHS and limit.whole > 5)
    ]
    began = time.process_time()
    for received, limit in questions:
        due(calendar, received, limit)
    ours = len(questions) / (time.process_time() - began)
    off = [on for on, d in calendar.special.items() if not d.working]
    rule = numpy.busdaycalendar(holidays=numpy.array(off, dtype="datetime64[D]"))
    days = numpy.array([date.fromordinal(r[0]) for r, _ in questions], dtype="datetime64[D]")
    counts = numpy.array([max(1, limit.whole) for _, limit in questions])
    began = time.process_time()
    numpy.busday_offset(days, counts, roll="forward", busdaycal=rule)
    return ours, len(questions) / (time.process_time() - began)


def figures() -> list[Figure]:
    """Agreement with the oracle and speed."""
    calendar = packaged_calendar()
    asked, wrong = judged(calendar)
    ours, plain = speed(calendar)
    return [
        Figure("random cases judged by the oracle", asked / 1e6, "M", 1, most=False),
        Figure("of them wrong", wrong, "", 0.5),
        Figure("deadlines in bulk, one process", ours / 1000, "k/s", 200, most=False),
        Figure("  beside it: numpy.busday_offset, days only", plain / 1000, "k/s", 1, most=False),
    ]


def measured() -> bool:
    """Judged and timed here, the clocks in a database of their own."""
    return table("Deadlines", figures()) & recomputed()


# --- a million clocks ----------------------------------------------------------------------------------------------
def recomputed() -> bool:
    """In a process and a database of their own, as durable as the platform's."""
    print(
        "\nOpen clocks after a change of the calendar\n-----------------------------------------", flush=True
    )
    with tempfile.TemporaryDirectory(prefix="haicap-bench-") as folder:
        Path(folder).chmod(0o711)
        environment = {**os.environ, "HAICAP_DATA": folder}
        return (
            subprocess.run([sys.executable, "-m", "bench.deadlines"], env=environment, check=False).returncode
            == 0
        )


def _fill(calendar: Calendar) -> None:
    """Clocks received in the last two weeks, every one due after the day that is about to change."""
    from django.db import connection

    from haicap.domain.deadlines.queries.clocks import pairs
    from haicap.domain.deadlines.reckoning import instant_of, moment_of, replayed, written_parts

    dice = random.Random(9)
    change = date(2026, 11, 25).toordinal()
    start = datetime.fromisoformat("2026-11-09T00:00+07:00")
    limits = [
        *[(Limit(2 * n, LimitUnit.WORKING_DAYS),) for n in range(13, 61)] * 4,
        *[(Limit(2 * n, LimitUnit.WORKING_HOURS),) for n in range(120, 200, 8)] * 2,
        *[(Limit(2 * n, LimitUnit.DAYS),) for n in (20, 30, 45, 60, 90)] * 4,
        *[
            (Limit(30, LimitUnit.DAYS), Limit(16, LimitUnit.WORKING_DAYS)),
            (Limit(27, LimitUnit.WORKING_DAYS),),
        ]
        * 5,
    ]
    columns = "stream, n, received_at, parts, pauses, due_at, promised_at, calendar_version, state, alarm"
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy(f"COPY deadlines_clock ({columns}) FROM STDIN") as out,
    ):
        n = 0
        while n < CLOCKS:
            received = start + timedelta(minutes=dice.randrange(14 * 1440))
            parts = dice.choice(limits)
            pauses = []
            if n % 50 == 0:  # two in a hundred were paused
                pauses = [received + timedelta(minutes=dice.randrange(600)) for _ in range(2)]
                pauses.sort()
            at = replayed(calendar, instant_of(received), parts, pairs(pauses))
            if at[0] < change:
                continue
            end = moment_of(at)
            out.write_row(
                [
                    f"dossiers.dossier:{n:07d}",
                    1,
                    received,
                    written_parts(parts),
                    pauses,
                    end,
                    end,
                    calendar.version,
                    "running",
                    "",
                ]
            )
            n += 1


def _prepare() -> None:
    from datetime import UTC

    from django.core.management import call_command

    from haicap.domain.deadlines import actions
    from haicap.domain.deadlines.reckoning import packaged_days

    call_command("migrate", interactive=False, verbosity=0)
    days = packaged_days()
    actions.load_calendar(
        days=days, years=[2025, 2026, 2027], source="bench", actor="system", at=datetime.now(UTC)
    )


def _change(on: date) -> int:
    """A holiday more, as a decree makes it; rights are not what is measured."""
    from datetime import UTC

    from haicap.domain.deadlines import events
    from haicap.domain.deadlines.actions.calendar import ask_recompute, lock_head, record_on_calendar
    from haicap.domain.deadlines.models import CalendarDay, CalendarDecree
    from haicap.kernel.ledger.actions import action

    at = datetime.now(UTC)

    @action
    def decreed() -> int:
        decree = CalendarDecree.objects.create(
            number=f"{on:%d%m}/2026/QH16", drafted_by="bench", state="enacted"
        )
        CalendarDay.objects.create(
            on=on,
            kind="holiday",
            name="Thử",
            document=decree.number,
            evidence="confirmed",
            made_by=decree,
            recorded_at=at,
        )
        head = lock_head()
        number = ask_recompute(head, decree=decree.pk, since_on=on, actor="system", at=at)
        record_on_calendar(
            head,
            events.CALENDAR_LOADED,
            actor="system",
            at=at,
            data={"days": 1, "years": "", "source": "bench"},
        )
        return number

    return decreed()


def _agree() -> int:
    """Clocks whose instant is not that of the engine, each asked by itself."""
    from haicap.domain.deadlines import queries
    from haicap.domain.deadlines.models import Clock
    from haicap.domain.deadlines.queries.clocks import pairs
    from haicap.domain.deadlines.reckoning import instant_of, moment_of, read_parts, replayed

    known, wrong = queries.calendar_now(), 0
    rows = Clock.objects.values_list("received_at", "parts", "pauses", "due_at")
    for received, parts, pauses, at in rows.iterator(chunk_size=20_000):
        wrong += moment_of(replayed(known, instant_of(received), read_parts(parts), pairs(pauses))) != at
    return wrong


def _worked() -> float:
    """Processor seconds of this process and of the database's server with all its processes, since they began."""
    from haicap.config.cli import house

    cluster = house.embedded()
    server = cluster.pid() if cluster else None
    ticks = 0
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            pid, rest = int(place.parent.name), place.read_text().rpartition(")")[2].split()
        except OSError:  # it ended meanwhile
            continue
        if pid == server:
            ticks += sum(map(int, rest[11:15]))  # its own and those of the children it has buried
        elif int(rest[1]) == server:
            ticks += sum(map(int, rest[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK") + time.process_time()


def clocks() -> Sequence[Figure]:
    """A million clocks, all of which move; then another change."""
    from django.db import connection

    from haicap.config.cli import house

    house.with_database()
    _prepare()
    from haicap.domain.deadlines import jobs, queries
    from haicap.domain.deadlines.models import ClockDate, Recompute

    _fill(queries.calendar_now())
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE deadlines_clock")
        cursor.execute("CHECKPOINT")
    found = []
    for on in (date(2026, 11, 25), date(2026, 11, 26)):
        number = _change(on)
        began, worked = time.perf_counter(), _worked()
        jobs.work(hands=jobs.HANDS)
        spent, worked = time.perf_counter() - began, _worked() - worked
        done = Recompute.objects.get(generation=number)
        rows = ClockDate.objects.filter(calendar_version=number).count()
        assert done.finished_at is not None and rows == done.moved
        what = f"{done.clocks:,} recomputed, {done.moved:,} moved and written"
        found.append(Figure(what, spent, "s", 10))
        found.append(Figure("  its processor time, over two cores", worked / 2, "s", 10))
    began = time.perf_counter()
    number = _change(date(2027, 12, 30))
    jobs.work()
    found.append(Figure("a change after all dates: nothing moves", time.perf_counter() - began, "s", 10))
    found.append(Figure(f"clocks that disagree with the engine, of {CLOCKS:,}", _agree(), "", 0.5))
    return found


if __name__ == "__main__":
    raise SystemExit(not table("Open clocks after a change of the calendar", clocks()))
