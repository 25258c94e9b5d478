"""Cẩm nang theo lời nói: which piece of guidance a question sounds like, by hand-written lines (data/guides.csv)."""

from __future__ import annotations

import csv
import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from haicap.edges.assistant.normal import Word, words_in
from haicap.edges.assistant.pieces import Fit
from haicap.edges.assistant.voices import PAIR, pairs_of

Of = Callable[[str], float]  # what a word or a pair is worth


@cache
def lines() -> tuple[tuple[str, tuple[Word, ...]], ...]:
    """Every line with the code of its piece. ValueError for an empty one."""
    path = files("haicap.edges.assistant") / "data" / "guides.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    found = tuple((row["code"], tuple(words_in(said))) for row in rows for said in row["sayings"].split("|"))
    if not all(words for _, words in found):
        raise ValueError("guides.csv: an empty line")
    return found


class Guides:
    """The lines, ready to be held against a question."""

    def __init__(self, worth: Of) -> None:
        self._worth = worth
        self._lines: list[tuple[str, float]] = []  # code, length of the line as a vector
        self._where: dict[str, list[int]] = defaultdict(list)
        for code, words in lines():
            terms = self._terms(words)
            for term in terms:
                self._where[term].append(len(self._lines))
            self._lines.append((code, _length(terms)))

    def _terms(self, words: Sequence[Word]) -> dict[str, float]:
        keys = [w.key for w in words]
        own = {key: self._worth(key) for key in keys}
        return own | {pair: PAIR * self._worth(pair) for pair in pairs_of(words)}

    def best(self, words: Sequence[Word]) -> list[Fit]:
        """Pieces whose lines are near to the words: cosine in [0, 1], best first."""
        asked = self._terms(words)
        length = _length(asked)
        reach: dict[int, float] = defaultdict(float)
        for term, value in asked.items():
            for place in self._where.get(term, ()):
                reach[place] += value * value
        best: dict[str, float] = {}
        for place, got in reach.items():
            code, own = self._lines[place]
            best[code] = max(best.get(code, 0.0), got / (own * length))
        return sorted((Fit(code, near) for code, near in best.items()), key=lambda f: (-f.score, f.key))


def _length(terms: Mapping[str, float]) -> float:
    return math.sqrt(sum(value * value for value in terms.values())) or 1.0
