"""Wiring: the one place where rooms that may not know each other are joined."""

from __future__ import annotations


def fill() -> None:
    """Fill every slot; runs once when Django is ready, and is safe to run again."""
