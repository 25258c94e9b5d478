"""Cân nhắc: how likely each procedure is what was meant, and how likely none of them is.

A candidate is described by a few numbers (`signs`); a linear sum of them, made into shares that add up to one together
with "none of these", is its chance. The factors (data/factors.json) were fitted to the tuned part of the evaluation set
by `tools/assistant_factors.py` (multinomial logit, ridge 1) and are nothing but calibration: no word is in them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from haicap.edges.assistant.concepts import SPECIAL
from haicap.edges.assistant.hearing import Asked, Heard
from haicap.edges.assistant.ranking import Ranked
from haicap.edges.assistant.voices import Lore, Voice

MOST = 40  # candidates weighed, the best of the hand's ranking
FACTORS = Path(__file__).parent / "data" / "factors.json"
NO_FIT = (0.0, 0.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A procedure that may be meant: how its name fits (None: not at all), what people say for it, the better of both."""

    voice: Voice
    named: Ranked | None
    heard: Heard
    best: Ranked


def candidate(voice: Voice, named: Ranked | None, heard: Heard) -> Candidate:
    """A procedure with the better of its two fits."""
    fit = named or Ranked(voice.card, 0.0, 0.0, 0.0, 0.0)
    if heard.best is not None and heard.best.score > fit.score:
        fit = replace(heard.best, direct=fit.direct) if fit.direct else heard.best
    return Candidate(voice, named, heard, fit)


@dataclass(frozen=True, slots=True)
class Weighed:
    """Candidates with their chances, best first, and the chance that none of them is meant."""

    ranked: tuple[Ranked, ...]
    nothing: float


def signs(candidate: Candidate, asked: Asked, lore: Lore) -> dict[str, float]:
    """The numbers of one candidate, by the names its factors have."""
    card, heard = candidate.voice.card, candidate.heard
    fit = candidate.named
    covered, share, direct, score = (fit.covered, fit.named, fit.direct, fit.score) if fit else NO_FIT
    own, field = lore.fits(candidate.voice, heard.said, asked.row)
    special = card.concepts & SPECIAL
    return {
        "held": heard.held,
        "words": _squares(v for k, v in asked.values.items() if k in heard.said or k in card.words or k in card.more),
        "pairs": _squares(v for k, v in asked.pairs.items() if k in heard.joined or k in card.pairs),
        "name_words": _squares(v for k, v in asked.values.items() if k in card.words),
        "covered": covered, "named": share, "direct": direct, "score": score, "covered_named": covered * share,
        "said_named": heard.best.named if heard.best else 0.0,
        "agreement": math.log(asked.agreement(card.concepts)), "prior": math.log(card.prior),
        "lacked": float(len((asked.concepts & SPECIAL) - special)), "unasked": float(len(special - asked.concepts)),
        "own": own, "field": field, "odds": sum(asked.odds.get(c, 0.0) for c in special),
    }  # fmt: skip


def _squares(values: Iterable[float]) -> float:
    return math.log1p(sum(v * v for v in values))


def nothing_signs(matter: float, words: int, unknown: int, outright: float) -> dict[str, float]:
    """The numbers of "none of these": how much was said, how much of it no record has, how surely a phrase names one."""
    return {
        "always": 1.0,
        "matter": min(matter, 6.0),
        "length": math.log1p(words),
        "unknown": unknown / (words + 1),
        "outright": outright,
    }


@cache
def factors() -> Mapping[str, Mapping[str, float]]:
    """Of the numbers of a candidate ("signs") and of none ("nothing")."""
    found: Mapping[str, Mapping[str, float]] = json.loads(FACTORS.read_text(encoding="utf-8"))
    return found


def weighed(
    candidates: Sequence[Candidate], asked: Asked, lore: Lore, nothing: Mapping[str, float]
) -> Weighed:
    """Chances of candidates, and of "none of these" by its own numbers."""
    sums = [_sum(signs(c, asked, lore), factors()["signs"]) for c in candidates]
    none = _sum(nothing, factors()["nothing"])
    most = max([none, *sums])
    powers = [math.exp(s - most) for s in sums]
    whole = sum(powers) + math.exp(none - most)
    ranked = [replace(c.best, chance=power / whole) for c, power in zip(candidates, powers, strict=True)]
    ranked.sort(key=lambda r: (-r.chance, len(r.card.plain), r.card.entry.code))
    return Weighed(tuple(ranked), math.exp(none - most) / whole)


def _sum(numbers: Mapping[str, float], factors: Mapping[str, float]) -> float:
    return sum(factors.get(name, 0.0) * value for name, value in numbers.items())
