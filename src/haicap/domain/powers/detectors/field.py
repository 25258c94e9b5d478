"""Một thẩm quyền: the claims of one power as boxes, its axes, its frames; what all detectors stand on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from haicap.domain.powers.conditions import Choice, Condition, Term
from haicap.domain.powers.detectors.judges import Anyone, Family, Present
from haicap.domain.powers.detectors.shape import Claim, Finding, Ground, Scope
from haicap.domain.powers.detectors.space import (
    FAR,
    Box,
    Part,
    Space,
    Terms,
    day_in,
    day_out,
    meet,
    minus,
)
from haicap.domain.powers.detectors.sweep import Effort, Frame, Judge, Pieces, clusters, sweep
from haicap.domain.powers.states import REFORM, FindingKind, Level, Role

Span = tuple[int, int]  # [since, until)
MakeJudge = Callable[[Frame, list[int]], Judge]  # of units and the numbers of the boxes there
ALWAYS: tuple[Span, ...] = ((-FAR, FAR),)


class Lives:
    """When units exist, as numbers: units that live and die together are one mask."""

    def __init__(self, ground: Ground) -> None:
        spans: dict[tuple[Span, ...], int] = {}
        for code, lives in ground.lives.items():
            if (bit := ground.bits.get(code)) is not None:
                told = tuple((day_in(since, -FAR), day_in(until, FAR)) for since, until in lives)
                spans[told] = spans.get(told, 0) | 1 << bit
        told_of = 0
        for mask in spans.values():
            told_of |= mask
        if rest := ground.everywhere & ~told_of:
            spans[ALWAYS] = spans.get(ALWAYS, 0) | rest
        self.spans: Mapping[tuple[Span, ...], int] = spans

    @cached_property
    def ended(self) -> list[tuple[int, int]]:
        """(day, units) whose code nobody bears from that day on."""
        return [
            (max((until for _, until in told), default=-FAR), mask)
            for told, mask in self.spans.items()
            if all(until < FAR for _, until in told)
        ]


@dataclass(slots=True)
class Fault:
    """A box in which something is wrong, and the claims it is about."""

    box: Box
    claims: tuple[Claim, ...]


class Field:
    """One power. `scopes` None: the file is taken literally (docs/contracts.md, Powers); else a register."""

    def __init__(
        self,
        power: str,
        claims: Sequence[Claim],
        ground: Ground,
        lives: Lives,
        scopes: Mapping[Role, Scope] | None,
    ) -> None:
        self.power, self.given, self.ground, self.lives, self.scopes = power, claims, ground, lives, scopes
        self.family = Family(claims)
        conditions = [c.condition for c in claims]
        for scope in (scopes or {}).values():
            conditions += [Condition((Term(name, of),)) for name, of in scope.attributes.items()]
        self.space = Space(conditions)
        self.claims: list[Claim] = []
        self.boxes: list[
            Box
        ] = []  # where each of `claims` holds; a claim is there once for each of its boxes
        for claim in claims:
            for box in self._held(claim):
                self.claims.append(claim)
                self.boxes.append(box)

    def told_box(self, claim: Claim) -> Box:
        """Where a claim says it holds."""
        since, until = day_in(claim.since, -FAR), day_in(claim.until, FAR)
        return Box(claim.units, since, until, self.space.terms(claim.condition))

    def _held(self, claim: Claim) -> list[Box]:
        """Where it holds. A register knows more than the claim says: districts are gone, deeds let nobody act again."""
        box = self.told_box(claim)
        if self.scopes is None:
            return [box]
        if claim.level == Level.DISTRICT:
            box = replace(box, until=min(box.until, REFORM.toordinal()))
        boxes = [box] if box.since < box.until else []
        for child in self.family.ending_for_good(claim):
            gone = replace(self.told_box(child), since=day_in(child.until, FAR), until=FAR)
            boxes = [piece for box in boxes for piece in minus(box, gone, self.space)]
        return boxes

    def roles(self) -> list[Role]:
        """Roles somebody has or ought to have."""
        return sorted({c.role for c in self.claims} | set(self.scopes or ()))

    def numbers(self, role: Role) -> list[int]:
        """Numbers of the claims of a role."""
        return [n for n, claim in enumerate(self.claims) if claim.role == role]

    def effort(self, role: Role) -> Effort:
        """A fresh bound for one role."""
        return Effort(self.power, role, len(self.claims))

    # --- frames -----------------------------------------------------------------------------------------------------
    def frames(self, frame: Frame) -> Iterator[Frame]:
        """The frame where and when its units exist; a file taken literally knows no lives."""
        if self.scopes is None:
            yield frame
            return
        for spans, mask in self.lives.spans.items():
            for born, gone in spans:
                since, until = max(born, frame.since), min(gone, frame.until)
                if mask & frame.units and since < until:
                    yield replace(frame, units=mask & frame.units, since=since, until=until)

    def domain(self, role: Role) -> Frame | None:
        """What must be covered: told by the scope, else hull and unions of the claims. None: nothing."""
        scope = (self.scopes or {}).get(role)
        claims = [self.claims[n] for n in self.numbers(role)]
        parts = self._hulls(claims)
        if scope is None:
            if not claims:
                return None
            units = 0
            for claim in self.claims:
                units |= claim.units
            return Frame(units, *_days(claims), parts)
        for name, of in scope.attributes.items():
            if (axis := self.space.axis(name)) is not None:
                parts[axis] = self.space.part(axis, of)
        return Frame(scope.units, day_in(scope.since, -FAR), day_in(scope.until, FAR), parts)

    def _hulls(self, claims: Iterable[Claim]) -> dict[int, Part]:
        """By axis: from the least bound to the greatest, or the values named. One bound alone limits nothing."""
        bounds: dict[int, list[int]] = {}
        named: dict[int, int] = {}
        for condition in {claim.condition for claim in claims}:
            for term in condition.terms:
                axis = self.space.axis(term.attribute)
                assert axis is not None
                if isinstance(term.of, Choice):
                    part = self.space.part(axis, term.of)
                    assert isinstance(part, int)
                    named[axis] = named.get(axis, 0) | part
                else:
                    bounds.setdefault(axis, []).extend(b for b in (term.of.lo, term.of.hi) if b is not None)
        hulls: dict[int, Part] = {a: (min(b), max(b)) for a, b in bounds.items() if min(b) < max(b)}
        return {**hulls, **named}

    # --- pieces → findings ------------------------------------------------------------------------------------------
    def terms_of(self, frame: Frame) -> Terms:
        """The frame's cases."""
        return tuple(sorted((a, p) for a, p in frame.parts.items() if p != self.space.full(a)))

    def left(self, frame: Frame, boxes: Sequence[Box], effort: Effort) -> list[Box]:
        """What of a frame no box covers, in disjoint boxes."""
        found: list[Box] = []
        order = sorted(boxes, key=lambda b: (len(b.terms), b.since - b.until, -b.units.bit_count()))
        for part, numbers in clusters(order, frame, effort):
            rest = [Box(part.units, part.since, part.until, self.terms_of(frame))]
            for n in numbers:
                if not rest:
                    break
                effort.spend(1 + 2 * len(rest))
                rest = [piece for box in rest for piece in minus(box, order[n], self.space)]
            found += rest
        return found

    def joined(self, boxes: Sequence[Box], effort: Effort) -> list[Box]:
        """The same cells in few disjoint boxes, each with its whole stretch of days."""

        def judge(part: Frame, numbers: list[int]) -> Judge:
            return Anyone([boxes[n] for n in numbers], part.units)

        pieces = self.swept(boxes, Frame(union(boxes)), effort, judge)
        return [Box(units, since, until, terms) for (_, since, until, terms), units in pieces.items()]

    def swept(
        self, boxes: Sequence[Box], frame: Frame, effort: Effort, make: MakeJudge, most: int = FAR
    ) -> Pieces:
        """Pieces of all clusters of a frame, equal ones of different units together; not all when more than `most`."""
        found: Pieces = {}
        for part, numbers in clusters(boxes, frame, effort):
            if len(found) > most:
                break
            these = [boxes[n] for n in numbers]
            for key, units in sweep(self.space, these, part, make(part, numbers), effort).items():
                found[key] = found.get(key, 0) | units
        return found

    def finding(
        self,
        kind: FindingKind,
        role: Role,
        box: Box,
        claims: Iterable[Claim],
        reason: str = "",
        note: str = "",
    ) -> Finding:
        """A box as people are told it."""
        about = list(claims)
        return Finding(
            kind, self.power, role, self.ground.codes(box.units), day_out(box.since), day_out(box.until),
            self.space.written(box.terms), tuple(dict.fromkeys(c.citation for c in about if c.citation)),
            tuple(dict.fromkeys(c.id for c in about)), reason, note,
        )  # fmt: skip

    def told(self, kind: FindingKind, role: Role, faults: Sequence[Fault]) -> list[Finding]:
        """Faults that may overlap, as disjoint findings: each says all claims that are wrong there."""
        if not faults:
            return []
        boxes, effort = [fault.box for fault in faults], self.effort(role)

        def judge(part: Frame, numbers: list[int]) -> Judge:
            return Present([boxes[n] for n in numbers], part.units, numbers, effort)

        found = []
        pieces = self.swept(boxes, Frame(union(boxes)), effort, judge)
        for (label, since, until, terms), units in pieces.items():
            assert isinstance(label, tuple)
            about = [claim for n in label for claim in faults[n].claims]
            found.append(self.finding(kind, role, Box(units, since, until, terms), about))
        return found


def union(boxes: Iterable[Box]) -> int:
    """All units of boxes."""
    units = 0
    for box in boxes:
        units |= box.units
    return units


def touching(box: Box, other: Box) -> bool:
    """Whether two boxes share a cell."""
    return bool(
        box.units & other.units
        and box.since < other.until
        and other.since < box.until
        and meet(box.terms, other.terms) is not None
    )


def _days(claims: Iterable[Claim]) -> Span:
    """First `from` to last `to`; when they cross, what lies between; when they meet, all days."""
    listed = list(claims)
    since = min((c.since for c in listed if c.since), default=None)
    until = max((c.until for c in listed if c.until), default=None)
    if since is None or until is None or since < until:
        return (day_in(since, -FAR), day_in(until, FAR))
    return (until.toordinal(), since.toordinal()) if until < since else (-FAR, FAR)
