"""Bảng của văn bản: a file or pasted cells read into lines, with a report per row. Nothing is guessed."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext

from haicap.base.refused import Refused
from haicap.base.tables import Limits, Row, open_table
from haicap.base.text import fold, nfc
from haicap.base.words import gettext_noop
from haicap.domain.units.rearrangement import KINDS_OF_TIER, RELATIONS, Line
from haicap.web.common import vocabulary
from haicap.web.console.acts.words import COLUMNS

LIMITS = Limits(rows=20_000, columns=60, cells=400_000, unpacked=50 * 1024 * 1024)
EXAMPLE = (
    ("00001", "nhập toàn bộ", "", "", "00004", "phường", "Bình Minh", "01", "điều 1 khoản 1"),
    ("00002", "đổi tên", "", "", "00002", "xã", "Hòa Bình", "01", "điều 1 khoản 2"),
)
REQUIRED = ("from_code", "relation", "to_code")
DIGITS = {"from_code": (2, 5), "to_code": (2, 5), "to_parent_code": (2,)}


@dataclass(frozen=True, slots=True)
class RowReport:
    """A row that cannot be read: where, what it says, why not."""

    line: int
    cells: tuple[str, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was read: lines in order, rows that cannot be read, columns that are not used."""

    lines: list[Line]
    bad: list[RowReport]
    unused: list[str]
    encoding: str

    @property
    def good(self) -> bool:
        """Whether the table can be taken over."""
        return bool(self.lines) and not self.bad


def _words(values: Sequence[str], said: Mapping[str, str]) -> dict[str, str]:
    """Every way to write a word of a closed list, folded: the word itself and how it is shown."""
    return {fold(v): v for v in values} | {fold(said[v]): v for v in values if v in said}


CHOICES = {
    "relation": _words(RELATIONS, vocabulary.RELATIONS) | {"nhap nguyen trang": "whole", "nguyen trang": "whole"},
    "area_share": _words(("all", "part", "none"), vocabulary.SHARES),
    "people_share": _words(("all", "part", "none", "unknown"), vocabulary.SHARES),
    "to_kind": _words([k for kinds in KINDS_OF_TIER.values() for k in kinds], {}) | {
        "thanh pho": "thành phố trực thuộc trung ương"},
}  # fmt: skip
HEADINGS = {fold(heading): name for name, heading in COLUMNS.items()} | {name: name for name in COLUMNS}


def read(file: BinaryIO | None, pasted: str) -> Report:
    """The table of a file, or of pasted text when there is no file.

    Refused `no_columns` without the columns that are needed, and what `open_table` refuses.
    """
    source = file or io.BytesIO(b"\xef\xbb\xbf" + pasted.strip("\r\n").encode("utf-8", "replace"))
    source.seek(0)
    with open_table(source, limits=LIMITS) as table:
        places = _places(table.columns)
        lines: list[Line] = []
        bad: list[RowReport] = []
        for row in table.rows:
            if row.blank or not any(cell.strip() for cell in row.cells):
                continue
            _take(row, places, lines, bad)
        unused = [c for n, c in enumerate(table.columns) if n not in places.values() and c.strip()]
        return Report(lines, bad, unused, table.encoding)


def _places(columns: Sequence[str]) -> dict[str, int]:
    places = {
        HEADINGS[key]: n for n, c in enumerate(columns) if (key := fold(c).replace(" ", "_")) in HEADINGS
    }
    missing = [COLUMNS[name] for name in REQUIRED if name not in places]
    if missing:
        raise Refused(
            "no_columns",
            gettext_noop("Bảng thiếu cột %(missing)s. Xin dùng tên cột như trong tệp mẫu."),
            params={"missing": ", ".join(missing)},
        )
    return places


def _take(row: Row, places: Mapping[str, int], lines: list[Line], bad: list[RowReport]) -> None:
    problem = gettext(row.problem) if row.problem else ""
    values: dict[str, str] = {}
    if not problem:
        values = {name: nfc(row.cells[places[name]]) if name in places else "" for name in COLUMNS}
        problem = _judge(values)
    if problem:
        bad.append(RowReport(row.line, tuple(row.cells[: len(COLUMNS)]), problem))
    else:
        lines.append(Line(n=len(lines) + 1, **values))


def _judge(values: dict[str, str]) -> str:
    """Why a row cannot be read; empty when it can. Words of closed lists are replaced by their codes."""
    for name in REQUIRED:
        if not values[name]:
            return gettext("Thiếu %(column)s.") % {"column": COLUMNS[name]}
    for name, known in CHOICES.items():
        if values[name]:
            if fold(values[name]) not in known:
                return gettext("Không hiểu “%(text)s” ở cột %(column)s.") % {
                    "text": values[name][:40], "column": COLUMNS[name]}  # fmt: skip
            values[name] = known[fold(values[name])]
    for name, lengths in DIGITS.items():
        values[name] = _code(values[name], lengths)
    return ""


def _code(text: str, lengths: tuple[int, ...]) -> str:
    """Spreadsheets drop leading zeros: they come back when exactly one length fits; else the check says what is wrong."""
    if not (text.isascii() and text.isdigit()) or len(text) in lengths:
        return text
    longer = [n for n in lengths if n > len(text)]
    return text.zfill(longer[0]) if longer else text
