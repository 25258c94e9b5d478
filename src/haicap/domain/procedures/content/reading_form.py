"""Đọc biểu mẫu: a form out of a document, with every problem named at its place."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal, InvalidOperation

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.procedures.content.conditions import ALWAYS, Condition, read_condition
from haicap.domain.procedures.content.form import (
    CHOICES,
    NUMBERS,
    TEXTS,
    Field,
    FieldType,
    Form,
    Group,
    Option,
    Page,
    Profile,
    Question,
    Rules,
)
from haicap.domain.procedures.content.node import Node

MOST_ON_A_PAGE = 8
LONGEST_ANSWER = 20_000
TODAY = "today"
# Patterns come from people and run on what citizens type: what may take for ever is refused, so is what looks around.
_RISKY = re.compile(r"\(\?|\\[1-9]|[*+}]\)?[*+{]|\([^)]*[*+][^)]*\)[*+{]")
_FIELD = "key type label required help why condition options rules prefill".split()
_GROUP = "key type label help condition fields least most".split()
_RULES = "min max pattern min_length max_length".split()


def condition_at(node: Node, key: str = "condition") -> Condition:
    """The condition at a key; one that cannot be read is a problem."""
    try:
        return read_condition(node.text(key))
    except Refused as refused:
        node.wrong(refused.template, key, **refused.params)
        return ALWAYS


def form_of(node: Node | None) -> Form:
    """A form; empty when there is none."""
    if node is None or not node.closed("pages"):
        return Form()
    return Form(tuple(_page(page) for page in node.items("pages")))


def _page(node: Node) -> Page:
    node.closed("key", "title", "help", "condition", "questions")
    questions = tuple(_question(q) for q in node.items("questions"))
    if not questions or len(questions) > MOST_ON_A_PAGE:
        node.wrong(
            gettext_noop("Một trang cần từ 1 đến %(most)s câu hỏi; tốt nhất là một."), most=MOST_ON_A_PAGE
        )
    return Page(
        node.key(),
        node.words("title", required=True),
        questions,
        node.words("help"),
        condition_at(node),
    )


def _question(node: Node) -> Question:
    if isinstance(node.value, dict) and node.value.get("type") == "group":
        return _group(node)
    return field_of(node)


def _group(node: Node) -> Group:
    node.closed(*_GROUP)
    fields = tuple(field_of(field) for field in node.items("fields"))
    if not fields:
        node.wrong(gettext_noop("Nhóm lặp lại cần ít nhất một câu hỏi trong “fields”."))
    least, most = node.whole("least", low=0, high=200), node.whole("most", low=1, high=200)
    least, most = 1 if least is None else least, 20 if most is None else most
    if least > most:
        node.wrong(gettext_noop("“least” lớn hơn “most”."))
    return Group(
        node.key(),
        node.words("label", required=True),
        fields,
        least,
        most,
        node.words("help"),
        condition_at(node),
    )


def field_of(node: Node) -> Field:
    """One question."""
    node.closed(*_FIELD)
    kind = node.one_of("type", FieldType)
    options = tuple(_option(option) for option in node.items("options"))
    _check_options(node, kind, options)
    return Field(
        node.key(),
        kind,
        node.words("label", required=True),
        node.flag("required", default=True),
        node.words("help"),
        node.words("why"),
        condition_at(node),
        options,
        _rules(node, kind),
        node.one_of("prefill", Profile) if node.has("prefill") else None,
    )


def _option(node: Node) -> Option:
    node.closed("key", "label")
    return Option(node.key(), node.words("label", required=True))


def _check_options(node: Node, kind: FieldType, options: tuple[Option, ...]) -> None:
    wanted = kind in (FieldType.CHOICE, FieldType.MULTICHOICE)
    if wanted and len(options) < 2:
        node.wrong(gettext_noop("Câu hỏi lựa chọn cần ít nhất hai “options”."))
    if not wanted and options:
        node.wrong(gettext_noop("Chỉ câu hỏi choice và multichoice có “options”."))
    keys = [option.key for option in options]
    for key in sorted({k for k in keys if keys.count(k) > 1}):
        node.wrong(gettext_noop("Lựa chọn “%(key)s” ghi hai lần."), "options", key=key)


def _rules(node: Node, kind: FieldType) -> Rules:
    below = node.child("rules")
    if below is None or not below.closed(*_RULES):
        return Rules()
    rules = Rules(
        _bound(below, "min", kind),
        _bound(below, "max", kind),
        _pattern(below, kind),
        below.whole("min_length", low=0, high=LONGEST_ANSWER),
        below.whole("max_length", low=1, high=LONGEST_ANSWER),
    )
    if (rules.min_length is not None or rules.max_length is not None) and kind not in TEXTS:
        below.wrong(gettext_noop("Độ dài chỉ dùng cho text và longtext."))
    if _crossed(rules, kind):
        below.wrong(gettext_noop("Giới hạn dưới lớn hơn giới hạn trên."))
    return rules


def _crossed(rules: Rules, kind: FieldType) -> bool:
    if rules.min_length is not None and rules.max_length is not None and rules.min_length > rules.max_length:
        return True
    if not rules.min or not rules.max or TODAY in (rules.min, rules.max):
        return False
    return Decimal(rules.min) > Decimal(rules.max) if kind in NUMBERS else rules.min > rules.max


def _bound(node: Node, key: str, kind: FieldType) -> str:
    found = node.value.get(key) if isinstance(node.value, dict) else None
    if found is None or found == "":
        return ""
    text = str(found) if not isinstance(found, bool) else ""
    if kind in NUMBERS and _is_number(text):
        return text
    if kind is FieldType.DATE and (text == TODAY or _is_day(text)):
        return text
    node.wrong(
        gettext_noop("“%(key)s” phải là số (number, money), hoặc ngày 2025-07-01 hay “today” (date)."),
        key,
        key=key,
    )
    return ""


def _is_number(text: str) -> bool:
    try:
        return Decimal(text).is_finite()
    except InvalidOperation:
        return False


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _pattern(node: Node, kind: FieldType) -> str:
    pattern = node.text("pattern", longest=200)
    if not pattern:
        return ""
    if kind not in TEXTS:
        node.wrong(gettext_noop("Mẫu chỉ dùng cho text và longtext."), "pattern")
    try:
        re.compile(pattern)
    except (re.error, RecursionError, OverflowError):
        node.wrong(
            gettext_noop("Mẫu “%(pattern)s” không phải biểu thức chính quy."), "pattern", pattern=pattern
        )
        return ""
    if _RISKY.search(pattern):
        node.wrong(
            gettext_noop("Mẫu không được lồng các phép lặp, nhìn trước sau hoặc tham chiếu ngược."), "pattern"
        )
        return ""
    return pattern


def check_form(form: Form, node: Node) -> None:
    """What no question can tell alone: keys once, conditions on earlier questions, no circles."""
    _check_keys(form, node)
    _check_circles(form, node)
    _check_conditions(form, node)


def _check_keys(form: Form, node: Node) -> None:
    pages = [page.key for page in form.pages]
    keys = [question.key for _, question in form.questions()]
    keys += [field.key for group in form.groups().values() for field in group.fields]
    for found, what in ((pages, gettext_noop("Hai trang cùng khóa “%(key)s”.")),
                        (keys, gettext_noop("Hai câu hỏi cùng khóa “%(key)s”."))):  # fmt: skip
        for key in sorted({k for k in found if found.count(k) > 1}):
            node.wrong(what, key=key)


def _needs(form: Form) -> dict[str, frozenset[str]]:
    """Question → questions its appearing depends on (its page's condition included)."""
    found = {}
    for page, question in form.questions():
        found[question.key] = page.condition.keys | question.condition.keys
        for field in question.fields if isinstance(question, Group) else ():
            found[field.key] = page.condition.keys | question.condition.keys | field.condition.keys
    return found


def _check_circles(form: Form, node: Node) -> None:
    needs, done = _needs(form), set[str]()
    for start in needs:
        way: list[str] = []
        key: str | None = start
        while key is not None and key in needs and key not in done:
            if key in way:
                circle = [*way[way.index(key) :], key]
                node.wrong(gettext_noop("Điều kiện vòng tròn: %(circle)s."), circle=" → ".join(circle))
                break
            way.append(key)
            key = next((k for k in sorted(needs[key]) if k in way or k not in done), None)
        done.update(way)


def _check_conditions(form: Form, node: Node) -> None:
    """Every condition asks an earlier question of choice for a value it can have."""
    earlier: dict[str, Field] = {}
    for n, page in enumerate(form.pages):
        place = f"pages[{n}]"
        check_condition(page.condition, earlier, node, f"{place}.condition")
        for m, question in enumerate(page.questions):
            here = f"{place}.questions[{m}]"
            check_condition(question.condition, earlier, node, f"{here}.condition")
            if isinstance(question, Field):
                earlier[question.key] = question
                continue
            inside = dict(earlier)
            for i, field in enumerate(question.fields):
                check_condition(field.condition, inside, node, f"{here}.fields[{i}].condition")
                inside[field.key] = field


def check_condition(condition: Condition, known: dict[str, Field], node: Node, place: str) -> None:
    """Problems of a condition over the questions that may be asked about."""
    for term in condition.terms:
        field = known.get(term.key)
        if field is None or field.type not in CHOICES:
            node.wrong(
                gettext_noop("Điều kiện hỏi “%(key)s”, không phải câu hỏi lựa chọn đứng trước."),
                place,
                key=term.key,
            )
            continue
        for value in sorted(set(term.values) - field.values()):
            node.wrong(
                gettext_noop("“%(key)s” không có lựa chọn “%(value)s”."), place, key=term.key, value=value
            )
