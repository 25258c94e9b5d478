"""An independent oracle: minute by minute and day by day on datetimes, from the contract's sentences alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


class Oracle:
    """Counts; knows nothing of arrays."""

    def __init__(self, special: Mapping[date, bool]) -> None:
        self.special = special

    def works(self, day: date) -> bool:
        return self.special.get(day, day.weekday() < 5)

    def office(self, at: datetime) -> bool:
        return self.works(at.date()) and (8 <= at.hour < 12 or 13 <= at.hour < 17)

    def shift(self, at: datetime) -> datetime:
        while not self.office(at):
            at += MINUTE
        return at

    def run(self, at: datetime, minutes: int) -> datetime:
        while minutes:
            minutes -= self.office(at)
            at += MINUTE
        return at

    def workday(self, day: date) -> date:
        while not self.works(day):
            day += DAY
        return day

    @staticmethod
    def close(day: date) -> datetime:
        return datetime(day.year, day.month, day.day, 17)

    def due(self, received: datetime, value: float, unit: str) -> datetime:
        start = self.shift(received)
        day = start.date()
        if unit == "same_day":
            return self.close(day if start.hour < 15 else self.workday(day + DAY))
        if unit == "working_hours":
            return self.run(start, int(value * 60))
        if unit == "days":
            return self.close(self.workday(day + int(value) * DAY))
        if unit == "months":
            return self.close(self.workday(self.months(day, int(value))))
        for _ in range(int(value)):
            day = self.workday(day + DAY)
        if value == int(value):
            return self.close(day)
        return self.run(self.shift(self.close(day)) if value > 1 else start, 240)

    @staticmethod
    def months(day: date, n: int) -> date:
        year, month, last = day.year, day.month, day.day
        for _ in range(n):
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        while True:
            try:
                return date(year, month, last)
            except ValueError:
                last -= 1

    def resumed(self, due: datetime, paused: datetime, resumed: datetime) -> datetime:
        left = 0
        while paused < due:
            left += self.office(paused)
            paused += MINUTE
        return self.run(self.shift(resumed), left)
