"""Bản đồ tỉnh, thành phố: former provinces (63 shapes) joined and coloured by the province of the asked day.

Shapes: npm `@svg-maps/vietnam` 2.0.0 (CC BY 4.0); see static/haicap/VENDORED.md. A province of today is the exact union
of former ones, so its shape is their shapes side by side.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import TypedDict

LEVELS = 5


class _Island(TypedDict):
    of: str
    name: str
    d: str


class _Shapes(TypedDict):
    source: str
    width: int
    height: int
    islands: list[_Island]
    shapes: dict[str, str]


@dataclass(frozen=True, slots=True)
class Region:
    """One province as it is to be drawn.

    codes   codes of the former provinces (until 30/06/2025) that lie in it
    level   0 = neutral ground, 1..5 = little to much
    note    what the tooltip says after the name
    """

    name: str
    codes: tuple[str, ...]
    href: str = ""
    level: int = 0
    here: bool = False
    note: str = ""

    @property
    def css(self) -> str:
        """Class that colours it."""
        return "here" if self.here else f"v{self.level}" if self.level else "plain"


@dataclass(frozen=True, slots=True)
class Archipelago:
    """Hoàng Sa or Trường Sa: its islets, the frame around them and where its name stands."""

    name: tuple[str, ...]
    d: str
    frame: tuple[int, int, int, int]  # x, y, width, height
    at: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A region with what is drawn of it."""

    region: Region
    d: str
    islands: tuple[Archipelago, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """A map ready to be written down."""

    width: int
    height: int
    regions: tuple[Drawn, ...]


_FRAMES: Mapping[str, tuple[tuple[int, int, int, int], tuple[int, int]]] = {
    "48": ((516, 362, 116, 96), (574, 490)),
    "56": ((384, 636, 427, 236), (620, 592)),
}


@cache
def shapes() -> _Shapes:
    """The packaged shapes."""
    path = resources.files("haicap.web.common") / "data" / "provinces.json"
    data: _Shapes = json.loads(path.read_text(encoding="utf-8"))
    return data


def _two_lines(name: str) -> tuple[str, ...]:
    """ "Quần đảo" above "Hoàng Sa"."""
    words = name.split()
    return " ".join(words[:2]), " ".join(words[2:])


@cache
def _islands() -> Mapping[str, Archipelago]:
    found: dict[str, Archipelago] = {}
    for island in shapes()["islands"]:
        frame, at = _FRAMES[island["of"]]
        found[island["of"]] = Archipelago(_two_lines(island["name"]), island["d"], frame, at)
    return found


@lru_cache(maxsize=256)
def _outline(codes: tuple[str, ...]) -> str:
    """The shapes of former provinces side by side."""
    paths = shapes()["shapes"]
    return "".join(paths[code] for code in codes if code in paths)


def draw_map(regions: Iterable[Region]) -> Map:
    """The map of Viet Nam with Hoàng Sa and Trường Sa; highlighted regions are drawn last, on top."""
    islands = _islands()
    drawn = [
        Drawn(
            region,
            _outline(region.codes),
            tuple(islands[code] for code in region.codes if code in islands),
        )
        for region in regions
    ]
    drawn.sort(key=lambda d: d.region.here)
    return Map(shapes()["width"], shapes()["height"], tuple(drawn))


def level(value: float, most: float) -> int:
    """1..5 for a share of the largest value; 0 for nothing."""
    if value <= 0 or most <= 0:
        return 0
    return min(LEVELS, 1 + int(LEVELS * value / most * 0.999))
