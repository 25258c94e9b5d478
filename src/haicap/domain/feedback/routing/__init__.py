"""Phân luồng: place × subject × date → the organ that answers, with the reason. Pure; never to nobody."""

from haicap.domain.feedback.routing.route import (
    HOLDER,
    OWNER,
    SYSTEM_OWNER,
    Desk,
    Matter,
    Routed,
    Rule,
    Tried,
    route,
)

__all__ = ["HOLDER", "OWNER", "SYSTEM_OWNER", "Desk", "Matter", "Routed", "Rule", "Tried", "route"]
