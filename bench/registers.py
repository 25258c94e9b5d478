"""Over HTTP: who holds a power, and whether a provision counts, asked of a platform that has loaded law and powers."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from urllib.parse import quote, urlencode

from bench.figures import Figure, percentile
from haicap.domain.law.packaged import read as law
from haicap.domain.powers.packaged import read as powers
from haicap.domain.units.timeline.packaged import packaged_register

ASKED = 2_000
READY = 180
NOW = date(2026, 11, 22)
FIRST, LAST = date(2025, 7, 1), date(2027, 6, 30)
Get = Callable[[str], tuple[float, int, bytes]]
Spent = Callable[[list[str]], list[float]]


def wait(get: Get) -> float:
    """Seconds until everything is loaded behind the first page."""
    began = time.perf_counter()
    while json.loads(get("/suc-khoe/san-sang")[2])["loading"]:
        if time.perf_counter() - began > READY:
            raise RuntimeError("law and powers did not load")
        time.sleep(0.5)
    return time.perf_counter() - began


def figures(get: Get, spent: Spent) -> list[Figure]:
    """Look-ups drawn at random over what is packaged: every power, commune, place and day."""
    waited = wait(get)
    dice = random.Random(11)
    holders, effects = _holders(dice), _effects(dice, get)
    for path in (*holders[:20], *effects[:20]):
        get(path)
    found = [Figure("first page → law and powers loaded", waited, "s", 120)]
    for what, paths in (("holder of a power", holders), ("effect of a provision", effects)):
        took = spent(paths)
        found.append(Figure(f"{what} over HTTP, p99 of {len(paths):,}", percentile(took, 0.99), "ms", 20))
        found.append(Figure("  p50", percentile(took, 0.5), "ms", 20))
    return found


def _day(dice: random.Random) -> str:
    return (FIRST + timedelta(days=dice.randrange((LAST - FIRST).days))).isoformat()


def _holders(dice: random.Random) -> list[str]:
    codes = [power.code for power in powers().powers]
    communes = sorted(v.code for v in packaged_register().state(NOW, "commune"))
    return [
        "/api/v1/holder?"
        + urlencode({"power": dice.choice(codes), "unit": dice.choice(communes), "on": NOW.isoformat()})
        for _ in range(ASKED)
    ]


def _effects(dice: random.Random, get: Get) -> list[str]:
    """Questions about cited places, by the names their documents got."""
    names: dict[str, str] = {}
    for row in law().provisions:
        if row.document not in names:
            number = row.document.partition("|")[0].strip()
            found = json.loads(get(f"/api/v1/documents?number={quote(number)}")[2])["documents"]
            if len(found) == 1:
                names[row.document] = found[0]["slug"]
    spots = [(names[row.document], row.place) for row in law().provisions if row.document in names]
    drawn = [dice.choice(spots) for _ in range(ASKED)]
    return [
        f"/api/v1/documents/{slug}/effect?" + urlencode({"place": place, "on": _day(dice), "unit": "26740"})
        for slug, place in drawn
    ]
