"""Quy tắc: from a version of a unit to its organs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from haicap.base.dates import Span
from haicap.domain.units.organs import kinds
from haicap.domain.units.organs.kinds import Kind
from haicap.domain.units.timeline import Version

TWO_TIERS_SINCE = date(2025, 7, 1)
# One centre of the province with branches instead of centres of the communes (Decree 118/2025/NĐ-CP).
ONE_LEVEL_CENTRES = frozenset({"01", "22"})  # Hà Nội, Quảng Ninh
PLANNING_DEPARTMENTS = frozenset({"01", "79"})  # Hà Nội, Thành phố Hồ Chí Minh
URBAN_ZONES = frozenset({"Phú Quốc"})  # a special zone with the department of a ward


@dataclass(frozen=True, slots=True)
class OrganSpec:
    """An organ that a unit must have: its kind (with basis and evidence) and its name by rule."""

    kind: Kind
    name: str


def two_tier_days(span: Span) -> Span | None:
    """The part of a span since the two tiers began; None when there is none."""
    start = max(span.start or TWO_TIERS_SINCE, TWO_TIERS_SINCE)
    return None if span.end is not None and span.end <= start else Span(start, span.end)


def _kinds_of_province(version: Version) -> tuple[Kind, ...]:
    planning = (kinds.PROVINCE_PLANNING,) if version.code in PLANNING_DEPARTMENTS else ()
    return (*kinds.PROVINCE, *planning, kinds.PROVINCE_CENTRE)


def _kinds_of_commune(version: Version, province_code: str) -> tuple[Kind, ...]:
    urban = version.kind == "phường" or version.short_name in URBAN_ZONES
    economy = kinds.COMMUNE_URBAN if urban else kinds.COMMUNE_ECONOMY
    centre = kinds.BRANCH_CENTRE if province_code in ONE_LEVEL_CENTRES else kinds.COMMUNE_CENTRE
    return (*kinds.COMMUNE, economy, centre)


def organs_of(version: Version, province_code: str) -> tuple[OrganSpec, ...]:
    """Organs a unit has while `version` holds, since the two tiers began (1 July 2025); none before.

    province_code: code of the province it belongs to (its own for a province).
    Basis: Law 72/2025/QH15; Decrees 150/2025/NĐ-CP and 118/2025/NĐ-CP.
    """
    found: tuple[Kind, ...] = ()
    if two_tier_days(version.span) is None:
        return ()
    if version.tier == "province":
        found = _kinds_of_province(version)
    elif version.tier == "commune":
        found = _kinds_of_commune(version, province_code)
    elif version.tier == "nation":
        found = kinds.MINISTRIES
    unit = f"{version.name[:1].lower()}{version.name[1:]}"
    return tuple(OrganSpec(kind, kind.name.format(unit=unit)) for kind in found)
