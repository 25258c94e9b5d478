"""Trang tính: the first sheet of an XLSX file, guarded against files that unpack into more than we can hold."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import BinaryIO

import python_calamine

from haicap.base.refused import Refused
from haicap.base.tables.records import fitted
from haicap.base.tables.shape import Form, Limits, Row, Table
from haicap.base.words import gettext_noop

MOST_PARTS = 2000
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{0,4})(\d{0,8})["']""")
_CHUNK = 1 << 20
_OVERLAP = 64
# Everything the standard library says of an archive with wrong bytes in it.
_BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    ValueError,
    EOFError,
    OSError,
)
BAD_FILE = gettext_noop(
    "Không mở được tệp XLSX: tệp hỏng, có mật khẩu hoặc chưa tải lên hết. Xin lưu lại rồi thử lại."
)


def open_sheet(file: BinaryIO, limits: Limits) -> Table:
    """The first sheet as a table of texts. Refused `bad_xlsx`, `unpacks_too_large`, `too_many_columns`, `no_heading`."""
    check_extent(file, limits)
    file.seek(0)
    try:
        book = python_calamine.CalamineWorkbook.from_filelike(file)
        sheet = book.get_sheet_by_index(0)
        rows = enumerate(sheet.iter_rows(), 1)  # from the first row of the sheet, also when it is empty
        columns = next((found for _, row in rows if (found := _trimmed([text_of(c) for c in row]))), [])
    except (python_calamine.CalamineError, IndexError, ValueError) as reason:
        raise Refused("bad_xlsx", BAD_FILE) from reason
    if not any(columns):
        raise Refused("no_heading", gettext_noop("Trang đầu của tệp XLSX không có dòng tiêu đề."))
    return Table(Form.XLSX, columns, _rows(rows, len(columns)), "XLSX", close=book.close)


def _rows(rows: Iterator[tuple[int, Sequence[object]]], width: int) -> Iterator[Row]:
    for number, cells in rows:
        texts = [text_of(c) for c in cells]
        yield fitted(number, texts, "", width) if any(texts) else Row(number, [])


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    return cells


def text_of(cell: object) -> str:
    """A cell as the text a person reads: whole numbers without ".0", days as ISO dates."""
    match cell:
        case str():
            return cell
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime() if cell.time() == time():
            return cell.date().isoformat()
        case datetime() | date() | time():
            return cell.isoformat(sep=" ") if isinstance(cell, datetime) else cell.isoformat()
        case timedelta() | int() | float():
            return str(cell)
    return ""


def check_extent(file: BinaryIO, limits: Limits) -> None:
    """Look through the packed file before it is opened: a few kilobytes may unpack, or span, to gigabytes."""
    try:
        with zipfile.ZipFile(file) as packed:
            parts = packed.infolist()
            if len(parts) > MOST_PARTS or sum(p.file_size for p in parts) > limits.unpacked:
                raise _too_large()
            sheets = [
                p for p in parts if p.filename.startswith("xl/worksheets/") and p.filename.endswith(".xml")
            ]
            if not sheets:
                raise Refused("not_a_table", gettext_noop("Tệp nén này không phải bảng tính XLSX."))
            for part in sheets:
                _check_sheet(packed, part, limits)
    except _BROKEN as reason:
        raise Refused("bad_xlsx", BAD_FILE) from reason


def _check_sheet(packed: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits) -> None:
    """Refused when the cells of a sheet lie so far apart that the rectangle between them cannot be held."""
    widest = deepest = unpacked = 0
    tail = b""
    with packed.open(part) as sheet:
        while chunk := sheet.read(_CHUNK):
            unpacked += len(chunk)
            if unpacked > limits.unpacked:  # the size in the table of contents was a lie
                raise _too_large()
            for letters, digits in set(_REFERENCE.findall(tail + chunk)):
                widest = max(widest, _column(letters))
                deepest = max(deepest, int(digits or 0))
            tail = chunk[-_OVERLAP:]
    if deepest > limits.rows + 1 or widest * deepest > limits.cells:
        raise Refused(
            "too_many_rows",
            gettext_noop(
                "Trang tính quá lớn (%(rows)s dòng × %(columns)s cột). Xin chia thành nhiều tệp nhỏ hơn."
            ),
            params={"rows": deepest, "columns": widest},
        )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _too_large() -> Refused:
    return Refused(
        "unpacks_too_large", gettext_noop("Tệp XLSX khi giải nén quá lớn. Xin chia thành nhiều tệp nhỏ hơn.")
    )
