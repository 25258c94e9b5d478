"""Đồng hồ của hồ sơ: what a verb of this room asks of the deadlines room, and the columns that follow from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from haicap.base.refused import Refused
from haicap.domain.deadlines import actions as deadlines
from haicap.domain.deadlines.actions import Told
from haicap.domain.deadlines.reckoning import Limit, LimitUnit
from haicap.domain.dossiers.policy import Taken


def due_text(told: Told | None) -> str:
    """The instant as an event carries it; empty when nothing is promised."""
    return told.due_at.isoformat() if told and told.due_at else ""


def start(row: Taken, parts: Sequence[Limit], *, actor: str, at: datetime) -> tuple[Told, dict[str, Any]]:
    """Start the first clock at receipt."""
    told = deadlines.start_clock(stream=row.stream, received_at=at, parts=parts, actor=actor, at=at, n=1)
    return told, {"clock": 1, "due_at": told.due_at, "promised_at": told.due_at, "alarm": str(told.alarm)}


def pause(row: Taken, *, actor: str, at: datetime) -> None:
    """Pause what runs. What is already overdue is not paused: it stays late, and the request goes out all the same."""
    if not row.clock:
        return
    try:
        deadlines.pause_clock(stream=row.stream, actor=actor, at=at, n=row.clock)
    except Refused as refused:
        if refused.code != "paused_too_late":
            raise


def resume(row: Taken, *, actor: str, at: datetime) -> tuple[Told | None, dict[str, Any]]:
    """Let the clock run on; one that was overdue was never paused and stays due when it was."""
    if not row.clock:
        return None, {}
    try:
        told = deadlines.resume_clock(stream=row.stream, actor=actor, at=at, n=row.clock)
    except Refused as refused:
        if refused.code != "not_paused":
            raise
        return Told(row.due_at, row.alarm), {}
    changes: dict[str, Any] = {"due_at": told.due_at, "alarm": str(told.alarm)}
    if row.promised_at is None and told.due_at is not None:
        changes["promised_at"] = told.due_at
    return told, changes


def extend(row: Taken, parts: Sequence[Limit], *, actor: str, at: datetime) -> tuple[Told, dict[str, Any]]:
    """Stop the clock and start the next one at the old due instant with the added limit.

    Two working days added to Monday 17:00 are due on Wednesday: added days count from the day after the old one. An
    office that closes at 17:00 would take what reaches it then as of the next morning, so the clock of added days
    starts a minute before; added hours count from the instant itself.
    """
    assert row.due_at is not None  # judged by the verb
    hours = parts[0].unit is LimitUnit.WORKING_HOURS or parts[0].half
    since = row.due_at if hours else row.due_at - timedelta(minutes=1)
    deadlines.stop_clock(stream=row.stream, actor=actor, at=at, n=row.clock)
    told = deadlines.start_clock(
        stream=row.stream, received_at=since, parts=parts, actor=actor, at=at, n=row.clock + 1
    )
    return told, {"clock": row.clock + 1, "due_at": told.due_at, "alarm": str(told.alarm)}


def stop(row: Taken, *, actor: str, at: datetime) -> None:
    """The end of the clock that runs, if any."""
    if row.clock:
        deadlines.stop_clock(stream=row.stream, actor=actor, at=at, n=row.clock)
