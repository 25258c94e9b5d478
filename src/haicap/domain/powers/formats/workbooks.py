"""Sổ tính: powers and assertions as a workbook with lists to choose from. Cells are texts: nothing is run or linked."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

from haicap.base.tables.writing import workbook as empty_workbook
from haicap.base.tables.writing import write_texts
from haicap.domain.law.states import Evidence
from haicap.domain.powers.formats.cells import ASSERTIONS, POWERS, cells, columns, organ_names
from haicap.domain.powers.formats.rows import AssertionLine, PowerLine
from haicap.domain.powers.formats.tables import LISTS
from haicap.domain.powers.states import Level, Mode, Reading, Role, Sort

FILLED = 2_000  # rows of the template that offer the lists
# Column of the sheet of lists → columns of the others that choose from it.
_LISTS: tuple[tuple[str, Sequence[str], tuple[str, ...]], ...] = (
    ("role", tuple(Role), ("role",)),
    ("level", tuple(Level), ("level",)),
    ("mode", tuple(Mode), ("mode",)),
    ("reading", tuple(Reading), ("reading",)),
    ("evidence", tuple(Evidence), ("evidence",)),
    ("sort", tuple(Sort), ("sort",)),
)


def workbook(powers: Iterable[PowerLine], assertions: Iterable[AssertionLine]) -> bytes:
    """Both sheets filled, and the sheet of lists. `tables.read` reads it back unchanged."""
    lists: dict[str, list[PowerLine] | list[AssertionLine]] = {
        POWERS: list(powers),
        ASSERTIONS: list(assertions),
    }
    target = io.BytesIO()
    book = empty_workbook(target)
    bold = book.add_format({"bold": True, "bg_color": "#F0EAE1", "bottom": 1})
    for sheet in (ASSERTIONS, POWERS):
        page = book.add_worksheet(sheet)
        page.freeze_panes(1, 1)
        _write(page, [columns(sheet), *(cells(row) for row in lists[sheet])], bold)
        page.autofilter(0, 0, max(len(lists[sheet]), 1), len(columns(sheet)) - 1)
    _offer(book, bold)
    book.close()
    return target.getvalue()


def template() -> bytes:
    """The workbook to fill in: one row of each sheet shows how."""
    power = PowerLine(
        "linh-vuc.ten-viec", "Tên việc", Level.COMMUNE, field="Lĩnh vực", attributes={"khoan": ["2", "3"]}
    )
    line = AssertionLine(
        power=power.code, role=Role.DECIDE, organ="commune_chairman", level=Level.COMMUNE, condition="khoan in {2}",
        mode=Mode.DELIMITATION, document="151/2025/NĐ-CP", place="art_5__para_1",
    )  # fmt: skip
    return workbook([power], [line])


def table(heading: Sequence[str], rows: Iterable[Sequence[object]], name: str = "1") -> bytes:
    """Any table as a workbook of one sheet of texts: findings, the survey."""
    target = io.BytesIO()
    book = empty_workbook(target)
    bold = book.add_format({"bold": True, "bg_color": "#F0EAE1", "bottom": 1})
    page = book.add_worksheet(name)
    page.freeze_panes(1, 0)
    _write(page, [heading, *(["" if cell is None else str(cell) for cell in row] for row in rows)], bold)
    book.close()
    return target.getvalue()


def _write(page: Any, rows: Iterable[Sequence[str]], bold: Any) -> None:
    write_texts(page, rows, heading=bold)
    page.autofit(400)


def _offer(book: Any, bold: Any) -> None:
    """The sheet of allowed words, and lists to choose from in the columns that take them."""
    page = book.add_worksheet(LISTS)
    organs = organ_names()
    for place, (title, values, wanted) in enumerate(_LISTS):
        _column(page, place, title, values, bold)
        _choose(book, place, len(values), wanted)
    place = len(_LISTS)
    _column(page, place, "organ", tuple(organs), bold)
    _column(page, place + 1, "organ (tên)", tuple(organs.values()), bold)
    _choose(book, place, len(organs), ("organ", "owner"))
    page.autofit(400)


def _column(page: Any, place: int, title: str, values: Sequence[str], bold: Any) -> None:
    page.write_string(0, place, title, bold)
    for line, value in enumerate(values, 1):
        page.write_string(line, place, str(value))


def _choose(book: Any, place: int, count: int, wanted: Iterable[str]) -> None:
    letter = chr(ord("A") + place)
    source = f"='{LISTS}'!${letter}$2:${letter}${count + 1}"
    for sheet in (POWERS, ASSERTIONS):
        page = book.get_worksheet_by_name(sheet)
        for name in wanted:
            if name in columns(sheet):
                at = columns(sheet).index(name)
                rule = {"validate": "list", "source": source, "error_type": "warning"}
                page.data_validation(1, at, FILLED, at, rule)
