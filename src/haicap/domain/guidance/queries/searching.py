"""Tìm trong cẩm nang, hỏi đáp, thông báo: words with or without marks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from haicap.base.text import fold
from haicap.domain.guidance.markup import plain
from haicap.domain.guidance.queries.shelf import Piece, articles

_WORD = re.compile(r"\w+")
AROUND = 90  # characters of an excerpt on either side


@dataclass(frozen=True, slots=True)
class Found:
    """A piece with all the words; `excerpt` is cut from its plain text around the first of them."""

    piece: Piece
    excerpt: str
    score: int


def search(text: str, *, on: date, audience: str | None = None, kind: str | None = None) -> Sequence[Found]:
    """Pieces that hold every word, best first: in the title, then in the summary, then in the text.

    Some hundreds of pieces are looked through in memory; "" finds nothing.
    """
    words = list(dict.fromkeys(_WORD.findall(fold(text[:200]))))
    if not words:
        return []
    found = []
    for piece in articles(on, audience, kind):
        if all(re.search(rf"\b{re.escape(word)}", piece.folded) for word in words):
            found.append(Found(piece, _excerpt(piece, words), _score(piece, words)))
    return sorted(found, key=lambda f: (-f.score, f.piece.part or 99, f.piece.place, f.piece.code))


def _score(piece: Piece, words: Sequence[str]) -> int:
    title, summary = fold(piece.title), fold(piece.summary)
    together = " ".join(words)
    score = sum(4 * (w in title) + 2 * (w in summary) for w in words)
    return score + 8 * (together in title) + 4 * (together in summary) + 3 * (together in piece.folded)


def _excerpt(piece: Piece, words: Sequence[str]) -> str:
    text = plain(piece.body)
    folded = fold(text)
    if len(folded) != len(text):  # folding kept every letter in its place, or else there is no place to show
        return piece.summary
    at = min((n for n in (folded.find(w) for w in words) if n >= 0), default=-1)
    if at < 0:
        return piece.summary
    start, end = max(0, at - AROUND), min(len(text), at + AROUND)
    return ("…" if start else "") + text[start:end].strip() + ("…" if end < len(text) else "")
