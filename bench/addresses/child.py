"""Tiến trình mới: cold start, rate and memory of one converter, alone in a fresh process. Prints one JSON line.

Standard input: JSON list of slices, each a list of [address, style]; every slice is timed once, with addresses no other slice has,
so that no cache of answers can help.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

Ask = Callable[[str, str], object]
FIRST = "Phường Hàng Bạc, Quận Hoàn Kiếm, Hà Nội"


def ours() -> Ask:
    """Our converter, built."""
    from haicap.domain.units.addresses import Gazetteer
    from haicap.domain.units.timeline.rows import read_packaged

    gazetteer, on = Gazetteer.build(*read_packaged()), dt.date(2026, 11, 22)
    return lambda text, style: gazetteer.convert(text, on=on)


def peer() -> Ask:
    """The peer, imported."""
    from .peer import load

    ask = load()
    if ask is None:
        raise SystemExit("vietnamadminunits is not installed")
    return ask


def peak_mb() -> float:
    """Peak resident memory of this program (getrusage would count what the parent held before exec)."""
    found = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text(encoding="ascii"))
    return int(found.group(1)) / 1024 if found else 0.0


def main() -> None:
    """Measure."""
    slices: list[list[list[str]]] = json.load(sys.stdin)
    start, worked = time.perf_counter(), time.process_time()
    ask = {"ours": ours, "peer": peer}[sys.argv[1]]()
    ask(FIRST, "old")
    cold, cold_cpu = time.perf_counter() - start, time.process_time() - worked
    rates, cpu_rates = [], []
    for part in slices:
        start, worked = time.perf_counter(), time.process_time()
        for text, style in part:
            ask(text, style)
        rates.append(len(part) / (time.perf_counter() - start))
        cpu_rates.append(len(part) / (time.process_time() - worked))
    found = {
        "rate": statistics.median(rates),
        "cpu_rate": statistics.median(cpu_rates),
        "cold_s": cold,
        "cold_cpu_s": cold_cpu,
        "peak_mb": peak_mb(),
    }
    print(json.dumps(found))


if __name__ == "__main__":
    main()
