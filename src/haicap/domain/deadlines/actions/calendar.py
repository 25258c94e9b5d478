"""Lịch: loaded once with the release, changed only by decrees."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.deadlines import events
from haicap.domain.deadlines.models import CalendarDay, CalendarHead, CalendarYear, Recompute
from haicap.domain.deadlines.reckoning import Day
from haicap.kernel.ledger.actions import action, record
from haicap.kernel.ledger.chain import Head
from haicap.kernel.ledger.kinds import Kind

STREAM = "deadlines.calendar:1"


def lock_head() -> CalendarHead:
    """The head of the calendar, locked: changes happen one after another."""
    CalendarHead.objects.bulk_create([CalendarHead(id=1)], ignore_conflicts=True)
    return CalendarHead.objects.select_for_update().get(id=1)


def record_on_calendar(
    head: CalendarHead, kind: Kind, *, actor: str, at: datetime, data: dict[str, object]
) -> None:
    """One event on the calendar's stream; the head row is written."""
    end = record(
        stream=STREAM, head=Head(head.version, bytes(head.head)), kind=kind, at=at, actor=actor, data=data
    )
    head.version, head.head = end.version, end.hash
    head.save()


@action
def load_calendar(*, days: Sequence[Day], years: Sequence[int], source: str, actor: str, at: datetime) -> int:
    """Load an empty calendar: the days that are not what their weekday says, for whole years. How many.

    Refused `already_loaded` when there is one (later changes are decrees), `year_gap` for years with a gap,
    `outside_years` for a day outside them.
    """
    head = lock_head()
    if head.version:
        raise Refused(
            "already_loaded", gettext_noop("Lịch đã được nạp. Thay đổi về sau được nhập bằng văn bản.")
        )
    if not years or sorted(years) != list(range(min(years), max(years) + 1)):
        raise Refused("year_gap", gettext_noop("Các năm của lịch phải liền nhau."))
    if any(day.on.year not in years for day in days):
        raise Refused("outside_years", gettext_noop("Có ngày nằm ngoài các năm của lịch."))
    CalendarYear.objects.bulk_create(CalendarYear(year=year, recorded_at=at) for year in years)
    CalendarDay.objects.bulk_create(
        CalendarDay(
            on=d.on, kind=d.kind, name=d.name, document=d.document, evidence=d.evidence, note=d.note, recorded_at=at
        )
        for d in days
    )  # fmt: skip
    head.generation = 1
    data: dict[str, object] = {"days": len(days), "years": f"{min(years)}–{max(years)}", "source": source}
    record_on_calendar(head, events.CALENDAR_LOADED, actor=actor, at=at, data=data)
    return len(days)


def ask_recompute(head: CalendarHead, *, decree: int, since_on: date, actor: str, at: datetime) -> int:
    """A new version of the calendar, which the open clocks have still to follow; its number."""
    head.generation += 1
    head.save(update_fields=["generation"])
    Recompute.objects.create(
        generation=head.generation, decree_id=decree, since_on=since_on, actor=actor, asked_at=at
    )
    return head.generation
