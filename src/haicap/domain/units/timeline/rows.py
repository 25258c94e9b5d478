"""Plain rows of the register, the same from the packaged facts or from the database. No Django, no clock."""

from __future__ import annotations

import csv
from datetime import date
from importlib import resources
from typing import NamedTuple


class VersionRow(NamedTuple):
    """One version of a unit; valid days are [valid_from, valid_to), None = unbounded."""

    uid: str
    tier: str
    kind: str
    name: str
    short_name: str
    code: str
    parent_uid: str
    valid_from: date | None
    valid_to: date | None
    act: str
    clause: str


class EdgeRow(NamedTuple):
    """One edge of lineage: what of `from_uid` went to `to_uid` on a day, by which clause."""

    from_uid: str
    to_uid: str
    effective_on: date
    relation: str
    area_share: str
    people_share: str
    act: str
    clause: str
    note: str


class AliasRow(NamedTuple):
    """Another way a unit is written: former name, abbreviation, variant spelling."""

    alias: str
    of_uid: str
    kind: str
    valid_hint: str
    evidence: str = ""


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _table(name: str) -> list[list[str]]:
    """Rows of a packaged CSV file without its header."""
    path = resources.files("haicap.domain.units") / "data" / name
    reader = csv.reader(path.read_text(encoding="utf-8").splitlines())
    next(reader)
    return list(reader)


def read_packaged() -> tuple[list[VersionRow], list[EdgeRow], list[AliasRow]]:
    """Versions, edges and aliases of the packaged register (provenance: data/README.md)."""
    versions = [
        VersionRow(r[0], r[1], r[2], r[3], r[4], r[5], r[6], _day(r[7]), _day(r[8]), r[9], r[10])
        for r in _table("units.csv")
    ]
    edges = [EdgeRow(r[0], r[1], date.fromisoformat(r[2]), *r[3:9]) for r in _table("lineage.csv")]
    aliases = [AliasRow(*r[:5]) for r in _table("former_names.csv")]
    return versions, edges, aliases
