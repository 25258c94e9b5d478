"""Việc nền: the files of knowledge follow the catalogue, so that nobody who asks waits for them."""

from __future__ import annotations

from datetime import datetime

from haicap.edges.assistant.facts import facts


def prepare(at: datetime) -> None:
    """Make what questions will be answered from, when the catalogue has changed (an errand: outside any transaction)."""
    facts().prepare()
