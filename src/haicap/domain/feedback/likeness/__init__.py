"""Gần giống: whether two tickets say nearly the same thing, whatever their marks and typing. Pure."""

from haicap.domain.feedback.likeness.shingles import NEAR, SIZE, alike, signature, words

__all__ = ["NEAR", "SIZE", "alike", "signature", "words"]
