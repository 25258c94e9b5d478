"""Cách viết: words the records and the people use, how often, and what follows what."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

_KEPT = 256  # words whose followers are at hand


class Followers(Mapping[str, Counter[str]]):
    """Word → how often each other word follows it.

    ids    word → its number; pairs: numbers of two words, the first in the upper half, ascending; times: beside them
    """

    def __init__(
        self, ids: Mapping[str, int], words: Sequence[str], pairs: Sequence[int], times: Sequence[int]
    ) -> None:
        self._ids, self._words, self._pairs, self._times = ids, words, pairs, times
        self._counted = lru_cache(maxsize=_KEPT)(self._count)

    def _reach(self, key: str) -> tuple[int, int]:
        number = self._ids.get(key)
        if number is None:
            return 0, 0
        return bisect_left(self._pairs, number << 32), bisect_left(self._pairs, number + 1 << 32)

    def _count(self, key: str) -> Counter[str]:
        first, last = self._reach(key)
        return Counter({self._words[self._pairs[n] & 0xFFFFFFFF]: self._times[n] for n in range(first, last)})

    def __getitem__(self, key: str) -> Counter[str]:
        found = self._counted(key)
        if not found:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        first, last = self._reach(key) if isinstance(key, str) else (0, 0)
        return first < last

    def __iter__(self) -> Iterator[str]:
        return (word for word in self._words if word in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class Usage:
    """How words are used: how often each, what follows each, and the shapes with tones that are written."""

    words: Mapping[str, int]
    after: Mapping[str, Counter[str]]
    written: frozenset[tuple[str, str]]
