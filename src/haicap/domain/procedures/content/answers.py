"""Trả lời biểu mẫu: which questions are asked given the answers so far, and what is wrong with an answer."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as data_field
from datetime import date
from decimal import Decimal, InvalidOperation

from haicap.base.dates import show_date
from haicap.base.words import gettext_noop
from haicap.domain.procedures.content.conditions import Answers
from haicap.domain.procedures.content.form import NUMBERS, TEXTS, Field, FieldType, Form, Group, Page

LONGEST = {FieldType.TEXT: 500, FieldType.LONGTEXT: 20_000, FieldType.EMAIL: 254, FieldType.UNIT: 500}
_PERSON_ID = re.compile(r"[0-9]{12}")
_PHONE = re.compile(r"\+?[0-9]{9,12}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
TODAY = "today"


@dataclass(frozen=True, slots=True)
class AnswerProblem:
    """What is wrong with an answer.

    place     key of the question, or "group[2].key" inside a repeating group (counted from 0)
    template  Vietnamese sentence over `params`, with the repair
    """

    place: str
    template: str
    params: Mapping[str, object] = data_field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The sentence with its values."""
        return self.template % self.params if self.params else self.template


def pages_asked(form: Form, answers: Answers) -> tuple[Page, ...]:
    """The pages a person sees given the answers: those whose condition holds and that ask something."""
    return tuple(
        page
        for page in form.pages
        if page.condition.holds(answers) and any(q.condition.holds(answers) for q in page.questions)
    )


def judge(form: Form, answers: Answers, on: date) -> tuple[AnswerProblem, ...]:
    """Everything wrong with the answers to the questions that are asked, in their order; `on`: the day of filing.

    Answers: text; list of option keys (multichoice); bool or "yes"/"no" (yesno); ISO day (date); list of objects (group).
    Answers to questions that are not asked are not looked at.
    """
    found: list[AnswerProblem] = []
    for page in pages_asked(form, answers):
        for question in page.questions:
            if question.condition.holds(answers):
                if isinstance(question, Group):
                    found.extend(_group(question, answers, on))
                else:
                    found.extend(_field(question, answers.get(question.key), question.key, on))
    return tuple(found)


def _group(group: Group, answers: Answers, on: date) -> Iterator[AnswerProblem]:
    given = answers.get(group.key) or []
    if not isinstance(given, Sequence) or isinstance(given, str):
        given = []
    if not group.least <= len(given) <= group.most:
        yield AnswerProblem(
            group.key,
            gettext_noop("Cần từ %(least)s đến %(most)s mục."),
            {"least": group.least, "most": group.most},
        )
    for n, one in enumerate(given[: group.most]):
        inside = {**answers, **one} if isinstance(one, Mapping) else dict(answers)
        for field in group.fields:
            if field.condition.holds(inside):
                value = one.get(field.key) if isinstance(one, Mapping) else None
                yield from _field(field, value, f"{group.key}[{n}].{field.key}", on)


def _field(field: Field, value: object, place: str, on: date) -> Iterator[AnswerProblem]:
    if value in (None, "", []):
        if field.required:
            yield AnswerProblem(place, gettext_noop("Câu này cần trả lời."))
        return
    if field.type is FieldType.MULTICHOICE:
        chosen = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
        if not all(isinstance(c, str) and c in field.values() for c in chosen):
            yield AnswerProblem(place, gettext_noop("Xin chọn trong các lựa chọn đã cho."))
        return
    if field.type is FieldType.YESNO and isinstance(value, bool):
        return
    if not isinstance(value, str):
        yield AnswerProblem(place, gettext_noop("Câu trả lời không đọc được."))
        return
    problem = _text(field, value.strip(), on)
    if problem:
        yield AnswerProblem(place, *problem)


Wrong = tuple[str, Mapping[str, object]] | None


def _text(field: Field, text: str, on: date) -> Wrong:
    kind = field.type
    if kind in (FieldType.CHOICE, FieldType.YESNO):
        return None if text in field.values() else (gettext_noop("Xin chọn trong các lựa chọn đã cho."), {})
    if kind in NUMBERS:
        return _number(field, text)
    if kind is FieldType.DATE:
        return _day(field, text, on)
    if kind in TEXTS:
        return _written(field, text)
    return _shaped(kind, text)


def _shaped(kind: FieldType, text: str) -> Wrong:
    if kind is FieldType.PERSON_ID and not _PERSON_ID.fullmatch(text):
        return gettext_noop("Số định danh cá nhân gồm 12 chữ số."), {}
    if kind is FieldType.PHONE and not _PHONE.fullmatch(re.sub(r"[\s.\-()]", "", text)):
        return gettext_noop("Số điện thoại gồm 9 đến 12 chữ số, ví dụ 0912345678."), {}
    if kind is FieldType.EMAIL and not _EMAIL.fullmatch(text):
        return gettext_noop("Thư điện tử phải có dạng ten@noi.vn."), {}
    if len(text) > LONGEST.get(kind, 500):
        return gettext_noop("Câu trả lời dài quá %(most)s ký tự."), {"most": LONGEST.get(kind, 500)}
    return None


def _written(field: Field, text: str) -> Wrong:
    least, most = field.rules.min_length or 0, field.rules.max_length or LONGEST[field.type]
    if len(text) > most:
        return gettext_noop("Câu trả lời dài quá %(most)s ký tự."), {"most": most}
    if len(text) < least:
        return gettext_noop("Câu trả lời cần ít nhất %(least)s ký tự."), {"least": least}
    if field.rules.pattern and not re.fullmatch(field.rules.pattern, text):
        return gettext_noop("Câu trả lời không đúng dạng. Xin xem hướng dẫn của câu hỏi."), {}
    return None


def _number(field: Field, text: str) -> Wrong:
    plain = text.replace(" ", "")
    if field.type is FieldType.MONEY:
        plain = plain.replace(".", "")
    try:
        number = Decimal(plain.replace(",", "."))
    except InvalidOperation:
        return gettext_noop("Xin viết một số."), {}
    if not number.is_finite() or abs(number) >= 10**15:
        return gettext_noop("Xin viết một số."), {}
    if field.type is FieldType.MONEY and (number < 0 or number != int(number)):
        return gettext_noop("Số tiền là số đồng, không có phần lẻ."), {}
    low, high = field.rules.bounds()
    if low is not None and number < low:
        return gettext_noop("Số này không được nhỏ hơn %(low)s."), {"low": field.rules.min}
    if high is not None and number > high:
        return gettext_noop("Số này không được lớn hơn %(high)s."), {"high": field.rules.max}
    return None


def _day(field: Field, text: str, on: date) -> Wrong:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return gettext_noop("Xin viết một ngày, ví dụ 2026-11-22."), {}
    low, high = (_bound(bound, on) for bound in (field.rules.min, field.rules.max))
    if low is not None and day < low:
        return gettext_noop("Ngày này không được trước %(low)s."), {"low": show_date(low)}
    if high is not None and day > high:
        return gettext_noop("Ngày này không được sau %(high)s."), {"high": show_date(high)}
    return None


def _bound(text: str, on: date) -> date | None:
    return None if not text else on if text == TODAY else date.fromisoformat(text)
