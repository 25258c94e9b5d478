"""Tiếng nói: what people say for each procedure, and what all of it together teaches about words.

Nothing here was trained elsewhere: the counts are drawn from the names and sayings of the catalogue that is in force,
whenever knowledge of it is made (`learning`). Words are numbers here (cards.Worth.ids): there are some hundred thousand.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from haicap.edges.assistant.cards import Card
from haicap.edges.assistant.normal import Word
from haicap.edges.assistant.packing import Ragged

PAIR = 0.75  # worth of a pair beside its words
OWN, FIELD = 8.0, 40.0  # words that a procedure, a field is credited with before it has said any


@dataclass(frozen=True, slots=True)
class Spoken:
    """Everything people say, a row for each saying; those of one procedure stand together.

    words, shapes  numbers of its words, and beside them of their shape and tone as written in `written`
    whole, heavy   worth of its words, and of words and pairs
    concepts       what it says that tells sisters apart: places in `sets`
    """

    words: Ragged
    shapes: Ragged
    pairs: Ragged
    whole: Sequence[float]
    heavy: Sequence[float]
    concepts: Sequence[int]
    sets: Sequence[frozenset[str]]
    written: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Voice:
    """A version of a procedure as it is spoken of: its card, its sayings [first, last), how many words that makes."""

    card: Card
    spoken: Spoken
    first: int
    last: int
    size: int


def pairs_of(words: Sequence[Word]) -> list[str]:
    """Neighbours, joined."""
    return [sys.intern(f"{a.key}_{b.key}") for a, b in pairwise(words)]


class Lore:
    """How often words are said at all, in each field, and for each thing that tells sisters apart.

    fields, sizes  field → word → how often; and how many words that makes
    odds           concept → word → log odds that it is meant
    """

    def __init__(
        self,
        every: Mapping[str, int],
        fields: Mapping[str, Mapping[str, int]],
        sizes: Mapping[str, int],
        odds: Mapping[str, Mapping[str, float]],
    ) -> None:
        self.every, self.fields, self.sizes, self._odds = every, fields, sizes, odds
        self.size = sum(every.values())

    def concepts(self, terms: Sequence[tuple[str, float]]) -> dict[str, float]:
        """Concept → how much likelier words with weights are said where it is meant: log odds."""
        return {c: sum(x * odds.get(key, 0.0) for key, x in terms) for c, odds in self._odds.items()}

    def fits(
        self, voice: Voice, said: Mapping[str, int], terms: Sequence[tuple[str, float]]
    ) -> tuple[float, float]:
        """How much likelier words with weights are where a procedure is meant than in its field, and in its field than at all.

        said  word → how many texts of the procedure have it
        """
        field, size = self.fields[voice.card.entry.field], self.sizes[voice.card.entry.field]
        own = abroad = whole = 0.0
        for key, weight in terms:
            count = self.every.get(key, 0)
            if not count:
                continue
            common = count / self.size
            there = (field.get(key, 0) + FIELD * common) / (size + FIELD)
            here = (said.get(key, 0) + OWN * there) / (voice.size + OWN)
            abroad += weight * math.log(there / common)
            own += weight * math.log(here / there)
            whole += weight
        root = math.sqrt(max(1.0, whole))
        return own / root, abroad / root
