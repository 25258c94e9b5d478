"""Thời điểm viết ra: instants and limits as people and files write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.deadlines.reckoning.calendar import Calendar, shown
from haicap.domain.deadlines.reckoning.limits import Limit, read_limit
from haicap.domain.deadlines.reckoning.reckon import Instant, due, resumed_due

_INSTANT = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})[ T]([0-9]{2}):([0-9]{2})(?::[0-9]{2})?")


def read_instant(text: str) -> Instant:
    """ "2026-02-13 16:59" → (day as ordinal, minute of the day). Refused `bad_instant`."""
    found = _INSTANT.fullmatch(text.strip())
    try:
        if found:
            year, month, day, hour, minute = map(int, found.groups())
            if hour < 24 and minute < 60:
                return date(year, month, day).toordinal(), hour * 60 + minute
    except ValueError:
        pass
    raise Refused(
        "bad_instant",
        gettext_noop("“%(text)s” không phải là thời điểm. Xin viết như 2026-02-13 16:59."),
        params={"text": text[:30]},
    )


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A question answered: the instant as text, first without the pause; `problem` when there is no answer."""

    due: str = ""
    first_due: str = ""
    problem: Refused | None = None


class Reckoner:
    """Answers written questions; nothing is raised: one that cannot be answered has its reason in `problem`."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._limits: dict[tuple[str, str], Limit] = {}

    def _limit(self, value: str, unit: str) -> Limit:
        key = (value, unit)
        if key not in self._limits:
            self._limits[key] = read_limit(value, unit)
        return self._limits[key]

    def __call__(self, received: str, value: str, unit: str, paused: str = "", resumed: str = "") -> Reckoned:
        """One question: texts as in the columns received, value, unit, paused, resumed."""
        try:
            start = read_instant(received)
            first = due(self._calendar, start, self._limit(value, unit))
            if not paused.strip() and not resumed.strip():
                return Reckoned(shown(*first), shown(*first))
            return Reckoned(shown(*self._after_pause(start, first, paused, resumed)), shown(*first))
        except Refused as refused:
            return Reckoned(problem=refused)

    def _after_pause(self, start: Instant, first: Instant, paused: str, resumed: str) -> Instant:
        if not resumed.strip():
            raise Refused(
                "still_paused", gettext_noop("Đang tạm dừng: chưa có lúc tiếp tục nên chưa có hạn.")
            )
        if not paused.strip():
            raise Refused("no_pause", gettext_noop("Có lúc tiếp tục nhưng thiếu lúc tạm dừng."))
        return resumed_due(self._calendar, start, first, read_instant(paused), read_instant(resumed))
