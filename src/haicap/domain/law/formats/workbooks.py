"""Sổ tính: a workbook with one sheet a list. Cells are texts: nothing is a number, a link or a formula."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import BinaryIO

import python_calamine

from haicap.base.refused import Refused
from haicap.base.tables import Limits
from haicap.base.tables.sheets import BAD_FILE, check_extent, text_of
from haicap.base.tables.writing import workbook, write_texts
from haicap.base.text import fold
from haicap.base.words import gettext_noop
from haicap.domain.law.formats.headings import (
    MORE_TEXT,
    SHEET_OF,
    bad_heading,
    column_of,
    is_more,
    unknown_sheet,
)
from haicap.domain.law.formats.problems import Problem
from haicap.domain.law.formats.rows import SHEETS, Cells, Lists, Tables, cells, columns

CHUNK = 32_000  # of a text in one cell, which may hold MOST_IN_A_CELL


def read_workbook(file: BinaryIO, limits: Limits) -> tuple[Lists, list[Problem]]:
    """The cells of every sheet by line; Refused for what is no workbook or too large."""
    check_extent(file, limits)
    file.seek(0)
    lists: Lists = {}
    problems: list[Problem] = []
    try:
        with python_calamine.CalamineWorkbook.from_filelike(file) as book:
            for name in book.sheet_names:
                sheet = SHEET_OF.get(fold(name))
                if sheet is None or sheet in lists:
                    problems.append(unknown_sheet(name))
                    continue
                grid = book.get_sheet_by_name(name).iter_rows()
                lists[sheet], wrong = _of_sheet(sheet, grid, limits)
                problems += wrong
    except (python_calamine.CalamineError, zipfile.BadZipFile, ValueError) as reason:
        raise Refused("bad_xlsx", BAD_FILE) from reason
    return lists, problems


def _of_sheet(
    sheet: str, grid: Iterable[Sequence[object]], limits: Limits
) -> tuple[list[tuple[int, Cells]], list[Problem]]:
    names: list[str] = []
    found: list[tuple[int, Cells]] = []
    problems: list[Problem] = []
    for line, row in enumerate(grid, 1):
        texts = [text_of(cell) for cell in row]
        if not any(text.strip() for text in texts):
            continue
        if not names:
            names = [column_of(text) for text in texts]
            problems = bad_heading(sheet, line, names)
            if problems:
                break
        elif len(found) >= limits.rows:
            raise Refused("too_many_rows", gettext_noop("Bảng có quá nhiều dòng; xin chia thành nhiều tệp."))
        else:
            found.append((line, _joined(dict(zip(names, texts, strict=False)))))
    return found, problems


def _joined(row: dict[str, str]) -> Cells:
    """The parts of a long text in one."""
    more = sorted((n for n in row if is_more(n)), key=lambda n: int(n.removeprefix(MORE_TEXT)))
    if more:
        row["text"] = row.get("text", "") + "".join(row.pop(name) for name in more)
    return row


def write_workbook(target: Path | BinaryIO, tables: Tables) -> None:
    """All five sheets, cells as texts: nothing is taken for a number, a link or a formula."""
    book = workbook(target, row_by_row=isinstance(target, Path))
    try:
        for sheet in SHEETS:
            write_texts(book.add_worksheet(sheet), _written(tables, sheet))
    finally:
        book.close()


def _written(tables: Tables, sheet: str) -> Iterable[Sequence[str]]:
    rows = [cells(row) for row in tables.of(sheet)]
    names = columns(sheet)
    if sheet != "texts":
        return [names, *rows]
    at = names.index("text")
    parts = [[row[at][i : i + CHUNK] for i in range(0, len(row[at]), CHUNK)] for row in rows]
    most = max((len(part) for part in parts), default=1)
    heading = (*names, *(f"{MORE_TEXT}{n}" for n in range(2, most + 1)))
    return [
        heading,
        *((*row[:at], part[0], *row[at + 1 :], *part[1:]) for row, part in zip(rows, parts, strict=True)),
    ]
