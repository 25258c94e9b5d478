"""Từ bản ghi tới trang: what the page of a procedure says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from haicap.domain.procedures.catalogue import Entry
from haicap.domain.procedures.content import Level
from haicap.domain.procedures.queries import Record
from haicap.web.common.procedures import shown, words
from haicap.web.portal.links import day_query


@dataclass(frozen=True, slots=True)
class Version:
    """A line of the history: the entry, a day it counts on, how the page calls it."""

    entry: Entry
    state: str
    decision: str
    day_query: str
    now: bool


def history(entries: Sequence[Entry], today: date) -> list[Version]:
    """Versions, newest first."""
    return [
        Version(
            entry,
            _state(entry, today),
            words.said(words.DECISIONS, entry.decision_kind) if entry.decision else "",
            day_query(day_of(entry, today), today),
            today in entry.span,
        )
        for entry in reversed(entries)
    ]


def day_of(entry: Entry, today: date) -> date:
    """A day on which the version counts: today when it does, else its last day, else its first."""
    if today in entry.span:
        return today
    if entry.span.end is not None and entry.span.end <= today:
        return entry.span.end - timedelta(days=1)
    return entry.span.start or today


def _state(entry: Entry, today: date) -> str:
    if today in entry.span:
        return gettext("đang áp dụng")
    if entry.span.start is not None and entry.span.start > today:
        return gettext("sẽ áp dụng")
    return words.said(words.STATES, entry.state)


def values(record: Record, entries: Sequence[Entry], today: date) -> dict[str, object]:
    """Values of the page's template."""
    content, entry = record.content, record.entry
    return {
        "record": record,
        "entry": entry,
        "content": content,
        "shown": shown(content),
        "sets": content.sets,
        "receives": not content.levels or bool({Level.PROVINCE, Level.COMMUNE} & set(content.levels)),
        "levels": [words.said(words.LEVELS, level) for level in content.levels],
        "subjects": [words.said(words.SUBJECTS, subject) for subject in content.subjects],
        "channels": [words.said(words.CHANNELS, channel) for channel in content.channels],
        "online": words.said(words.ONLINE, content.online),
        "confidence": words.said(words.CONFIDENCE, content.confidence) if content.confidence else "",
        "decision_kind": words.said(words.DECISIONS, entry.decision_kind) if entry.decision else "",
        "history": history(entries, today),
        "authorities": [c.name or c.organ for c in content.competent]
        or ([content.authority] if content.authority else []),
    }
