"""Đo: our converter and a peer over the corpus, in one run. `python -m bench.addresses.run --help`; goals missed → exit status 1."""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
for folder in (ROOT, ROOT / "src"):
    if str(folder) not in sys.path:
        sys.path.insert(0, str(folder))

from bench.addresses import hand, peer  # noqa: E402
from bench.addresses.make_corpus import corpus  # noqa: E402
from bench.addresses.maker import FORMER_RIVAL, ON, Row  # noqa: E402
from bench.addresses.score import Board, Given, failures, table  # noqa: E402
from bench.addresses.truth import FORMER_NAMES_ARE_RIVALS  # noqa: E402

LEAST_RATE, MOST_COLD = 5000.0, 1.0
REPEATS, OURS_SLICE, PEER_SLICE = 5, 4000, 400
Ask = Callable[[Row], Given]


@dataclass(frozen=True)
class Speed:
    """Addresses a second (median), seconds to the first answer, by the clock and by the work of the one core; peak in MB.

    The goals are judged by the core's time: the work is one thread without input or output, and the machine may be shared.
    """

    rate: float
    cpu_rate: float
    cold_s: float
    cold_cpu_s: float
    peak_mb: float


def our_converter() -> Ask:
    """Our converter, in process."""
    from haicap.domain.units.addresses import Gazetteer
    from haicap.domain.units.timeline.rows import read_packaged

    gazetteer = Gazetteer.build(*read_packaged())

    def ask(row: Row) -> Given:
        a = gazetteer.convert(row.address, on=ON)
        legacy = getattr(a, "legacy_code", None)
        codes = legacy if legacy is not None else "|".join(a.legacy_codes)
        return Given(str(a.status), a.code or "", a.candidates_text, a.population_code or "", codes or "")

    return ask


def peer_converter() -> Ask | None:
    """The peer, told which style it reads."""
    known = peer.load()
    if known is None:
        return None

    def ask(row: Row) -> Given:
        a = known(row.address, row.style)
        return Given(a.status, a.code, a.code)

    return ask


def judged(rows: list[Row], ask: Ask) -> Board:
    """Every row asked once and judged."""
    board = Board()
    for row in rows:
        board.add(row, ask(row))
    return board


