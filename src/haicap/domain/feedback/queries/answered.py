"""Câu trả lời đã có: published answers that share the rare words of a text, for whoever is about to ask or to answer again."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection

from haicap.base.kept import Kept
from haicap.domain.feedback.likeness import words
from haicap.domain.feedback.models import Answer

MOST_REMEMBERED = 5_000
LEAST_SHARE = 0.3  # of the weight of the text's words that an answer must hold to be shown
LEAST_WORDS = 3  # told fewer, nothing is like it yet


@dataclass(frozen=True, slots=True)
class LikelyAnswer:
    """A published answer and the share (0–1) of the text's weight of words that it holds."""

    code: str
    question: str
    text: str
    share: float


@dataclass(frozen=True, slots=True)
class _Remembered:
    answers: Sequence[tuple[str, str, str, frozenset[str]]]
    weights: Mapping[str, float]


def _generation() -> Hashable:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), max(published_at) FROM feedback_answer WHERE published_at IS NOT NULL"
        )
        return tuple(cursor.fetchone())


def _read(state: Hashable) -> _Remembered:
    rows = Answer.objects.filter(published_at__isnull=False).order_by("-published_at", "-pk")[
        :MOST_REMEMBERED
    ]
    answers = [
        (
            row.code,
            row.public_question,
            row.public_text,
            frozenset(words(f"{row.public_question} {row.public_text}")),
        )
        for row in rows
    ]
    seen = Counter(word for _, _, _, held in answers for word in held)
    weights = {word: math.log((1 + len(answers)) / (0.5 + n)) for word, n in seen.items()}
    return _Remembered(answers, weights)


_remembered: Kept[_Remembered] = Kept(_generation, _read)


def likely_answers(text: str, most: int = 5) -> list[LikelyAnswer]:
    """Published answers, the nearest first; none for a text of fewer than three words. One statement a second."""
    asked = frozenset(words(text))
    if len(asked) < LEAST_WORDS:
        return []
    known = _remembered()
    weighed = {word: known.weights.get(word, 0.0) for word in asked}
    whole = sum(weighed.values())
    if whole <= 0:
        return []
    found = [
        LikelyAnswer(code, question, said, sum(weighed[w] for w in asked & held) / whole)
        for code, question, said, held in known.answers
    ]
    near = [one for one in found if one.share >= LEAST_SHARE]
    return sorted(near, key=lambda one: (-one.share, one.code))[:most]
