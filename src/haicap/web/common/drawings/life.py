"""Dòng thời gian của một đơn vị: one unit's versions down a line, newest at the bottom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from haicap.web.common.drawings.words import wrapped

WIDTH, LEFT, NAME, SUB = 350, 24, 14, 12.5


@dataclass(frozen=True, slots=True)
class Stage:
    """One version: `since` is written beside the dot ("01/07/2025", "trước 2019")."""

    since: str
    name: str
    sub: str = ""
    now: bool = False
    ended: bool = False


@dataclass(frozen=True, slots=True)
class PlacedStage:
    """A stage with its place: dot at (LEFT / 2, y), a line down to y2."""

    stage: Stage
    y: float
    y2: float
    lines: tuple[tuple[float, str, str], ...]  # y, class, words
    last: bool = False


@dataclass(frozen=True, slots=True)
class Life:
    """A life ready to be written down."""

    width: int
    height: int
    stages: tuple[PlacedStage, ...]


def _lines(stage: Stage, y: float) -> tuple[tuple[float, str, str], ...]:
    room = WIDTH - LEFT - 8
    texts = [("sub", stage.since)]
    texts += [("nm", line) for line in wrapped(stage.name, room, NAME, most=2)]
    texts += [("sub", line) for line in (wrapped(stage.sub, room, SUB, most=2) if stage.sub else [])]
    return tuple((y + 4 + 18 * i, css, text) for i, (css, text) in enumerate(texts))


def draw_life(stages: Sequence[Stage]) -> Life:
    """Place the stages one under another."""
    placed: list[PlacedStage] = []
    y = 12.0
    for number, stage in enumerate(stages):
        lines = _lines(stage, y)
        below = y + 18 * len(lines) + 14
        placed.append(PlacedStage(stage, y, below, lines, number == len(stages) - 1))
        y = below
    return Life(WIDTH, round(y), tuple(placed))
