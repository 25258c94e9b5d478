"""Đồng hồ của phiếu: triage, first question, answer and publication, each in working days through `deadlines`."""

from __future__ import annotations

from datetime import datetime

from haicap.base.refused import Refused
from haicap.domain.deadlines import actions as deadlines
from haicap.domain.deadlines.actions import Told
from haicap.domain.deadlines.reckoning import Limit, LimitUnit
from haicap.domain.feedback.models import Ticket
from haicap.domain.feedback.states import DAYS, Clock, clock_number

BEGUN = (Clock.TRIAGE, Clock.ASK, Clock.ANSWER)


def _limit(clock: Clock) -> tuple[Limit, ...]:
    return (Limit(2 * DAYS[clock], LimitUnit.WORKING_DAYS),)


def _start(row: Ticket, clock: Clock, *, actor: str, at: datetime) -> Told:
    return deadlines.start_clock(
        stream=row.stream,
        received_at=at,
        parts=_limit(clock),
        actor=actor,
        at=at,
        n=clock_number(row.hop, clock),
    )


def begin(row: Ticket, *, actor: str, at: datetime) -> None:
    """A hop begins: filed, transferred, reopened. Three clocks; the row shows the first and promises the last."""
    told = {clock: _start(row, clock, actor=actor, at=at) for clock in BEGUN}
    row.due_at, row.answer_due_at = told[Clock.TRIAGE].due_at, told[Clock.ANSWER].due_at
    row.alarm = str(told[Clock.ANSWER].alarm)


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
    row.due_at = _start(row, Clock.PUBLISH, actor=actor, at=at).due_at


def due_text(at: datetime | None) -> str:
    """An instant as an event carries it."""
    return at.isoformat() if at else ""
