"""Bảng nhập, xuất: a workbook (sheets powers, assertions), a CSV file, pasted cells or JSON ↔ rows.

What is written can be read again unchanged. Every bad row is told; whoever enters takes all rows or none.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

import python_calamine

from haicap.base.refused import Refused
from haicap.base.tables import Limits, open_table
from haicap.base.tables.sheets import BAD_FILE, check_extent, text_of
from haicap.base.text import fold
from haicap.base.words import gettext_noop
from haicap.domain.powers.formats.cells import ASSERTIONS, NEEDED, POWERS, Reader, columns
from haicap.domain.powers.formats.problems import Problem
from haicap.domain.powers.formats.rows import AssertionLine, PowerLine
from haicap.domain.units.timeline import Register

LIMITS = Limits(rows=20_000, columns=60, cells=1_000_000, unpacked=100 * 1024 * 1024)
TOO_MANY = gettext_noop("Bảng có hơn %(most)s dòng. Xin chia thành nhiều tệp nhỏ hơn.")
LISTS = "danh sách"  # the sheet of allowed words in the template; not read
SHEETS = {
    "powers": POWERS, "tham quyen": POWERS, "assertions": ASSERTIONS, "quy dinh": ASSERTIONS,
    "quy dinh tham quyen": ASSERTIONS,
}  # fmt: skip
HEADINGS = {
    "ma": "code", "ten": "name", "ten tieng anh": "name_en", "linh vuc": "field", "thuoc tinh": "attributes",
    "bo chu tri": "owner", "loai": "sort", "tham quyen": "power", "vai tro": "role", "co quan": "organ", "cap": "level",
    "don vi": "unit", "dia ban": "units", "dieu kien": "condition", "tu ngay": "since", "from": "since",
    "den truoc ngay": "until", "to": "until", "cach giao": "mode", "quy dinh goc": "parent", "van ban": "document",
    "dieu khoan": "place", "can cu khac": "citation", "cach hieu": "reading", "khong lam lai": "no_fallback",
    "them ngay": "added_days", "them giay to": "added_papers", "muc xac minh": "evidence", "nguon": "source",
    "ghi chu": "note",
}  # fmt: skip
NO_SHEET = gettext_noop(
    "Tệp không có trang “assertions” (quy định) hay “powers” (thẩm quyền) nào. Xin dùng tệp mẫu."
)
NO_ROWS = gettext_noop("Bảng không có dòng nào dưới dòng tên cột.")
NO_COLUMN = gettext_noop("Thiếu cột %(names)s; các cột: %(all)s.")
TWICE = gettext_noop("Cột “%(names)s” có hai lần; xin giữ một.")
NOT_JSON = gettext_noop("Tệp JSON phải là một bảng với hai danh sách “powers” và “assertions”.")

Texts = Mapping[str, str]
Listed = Iterable[tuple[int, Texts]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Rows that can be read, each with its line, and everything that cannot.

    unused  headings nothing was done with
    """

    powers: tuple[tuple[int, PowerLine], ...] = ()
    assertions: tuple[tuple[int, AssertionLine], ...] = ()
    problems: tuple[Problem, ...] = ()
    unused: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether every row could be read."""
        return not self.problems


def read(file: BinaryIO, register: Register, on: date) -> Outcome:
    """Rows of an XLSX, CSV or JSON file, by its content; codes of units are those of `on`.

    Refused for what is no table: `bad_xlsx`, `no_sheet`, `no_rows`, `bad_json`, `too_many_rows`, and as `open_table`. The rest is told
    as problems with sheet, line and column.
    """
    head = file.read(64)
    file.seek(0)
    if head.startswith(b"PK\x03\x04"):
        found: Iterable[_Sheet] = _of_workbook(file)
    elif head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        found = _of_json(file)
    else:
        found = _of_csv(file)
    return _drawn(found, Reader(register, on))


def read_pasted(text: str, register: Register, on: date) -> Outcome:
    """Rows pasted from a spreadsheet, with their heading. Refused as `read`."""
    return read(io.BytesIO(b"\xef\xbb\xbf" + text.strip("\r\n").encode("utf-8", "replace")), register, on)


@dataclass(slots=True)
class _Sheet:
    """A sheet: what it holds, rows of texts by column, what is wrong with its heading."""

    name: str
    rows: Listed
    problems: list[Problem]
    unused: tuple[str, ...] = ()


def _drawn(sheets: Iterable[_Sheet], reader: Reader) -> Outcome:
    powers: list[tuple[int, PowerLine]] = []
    assertions: list[tuple[int, AssertionLine]] = []
    problems: list[Problem] = []
    unused: list[str] = []
    for sheet in sheets:
        problems += sheet.problems
        unused += sheet.unused
        for line, texts in sheet.rows:
            row, wrong = reader.row(sheet.name, line, texts)
            problems += wrong
            if isinstance(row, PowerLine):
                powers.append((line, row))
            elif row is not None:
                assertions.append((line, row))
    if not (powers or assertions or problems):
        raise Refused("no_rows", NO_ROWS)
    problems.sort(key=lambda p: (p.sheet == ASSERTIONS, p.line))
    return Outcome(tuple(powers), tuple(assertions), tuple(problems), tuple(unused))


def _column(heading: str) -> str:
    plain = fold(heading).replace("_", " ")
    return HEADINGS.get(plain, plain.replace(" ", "_"))


def _sheet(name: str, heading: Sequence[str], line: int, rows: Iterable[tuple[int, Sequence[str]]]) -> _Sheet:
    """Rows under a heading by column; a heading that lacks a needed column makes a problem and no rows."""
    names = [_column(text) for text in heading]
    known = columns(name)
    missing = [n for n in NEEDED[name] if n not in names]
    double = sorted({n for n in names if n in known and names.count(n) > 1})
    unused = tuple(
        text.strip() for text, n in zip(heading, names, strict=True) if text.strip() and n not in known
    )
    problems = []
    if missing:
        params = {"names": ", ".join(missing), "all": ", ".join(known)}
        problems.append(Problem(line, "", NO_COLUMN, params, name))
    if double:
        problems.append(Problem(line, "", TWICE, {"names": ", ".join(double)}, name))
    listed = (
        (n, dict(zip(names, cells, strict=False))) for n, cells in rows if any(c.strip() for c in cells)
    )
    return _Sheet(name, () if problems else listed, problems, unused)


def _sort_of(heading: Sequence[str]) -> str:
    """A table with roles is of assertions."""
    names = {_column(text) for text in heading}
    return POWERS if "role" not in names and {"code", "name"} & names else ASSERTIONS


def _of_csv(file: BinaryIO) -> Iterator[_Sheet]:
    with open_table(file, limits=LIMITS) as table:
        name = _sort_of(table.columns)
        rows, broken = [], []
        for row in table.rows:
            if row.problem:
                broken.append(Problem(row.line, "", row.problem, sheet=name))
            elif not row.blank:
                rows.append((row.line, row.cells))
        sheet = _sheet(name, table.columns, 1, rows)
        sheet.problems += broken
        yield sheet


def _of_workbook(file: BinaryIO) -> list[_Sheet]:
    check_extent(file, LIMITS)
    file.seek(0)
    found: list[_Sheet] = []
    try:
        with python_calamine.CalamineWorkbook.from_filelike(file) as book:
            for title in book.sheet_names:
                name = SHEETS.get(fold(title)) or (_guess(book, title) if len(book.sheet_names) == 1 else "")
                if name:
                    found += _of_grid(name, book.get_sheet_by_name(title).iter_rows())
    except (python_calamine.CalamineError, ValueError) as reason:
        raise Refused("bad_xlsx", BAD_FILE) from reason
    if not found:
        raise Refused("no_sheet", NO_SHEET)
    return found


def _guess(book: python_calamine.CalamineWorkbook, title: str) -> str:
    first = next(iter(book.get_sheet_by_name(title).iter_rows()), [])
    return _sort_of([text_of(cell) for cell in first])


def _of_grid(name: str, grid: Iterable[Sequence[object]]) -> list[_Sheet]:
    rows = [(n, [text_of(cell) for cell in row]) for n, row in enumerate(grid, 1)]
    rows = [(n, texts) for n, texts in rows if any(t.strip() for t in texts)]
    if not rows:
        return []
    line, heading = rows[0]
    return [_sheet(name, heading, line, rows[1:])]


def _of_json(file: BinaryIO) -> list[_Sheet]:
    bad = Refused("bad_json", NOT_JSON)
    try:
        told = json.loads(file.read().decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise bad from None
    lists = {ASSERTIONS: told} if isinstance(told, list) else told
    if not isinstance(lists, dict) or not all(
        name in (POWERS, ASSERTIONS) and isinstance(rows, list) and all(isinstance(r, dict) for r in rows)
        for name, rows in lists.items()
    ):
        raise bad
    if any(len(rows) > LIMITS.rows for rows in lists.values()):
        raise Refused("too_many_rows", TOO_MANY, params={"most": f"{LIMITS.rows:,}".replace(",", ".")})
    return [_Sheet(n, [(i, _texts(r)) for i, r in enumerate(rows, 1)], []) for n, rows in lists.items()]


def _texts(row: Mapping[str, object]) -> Texts:
    return {name: _said(value) for name, value in row.items()}


def _said(value: object) -> str:
    if isinstance(value, list):
        return "|".join(map(str, value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return (
        {None: "", True: "1", False: ""}.get(value, str(value))
        if value in (None, True, False)
        else str(value)
    )
