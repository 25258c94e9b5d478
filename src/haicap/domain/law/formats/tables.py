"""Bảng nhập, xuất: a workbook (one sheet a list) or a JSON file ↔ rows. What is written can be read again unchanged.

A file with one bad cell gives no rows at all: every problem is told, and nothing is half applied.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from haicap.base.refused import Refused
from haicap.base.tables import WEB, Limits
from haicap.base.words import gettext_noop
from haicap.domain.law.formats import checks
from haicap.domain.law.formats.cells import read_row
from haicap.domain.law.formats.listing import read_json
from haicap.domain.law.formats.problems import Problem, refuse
from haicap.domain.law.formats.rows import SHEETS, AnyRow, Cells, Tables
from haicap.domain.law.formats.workbooks import read_workbook

MOST_PROBLEMS = 1_000
DOORS = replace(WEB, rows=20_000)  # of a list: what pages and the API look through while somebody waits


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a file holds: rows without a single problem, or problems and no rows.

    lines     of each row of a sheet, in order; for problems found later (`checks.unresolved`)
    """

    tables: Tables = field(default_factory=Tables)
    problems: tuple[Problem, ...] = ()
    lines: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def whole(self) -> Tables:
        """The rows, or Refused `bad_rows` with the problems told."""
        if self.problems:
            raise refuse(self.problems)
        return self.tables

    def lined(self) -> dict[str, list[tuple[int, AnyRow]]]:
        """Rows with their lines, by sheet."""
        return {
            sheet: list(zip(lines, self.tables.of(sheet), strict=True)) for sheet, lines in self.lines.items()
        }


def read_tables(file: BinaryIO, *, limits: Limits = DOORS) -> Outcome:
    """Rows of a workbook (XLSX) or JSON file, by its content. The file is seekable and at its beginning.

    Refused for what is no such file: `bad_xlsx`, `not_a_table`, `unpacks_too_large`, `too_many_rows`, `bad_json`,
    `no_rows`. Everything inside is a problem of its cell.
    """
    head = file.read(4)
    file.seek(0)
    if head == b"PK\x03\x04":
        lists, problems = read_workbook(file, limits)
    else:
        lists, problems = read_json(file, limits)
    if not problems and not any(lists.values()):
        raise Refused("no_rows", gettext_noop("Tệp không có dòng nào."))
    return drawn(lists, problems)


def drawn(lists: Mapping[str, Iterable[tuple[int, Cells]]], problems: Iterable[Problem] = ()) -> Outcome:
    """Rows of cells (sheet → (line, column → text)) judged one by one and against each other."""
    found = list(problems)
    rows: dict[str, list[tuple[int, AnyRow]]] = {}
    for sheet, lines in lists.items():
        rows[sheet] = []
        for line, row in lines:
            read, wrong = read_row(sheet, line, row)
            found += wrong
            if read:
                rows[sheet].append((line, read))
        found += checks.check(sheet, rows[sheet])
        if len(found) > MOST_PROBLEMS:
            break
    if found:
        order = {sheet: place for place, sheet in enumerate(SHEETS)}
        found.sort(key=lambda problem: (order.get(problem.sheet, -1), problem.row))
        return Outcome(problems=tuple(found[:MOST_PROBLEMS]))
    tables = Tables(**{sheet: tuple(row for _, row in lined) for sheet, lined in rows.items()})  # type: ignore[arg-type]  # by sheet
    return Outcome(tables, lines={sheet: tuple(line for line, _ in lined) for sheet, lined in rows.items()})
