"""Dòng CSV: from lines of text to records, where one broken line spoils itself alone."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Iterator
from typing import TextIO

from haicap.base.refused import Refused
from haicap.base.tables.shape import MAX_CELL, Row
from haicap.base.words import gettext_noop

MOST_LINES = 100  # of one record: a quote that is still open then was never closed
BAD_QUOTES = gettext_noop("Dấu ngoặc kép trong dòng không khớp.")
TOO_MANY_CELLS = gettext_noop(
    "Dòng có %(found)s ô, tiêu đề chỉ có %(wanted)s cột; ô chứa dấu phân cách phải đặt trong ngoặc kép. Phần thừa: %(rest)s"
)
UNDECODABLE = gettext_noop("Dòng có chữ hỏng, không đọc được theo bảng mã của tệp.")
HAS_NUL = gettext_noop("Dòng có ký tự rỗng (NUL).")
_OPEN = "unexpected end of data"
_SHOWN = 200

csv.field_size_limit(MAX_CELL)


class Lines:
    """Lines of a file with their numbers; lines taken in vain can be given back."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._back: deque[str] = deque()
        self.number = 0

    def take(self) -> str:
        """The next line with its ending; empty at the end. Refused `line_too_long`."""
        line = self._back.popleft() if self._back else self._file.readline(MAX_CELL)
        if len(line) >= MAX_CELL:
            raise Refused(
                "line_too_long",
                gettext_noop("Dòng %(line)s quá dài; tệp này không phải bảng."),
                params={"line": self.number + 1},
            )
        self.number += bool(line)
        return line

    def give_back(self, lines: list[str]) -> None:
        """Put lines back in front, in their order."""
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)


def parse(text: str, delimiter: str, *, strict: bool = True) -> list[str]:
    """Cells of one record; csv.Error when `strict` and malformed."""
    for cells in csv.reader([text], delimiter=delimiter, strict=strict):
        return cells
    return []


def _record(first: str, lines: Lines, delimiter: str, width: int) -> tuple[list[str], str]:
    """Cells of the record that begins with `first`, and its problem. A quoted cell may span lines."""
    text, more = first, list[str]()
    while True:
        try:
            cells = parse(text, delimiter)
        except csv.Error as error:
            following = lines.take() if _OPEN in str(error) and len(more) < MOST_LINES else ""
            if following:
                more.append(following)
                text += following
                continue
            lines.give_back(more)
            return parse(first.rstrip("\r\n"), delimiter, strict=False), BAD_QUOTES
        if more and len(cells) > width:
            lines.give_back(more)
            return parse(first.rstrip("\r\n"), delimiter, strict=False), BAD_QUOTES
        return cells, ""


def _hurt(cells: list[str]) -> bool:
    return any("\udc80" <= c <= "\udcff" for cell in cells if not cell.isascii() for c in cell)


def _mended(cell: str) -> str:
    """Bytes that are no letters become the replacement character, so that the row can be written again."""
    return "".join("\ufffd" if "\udc80" <= c <= "\udcff" else c for c in cell)


def fitted(line: int, cells: list[str], problem: str, width: int) -> Row:
    """The row with exactly `width` cells; why it cannot be read, if it cannot."""
    if len(cells) < width:
        cells += [""] * (width - len(cells))
    elif len(cells) > width:
        rest = cells[width:]
        if not problem and any(rest):
            problem = TOO_MANY_CELLS % {
                "found": len(cells),
                "wanted": width,
                "rest": " | ".join(rest)[:_SHOWN],
            }
        cells = cells[:width]
    if _hurt(cells):
        cells, problem = [_mended(c) for c in cells], problem or UNDECODABLE
    if not problem and any("\0" in c for c in cells):
        problem = HAS_NUL
    return Row(line, cells, problem)


def rows(lines: Lines, delimiter: str, width: int) -> Iterator[Row]:
    """Rows up to the end of the file; an empty line comes out as a blank row.

    In a table of one column nothing separates: a line that does not begin with a quote is the cell, commas and all.
    """
    while line := lines.take():
        number = lines.number
        if not line.strip("\r\n"):
            yield Row(number, [])
            continue
        if width == 1 and not line.startswith('"'):
            yield fitted(number, [line.rstrip("\r\n")], "", width)
            continue
        cells, problem = _record(line, lines, delimiter, width)
        yield fitted(number, cells, problem, width)
