"""Values of tables: rows with their line, limits, what a table was found to be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import NamedTuple, Self

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop

MAX_CELL = 32 * 1024 * 1024  # characters of a line of a CSV file; longer is no table


class Form(StrEnum):
    """Dạng tệp: how a table is written down."""

    CSV = "csv"
    XLSX = "xlsx"


class Row(NamedTuple):
    """A row after the heading.

    line     where it begins: line of the CSV file or row of the sheet, from 1
    cells    as many as there are columns (none for a blank line)
    problem  why it cannot be read, a Vietnamese sentence; empty when it can
    """

    line: int
    cells: list[str]
    problem: str = ""

    @property
    def blank(self) -> bool:
        """An empty line: no row for most readers, so it is carried along as an empty line."""
        return not self.cells


@dataclass(frozen=True, slots=True)
class Limits:
    """What is still read. rows: after the heading; cells: extent of a sheet; unpacked: bytes of an XLSX file."""

    rows: int
    columns: int = 500
    cells: int = 20_000_000
    unpacked: int = 600 * 1024 * 1024


COMMAND_LINE = Limits(rows=1_000_000)
WEB = Limits(rows=200_000, cells=4_000_000, unpacked=200 * 1024 * 1024)


@dataclass(slots=True)
class Table:
    """A table being read. `rows` can be walked through once; Refused `too_many_rows` at the limit."""

    form: Form
    columns: list[str]
    rows: Iterator[Row]
    encoding: str = ""  # as people call it: "UTF-8", "Windows-1258"
    delimiter: str = ","
    close: Callable[[], None] = lambda: None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def counted(rows: Iterator[Row], most: int) -> Iterator[Row]:
    """The same rows; Refused `too_many_rows` when there are more than `most`."""
    for n, row in enumerate(rows, 1):
        if n > most:
            raise Refused(
                "too_many_rows",
                gettext_noop("Bảng có hơn %(most)s dòng. Xin chia thành nhiều tệp nhỏ hơn."),
                params={"most": f"{most:,}".replace(",", ".")},
            )
        yield row
