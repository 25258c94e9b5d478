"""Phán xét: what claims that hold together in one cell mean.

Holders are organs at a level: the same one twice is one holder. An assertion does not collide with one it is derived
from, nor with one derived from it, however many hands it went through; two of which neither is the other's do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from haicap.domain.powers.detectors.rank import beats
from haicap.domain.powers.detectors.shape import Claim, bits_of
from haicap.domain.powers.detectors.space import Box, meet
from haicap.domain.powers.detectors.sweep import Effort, Label

Identity = tuple[str, str]  # organ, level
SOME = "some"  # a label that does not tell who


def identity(claim: Claim) -> Identity:
    """Who holds."""
    return (claim.organ, claim.level)


class Family:
    """Claims of one power with whom they have it from; `parents` that lead nowhere or in a circle end the line."""

    def __init__(self, claims: Sequence[Claim]) -> None:
        self.by_id = {claim.id: claim for claim in claims}
        self._lines: dict[str, tuple[Claim, ...]] = {}
        self._for_good: dict[str, list[Claim]] = {}
        self._whole: dict[str, list[Claim]] = {}
        for claim in claims:
            self._whole.setdefault(claim.whole or claim.id, []).append(claim)
            if claim.no_fallback and claim.parent and claim.until is not None:
                self._for_good.setdefault(claim.parent, []).append(claim)

    def stretches(self, claim: Claim) -> list[Claim]:
        """The claims that are stretches of the same assertion, itself among them."""
        return self._whole[claim.whole or claim.id]

    def ending_for_good(self, claim: Claim) -> list[Claim]:
        """What was derived from it by deeds after whose end it does not act again itself."""
        return self._for_good.get(claim.id, [])

    def ancestors(self, claim: Claim) -> tuple[Claim, ...]:
        """Parent, its parent, and so on."""
        found = self._lines.get(claim.id)
        if found is None:
            line: list[Claim] = []
            seen, at = {claim.id}, self.by_id.get(claim.parent)
            while at is not None and at.id not in seen:
                line.append(at)
                seen.add(at.id)
                at = self.by_id.get(at.parent)
            found = self._lines[claim.id] = tuple(line)
        return found


class Strangers:
    """For each of some claims (by number) the others that are another holder and no relation, as bits."""

    def __init__(self, claims: Sequence[Claim], family: Family) -> None:
        self.claims = claims
        self.who = [identity(claim) for claim in claims]
        self.same: dict[Identity, int] = {}
        itself: dict[str, int] = {}  # stretches of an assertion
        below: dict[str, int] = {}  # claims that have it from this assertion
        above = [{a.whole or a.id for a in family.ancestors(claim)} for claim in claims]
        for n, claim in enumerate(claims):
            self.same[self.who[n]] = self.same.get(self.who[n], 0) | 1 << n
            itself[claim.whole or claim.id] = itself.get(claim.whole or claim.id, 0) | 1 << n
            for ancestor in above[n]:
                below[ancestor] = below.get(ancestor, 0) | 1 << n
        everyone = (1 << len(claims)) - 1
        self.of: list[int] = []
        for n, claim in enumerate(claims):
            related = self.same[self.who[n]] | below.get(claim.whole or claim.id, 0)
            for ancestor in above[n]:
                related |= itself.get(ancestor, 0)
            self.of.append(everyone & ~related)
        self._every = self.of

    def unrelated(self, together: int) -> bool:
        """Whether each claim of a set is a stranger to all other holders in it."""
        return all(not together & ~(self._every[n] | self.same[self.who[n]]) for n in bits_of(together))

    def meeting(self, boxes: Sequence[Box], effort: Effort) -> None:
        """Forget strangers that never meet: in units, days and cases."""
        of = [0] * len(boxes)
        for n, box in enumerate(boxes):
            others = bits_of(self.of[n] >> n)
            effort.spend(1 + len(others) // 4)
            for other in (n + m for m in others):
                its = boxes[other]
                if (
                    box.since < its.until and its.since < box.until
                    and box.units & its.units and meet(box.terms, its.terms) is not None
                ):  # fmt: skip
                    of[n] |= 1 << other
                    of[other] |= 1 << n
        self.of = of

    def quarrelling(self, together: int) -> int:
        """Those of a set that meet a stranger in it."""
        found, of = 0, self.of
        for n in bits_of(together):
            if of[n] & together:
                found |= 1 << n
        return found


@dataclass(slots=True)
class Overlaps:
    """Who collides: the label is (holders as bits of `names`, whether only guidance does)."""

    strangers: Strangers
    boxes: Sequence[Box]
    units: int
    names: dict[Identity, int]
    family: Family
    effort: Effort
    told: bool = True  # whether labels tell who collides; not told, neighbours join into fewer pieces
    ranked: bool = False  # whether precedence may settle a collision

    def narrow(self, together: int) -> int:
        """Only those that meet a stranger."""
        return self.strangers.quarrelling(together)

    def labels(self, together: int) -> dict[Label, int]:
        """Units of each set of colliding holders."""
        twice = self._twice(together)
        if not twice:
            return {}
        if not self.told and self.strangers.unrelated(together) and not self.ranked:
            return {SOME: twice}
        found: dict[Label, int] = {}
        for units, there in apart(self.boxes, together, twice, self.effort):
            if label := self._label(there):
                found[label] = found.get(label, 0) | units
        return found

    def _twice(self, together: int) -> int:
        """Units with two different holders."""
        by_holder: dict[Identity, int] = {}
        for n in bits_of(together):
            who = self.strangers.who[n]
            by_holder[who] = by_holder.get(who, 0) | self.boxes[n].units
        self.effort.spend(len(by_holder) // 8)
        once = twice = 0
        for units in by_holder.values():
            twice |= once & units
            once |= units
        return twice & self.units

    def _label(self, there: int) -> Label:
        colliding = self.standing(self.strangers.quarrelling(there))
        if not colliding:
            return None
        if not self.told:
            return SOME
        holders, firm = 0, 0
        for n in bits_of(colliding):
            claim = self.strangers.claims[n]
            holders |= 1 << self.names[self.strangers.who[n]]
            firm |= (not claim.guidance) << n
        return (holders, not self.strangers.quarrelling(firm))

    def standing(self, there: int) -> int:
        """Those that still meet a stranger after precedence."""
        claims = self.strangers.claims
        numbers = bits_of(there)
        kept = outranked(
            [claims[n] for n in numbers], self.family, [self.strangers.of[n] for n in numbers], numbers
        )
        return self.strangers.quarrelling(sum(1 << n for n in kept))


def apart(boxes: Sequence[Box], together: int, units: int, effort: Effort) -> list[tuple[int, int]]:
    """Units apart by the boxes of a set that hold there: (units, boxes)."""
    blocks = [(units, 0)]
    for n in bits_of(together):
        bit, mine, found = 1 << n, boxes[n].units, []
        for mask, there in blocks:
            if mask & mine:
                found.append((mask & mine, there | bit))
            if mask & ~mine:
                found.append((mask & ~mine, there))
        effort.spend(len(found) // 8)
        blocks = found
    return blocks


def outranked(
    claims: Sequence[Claim], family: Family, strangers: Sequence[int], numbers: Sequence[int]
) -> list[int]:
    """Numbers of the claims that stand: none that stands beats them, nor one they have their power from.

    What nobody beats stands, and what it beats falls with all that is derived from it; then again among the rest.
    When a circle is left, where each is beaten by another, all of it stands.
    """
    left = dict(zip(numbers, zip(claims, strangers, strict=True), strict=True))
    if not any(claim.rank for claim in claims):
        return list(left)
    stand: list[int] = []
    while left:
        firm = [n for n in left if not any(_beats(m, n, left) for m in left)] or list(left)
        fallen = {n for n in left if n not in firm and any(_beats(m, n, left) for m in firm)}
        lost = {left[n][0].id for n in fallen}
        stand += firm
        left = {
            n: it for n, it in left.items()
            if n not in fallen and n not in firm and not lost & {a.id for a in family.ancestors(it[0])}
        }  # fmt: skip
        stand = [n for n in stand if not lost & {a.id for a in family.ancestors(claims[numbers.index(n)])}]
    return stand


def _beats(one: int, other: int, among: dict[int, tuple[Claim, int]]) -> bool:
    (mine, strangers), (its, _) = among[one], among[other]
    return bool(strangers >> other & 1) and not (mine.guidance or its.guidance) and beats(mine.rank, its.rank)


@dataclass(slots=True)
class Present:
    """Each piece is labelled with the boxes that hold there, by their `numbers`."""

    boxes: Sequence[Box]
    units: int
    numbers: Sequence[int]
    effort: Effort

    def narrow(self, together: int) -> int:
        """All matter."""
        return together

    def labels(self, together: int) -> dict[Label, int]:
        """Units apart by the boxes that hold there."""
        return {
            tuple(self.numbers[n] for n in bits_of(there)): units
            for units, there in apart(self.boxes, together, self.units, self.effort)
            if there
        }


@dataclass(slots=True)
class Anyone:
    """One label for wherever a box holds."""

    boxes: Sequence[Box]
    units: int

    def narrow(self, together: int) -> int:
        """All matter."""
        return together

    def labels(self, together: int) -> dict[Label, int]:
        """All units of the boxes."""
        units = 0
        for n in bits_of(together):
            units |= self.boxes[n].units
        return {SOME: units & self.units} if units & self.units else {}
