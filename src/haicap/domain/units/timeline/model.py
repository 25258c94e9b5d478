"""Values of the register over time: versions, edges, what became of a unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from haicap.base.citation import Citation
from haicap.base.dates import Span

HORIZON = date(2018, 12, 31)  # the facts begin with the state of this day
CONFIRMED = "confirmed"
UNCONFIRMED = "unconfirmed"
TIERS = ("nation", "province", "district", "commune", "area")


@dataclass(frozen=True, slots=True)
class Version:
    """Phiên bản của đơn vị: what a unit was called, coded and belonged to on the days of `span`."""

    uid: str
    tier: str
    kind: str
    name: str
    short_name: str
    code: str
    parent_uid: str
    span: Span
    citation: Citation
    evidence: str
    note: str
    sort_key: str


@dataclass(frozen=True, slots=True)
class Edge:
    """Quan hệ kế thừa: what of one unit went to another on a day, and by which clause."""

    from_uid: str
    to_uid: str
    effective_on: date
    relation: str
    area_share: str
    people_share: str
    citation: Citation
    evidence: str
    note: str

    @property
    def continues(self) -> bool:
        """True when the unit itself goes on (kept, renamed, kind changed)."""
        return self.from_uid == self.to_uid


@dataclass(frozen=True, slots=True)
class Fate:
    """A unit reached through lineage on the asked day, and the edges that lead there in order of time.

    whole       every edge on the way moves the whole unit
    population  on every edge on the way the whole population moved, also where the area was divided
    """

    version: Version
    edges: tuple[Edge, ...]
    whole: bool
    population: bool


@dataclass(frozen=True, slots=True)
class Lineage:
    """Everything connected to a unit through lineage, for drawing: versions once, edges in order of time."""

    nodes: tuple[Version, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """What differs between two days; pairs are (before, after) of one unit."""

    born: tuple[Version, ...]
    ended: tuple[Version, ...]
    renamed: tuple[tuple[Version, Version], ...]
    kind_changed: tuple[tuple[Version, Version], ...]
    moved: tuple[tuple[Version, Version], ...]

    def __len__(self) -> int:
        return sum(map(len, (self.born, self.ended, self.renamed, self.kind_changed, self.moved)))
