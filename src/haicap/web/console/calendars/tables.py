"""Bảng ngày của văn bản: a file or pasted cells read into days, with a report per row. Nothing is guessed."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from django.utils.translation import gettext

from haicap.base.dates import read_date, show_date
from haicap.base.refused import Refused
from haicap.base.tables import Limits, Row, open_table
from haicap.base.text import fold, nfc
from haicap.base.words import gettext_noop
from haicap.domain.deadlines.actions import Line
from haicap.domain.deadlines.queries import DecreeDayRow
from haicap.web.common import days, refusals

LIMITS = Limits(rows=500, columns=20, cells=5_000, unpacked=5 * 1024 * 1024)
COLUMNS = ("ngay", "loai", "ten", "dieu_khoan")
REQUIRED = COLUMNS[:2]
KINDS = {fold(word): value for value, word in days.KINDS.items()} | {value: value for value in days.KINDS}


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be read: where, what it says, why not."""

    line: int
    cells: tuple[str, ...]
    problem: str


@dataclass(frozen=True, slots=True)
class Report:
    """What was read."""

    lines: list[Line]
    bad: list[BadRow]

    @property
    def good(self) -> bool:
        """Whether the table can be taken over."""
        return bool(self.lines) and not self.bad


def read(file: BinaryIO | None, pasted: str) -> Report:
    """The table of a file, or of pasted text. Refused `no_columns`, and what `open_table` refuses."""
    source = file or io.BytesIO(b"\xef\xbb\xbf" + pasted.strip("\r\n").encode("utf-8", "replace"))
    source.seek(0)
    report = Report([], [])
    with open_table(source, limits=LIMITS) as table:
        places = _places(table.columns)
        for row in table.rows:
            if row.blank or not any(cell.strip() for cell in row.cells):
                continue
            _take(row, places, report)
    return report


def _places(columns: Sequence[str]) -> Mapping[str, int]:
    places = {fold(c).strip().replace(" ", "_"): n for n, c in enumerate(columns)}
    missing = [name for name in REQUIRED if name not in places]
    if missing:
        raise Refused(
            "no_columns",
            gettext_noop("Bảng thiếu cột %(missing)s. Xin dùng tên cột như trong tệp mẫu."),
            params={"missing": ", ".join(missing)},
        )
    return places


def _take(row: Row, places: Mapping[str, int], report: Report) -> None:
    problem = gettext(row.problem) if row.problem else ""
    if not problem:
        cells = {name: nfc(row.cells[places[name]]) if name in places else "" for name in COLUMNS}
        kind = KINDS.get(fold(cells["loai"]))
        try:
            on = read_date(cells["ngay"])
        except Refused as refused:
            problem = refusals.sentence(refused)
        else:
            if kind is not None:
                report.lines.append(Line(on, kind, cells["ten"], cells["dieu_khoan"]))
                return
            problem = gettext("Không hiểu loại “%(text)s”.") % {"text": cells["loai"][:40]}
    report.bad.append(BadRow(row.line, tuple(row.cells[: len(COLUMNS)]), problem))


def written(lines: Iterable[DecreeDayRow]) -> str:
    """The days of a draft as they can be pasted back: tabs between the cells."""
    rows = [COLUMNS, *((show_date(d.on), gettext(days.KINDS[d.kind]), d.name, d.clause) for d in lines)]
    return "\n".join("\t".join(cell.replace("\t", " ") for cell in row) for row in rows)
