"""Hỏi: the one way in to the assistant."""

from __future__ import annotations

from datetime import date

from haicap.edges.assistant.reply import Behaviour, Reply, Topic


def ask(text: str, *, on: date, address: str = "", context: str = "", language: str = "vi") -> Reply:
    """What a question means on a day, answered from records in force on it.

    address   the asker's, old or new, for the office; "" when not told
    context   of the reply before, for follow-ups; never trusted
    language  "vi" or "en"
    """
    return Reply(Behaviour.REFUSE, Topic.NONE)
