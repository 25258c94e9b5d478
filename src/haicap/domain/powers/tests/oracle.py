"""The contract's sentences, cell by cell: every unit × day × case of a small world is asked by itself.

Shares no code with the detectors; findings are read back from what people are told (codes, days, the written case).
"""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import date, timedelta

from haicap.domain.powers.conditions import Choice, Interval, parse
from haicap.domain.powers.states import CLIFF, REFORM

UNITS = ("00001", "00002", "00003")
FIRST = date(2025, 6, 28)
DAYS = [FIRST + timedelta(days=n) for n in range(8)]  # across REFORM
FLOORS = range(-1, 7)
KINDS = ("a", "b", "c")
NAMED = {"floors": FLOORS, "kind": KINDS}

Cell = tuple[str, date, int, str]


def cells(units=UNITS, days=tuple(DAYS)):
    return itertools.product(units, days, FLOORS, KINDS)


def says(condition, floors, kind) -> bool:
    for term in condition.terms:
        value = floors if term.attribute == "floors" else kind
        if isinstance(term.of, Interval):
            if term.of.lo is not None and value < term.of.lo:
                return False
            if term.of.hi is not None and value >= term.of.hi:
                return False
        elif value not in term.of.values:
            return False
    return True


def units_of(claim) -> set[str]:
    return {unit for n, unit in enumerate(UNITS) if claim.units & (1 << n)}


def holds(claim, cell) -> bool:
    unit, day, floors, kind = cell
    return (
        unit in units_of(claim)
        and (claim.since is None or claim.since <= day)
        and (claim.until is None or day < claim.until)
        and says(claim.condition, floors, kind)
    )


def who(claim):
    return (claim.organ, claim.level)


def above(claim, claims):
    found, at = [], claim
    while at.parent:
        at = next((c for c in claims if c.id == at.parent), None)
        if at is None or at in found or at is claim:
            break
        found.append(at)
    return found


def collide(one, other, claims) -> bool:
    if who(one) == who(other):
        return False
    return one not in above(other, claims) and other not in above(one, claims)


def overlapping(claims, cell, every) -> bool:
    there = [c for c in claims if holds(c, cell)]
    return any(collide(a, b, every) for a, b in itertools.combinations(there, 2))


def extents(claims):
    """Numbers and values the conditions name."""
    terms = [term for claim in claims for term in claim.condition.terms]
    numbers = [b for t in terms if isinstance(t.of, Interval) for b in (t.of.lo, t.of.hi) if b is not None]
    return numbers, {v for t in terms if isinstance(t.of, Choice) for v in t.of.values}


def domain(claims, every):
    """Whether a cell must be covered."""
    units = set().union(*(units_of(c) for c in every))
    froms = [c.since for c in claims if c.since]
    tos = [c.until for c in claims if c.until]
    since, until = min(froms, default=None), max(tos, default=None)
    if since and until and since == until:
        since = until = None
    if since and until and since > until:
        since, until = until, since
    bounds, values = extents(claims)

    def inside(cell) -> bool:
        unit, day, floors, kind = cell
        if unit not in units or (since and day < since) or (until and day >= until):
            return False
        if len(set(bounds)) > 1 and not min(bounds) <= floors < max(bounds):
            return False
        return not values or kind in values

    return inside


def reason(claims, cell) -> str:
    """Why nobody holds: the day before it began to be so, else the other cases, else the other units."""
    unit, day, floors, kind = cell
    ended = [
        c
        for c in claims
        if c.until and c.until <= day and holds(c, (unit, c.until - timedelta(days=1), floors, kind))
    ]
    if ended:
        last = max(c.until for c in ended)
        ended = [c for c in ended if c.until == last]
        if any(c.level == "district" for c in ended):
            return "a"
        return "b" if any(c.mode in ("original", "delimitation", "assignment") for c in ended) else "c"
    return ""


def named(claims):
    """Values of `kind` some row of the power names; the others are of no case."""
    return {
        v for c in claims for t in c.condition.terms if t.attribute == "kind" for v in t.of.values
    } or set(KINDS)


def expected(kind, claims, every) -> set[Cell]:
    """Faulty cells of one role."""
    known = named(every)
    world = [cell for cell in cells() if cell[3] in known]
    if kind == "overlap":
        return {cell for cell in world if overlapping(claims, cell, every)}
    if kind == "omission":
        inside = domain(claims, every)
        return {cell for cell in world if inside(cell) and not any(holds(c, cell) for c in claims)}
    judged = {
        "chain_not_holder": not_holder, "chain_beyond_basis": beyond_basis, "chain_no_end": no_end,
        "chain_reauthorised": reauthorised, "chain_receiver": receiver, "holder_abolished": gone,
    }[kind]  # fmt: skip
    return {cell for cell in world for c in claims if holds(c, cell) and judged(c, cell, every)}


def _parent(claim, every):
    return next((c for c in every if c.id == claim.parent), None)


def _derived(claim) -> bool:
    return claim.mode in ("delegation", "authorisation", "override")


def not_holder(claim, cell, every) -> bool:
    parent = _parent(claim, every)
    if not _derived(claim):
        return False
    if parent is None:
        return True
    return not holds(parent, cell) and not (parent.until and cell[1] >= parent.until)


def beyond_basis(claim, cell, every) -> bool:
    parent = _parent(claim, every)
    return _derived(claim) and bool(parent and parent.until and cell[1] >= parent.until)


def no_end(claim, cell, every) -> bool:
    return claim.mode == "authorisation" and claim.until is None


def reauthorised(claim, cell, every) -> bool:
    parent = _parent(claim, every)
    return bool(claim.mode == "authorisation" and parent and parent.mode == "authorisation")


def receiver(claim, cell, every) -> bool:
    parent, order = _parent(claim, every), ["nation", "province", "district", "commune"]
    if not _derived(claim) or parent is None:
        return False
    down = order.index(claim.level) - order.index(parent.level)
    return down > 0 if claim.mode == "override" else down < 0


def gone(claim, cell, every) -> bool:
    return claim.level == "district" and cell[1] >= REFORM


def told(findings, claims) -> Counter[Cell]:
    """How often findings tell each cell, read from their codes, days and written case."""
    known, found = named(claims), Counter[Cell]()
    for f in findings:
        case = parse(f.case)
        days = [d for d in DAYS if (f.since is None or f.since <= d) and (f.until is None or d < f.until)]
        for cell in cells(f.units, days):
            if cell[3] in known and says(case, cell[2], cell[3]):
                found[cell] += 1
    return found


assert CLIFF not in DAYS
