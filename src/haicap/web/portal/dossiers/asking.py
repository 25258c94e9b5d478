"""Đọc câu trả lời: what was typed on a page of questions, as `procedures.content.judge` wants it. Nothing is stored here.

Beside the answers a page keeps in keys that no question can have: `_noi` what was written for a unit and which it is,
`_tep` the component a file became. Neither is filed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from haicap.base.words import gettext_noop
from haicap.domain.dossiers import rules
from haicap.domain.procedures.content import (
    AnswerProblem,
    Field,
    FieldType,
    Form,
    Group,
    Page,
    judge,
    pages_asked,
)
from haicap.web.common.procedures import words
from haicap.web.portal.dossiers import places

UNITS, FILES = "_noi", "_tep"
KEEP = "giu"  # written as it is: a place abroad, or one the register does not know
LONGEST = 30_000  # more than any answer may have; what is longer is cut, and then too long
EMPTY = gettext_noop("%(label)s: xin trả lời câu này.")
SEVERAL = gettext_noop("Tên này có thể là nhiều nơi. Xin chọn một.")
UNKNOWN = gettext_noop(
    "Chưa nhận ra xã, phường nào. Xin ghi lại kèm tỉnh, thành phố, hoặc giữ nguyên như đã ghi."
)
NO_DAY = gettext_noop("Ngày này không có trên lịch. Xin viết ngày, tháng, năm bằng số, ví dụ 22 11 2026.")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def name_of(place: str) -> str:
    """The name of a control: "ben[2].ho_ten" → "c-ben-2-ho_ten"."""
    return "c-" + re.sub(r"\[([0-9]+)\]\.", r"-\1-", place)


@dataclass(slots=True)
class Typed:
    """A page as it was sent: answers by key, those of units and files beside them."""

    answers: dict[str, Any] = field(default_factory=dict)
    units: dict[str, Any] = field(default_factory=dict)


def read_page(page: Page, data: QueryDict, held: Mapping[str, Any], on: date) -> Typed:
    """What was typed for every question of a page that was shown; others keep their answers."""
    typed = Typed(units=dict(held.get(UNITS, {})))
    for question in page.questions:
        if isinstance(question, Group):
            if f"n-{question.key}" in data:
                typed.answers[question.key] = _group(question, data, held, on)
        elif f"h-{question.key}" in data and question.type is not FieldType.FILE:
            typed.answers[question.key] = _value(question, question.key, data, typed.units, on)
    if typed.units != held.get(UNITS, {}):
        typed.answers[UNITS] = typed.units
    return typed


def _group(group: Group, data: QueryDict, held: Mapping[str, Any], on: date) -> list[dict[str, Any]]:
    before = items_of(group, held)
    items = []
    for n in range(_count(data.get(f"n-{group.key}", ""), group.most)):
        old = before[n] if n < len(before) else {}
        units: dict[str, Any] = {}
        one = {k: old[k] for k in (FILES, *_files(group)) if k in old}
        for question in group.fields:
            if question.type is not FieldType.FILE:
                one[question.key] = _value(question, f"{group.key}[{n}].{question.key}", data, units, on)
        if units:
            one[UNITS] = units
        items.append(one)
    return items


def _files(group: Group) -> list[str]:
    return [q.key for q in group.fields if q.type is FieldType.FILE]


def _count(text: str, most: int) -> int:
    return min(int(text), most) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def items_of(group: Group, answers: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The things of a repeating group as far as they were given."""
    given = answers.get(group.key)
    return [dict(one) for one in given if isinstance(one, Mapping)] if isinstance(given, list) else []


def _value(asked: Field, place: str, data: QueryDict, units: dict[str, Any], on: date) -> Any:
    name = name_of(place)
    if asked.type is FieldType.MULTICHOICE:
        return [text[:100] for text in data.getlist(name)[:100]]
    if asked.type is FieldType.DATE:
        return _day([rules.one_line(data.get(f"{name}-{part}", "")[:20], 20) for part in ("d", "m", "y")])
    if asked.type is FieldType.LONGTEXT:
        return rules.paragraphs(data.get(name, "").replace("\r\n", "\n")[:LONGEST], LONGEST)
    text = rules.one_line(data.get(name, "")[:LONGEST], LONGEST)
    if asked.type is FieldType.UNIT:
        return _unit(asked.key, text, data.get(f"{name}-chon", "")[:80], units, on)
    return re.sub(r"[\s.]", "", text) if asked.type is FieldType.PERSON_ID else text


def _day(parts: Sequence[str]) -> str:
    """ISO when it is written in numbers; else as it was typed, which is no day."""
    if not any(parts):
        return ""
    day, month, year = parts
    if all(p.isascii() and p.isdigit() for p in parts) and len(year) == 4 and len(day) < 3 and len(month) < 3:
        return f"{year}-{month:0>2}-{day:0>2}"
    return "/".join(parts)


