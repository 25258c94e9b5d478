"""Đồng hồ của phiếu: triage, first question, answer and publication, each in working days through `deadlines`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from haicap.base.refused import Refused
from haicap.domain.deadlines import actions as deadlines
from haicap.domain.deadlines.actions import Told
from haicap.domain.deadlines.reckoning import Limit, LimitUnit
from haicap.domain.feedback.models import Ticket
from haicap.domain.feedback.states import DAYS, Clock, clock_number

BEGUN = (Clock.TRIAGE, Clock.ASK, Clock.ANSWER)


_LIMITS = {clock: (Limit(2 * days, LimitUnit.WORKING_DAYS),) for clock, days in DAYS.items()}


@dataclass(frozen=True, slots=True)
class Begun:
    """What the row of a ticket shows of a hop that begins: the first clock, and the promise with its alarm."""

    due_at: datetime | None
    answer_due_at: datetime | None
    alarm: str


def started(stream: str, hop: int, *, actor: str, at: datetime) -> Begun:
    """The three clocks of a hop that begins: filed, transferred, reopened. One statement. Refused `already_started`."""
    limits = {clock_number(hop, clock): _LIMITS[clock] for clock in BEGUN}
    told = deadlines.start_clocks(stream=stream, received_at=at, limits=limits, actor=actor, at=at)
    first, answer = told[clock_number(hop, Clock.TRIAGE)], told[clock_number(hop, Clock.ANSWER)]
    return Begun(first.due_at, answer.due_at, str(answer.alarm))


def begin(row: Ticket, *, actor: str, at: datetime) -> None:
    """The same for a ticket there is; the row shows it."""
    begun = started(row.stream, row.hop, actor=actor, at=at)
    row.due_at, row.answer_due_at, row.alarm = begun.due_at, begun.answer_due_at, begun.alarm


def _stop(row: Ticket, clock: Clock, *, actor: str, at: datetime) -> Told | None:
    try:
        return deadlines.stop_clock(stream=row.stream, actor=actor, at=at, n=clock_number(row.hop, clock))
    except Refused as refused:
        if refused.code not in ("already_stopped", "not_found"):
            raise
        return None


def stop(row: Ticket, *clocks: Clock, actor: str, at: datetime) -> bool:
    """Stop clocks of the hop; whether the last one named was over its time."""
    late = False
    for clock in clocks:
        told = _stop(row, clock, actor=actor, at=at)
        late = told is not None and told.due_at is not None and at > told.due_at
    return late


def pause(row: Ticket, *, actor: str, at: datetime) -> None:
    """The answer waits for the sender. What is already late stays late."""
    try:
        deadlines.pause_clock(stream=row.stream, actor=actor, at=at, n=clock_number(row.hop, Clock.ANSWER))
    except Refused as refused:
        if refused.code != "paused_too_late":
            raise


def resume(row: Ticket, *, actor: str, at: datetime) -> None:
    """The sender answered: the time left runs again."""
    try:
        told = deadlines.resume_clock(
            stream=row.stream, actor=actor, at=at, n=clock_number(row.hop, Clock.ANSWER)
        )
    except Refused as refused:
        if refused.code != "not_paused":
            raise
        return
    row.answer_due_at, row.alarm = told.due_at, str(told.alarm)


def await_publication(row: Ticket, *, actor: str, at: datetime) -> None:
    """Two working days from the approval."""
    told = deadlines.start_clock(
        stream=row.stream, received_at=at, parts=_LIMITS[Clock.PUBLISH], actor=actor, at=at,
        n=clock_number(row.hop, Clock.PUBLISH),
    )  # fmt: skip
    row.due_at = told.due_at


def due_text(at: datetime | None) -> str:
    """An instant as an event carries it."""
    return at.isoformat() if at else ""
