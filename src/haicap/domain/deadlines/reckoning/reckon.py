"""Tính hạn: from an instant of receipt and a limit to the instant it is due.

Rules (docs/contracts.md, § Time), each with its basis:
- a receipt outside office hours counts from the next office instant, for every unit;
- the first day is not counted (Civil Code 91/2015/QH13, điều 147 khoản 2);
- a limit in days or months ending on a day off ends on the next working day (điều 148 khoản 5), at the close;
- same-day: received before 15:00 today, else the next working day (Decree 118/2025/NĐ-CP, điều 17).
Instants are pairs (day as ordinal, minute of the day). Cost: some ten integer operations and two array look-ups.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.deadlines.reckoning.calendar import CLOSE, Calendar
from haicap.domain.deadlines.reckoning.limits import Limit, LimitUnit

SAME_DAY_UNTIL = 15 * 60
HALF_DAY = 4 * 60
Instant = tuple[int, int]


def due(calendar: Calendar, received: Instant, limit: Limit) -> Instant:
    """When `limit` from `received` is due. Refused `no_calendar` outside the known years."""
    day, minute = calendar.shift(*received)
    unit = limit.unit
    if unit is LimitUnit.WORKING_DAYS:
        return _working_days(calendar, day, minute, limit)
    if unit is LimitUnit.DAYS:
        return calendar.from_day(day + limit.whole), CLOSE
    if unit is LimitUnit.WORKING_HOURS:
        return calendar.after_minutes(day, minute, limit.halves * 30)
    if unit is LimitUnit.MONTHS:
        return calendar.from_day(months_later(day, limit.whole)), CLOSE
    return (day if minute < SAME_DAY_UNTIL else calendar.next_after(day)), CLOSE


def _working_days(calendar: Calendar, day: int, minute: int, limit: Limit) -> Instant:
    """N days end at a close; a half more takes four hours from the next opening (0.5 day: from the receipt)."""
    if not limit.whole:
        return calendar.after_minutes(day, minute, HALF_DAY)
    last = calendar.nth(day, limit.whole)
    return calendar.after_minutes(last, CLOSE, HALF_DAY) if limit.half else (last, CLOSE)


def months_later(day: int, months: int) -> int:
    """The same day number `months` later (ordinals), or the last day of that month."""
    start = date.fromordinal(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1])).toordinal()


def resumed_due(
    calendar: Calendar, received: Instant, first_due: Instant, paused: Instant, resumed: Instant
) -> Instant:
    """The new due instant after a pause: the office minutes left at the pause run again from the resume.

    Refused `paused_before_receipt`, `paused_too_late`, `resumed_before_pause`.
    """
    if paused < received:
        raise Refused(
            "paused_before_receipt", gettext_noop("Tạm dừng trước lúc tiếp nhận. Xin xem lại hai thời điểm.")
        )
    if paused >= first_due:
        raise Refused(
            "paused_too_late",
            gettext_noop("Tạm dừng khi đã đến hạn hoặc quá hạn: không còn thời gian để dừng."),
        )
    if resumed < paused:
        raise Refused(
            "resumed_before_pause", gettext_noop("Tiếp tục trước lúc tạm dừng. Xin xem lại hai thời điểm.")
        )
    left = calendar.office_minutes(*first_due) - calendar.office_minutes(*paused)
    return calendar.after_minutes(*calendar.shift(*resumed), left)
