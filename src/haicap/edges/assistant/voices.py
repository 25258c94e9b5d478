"""Tiếng nói: what people say for each procedure, and what all of it together teaches about words.

Nothing here was trained elsewhere: the counts are drawn from the names and sayings of the catalogue that is in force,
whenever knowledge of it is made.
"""

from __future__ import annotations

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from haicap.edges.assistant.cards import Card, Worth
from haicap.edges.assistant.concepts import SPECIAL, named_by
from haicap.edges.assistant.normal import Word

PAIR = 0.75  # worth of a pair beside its words
OWN, FIELD = 8.0, 40.0  # words that a procedure, a field is credited with before it has said any
RARE = 3.0  # times a word is credited with on both sides before it teaches anything
LEAST_TEXTS = 5
FROM, TO = -2.0, 2.5  # what one word may say for or against a concept


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing people say for a procedure.

    words  key → shape and tone as written; whole, heavy: worth of its words, and of words and pairs
    """

    words: Mapping[str, tuple[str, str]]
    pairs: frozenset[str]
    concepts: frozenset[str]
    whole: float
    heavy: float


@dataclass(frozen=True, slots=True)
class Voice:
    """A version of a procedure as it is spoken of: its card, what people say, how many words that makes.

    where  word → places among the sayings that have it; pairs: of all of them
    """

    card: Card
    sayings: tuple[Saying, ...]
    size: int
    where: Mapping[str, Sequence[int]]
    pairs: frozenset[str]


def raw(card: Card, words: Sequence[Word]) -> Saying:
    """A saying before it is known what its words are worth."""
    return Saying(
        {w.key: _shared(w.shape, w.tone) for w in words}, frozenset(pairs_of(words)),
        card.concepts | named_by(words), 0.0, 0.0,
    )  # fmt: skip


_SHAPES: dict[tuple[str, str], tuple[str, str]] = {}


def _shared(shape: str, tone: str) -> tuple[str, str]:
    """The same pair for every saying that has it: there are some hundred thousand."""
    pair = (shape, tone)
    return _SHAPES.setdefault(pair, pair)


def pairs_of(words: Sequence[Word]) -> list[str]:
    """Neighbours, joined."""
    return [sys.intern(f"{a.key}_{b.key}") for a, b in pairwise(words)]


def voice_of(card: Card, sayings: Iterable[Saying], worth: Worth) -> Voice:
    """The voice of a version, its sayings weighed."""
    found = []
    for said in sayings:
        whole = sum(worth(k) for k in said.words)
        heavy = whole + PAIR * sum(worth(k) for k in said.pairs)
        found.append(Saying(said.words, said.pairs, said.concepts, whole, heavy))
    where: dict[str, list[int]] = defaultdict(list)
    for n, one in enumerate(found):
        for key in one.words:
            where[key].append(n)
    pairs = frozenset().union(*(one.pairs for one in found))
    size = len(card.opening) + sum(len(one.words) for one in found)
    return Voice(card, tuple(found), size, {key: tuple(places) for key, places in where.items()}, pairs)


class Lore:
    """How often words are said at all, in each field, and for each thing that tells sisters apart."""

    def __init__(self, voices: Iterable[Voice]) -> None:
        self.every: Counter[str] = Counter()
        self.fields: dict[str, Counter[str]] = defaultdict(Counter)
        marked: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        texts: Counter[str] = Counter()
        marks: Counter[tuple[str, str]] = Counter()
        for voice in voices:
            field = voice.card.entry.field
            for words in (voice.card.opening, *(said.words for said in voice.sayings)):
                self.every.update(iter(words))
                self.fields[field].update(iter(words))
                texts[field] += 1
                for concept in voice.card.concepts & SPECIAL:
                    marked[concept, field].update(iter(words))
                    marks[concept, field] += 1
        self.size = sum(self.every.values())
        self.sizes = {name: sum(words.values()) for name, words in self.fields.items()}
        self._odds = {concept: self._taught(concept, marked, marks, texts) for concept in SPECIAL}

    def _taught(
        self,
        concept: str,
        marked: Mapping[tuple[str, str], Counter[str]],
        marks: Mapping[tuple[str, str], int],
        texts: Mapping[str, int],
    ) -> dict[str, float]:
        """Word → log odds that a concept is meant: beside the same fields where it is not, so that no matter counts as one."""
        there: Counter[str] = Counter()
        elsewhere: dict[str, float] = defaultdict(float)
        for (own, field), counts in marked.items():
            with_it, without = marks[own, field], texts[field] - marks[own, field]
            if own != concept or without < LEAST_TEXTS:
                continue
            there.update(counts)
            for word, seen in self.fields[field].items():
                elsewhere[word] += with_it * (seen - counts.get(word, 0)) / without
        odds = {}
        for word in there.keys() | elsewhere.keys():
            both = there.get(word, 0) + elsewhere.get(word, 0.0)
            told = math.log((there.get(word, 0) + RARE) / (elsewhere.get(word, 0.0) + RARE))
            if both >= RARE:
                odds[word] = max(FROM, min(TO, told))
        return odds

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
