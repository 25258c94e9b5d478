"""Chứng minh: every day between the receipt and the due instant, what it counted for and why, rule by rule.

The proof walks day by day and knows the due instant only to end there; tests hold that both agree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from haicap.domain.deadlines.reckoning.calendar import CLOSE, NOON, OPEN, REOPEN, Calendar, Day
from haicap.domain.deadlines.reckoning.limits import Limit, LimitUnit
from haicap.domain.deadlines.reckoning.reckon import Instant, due, months_later
from haicap.domain.deadlines.reckoning.rules import MOVES, Rule, rules_of
from haicap.domain.deadlines.reckoning.sums import Pause, after_pauses


class Mark(StrEnum):
    """What a day did."""

    BEFORE = "before"  # the receipt lay outside office time: not received yet
    FIRST = "first"  # the day of receipt, not counted
    COUNTED = "counted"  # counted, whole or by its minutes
    OFF = "off"  # a day off, skipped
    MOVED = "moved"  # the limit ended on a day off: the end moves over this day
    PAUSED = "paused"  # the clock stood still


class Why(StrEnum):
    """Why a day is what it is in the calendar."""

    WORKING = "working_day"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    COMPENSATED = "compensated"
    SWAPPED = "swapped"
    SWAPPED_IN = "working"  # a day off that is worked
    ORDINARY = "ordinary"  # taken back by a later document: as its weekday says


@dataclass(frozen=True, slots=True)
class ProofDay:
    """One day: `on` (ordinal); number of the counted day within its part (0: none); office minutes counted by hours."""

    on: int
    mark: Mark
    why: Why
    part: int = 0
    number: int = 0
    minutes: int = 0
    day: Day | None = None
    due: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One part of the limit, or the rest after a pause: from the instant it began to its end."""

    limit: Limit | None
    start: Instant
    shifted: Instant
    end: Instant
    minutes_left: int = 0


@dataclass(frozen=True, slots=True)
class Proof:
    """Why something is due when it is. `first_due` is the instant without the pauses."""

    received: Instant
    shifted: Instant
    first_due: Instant
    due: Instant
    steps: tuple[Step, ...]
    days: tuple[ProofDay, ...]
    rules: tuple[Rule, ...]
    calendar_version: int
    paused: bool = False  # still paused: the due instant is where it stood

    @property
    def unconfirmed(self) -> tuple[Day, ...]:
        """Days of the calendar on the way whose document was not read."""
        return tuple(d.day for d in self.days if d.day and d.day.evidence == "unconfirmed")


def why(calendar: Calendar, on: int) -> tuple[Why, Day | None]:
    """What the calendar says of a day (ordinal), and the row that says so when it is not just its weekday."""
    day = calendar.special_on(on)
    if day is not None and day.kind != Why.ORDINARY:
        return Why(day.kind), day
    return (Why.WORKING if calendar.is_working(on) else Why.WEEKEND), day


def prove(
    calendar: Calendar,
    received: Instant,
    parts: Sequence[Limit],
    pauses: Sequence[Pause] = (),
    *,
    past: bool = False,
) -> Proof:
    """The proof of a deadline. Refused as `due_of_sum` and `after_pauses` (`past`: as there)."""
    steps: list[Step] = []
    days: list[ProofDay] = []
    at = received
    for n, part in enumerate(parts):
        end = due(calendar, at, part)
        steps.append(Step(part, at, calendar.shift(*at), end))
        days += _part_days(calendar, steps[-1], part, n)
        at = end
    first = at
    after_pauses(calendar, received, first, pauses, past=past)  # judged as a whole before it is drawn
    for n, pause in enumerate(pauses):
        if pause[0] >= at:
            continue  # granted under an older calendar: nothing was left to keep
        at = _pause(calendar, at, pause, steps, days, received if n == 0 else steps[-1].start)
    last = next((i for i in reversed(range(len(days))) if days[i].on == at[0]), None)
    if last is not None:
        days[last] = _changed(days[last], due=True)
    moved = any(d.mark is Mark.MOVED for d in days)
    still = bool(pauses) and pauses[-1][1] is None
    return Proof(
        received, steps[0].shifted, first, at, tuple(steps), tuple(_once(days)),
        tuple(r for r in rules_of(calendar, received, parts, pauses) if r is not MOVES or moved),
        calendar.version, still,
    )  # fmt: skip


def _changed(day: ProofDay, *, mark: Mark | None = None, due: bool | None = None) -> ProofDay:
    return ProofDay(
        day.on, mark or day.mark, day.why, day.part, day.number, day.minutes, day.day,
        day.due if due is None else due,
    )  # fmt: skip


