"""Law: 5,000 documents with 50,000 relations: derive all, the standing of every known place on a day, one look-up.

Relations are drawn with a fixed seed: later documents act on earlier ones, half of the details lie on fifty laws.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date, timedelta
from statistics import median

from bench.figures import Figure, percentile, table
from haicap.domain.law.effect import Effects, Link, Place, Work, derive
from haicap.domain.law.states import DocumentState, RelationKind, Standing

DOCUMENTS, RELATIONS, PLACES = 5_000, 50_000, 20_000
LOOKUPS, ROUNDS = 2_000, 5
ON = date(2026, 11, 22)
FIRST = date(2005, 1, 1)
# What relations are, of a hundred; the rest only inform (basis, amendments, corrections, consolidations, citations).
SHARES = {
    RelationKind.DETAILS: 18,
    RelationKind.REPLACES: 13,
    RelationKind.REPEALS: 12,
    RelationKind.SUSPENDS: 2,
    RelationKind.RESUMES: 1,
    RelationKind.EXTENDS: 2,
    RelationKind.CONTINUES: 2,
    RelationKind.BASIS: 15,
    RelationKind.AMENDS: 15,
    RelationKind.CORRECTS: 2,
    RelationKind.CONSOLIDATES: 2,
    RelationKind.CITES: 16,
}
Rows = tuple[list[Work], list[Place], list[Link]]


def register() -> Rows:
    """A register as a country's: later documents act on earlier ones, a few laws are detailed by hundreds."""
    dice = random.Random(20261122)
    works = [_work(dice, n) for n in range(DOCUMENTS)]
    paths = [_path(dice) for _ in range(400)]
    spots = {(dice.randrange(DOCUMENTS), dice.choice(paths)) for _ in range(PLACES * 11 // 10)}
    places = [
        Place(work, path, None, _later(dice, works[work]) if dice.random() < 0.02 else None)
        for work, path in sorted(spots)[:PLACES]
    ]
    kinds = list(SHARES)
    drawn = dice.choices(kinds, [SHARES[kind] for kind in kinds], k=RELATIONS)
    return works, places, [_link(dice, n, kind, works, paths) for n, kind in enumerate(drawn)]


def _work(dice: random.Random, n: int) -> Work:
    since = FIRST + timedelta(days=n * 8000 // DOCUMENTS + dice.randrange(60))
    until = _later(dice, None) if dice.random() < 0.1 else None
    if dice.random() < 0.08:
        since, until = date(2025, 7, 1), date(2027, 3, 1)
    unknown = dice.random() < 0.02
    return Work(n, None if unknown else since, until, "art_12", bridged=dice.random() < 0.05)


def _later(dice: random.Random, work: Work | None) -> date:
    since = (work.since if work else None) or date(2024, 1, 1)
    return max(since, date(2022, 1, 1)) + timedelta(days=dice.randrange(1, 2500))


def _path(dice: random.Random) -> str:
    path = f"art_{dice.randrange(1, 60)}"
    if dice.random() < 0.6:
        path += f"__para_{dice.randrange(1, 6)}"
        if dice.random() < 0.5:
            path += f"__point_{dice.choice('abcdđegh')}"
    return path


def _link(dice: random.Random, n: int, kind: RelationKind, works: list[Work], paths: list[str]) -> Link:
    source = dice.randrange(50, DOCUMENTS)
    hub = kind in (RelationKind.DETAILS, RelationKind.BASIS) and dice.random() < 0.5
    target = dice.randrange(50) if hub else dice.randrange(source)
    part = kind in (RelationKind.DETAILS, RelationKind.CITES) or dice.random() < 0.9
    path = dice.choice(paths) if part else ""
    began = works[source].since or FIRST
    until = None
    if kind is RelationKind.EXTENDS or (kind is RelationKind.SUSPENDS and dice.random() < 0.5):
        until = began + timedelta(days=dice.randrange(90, 1500))
    since = began + timedelta(days=dice.randrange(200)) if dice.random() < 0.1 else None
    at = dice.choice(paths) if dice.random() < 0.5 else ""
    return Link(n, kind, source, at, target, path, since, until, "25" if dice.random() < 0.03 else "")


def _timed(what: Callable[[], object]) -> float:
    """Processor seconds: one thread works, and the machine is shared."""
    began = time.process_time()
    what()
    return time.process_time() - began


def _all(rows: Rows) -> dict[tuple[int, str], Standing]:
    """What is asked: the derivation, the standing of every known place and the state of every document on a day."""
    effects = derive(*rows)
    found = {(work, path): standing for work, path, standing in effects.standings(ON)}
    assert sum(effects.document(work.id, ON) is DocumentState.ENDED for work in rows[0]) > 0
    return found


def figures() -> list[Figure]:
    """The figures with their limits; rounds are told by their median."""
    rows = register()
    found = _all(rows)
    effects = derive(*rows)
    whole = median(_timed(lambda: _all(rows)) for _ in range(ROUNDS))
    derived = median(_timed(lambda: derive(*rows)) for _ in range(ROUNDS))
    changed = median(_timed(lambda: effects.changes(date(2025, 7, 1), ON)) for _ in range(ROUNDS))
    return [
        Figure("documents", len(rows[0]), "", DOCUMENTS, most=False),
        Figure("relations", len(rows[2]), "", RELATIONS, most=False),
        Figure("places whose standing was asked", len(found), "", PLACES, most=False),
        Figure("  of them ended", sum(s is Standing.ENDED for s in found.values()), "", 1, most=False),
        Figure("derive, all standings and document states of a day", whole, "s", 1),
        Figure("  of it the derivation", derived, "s", 1),
        Figure("what changed from 2025-07-01 to today", changed, "s", 1),
        Figure("one look-up with its chain, p99", percentile(_lookups(effects, list(found)), 0.99), "ms", 5),
    ]


def _lookups(effects: Effects, spots: list[tuple[int, str]]) -> list[float]:
    """Milliseconds of single questions for places drawn at random."""
    dice = random.Random(7)
    asked = [dice.choice(spots) for _ in range(LOOKUPS)]
    return [1000 * _timed(lambda spot=spot: effects.at(*spot, ON)) for spot in asked]  # type: ignore[misc]


def measured() -> bool:
    """Print; whether all limits hold."""
    return table("Law: effect by day", figures())


if __name__ == "__main__":
    raise SystemExit(not measured())
