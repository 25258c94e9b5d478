"""Lịch trong bộ nhớ: read whole per process, and asked at most once a second whether it changed."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from datetime import date

from django.db import connection

from haicap.base.kept import Kept
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.deadlines.models import CalendarDay, DecreeDay
from haicap.domain.deadlines.reckoning import Calendar, Day

_DAYS = (
    'SELECT "on", kind, name, document, evidence, note FROM deadlines_calendarday '
    'WHERE superseded_at IS NULL ORDER BY "on"'
)
_YEARS = "SELECT year FROM deadlines_calendaryear WHERE superseded_at IS NULL ORDER BY year"
WORKED = ("working",)


def generation() -> int:
    """The version of the calendar, which grows with every change; 0 before it is loaded."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT generation FROM deadlines_calendarhead")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def loaded() -> bool:
    """True once a calendar is in the database."""
    return generation() > 0


def _read(current: Hashable) -> Calendar:
    years = list(_years())
    if not isinstance(current, int) or not current or not years:
        raise Refused("not_loaded", gettext_noop("Lịch làm việc đang được nạp. Xin thử lại sau ít giây."))
    return Calendar(_days(), years[0], years[-1], current)


# The calendar as the database has it now (at most a second old). Refused `not_loaded` before there is one.
calendar: Kept[Calendar] = Kept(generation, _read)


def calendar_now() -> Calendar:
    """The calendar read afresh, for a verb that was told it changed."""
    forget()
    return calendar()


def forget() -> None:
    """Ask the database anew at the next question."""
    calendar.forget()


def _years() -> Iterator[int]:
    with connection.cursor() as cursor:
        cursor.execute(_YEARS)
        yield from (int(row[0]) for row in cursor.fetchall())


def _days() -> list[Day]:
    with connection.cursor() as cursor:
        cursor.execute(_DAYS)
        rows = cursor.fetchall()
    return [Day(on, works(on, kind), kind, *rest) for on, kind, *rest in rows]


def works(on: date, kind: str) -> bool:
    """Whether a day of this kind is worked; an ordinary one as its weekday says."""
    return kind in WORKED or (kind == "ordinary" and on.weekday() < 5)


def with_days(
    known: Calendar, days: Iterable[DecreeDay], *, number: str, opens_year: int | None = None
) -> Calendar:
    """The calendar as it would be with the days of a draft."""
    first, last = known.years
    merged = dict(known.special)
    for day in days:
        document = f"{number}, {day.clause}" if day.clause else number
        merged[day.on] = Day(day.on, works(day.on, day.kind), day.kind, day.name, document, "confirmed")
    years = (first, last) if opens_year is None else (min(first, opens_year), max(last, opens_year))
    return Calendar(merged.values(), *years, known.version)


def without_decree(pk: int, known: Calendar) -> Calendar:
    """The calendar as it would be after a decree is withdrawn: what it replaced holds again."""
    gone = set(CalendarDay.objects.filter(made_by=pk, superseded_at=None).values_list("on", flat=True))
    merged = {on: day for on, day in known.special.items() if on not in gone}
    fields = ("on", "kind", "name", "document", "evidence", "note")
    for on, kind, *rest in CalendarDay.objects.filter(superseded_by=pk).values_list(*fields):
        if on in gone:
            merged[on] = Day(on, works(on, kind), kind, *rest)
    first, last = known.years
    opened = opened_year(pk)
    if opened == last and first < last:
        last -= 1
    elif opened == first and first < last:
        first += 1
    return Calendar(merged.values(), first, last, known.version)


def opened_year(pk: int) -> int | None:
    """The year a decree opened, while it is open."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT year FROM deadlines_calendaryear WHERE made_by_id = %s AND superseded_at IS NULL", [pk]
        )
        row = cursor.fetchone()
    return int(row[0]) if row else None
