"""Tổng các phần và tạm dừng: limits of several parts, and pauses replayed in their order.

A sum ("15 ngày + 8 ngày làm việc") runs its parts one after another: the end of a part is the receipt of the
next, under the same rules. A part that ends at a close (17:00, outside office time) is therefore received by the
next at the following opening, whose day is the uncounted first day. No text of law on sums was seen; so nothing
is merged and nothing promised earlier than this reading allows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.deadlines.reckoning.calendar import Calendar
from haicap.domain.deadlines.reckoning.limits import Limit, LimitUnit, read_limit
from haicap.domain.deadlines.reckoning.reckon import Instant, due, resumed_due

MOST_PARTS = 8
Pause = tuple[Instant, Instant | None]  # from, until; None: still paused
LETTERS = {
    LimitUnit.WORKING_DAYS: "w",
    LimitUnit.WORKING_HOURS: "h",
    LimitUnit.DAYS: "d",
    LimitUnit.MONTHS: "m",
    LimitUnit.SAME_DAY: "s",
}
_UNITS = {letter: unit for unit, letter in LETTERS.items()}
_PART = re.compile(r"([0-9]{1,4}(?:\.5)?)?([whdms])")


def written_parts(parts: Sequence[Limit]) -> str:
    """The short form rows carry: "15d+8w", "0.5w", "s"; empty for no limit."""
    return "+".join(_written(part) for part in parts)


def _written(part: Limit) -> str:
    if part.unit is LimitUnit.SAME_DAY:
        return "s"
    return f"{part.whole}{'.5' * part.half}{LETTERS[part.unit]}"


def read_parts(text: str) -> tuple[Limit, ...]:
    """The parts of a short form. Refused `bad_limit`."""
    found = [_PART.fullmatch(part) for part in text.split("+")]
    if len(found) > MOST_PARTS or not all(found):
        raise Refused(
            "bad_limit",
            gettext_noop("Thời hạn “%(value)s” không dùng được. Xin ghi từng phần gồm một số và một đơn vị."),
            params={"value": text[:20]},
        )
    return tuple(read_limit(m[1] or "", _UNITS[m[2]]) for m in found if m)


def sum_of(parts: Iterable[tuple[str, str]]) -> tuple[Limit, ...]:
    """Parts as (value, unit) texts. Refused `no_limit`, `too_many_parts`, `bad_limit`, `bad_unit`."""
    limits = tuple(read_limit(value, unit) for value, unit in parts)
    if not limits:
        raise Refused("no_limit", gettext_noop("Chưa biết thời hạn giải quyết: không tính và không hẹn."))
    if len(limits) > MOST_PARTS:
        raise Refused(
            "too_many_parts",
            gettext_noop("Thời hạn có quá %(most)s phần. Xin xem lại."),
            params={"most": MOST_PARTS},
        )
    return limits


def due_of_sum(calendar: Calendar, received: Instant, parts: Sequence[Limit]) -> Instant:
    """When a sum is due: the end of each part is the receipt of the next. Refused `no_calendar`."""
    at = received
    for part in parts:
        at = due(calendar, at, part)
    return at


def after_pauses(
    calendar: Calendar, received: Instant, first_due: Instant, pauses: Iterable[Pause], *, past: bool = False
) -> Instant:
    """The due instant after pauses in their order; one still open leaves it where it stood.

    past: the pauses were granted under an older calendar and are only replayed: one that now begins at or after
    the due instant finds nothing left to keep and is passed over. Otherwise it is Refused `paused_too_late`;
    Refused `paused_twice` for one that begins before the pause before it ended.
    """
    at, since = first_due, received
    for n, (paused, resumed) in enumerate(pauses):
        if n and paused < since:
            raise Refused(
                "paused_twice",
                gettext_noop(
                    "Tạm dừng lần sau bắt đầu khi lần trước chưa kết thúc. Xin xem lại các thời điểm."
                ),
            )
        if resumed is None:
            if not past:
                resumed_due(calendar, since, at, paused, paused)  # judged, not moved
            break
        if not (past and paused >= at):
            at = resumed_due(calendar, since, at, paused, resumed)
        since = resumed
    return at


def replayed(
    calendar: Calendar, received: Instant, parts: Sequence[Limit], pauses: Iterable[Pause] = ()
) -> Instant:
    """The due instant of a clock under a calendar, its pauses as they were granted."""
    return after_pauses(calendar, received, due_of_sum(calendar, received, parts), pauses, past=True)
