"""Sắp xếp đơn vị: what an act orders, checked before it counts, and the rows it leads to. Pure.

One line of an act is one movement: a unit (by its code on the day before) goes whole or in part to a unit (by its
code from the day of effect), or goes on under another name or kind. A unit formed by merging or division is a new
unit, also where it keeps name and code (the rule of the resolutions of 16 June 2025).
"""

from haicap.domain.units.rearrangement.check import Finding, check
from haicap.domain.units.rearrangement.lines import KINDS_OF_TIER, RELATIONS, Line, Order, Target, full_name
from haicap.domain.units.rearrangement.plan import Plan, plan

__all__ = [
    "KINDS_OF_TIER",
    "RELATIONS",
    "Finding",
    "Line",
    "Order",
    "Plan",
    "Target",
    "check",
    "full_name",
    "plan",
]
