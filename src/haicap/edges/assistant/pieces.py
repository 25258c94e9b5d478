"""Bài và thẩm quyền: small collections (powers, guidance) looked through in memory."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from haicap.edges.assistant.intents import chatter
from haicap.edges.assistant.normal import Word, words_in
from haicap.kernel.search import pairs

_TITLE, _MORE = 1.0, 0.55
_MOST_WORDS = 400


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that may be meant: its title and the rest of its text."""

    key: str
    title: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class Fit:
    """How much of a question an item holds, in [0, 1]."""

    key: str
    score: float


class Pieces:
    """Items by the words of their titles and texts."""

    def __init__(self, items: Iterable[Item]) -> None:
        self.items = {item.key: item for item in items}
        self._titles = {i.key: _terms(i.title) for i in self.items.values()}
        self._texts = {i.key: _terms(i.more) for i in self.items.values()}
        count: Counter[str] = Counter()
        for key in self.items:
            count.update(self._titles[key] | self._texts[key])
        every = max(2, len(self.items))
        self._worth = {t: math.log(1 + every / n) / math.log(1 + every) for t, n in count.items()}

    def best(self, words: Sequence[Word], most: int = 3) -> list[Fit]:
        """Items that hold most of the words, best first."""
        terms = {w.key: (0.2 if w.key in chatter() else 1.0) * w.weight for w in words}
        terms |= {p: 0.8 for p in pairs([w.key for w in words]) if p in self._worth}
        whole = sum(weight * self._worth.get(t, 0.8) for t, weight in terms.items()) or 1.0
        found = [Fit(key, self._reached(key, terms) / whole) for key in self.items]
        return sorted(found, key=lambda f: (-f.score, len(self.items[f.key].title)))[:most]

    def _reached(self, key: str, terms: dict[str, float]) -> float:
        title, text = self._titles[key], self._texts[key]
        reached = 0.0
        for term, weight in terms.items():
            if term in title:
                reached += _TITLE * weight * self._worth[term]
            elif term in text:
                reached += _MORE * weight * self._worth[term]
        return reached


def _terms(text: str) -> frozenset[str]:
    keys = [w.key for part in _parts(text) for w in words_in(part)]
    return frozenset(keys) | frozenset(pairs(keys))


def _parts(text: str) -> list[str]:
    """Long texts in pieces that `words_in` reads whole."""
    words = text.split()[: _MOST_WORDS * 3]
    return [" ".join(words[n : n + 80]) for n in range(0, len(words), 80)]
