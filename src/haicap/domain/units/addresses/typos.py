"""Lỗi gõ: names close to what was written, only inside the district or province already found."""

from __future__ import annotations

from collections.abc import Iterable

from haicap.domain.units.addresses.lexicon import Entry

SHORTEST = 4
_MOST_MARKS = 2  # wrong marks in a name whose letters are right


def distance(a: str, b: str, limit: int) -> int:
    """Letters missing, extra, replaced or swapped with their neighbour; `limit` + 1 when there are more."""
    start, shorter = 0, min(len(a), len(b))
    while start < shorter and a[start] == b[start]:
        start += 1
    end = 0
    while end < shorter - start and a[-1 - end] == b[-1 - end]:
        end += 1
    a, b = a[start : len(a) - end], b[start : len(b) - end]
    if not a or not b:
        return min(len(a) + len(b), limit + 1)
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    return _slips(a, b, limit)


def _slips(a: str, b: str, limit: int) -> int:
    """The same for two words that begin and end differently."""
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def _mask(name: str) -> int:
    """Which letters occur, one bit each: names that differ by n slips differ in at most 2n bits."""
    mask = 0
    for c in name:
        mask |= 1 << (ord(c) & 63)
    return mask


def _digits(name: str) -> str:
    return "".join([c for c in name if c.isdigit()])


class Scope:
    """Names among which a misspelt one is looked for, by length."""

    __slots__ = ("_by_length", "_entries")

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._entries: dict[str, list[Entry]] = {}
        for entry in entries:
            self._entries.setdefault(entry.bare, []).append(entry)
        self._by_length: dict[int, list[tuple[str, int]]] = {}
        for name in self._entries:
            self._by_length.setdefault(len(name), []).append((name, _mask(name)))

    def nearest(self, bare: str, marked: str, has_marks: bool, *, long: int) -> tuple[int, list[Entry]]:
        """(slips, entries with so few) for a name without and with its marks; (99, []) when none is near enough.

        Names of up to 3 letters and numbers get no tolerance, names of `long` letters two slips, others one. Numbers
        in a name must agree. Letters are compared without marks; where the text has marks they decide only when they
        are better by more than one mark. Whatever remains equally near is all returned: the caller must not choose.
        """
        if len(bare) < SHORTEST or bare.isdigit():
            return 99, []
        limit = 2 if len(bare) >= long else 1
        mask, digits = _mask(bare), _digits(bare)
        near: list[tuple[int, str]] = []
        best = limit
        for length in range(len(bare) - limit, len(bare) + limit + 1):
            for name, other in self._by_length.get(length, ()):
                if (mask ^ other).bit_count() > 2 * limit:
                    continue
                slips = distance(bare, name, limit)
                if slips <= limit and _digits(name) == digits:
                    near.append((slips, name))
                    best = min(best, slips)
        if has_marks:
            found = self._by_marks(near, best, marked)
        else:
            found = [e for slips, name in near if slips == best for e in self._entries[name]]
        return (best, found) if found else (99, [])

    def _by_marks(self, near: list[tuple[int, str]], best: int, marked: str) -> list[Entry]:
        """Nearest by letters (with one mark of doubt), and whatever is as near when marks count as letters."""
        judged = [
            (slips, _conflicts(e, marked, slips), e) for slips, name in near for e in self._entries[name]
        ]
        if not judged:
            return []
        least_of_best = min(c for slips, c, _ in judged if slips == best)
        least = min(c for _, c, _ in judged)
        if best == 0 and least_of_best > _MOST_MARKS:
            return []
        return [e for slips, c, e in judged if c <= least or (slips == best and c <= least_of_best + 1)]


def _conflicts(entry: Entry, marked: str, slips: int) -> int:
    """Slips when a wrong mark counts as one, and a missing one too."""
    if slips:
        return distance(marked, entry.marked, slips + 4)
    return sum(a != b for a, b in zip(marked, entry.marked, strict=True))
