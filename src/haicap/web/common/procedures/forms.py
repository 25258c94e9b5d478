"""Biểu mẫu thành trang: the questions of a record as a citizen will see them, for a preview."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from haicap.base.words import gettext_noop
from haicap.domain.procedures.content import Field, FieldType, Form, Group, Question, Rules
from haicap.web.common.procedures import words

TYPES = {
    "text": gettext_noop("một dòng chữ"),
    "longtext": gettext_noop("nhiều dòng chữ"),
    "number": gettext_noop("số"),
    "date": gettext_noop("ngày"),
    "choice": gettext_noop("chọn một"),
    "multichoice": gettext_noop("chọn nhiều"),
    "yesno": gettext_noop("có hay không"),
    "phone": gettext_noop("số điện thoại"),
    "email": gettext_noop("thư điện tử"),
    "person_id": gettext_noop("số định danh cá nhân"),
    "unit": gettext_noop("đơn vị hành chính"),
    "file": gettext_noop("tệp"),
    "money": gettext_noop("số tiền (đồng)"),
}
_HINTS = {
    FieldType.DATE: gettext_noop("Ngày/tháng/năm, ví dụ 01/07/2025."),
    FieldType.PERSON_ID: gettext_noop("12 chữ số."),
    FieldType.UNIT: gettext_noop("Ghi địa chỉ cũ hay mới đều được; hệ thống tìm ra xã, phường."),
    FieldType.MONEY: gettext_noop("Số đồng, không ghi dấu chấm."),
}
_CONTROLS = {FieldType.LONGTEXT: "area", FieldType.FILE: "file", FieldType.CHOICE: "radio",
             FieldType.YESNO: "radio", FieldType.MULTICHOICE: "check"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One question: `control` is line, area, radio, check or file."""

    id: str
    key: str
    label: str
    type: str
    control: str
    required: bool
    hints: tuple[str, ...]
    why: str
    condition: str
    options: tuple[str, ...]
    prefilled: bool


@dataclass(frozen=True, slots=True)
class GroupShown:
    """A group that repeats."""

    label: str
    help: str
    condition: str
    times: str
    fields: tuple[FieldShown, ...]


@dataclass(frozen=True, slots=True)
class PageShown:
    """A page of the form; `parts` are questions and groups in their order, told apart by `fields`."""

    number: int
    title: str
    help: str
    condition: str
    parts: tuple[FieldShown | GroupShown, ...]


def pages_shown(form: Form) -> tuple[PageShown, ...]:
    """Pages in the order they are asked."""
    return tuple(
        PageShown(
            number, words.text(page.title), words.text(page.help), words.condition(page.condition, form),
            tuple(_part(question, form) for question in page.questions),
        )
        for number, page in enumerate(form.pages, 1)
    )  # fmt: skip


def _part(question: Question, form: Form) -> FieldShown | GroupShown:
    if isinstance(question, Field):
        return _field(question, form)
    return GroupShown(
        words.text(question.label), words.text(question.help), words.condition(question.condition, form),
        _times(question), tuple(_field(field, form, f"{question.key}-") for field in question.fields),
    )  # fmt: skip


def _times(group: Group) -> str:
    return gettext("từ %(least)s đến %(most)s lần") % {"least": group.least, "most": group.most}


def _field(field: Field, form: Form, prefix: str = "") -> FieldShown:
    options = tuple(words.text(option.label) for option in field.options)
    if field.type is FieldType.YESNO:
        options = (gettext("Có"), gettext("Không"))
    return FieldShown(
        f"cau-{prefix}{field.key}", field.key, words.text(field.label), words.said(TYPES, field.type),
        _CONTROLS.get(field.type, "line"), field.required, _hints(field), words.text(field.why),
        words.condition(field.condition, form), options, field.prefill is not None,
    )  # fmt: skip


def _hints(field: Field) -> tuple[str, ...]:
    own = [words.text(field.help)] if field.help else []
    if field.type in _HINTS and not own:
        own.append(gettext(_HINTS[field.type]))
    return tuple(own + _bounds(field.rules, field.type))


def _bounds(rules: Rules, kind: FieldType) -> list[str]:
    found = []
    if rules.min:
        found.append(gettext("Nhỏ nhất %(bound)s.") % {"bound": _bound(rules.min)})
    if rules.max:
        late = kind is FieldType.DATE and rules.max == "today"
        told = gettext("Không sau ngày nộp.") if late else gettext("Lớn nhất %(bound)s.")
        found.append(told if late else told % {"bound": _bound(rules.max)})
    return found


def _bound(text: str) -> str:
    return gettext("ngày nộp") if text == "today" else text
