"""Đọc các bảng đóng gói: strict, so that a slip of the pen is told with file, line and column."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields
from datetime import date
from functools import cache, partial
from importlib import resources
from typing import Any

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.law.states import Evidence
from haicap.domain.powers.conditions import parse
from haicap.domain.powers.packaged.rows import (
    AssertionRow,
    CaseRow,
    PowerRow,
    ProcedureRow,
    Span,
    Tables,
)
from haicap.domain.powers.states import FindingKind, Level, Mode, Reading, Reason, Role, Sort

BAD_CELL = gettext_noop(
    "%(file)s dòng %(line)s, cột %(column)s: “%(value)s” không đọc được (%(why)s). Xin sửa ô này."
)
BAD_COLUMNS = gettext_noop("%(file)s: hàng tiêu đề phải là %(columns)s.")

Cell = Callable[[str], Any]


def _or_none(read: Cell) -> Cell:
    return lambda text: read(text) if text else None


def _count(text: str) -> int:
    return int(text) if text else 0


def _flag(text: str) -> bool:
    if text not in ("", "1"):
        raise ValueError(text)
    return text == "1"


def _letters(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())


def _attributes(text: str) -> Mapping[str, tuple[str, ...] | Span]:
    said = json.loads(text) if text else {}
    return {name: _domain(values) for name, values in said.items()}


def _domain(values: list[Any]) -> tuple[str, ...] | Span:
    if values and all(type(v) is int for v in values):
        lo, hi = values
        if lo >= hi:
            raise ValueError("lo >= hi")
        return Span(lo, hi)
    if not values or any(type(v) is not str for v in values):
        raise ValueError("strings, or two whole numbers")
    return tuple(values)


# Columns that are more than text.
CELLS: Mapping[str, Cell] = {
    "sort": Sort,
    "role": Role,
    "level": Level,
    "mode": Mode,
    "reading": Reading,
    "evidence": Evidence,
    "kind": _or_none(FindingKind),
    "reason": _or_none(Reason),
    "condition": parse,
    "since": _or_none(date.fromisoformat),
    "until": _or_none(date.fromisoformat),
    "no_fallback": _flag,
    "added_days": _count,
    "added_papers": _count,
    "letters": _letters,
    "attributes": _attributes,
}

Row = type[PowerRow] | type[AssertionRow] | type[CaseRow] | type[ProcedureRow]


def table(file: str, kind: Row, text: str) -> Iterator[Any]:
    """The rows of one table. Refused `bad_columns`; `bad_row` with file, line, column, value and why."""
    reader = csv.DictReader(text.splitlines(keepends=True))
    columns = [field.name for field in fields(kind)]
    if list(reader.fieldnames or ()) != columns:
        raise Refused("bad_columns", BAD_COLUMNS, params={"file": file, "columns": ",".join(columns)})
    for row in reader:
        bad = partial(_bad, file, reader.line_num)
        if None in row or None in row.values():
            raise bad(columns[-1], "", "số ô khác số cột")
        yield kind(**{column: _cell(column, row[column], bad) for column in columns})


def _cell(column: str, value: str, bad: Callable[[str, str, str], Refused]) -> Any:
    try:
        return CELLS[column](value) if column in CELLS else value
    except Refused as refused:
        raise bad(column, value, refused.sentence) from None
    except (ValueError, TypeError) as error:
        raise bad(column, value, str(error)) from None


def _bad(file: str, line: int, column: str, value: str, why: str) -> Refused:
    return Refused(
        "bad_row",
        BAD_CELL,
        params={"file": file, "line": line, "column": column, "value": value[:60], "why": why},
    )


def _packaged(file: str, kind: Row) -> tuple[Any, ...]:
    path = resources.files("haicap.domain.powers") / "data" / file
    return tuple(table(file, kind, path.read_text(encoding="utf-8")))


@cache
def read() -> Tables:
    """The packaged tables; read once."""
    return Tables(
        powers=_packaged("powers.csv", PowerRow),
        assertions=_packaged("assertions.csv", AssertionRow),
        cases=_packaged("conflicts.csv", CaseRow),
        procedures=_packaged("procedures.csv", ProcedureRow),
    )
