"""Cơ quan theo quy định: which organs a unit has, by rule of Decree 150/2025/NĐ-CP and Law 72/2025/QH15. Pure."""

from haicap.domain.units.organs.kinds import KINDS, MINISTRIES, Kind, Role
from haicap.domain.units.organs.rules import OrganSpec, organs_of, two_tier_days

__all__ = ["KINDS", "MINISTRIES", "Kind", "OrganSpec", "Role", "organs_of", "two_tier_days"]
