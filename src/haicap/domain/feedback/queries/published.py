"""Câu trả lời công khai: what everybody may read, searched with or without marks, by kind of matter and by organ."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import connection

from haicap.base.kept import Kept
from haicap.base.text import fold
from haicap.domain.feedback.models import Answer

MOST = 5_000  # the latest so many are searched by words


@dataclass(frozen=True, slots=True)
class PublicAnswers:
    """A page of published answers and how many there are."""

    items: Sequence[Answer]
    total: int


@dataclass(frozen=True, slots=True)
class _Line:
    pk: int
    organ: int
    kinds: frozenset[str]
    folded: str


def _generation() -> Hashable:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), max(published_at) FROM feedback_answer WHERE published_at IS NOT NULL"
        )
        return tuple(cursor.fetchone())


def _read(state: Hashable) -> Sequence[_Line]:
    rows = Answer.objects.filter(published_at__isnull=False).annotate(
        kinds=ArrayAgg("tickets__kind", distinct=True, default=[])
    )
    latest = rows.order_by("-published_at", "-pk")[:MOST]
    return [
        _Line(a.pk, a.organ_id, frozenset(a.kinds), fold(f"{a.public_question} {a.public_text}"))
        for a in latest
    ]


_lines: Kept[Sequence[_Line]] = Kept(_generation, _read)


def public_answers(
    *, text: str = "", kind: str = "", organ: int | None = None, start: int = 0, size: int = 20
) -> PublicAnswers:
    """Published answers, the latest first; with a text those whose question or answer has every word, marks or not.

    kind   of a ticket it answered; organ: key of the organ that answered. Two statements, and one a second.
    """
    words = fold(text).split()[:10]
    if not (words or kind or organ):
        every = Answer.objects.filter(published_at__isnull=False).select_related("organ__unit")
        return PublicAnswers(
            list(every.order_by("-published_at", "-pk")[start : start + size]), every.count()
        )
    found = [
        line.pk
        for line in _lines()
        if (organ is None or line.organ == organ)
        and (not kind or kind in line.kinds)
        and all(word in line.folded for word in words)
    ]
    shown = found[start : start + size]
    rows = Answer.objects.select_related("organ__unit").in_bulk(shown)
    return PublicAnswers([rows[pk] for pk in shown if pk in rows], len(found))


def answering_organs() -> frozenset[int]:
    """Keys of the organs that published an answer, for a list to choose from."""
    return frozenset(line.organ for line in _lines())


def public_answer(code: str) -> Answer | None:
    """A published answer by its code."""
    return (
        Answer.objects.filter(code=code.replace("\0", ""), published_at__isnull=False)
        .select_related("organ__unit")
        .first()
    )
