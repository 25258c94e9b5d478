"""Ngày và giờ: half-open spans of days, reading and writing dates as Viet Nam does."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")

_VIETNAMESE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True, slots=True)
class Span:
    """Days [start, end): half-open; None means unbounded on that side."""

    start: date | None = None
    end: date | None = None

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        return (self.start is None or self.start <= day) and (self.end is None or day < self.end)

    def overlaps(self, other: Span) -> bool:
        """True when the two share at least one day."""
        starts_before = self.start is None or other.end is None or self.start < other.end
        ends_after = self.end is None or other.start is None or other.start < self.end
        return starts_before and ends_after


def read_date(text: str) -> date:
    """Read "2025-07-01" or "01/07/2025" (day first). Refused `bad_date` for anything else."""
    text = text.strip()
    try:
        if m := _ISO.fullmatch(text):
            return date(int(m[1]), int(m[2]), int(m[3]))
        if m := _VIETNAMESE.fullmatch(text):
            return date(int(m[3]), int(m[2]), int(m[1]))
    except ValueError:
        pass
    raise Refused(
        "bad_date",
        gettext_noop("“%(text)s” không phải là ngày. Xin viết như 01/07/2025 hoặc 2025-07-01."),
        params={"text": text[:40]},
    )


def show_date(day: date | None) -> str:
    """dd/mm/yyyy; empty for None."""
    return f"{day:%d/%m/%Y}" if day else ""


def today(at: datetime) -> date:
    """The day in Viet Nam at the instant `at` (aware)."""
    return at.astimezone(HANOI).date()
