"""Bài thành dữ liệu: pieces as plain values, for the API and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from haicap.domain.guidance.queries.values import Flagged, Ground, Piece

Told = dict[str, Any]


def flag_told(flag: Flagged) -> Told:
    """Why a piece is being looked at."""
    return {
        "kind": flag.kind.value, "since": flag.since.isoformat(), "citation": str(flag.citation) if flag.citation else "",
        "by": flag.by or None,
    }  # fmt: skip


def ground_told(ground: Ground) -> Told:
    """What a piece cites; `document` is null where the register has none, or several of that number."""
    return {
        "number": ground.citation.act, "place": ground.citation.clause, "document": ground.slug or None, "path": ground.path,
    }  # fmt: skip


def line_told(piece: Piece) -> Told:
    """A piece without its text."""
    return {
        "code": piece.code, "kind": piece.kind.value, "title": piece.title, "summary": piece.summary,
        "title_en": piece.title_en, "summary_en": piece.summary_en, "audience": [a.value for a in piece.audience],
        "topic": piece.topic, "part": piece.part or None, "place": piece.place or None, "version": piece.version,
        "valid_from": piece.valid.start.isoformat() if piece.valid.start else None,
        "valid_until": piece.valid.end.isoformat() if piece.valid.end else None,
        "evidence": piece.evidence.value, "note": piece.note, "reviewed_on": piece.reviewed_on.isoformat(),
        "review_by": piece.review_by.isoformat() if piece.review_by else None,
        "flagged": [flag_told(flag) for flag in piece.flagged],
    }  # fmt: skip


def whole_told(piece: Piece) -> Mapping[str, Any]:
    """The same with text (CommonMark), citations and source."""
    return line_told(piece) | {
        "body": piece.body, "body_en": piece.body_en, "citations": [ground_told(g) for g in piece.grounds],
        "source": piece.source,
    }  # fmt: skip
