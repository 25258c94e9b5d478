"""Còn bao lâu: the time left of a dossier in working days, as a word, a tone and a shape."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext, ngettext

from haicap.base.dates import HANOI, today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.deadlines import queries as deadlines
from haicap.domain.dossiers.queries.worklists import Bounds, TimeLeft, time_left
from haicap.web.desk.words import LEFT_TONES

PAUSED = {
    1: gettext_noop("chưa tiếp nhận"),
    5: gettext_noop("chờ người nộp"),
    6: gettext_noop("chờ nộp phí"),
    9: gettext_noop("đã xong"),
}
OVER = gettext_noop("không tính")
NO_DATE = gettext_noop("chưa có ngày hẹn")


@dataclass(frozen=True, slots=True)
class Remaining:
    """What a list says: tone of the tag ("" = plain text), word, whether the tag is there at all."""

    left: TimeLeft
    tone: str
    word: str


def remaining(state: int, due_at: datetime | None, known: Bounds) -> Remaining:
    """The time left of one dossier."""
    left = time_left(state, due_at, known)
    return Remaining(left, LEFT_TONES[left], _word(left, state, due_at, known))


def _word(left: TimeLeft, state: int, due_at: datetime | None, known: Bounds) -> str:
    if left is TimeLeft.NONE or due_at is None:
        return gettext(PAUSED.get(state, OVER if state in (3, 7, 8, 10) else NO_DATE))
    if left is TimeLeft.TODAY:
        return gettext("hôm nay %(time)s") % {"time": f"{due_at.astimezone(HANOI):%H:%M}"}
    now, due = today(known.now), today(due_at)
    if left is TimeLeft.LATE:
        days = working_days(due, now)
        if days == 0:
            return gettext("quá giờ hẹn")
        return ngettext("quá %(n)s ngày làm việc", "quá %(n)s ngày làm việc", days) % {"n": days}
    days = working_days(now, due)
    return ngettext("còn %(n)s ngày làm việc", "còn %(n)s ngày làm việc", days) % {"n": days}


def working_days(after: date, until: date) -> int:
    """How many working days lie after the one day up to the other; plain days where no calendar is known."""
    try:
        return deadlines.calendar().between(after.toordinal(), until.toordinal())
    except Refused:
        return (until - after).days
