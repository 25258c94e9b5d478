"""Nạp nhiều đồng hồ: clocks of streams that are loaded whole, with their ends."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from haicap.domain.deadlines import queries
from haicap.domain.deadlines.actions.clocks import Told, reckoned
from haicap.domain.deadlines.reckoning import Limit, written_parts
from haicap.domain.deadlines.states import ClockState
from haicap.kernel.ledger.actions.loading import copy

_CLOCKS = """COPY deadlines_clock
(stream, n, received_at, parts, pauses, due_at, promised_at, calendar_version, state, alarm, stopped_at) FROM STDIN"""


@dataclass(frozen=True, slots=True)
class Timed:
    """A clock that is loaded: its limit, since when, whether it is paused, when it ended."""

    stream: str
    received_at: datetime
    parts: Sequence[Limit]
    told: Told
    paused_at: datetime | None = None
    stopped_at: datetime | None = None


def due_after(received_at: datetime, parts: Sequence[Limit]) -> Told:
    """What a clock started then would promise, by the calendar in force."""
    return reckoned(queries.calendar(), received_at, parts)


def load_clocks(clocks: Iterable[Timed]) -> None:
    """Write clocks of a bulk verb, in its transaction."""
    version = queries.calendar().version
    copy(_CLOCKS, (_row(clock, version) for clock in clocks))


def _row(clock: Timed, version: int) -> Sequence[Any]:
    pauses = [clock.paused_at] if clock.paused_at else []
    state = ClockState.PAUSED if pauses else ClockState.RUNNING
    if clock.told.due_at is None:
        state = ClockState.NO_LIMIT
    if clock.stopped_at is not None:
        state = ClockState.STOPPED
    return (
        clock.stream, 1, clock.received_at, written_parts(clock.parts), pauses, clock.told.due_at, clock.told.due_at,
        version, state.value, str(clock.told.alarm), clock.stopped_at,
    )  # fmt: skip
