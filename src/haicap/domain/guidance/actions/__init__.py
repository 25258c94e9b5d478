"""Verbs of the guidance room: the only writers."""

from haicap.domain.guidance.actions.drafting import (
    draft_piece,
    draft_version,
    drop_draft,
    edit_draft,
    return_draft,
    submit_draft,
)
from haicap.domain.guidance.actions.loading import load_pieces
from haicap.domain.guidance.actions.publishing import confirm_review, publish, publish_answer, withdraw
from haicap.domain.guidance.actions.questions import note_question, settle_question
from haicap.domain.guidance.actions.reviewing import follow_reviews

__all__ = [
    "confirm_review",
    "draft_piece",
    "draft_version",
    "drop_draft",
    "edit_draft",
    "follow_reviews",
    "load_pieces",
    "note_question",
    "publish",
    "publish_answer",
    "return_draft",
    "settle_question",
    "submit_draft",
    "withdraw",
]
