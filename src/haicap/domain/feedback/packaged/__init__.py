"""Dữ liệu đóng gói: the starting routing table."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class RouteRow:
    """A line of data/routes.csv."""

    code: str
    kind: str
    level: str
    procedure: str
    field: str
    organs: tuple[str, ...]
    place: int
    citation: str
    evidence: str
    note: str


def routes() -> Iterator[RouteRow]:
    """The packaged lines, in order."""
    text = (files("haicap.domain.feedback") / "data" / "routes.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        yield RouteRow(
            row["code"], row["kind"], row["level"], row["procedure"], row["field"], tuple(row["organs"].split("|")),
            int(row["place"]), row["citation"], row["evidence"], row["note"],
        )  # fmt: skip
