"""Phân cấp, ủy quyền của một cơ quan: what it gives on, what it was given, with the days left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from haicap.domain.powers.detectors import Claim
from haicap.domain.powers.models import Case
from haicap.domain.powers.queries.effective import Effective, current
from haicap.domain.powers.queries.register import AssertionRow, PowerRow, register
from haicap.domain.powers.states import DERIVED, CaseState
from haicap.domain.units import queries as units

NEAR = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Giving:
    """A derived assertion and the one it is derived from, with the days it counts and open findings about it.

    near  it ends within ninety days of the asked day
    """

    power: PowerRow
    row: AssertionRow
    parent: AssertionRow | None
    since: date | None
    until: date | None
    near: bool
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Givings:
    """What an organ gives on and what it was given; over ones last."""

    given: tuple[Giving, ...]
    received: tuple[Giving, ...]


def givings(organ: str, unit: str, on: date) -> Givings:
    """Delegations and authorisations an organ of a unit made or got, as they stand on a day. One statement.

    unit  uid; what other provinces gave or got does not count as this one's
    """
    held = current()
    mine = _communes(unit, on, held)
    faults = _faults()
    given, received = [], []
    for claim, row in _derived(held):
        if not claim.units & mine or (row.unit and not _inside(row.unit, unit, on)):
            continue
        parent = register().assertions.get(row.parent)
        found = _giving(claim, row, parent, on, faults)
        if parent is not None and _is(parent, organ, unit):
            given.append(found)
        if _is(row, organ, unit):
            received.append(found)
    return Givings(tuple(_ordered(given, on)), tuple(_ordered(received, on)))


def _derived(held: Effective) -> Iterator[tuple[Claim, AssertionRow]]:
    return ((c, held.origin[c.id]) for c in held.every() if held.origin[c.id].mode in DERIVED)


def _is(row: AssertionRow, organ: str, unit: str) -> bool:
    return row.organ == organ and row.unit in ("", unit)


def _inside(uid: str, unit: str, on: date) -> bool:
    """Whether a unit is the asked one, lies below it, or above it (what a province got concerns its communes)."""
    known = units.register()
    return unit in {v.uid for v in known.path(uid, on)} or uid in {v.uid for v in known.path(unit, on)}


def _communes(unit: str, on: date, held: Effective) -> int:
    if unit in held.ground.bits:
        return held.ground.mask([unit])
    inside = [v.uid for v in units.register().children(unit, on, "commune") if v.uid in held.ground.bits]
    return held.ground.mask(inside) if inside else held.ground.everywhere


def _faults() -> dict[str, list[Case]]:
    """Open findings by code of the assertions they are about."""
    found: dict[str, list[Case]] = {}
    for case in Case.objects.exclude(state=CaseState.GONE).order_by("pk"):
        for code in case.assertions:
            found.setdefault(code, []).append(case)
    return found


def _giving(
    claim: Claim, row: AssertionRow, parent: AssertionRow | None, on: date, faults: dict[str, list[Case]]
) -> Giving:
    near = claim.until is not None and on < claim.until <= on + NEAR
    cases = tuple(faults.get(row.code, ()))
    return Giving(register().powers[row.power], row, parent, claim.since, claim.until, near, cases)


def _ordered(found: list[Giving], on: date) -> list[Giving]:
    def key(giving: Giving) -> tuple[bool, date, str]:
        over = giving.until is not None and giving.until <= on
        return over, giving.until or date.max, giving.row.code

    return sorted(found, key=key)
