"""Chữ của lịch và thời hạn: weekdays, kinds of days, marks of a proof and limits, in the language of the page."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext, ngettext

from haicap.base.words import gettext_noop

WEEKDAYS = (
    gettext_noop("thứ Hai"),
    gettext_noop("thứ Ba"),
    gettext_noop("thứ Tư"),
    gettext_noop("thứ Năm"),
    gettext_noop("thứ Sáu"),
    gettext_noop("thứ Bảy"),
    gettext_noop("Chủ nhật"),
)
SHORT = (
    gettext_noop("T2"),
    gettext_noop("T3"),
    gettext_noop("T4"),
    gettext_noop("T5"),
    gettext_noop("T6"),
    gettext_noop("T7"),
    gettext_noop("CN"),
)
KINDS = {
    "holiday": gettext_noop("nghỉ lễ"),
    "compensated": gettext_noop("nghỉ bù"),
    "swapped": gettext_noop("nghỉ hoán đổi"),
    "working": gettext_noop("làm bù"),
    "ordinary": gettext_noop("như ngày thường"),
}
UNITS = {
    "working_days": gettext_noop("ngày làm việc"),
    "working_hours": gettext_noop("giờ làm việc"),
    "days": gettext_noop("ngày"),
    "months": gettext_noop("tháng"),
    "same_day": gettext_noop("trong ngày"),
}


def weekday(day: date) -> str:
    """ "thứ Hai"."""
    return gettext(WEEKDAYS[day.weekday()])


def short_weekdays() -> list[str]:
    """The seven short words, Monday first."""
    return [gettext(word) for word in SHORT]


def kind(value: str) -> str:
    """Kind of a day."""
    return gettext(KINDS[value]) if value in KINDS else value


def unit(value: str) -> str:
    """Unit of a limit."""
    return gettext(UNITS[value]) if value in UNITS else value


def minutes(number: int) -> str:
    """ "2 giờ 30 phút"."""
    hours, rest = divmod(number, 60)
    words = [ngettext("%(n)s giờ", "%(n)s giờ", hours) % {"n": hours}] if hours else []
    words += [ngettext("%(n)s phút", "%(n)s phút", rest) % {"n": rest}] if rest or not hours else []
    return " ".join(words)


def clock_face(minute: int) -> str:
    """ "16:59"."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def kinds() -> list[tuple[str, str]]:
    """(value, word) of every kind of day."""
    return [(value, gettext(word)) for value, word in KINDS.items()]
