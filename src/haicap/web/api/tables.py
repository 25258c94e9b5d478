"""Bảng gửi lên: tables that machines enter whole or not at all, with every row that is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop

MOST_TOLD = 1_000


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing wrong: table, place in its list (from 1; 0: the table itself), column; Vietnamese %-templates."""

    sheet: str
    line: int
    column: str
    said: Sequence[str]
    params: Mapping[str, object]


class BadTable(Refused):
    """Rows cannot be entered; nothing was."""

    def __init__(self, wrong: Sequence[Wrong]) -> None:
        self.wrong = list(wrong)[:MOST_TOLD]
        super().__init__(
            "bad_rows",
            gettext_noop("Bảng có %(count)s lỗi, chưa dòng nào được nhập; xem “errors”."),
            params={"count": len(wrong)},
        )
