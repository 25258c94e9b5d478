"""Lịch làm việc của một năm: on the page, for paper, as CSV and for calendars (ICS)."""

from __future__ import annotations

from calendar import Calendar as Weeks
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from haicap.base.dates import show_date
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.deadlines import queries
from haicap.domain.deadlines.reckoning import Calendar, Day
from haicap.web.common import clock, days, exports

SIGNS = {"holiday": "★", "compensated": "★", "swapped": "⇄", "working": "✓", "ordinary": ""}
LOOKS = {"holiday": "holiday", "compensated": "holiday", "swapped": "swapped", "working": "in"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of a month as it is shown."""

    on: date
    css: str
    sign: str
    word: str


@dataclass(frozen=True, slots=True)
class Month:
    """A month: weeks of seven days (None outside the month) and how many of them are worked."""

    number: int
    weeks: tuple[tuple[Cell | None, ...], ...]
    worked: int


def _cell(known: Calendar, on: date, today: date) -> Cell:
    day = known.special.get(on)
    works = known.is_working(on.toordinal())
    look = LOOKS.get(day.kind, "") if day else ""
    css = look or ("" if works else "off")
    word = f"{days.kind(day.kind)}: {day.name}" if day and day.name else days.kind(day.kind) if day else ""
    return Cell(
        on, f"{css} now".strip() if on == today else css, SIGNS.get(day.kind, "") if day else "", word
    )


def _month(known: Calendar, year: int, number: int, today: date) -> Month:
    weeks = tuple(
        tuple(_cell(known, on, today) if on.month == number else None for on in week)
        for week in Weeks().monthdatescalendar(year, number)
    )
    worked = sum(known.is_working(c.on.toordinal()) for week in weeks for c in week if c)
    return Month(number, weeks, worked)


def _special(known: Calendar, year: int) -> list[Day]:
    return sorted((day for on, day in known.special.items() if on.year == year), key=lambda day: day.on)


def _year(known: Calendar, text: str) -> int:
    """The year asked for. Refused `no_calendar_year` for one without calendar."""
    first, last = known.years
    if not text.strip():
        return min(max(clock.today().year, first), last)
    if text.isascii() and text.isdigit() and first <= int(text) <= last:
        return int(text)
    raise Refused(
        "not_found",
        gettext_noop("Chưa có lịch làm việc của năm này. Đang có từ năm %(first)s đến năm %(last)s."),
        params={"first": first, "last": last},
    )


@require_safe
def year(request: HttpRequest) -> HttpResponse:
    """Twelve months, and the days that are not what their weekday says with their documents (`?nam=`)."""
    known = queries.calendar()
    number = _year(known, request.GET.get("nam", "")[:10])
    months = [_month(known, number, m, clock.today()) for m in range(1, 13)]
    special = _special(known, number)
    values = {
        "year": number,
        "years": range(known.years[0], known.years[1] + 1),
        "months": months,
        "worked": sum(m.worked for m in months),
        "weekdays": days.short_weekdays(),
        "special": [(day, days.weekday(day.on), days.kind(day.kind)) for day in special],
        "doubtful": sum(day.evidence == "unconfirmed" for day in special),
        "version": known.version,
    }
    return render(request, "portal/deadlines/calendar.html", values)


@require_safe
def as_csv(request: HttpRequest, number: int) -> HttpResponseBase:
    """Every day of the year: worked or not, and why."""
    known = queries.calendar()
    _year(known, str(number))
    head = ["day", "weekday", "working", "kind", "name", "document", "evidence", "note"]
    return exports.csv_response(f"lich-{number}", head, _lines(known, number))


def _lines(known: Calendar, number: int) -> Iterator[tuple[object, ...]]:
    on = date(number, 1, 1)
    while on.year == number:
        day = known.special.get(on)
        works = known.is_working(on.toordinal())
        facts = (day.kind, day.name, day.document, day.evidence, day.note) if day else ("", "", "", "", "")
        yield (on.isoformat(), on.isoweekday(), int(works), *facts)
        on += timedelta(days=1)


@require_safe
def as_ics(request: HttpRequest, number: int) -> HttpResponse:
    """The special days for calendars of phones and desks (RFC 5545)."""
    known = queries.calendar()
    _year(known, str(number))
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hai Cap//Lich lam viec//VI", "CALSCALE:GREGORIAN",
             f"X-WR-CALNAME:{_escaped(gettext('Lịch làm việc') + f' {number}')}"]  # fmt: skip
    stamp = clock.now()
    for day in _special(known, number):
        lines += _event(day, known.version, stamp)
    lines.append("END:VCALENDAR")
    body = "".join(f"{folded}\r\n" for line in lines for folded in _folded(line))
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="lich-{number}.ics"'
    return response


def _event(day: Day, version: int, stamp: datetime) -> list[str]:
    word = days.kind(day.kind)
    about = [day.document, gettext("chưa xác minh") if day.evidence == "unconfirmed" else "", day.note]
    return [
        "BEGIN:VEVENT",
        f"UID:{day.on.isoformat()}@lich.haicap",
        f"DTSTAMP:{stamp:%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{version}",
        f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(f'{word}: {day.name}' if day.name else word)}",
        f"DESCRIPTION:{_escaped('; '.join(part for part in about if part) or show_date(day.on))}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    for sign in ("\\", ";", ","):
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 bytes, letters kept whole."""
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > 75:
            yield piece
            piece, size = " ", 1
        piece += letter
        size += width
    yield piece
