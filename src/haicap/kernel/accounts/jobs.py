"""What the worker does for the accounts."""

from __future__ import annotations

from datetime import datetime

from haicap.kernel.accounts import letters, sessions, throttles


def answer_letters(at: datetime) -> None:
    """Send the letters people asked for."""
    letters.answer_all(at=at)


def sweep(at: datetime) -> None:
    """Remove sessions and throttles that ran out."""
    sessions.sweep(at)
    throttles.sweep(at)
