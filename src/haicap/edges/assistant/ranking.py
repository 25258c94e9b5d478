"""Xếp hạng: how well each procedure fits a question, in [0, 1]."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from haicap.edges.assistant.cards import Card, Worth
from haicap.edges.assistant.concepts import LEVELS, SPECIAL
from haicap.edges.assistant.normal import Word

CHATTER = 0.12
UNKNOWN = 0.55  # of a word no record has
ENOUGH = 5.0  # worth of words up to which all count in full: what a short question weighs
BEYOND = 0.22  # of what comes beyond that, in long stories
NEAR_TAIL = 0.7  # of a word that stands far behind in a long name
OTHER_WORD = 0.35  # same letters, other marks
NAMED, AGREED, UNASKED = 0.27, 1.05, 0.86
LACKED = {
    "online": 0.97,
    "organisation": 0.97,
    "death": 0.95,
    "temporary": 0.95,
    "imported": 0.97,
    "joint": 0.9,
    "army": 0.9,
}
LACKED_ELSE, NEARLY = 0.7, 0.93
KIN = frozenset({"again", "renew", "change"})  # people say one for another
LEVEL_LACKED = 0.9
OUTRIGHT = 0.12  # what a phrase names outright goes before what only has its words
DIRECT = 0.84


@dataclass(frozen=True, slots=True)
class Query:
    """One reading of a question: its terms with their worth.

    terms   (word, worth); pairs  (key, worth)
    direct  code → how surely a phrase of the table names it
    """

    terms: tuple[tuple[Word, float], ...]
    pairs: tuple[tuple[str, float], ...]
    total: float
    direct: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ranked:
    """A procedure with how well it fits.

    covered  share of the question that it answers; named  share of its name that was asked for
    direct   a phrase of the table names it
    chance   that it is what was meant, among all candidates and "none of these"
    """

    card: Card
    score: float
    covered: float
    named: float
    direct: float
    chance: float = 1.0


def query_of(
    words: Sequence[Word], worth: Worth, chatter: frozenset[str], direct: Mapping[str, float] | None = None
) -> Query:
    """The terms of one reading."""
    terms: dict[str, tuple[Word, float]] = {}
    for word in words:
        value = _worth(word, worth, chatter)
        if word.key not in terms or value > terms[word.key][1]:
            terms[word.key] = (word, value)
    pairs: dict[str, float] = {}
    for a, b in pairwise(words):
        key = f"{a.key}_{b.key}"
        if worth.known(key):
            pairs[key] = max(pairs.get(key, 0.0), 0.75 * worth(key) * min(a.weight, b.weight))
    values = sorted((*(v for _, v in terms.values()), *pairs.values()), reverse=True)
    return Query(tuple(terms.values()), tuple(pairs.items()), _capped(values), direct or {})


def _worth(word: Word, worth: Worth, chatter: frozenset[str]) -> float:
    if word.key in chatter:
        return CHATTER * word.weight * worth(word.key)
    if not worth.known(word.key):
        return (0.1 if word.key.isdigit() else UNKNOWN) * word.weight
    return worth(word.key) * word.weight


def _capped(values: Sequence[float]) -> float:
    total = sum(values)
    return total if total <= ENOUGH else ENOUGH + BEYOND * (total - ENOUGH)


def rank(query: Query, cards: Iterable[Card], worth: Worth, asked: frozenset[str]) -> dict[str, Ranked]:
    """Key of the version → how its name fits one reading of the question."""
    found = {}
    for card in cards:
        ranked = _fit(query, card, worth, asked)
        if ranked.score > 0.02:
            found[str(card.entry.pk)] = ranked
    return found


def _fit(query: Query, card: Card, worth: Worth, asked: frozenset[str]) -> Ranked:
    whole = worth.of(card)
    reached = 0.0
    words: set[str] = set()
    for word, value in query.terms:
        key = word.key
        if key in card.words:
            fits = word.bare or any(word.means(*shape) for shape in card.shapes[key])
            reached += value * (NEAR_TAIL + (1 - NEAR_TAIL) * card.words[key] if fits else OTHER_WORD)
            if fits:
                words.add(key)
        elif key in card.more:
            reached += 0.5 * value
    for key, value in query.pairs:
        if key in card.pairs:
            reached += value
    covered = min(1.0, reached / query.total) if query.total else 0.0
    named = sum(worth(k) * card.words[k] for k in words) / whole if whole else 0.0
    direct = query.direct.get(card.entry.code, 0.0)
    score = scored(covered, named, direct) * agreement(card.concepts, asked) * card.prior
    return Ranked(card, score, covered, named, direct)


def scored(covered: float, named: float, direct: float) -> float:
    """How well a text fits by its shares, and by what a phrase names outright."""
    score: float = covered * (1 - NAMED + NAMED * named**0.6)
    if direct:
        score = max(score, direct * (DIRECT + (1 - DIRECT) * covered)) * (1 + OUTRIGHT * direct)
    return score


def agreement(named: frozenset[str], asked: frozenset[str]) -> float:
    """Sisters are told apart by what was said and what was not."""
    times = 1.0
    for key in SPECIAL & (named | asked):
        if key in named and key in asked:
            times *= AGREED
        elif key in named:
            times *= UNASKED
        elif key in KIN and KIN & named:
            times *= NEARLY
        else:
            times *= LACKED.get(key, LACKED_ELSE)
    levels = asked & frozenset(LEVELS)
    if levels and not levels & named:
        times *= LEVEL_LACKED
    return times
