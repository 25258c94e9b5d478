"""Tiến trình mới: cold start and memory of one converter, alone in a fresh process. Prints one JSON line."""

from __future__ import annotations

import json
import resource
import sys
import time


def ours(texts: list[str]) -> float:
    """Seconds from nothing imported to the first answer; then the rest, for the peak."""
    start = time.perf_counter()
    import datetime as dt

    from haicap.domain.units.addresses import Gazetteer
    from haicap.domain.units.timeline.rows import read_packaged

    on = dt.date(2026, 11, 22)
    gazetteer = Gazetteer.build(*read_packaged())
    gazetteer.convert("Phường Hàng Bạc, Quận Hoàn Kiếm, Hà Nội", on=on)
    cold = time.perf_counter() - start
    for text in texts:
        gazetteer.convert(text, on=on)
    return cold


def peer(texts: list[str]) -> float:
    """The same for the peer."""
    start = time.perf_counter()
    from .peer import load

    ask = load()
    if ask is None:
        raise SystemExit("vietnamadminunits is not installed")
    ask("Phường Hàng Bạc, Quận Hoàn Kiếm, Hà Nội", "old")
    cold = time.perf_counter() - start
    for text in texts:
        ask(text, "old")
    return cold


if __name__ == "__main__":
    found = {"ours": ours, "peer": peer}[sys.argv[1]](json.load(sys.stdin))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cold_s": round(found, 3), "peak_mb": round(peak, 1)}))
