"""Dòng kế thừa: boxes of units in columns of time, arrows from old to new.

The drawing has its natural size (two columns fit a phone); wider ones scroll in their own frame.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from haicap.web.common.drawings.words import wrapped

BOX, GAP, ROW = 142, 66, 12
NAME, LINE, PAD, HEAD = 13.5, 17, 9, 26


@dataclass(frozen=True, slots=True)
class Box:
    """A unit: `column` counts from 0 (oldest); `sub` is a second line (district, code)."""

    key: str
    column: int
    name: str
    sub: str = ""
    href: str = ""
    here: bool = False


@dataclass(frozen=True, slots=True)
class Arrow:
    """From one box to another. style: whole | part | none; population: the whole population went this way."""

    start: str
    end: str
    style: str = "whole"
    population: bool = False


@dataclass(frozen=True, slots=True)
class PlacedBox:
    """A box with its place and its lines of text (x, y and words)."""

    box: Box
    x: float
    y: float
    height: float
    lines: tuple[tuple[float, str], ...]
    subs: tuple[tuple[float, str], ...]
    width: int = BOX
    old: bool = False

    @property
    def text_x(self) -> float:
        """Where its text starts."""
        return self.x + PAD


@dataclass(frozen=True, slots=True)
class PlacedArrow:
    """A curve."""

    d: str
    css: str


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow ready to be written down."""

    width: int
    height: int
    boxes: tuple[PlacedBox, ...]
    arrows: tuple[PlacedArrow, ...]
    heads: tuple[tuple[float, str], ...] = field(default=())


def _lines(box: Box) -> tuple[list[str], list[str]]:
    room = BOX - 2 * PAD
    return wrapped(box.name, room, NAME), wrapped(box.sub, room, 11.5, most=2) if box.sub else []


def _height(box: Box) -> float:
    names, subs = _lines(box)
    return 2 * PAD + LINE * len(names) + 14 * len(subs) - 3


def _ordered(columns: Mapping[int, list[Box]], arrows: Sequence[Arrow]) -> Mapping[int, list[Box]]:
    """Each column sorted so that arrows cross little: by the mean place of the neighbours in the column before."""
    place: dict[str, float] = {}
    before: dict[str, list[str]] = defaultdict(list)
    for arrow in arrows:
        before[arrow.end].append(arrow.start)
    ordered: dict[int, list[Box]] = {}
    for number in sorted(columns):
        boxes = list(columns[number])
        if ordered:
            means = {b.key: [place[k] for k in before[b.key] if k in place] for b in boxes}
            boxes.sort(key=lambda b: sum(means[b.key]) / len(means[b.key]) if means[b.key] else 1e9)
        place.update({box.key: i / max(1, len(boxes) - 1) for i, box in enumerate(boxes)})
        ordered[number] = boxes
    return ordered


def _placed(box: Box, column: int, y: float, last: int) -> PlacedBox:
    names, subs = _lines(box)
    top = y + PAD + 11
    lines = tuple((top + LINE * i, text) for i, text in enumerate(names))
    below = top + LINE * len(names) - 2
    return PlacedBox(
        box,
        1 + column * (BOX + GAP),
        y,
        _height(box),
        lines,
        tuple((below + 14 * i, text) for i, text in enumerate(subs)),
        old=column < last,
    )


def _curve(start: PlacedBox, end: PlacedBox, arrow: Arrow) -> PlacedArrow:
    x1, y1 = start.x + BOX, start.y + start.height / 2
    x2, y2 = end.x, end.y + end.height / 2
    bend = (x2 - x1) / 2
    css = "pop" if arrow.population else arrow.style
    d = f"M{x1:g} {y1:.1f}C{x1 + bend:g} {y1:.1f} {x2 - bend:g} {y2:.1f} {x2 - 7:g} {y2:.1f}"
    return PlacedArrow(d, f"link {css}")


def draw_flow(boxes: Iterable[Box], arrows: Iterable[Arrow], heads: Sequence[str] = ()) -> Flow:
    """Place boxes column by column, each column centred; `heads` are the words above the columns."""
    columns: dict[int, list[Box]] = defaultdict(list)
    for box in boxes:
        columns[box.column].append(box)
    arrows = tuple(arrows)
    ordered = _ordered(columns, arrows)
    tall = {n: sum(_height(b) for b in group) + ROW * (len(group) - 1) for n, group in ordered.items()}
    height = max(tall.values(), default=0)
    top = HEAD if any(heads) else 2
    last = max(ordered, default=0)
    placed: dict[str, PlacedBox] = {}
    for number, group in ordered.items():
        y = top + (height - tall[number]) / 2
        for box in group:
            placed[box.key] = _placed(box, number, y, last)
            y += placed[box.key].height + ROW
    known = [a for a in arrows if a.start in placed and a.end in placed]
    return Flow(
        width=round((last + 1) * BOX + last * GAP + 2),
        height=round(top + height + 4),
        boxes=tuple(placed.values()),
        arrows=tuple(_curve(placed[a.start], placed[a.end], a) for a in known),
        heads=tuple((1 + n * (BOX + GAP), text) for n, text in enumerate(heads)),
    )


def columns_by_time(days: Iterable[int], arrows: Iterable[tuple[str, str, int]]) -> Mapping[str, int]:
    """Column of each key from dated arrows (start, end, day number): each day of reform is one step to the right."""
    steps = sorted(set(days))
    column: dict[str, int] = {}
    for start, end, day in arrows:
        at = steps.index(day)
        column.setdefault(start, at)
        column[end] = max(column.get(end, 0), at + 1)
    used = sorted(set(column.values()))
    close = {old: new for new, old in enumerate(used)}
    return {key: close[value] for key, value in column.items()}


def gaps(flow: Flow) -> list[float]:
    """Vertical distances between neighbours of a column: a drawing whose boxes overlap has a negative one."""
    found: list[float] = []
    by_column: dict[float, list[PlacedBox]] = defaultdict(list)
    for box in flow.boxes:
        by_column[box.x].append(box)
    for group in by_column.values():
        group.sort(key=lambda b: b.y)
        found += [b.y - (a.y + a.height) for a, b in pairwise(group)]
    return found
