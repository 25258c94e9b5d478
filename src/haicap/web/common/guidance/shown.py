"""Bài như trang cần: one piece with its text, what it rests on, why it is being looked at, its place in the book."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import get_language

from haicap.domain.guidance import markup, queries
from haicap.domain.guidance.queries import Piece
from haicap.domain.law import queries as law
from haicap.domain.law.states import DocumentState
from haicap.web.common.guidance import words, written
from haicap.web.common.law import links
from haicap.web.common.law import words as law_words

_GOOD = {DocumentState.IN_FORCE: "ok", DocumentState.UNKNOWN: "calm"}


@dataclass(frozen=True, slots=True)
class Line:
    """A piece in a list."""

    piece: Piece
    title: str
    summary: str
    kind: str
    audiences: str


@dataclass(frozen=True, slots=True)
class Basis:
    """A citation as the page of a piece shows it: the link, and how the document stands on the day."""

    written: SafeString
    state: str
    tone: str
    title: str


def line(piece: Piece) -> Line:
    """A piece in the language of the page."""
    audiences = ", ".join(words.said(words.AUDIENCES, a) for a in piece.audience)
    return Line(
        piece, words.title(piece), words.summary(piece), words.said(words.KINDS, piece.kind), audiences
    )


def lines(pieces: Sequence[Piece]) -> list[Line]:
    """The same for many."""
    return [line(piece) for piece in pieces]


def contents(on: date) -> list[tuple[int, str, list[Line]]]:
    """The handbook: (part, its name, its chapters)."""
    found = groupby(queries.chapters(on), key=lambda piece: piece.part)
    return [(number, words.part(number), lines(list(chapters))) for number, chapters in found]


def bases(piece: Piece, on: date) -> list[Basis]:
    """What a piece rests on, in its order."""
    known, found = law.corpus(), []
    for ground in piece.grounds:
        doc = known.by_slug.get(ground.slug)
        state = law.state_of(doc, on) if doc else None
        found.append(
            Basis(
                links.written(ground.citation), law_words.word("states", state.value) if state else "",
                _GOOD.get(state, "warn") if state else "calm", doc.title if doc else "",
            )
        )  # fmt: skip
    return found


def whole(piece: Piece, on: date) -> Mapping[str, Any]:
    """Everything the page of a piece shows."""
    english = get_language() == "en" and bool(piece.body_en)
    body = piece.body_en if english else piece.body
    depth = [h for h in markup.headings(body) if h[0] <= 3]
    return {
        "piece": piece, "line": line(piece), "text": written.html(body), "bases": bases(piece, on),
        "flags": [words.flag(flag) for flag in piece.flagged], "sources": [s for s in piece.source.split("; ") if s],
        "headings": depth if len(depth) > 1 else [], "vietnamese_only": get_language() == "en" and not english,
        "part": words.part(piece.part) if piece.part else "",
    }  # fmt: skip


def neighbours(piece: Piece, on: date) -> tuple[Line | None, Line | None]:
    """The chapters before and after one."""
    book = list(queries.chapters(on))
    at = next((n for n, chapter in enumerate(book) if chapter.code == piece.code), None)
    if at is None:
        return None, None
    before = line(book[at - 1]) if at else None
    return before, line(book[at + 1]) if at + 1 < len(book) else None
