"""Lỗi trong tệp: what cannot be read, all of it at once, each with its row and the repair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop

SHOWN = 200  # problems told one by one; nobody reads more


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong: line of the file (from 1), column, a %-template in Vietnamese with its values; its sheet."""

    line: int
    column: str
    template: str
    params: Mapping[str, object] = field(default_factory=dict)
    sheet: str = ""

    @property
    def sentence(self) -> str:
        """The Vietnamese sentence with its values."""
        return self.template % self.params if self.params else self.template


class BadRows(Refused):
    """Rows cannot be read; nothing was checked. `problems`: all of them, in the order of the file."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = sorted(problems, key=lambda p: p.line)
        super().__init__(
            "bad_rows",
            gettext_noop("Tệp có %(count)s lỗi; chưa kiểm tra dòng nào. Xin sửa hết rồi chạy lại."),
            params={"count": len(self.problems)},
        )
