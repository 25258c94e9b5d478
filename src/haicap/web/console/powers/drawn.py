"""Lịch hết hạn vẽ ra: days on which claims end as columns over time, powers nobody holds as a line of steps."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from haicap.base.dates import show_date
from haicap.domain.powers.queries import Lapse
from haicap.domain.powers.states import CLIFF

WIDTH, HEIGHT, HEAD, FOOT, LEFT = 640, 240, 26, 34, 34
ROOM = HEIGHT - HEAD - FOOT
MARGIN = timedelta(days=75)


@dataclass(frozen=True, slots=True)
class Column:
    """Claims that end on a day: `label` where it has room."""

    x: float
    y: float
    height: float
    title: str
    label: str
    css: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """Ready to be written down. steps: the path of the line; ticks: x, words; marks: x, class, words, anchor."""

    width: int
    height: int
    floor: float
    columns: tuple[Column, ...]
    steps: str
    last: tuple[float, float, int]
    ticks: tuple[tuple[float, str], ...]
    scale: tuple[tuple[float, int], ...]
    today: float
    cliff: float


def calendar(lapses: Sequence[Lapse], today: date) -> Calendar:
    """Columns for the number that ends, one scale with the line of powers without a holder."""
    days = [lapse.on for lapse in lapses] + [today, CLIFF]
    first, last = min(days) - MARGIN, max(days) + MARGIN
    most = max([1, *(len(lapse.ending) for lapse in lapses), *(lapse.bare for lapse in lapses)])
    floor = HEAD + ROOM

    def x(day: date) -> float:
        return round(LEFT + (WIDTH - LEFT - 8) * (day - first).days / max(1, (last - first).days), 1)

    def y(n: int) -> float:
        return round(floor - ROOM * n / most, 1)

    columns = tuple(
        Column(
            x(lapse.on) - 5, y(len(lapse.ending)), round(floor - y(len(lapse.ending)), 1),
            f"{show_date(lapse.on)}: {len(lapse.ending)}", str(len(lapse.ending)),
            "cliff" if lapse.on == CLIFF else "past" if lapse.on <= today else "coming",
        )
        for lapse in lapses
        if lapse.ending
    )  # fmt: skip
    steps, bare = [f"M{LEFT} {y(0)}"], 0
    for lapse in lapses:
        steps.append(f"H{x(lapse.on)}V{y(lapse.bare)}")
        bare = lapse.bare
    steps.append(f"H{WIDTH - 8}")
    half = most // 2
    scale = tuple((y(n), n) for n in dict.fromkeys((0, half, most)))
    return Calendar(
        WIDTH, HEIGHT, floor, columns, "".join(steps), (WIDTH - 10, y(bare) - 5, bare), tuple(_ticks(first, last, x)),
        scale, x(today), x(CLIFF),
    )  # fmt: skip


def _ticks(first: date, last: date, x: Callable[[date], float]) -> list[tuple[float, str]]:
    found = []
    step = 3 if (last - first).days < 1100 else 12
    for month in range(first.year * 12 + first.month, last.year * 12 + last.month):
        if month % step == 0:
            day = date(month // 12, month % 12 + 1, 1)
            found.append((x(day), f"{day:%m/%Y}"))
    return found
