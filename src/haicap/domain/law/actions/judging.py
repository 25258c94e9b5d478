"""Xét bảng: what rows say against themselves, each other and the register, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.law import numbers
from haicap.domain.law.formats import checks
from haicap.domain.law.formats.problems import Problem, of_refused, refuse
from haicap.domain.law.formats.rows import SHEETS, Tables


def check(tables: Tables) -> None:
    """Refused `bad_rows` with sheet, row, reason and repair, whatever door the rows came through."""
    problems = list(_numbers(tables))
    if not problems:
        for sheet in SHEETS:
            problems += checks.check(sheet, list(enumerate(tables.of(sheet), start=1)))
    if problems:
        raise refuse(problems)


def _numbers(tables: Tables) -> Iterator[Problem]:
    for n, line in enumerate(tables.documents, start=1):
        try:
            numbers.parse(line.number)
        except Refused as refused:
            yield of_refused("documents", n, "number", refused)


def check_same(sheet: str, n: int, before: tuple[object, ...], now: tuple[object, ...]) -> None:
    """Refused `there_already` when the register has what a row says, with other days."""
    if before != now:
        raise Refused(
            "there_already",
            gettext_noop(
                "Bảng %(sheet)s, dòng %(row)s: sổ đã có dòng này với ngày hoặc loại khác. Xin bỏ dòng này, hoặc bỏ "
                "nội dung sai trong sổ trước."
            ),
            params={"sheet": sheet, "row": n},
        )


def check_heading(n: int, before: str, now: str) -> None:
    """Refused `there_already` when a place has another heading; an empty one may be filled, and left alone."""
    if before and now and before != now:
        raise Refused(
            "there_already",
            gettext_noop(
                "Bảng provisions, dòng %(row)s: sổ đã có quy định này với tiêu đề khác (“%(heading)s”). Xin bỏ dòng này "
                "hoặc để trống tiêu đề."
            ),
            params={"row": n, "heading": before[:120], "sheet": "provisions"},
        )


def unknown_unit(sheet: str, n: int, uid: str) -> Refused:
    """A row names a unit the register does not have."""
    return Refused(
        "unknown_unit",
        gettext_noop("Bảng %(sheet)s, dòng %(row)s: không có đơn vị mang mã định danh %(uid)s."),
        params={"sheet": sheet, "row": n, "uid": uid},
    )


def text_days(n: int) -> Refused:
    """Two texts of a place would count on one day."""
    return Refused(
        "text_days",
        gettext_noop("Bảng texts, dòng %(row)s: những ngày này đã có lời văn khác. Xin xem lại ngày."),
        params={"row": n},
    )
