"""Make the packaged shapes of the 63 former provinces from the npm package `@svg-maps/vietnam`.

    python tools/map_shapes.py FOLDER_OF_THE_NPM_PACKAGE

The shapes are snapped to a grid of one unit (shared borders stay shared), the archipelagos Hoàng Sa and Trường Sa
to a finer one. Names become the codes of the provinces that were in force until 30/06/2025.
"""

from __future__ import annotations

import csv
import hashlib
import itertools
import json
import re
import sys
from pathlib import Path

from haicap.base.text import fold

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "src/haicap/web/common/data/provinces.json"
UNITS = ROOT / "src/haicap/domain/units/data/units.csv"
ISLANDS = {"hoangsa": ("48", "Quần đảo Hoàng Sa"), "truongsa": ("56", "Quần đảo Trường Sa")}
SPELLED_OTHERWISE = {"baria": "77", "hcm": "79", "tthue": "46"}

Ring = list[tuple[float, float]]


def rings(path: str) -> list[Ring]:
    """Absolute corner points of each closed part of an SVG path (commands M L C Z; curves by their end points)."""
    found: list[Ring] = []
    here = start = (0.0, 0.0)
    command, at = "", 0
    words = re.findall(r"[a-zA-Z]|-?\d*\.?\d+(?:e-?\d+)?", path)
    while at < len(words):
        if words[at].isalpha():
            command, at = words[at], at + 1
            if command in "zZ":
                here = start
                continue
        size = 6 if command in "cC" else 2
        x, y = (float(w) for w in words[at + size - 2 : at + size])
        at += size
        here = (here[0] + x, here[1] + y) if command.islower() else (x, y)
        if command in "mM":
            start, found = here, [*found, [here]]
            command = "l" if command == "m" else "L"
        else:
            found[-1].append(here)
    return found


def snapped(ring: Ring, grid: float) -> list[tuple[int, int]]:
    """Points on the grid, without repeats and without points in the middle of a straight line."""
    points: list[tuple[int, int]] = []
    for x, y in ring:
        point = (round(x / grid), round(y / grid))
        if points and point == points[-1]:
            continue
        if len(points) > 1 and _straight(points[-2], points[-1], point):
            points.pop()
        points.append(point)
    return points


def _straight(a: tuple[int, int], b: tuple[int, int], c: tuple[int, int]) -> bool:
    return (b[0] - a[0], b[1] - a[1]) == (c[0] - b[0], c[1] - b[1])


def written(path: str, grid: float) -> str:
    """The path again, short: absolute start, relative steps."""
    parts: list[str] = []
    for ring in rings(path):
        points = snapped(ring, grid)
        if len(points) < 3:
            continue
        steps = [
            f"{_number((b[0] - a[0]) * grid)} {_number((b[1] - a[1]) * grid)}"
            for a, b in itertools.pairwise(points)
        ]
        parts.append(f"M{_number(points[0][0] * grid)} {_number(points[0][1] * grid)}l{' '.join(steps)}z")
    return "".join(parts).replace(" -", "-")


def _number(value: float) -> str:
    return f"{value:g}"


def codes() -> dict[str, str]:
    """Folded short name without spaces → code, for the provinces until 30/06/2025."""
    with UNITS.open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if r["tier"] == "province" and "@" not in r["uid"]]
    return {re.sub(r"[^a-z]", "", fold(r["short_name"])): r["code"] for r in rows}


def main(folder: Path) -> None:
    """Write provinces.json."""
    source = (folder / "index.js").read_text(encoding="utf-8")
    package = json.loads((folder / "package.json").read_text(encoding="utf-8"))
    map_ = json.loads(source.removeprefix("export default").strip().rstrip(";"))
    known = codes()
    shapes: dict[str, str] = {}
    islands: list[dict[str, str]] = []
    for place in map_["locations"]:
        if place["id"] in ISLANDS:
            code, name = ISLANDS[place["id"]]
            islands.append({"of": code, "name": name, "d": written(place["path"], 0.25)})
            continue
        shapes[SPELLED_OTHERWISE.get(place["id"]) or known[place["id"]]] = written(place["path"], 1)
    if len(shapes) != 63 or len(islands) != 2:
        raise SystemExit(f"expected 63 shapes and 2 archipelagos, found {len(shapes)} and {len(islands)}")
    data = {
        "source": f"{package['name']} {package['version']}",
        "sha256": hashlib.sha256(source.encode()).hexdigest(),
        "width": 812,
        "height": 873,
        "islands": islands,
        "shapes": dict(sorted(shapes.items())),
    }
    TARGET.write_text(json.dumps(data, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size // 1024} kB")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
