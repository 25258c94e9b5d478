"""Văn bản lịch: lists, one decree with its days, what it would move, opening hours."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from haicap.base.dates import HANOI
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.deadlines.models import CalendarDay, CalendarDecree, DecreeDay, OpeningHours, Recompute
from haicap.domain.deadlines.queries.calendar import calendar, opened_year, with_days, without_decree
from haicap.domain.deadlines.queries.clocks import Outlook, outlook
from haicap.domain.deadlines.reckoning import Calendar
from haicap.domain.deadlines.states import DecreeState

DecreeRow = CalendarDecree  # the names doors know these rows by
DecreeDayRow = DecreeDay
RecomputeRow = Recompute
HoursRow = OpeningHours


def decrees(*, visible: Q) -> QuerySet[CalendarDecree]:
    """Decrees an officer sees (`visible` from policy.visible_to), newest first."""
    return CalendarDecree.objects.filter(visible).order_by("-id")


def decree(pk: int, *, visible: Q) -> CalendarDecree:
    """One decree; Refused `not_found` when there is none the officer sees."""
    found = CalendarDecree.objects.filter(visible, pk=pk).first()
    if found is None:
        raise Refused("not_found", gettext_noop("Không có văn bản này."))
    return found


def days_of(pk: int) -> list[DecreeDay]:
    """Days a decree decides, in order."""
    return list(DecreeDay.objects.filter(decree_id=pk).order_by("on"))


def documents() -> list[tuple[str, int, date, date]]:
    """Documents the calendar rests on: (as printed, days, first, last); the empty one: number not seen."""
    found: dict[str, list[date]] = {}
    rows = CalendarDay.objects.filter(superseded_at=None).order_by("on").values_list("document", "on")
    for document, on in rows:
        found.setdefault(document, []).append(on)
    return [(document, len(days), days[0], days[-1]) for document, days in found.items()]


def changed_days(pk: int) -> list[tuple[date, str, str]]:
    """(day, kind before, kind after) of a draft against the calendar now; the kind is empty for a plain weekday."""
    known = calendar()
    return [(d.on, known.special[d.on].kind if d.on in known.special else "", d.kind) for d in days_of(pk)]


def after_enacting(found: CalendarDecree) -> Calendar:
    """The calendar as a draft would make it."""
    return with_days(calendar(), days_of(found.pk), number=found.number, opens_year=found.opens_year)


def preview(found: CalendarDecree) -> Outlook:
    """What enacting a draft, or withdrawing an enacted decree, would move."""
    if found.state == DecreeState.ENACTED:
        after = without_decree(found.pk, calendar())
        year = opened_year(found.pk)
    else:
        after, year = after_enacting(found), found.opens_year
    days = [d.on for d in days_of(found.pk)] + ([date(year, 1, 1)] if year else [])
    return outlook(after, start_of(min(days))) if days else Outlook(0, (), ())


def start_of(day: date) -> datetime:
    """The first instant of a day in Viet Nam."""
    return datetime(day.year, day.month, day.day, tzinfo=HANOI)


def recompute_of(pk: int) -> Recompute | None:
    """The newest recompute a decree asked for."""
    return Recompute.objects.filter(decree_id=pk).order_by("-generation").first()


def open_recompute() -> tuple[int, date] | None:
    """(version of the calendar to follow, first day that changed) of the recompute to be done; None: all followed."""
    rows = list(Recompute.objects.filter(finished_at=None).order_by("generation"))
    return (rows[-1].generation, min(row.since_on for row in rows)) if rows else None


def opening_hours(unit_uid: str, on: date) -> OpeningHours | None:
    """Hours of a unit's counter on a day; None when the unit has told none."""
    return OpeningHours.objects.filter(unit__uid=unit_uid, valid__contains=on).first()


def hours_of(unit_uid: str) -> list[OpeningHours]:
    """All hours a unit's counter had, has and will have, newest first."""
    found = OpeningHours.objects.filter(unit__uid=unit_uid)
    return sorted(found, key=lambda row: row.valid.lower, reverse=True)


def last_day(row: OpeningHours) -> date | None:
    """The last day of a row's hours; None: until further notice."""
    return row.valid.upper - timedelta(days=1) if row.valid.upper else None
