"""Dải thời gian nhiều hàng: each lane a thing, its bars stretches of days; years above, lines for today and an asked day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from haicap.web.common.drawings.words import width, wrapped

WIDTH, HEAD, LANE, BAR, NAME, WORD = 640, 24, 46, 16, 13, 11.5
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
    """A stretch with its place; `word` is empty where it has no room."""

    x: float
    y: float
    width: float
    css: str
    word: str
    title: str

    @property
    def word_x(self) -> float:
        """Where its word begins."""
        return self.x + 5

    @property
    def word_y(self) -> float:
        """Base line of its word."""
        return self.y + 12

    @property
    def middle(self) -> float:
        """Where a thin line of it lies."""
        return self.y + BAR / 2

    @property
    def end(self) -> float:
        """Where it ends."""
        return self.x + self.width


@dataclass(frozen=True, slots=True)
class PlacedLane:
    """A lane with the base line of its name and its bars."""

    lane: Lane
    name: str
    y: float
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """Lanes ready to be written down. marks: x, class and words of the vertical lines; ticks: x and year."""

    width: int
    height: int
    lanes: tuple[PlacedLane, ...]
    ticks: tuple[tuple[float, str], ...]
    marks: tuple[tuple[float, str, str, str], ...]  # x, class, words, anchor of the words

    @property
    def floor(self) -> int:
        """Where vertical lines end."""
        return self.height - 18

    @property
    def foot(self) -> int:
        """Base line of the words under them."""
        return self.height - 4


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def x(self, day: date | None, otherwise: float) -> float:
        if day is None:
            return otherwise
        share = (day - self.first).days / max(1, (self.last - self.first).days)
        return round(min(1.0, max(0.0, share)) * WIDTH, 1)


def draw_bars(lanes: Sequence[Lane], marks: Iterable[tuple[date, str, str]]) -> Bars:
    """Place the lanes one under another on one scale of days; marks: day, class and words of vertical lines."""
    lines = list(marks)
    days = [day for lane in lanes for s in lane.stretches for day in (s.since, s.until) if day]
    days += [day for day, _, _ in lines]
    if not lanes or not days:
        return Bars(0, 0, (), (), ())
    scale = _Scale(_moved(min(days), -1), _moved(max(days), 1))
    placed = tuple(_placed(lane, HEAD + n * LANE, scale) for n, lane in enumerate(lanes))
    return Bars(
        WIDTH, HEAD + LANE * len(lanes) + 20, placed, tuple(_ticks(scale)),
        tuple((x := scale.x(day, 0), css, words, _anchor(x, words)) for day, css, words in lines),
    )  # fmt: skip


def _moved(day: date, sign: int) -> date:
    """The day with room beside it, as far as the calendar goes."""
    try:
        return day + sign * MARGIN
    except OverflowError:
        return day


def _anchor(x: float, words: str) -> str:
    half = width(words, WORD) / 2
    return "start" if x < half else "end" if x > WIDTH - half else "middle"


def _placed(lane: Lane, y: float, scale: _Scale) -> PlacedLane:
    name = wrapped(lane.name, WIDTH - 10, NAME, most=1)[0]
    return PlacedLane(lane, name, y + 14, tuple(_bar(s, y + 20, scale) for s in lane.stretches))


def _bar(s: Stretch, y: float, scale: _Scale) -> Bar:
    x, end = scale.x(s.since, 0), scale.x(s.until, WIDTH)
    room = max(2.0, round(end - x, 1))
    word = s.word if width(s.word, WORD) + 10 <= room else ""
    return Bar(x, y, room, s.css, word, s.word)


def _ticks(scale: _Scale) -> Iterable[tuple[float, str]]:
    years = scale.last.year - scale.first.year
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100, 10_000) if years / n <= 12)
    for year in range(scale.first.year + 1, scale.last.year + 1):
        if year % step == 0:
            yield scale.x(date(year, 1, 1), 0), str(year)
