"""Diễn biến: the ledger of a ticket as sentences, with who did it and what was written beside it; its clocks with proof."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.deadlines import queries as deadlines
from haicap.domain.feedback.states import Clock, clock_number
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.kinds import kind
from haicap.kernel.ledger.queries import Recorded
from haicap.web.common import proofs
from haicap.web.common.drawings import Strip
from haicap.web.common.feedback import words
from haicap.web.desk import people
from haicap.web.desk.feedback.case import Case
from haicap.web.desk.feedback.lines import time_left

SENDER, SYSTEM = gettext_noop("người gửi"), gettext_noop("hệ thống")
FIELDS = {
    "kind": gettext_noop("loại"),
    "subject": gettext_noop("tiêu đề"),
    "unit": gettext_noop("nơi"),
    "province": gettext_noop("tỉnh"),
    "document": gettext_noop("văn bản"),
    "procedure_code": gettext_noop("thủ tục"),
    "path": gettext_noop("điều, khoản"),
    "field": gettext_noop("lĩnh vực"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """An event as people read it; `said` was written beside it, `inside`: for officers only."""

    seq: int
    at: datetime
    who: str
    sentence: str
    said: str
    inside: bool


@dataclass(frozen=True, slots=True)
class ClockLine:
    """A clock of the organ that holds the ticket: what must happen, until when, where it stands."""

    name: str
    due_at: datetime | None
    state: str
    stopped_at: datetime | None
    tone: str
    left: str
    strip: Strip | None
    summary: str


def story(case: Case) -> list[Told]:
    """Everything that happened, newest first. Two statements."""
    events = ledger.history(case.row.stream)
    said = {remark.seq: remark for remark in case.whole.remarks}
    names = people.names({e.actor for e in events} | {str(e.data.get("to", "")) for e in events})
    found = []
    for event in reversed(events):
        remark = said.get(event.seq)
        text, inside = (remark.text, remark.inside) if remark else ("", False)
        found.append(Told(event.seq, event.at, _who(event, names), _sentence(event, names), text, inside))
    return found


def since(case: Case, seen: int) -> list[Told]:
    """What happened after a page was opened at version `seen`, oldest first."""
    return [told for told in reversed(story(case)) if told.seq > seen]


def _who(event: Recorded, names: Mapping[str, str]) -> str:
    word = SYSTEM if event.actor == "system" else SENDER
    return names.get(event.actor) or gettext(word)


def _sentence(event: Recorded, names: Mapping[str, str]) -> str:
    """What happened; the bare name of the kind when this release does not know it."""
    try:
        known = kind(event.kind)
    except KeyError:
        return event.kind
    sentence = gettext(known.sentence) % {key: _value(key, value) for key, value in event.data.items()}
    to = names.get(str(event.data.get("to", "")), "")
    return (
        gettext("%(sentence)s Người xử lý: %(name)s.") % {"sentence": sentence, "name": to}
        if to
        else sentence
    )


def _value(key: str, value: Any) -> object:
    if key == "fields" and isinstance(value, list):
        return ", ".join(gettext(FIELDS[name]) if name in FIELDS else str(name) for name in value)
    tables = {
        "ground": words.GROUNDS,
        "rating": words.RATINGS,
        "kind": words.KINDS,
        "channel": words.CHANNELS,
    }
    return words.said(tables[key], value) if key in tables else value


def clocks(case: Case) -> list[ClockLine]:
    """The clocks of this organ's turn. Four statements; the proof of each drawn under the calendar now."""
    found, at = [], case.keeper.officer.at
    for one in Clock:
        row = deadlines.clock(case.row.stream, clock_number(case.row.hop, one))
        unused = row is not None and one is Clock.ASK and not case.row.asked
        lapsed = unused and row is not None and (row.stopped_at is not None or (row.due_at or at) < at)
        if row is None or lapsed:  # nobody has to ask: a time to ask that went by unused is no delay
            continue
        tone, left = time_left(row.due_at, "", row.stopped_at or at)
        strip, summary = None, ""
        try:
            proof = deadlines.proof_of(row)
            strip, summary = proofs.strip(proof), proofs.summary(proof)
        except Refused:  # no calendar for those days yet: the row says so by its empty due instant
            pass
        running = row.state == "running"
        found.append(
            ClockLine(
                words.said(words.CLOCKS, one.value), row.due_at, row.state, row.stopped_at,
                tone if running or tone == "late" else "", left if running else "", strip, summary,
            )
        )  # fmt: skip
    return found
