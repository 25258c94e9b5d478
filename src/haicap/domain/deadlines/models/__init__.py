"""Rows of the deadlines room. No writes here: verbs are in actions/."""

from haicap.domain.deadlines.models.calendar import (
    CalendarDay,
    CalendarDecree,
    CalendarHead,
    CalendarYear,
    DecreeDay,
    OpeningHours,
)
from haicap.domain.deadlines.models.clocks import Clock, ClockDate, Recompute

__all__ = [
    "CalendarDay",
    "CalendarDecree",
    "CalendarHead",
    "CalendarYear",
    "Clock",
    "ClockDate",
    "DecreeDay",
    "OpeningHours",
    "Recompute",
]
