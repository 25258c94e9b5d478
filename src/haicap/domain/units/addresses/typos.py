"""Lỗi gõ: names close to what was written, only inside the district or province already found."""

from __future__ import annotations

from collections.abc import Iterable

from haicap.domain.units.addresses.fold import mark_conflicts
from haicap.domain.units.addresses.lexicon import Entry

_SHORTEST, _LONG = 4, 8
_MASKS: dict[str, int] = {}


def tolerance(key: str) -> int:
    """Slips allowed in a folded name: none up to 3 letters or in numbers, 1 up to 7, else 2."""
    if len(key) < _SHORTEST or key.isdigit():
        return 0
    return 1 if len(key) < _LONG else 2


def distance(a: str, b: str, limit: int) -> int:
    """Letters missing, extra, replaced or swapped with their neighbour; `limit` + 1 when there are more."""
    while a and b and a[0] == b[0]:
        a, b = a[1:], b[1:]
    while a and b and a[-1] == b[-1]:
        a, b = a[:-1], b[:-1]
    if not a or not b:
        return min(len(a) + len(b), limit + 1)
    if abs(len(a) - len(b)) > limit:
        return limit + 1
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


def _mask(key: str) -> int:
    known = _MASKS.get(key)
    if known is None:
        known = 0
        for c in key:
            known |= 1 << (ord(c) & 63)
        _MASKS[key] = known
    return known


def _digits(key: str) -> str:
    return "".join(c for c in key if c.isdigit())


def nearest(entries: Iterable[Entry], key: str, marked: str, has_marks: bool) -> tuple[int, list[Entry]]:
    """(slips, entries with so few) for the words `key`/`marked`; (99, []) when nothing is near enough.

    Letters are compared without marks; where the text has marks they decide between equals only when the better one
    is better by more than one mark. Whatever remains equally near is all returned: the caller must not choose.
    """
    limit = tolerance(key)
    if not limit:
        return 99, []
    mask, digits = _mask(key), _digits(key)
    seen: dict[str, int] = {}
    best, found = limit, list[Entry]()
    for entry in entries:
        slips = seen.get(entry.key)
        if slips is None:
            slips = 99
            if abs(len(entry.key) - len(key)) <= limit and (_mask(entry.key) ^ mask).bit_count() <= 2 * limit:
                slips = distance(key, entry.key, best) if _digits(entry.key) == digits else 99
            seen[entry.key] = slips
        if slips < best:
            best, found = slips, [entry]
        elif slips == best:
            found.append(entry)
    if not found:
        return 99, []
    return best, _by_marks(found, marked, best) if has_marks else found


def _by_marks(entries: list[Entry], marked: str, slips: int) -> list[Entry]:
    """Of equally near names those whose marks agree best, with one mark of doubt."""
    conflicts = [
        mark_conflicts(marked, e.marked) if not slips else distance(marked, e.marked, slips + 4) for e in entries
    ]
    least = min(conflicts)
    if not slips and least > 2:
        return []
    return [e for e, c in zip(entries, conflicts, strict=True) if c <= least + 1]
