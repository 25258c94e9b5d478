"""Quy tắc: codes, decisions and the clocks of publication. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from haicap.base.citation import Citation
from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.deadlines.reckoning import Calendar
from haicap.domain.procedures.states import DecisionKind

CODE = re.compile(r"[0-9]\.[0-9]{6}")
SUFFIX = re.compile(r"(?:[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.)?[A-Y][0-9]{2}")
INDEX = Citation("766/QĐ-TTg")  # the index that counts publication in time (criteria 1.1 and 1.2)


def check_code(code: str) -> str:
    """A national code N.NNNNNN. Refused `bad_code`."""
    if not CODE.fullmatch(code.strip()):
        raise Refused(
            "bad_code",
            gettext_noop("Mã thủ tục “%(code)s” phải có dạng 1.001193."),
            params={"code": code[:20]},
        )
    return code.strip()


def check_suffix(suffix: str) -> str:
    """The suffix of a local instance: "000.00.00.H61" or "H05". Refused `bad_suffix`."""
    if not SUFFIX.fullmatch(suffix.strip()):
        raise Refused(
            "bad_suffix",
            gettext_noop("Đuôi mã địa phương “%(suffix)s” phải có dạng H61 hoặc 000.00.00.H61."),
            params={"suffix": suffix[:20]},
        )
    return suffix.strip()


@dataclass(frozen=True, slots=True)
class Decision:
    """Quyết định công bố.

    organ          the organ that issued it, as printed
    decided_by     title of who signed; authorised_by: who let them sign in their place, empty when nobody had to
    basis_from     the day its legal basis takes effect; None when it is not known (then no clock runs)
    """

    number: str
    on: date
    organ: str
    kind: DecisionKind
    decided_by: str = ""
    authorised_by: str = ""
    basis_from: date | None = None


def check_decision(decision: Decision) -> Decision:
    """The decision in normal form. Refused `no_decision`, `bad_decision`."""
    number, organ = nfc(decision.number), nfc(decision.organ)
    if not number or not organ:
        raise Refused(
            "no_decision",
            gettext_noop("Công bố cần số quyết định và cơ quan ban hành, ghi như trên văn bản."),
        )
    if "/" not in number or len(number) > 60 or len(organ) > 200:
        raise Refused(
            "bad_decision",
            gettext_noop("Số quyết định “%(number)s” phải ghi đủ như trên văn bản, ví dụ 1872/QĐ-BTP."),
            params={"number": number[:60]},
        )
    return Decision(
        number,
        decision.on,
        organ,
        decision.kind,
        nfc(decision.decided_by)[:200],
        nfc(decision.authorised_by)[:200],
        decision.basis_from,
    )


class Publisher(StrEnum):
    """Who publishes: other clocks run for each."""

    MINISTRY = "ministry"
    PROVINCE = "province"


# (working days the decision comes before its basis takes effect, working days until it is public)
CLOCKS = {Publisher.MINISTRY: (20, 10), Publisher.PROVINCE: (5, 5)}


class Standing(StrEnum):
    """How a clock stands."""

    IN_TIME = "in_time"
    LATE = "late"
    RUNNING = "running"
    OVERDUE = "overdue"  # not done, and the day is over
    UNKNOWN = "unknown"  # a day is missing, or there is no calendar for it


@dataclass(frozen=True, slots=True)
class Clock:
    """A clock: the last day in time, the day it was done, how it stands on the day asked about."""

    due_on: date | None
    done_on: date | None
    standing: Standing


def decision_clock(publisher: Publisher, decision: Decision | None, calendar: Calendar) -> Clock:
    """Công bố đúng hạn: signed 20 (ministry) or 5 (province) working days before the basis takes effect."""
    if decision is None or decision.basis_from is None:
        return Clock(None, decision.on if decision else None, Standing.UNKNOWN)
    due = working_days_before(calendar, decision.basis_from, CLOCKS[publisher][0])
    if due is None:
        return Clock(None, decision.on, Standing.UNKNOWN)
    return Clock(due, decision.on, Standing.IN_TIME if decision.on <= due else Standing.LATE)


def showing_clock(
    publisher: Publisher, decision: Decision | None, shown_on: date | None, on: date, calendar: Calendar
) -> Clock:
    """Công khai đúng hạn: on the national database 10 (ministry) or 5 (province) working days after the decision."""
    if decision is None:
        return Clock(None, shown_on, Standing.UNKNOWN)
    try:
        due = date.fromordinal(calendar.nth(decision.on.toordinal(), CLOCKS[publisher][1]))
    except Refused:
        return Clock(None, shown_on, Standing.UNKNOWN)
    if shown_on is not None:
        return Clock(due, shown_on, Standing.IN_TIME if shown_on <= due else Standing.LATE)
    return Clock(due, None, Standing.OVERDUE if on > due else Standing.RUNNING)


def working_days_before(calendar: Calendar, day: date, n: int) -> date | None:
    """The nth working day before a day; None where no calendar reaches."""
    ordinal = day.toordinal()
    if not calendar.first <= ordinal < calendar.end:
        return None
    place = calendar.rank[ordinal - calendar.first] - n
    return date.fromordinal(calendar.days[place]) if place >= 0 else None
