"""Dòng của văn bản: the values an act is made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

CONTINUING = ("kept", "renamed", "kind_changed")
MOVING = ("whole", "part", "rest")
RELATIONS = (*MOVING, *CONTINUING)
AREA_SHARES = ("all", "part", "none")
PEOPLE_SHARES = ("all", "part", "none", "unknown")
# Kinds of units since 1 July 2025 (Law 72/2025/QH15, điều 1), with the word that begins the full name.
KINDS_OF_TIER: Mapping[str, Mapping[str, str]] = {
    "province": {"tỉnh": "Tỉnh", "thành phố trực thuộc trung ương": "Thành phố"},
    "commune": {"xã": "Xã", "phường": "Phường", "đặc khu": "Đặc khu"},
}
TIER_OF_LENGTH = {2: "province", 5: "commune"}


@dataclass(frozen=True, slots=True)
class Line:
    """One movement. Codes as on the day before (from) and from the day of effect (to); name without kind word."""

    n: int
    from_code: str
    relation: str
    area_share: str
    people_share: str
    to_code: str
    to_kind: str
    to_name: str
    to_parent_code: str
    clause: str

    @property
    def continues(self) -> bool:
        """True when the unit itself goes on."""
        return self.relation in CONTINUING

    @property
    def target(self) -> Target:
        """The unit the line leads to."""
        return Target(self.to_code, self.to_kind, self.to_name, self.to_parent_code)


@dataclass(frozen=True, slots=True)
class Target:
    """A unit as the act describes it."""

    code: str
    kind: str
    short_name: str
    parent_code: str

    @property
    def tier(self) -> str:
        """The tier its code belongs to; empty when the code has a length no tier has."""
        return TIER_OF_LENGTH.get(len(self.code), "")


@dataclass(frozen=True, slots=True)
class Order:
    """An act with its lines: number as printed, first day of effect."""

    number: str
    effective_on: date
    lines: Sequence[Line]

    @property
    def eve(self) -> date:
        """The last day of the old map."""
        return self.effective_on - timedelta(days=1)


def full_name(kind: str, short_name: str) -> str:
    """ "phường", "Sài Gòn" → "Phường Sài Gòn"; the kind alone decides the word."""
    for kinds in KINDS_OF_TIER.values():
        if kind in kinds:
            return f"{kinds[kind]} {short_name}"
    return short_name
