"""Trả lời như giấy in: answers to a form as a paper shows them: labels instead of keys, days as people write them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from haicap.base.dates import read_date, show_date
from haicap.base.money import show
from haicap.base.refused import Refused
from haicap.domain.procedures.content import Field, FieldType, Form, Group

YES_NO = {True: "Có", "yes": "Có", False: "Không", "no": "Không"}


def said(form: Form, answers: Mapping[str, Any]) -> dict[str, str]:
    """Every question that was asked and answered, by key; a group as one line a thing. In Vietnamese."""
    found: dict[str, str] = {}
    for page, question in form.questions():
        if not page.condition.holds(answers) or not question.condition.holds(answers):
            continue
        value = answers.get(question.key)
        text = _group(question, value) if isinstance(question, Group) else said_as(question, value)
        if text:
            found[question.key] = text
    return found


def labels(form: Form) -> dict[str, str]:
    """What each question is called."""
    return {question.key: question.label.vi for _, question in form.questions()}


def said_as(field: Field, value: Any) -> str:
    """One answer in words; empty when there is none."""
    if value in (None, "", []):
        return ""
    if field.type is FieldType.YESNO:
        return YES_NO.get(value, "")
    if field.type in (FieldType.CHOICE, FieldType.MULTICHOICE):
        names = {option.key: option.label.vi for option in field.options}
        return ", ".join(names.get(str(key), str(key)) for key in _several(value))
    if field.type is FieldType.DATE:
        return _day(str(value))
    if field.type is FieldType.MONEY and str(value).isdecimal():
        return show(int(value))
    return "" if field.type is FieldType.FILE else str(value)


def _several(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else [value]


def _day(text: str) -> str:
    try:
        return show_date(read_date(text))
    except Refused:
        return text


def _group(group: Group, value: Any) -> str:
    things = value if isinstance(value, list) else []
    lines = (_thing(group, thing) for thing in things if isinstance(thing, dict))
    return "\n".join(line for line in lines if line)


def _thing(group: Group, thing: Mapping[str, Any]) -> str:
    asked = (field for field in group.fields if field.condition.holds(thing))
    told = ((field.label.vi, said_as(field, thing.get(field.key))) for field in asked)
    return "; ".join(f"{label}: {text}" for label, text in told if text)
