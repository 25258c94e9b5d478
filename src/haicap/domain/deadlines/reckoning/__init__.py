"""Cách tính thời hạn: pure. Minutes of office time as whole numbers, days as ordinals; a proof on request."""

from haicap.domain.deadlines.reckoning.calendar import (
    CLOSE,
    NOON,
    OPEN,
    PACKAGED_YEARS,
    REOPEN,
    Calendar,
    Day,
    packaged_calendar,
    packaged_days,
    shown,
)
from haicap.domain.deadlines.reckoning.instants import instant_of, moment_of
from haicap.domain.deadlines.reckoning.limits import Limit, LimitUnit, read_limit
from haicap.domain.deadlines.reckoning.proof import Mark, Proof, ProofDay, Step, Why, prove
from haicap.domain.deadlines.reckoning.reckon import Instant, due, resumed_due
from haicap.domain.deadlines.reckoning.rules import Rule
from haicap.domain.deadlines.reckoning.sums import (
    Pause,
    after_pauses,
    due_of_sum,
    read_parts,
    replayed,
    sum_of,
    written_parts,
)
from haicap.domain.deadlines.reckoning.written import Reckoned, Reckoner, read_instant

__all__ = [
    "CLOSE",
    "NOON",
    "OPEN",
    "PACKAGED_YEARS",
    "REOPEN",
    "Calendar",
    "Day",
    "Instant",
    "Limit",
    "LimitUnit",
    "Mark",
    "Pause",
    "Proof",
    "ProofDay",
    "Reckoned",
    "Reckoner",
    "Rule",
    "Step",
    "Why",
    "after_pauses",
    "due",
    "due_of_sum",
    "instant_of",
    "moment_of",
    "packaged_calendar",
    "packaged_days",
    "prove",
    "read_instant",
    "read_limit",
    "read_parts",
    "replayed",
    "resumed_due",
    "shown",
    "sum_of",
    "written_parts",
]
