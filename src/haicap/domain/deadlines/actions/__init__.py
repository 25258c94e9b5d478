"""Động từ: the only writers of this room."""

from haicap.domain.deadlines.actions.calendar import load_calendar
from haicap.domain.deadlines.actions.clocks import (
    Told,
    pause_clock,
    resume_clock,
    set_limit,
    start_clock,
    start_clocks,
    stop_clock,
)
from haicap.domain.deadlines.actions.decrees import (
    Line,
    change_decree,
    draft_decree,
    drop_decree,
    enact_decree,
    put_days,
    withdraw_decree,
)
from haicap.domain.deadlines.actions.hours import set_opening_hours
from haicap.domain.deadlines.actions.recomputing import finish_recompute

__all__ = [
    "Line",
    "Told",
    "change_decree",
    "draft_decree",
    "drop_decree",
    "enact_decree",
    "finish_recompute",
    "load_calendar",
    "pause_clock",
    "put_days",
    "resume_clock",
    "set_limit",
    "set_opening_hours",
    "start_clock",
    "start_clocks",
    "stop_clock",
    "withdraw_decree",
]
