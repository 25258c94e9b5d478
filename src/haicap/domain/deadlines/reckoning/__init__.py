"""Cách tính thời hạn: pure. Minutes of office time as whole numbers, days as ordinals; a proof on request."""

from haicap.domain.deadlines.reckoning.calendar import (
    CLOSE,
    NOON,
    OPEN,
    REOPEN,
    Calendar,
    Day,
    packaged_calendar,
)
from haicap.domain.deadlines.reckoning.limits import Limit, LimitUnit, read_limit
from haicap.domain.deadlines.reckoning.reckon import due, resumed_due
from haicap.domain.deadlines.reckoning.written import Reckoned, Reckoner, read_instant

__all__ = [
    "CLOSE",
    "NOON",
    "OPEN",
    "REOPEN",
    "Calendar",
    "Day",
    "Limit",
    "LimitUnit",
    "Reckoned",
    "Reckoner",
    "due",
    "packaged_calendar",
    "read_instant",
    "read_limit",
    "resumed_due",
]
