"""Việc không có ở đây: matters people look for here that no procedure is for, told as people say them.

What somebody asks is likelier "none of these" when it sounds like one of these lines (data/elsewhere.csv, written by hand),
and when much of it stands in nothing that is said for any procedure.
"""

from __future__ import annotations

import csv
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import files
from itertools import pairwise

from haicap.edges.assistant.cards import Worth
from haicap.edges.assistant.hearing import Asked
from haicap.edges.assistant.normal import Word, words_in
from haicap.edges.assistant.voices import FIELD, PAIR, Lore, pairs_of

SIGNS = ("elsewhere", "held")
LONG_ENOUGH = 4.0  # worth of a line from which it says no more by being longer
MOST = 4.0  # what one word may say for "elsewhere"


@cache
def lines() -> tuple[tuple[Word, ...], ...]:
    """Every line as its words. ValueError for an empty one."""
    path = files("haicap.edges.assistant") / "data" / "elsewhere.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    found = tuple(tuple(words_in(said)) for row in rows for said in row["sayings"].split("|"))
    if not all(found):
        raise ValueError("elsewhere.csv: an empty line")
    return found


class Elsewhere:
    """The lines, ready to be held against a question."""

    def __init__(self, every: Iterable[Sequence[Word]], worth: Worth, lore: Lore) -> None:
        # Words and pairs of a line, and what they are worth.
        self._lines: list[tuple[frozenset[str], float]] = []
        self._where: dict[str, list[int]] = defaultdict(list)
        self._worth = worth
        count: Counter[str] = Counter()
        for words in every:
            keys = frozenset(w.key for w in words)
            terms = keys | frozenset(pairs_of(words))
            for term in terms:
                self._where[term].append(len(self._lines))
            self._lines.append((terms, sum(self._of(t) for t in terms)))
            count.update(keys)
        self._said = lore.every
        size = sum(count.values())
        self._never = math.log(FIELD / (size + FIELD))  # of a word that only procedures are asked for by
        self._odds = {word: _odds(n, lore.every.get(word, 0), size, lore.size) for word, n in count.items()}

    def _of(self, term: str) -> float:
        return (PAIR if "_" in term else 1.0) * self._worth(term)

    def signs(self, asked: Asked) -> dict[str, float]:
        """Numbers of "none of these" that tell: how much likelier the words are elsewhere, and how much of a line was said."""
        told = whole = 0.0
        for key, weight in asked.row:
            told += weight * (self._odds[key] if key in self._odds else self._never * (key in self._said))
            whole += weight
        reach: dict[int, float] = {}
        for term in {*asked.values, *(f"{a}_{b}" for (a, _), (b, _) in pairwise(asked.row))}:
            for place in self._where.get(term, ()):
                reach[place] = reach.get(place, 0.0) + self._of(term)
        held = max(
            (
                min(self._lines[n][1], LONG_ENOUGH) * (got / self._lines[n][1]) ** 2
                for n, got in reach.items()
            ),
            default=0.0,
        )
        return {"elsewhere": told / math.sqrt(max(1.0, whole)), "held": held}


def _odds(here: int, there: int, size: int, whole: int) -> float:
    """How much likelier a word is in these lines than anywhere: log odds, from how often it is here and in `whole` others."""
    common = (there + here) / (whole + size)
    return min(MOST, math.log((here + FIELD * common) / (size + FIELD) / common))