def _once(days: list[ProofDay]) -> list[ProofDay]:
    """A day on which one part ends and the next begins stands once for each; equal rows once."""
    return [d for i, d in enumerate(days) if not i or d != days[i - 1]]


def _part_days(calendar: Calendar, step: Step, limit: Limit, part: int) -> list[ProofDay]:
    """The days of one part from its receipt to its end."""
    found: list[ProofDay] = []
    number = 0
    first = step.start[0] + (
        part > 0 and step.shifted[0] > step.start[0]
    )  # the day before ended the part before
    for on in range(first, step.end[0] + 1):
        reason, day = why(calendar, on)
        mark, minutes = _mark(calendar, step, limit, on, number), 0
        if mark is Mark.COUNTED:
            if by_minutes(limit, number):
                minutes = minutes_on(on, step.shifted, step.end)
            else:
                number += 1
        found.append(ProofDay(on, mark, reason, part, 0 if minutes else number * (mark is Mark.COUNTED),
                              minutes, day))  # fmt: skip
    return found


def by_minutes(limit: Limit, number: int) -> bool:
    """Whether what is left of a limit after `number` whole days runs in office minutes."""
    if limit.unit is LimitUnit.WORKING_HOURS:
        return True
    return limit.unit is LimitUnit.WORKING_DAYS and limit.half and number >= limit.whole


def _mark(calendar: Calendar, step: Step, limit: Limit, on: int, number: int) -> Mark:
    if on < step.shifted[0]:
        return Mark.BEFORE
    works = calendar.is_working(on)
    if by_minutes(limit, number):
        if on == step.shifted[0] and limit.whole and limit.unit is LimitUnit.WORKING_DAYS:
            return Mark.FIRST
        return Mark.COUNTED if works else Mark.OFF
    if limit.unit is LimitUnit.SAME_DAY:
        return Mark.COUNTED if on == step.end[0] else Mark.FIRST if on == step.shifted[0] else Mark.OFF
    if on == step.shifted[0]:
        return Mark.FIRST
    if limit.unit is LimitUnit.WORKING_DAYS:
        return Mark.COUNTED if works else Mark.OFF
    return Mark.COUNTED if on <= _calendar_end(step, limit) else Mark.MOVED


def _calendar_end(step: Step, limit: Limit) -> int:
    """The day a limit in days or months ends on before it is moved."""
    day = step.shifted[0]
    return day + limit.whole if limit.unit is LimitUnit.DAYS else months_later(day, limit.whole)


def minutes_on(on: int, start: Instant, end: Instant) -> int:
    """Office minutes of a working day that lie in [start, end)."""
    low = start[1] if on == start[0] else 0
    high = end[1] if on == end[0] else CLOSE
    morning = min(high, NOON) - max(low, OPEN)
    afternoon = min(high, CLOSE) - max(low, REOPEN)
    return max(morning, 0) + max(afternoon, 0)


def _pause(
    calendar: Calendar, at: Instant, pause: Pause, steps: list[Step], days: list[ProofDay], since: Instant
) -> Instant:
    """Cut the days at the pause, stand still, and let what is left run again; the new due instant."""
    paused, resumed = pause
    _cut(days, at, paused)
    if resumed is None:
        days.append(_still(calendar, paused[0]))
        return at
    left = calendar.office_minutes(*at) - calendar.office_minutes(*paused)
    shifted = calendar.shift(*resumed)
    end = after_pauses(calendar, since, at, [pause])
    days += [_still(calendar, on) for on in range(paused[0], shifted[0])]
    step = Step(None, resumed, shifted, end, left)
    steps.append(step)
    for on in range(shifted[0], end[0] + 1):
        reason, day = why(calendar, on)
        minutes = minutes_on(on, shifted, end) if calendar.is_working(on) else 0
        mark = Mark.COUNTED if calendar.is_working(on) else Mark.OFF
        days.append(ProofDay(on, mark, reason, len(steps) - 1, 0, minutes, day))
    return end


def _cut(days: list[ProofDay], at: Instant, paused: Instant) -> None:
    """Leave only what was counted before the pause; of the day of the pause its minutes until then."""
    while days and days[-1].on > paused[0]:
        days.pop()
    if not days or days[-1].on != paused[0] or days[-1].mark is not Mark.COUNTED:
        return
    d = days.pop()
    gone = minutes_on(d.on, paused, (d.on, at[1] if at[0] == d.on else CLOSE))
    minutes = d.minutes - gone if d.minutes else minutes_on(d.on, (d.on, 0), paused)
    if minutes > 0:
        days.append(ProofDay(d.on, d.mark, d.why, d.part, 0, minutes, d.day))


def _still(calendar: Calendar, on: int) -> ProofDay:
    reason, day = why(calendar, on)
    return ProofDay(on, Mark.PAUSED, reason, day=day)
