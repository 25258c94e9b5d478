"""Điều kiện của trường hợp: for which cases a provision counts, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Whole numbers [lo, hi), half-open; None is unbounded on that side."""

    lo: int | None = None
    hi: int | None = None

    def __contains__(self, value: object) -> bool:
        if not isinstance(value, int):
            return False
        return (self.lo is None or self.lo <= value) and (self.hi is None or value < self.hi)


@dataclass(frozen=True, slots=True, order=True)
class Choice:
    """Named values, sorted, each once."""

    values: tuple[str, ...]

    def __contains__(self, value: object) -> bool:
        return value in self.values


@dataclass(frozen=True, slots=True)
class Term:
    """One attribute of the case and the values for which the provision counts."""

    attribute: str
    of: Interval | Choice


@dataclass(frozen=True, slots=True)
class Condition:
    """Terms that all must hold, sorted by attribute, each attribute once; no terms: every case."""

    terms: tuple[Term, ...] = ()

    def allows(self, case: Mapping[str, int | str]) -> bool:
        """Whether nothing known of the case speaks against it; an attribute that is not told does not."""
        return all(t.attribute not in case or case[t.attribute] in t.of for t in self.terms)


EVERY_CASE = Condition()
