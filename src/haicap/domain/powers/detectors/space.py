"""Không gian: boxes over units, days and cases, with every axis told in whole numbers.

A box is units (bits) × days [since, until) × one value of `Terms`. Unbounded days and numbers are ∓FAR, so that
intersection and difference are comparisons of numbers and of bits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from haicap.domain.powers.conditions import Choice, Condition, Interval, Term, written
from haicap.domain.powers.detectors.shape import bits_of

FAR = 10**18  # beyond every day and every number of a condition

# What a box allows on one axis: a range of numbers, or bits over the named values.
Part = tuple[int, int] | int
# (axis, part) for each axis on which the box does not allow everything, by axis.
Terms = tuple[tuple[int, Part], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """Units × days × cases."""

    units: int
    since: int
    until: int
    terms: Terms = ()


def day_in(day: date | None, unbounded: int) -> int:
    """A day as a number."""
    return unbounded if day is None else day.toordinal()


def day_out(day: int) -> date | None:
    """A number as a day; None beyond all days."""
    return date.fromordinal(day) if -FAR < day < FAR else None


class Space:
    """The axes of the cases of one power: its attributes, by name; named values in order."""

    def __init__(self, conditions: Iterable[Condition]) -> None:
        values: dict[str, set[str]] = {}
        for condition in set(conditions):
            for term in condition.terms:
                named = values.setdefault(term.attribute, set())
                if isinstance(term.of, Choice):
                    named.update(term.of.values)
        self.names = sorted(values)
        self.values = [sorted(values[name]) for name in self.names]
        self._axis = {name: n for n, name in enumerate(self.names)}
        self._known: dict[Condition, Terms] = {}

    def full(self, axis: int) -> Part:
        """Everything on an axis."""
        named = self.values[axis]
        return (1 << len(named)) - 1 if named else (-FAR, FAR)

    def part(self, axis: int, of: Interval | Choice) -> Part:
        """An interval or a choice on an axis; values nobody names are left out."""
        if isinstance(of, Interval):
            return (-FAR if of.lo is None else of.lo, FAR if of.hi is None else of.hi)
        return sum(1 << n for n, value in enumerate(self.values[axis]) if value in of.values)

    def terms(self, condition: Condition) -> Terms:
        """A condition on these axes. Equal conditions give one and the same value."""
        found = self._known.get(condition)
        if found is None:
            parts = (
                (axis, self.part(axis, t.of)) for t in condition.terms for axis in [self._axis[t.attribute]]
            )
            found = tuple(sorted((a, p) for a, p in parts if p != self.full(a)))
            self._known[condition] = found
        return found

    def axis(self, name: str) -> int | None:
        """The axis of an attribute, if a condition of the power names it."""
        return self._axis.get(name)

    def written(self, terms: Terms) -> str:
        """Terms in the grammar of conditions."""
        return written(Condition(tuple(Term(self.names[a], self._of(a, p)) for a, p in terms)))

    def _of(self, axis: int, part: Part) -> Interval | Choice:
        if isinstance(part, int):
            return Choice(tuple(self.values[axis][n] for n in bits_of(part)))
        lo, hi = part
        return Interval(None if lo == -FAR else lo, None if hi == FAR else hi)


def meet(one: Terms, other: Terms) -> Terms | None:
    """The cases of both; None when there are none."""
    if one == other or not other:
        return one
    if not one:
        return other
    parts = dict(one)
    for axis, part in other:
        mine = parts.get(axis)
        both = part if mine is None else _both(mine, part)
        if both is None:
            return None
        parts[axis] = both
    return tuple(sorted(parts.items()))


def _both(one: Part, other: Part) -> Part | None:
    if isinstance(one, int) or isinstance(other, int):
        assert isinstance(one, int) and isinstance(other, int)  # an axis is of one sort
        return one & other or None
    lo, hi = max(one[0], other[0]), min(one[1], other[1])
    return (lo, hi) if lo < hi else None


def without(one: Terms, other: Terms, space: Space) -> Iterator[Terms]:
    """The cases of `one` that are not of `other`, disjoint: peeled off axis by axis."""
    if meet(one, other) is None:
        yield one
        return
    parts = dict(one)
    for axis, part in other:
        mine = parts.get(axis, space.full(axis))
        for outside in _outside(mine, part):
            yield tuple(sorted({**parts, axis: outside}.items()))
        both = _both(mine, part)
        assert both is not None
        parts[axis] = both


def _outside(mine: Part, other: Part) -> Iterator[Part]:
    if isinstance(mine, int) or isinstance(other, int):
        assert isinstance(mine, int) and isinstance(other, int)
        if mine & ~other:
            yield mine & ~other
        return
    if mine[0] < other[0]:
        yield (mine[0], min(mine[1], other[0]))
    if other[1] < mine[1]:
        yield (max(mine[0], other[1]), mine[1])


def minus(box: Box, other: Box, space: Space) -> Iterator[Box]:
    """What of `box` is not in `other`, disjoint."""
    since, until = max(box.since, other.since), min(box.until, other.until)
    units = box.units & other.units
    if since >= until or not units or meet(box.terms, other.terms) is None:
        yield box
        return
    if box.since < since:
        yield Box(box.units, box.since, since, box.terms)
    if until < box.until:
        yield Box(box.units, until, box.until, box.terms)
    if box.units & ~units:
        yield Box(box.units & ~units, since, until, box.terms)
    for terms in without(box.terms, other.terms, space):
        yield Box(units, since, until, terms)
