"""Kết quả chuyển đổi: the columns added to a list of addresses, and one answer as a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from haicap.base.tables import Row
from haicap.domain.units.addresses import Answer, Status

# Order and meaning are a contract with whoever reads the files: extend at the end, never change.
ADDED = (
    "status",
    "code",
    "unit",
    "province",
    "candidates",
    "population_code",
    "legacy_code",
    "citation",
    "error",
)
UNREADABLE = "dòng "  # how `error` begins for a row that cannot be read; no answer's error does
_NOTHING = [Status.NOT_FOUND.value, *[""] * (len(ADDED) - 2)]


class Converted(NamedTuple):
    """A row and its added cells (none for a blank line)."""

    row: Row
    added: list[str]

    @property
    def cells(self) -> list[str]:
        """The whole row of the result."""
        return [*self.row.cells, *self.added]


@dataclass(slots=True)
class Tally:
    """How many rows came to what; `unreadable` ones are counted apart."""

    rows: int = 0
    blank: int = 0
    unreadable: int = 0
    statuses: dict[str, int] = field(default_factory=dict)

    def count(self, done: Converted) -> None:
        """Take one row in."""
        self.rows += 1
        if done.row.blank:
            self.blank += 1
        elif done.row.problem:
            self.unreadable += 1
        else:
            self.statuses[done.added[0]] = self.statuses.get(done.added[0], 0) + 1


def answer_cells(answer: Answer) -> list[str]:
    """The added cells of one answer, in the order of ADDED."""
    return [
        answer.status.value,
        answer.code,
        answer.unit,
        answer.province,
        answer.candidates_text,
        answer.population_code,
        answer.legacy_code,
        answer.citation,
        answer.error,
    ]


def converted(rows: Iterable[Row], column: int, convert: Callable[[str], Answer]) -> Iterator[Converted]:
    """Every row with its answer, in order. A row that cannot be read is `not_found`, its reason in `error`."""
    for row in rows:
        if row.blank:
            yield Converted(row, [])
        elif row.problem:
            yield Converted(row, [*_NOTHING, f"{UNREADABLE}{row.line}: {row.problem}"])
        else:
            yield Converted(row, answer_cells(convert(row.cells[column])))


def answer_document(answer: Answer) -> dict[str, object]:
    """One answer with its candidates, shares and readings, for machines."""
    return {
        "status": answer.status.value,
        "code": answer.code,
        "unit": answer.unit,
        "province": answer.province,
        "population_code": answer.population_code,
        "legacy": [
            {"code": code, "name": name}
            for code, name in zip(answer.legacy_codes, answer.legacy_names, strict=False)
        ],
        "citation": answer.citation,
        "error": answer.error,
        "candidates": [
            {
                "uid": c.uid,
                "code": c.code,
                "name": c.name,
                "province": c.province,
                "area_share": c.area_share,
                "people_share": c.people_share,
                "citation": c.citation,
                "current": c.current,
                "population": c.population,
            }
            for c in answer.candidates
        ],
        "readings": [
            {"role": r.role, "words": r.words, "read_as": r.read_as, "corrected": r.corrected}
            for r in answer.readings
        ],
    }
