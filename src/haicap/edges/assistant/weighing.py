"""Cân nhắc: how likely each procedure is what was meant, and how likely none of them is.

A candidate is described by a few numbers (`SIGNS`); a linear sum of them, made into shares that add up to one together
with "none of these", is its chance. The factors below were fitted to the tuned part of the evaluation set by
`tools/assistant_factors.py` (multinomial logit, ridge 1) and are nothing but calibration: no word is in them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from haicap.edges.assistant.cards import Card, Worth
from haicap.edges.assistant.concepts import SPECIAL
from haicap.edges.assistant.normal import Word
from haicap.edges.assistant.ranking import Query, Ranked, agreement

MOST = 30  # candidates weighed, the best of the hand's ranking
PAIR = 0.75
LONG_ENOUGH = 4.0  # worth of a name or saying from which it says no more by being longer
SIGNS: Mapping[str, float] = {
    "saying_held": 0.19, "name_held": 0.642, "words": 3.228, "pairs": 6.39, "name_words": -1.646, "covered": -0.398,
    "named": 0.041, "direct": 2.785, "score": 2.208, "covered_named": 3.867, "said_covered": -2.553, "said_named": 4.551,
    "said_score": -3.685, "said_covered_named": 4.463, "reached": 2.19, "joined": -1.771, "missed": -0.314,
    "agreement": 12.749, "prior": 20.558, "lacked": 1.168, "unasked": 1.257,
}  # fmt: skip
NOTHING: Mapping[str, float] = {"always": 3.841, "matter": -0.798, "length": 3.063, "unknown": -4.158}


@dataclass(frozen=True, slots=True)
class Weighed:
    """Candidates with their chances, best first, and the chance that none of them is meant."""

    ranked: tuple[Ranked, ...]
    nothing: float


@dataclass(frozen=True, slots=True)
class _Asked:
    """The plain reading of a question, by key."""

    words: Mapping[str, Word]
    values: Mapping[str, float]
    pairs: Mapping[str, float]
    whole: float
    whole_pairs: float


def _asked(query: Query) -> _Asked:
    values = {word.key: value for word, value in query.terms}
    pairs = dict(query.pairs)
    words = {word.key: word for word, _ in query.terms}
    return _Asked(words, values, pairs, sum(values.values()) or 1.0, sum(pairs.values()))


def _held(card: Card, asked: _Asked, worth: Worth) -> float:
    """How much of a name or saying stands in the question; more when it says much."""
    whole = sum(worth(k) for k in card.words) + PAIR * sum(worth(k) for k in card.pairs)
    if not whole:
        return 0.0
    hit = PAIR * sum(worth(k) for k in card.pairs if k in asked.pairs)
    for key in card.words:
        word = asked.words.get(key)
        if word is not None and (word.bare or any(word.means(*shape) for shape in card.shapes[key])):
            hit += worth(key) * min(1.0, word.weight)
    return float((hit / whole) ** 2 * min(whole, LONG_ENOUGH))


NO_FIT = (0.0, 0.0, 0.0, 0.0)


def signs(
    card: Card, said: Sequence[Card], asked: _Asked, named: Ranked | None, called: Ranked | None,
    worth: Worth, concepts: frozenset[str],
) -> dict[str, float]:  # fmt: skip
    """The numbers of one candidate: `named` how its name fits, `called` how what people say for it does."""
    words = set(card.words).union(card.more, *(c.words for c in said))
    pairs = set(card.pairs).union(*(c.pairs for c in said))
    covered, share, direct, score = (
        (named.covered, named.named, named.direct, named.score) if named else NO_FIT
    )
    called_covered, called_share, _, called_score = (
        (called.covered, called.named, 0.0, called.score) if called else NO_FIT
    )
    reached = sum(v for k, v in asked.values.items() if k in words) / asked.whole
    joined = sum(v for k, v in asked.pairs.items() if k in pairs)
    return {
        "saying_held": max((_held(c, asked, worth) for c in said), default=0.0),
        "name_held": _held(card, asked, worth),
        "words": math.log1p(sum(v * v for k, v in asked.values.items() if k in words)),
        "pairs": math.log1p(sum(v * v for k, v in asked.pairs.items() if k in pairs)),
        "name_words": math.log1p(sum(v * v for k, v in asked.values.items() if k in card.words)),
        "covered": covered, "named": share, "direct": direct, "score": score, "covered_named": covered * share,
        "said_covered": called_covered, "said_named": called_share, "said_score": called_score,
        "said_covered_named": called_covered * called_share,
        "reached": reached, "joined": joined / asked.whole_pairs if asked.whole_pairs else reached,
        "missed": max((v for k, v in asked.values.items() if k not in words), default=0.0),
        "agreement": math.log(agreement(card.concepts, concepts)), "prior": math.log(card.prior),
        "lacked": float(len((concepts & SPECIAL) - card.concepts)), "unasked": float(len((card.concepts & SPECIAL) - concepts)),
    }  # fmt: skip


def nothing_signs(matter: float, words: int, unknown: int) -> dict[str, float]:
    """The numbers of "none of these": how much was said, and how much of it no record has."""
    return {
        "always": 1.0,
        "matter": min(matter, 6.0),
        "length": math.log1p(words),
        "unknown": unknown / (words + 1),
    }


def weighed(
    candidates: Mapping[str, tuple[Ranked | None, Ranked | None, Sequence[Card], Card]],
    query: Query,
    worth: Worth,
    concepts: frozenset[str],
    nothing: Mapping[str, float],
) -> Weighed:
    """Chances of candidates: code → how its name fits, how what people say fits, what people say, its card."""
    asked = _asked(query)
    sums = {
        code: _sum(signs(card, said, asked, named, called, worth, concepts), SIGNS)
        for code, (named, called, said, card) in candidates.items()
    }
    none = _sum(nothing, NOTHING)
    most = max([none, *sums.values()])
    powers = {code: math.exp(s - most) for code, s in sums.items()}
    whole = sum(powers.values()) + math.exp(none - most)
    ranked = [
        replace(best(named, called), card=card, chance=powers[code] / whole)
        for code, (named, called, _, card) in candidates.items()
    ]
    ranked.sort(key=lambda r: (-r.chance, len(r.card.plain), r.card.entry.code))
    return Weighed(tuple(ranked), math.exp(none - most) / whole)


def best(named: Ranked | None, called: Ranked | None) -> Ranked:
    """The better fit of the two; one of them is there."""
    fits = [r for r in (named, called) if r is not None]
    return max(fits, key=lambda r: r.score)


def _sum(numbers: Mapping[str, float], factors: Mapping[str, float]) -> float:
    return sum(factors.get(name, 0.0) * value for name, value in numbers.items())
