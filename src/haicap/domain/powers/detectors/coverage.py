"""Trùng và sót: where two hold what one should, and where nobody holds what somebody must.

Law 72/2025/QH15, điều 11 khoản 2: content and scope clear, no overlap between levels and between organs of one level;
a power belongs to somebody on every day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from haicap.domain.powers.detectors.field import Field, touching
from haicap.domain.powers.detectors.judges import SOME, Identity, Overlaps, Strangers, identity
from haicap.domain.powers.detectors.shape import Claim, Finding, bits_of
from haicap.domain.powers.detectors.space import FAR, Box, Terms, meet, without
from haicap.domain.powers.detectors.sweep import CROWD, Effort, Frame, Judge, Pieces
from haicap.domain.powers.states import CLIFF, DERIVED, FindingKind, Level, Reason, Role

MOST_PIECES = 2_000  # of one power and role before overlaps are told without who collides
MOST_NEIGHBOURS = 20  # citations of neighbours an omission is told with


# --- overlaps ------------------------------------------------------------------------------------------------------
def overlaps(field: Field, role: Role) -> list[Finding]:
    """Cells with two holders that are no relation of each other."""
    numbers = field.numbers(role)
    if len({identity(field.claims[n]) for n in numbers}) < 2:
        return []
    names = {who: n for n, who in enumerate(sorted({identity(field.claims[n]) for n in numbers}))}
    effort = field.effort(role)
    pieces = _collisions(field, numbers, names, effort, told=True)
    if len(pieces) > MOST_PIECES:
        pieces = _collisions(field, numbers, names, effort, told=False)
    return list(_told(field, role, pieces, names, effort))


def _collisions(
    field: Field, numbers: list[int], names: dict[Identity, int], effort: Effort, *, told: bool
) -> Pieces:
    boxes = [field.boxes[n] for n in numbers]
    claims = [field.claims[n] for n in numbers]
    ranked = any(claim.rank for claim in claims)

    def judge(part: Frame, there: list[int]) -> Judge:
        strangers = Strangers([claims[n] for n in there], field.family)
        these = [boxes[n] for n in there]
        if any(box.terms for box in these):
            strangers.meeting(these, effort)
        return Overlaps(strangers, these, part.units, names, field.family, effort, told, ranked)

    found: Pieces = {}
    for frame in field.frames(Frame(field.ground.everywhere)):
        for key, units in field.swept(boxes, frame, effort, judge, MOST_PIECES if told else FAR).items():
            found[key] = found.get(key, 0) | units
    return found


def _told(
    field: Field, role: Role, pieces: Pieces, names: dict[Identity, int], effort: Effort
) -> Iterator[Finding]:
    numbers = field.numbers(role)
    there = _Where([field.boxes[n] for n in numbers])
    for (label, since, until, terms), units in pieces.items():
        box = Box(units, since, until, terms)
        near = [numbers[n] for n in there.near(box)]
        effort.spend(1 + len(near) // 8)
        holders, guided = (None, False) if label == SOME else _label(label)
        about = [
            field.claims[n]
            for n in near
            if (holders is None or holders >> names[identity(field.claims[n])] & 1)
            and touching(field.boxes[n], box)
        ]
        note = "guidance" if guided else ""
        yield field.finding(FindingKind.OVERLAP, role, box, about, note=note)


class _Where:
    """Boxes by unit, so that those near a piece of few units are found at once."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self.boxes = boxes
        self._every = range(len(boxes))
        self._by_unit: dict[int, list[int]] | None = None

    def near(self, box: Box) -> Sequence[int]:
        """Numbers of the boxes that may touch a box, ascending."""
        if len(self.boxes) <= CROWD or box.units.bit_count() > 8:
            return self._every
        if self._by_unit is None:
            self._by_unit = {}
            for n, its in enumerate(self.boxes):
                for unit in bits_of(its.units):
                    self._by_unit.setdefault(unit, []).append(n)
        return sorted({n for unit in bits_of(box.units) for n in self._by_unit.get(unit, ())})


def _label(label: object) -> tuple[int, bool]:
    assert isinstance(label, tuple)
    holders, guided = label
    return holders, guided


# --- omissions -----------------------------------------------------------------------------------------------------
def omissions(field: Field, role: Role) -> list[Finding]:
    """Cells of the domain that nobody holds, each with the reason why."""
    frame = field.domain(role)
    if frame is None:
        return []
    effort = field.effort(role)
    holding = [n for n in field.numbers(role) if not field.claims[n].guidance]
    boxes = [field.boxes[n] for n in holding]
    left = [box for part in field.frames(frame) for box in field.left(part, boxes, effort)]
    if not left:
        return []
    why = _Why(field, holding, effort)
    grouped: dict[tuple[Reason, int, int], list[tuple[Box, frozenset[int]]]] = {}
    for box in field.joined(left, effort):
        for piece, reason, about in why.split(box):
            grouped.setdefault((reason, piece.since, piece.until), []).append((piece, about))
    whole = _whole_parts(field, role, frame)
    found = []
    for (reason, _, _), told in grouped.items():
        for box, about in _together(field, told, effort):
            shown = replace(box, terms=tuple(t for t in box.terms if t not in whole))
            claims = [field.claims[n] for n in sorted(about)]
            found.append(field.finding(FindingKind.OMISSION, role, shown, claims, reason))
    return found


