"""Chứng minh thành chữ và hình: rows, strip and sentence of a proof."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from haicap.base.dates import show_date
from haicap.base.words import gettext_noop
from haicap.domain.deadlines.reckoning import Instant, Limit, LimitUnit, Mark, Proof, ProofDay, Why
from haicap.web.common import days
from haicap.web.common.drawings import Strip, StripDay, draw_strip

MARKS = {
    Mark.BEFORE: gettext_noop("chưa đến giờ làm việc"),
    Mark.FIRST: gettext_noop("ngày nhận, không tính"),
    Mark.COUNTED: gettext_noop("tính"),
    Mark.OFF: gettext_noop("không tính"),
    Mark.MOVED: gettext_noop("hạn dời qua ngày nghỉ"),
    Mark.PAUSED: gettext_noop("tạm dừng"),
}
SIGNS = {Mark.BEFORE: "…", Mark.FIRST: "○", Mark.OFF: "–", Mark.MOVED: "→", Mark.PAUSED: "‖"}
WHYS = {
    Why.WORKING: gettext_noop("ngày làm việc"),
    Why.WEEKEND: gettext_noop("ngày nghỉ hằng tuần"),
    Why.ORDINARY: gettext_noop("ngày làm việc"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A day of the proof in words."""

    day: ProofDay
    on: date
    weekday: str
    did: str
    why: str
    document: str
    evidence: str
    note: str


def when(at: Instant) -> str:
    """ "17:00, thứ Sáu 27/02/2026"."""
    on = date.fromordinal(at[0])
    return f"{days.clock_face(at[1])}, {days.weekday(on)} {show_date(on)}"


def limit_words(parts: tuple[Limit, ...]) -> str:
    """ "15 ngày + 8 ngày làm việc"."""
    return " + ".join(_part(part) for part in parts)


def _part(part: Limit) -> str:
    if part.unit is LimitUnit.SAME_DAY:
        return days.unit(part.unit)
    return f"{part.whole}{',5' * part.half} {days.unit(part.unit)}"


def rows(proof: Proof) -> list[Row]:
    """The days in words."""
    found = []
    for d in proof.days:
        on = date.fromordinal(d.on)
        day = d.day
        found.append(
            Row(
                d, on, days.weekday(on), _did(d), _why(d), day.document if day else "",
                day.evidence if day else "", day.note if day else "",
            )
        )  # fmt: skip
    return found


def _did(d: ProofDay) -> str:
    if d.mark is Mark.COUNTED and d.minutes:
        return gettext("tính %(time)s") % {"time": days.minutes(d.minutes)}
    if d.mark is Mark.COUNTED and d.number:
        return gettext("tính: ngày thứ %(n)s") % {"n": d.number}
    return gettext(MARKS[d.mark])


def _why(d: ProofDay) -> str:
    if d.day is not None and d.why not in WHYS:
        return f"{days.kind(d.day.kind)}: {d.day.name}" if d.day.name else days.kind(d.day.kind)
    return gettext(WHYS[d.why]) if d.why in WHYS else days.kind(d.why)


def strip(proof: Proof) -> Strip:
    """The days as a drawing."""
    cells = []
    for row in rows(proof):
        d = row.day
        title = f"{row.weekday} {show_date(row.on)}: {row.did} ({row.why})"
        cells.append(StripDay(row.on, d.mark.value, _sign(d), title, d.due))
    return draw_strip(cells, days.short_weekdays())


def _sign(d: ProofDay) -> str:
    if d.mark is not Mark.COUNTED:
        return SIGNS[d.mark]
    if d.minutes:
        return f"{d.minutes // 60}:{d.minutes % 60:02d}"
    return str(d.number or "•")


def summary(proof: Proof) -> str:
    """The drawing in one sentence."""
    marks = Counter(d.mark for d in proof.days)
    template = gettext("Từ %(start)s đến %(due)s: %(counted)s ngày được tính, %(off)s ngày bỏ qua.")
    return template % {
        "start": when(proof.received), "due": when(proof.due), "counted": marks[Mark.COUNTED],
        "off": marks[Mark.OFF] + marks[Mark.MOVED] + marks[Mark.PAUSED],
    }  # fmt: skip
