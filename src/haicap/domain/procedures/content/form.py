"""Biểu mẫu điện tử: questions as data, in pages; a page a person sees at a time asks one thing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from haicap.domain.procedures.content.conditions import ALWAYS, Condition
from haicap.domain.procedures.content.words import NOTHING, Words


class FieldType(StrEnum):
    """Kiểu câu hỏi."""

    TEXT = "text"
    LONGTEXT = "longtext"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"  # one of the options
    MULTICHOICE = "multichoice"  # any of the options
    YESNO = "yesno"  # values "yes", "no" in conditions
    PHONE = "phone"
    EMAIL = "email"
    PERSON_ID = "person_id"  # số định danh cá nhân: 12 digits
    UNIT = "unit"  # an administrative unit, written as an address and understood by the address engine
    FILE = "file"
    MONEY = "money"  # whole đồng


CHOICES = (FieldType.CHOICE, FieldType.MULTICHOICE, FieldType.YESNO)
NUMBERS = (FieldType.NUMBER, FieldType.MONEY)
TEXTS = (FieldType.TEXT, FieldType.LONGTEXT)


class Profile(StrEnum):
    """Điền sẵn: what a person's profile can fill in."""

    FULL_NAME = "full_name"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    PERSON_ID = "person_id"
    PHONE = "phone"
    EMAIL = "email"
    NATIONALITY = "nationality"
    ETHNICITY = "ethnicity"
    RESIDENCE = "residence"  # unit of permanent residence
    RESIDENCE_DETAIL = "residence_detail"  # house number, street, hamlet
    STAY = "stay"  # unit of temporary residence
    STAY_DETAIL = "stay_detail"


@dataclass(frozen=True, slots=True)
class Option:
    """An answer to choose."""

    key: str
    label: Words


@dataclass(frozen=True, slots=True)
class Rules:
    """Kiểm tra: bounds of an answer.

    min, max  of numbers and money; of dates as ISO days or "today" (the day of filing)
    pattern   of texts: a regular expression without groups that look around or back, matched against the whole answer
    """

    min: str = ""
    max: str = ""
    pattern: str = ""
    min_length: int | None = None
    max_length: int | None = None

    def bounds(self) -> tuple[Decimal | None, Decimal | None]:
        """min and max as numbers (for numbers and money)."""
        return (
            Decimal(self.min) if self.min else None,
            Decimal(self.max) if self.max else None,
        )


NO_RULES = Rules()


@dataclass(frozen=True, slots=True)
class Field:
    """Một câu hỏi."""

    key: str
    type: FieldType
    label: Words
    required: bool = True
    help: Words = NOTHING
    why: Words = NOTHING  # why it is asked
    condition: Condition = ALWAYS
    options: tuple[Option, ...] = ()
    rules: Rules = NO_RULES
    prefill: Profile | None = None

    def values(self) -> frozenset[str]:
        """What a condition may compare it with; empty for questions that are not of choice."""
        if self.type is FieldType.YESNO:
            return frozenset({"yes", "no"})
        return frozenset(option.key for option in self.options)


@dataclass(frozen=True, slots=True)
class Group:
    """Nhóm lặp lại: the same questions for each of several things (children, co-owners, copies).

    Its answer is a list of objects, `least` to `most` of them. Conditions inside see the group's own questions first.
    """

    key: str
    label: Words
    fields: tuple[Field, ...]
    least: int = 1
    most: int = 20
    help: Words = NOTHING
    condition: Condition = ALWAYS


Question = Field | Group


@dataclass(frozen=True, slots=True)
class Page:
    """Một trang: usually one question, or a few that belong together (a name and a date)."""

    key: str
    title: Words
    questions: tuple[Question, ...]
    help: Words = NOTHING
    condition: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Form:
    """Biểu mẫu: pages in the order they are asked."""

    pages: tuple[Page, ...] = ()

    def questions(self) -> Iterator[tuple[Page, Question]]:
        """All questions in order with their pages."""
        for page in self.pages:
            for question in page.questions:
                yield page, question

    def fields(self) -> dict[str, Field]:
        """Questions that are no groups, by key."""
        return {q.key: q for _, q in self.questions() if isinstance(q, Field)}

    def groups(self) -> dict[str, Group]:
        """Repeating groups by key."""
        return {q.key: q for _, q in self.questions() if isinstance(q, Group)}


NO_FORM = Form()
