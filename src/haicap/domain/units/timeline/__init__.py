"""Đơn vị theo thời gian: the register as immutable values in memory. Pure: no Django, no clock, no writes."""

from haicap.domain.units.timeline.model import (
    CONFIRMED,
    HORIZON,
    TIERS,
    UNCONFIRMED,
    Changes,
    Edge,
    Fate,
    Lineage,
    Version,
)
from haicap.domain.units.timeline.register import Register, check_day

__all__ = [
    "CONFIRMED",
    "HORIZON",
    "TIERS",
    "UNCONFIRMED",
    "Changes",
    "Edge",
    "Fate",
    "Lineage",
    "Register",
    "Version",
    "check_day",
]