def _unit(key: str, text: str, picked: str, units: dict[str, Any], on: date) -> str:
    """The unit of today under its full name, beside what was written when that was another; kept in `units`."""
    units.pop(key, None)
    if not text or len(text) > places.LONGEST:
        return text
    if picked == KEEP:
        units[key] = {"ghi": text, "uid": KEEP}
        return text
    choice = places.read(text, on).chosen(picked)
    units[key] = {"ghi": text, "uid": choice.uid if choice else ""}
    if choice is None:
        return text
    return f"{choice.title} (người khai ghi: {text})" if choice.old_name else choice.title  # kept: Vietnamese


# --- what is wrong -----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with an answer: its place as `judge` names it, its page, the sentence in the page's language."""

    place: str
    page: Page
    sentence: str

    @property
    def id(self) -> str:
        """Where the summary leads."""
        return name_of(self.place)


def wrongs(form: Form, answers: Mapping[str, Any], on: date) -> tuple[Wrong, ...]:
    """Everything wrong with the questions that are asked, units not understood included, in their order."""
    found = []
    judged = {p.place: p for p in judge(form, answers, on)}
    for page in pages_asked(form, answers):
        for place, asked, answer, held in _asked_on(page, answers):
            problem = judged.get(place)
            if problem is not None:
                found.append(Wrong(place, page, _sentence(asked, answer, problem, place)))
            elif (
                isinstance(asked, Field) and asked.type is FieldType.UNIT and (said := _lost(asked, held, on))
            ):
                found.append(Wrong(place, page, said))
    return tuple(found)


def _asked_on(
    page: Page, answers: Mapping[str, Any]
) -> list[tuple[str, Field | Group, object, Mapping[str, Any]]]:
    """(place, question, answer, what is kept beside it) of a page, groups before what is in them."""
    found: list[tuple[str, Field | Group, object, Mapping[str, Any]]] = []
    for question in page.questions:
        if not question.condition.holds(answers):
            continue
        found.append((question.key, question, answers.get(question.key), answers))
        if isinstance(question, Group):
            for n, one in enumerate(items_of(question, answers)):
                inside = {**answers, **one}
                found += [
                    (f"{question.key}[{n}].{f.key}", f, one.get(f.key), one)
                    for f in question.fields
                    if f.condition.holds(inside)
                ]
    return found


def _sentence(asked: Field | Group, answer: object, problem: AnswerProblem, place: str) -> str:
    """What is wrong, and with what: the same words stand on top of the page and at the question."""
    inside = re.search(r"\[([0-9]+)\]", place)
    label = words.text(asked.label).rstrip("?.: ") + (f" {int(inside[1]) + 1}" if inside else "")
    if isinstance(asked, Field) and answer in (None, "", []):
        return gettext(EMPTY) % {"label": label}
    said = gettext(problem.template)
    if isinstance(asked, Field) and asked.type is FieldType.DATE and not _real(str(answer)):
        said = gettext(NO_DAY)
    elif problem.params:
        said = said % problem.params
    return f"{label}: {said}"


def _real(text: str) -> bool:
    try:
        return bool(_ISO.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _lost(asked: Field, held: Mapping[str, Any], on: date) -> str:
    kept = held.get(UNITS, {}).get(asked.key)
    if not kept or kept["uid"]:
        return ""
    return gettext(SEVERAL if places.read(kept["ghi"], on).choices else UNKNOWN)


# --- going on ----------------------------------------------------------------------------------------------------
def newly_asked(page: Page, answers: Mapping[str, Any], data: QueryDict) -> bool:
    """Whether an answer on this page brought up a question of it that was not shown."""
    return any(
        q.condition.holds(answers) and not ({f"h-{q.key}", f"n-{q.key}"} & set(data)) for q in page.questions
    )


def to_file(form: Form, answers: Mapping[str, Any]) -> dict[str, Any]:
    """The answers to what is asked, and nothing else: what was answered before another choice is not handed in."""
    kept: dict[str, Any] = {}
    for page in pages_asked(form, answers):
        for question in page.questions:
            if question.condition.holds(answers) and question.key in answers:
                value = answers[question.key]
                kept[question.key] = (
                    [_bare(question, one, answers) for one in items_of(question, answers)]
                    if isinstance(question, Group)
                    else value
                )
    return kept


def _bare(group: Group, one: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, Any]:
    asked: Callable[[Field], bool] = lambda f: f.condition.holds({**answers, **one})  # noqa: E731
    return {f.key: one[f.key] for f in group.fields if f.key in one and asked(f)}
