"""Lịch làm việc: which days count, as arrays, so that a deadline costs a few additions."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from importlib import resources

from haicap.base.dates import show_date
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop

# Office hours in minutes of the day; spans are half-open: 12:00 and 17:00 lie outside.
OPEN, NOON, REOPEN, CLOSE = 8 * 60, 12 * 60, 13 * 60, 17 * 60
MORNING = NOON - OPEN
PACKAGED_YEARS = (2025, 2026)
FULL_DAY = MORNING + CLOSE - REOPEN


@dataclass(frozen=True, slots=True)
class Day:
    """A day that is not what its weekday says, with the document that decided it."""

    on: date
    working: bool
    kind: str
    name: str
    document: str
    evidence: str
    note: str = ""


class Calendar:
    """Working days of whole years [first, last], numbered; `version` names the state of the rows behind it.

    Days are ordinals (date.toordinal) inside. A question outside the years is Refused `no_calendar`.
    """

    def __init__(self, days: Iterable[Day], first_year: int, last_year: int, version: int = 0) -> None:
        self.version = version
        self.years = (first_year, last_year)
        self.special = {day.on: day for day in days}
        self.first = date(first_year, 1, 1).toordinal()
        self.end = date(last_year + 1, 1, 1).toordinal()
        special = {on.toordinal(): day.working for on, day in self.special.items()}
        # 1 January of year 1 (ordinal 1) was a Monday: ordinal % 7 is 6 on Saturdays, 0 on Sundays.
        self.working = [special.get(n, 1 <= n % 7 <= 5) for n in range(self.first, self.end)]
        self.days = [n for n, works in enumerate(self.working, self.first) if works]
        rank, self.rank = 0, []  # rank[d]: how many working days lie before day d
        for works in self.working:
            self.rank.append(rank)
            rank += works

    def check(self, day: int) -> None:
        """Refused `no_calendar` when the day lies outside the years that are known."""
        if not self.first <= day < self.end:
            raise Refused(
                "no_calendar",
                gettext_noop("Chưa có lịch làm việc cho ngày %(day)s. Xin nhập lịch của năm đó trước."),
                params={"day": show_date(date.fromordinal(day)) if 0 < day < 3_652_059 else str(day)},
            )

    def special_on(self, day: int) -> Day | None:
        """The row about the day (ordinal), when it is not just what its weekday says."""
        return self.special.get(date.fromordinal(day))

    def is_working(self, day: int) -> bool:
        """Whether the day (ordinal) is a working day."""
        self.check(day)
        return self.working[day - self.first]

    def from_day(self, day: int) -> int:
        """The day itself when it is a working day, else the next one."""
        self.check(day)
        return self.nth(day, 0) if not self.working[day - self.first] else day

    def nth(self, day: int, n: int) -> int:
        """The nth working day after `day` (n ≥ 1); for a day off, n = 0 is the next working day."""
        self.check(day)
        place = self.rank[day - self.first] + n - (not self.working[day - self.first]) * (n > 0)
        if place >= len(self.days):
            self.check(self.end)
        return self.days[place]

    def between(self, after: int, until: int) -> int:
        """How many working days lie after the one day up to the other, counting that one."""
        self.check(after)
        self.check(until)
        first, last = after - self.first, until - self.first
        return self.rank[last] + self.working[last] - self.rank[first] - self.working[first]

    def next_after(self, day: int) -> int:
        """The first working day after `day`."""
        return self.nth(day, 1)

    def shift(self, day: int, minute: int) -> tuple[int, int]:
        """An instant moved to office time: itself, or the next opening."""
        self.check(day)
        if self.working[day - self.first]:
            if minute < OPEN:
                return day, OPEN
            if minute < NOON or REOPEN <= minute < CLOSE:
                return day, minute
            if minute < REOPEN:
                return day, REOPEN
            return self.nth(day, 1), OPEN
        return self.from_day(day), OPEN

    def office_minutes(self, day: int, minute: int) -> int:
        """Office minutes from the start of the calendar to an instant (not counting what lies after it)."""
        self.check(day)
        before = self.rank[day - self.first] * FULL_DAY
        if not self.working[day - self.first]:
            return before
        return before + min(max(minute - OPEN, 0), MORNING) + min(max(minute - REOPEN, 0), CLOSE - REOPEN)

    def after_minutes(self, day: int, minute: int, minutes: int) -> tuple[int, int]:
        """The instant when `minutes` (≥ 1) of office time after an instant have run out: at a close, the close."""
        total = self.office_minutes(day, minute) + minutes
        place, rest = divmod(total - 1, FULL_DAY)
        if place >= len(self.days):
            self.check(self.end)
        rest += 1
        return self.days[place], OPEN + rest if rest <= MORNING else REOPEN + rest - MORNING


def packaged_days() -> list[Day]:
    """The days of the packaged table (provenance: data/README.md)."""
    path = resources.files("haicap.domain.deadlines") / "data" / "days.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return [
        Day(
            date.fromisoformat(r["day"]),
            r["kind"] == "working",
            r["kind"],
            r["name"],
            r["document"],
            r["evidence"],
            r["note"],
        )
        for r in rows
    ]


def packaged_calendar() -> Calendar:
    """The calendar of 2025 and 2026 as packaged."""
    return Calendar(packaged_days(), PACKAGED_YEARS[0], PACKAGED_YEARS[-1])


def shown(day: int, minute: int) -> str:
    """ "2026-02-24 17:00"."""
    return f"{date.fromordinal(day)} {minute // 60:02d}:{minute % 60:02d}"
