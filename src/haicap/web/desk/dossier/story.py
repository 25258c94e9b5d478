"""Diễn biến: the ledger of a dossier as sentences, with who did it and what was written beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext

from haicap.base.dates import HANOI
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import queries
from haicap.domain.units import queries as units
from haicap.kernel.ledger.kinds import kind
from haicap.kernel.ledger.queries import Recorded
from haicap.web.desk import people, words
from haicap.web.desk.dossier.case import Case

APPLICANT, SYSTEM = gettext_noop("người nộp"), gettext_noop("hệ thống")
STEPS = ("step", "before")
CONTACT = {
    "applicant_phone": gettext_noop("điện thoại"),
    "applicant_email": gettext_noop("thư điện tử"),
    "applicant_address": gettext_noop("địa chỉ"),
    "result_method": gettext_noop("cách nhận kết quả"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """An event as people read it; `said` is what the officer wrote beside it."""

    seq: int
    at: datetime
    who: str
    sentence: str
    said: str


def story(case: Case) -> list[Told]:
    """Everything that happened, newest first."""
    events = case.whole.events
    said = {remark.seq: remark.text for remark in case.whole.remarks}
    names = people.names({e.actor for e in events} | {str(e.data.get("assignee", "")) for e in events})
    return [_told(case, e, names, said) for e in reversed(events)]


def since(case: Case, seen: int) -> list[Told]:
    """What happened after a page was opened at version `seen`, oldest first."""
    return [told for told in reversed(story(case)) if told.seq > seen]


def _told(case: Case, event: Recorded, names: Mapping[str, str], said: Mapping[int, str]) -> Told:
    sentence = _sentence(case, event.kind, event.data)
    assignee = names.get(str(event.data.get("assignee", "")), "")
    if assignee:
        sentence = gettext("%(sentence)s Người xử lý: %(name)s.") % {"sentence": sentence, "name": assignee}
    return Told(event.seq, event.at, _who(case, event, names), sentence, said.get(event.seq, ""))


def _who(case: Case, event: Recorded, names: Mapping[str, str]) -> str:
    if event.actor in names:
        return names[event.actor]
    word = SYSTEM if event.actor == "system" else APPLICANT
    return gettext(word)


def _sentence(case: Case, name: str, data: Mapping[str, Any]) -> str:
    """What happened; the bare name of the kind when it is not known to this release."""
    try:
        known = kind(name)
    except KeyError:
        return name
    steps = {step.key: step.name.vi for step in case.pinned.content.workflow.steps}
    on = case.officer.on
    return gettext(known.sentence) % {key: _value(key, value, steps, on) for key, value in data.items()}


def _value(key: str, value: object, steps: Mapping[str, str], on: date) -> object:
    if key in STEPS and value in steps:
        return steps[str(value)]
    if key in SAID:
        return words.said(SAID[key], value)
    if key in SPELLED:
        return SPELLED[key](value, on)
    return gettext("quầy thu") if value == "counter" else value


def _organ(value: object, on: date) -> str:
    office = queries.office(value, on) if isinstance(value, int) and value else None
    return office.name if office else gettext("nơi nộp")


def _amount(value: object, on: date) -> str:
    return f"{value:,}".replace(",", ".") if isinstance(value, int) else str(value)


def _contact(value: object, on: date) -> str:
    return ", ".join(gettext(CONTACT.get(part, part)) for part in str(value).split(", "))


def _instant(value: object, on: date) -> str:
    try:
        return f"{datetime.fromisoformat(str(value)).astimezone(HANOI):%H:%M %d/%m/%Y}"
    except ValueError:
        return str(value) or gettext("chưa định ngày")


SAID: Mapping[str, Mapping[Any, str]] = {
    "channel": words.CHANNELS,
    "outcome": words.OUTCOMES,
    "method": words.METHODS,
    "state": words.PAYMENTS,
}
SPELLED: Mapping[str, Callable[[object, date], str]] = {
    "organ": _organ,
    "origin": _organ,
    "to": _organ,
    "due": _instant,
    "before": _instant,
    "amount": _amount,
    "what": _contact,
    "unit": lambda value, on: units.register().title(str(value), on),
}


def steps_of(case: Case) -> Sequence[tuple[str, str]]:
    """Working steps with "past", "here" or "" beside each."""
    here = _place(case)
    found = case.pinned.content.workflow.steps
    return [
        (step.name.vi, "past" if n < here else "here" if n == here else "") for n, step in enumerate(found)
    ]


def _place(case: Case) -> int:
    state, count = case.row.state, len(case.pinned.content.workflow.steps)
    if state == 10:
        return count
    if state == 9:
        return count - 1
    return case.row.step if state in (4, 5, 6) and (state == 4 or case.row.back_to == 4) else 0
