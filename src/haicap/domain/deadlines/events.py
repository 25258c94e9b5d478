"""Sự kiện của phòng thời hạn: what is recorded, with its sentence and its facts."""

from __future__ import annotations

from haicap.base.words import gettext_noop
from haicap.kernel.ledger.kinds import Kind

CALENDAR_LOADED = Kind(
    "deadlines.calendar_loaded",
    gettext_noop("Nạp lịch làm việc: %(days)s ngày đặc biệt, các năm %(years)s."),
    {"days": int, "years": str, "source": str},
)
DECREE_DRAFTED = Kind(
    "deadlines.decree_drafted", gettext_noop("Lập dự thảo văn bản lịch %(number)s."), {"number": str}
)
DECREE_CHANGED = Kind(
    "deadlines.decree_changed",
    gettext_noop("Sửa dự thảo văn bản lịch: %(what)s, %(days)s ngày."),
    {"what": str, "days": int},
)
DECREE_DROPPED = Kind(
    "deadlines.decree_dropped", gettext_noop("Bỏ dự thảo văn bản lịch %(number)s."), {"number": str}
)
DECREE_ENACTED = Kind(
    "deadlines.decree_enacted",
    gettext_noop("Ghi văn bản lịch %(number)s: %(days)s ngày; lịch thành phiên bản %(generation)s."),
    {"number": str, "days": int, "generation": int},
)
DECREE_WITHDRAWN = Kind(
    "deadlines.decree_withdrawn",
    gettext_noop("Thu hồi văn bản lịch %(number)s: %(reason)s; lịch thành phiên bản %(generation)s."),
    {"number": str, "reason": str, "generation": int},
)
RECOMPUTED = Kind(
    "deadlines.recomputed",
    gettext_noop(
        "Tính lại các đồng hồ đang mở theo lịch phiên bản %(generation)s: %(moved)s trong %(clocks)s đổi hạn."
    ),
    {"generation": int, "clocks": int, "moved": int, "later": int, "earlier": int, "alarms": int},
)
HOURS_SET = Kind(
    "deadlines.hours_set",
    gettext_noop("Ghi giờ mở cửa của %(unit)s từ %(since)s."),
    {"unit": str, "since": str, "week": dict},
)
