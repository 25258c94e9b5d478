"""In process: look-ups by (code, date) and lineage in the register, and what the register costs."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, timedelta

from bench.figures import Figure, percentile
from haicap.domain.units.timeline import HORIZON, Register
from haicap.domain.units.timeline.packaged import packaged_register

ASKED = 50_000


def _timed(ask: Callable[[str, date], object], codes: list[str], days: list[date]) -> list[float]:
    """Milliseconds of each call."""
    spent = []
    for code, day in zip(codes, days, strict=True):
        began = time.perf_counter()
        ask(code, day)
        spent.append((time.perf_counter() - began) * 1000)
    return spent


def _questions(register: Register) -> tuple[list[str], list[date]]:
    dice = random.Random(7)
    every = [v.code for v in register.every() if v.code]
    days = [HORIZON + timedelta(days=dice.randrange(2_900)) for _ in range(ASKED)]
    return [dice.choice(every) for _ in range(ASKED)], days


def figures() -> list[Figure]:
    """Load time of the register, p99 of a look-up and of a full lineage answer."""
    began = time.perf_counter()
    register = packaged_register()
    loading = time.perf_counter() - began
    codes, days = _questions(register)
    look_ups = _timed(register.at, codes, days)
    uids = [v.uid for v in register.every()]
    dice = random.Random(8)
    lineage = _timed(register.became, [dice.choice(uids) for _ in range(ASKED)], days)
    return [
        Figure("register read from packaged facts", loading, "s", 1),
        Figure(f"(code, date) in process, p99 of {ASKED:,}", percentile(look_ups, 0.99), "ms", 1),
        Figure(f"what became of a unit, in process, p99 of {ASKED:,}", percentile(lineage, 0.99), "ms", 1),
    ]
