"""Câu trả lời: what an address was read as, and which units it leads to on a date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from haicap.base.words import gettext_noop


class Status(StrEnum):
    """How much the text decides."""

    UNIQUE = "unique"
    SPLIT = "split"
    AMBIGUOUS = "ambiguous"
    NOT_FOUND = "not_found"


TOO_LONG = gettext_noop("Văn bản quá dài: một địa chỉ có tối đa 1.000 ký tự.")
EMPTY = gettext_noop("Không có chữ nào để đọc.")
BEFORE_HORIZON = gettext_noop("Ngày hỏi nằm trước mốc dữ liệu (31/12/2018).")
ONLY_HIGHER = gettext_noop(
    "Chỉ nhận ra cấp tỉnh hoặc cấp huyện; địa chỉ cần có xã, phường, thị trấn hoặc đặc khu."
)
NO_UNIT = gettext_noop("Không nhận ra đơn vị hành chính nào trong địa chỉ.")
NO_COMMUNE = gettext_noop("Không có xã, phường, thị trấn hoặc đặc khu nào mang tên này.")
CONTRADICTION = gettext_noop(
    "Các phần của địa chỉ mâu thuẫn: không có đơn vị mang tên này trong huyện hoặc tỉnh đã nêu."
)
NO_SUCCESSOR = gettext_noop(
    "Đơn vị này kết thúc ngày %(day)s theo %(act)s; chưa có dữ liệu về đơn vị kế tiếp."
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit on the date that the text may mean.

    area_share, people_share  what of the old unit went to it: all, part, none, unknown; empty when read as current
    from_uids                 units of the text that lead to it
    citation                  clauses that lead to it
    current                   reached by reading the text as a unit in force on the date
    population                it took the whole population of a divided unit
    """

    uid: str
    code: str
    name: str
    province: str
    area_share: str
    people_share: str
    from_uids: tuple[str, ...]
    citation: str
    current: bool
    population: bool


class Reading(NamedTuple):
    """Words of the text and what they were read as.

    role       commune, district, province, or rest (street, hamlet, house)
    words      as written
    read_as    official names, joined by " | "; empty for the rest
    corrected  the words are not the official spelling (typing slip)
    """

    role: str
    words: str
    read_as: str
    corrected: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a text leads to on a date. Candidates ascend by code; `for_page` puts the current unit first."""

    status: Status
    candidates: tuple[Candidate, ...] = ()
    population_code: str = ""
    legacy_uids: tuple[str, ...] = ()
    legacy_codes: tuple[str, ...] = ()
    legacy_names: tuple[str, ...] = ()
    citation: str = ""
    reason: str = ""
    reason_params: dict[str, str] = field(default_factory=dict)
    reader: Callable[[], tuple[Reading, ...]] | None = field(default=None, repr=False, compare=False)

    @property
    def error(self) -> str:
        """The reason in Vietnamese; empty when units were found. `reason` is its msgid for other languages."""
        return self.reason % self.reason_params if self.reason_params else self.reason

    def read_as(self, readings: Callable[[], tuple[Reading, ...]]) -> Answer:
        """The same answer for another text; `readings` tells how its words were read, when somebody asks."""
        return Answer(
            self.status,
            self.candidates,
            self.population_code,
            self.legacy_uids,
            self.legacy_codes,
            self.legacy_names,
            self.citation,
            self.reason,
            self.reason_params,
            readings,
        )

    @property
    def readings(self) -> tuple[Reading, ...]:
        """Which words were read as what, in the order of the text; words that name no unit come last."""
        return self.reader() if self.reader is not None else ()

    @property
    def for_page(self) -> tuple[Candidate, ...]:
        """Candidates with units of today's reading first, then those that took the population, then by code."""
        return tuple(sorted(self.candidates, key=lambda c: (not c.current, not c.population, c.code)))

    @property
    def code(self) -> str:
        """Code on the date; only for `unique`."""
        return self.candidates[0].code if self.status is Status.UNIQUE else ""

    @property
    def unit(self) -> str:
        """Full name on the date; only for `unique`."""
        return self.candidates[0].name if self.status is Status.UNIQUE else ""

    @property
    def province(self) -> str:
        """Full name of the province on the date; only for `unique`."""
        return self.candidates[0].province if self.status is Status.UNIQUE else ""

    @property
    def candidates_text(self) -> str:
        """Codes ascending, joined by "|"."""
        return "|".join(c.code for c in self.candidates)

    @property
    def legacy_code(self) -> str:
        """Old codes, ascending, joined by "|"."""
        return "|".join(self.legacy_codes)

    @property
    def legacy_name(self) -> str:
        """Old full names with district and province, joined by " | "."""
        return " | ".join(self.legacy_names)
