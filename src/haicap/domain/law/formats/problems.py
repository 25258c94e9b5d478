"""Lỗi trong tệp: what is wrong with a file of rows, cell by cell, with the repair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop

MEND_CELL = gettext_noop("Sửa ô này rồi nhập lại tệp.")
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong.

    row       line of the sheet (the heading is 1) or place in the JSON list (from 1); 0 = the sheet itself
    column    "" = the row as a whole
    sentence  and repair: Vietnamese %-templates over `params`
    """

    sheet: str
    row: int
    column: str
    sentence: str
    params: Mapping[str, object] = field(default_factory=dict)
    repair: str = MEND_CELL

    def told(self) -> str:
        """Where, what and the repair in one line."""
        where = "/".join(str(part) for part in (self.sheet, self.row or "", self.column) if part)
        return f"{where}: {filled(self.sentence, self.params)} {filled(self.repair, self.params)}".rstrip()


def filled(template: str, params: Mapping[str, object]) -> str:
    """A template with its values; one without values may hold a bare percent sign."""
    return template % params if params else template


def of_refused(sheet: str, row: int, column: str, refused: Refused) -> Problem:
    """A refusal of a value as the problem of its cell; its sentence names the repair already."""
    return Problem(sheet, row, column, refused.template, refused.params)


def refuse(problems: Sequence[Problem]) -> Refused:
    """All problems of a file as one refusal, the first few told in full."""
    told = "; ".join(problem.told() for problem in problems[:MOST_SHOWN])
    return Refused(
        "bad_rows",
        gettext_noop("Tệp có %(count)s lỗi, chưa dòng nào được nhập. %(told)s"),
        params={"count": len(problems), "told": told},
    )