def slices(rows: list[Row], size: int) -> list[list[list[str]]]:
    """Disjoint slices of addresses drawn evenly from all kinds."""
    step = max(1, len(rows) // (REPEATS * size))
    spread = [[row.address, row.style] for row in rows[::step]][: REPEATS * size]
    return [spread[i::REPEATS] for i in range(REPEATS)]


def speed(which: str, rows: list[Row], size: int) -> Speed:
    """Median rate, median cold start and highest peak of three fresh processes."""
    given, seen = json.dumps(slices(rows, size)), []
    for _ in range(3):
        done = subprocess.run(
            [sys.executable, "-m", "bench.addresses.child", which],
            input=given,
            capture_output=True,
            text=True,
            check=True,
            cwd=ROOT,
            env={
                "PATH": "/usr/bin:/bin",
                "PYTHONUTF8": "1",
                "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
            },
            timeout=300,
        )
        seen.append(json.loads(done.stdout))
    middle = {
        name: statistics.median(s[name] for s in seen)
        for name in ("rate", "cpu_rate", "cold_s", "cold_cpu_s")
    }
    return Speed(**middle, peak_mb=max(s["peak_mb"] for s in seen))


def rows_of(part: str) -> list[Row]:
    """The rows asked for."""
    generated = {"tuned": ("tuned",), "untouched": ("untouched",), "all": ("tuned", "untouched")}.get(
        part, ()
    )
    rows = corpus(generated) if generated else []
    return rows + [row for row in hand.corpus() if part in ("hand", "all", row.part)]


def main() -> int:
    """Run, print, judge."""
    options = argparse.ArgumentParser(description="Address converter: right, wrong, fast?")
    options.add_argument("--part", choices=("tuned", "untouched", "hand", "all"), default="all")
    options.add_argument("--show-misses", type=int, default=0, metavar="N")
    options.add_argument("--kind", default="", help="show misses of this kind only")
    options.add_argument("--json", action="store_true")
    options.add_argument("--no-peer", action="store_true")
    options.add_argument("--no-speed", action="store_true")
    chosen = options.parse_args()
    rows = rows_of(chosen.part)
    ours = judged(rows, our_converter())
    other = None if chosen.no_peer else peer_converter()
    theirs = judged(rows, other) if other else None
    speeds: dict[str, Speed] = {}
    if not chosen.no_speed:
        speeds["ours"] = speed("ours", rows, OURS_SLICE)
        if other:
            speeds["peer"] = speed("peer", rows, PEER_SLICE)
    missed = (
        failures(ours)
        + too_slow(speeds.get("ours"))
        + [f"handwritten.csv, {d}" for d in hand.disagreements()]
    )
    if chosen.json:
        print(json.dumps(as_json(ours, theirs, speeds, missed), ensure_ascii=False, indent=1))
    else:
        show(ours, theirs, speeds, missed, chosen)
    return bool(missed)


def too_slow(found: Speed | None) -> list[str]:
    """Goals of speed missed."""
    out = []
    if found and found.cpu_rate < LEAST_RATE:
        out.append(f"{found.cpu_rate:,.0f} addresses per second of one core, the goal is {LEAST_RATE:,.0f}")
    if found and found.cold_cpu_s >= MOST_COLD:
        out.append(f"cold start {found.cold_cpu_s:.2f} s of one core, the goal is below {MOST_COLD:.0f} s")
    return out


def show(
    ours: Board, theirs: Board | None, speeds: dict[str, Speed], missed: list[str], chosen: argparse.Namespace
) -> None:
    """The report for people."""
    print(table(ours, theirs))
    for name, found in speeds.items():
        print(
            f"{name}: {found.cpu_rate:,.0f} addresses per second of one core ({found.rate:,.0f} by the clock), first answer "
            f"after {found.cold_cpu_s:.2f} s of one core ({found.cold_s:.2f} by the clock), peak {found.peak_mb:.0f} MB"
        )
    if theirs is None:
        print("peer: not installed or not asked for")
    ours.misses.sort(key=lambda m: ("wrong", "missed", "extra").index(m[0]))
    picked = [m for m in ours.misses if not chosen.kind or m[1].kind == chosen.kind]
    for said, row, got in picked[: chosen.show_misses]:
        want = f"{row.status} {row.candidates} pop={row.population_code} old={row.legacy_code}"
        print(f"{said} [{row.part}, {row.kind}] {row.address!r}\n    want {want}\n    got  {got}")
    if FORMER_RIVAL in ours.groups and FORMER_NAMES_ARE_RIVALS is None:
        print(f"open question, without goal: {FORMER_RIVAL} (README.md)")
    print("\n".join(f"GOAL MISSED: {m}" for m in missed) or "all goals met")


def as_json(
    ours: Board, theirs: Board | None, speeds: dict[str, Speed], missed: list[str]
) -> dict[str, object]:
    """The report for machines."""

    def tallies(board: Board | None) -> object:
        pick = {"kinds": board.kinds, "goals": board.groups} if board else {}
        return {
            title: {
                name: {
                    "n": t.n,
                    "right": t.right,
                    "wrong": t.wrong,
                    "extra": t.extra,
                    "right_percent": round(t.share, 2),
                }
                for name, t in found.items()
            }
            for title, found in pick.items()
        }

    return {
        "ours": tallies(ours),
        "peer": tallies(theirs),
        "speed": {name: asdict(found) for name, found in speeds.items()},
        "goals_missed": missed,
    }


if __name__ == "__main__":
    sys.exit(main())
