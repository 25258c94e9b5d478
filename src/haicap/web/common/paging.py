"""Trang của danh sách: a slice of a list, asked by `?trang=`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.http import HttpRequest

T = TypeVar("T")
SIZE = 100


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Rows `first`..`last` (from 1) of `total`; pages count from 1."""

    rows: Sequence[T]
    number: int
    count: int
    total: int
    first: int
    last: int

    @property
    def near(self) -> list[int]:
        """Page numbers to offer: first, last and those beside this one; 0 marks a gap."""
        wanted = sorted(
            {1, self.count, *range(max(1, self.number - 1), min(self.count, self.number + 1) + 1)}
        )
        found: list[int] = []
        for number in wanted:
            if found and number > found[-1] + 1:
                found.append(0)
            found.append(number)
        return found


def page(request: HttpRequest, rows: Sequence[T], size: int = SIZE) -> Page[T]:
    """The asked page; a number out of range or not a number means the nearest page there is."""
    total = len(rows)
    count = max(1, -(-total // size))
    asked = request.GET.get("trang", "1")
    number = min(max(int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 8 else 1, 1), count)
    start = (number - 1) * size
    shown = rows[start : start + size]
    return Page(shown, number, count, total, start + 1 if shown else 0, start + len(shown))
