"""Danh mục đóng gói: the packaged table with the complete procedures laid over it, and rows that cannot be used."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib import resources
from typing import Any

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.procedures.content import Content, examine, written
from haicap.domain.procedures.content.problems import refuse_any
from haicap.domain.procedures.packaged.complete import Complete, read_complete
from haicap.domain.procedures.packaged.rows import Row, drawn

COPIED_ON = date(2026, 11, 22)
ORIGIN = "bản sao công khai của Cổng Dịch vụ công quốc gia, tổng hợp ngày 22/11/2026"
TWO_TIERS = date(2025, 7, 1)
NEW_CODES = ("1.115", "1.116", "3.0007", "6.006")  # codes given out in 2026
_2026 = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A version a table proposes: line in the table, identity, content and its document in normal form."""

    line: int
    code: str
    name: str
    field: str
    content: Content
    document: dict[str, Any]

    @property
    def since(self) -> date:
        """The day it is taken to count from: the table has no days (data/README.md)."""
        return _2026 if self.code.startswith(NEW_CODES) else TWO_TIERS


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be used, and why."""

    line: int
    code: str
    problem: Refused


@dataclass(frozen=True, slots=True)
class Package:
    """What was read: proposals in order, rows refused."""

    proposals: tuple[Proposal, ...]
    refused: tuple[BadRow, ...]


def packaged_rows() -> list[tuple[int, Row]]:
    """(line, row) of the packaged table."""
    path = resources.files("haicap.domain.procedures") / "data" / "procedures.csv"
    reader = csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines(keepends=True))
    return [(reader.line_num, row) for row in reader]


def packaged_doubts() -> dict[str, list[str]]:
    """Known doubts by code (data/doubts.csv)."""
    path = resources.files("haicap.domain.procedures") / "data" / "doubts.csv"
    found: dict[str, list[str]] = {}
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        found.setdefault(row["code"], []).append(row["doubt"])
    return found


def packaged_catalogue() -> Package:
    """The whole packaged catalogue; about a second."""
    return package(packaged_rows(), read_complete(), packaged_doubts())


def package(
    rows: Iterable[tuple[int, Row]], complete: dict[str, Complete], doubts: dict[str, list[str]] | None = None
) -> Package:
    """Proposals of rows with the complete sections laid over; a code that comes twice is refused the second time."""
    good: dict[str, Proposal] = {}
    bad: list[BadRow] = []
    for line, row in rows:
        try:
            proposal = proposal_of(line, row, complete, doubts or {})
            if proposal.code in good:
                raise Refused(
                    "double_code",
                    gettext_noop("Mã này đã có ở dòng %(line)s."),
                    params={"line": good[proposal.code].line},
                )
            good[proposal.code] = proposal
        except Refused as refused:
            bad.append(BadRow(line, str(row.get("code", ""))[:20], refused))
    bad.extend(_without_row(complete, good))
    return Package(tuple(good.values()), tuple(bad))


def _without_row(complete: dict[str, Complete], good: dict[str, Proposal]) -> Iterator[BadRow]:
    for code in sorted(set(complete) - set(good)):
        yield BadRow(
            0, code, Refused("no_row", gettext_noop("Thủ tục đầy đủ nhưng danh mục không có mã này."))
        )


def proposal_of(line: int, row: Row, complete: dict[str, Complete], doubts: dict[str, list[str]]) -> Proposal:
    """One row as a proposal. Refused `bad_row` or `bad_content`."""
    said = drawn(row)
    document = said.document
    if said.code in complete:
        document = {**document, **complete[said.code].content}
    if said.code in doubts:
        document["doubts"] = [*document.get("doubts", []), *doubts[said.code]]
    content, problems = examine(document)
    refuse_any(list(problems))
    return Proposal(line, said.code, said.name, said.field, content, written(content))
