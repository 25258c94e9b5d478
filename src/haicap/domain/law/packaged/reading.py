"""Đọc bảng kèm theo: cells of the packaged tables → rows, strictly: a cell that cannot be read is a fault of the table."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from importlib import resources
from typing import Any

from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.domain.law import places
from haicap.domain.law.formats.rows import SHEETS, AnyRow, Tables, columns
from haicap.domain.law.states import DocumentKind, Evidence, RelationKind

FILES: Mapping[str, str] = {sheet: f"{sheet}.csv" for sheet in SHEETS}


def _day(cell: str) -> date | None:
    return date.fromisoformat(cell) if cell else None


def _kind(cell: str) -> DocumentKind | None:
    return DocumentKind(cell) if cell else None


def _place(cell: str) -> str:
    return places.read(cell) if cell else ""


# The cells that are more than text: by column, and where a column means different things, by sheet.
_CELLS: Mapping[str, Callable[[str], object]] = {
    "issued_on": _day, "effective_on": _day, "sunset_on": _day, "since": _day, "until": _day, "due_on": _day,
    "place": _place, "target_place": _place, "sunset_clause": _place, "evidence": Evidence,
}  # fmt: skip
_KINDS: Mapping[str, Callable[[str], object]] = {
    "documents": _kind,
    "relations": RelationKind,
    "owed": DocumentKind,
}


def read() -> Tables:
    """All packaged rows, in the order of the files; about a tenth of a second."""
    return Tables(**{sheet: read_sheet(sheet, packaged_lines(sheet)) for sheet in SHEETS})


def packaged_lines(sheet: str) -> list[str]:
    """The lines of one packaged table, its heading first."""
    path = resources.files("haicap.domain.law") / "data" / FILES[sheet]
    return path.read_text(encoding="utf-8").splitlines(keepends=True)


def read_sheet(sheet: str, lines: Iterable[str]) -> tuple[Any, ...]:
    """The rows of one table. ValueError naming sheet and line for other columns or a cell that cannot be read."""
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != columns(sheet):
        raise ValueError(f"{sheet}: columns are {reader.fieldnames}, must be {columns(sheet)}")
    return tuple(_row(sheet, reader.line_num, cells) for cells in reader)


def _row(sheet: str, line: int, cells: Mapping[str, str]) -> AnyRow:
    try:
        values = {name: _value(sheet, name, nfc(cell).strip()) for name, cell in cells.items()}
        return SHEETS[sheet](**values)
    except (ValueError, TypeError, Refused) as problem:
        raise ValueError(f"{sheet}, line {line}: {problem}") from problem


def _value(sheet: str, name: str, cell: str) -> Any:
    if name == "kind":
        return _KINDS[sheet](cell)
    return _CELLS.get(name, str)(cell)
