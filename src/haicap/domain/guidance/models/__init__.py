"""Rows of the guidance room. No writes here: verbs are in actions/."""

from haicap.domain.guidance.models.pieces import GuidanceHead, Piece, PieceCitation, PieceVersion
from haicap.domain.guidance.models.questions import Flag, Question

__all__ = ["Flag", "GuidanceHead", "Piece", "PieceCitation", "PieceVersion", "Question"]
