"""Nghe: how what people say for a procedure fits a question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from heapq import nlargest

from haicap.edges.assistant.cards import Worth
from haicap.edges.assistant.normal import Word
from haicap.edges.assistant.ranking import OTHER_WORD, Query, Ranked, agreement, scored
from haicap.edges.assistant.voices import PAIR, Voice

SAYING = 0.97  # of what people say, beside the name itself
TELLS = 0.2  # worth of a word from which it tells something
LISTENED = 3  # sayings of a procedure that are compared word by word
LONG_ENOUGH = 4.0  # worth of a saying from which it says no more by being longer


@dataclass(frozen=True, slots=True)
class Asked:
    """The plain reading of a question, by key: words, what they weigh in it, and what they are worth in a text.

    row   its words in order with their weights; odds: concept → log odds that it is meant
    ids   number of a word → the word, of pairs: what sayings are compared by
    """

    query: Query
    words: Mapping[str, Word]
    values: Mapping[str, float]
    worths: Mapping[str, float]
    pairs: Mapping[str, float]
    pair_worths: Mapping[str, float]
    telling: frozenset[str]
    concepts: frozenset[str]
    row: tuple[tuple[str, float], ...]
    odds: Mapping[str, float]
    ids: Mapping[int, str]
    pair_ids: Mapping[int, str]
    agreed: dict[frozenset[str], float] = field(default_factory=dict)

    def agreement(self, named: frozenset[str]) -> float:
        """How concepts agree with those asked for; most sayings share a few sets of them."""
        if named not in self.agreed:
            self.agreed[named] = agreement(named, self.concepts)
        return self.agreed[named]


@dataclass(frozen=True, slots=True)
class Heard:
    """How the voice of a procedure fits.

    best   the saying that fits best, as a ranking; None for none
    held   how much of a saying stands in the question, more when it says much
    said   word of the question → in how many sayings it is; joined: pairs in any of them
    """

    best: Ranked | None
    held: float
    said: Mapping[str, int]
    joined: Set[str]


def asked_of(
    query: Query,
    worth: Worth,
    concepts: frozenset[str],
    row: Iterable[tuple[str, float]],
    odds: Mapping[str, float],
) -> Asked:
    """A reading made ready for listening."""
    values = {word.key: value for word, value in query.terms}
    pairs = dict(query.pairs)
    return Asked(
        query, {word.key: word for word, _ in query.terms}, values, {k: worth(k) for k in values}, pairs,
        {k: PAIR * worth(k) for k in pairs}, frozenset(k for k, v in values.items() if v >= TELLS), concepts, tuple(row), odds,
        {n: k for k in values if (n := worth.ids.get(k)) is not None},
        {n: k for k in pairs if (n := worth.pair(k)) is not None},
    )  # fmt: skip


def heard(asked: Asked, voice: Voice) -> Heard:
    """Listen to a voice: to the sayings that share most with the question, by words that tell something."""
    spoken, ids = voice.spoken, asked.ids
    said: dict[str, int] = {}
    reach: dict[int, float] = {}
    bounds = spoken.words.bounds
    start, place = bounds[voice.first], voice.first
    for n, word in enumerate(spoken.words.rows(voice.first, voice.last), start):
        if word in ids:
            key = ids[word]
            said[key] = said.get(key, 0) + 1
            if key in asked.telling:
                while bounds[place + 1] <= n:
                    place += 1
                reach[place] = reach.get(place, 0.0) + asked.values[key]
    for key in asked.values.keys() & voice.card.opening:
        said[key] = said.get(key, 0) + 1
    best: Ranked | None = None
    held = 0.0
    for place in nlargest(LISTENED, reach, key=lambda n: (reach[n] / spoken.whole[n] ** 0.5, -n)):
        found, share = _fit(asked, voice, place)
        held = max(held, share)
        if best is None or found.score > best.score:
            best = found
    both = asked.pair_ids.keys() & spoken.pairs.rows(voice.first, voice.last)
    return Heard(best, held, said, {asked.pair_ids[n] for n in both})


def _fit(asked: Asked, voice: Voice, place: int) -> tuple[Ranked, float]:
    """How one saying fits, and how much of it stands in the question."""
    spoken = voice.spoken
    reached = named = held = 0.0
    for number, shape in zip(spoken.words.row(place), spoken.shapes.row(place), strict=True):
        if number not in asked.ids:
            continue
        key = asked.ids[number]
        word, value = asked.words[key], asked.values[key]
        if word.bare or word.means(*spoken.written[shape]):
            worth = asked.worths[key]
            reached += value
            named += worth
            held += worth * min(1.0, word.weight)
        else:
            reached += OTHER_WORD * value
    for number in asked.pair_ids.keys() & spoken.pairs.row(place):
        reached += asked.pairs[asked.pair_ids[number]]
        held += asked.pair_worths[asked.pair_ids[number]]
    total, card = asked.query.total, voice.card
    covered = min(1.0, reached / total) if total else 0.0
    whole, heavy = spoken.whole[place], spoken.heavy[place]
    share = named / whole if whole else 0.0
    agreed = asked.agreement(spoken.sets[spoken.concepts[place]])
    score = scored(covered, share, 0.0) * agreed * card.prior * SAYING
    much = (held / heavy) ** 2 * min(heavy, LONG_ENOUGH) if heavy else 0.0
    return Ranked(card, score, covered, share, 0.0), much
