"""Câu hỏi: what the doors and the rooms above may ask of this room."""

from haicap.domain.guidance.queries.editing import Draft, VersionLine, draft, story, versions
from haicap.domain.guidance.queries.flags import Flagged, flags, review_list, upcoming
from haicap.domain.guidance.queries.questions import QuestionLine, question, questions
from haicap.domain.guidance.queries.searching import Found, search
from haicap.domain.guidance.queries.shelf import (
    Ground,
    Piece,
    articles,
    chapters,
    generation,
    kept,
    loaded,
    piece,
    pieces,
    shelf,
    topics,
)

__all__ = [
    "Draft",
    "Flagged",
    "Found",
    "Ground",
    "Piece",
    "QuestionLine",
    "VersionLine",
    "articles",
    "chapters",
    "draft",
    "flags",
    "generation",
    "kept",
    "loaded",
    "piece",
    "pieces",
    "question",
    "questions",
    "review_list",
    "search",
    "shelf",
    "story",
    "topics",
    "upcoming",
    "versions",
]
