"""Đọc bảng: opening what people hand in, by its content and not by its name."""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path
from typing import BinaryIO, TextIO

from haicap.base.refused import Refused
from haicap.base.tables import records, sheets
from haicap.base.tables.encodings import Encoding, sniff
from haicap.base.tables.shape import Form, Limits, Table, counted
from haicap.base.words import gettext_noop

DELIMITERS = (",", ";", "\t")
LOOK_AHEAD = 20  # lines that show which delimiter separates
_ZIP = b"PK\x03\x04"
# What is no letter in UTF-16 is marked the way "surrogateescape" marks it in the other encodings.
codecs.register_error("haicap.mark", lambda error: ("\udc80", error.end))  # type: ignore[attr-defined]  # decoding


def open_table(source: Path | BinaryIO, *, limits: Limits) -> Table:
    """Open a CSV or XLSX table (a path, or a seekable file at its beginning). Use it in a `with`.

    A path is closed at the end, a file stays open. Refused with the repair for what is no table: `empty_file`,
    `not_a_table`, `encoding_unknown`, `no_heading`, `too_many_columns`, `unpacks_too_large`; while reading
    `too_many_rows`, `line_too_long`. OSError when a path cannot be read.
    """
    file = source.open("rb") if isinstance(source, Path) else source
    closing = file.close if isinstance(source, Path) else (lambda: None)
    try:
        head = file.read(len(_ZIP))
        file.seek(0)
        table = sheets.open_sheet(file, limits) if head == _ZIP else _open_csv(file, limits)
    except BaseException:
        closing()
        raise
    inner = table.close

    def close() -> None:
        inner()
        closing()

    table.close = close
    table.rows = counted(table.rows, limits.rows)
    return table


class _Composed(io.TextIOBase):
    """Lines of Windows-1258 with their letters composed."""

    def __init__(self, text: TextIO, encoding: Encoding) -> None:
        self._text, self._encoding = text, encoding

    def readline(self, size: int | None = -1, /) -> str:  # type: ignore[override]  # text, as in TextIO
        return self._encoding.normal(self._text.readline(-1 if size is None else size))


def _open_csv(file: BinaryIO, limits: Limits) -> Table:
    encoding = sniff(file)
    file.seek(encoding.skip)
    errors = "surrogateescape" if encoding.codec in {"utf-8", "cp1258"} else "haicap.mark"
    text: TextIO = io.TextIOWrapper(file, encoding=encoding.codec, errors=errors, newline="")
    # Line ends stay as they are: those inside quoted cells belong to the cell.
    lines = records.Lines(_Composed(text, encoding) if encoding.codec == "cp1258" else text)  # type: ignore[arg-type]  # both have read()
    delimiter = _delimiter(lines)
    columns = _heading(lines, delimiter)
    if len(columns) > limits.columns:
        raise too_many_columns(limits)
    return Table(
        Form.CSV,
        columns,
        records.rows(lines, delimiter, len(columns)),
        encoding.label,
        delimiter,
        close=lambda: _let_go(text),
    )


def _let_go(text: TextIO) -> None:
    if isinstance(text, io.TextIOWrapper):
        text.detach()  # whoever opened the file closes it


def _heading(lines: records.Lines, delimiter: str) -> list[str]:
    line = lines.take()
    while line and not line.strip():
        line = lines.take()
    columns, problem = _first(line, delimiter)
    columns = records.fitted(lines.number, columns, problem, len(columns)).cells
    if problem or not any(c.strip() for c in columns):
        raise Refused(
            "no_heading",
            gettext_noop(
                "Dòng tiêu đề của bảng không đọc được. Dòng đầu phải là tên các cột, ví dụ “address”."
            ),
        )
    return columns


def _first(line: str, delimiter: str) -> tuple[list[str], str]:
    try:
        return records.parse(line, delimiter), ""
    except csv.Error:
        return [], records.BAD_QUOTES


def _delimiter(lines: records.Lines) -> str:
    """What separates: the sign by which most lines have as many cells as the heading, and more than one."""
    taken: list[str] = []
    while len(taken) < LOOK_AHEAD and (line := lines.take()):
        taken.append(line)
    lines.give_back(taken)
    sample = [line for line in taken if line.strip()]
    return max(DELIMITERS, key=lambda sign: _agreement(sample, sign)) if sample else ","


def _agreement(sample: list[str], sign: str) -> tuple[float, int]:
    widths = [len(_first(line, sign)[0]) for line in sample]
    if widths[0] < 2:
        return (0.0, 0)
    return (sum(w == widths[0] for w in widths) / len(widths), widths[0])


def too_many_columns(limits: Limits) -> Refused:
    """The refusal for a table that is too wide."""
    return Refused(
        "too_many_columns",
        gettext_noop("Bảng có hơn %(most)s cột."),
        params={"most": limits.columns},
    )
