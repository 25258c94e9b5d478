"""Dải thời gian nhiều hàng: each lane a thing, its bars stretches of days; years above, lines for today and an asked day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

HEAD, LANE, FOOT = (
    22,
    38,
    36,
)  # heights; across everything is a share of the width, so that the drawing fits a phone
WORDED = 30  # per cent of the width from which a bar says its word
MARGIN = timedelta(days=240)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days [since, until) of a lane; None reaches the edge. `css` is the class of its look, `word` what it says."""

    since: date | None
    until: date | None
    css: str
    word: str


@dataclass(frozen=True, slots=True)
class Lane:
    """A thing over time."""

    name: str
    stretches: tuple[Stretch, ...]
    href: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch from x to end, in per cent; `word` is empty where it has no room."""

    x: float
    end: float
    css: str
    word: str
    title: str

    @property
    def width(self) -> float:
        """How much of the width it takes."""
        return round(self.end - self.x, 2)


@dataclass(frozen=True, slots=True)
class PlacedLane:
    """A lane with the base line of its name, the top of its bars, and the bars."""

    lane: Lane
    name_y: int
    y: int
    bars: tuple[Bar, ...]

    @property
    def middle(self) -> int:
        """Where a thin line lies."""
        return self.y + 7


@dataclass(frozen=True, slots=True)
class Mark:
    """A vertical line with its words under it."""

    x: float
    css: str
    words: str
    anchor: str
    y: int


@dataclass(frozen=True, slots=True)
class Bars:
    """Lanes ready to be written down; ticks: x and year."""

    height: int
    floor: int
    lanes: tuple[PlacedLane, ...]
    ticks: tuple[tuple[float, str], ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def x(self, day: date | None, otherwise: float) -> float:
        if day is None:
            return otherwise
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(100 * min(1.0, max(0.0, share)), 2)


def draw_bars(lanes: Sequence[Lane], marks: Iterable[tuple[date, str, str]]) -> Bars:
    """Place the lanes one under another on one scale of days; marks: day, class and words of vertical lines."""
    lines = list(marks)
    days = [day for lane in lanes for s in lane.stretches for day in (s.since, s.until) if day]
    days += [day for day, _, _ in lines]
    if not lanes or not days:
        return Bars(0, 0, (), (), ())
    scale = _Scale(_moved(min(days), -1), _moved(max(days), 1))
    floor = HEAD + LANE * len(lanes)
    return Bars(
        floor + FOOT, floor + 2,
        tuple(_placed(lane, HEAD + n * LANE, scale) for n, lane in enumerate(lanes)), tuple(_ticks(scale)),
        tuple(_mark(scale.x(day, 0), css, words, floor + 15 * n) for n, (day, css, words) in enumerate(lines, 1)),
    )  # fmt: skip


def _mark(x: float, css: str, words: str, y: int) -> Mark:
    return Mark(x, css, words, "start" if x < 20 else "end" if x > 80 else "middle", y)


def _moved(day: date, sign: int) -> date:
    """The day with room beside it, as far as the calendar goes."""
    try:
        return day + sign * MARGIN
    except OverflowError:
        return day


def _placed(lane: Lane, y: int, scale: _Scale) -> PlacedLane:
    return PlacedLane(lane, y + 13, y + 18, tuple(_bar(s, scale) for s in lane.stretches))


def _bar(s: Stretch, scale: _Scale) -> Bar:
    x = scale.x(s.since, 0)
    end = max(x + 0.4, scale.x(s.until, 100))
    return Bar(x, end, s.css, s.word if end - x >= WORDED else "", s.word)


def _ticks(scale: _Scale) -> Iterable[tuple[float, str]]:
    years = scale.last.year - scale.first.year
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 10_000) if years / n <= 7)
    for year in range(scale.first.year + 1, scale.last.year + 1):
        if year % step == 0:
            yield scale.x(date(year, 1, 1), 0), str(year)
