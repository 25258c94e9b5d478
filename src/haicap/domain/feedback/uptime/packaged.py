"""Danh mục đóng gói: reads data/systems.csv. Where the rows come from is written in data/README.md."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import resources

from haicap.domain.feedback.uptime.states import SystemKind


@dataclass(frozen=True, slots=True)
class Line:
    """A system as it is entered: `owner` a kind of organ, `unit` code of the province it belongs to, "" for the nation."""

    code: str
    name: str
    name_en: str
    kind: SystemKind
    owner: str
    unit: str
    address: str
    contact: str
    since: date | None
    evidence: str
    source: str
    note: str = ""


def read() -> Sequence[Line]:
    """The packaged lines."""
    path = resources.files("haicap.domain.feedback") / "data" / "systems.csv"
    rows = csv.DictReader(path.read_text(encoding="utf-8").splitlines())
    return [_line(row) for row in rows]


def _line(row: dict[str, str]) -> Line:
    since = date.fromisoformat(row["since"]) if row["since"] else None
    return Line(
        row["code"], row["name"], row["name_en"], SystemKind(row["kind"]), row["owner"], row["unit"], row["address"],
        row["contact"], since, row["evidence"], row["source"], row["note"],
    )  # fmt: skip
