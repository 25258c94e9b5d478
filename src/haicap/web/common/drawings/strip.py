"""Dải ngày: the days of a deadline in rows of weeks, each with what it did. Rows fit a phone; long ones end with a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

CELL, GAP, HEAD = 44, 4, 20
MOST_WEEKS = 16


@dataclass(frozen=True, slots=True)
class StripDay:
    """A day: what is written in its cell, the class of its look, the whole sentence for who cannot see it."""

    on: date
    css: str
    text: str
    title: str
    due: bool = False


@dataclass(frozen=True, slots=True)
class PlacedDay:
    """A day with its place."""

    day: StripDay
    x: int
    y: int

    @property
    def middle(self) -> float:
        """Where its words stand."""
        return self.x + CELL / 2

    @property
    def date_y(self) -> int:
        """Base line of the date."""
        return self.y + 15

    @property
    def text_y(self) -> int:
        """Base line of what it did."""
        return self.y + 34


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip ready to be written down. `left_out`: days in the middle that are not drawn."""

    width: int
    height: int
    heads: tuple[tuple[float, str], ...]
    days: tuple[PlacedDay, ...]
    left_out: int = 0
    size: int = CELL


def draw_strip(days: Sequence[StripDay], weekdays: Sequence[str]) -> Strip:
    """Place the days week by week (Monday first); `weekdays` are the seven words above. One cell a day, the last wins."""
    once = sorted({day.on: day for day in days}.values(), key=lambda day: day.on)
    if not once:
        return Strip(0, 0, (), ())
    monday = once[0].on - timedelta(days=once[0].on.weekday())
    weeks = sorted({(day.on - monday).days // 7 for day in once})
    drawn = weeks if len(weeks) <= MOST_WEEKS else [*weeks[: MOST_WEEKS // 2], *weeks[-MOST_WEEKS // 2 :]]
    row = {week: n for n, week in enumerate(drawn)}
    placed = tuple(
        PlacedDay(day, day.on.weekday() * (CELL + GAP), HEAD + row[week] * (CELL + GAP))
        for day in once
        if (week := (day.on - monday).days // 7) in row
    )
    heads = tuple((n * (CELL + GAP) + CELL / 2, word) for n, word in enumerate(weekdays))
    return Strip(
        7 * (CELL + GAP) - GAP, HEAD + len(drawn) * (CELL + GAP), heads, placed, len(once) - len(placed)
    )
