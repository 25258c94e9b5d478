"""Ai làm: who exercises a power for one unit, day and case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from haicap.domain.powers.detectors.judges import Family, Strangers, outranked
from haicap.domain.powers.detectors.shape import Claim, Ground
from haicap.domain.powers.states import REFORM, Level, Mode

Case = Mapping[str, int | str]
REPLACING = (Mode.DELEGATION, Mode.OVERRIDE)  # an authorised one acts beside who authorised it
NOT_TOLD: Case = {}


def holders(
    claims: Iterable[Claim], ground: Ground, *, unit: str, on: date, case: Case = NOT_TOLD
) -> list[Claim]:
    """Who exercises the powers of `claims` in a unit on a day, each role by itself, in the order of the claims.

    After precedence; whoever delegated, or is steered over, does not act itself; letters of guidance give nobody a
    power. An attribute of the case that is not told stays open: all are answered that may hold. A unit that is not of
    the ground, or does not exist on the day, has nobody.
    """
    every = list(claims)
    bit = ground.bits.get(unit)
    there = [] if bit is None else [claim for claim in every if claim.units >> bit & 1]
    return _answer(there, lambda: Family(every), ground, unit, on, case)


class Holding:
    """Claims of many powers, ready to be asked again and again. It does not change; a change makes another."""

    def __init__(self, claims: Iterable[Claim], ground: Ground) -> None:
        self.ground = ground
        self._powers: dict[str, list[Claim]] = {}
        for claim in claims:
            self._powers.setdefault(claim.power, []).append(claim)
        self._families: dict[str, Family] = {}
        self._there: dict[tuple[str, str], list[Claim]] = {}

    def holders(self, power: str, *, unit: str, on: date, case: Case = NOT_TOLD) -> list[Claim]:
        """Who exercises one power: see `holders`."""
        there = self._there.get((power, unit))
        if there is None:
            bit = self.ground.bits.get(unit)
            there = [c for c in self._powers.get(power, ()) if bit is not None and c.units >> bit & 1]
            self._there[power, unit] = there
        return _answer(there, lambda: self._family(power), self.ground, unit, on, case)

    def _family(self, power: str) -> Family:
        if power not in self._families:
            self._families[power] = Family(self._powers[power])
        return self._families[power]


def _answer(
    claims: Sequence[Claim], family: Callable[[], Family], ground: Ground, unit: str, on: date, case: Case
) -> list[Claim]:
    """The same for claims that hold in the unit."""
    if not _exists(ground, unit, on):
        return []
    last = [c for c in claims if c.no_fallback and c.until and c.until <= on and c.condition.allows(case)]
    over = {claim.parent for claim in last}
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        if not claim.guidance and claim.id not in over and _holds(claim, on) and claim.condition.allows(case):
            groups.setdefault((claim.power, claim.role), []).append(claim)
    return [claim for group in groups.values() for claim in _exercising(group, family)]


def _exists(ground: Ground, unit: str, on: date) -> bool:
    lives = ground.lives.get(unit)
    return lives is None or any((not a or a <= on) and (not b or on < b) for a, b in lives)


def _holds(claim: Claim, on: date) -> bool:
    if claim.level == Level.DISTRICT and on >= REFORM:
        return False
    return (not claim.since or claim.since <= on) and (not claim.until or on < claim.until)


def _exercising(claims: Sequence[Claim], known: Callable[[], Family]) -> list[Claim]:
    if len(claims) == 1:
        return list(claims)
    family = known()
    strangers = Strangers(claims, family)
    standing = {claims[n].id for n in outranked(claims, family, strangers.of, range(len(claims)))}
    replaced = {claim.parent for claim in claims if claim.id in standing and claim.mode in REPLACING}
    return [claim for claim in claims if claim.id in standing and claim.id not in replaced]
