"""Ghi bảng: rows out as CSV or XLSX, a row at a time, with little memory."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, Any, BinaryIO, Protocol

import xlsxwriter  # type: ignore[import-untyped]  # no stubs are published

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MOST_IN_A_CELL = 32_767  # of the XLSX format


def guarded(cell: str) -> str:
    """The cell with an apostrophe in front when a spreadsheet would run it as a formula (for downloads by people)."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


class Writer(Protocol):
    """Takes rows in order; a blank row is an empty one."""

    def write(self, cells: Sequence[str]) -> None: ...
    def close(self) -> None: ...


class CsvWriter:
    """CSV in UTF-8 with LF. The text file is the caller's: opened with newline="" and encoding="utf-8".

    guard  apostrophes in front of formulas: for files people open in a spreadsheet, never on the command line
    """

    def __init__(
        self, file: IO[str], *, delimiter: str = ",", guard: bool = False, mark: bool = False
    ) -> None:
        self._file = file
        self._guard = guard
        self._writer = csv.writer(file, delimiter=delimiter, lineterminator="\n")
        if mark:
            file.write("\ufeff")

    def write(self, cells: Sequence[str]) -> None:
        """One record."""
        if not cells:
            self._file.write("\n")
            return
        self._writer.writerow([guarded(c) for c in cells] if self._guard else cells)

    def close(self) -> None:
        """Everything handed over to the file."""
        self._file.flush()


def workbook(target: Path | BinaryIO, *, row_by_row: bool = False) -> Any:
    """An empty XlsxWriter workbook that takes no text for a number, a link or a formula.

    row_by_row  little memory; each row is written once, from top to bottom
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    options["constant_memory" if row_by_row else "in_memory"] = True
    return xlsxwriter.Workbook(str(target) if isinstance(target, Path) else target, options)


def write_texts(page: Any, rows: Iterable[Sequence[str]], *, heading: Any = None, first: int = 0) -> None:
    """Rows of texts into a sheet of a `workbook`; what is longer than a cell can hold is cut there.

    heading  format of the first row; first: line on which it stands
    """
    for line, row in enumerate(rows, first):
        for column, cell in enumerate(row):
            if cell:
                style = heading if line == first else None
                page.write_string(line, column, plain(cell)[:MOST_IN_A_CELL], style)


class XlsxWriter:
    """One sheet of texts: nothing is taken for a number, a link or a formula."""

    def __init__(self, path: Path) -> None:
        self._book = workbook(path, row_by_row=True)
        self._sheet = self._book.add_worksheet()
        self._row = 0

    def write(self, cells: Sequence[str]) -> None:
        """One row; texts longer than a cell can hold are cut there."""
        write_texts(self._sheet, [cells], first=self._row)
        self._row += 1

    def close(self) -> None:
        """Write the file's end."""
        self._book.close()


def plain(cell: str) -> str:
    """Without the control characters that XML cannot carry."""
    return cell if cell.isprintable() else "".join(c for c in cell if c in "\t\n\r" or c >= " ")