def _together(
    field: Field, told: list[tuple[Box, frozenset[int]]], effort: Effort
) -> list[tuple[Box, frozenset[int]]]:
    """Neighbours that are missing for one reason, as one; very many are left as they are."""
    if len(told) > MOST_PIECES // 4:
        return told
    found = []
    for box in field.joined([piece for piece, _ in told], effort):
        effort.spend(len(told))
        found.append((box, frozenset(n for piece, of in told if touching(piece, box) for n in of)))
    return found


def _whole_parts(field: Field, role: Role, frame: Frame) -> set[tuple[int, object]]:
    """Terms that say the whole of an attribute as the register declares it, and need not be written.

    A file declares nothing: what must be covered is written as far as its rows reach.
    """
    scope = (field.scopes or {}).get(role)
    declared = {field.space.axis(name) for name in scope.attributes} if scope else set()
    return {(axis, part) for axis, part in frame.parts.items() if axis in declared}


class _Why:
    """Why a cell has no holder: who held it last, else who holds next to it."""

    def __init__(self, field: Field, numbers: list[int], effort: Effort) -> None:
        self.field, self.effort = field, effort
        self.ended = sorted(
            (n for n in numbers if field.boxes[n].until < FAR),
            key=lambda n: (-field.boxes[n].until, self._order(field.claims[n])),
        )
        self.numbers = numbers

    @staticmethod
    def _order(claim: Claim) -> int:
        """Of several that ended on one day: a district body, else a deed that lets nobody act again, else a root."""
        if claim.level == Level.DISTRICT:
            return 0
        if claim.mode in DERIVED:
            return 1 if claim.no_fallback else 3
        return 2

    def split(self, box: Box) -> Iterator[tuple[Box, Reason, frozenset[int]]]:
        """The parts of an omission with their reasons and the claims that tell."""
        rest = [(box.units, box.terms)]
        for n in self.ended:
            its = self.field.boxes[n]
            if its.until > box.since or not its.units & box.units or its.since >= box.since:
                continue
            kept: list[tuple[int, Terms]] = []
            for units, terms in rest:
                both = meet(terms, its.terms) if units & its.units else None
                if both is None:
                    kept.append((units, terms))
                    continue
                yield Box(units & its.units, box.since, box.until, both), self._lapsed(n), frozenset([n])
                if units & ~its.units:
                    kept.append((units & ~its.units, terms))
                kept += [(units & its.units, part) for part in without(terms, its.terms, self.field.space)]
            self.effort.spend(1 + len(rest))
            rest = kept
            if not rest:
                return
        for units, terms in rest:
            yield from self._beside(Box(units, box.since, box.until, terms))

    def _lapsed(self, n: int) -> Reason:
        claim = self.field.claims[n]
        if claim.level == Level.DISTRICT:
            return Reason.NO_SUCCESSOR
        return Reason.DELEGATION_ENDED if claim.mode in DERIVED else Reason.LAPSED

    def _beside(self, box: Box) -> Iterator[tuple[Box, Reason, frozenset[int]]]:
        boxes = self.field.boxes
        now = [n for n in self.numbers if boxes[n].since < box.until and box.since < boxes[n].until]
        self.effort.spend(1 + len(self.numbers) // 16)
        cases = 0
        for n in now:
            cases |= boxes[n].units & box.units
        if cases:
            near = [n for n in now if boxes[n].units & cases]
            yield replace(box, units=cases), Reason.CASE_HOLE, frozenset(near[:MOST_NEIGHBOURS])
        if box.units & ~cases:
            far = [n for n in now or self.numbers if meet(boxes[n].terms, box.terms) is not None]
            yield (
                replace(box, units=box.units & ~cases), Reason.NO_SUCH_ORGAN, frozenset(far[:MOST_NEIGHBOURS]),
            )  # fmt: skip


# --- the cliff -----------------------------------------------------------------------------------------------------
def cliff(field: Field, role: Role) -> list[Finding]:
    """What is held on the day before CLIFF and by nobody on CLIFF, until somebody holds it again."""
    day = CLIFF.toordinal()
    numbers = [n for n in field.numbers(role) if not field.claims[n].guidance]
    lost = [n for n in numbers if field.boxes[n].until == day and field.boxes[n].since < day]
    if not lost:
        return []
    effort = field.effort(role)
    after = [field.boxes[n] for n in numbers if field.boxes[n].until > day]
    gone = field.joined([replace(field.boxes[n], since=day, until=FAR) for n in lost], effort)
    left = []
    for box in gone:
        whole = Frame(box.units, day, FAR, dict(box.terms))
        left += [piece for part in field.frames(whole) for piece in field.left(part, after, effort)]
    found = []
    for box in field.joined(left, effort):
        if box.since == day:
            before = replace(box, since=day - 1, until=day)
            about = [field.claims[n] for n in lost if touching(field.boxes[n], before)]
            found.append(field.finding(FindingKind.CLIFF, role, box, about))
    return found
