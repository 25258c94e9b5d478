"""The schema of a version: what is read, what is refused and where, and that nothing is lost in writing it down."""

from __future__ import annotations

import copy
from decimal import Decimal
from typing import Any

import pytest

from haicap.base.refused import Refused
from haicap.domain.deadlines.reckoning import Limit, LimitUnit
from haicap.domain.procedures.content import (
    Content,
    examine,
    generic_form,
    generic_template,
    generic_workflow,
    read_condition,
    read_content,
    written,
)
from haicap.domain.procedures.packaged.complete import read_complete

BIRTH = "1.001193"


def label(text: str) -> dict[str, str]:
    return {"vi": text}


def question(key: str, kind: str = "text", **more: Any) -> dict[str, Any]:
    return {"key": key, "type": kind, "label": label(key), **more}


def page(*questions: dict[str, Any], key: str = "", **more: Any) -> dict[str, Any]:
    return {
        "key": key or f"p_{questions[0]['key']}",
        "title": label("?"),
        "questions": list(questions),
        **more,
    }


def form(*pages: dict[str, Any]) -> dict[str, Any]:
    return {"form": {"pages": list(pages)}}


def step(key: str, kind: str, share: object, role: str = "officer") -> dict[str, Any]:
    return {"key": key, "name": label(key), "kind": kind, "role": role, "share": share}


def steps(*shares: object) -> dict[str, Any]:
    kinds = ["receive", "sign", "return"]
    return {"workflow": {"steps": [step(k, k, s) for k, s in zip(kinds, shares, strict=True)]}}


OPTIONS = [{"key": "a", "label": label("A")}, {"key": "b", "label": label("B")}]
CHOICE = question("loai", "choice", options=OPTIONS)


def test_the_example_is_complete() -> None:
    content = read_content(read_complete()[BIRTH].content)
    assert content.complete
    assert content.limits[0].parts == (Limit(2, LimitUnit.WORKING_DAYS),)
    assert content.fees[0].owed() == 0
    assert content.fees[1].owed() is None


def test_writing_and_reading_again_gives_the_same() -> None:
    generic = Content(
        form=generic_form(), workflow=generic_workflow(), result_template=generic_template("Văn bản")
    )
    for content in (read_content(read_complete()[BIRTH].content), generic, Content()):
        assert read_content(written(content)) == content


@pytest.mark.parametrize(
    ("document", "path", "word"),
    [
        ([], "", "đối tượng"),
        ({"colour": 1}, "", "colour"),
        ({"levels": ["huyện"]}, "levels[0]", "commune"),
        ({"form": {"pages": "x"}}, "form.pages", "danh sách"),
        (form(page(question("a"), question("a"))), "form", "cùng khóa"),
        (form(page(question("A b"))), "form.pages[0].questions[0].key", "chữ thường"),
        (form(page(question("a", "colour"))), "form.pages[0].questions[0].type", "person_id"),
        (form(page(question("a", "choice"))), "form.pages[0].questions[0]", "hai"),
        (form(page(question("a", condition="loai = a"))), "form.pages[0].questions[0].condition", "đứng trước"),
        (form(page(CHOICE), page(question("x", condition="loai = c"))), "form.pages[1].questions[0].condition", "“c”"),
        (form(page(question("x", condition="loai ~ c"))), "form.pages[0].questions[0].condition", "không đọc được"),
        (form(page(question("x", rules={"pattern": "(a+)+$"}))), "form.pages[0].questions[0].rules.pattern", "lồng"),
        (form(page(question("x", rules={"pattern": "("}))), "form.pages[0].questions[0].rules.pattern", "chính quy"),
        (form(page(question("x", "number", rules={"min": "9", "max": "1"}))), "form.pages[0].questions[0].rules", "lớn hơn"),
        (form(page(question("x", "number", rules={"min": "ba"}))), "form.pages[0].questions[0].rules.min", "số"),
        (form(page(question("x", prefill="salary"))), "form.pages[0].questions[0].prefill", "full_name"),
        (form(page(question("x", label="không phải đối tượng"))), "form.pages[0].questions[0].label", "đối tượng"),
        ({"papers": [{"code": "a", "name": label("A")}] * 2}, "papers", "hai lần"),
        ({"papers": [{"code": "a", "name": label("A"), "condition": "x = a"}]}, "papers[0].condition", "đứng trước"),
        ({"papers": [{"code": "a", "name": label("A"), "originals": -1}]}, "papers[0].originals", "số nguyên"),
        ({"fees": [{"key": "f", "name": label("F"), "kind": "fixed"}]}, "fees[0].amount", "amount"),
        ({"fees": [{"key": "f", "name": label("F"), "kind": "free", "amount": 5}]}, "fees[0].amount", "không ghi"),
        ({"fees": [{"key": "f", "name": label("F"), "kind": "capped", "amount": 5}]}, "fees[0].cap", "cap"),
        ({"fees": [{"key": "f", "name": label("F"), "kind": "fixed", "amount": 0.5}]}, "fees[0].amount", "số nguyên"),
        ({"limits": [{"parts": [{"value": "0", "unit": "days"}]}]}, "limits[0].parts[0]", "lớn hơn 0"),
        ({"limits": [{"parts": [{"value": "1.5", "unit": "months"}]}]}, "limits[0].parts[0]", "Thời hạn"),
        ({"limits": [{"parts": [{"value": "5", "unit": "weeks"}]}]}, "limits[0].parts[0]", "weeks"),
        (steps("0.5", "0.4", "0"), "workflow.steps", "0.9"),
        (steps(0.1, "NaN", 0.9), "workflow.steps[1].share", "0 đến 1"),
        ({"workflow": {"steps": [step("a", "sign", "1")]}}, "workflow.steps", "receive"),
        ({"workflow": {"steps": [{**step("a", "receive", "1"), "organ": "district"}]}}, "workflow.steps[0].organ", "district"),
        ({"result_template": {"title": label("T"), "body": [{"kind": "value", "words": label("x"), "source": "y"}]}},
         "result_template.body[0].source", "“y”"),
        ({"result_template": {"title": label("T"), "numbering": "{x}"}}, "result_template.numbering", "{n}"),
        ({"result_template": {"title": label("T"), "layout": "official"}}, "result_template.layout", "bố cục"),
        ({"legal_basis": [{"clause": "điều 1"}]}, "legal_basis[0].act", "Thiếu"),
        ({"order": "a\x00b"}, "order", "điều khiển"),
        ({"order": "x" * 30_000}, "order", "ký tự"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_at_its_place(document: object, path: str, word: str) -> None:
    _, problems = examine(document)
    assert any(p.path == path and word in p.sentence for p in problems), [str(p) for p in problems]
    with pytest.raises(Refused, match="bad_content"):
        read_content(document)


def test_a_circle_of_conditions_is_named() -> None:
    circle = form(
        page(question("a", "yesno", condition="c = yes")),
        page(question("b", "yesno", condition="a = yes")),
        page(question("c", "yesno", condition="b = yes")),
    )
    _, problems = examine(circle)
    assert any("vòng tròn: a → c → b → a" in p.sentence for p in problems)


def test_a_condition_on_itself_is_a_circle() -> None:
    _, problems = examine(form(page(question("a", "yesno", condition="a = yes"))))
    assert any("vòng tròn: a → a" in p.sentence for p in problems)


def test_conditions_inside_a_group_see_the_group_and_what_came_before() -> None:
    group = {"key": "con", "type": "group", "label": label("Các con"), "fields": [
        question("con_rieng", "yesno"), question("con_ten", condition="con_rieng = yes and loai = a"),
    ]}  # fmt: skip
    content = read_content(form(page(CHOICE), page(group)))
    assert [f.key for f in content.form.groups()["con"].fields] == ["con_rieng", "con_ten"]
    _, problems = examine(form(page(CHOICE), page(group), page(question("x", condition="con_rieng = yes"))))
    assert [p.path for p in problems] == ["form.pages[2].questions[0].condition"]


@pytest.mark.parametrize(
    ("condition", "answers", "holds"),
    [
        ("", {}, True),
        ("a = x", {"a": "x"}, True),
        ("a = x", {"a": "y"}, False),
        ("a = x", {}, False),
        ("a != x", {}, False),
        ("a != x", {"a": "y"}, True),
        ("a in {x, y} and b = yes", {"a": "y", "b": True}, True),
        ("a in {x, y} and b = yes", {"a": "y", "b": False}, False),
        ("a = x", {"a": ["z", "x"]}, True),
        ("a != x", {"a": ["z", "x"]}, False),
    ],
)
def test_conditions(condition: str, answers: dict[str, object], holds: bool) -> None:
    assert read_condition(condition).holds(answers) is holds


@pytest.mark.parametrize(
    "text", ["a", "a = ", "= x", "a = x or b = y", "a in {}", "a in {x", "A = x", "a = x and", "x" * 600]
)
def test_conditions_that_are_none(text: str) -> None:
    with pytest.raises(Refused, match="bad_condition"):
        read_condition(text)


def fee(**facts: Any) -> Any:
    return read_content({"fees": [{"key": "f", "name": label("F"), **facts}]}).fees[0]


def test_what_is_owed() -> None:
    """2,000 đ a page, from the third page 1,000 đ, at most 200,000 đ a copy (procedure 2.000815)."""
    copies = fee(kind="capped", amount=2000, then_from=3, then_amount=1000, cap=200_000)
    assert [copies.owed(pages=n) for n in (1, 2, 3, 10)] == [2000, 4000, 5000, 12_000]
    assert copies.owed(pages=1000) == 200_000
    assert copies.owed(pages=3, copies=4) == 20_000
    assert fee(kind="per_copy", amount=8000).owed(copies=3) == 24_000
    assert fee(kind="per_page", amount=500).owed(pages=3, copies=2) == 3000
    assert fee(kind="fixed", amount=50_000).owed(pages=9, copies=9) == 50_000
    assert fee(kind="local").owed() is None
    assert fee(kind="unknown").owed() is None


def test_shares_are_exact() -> None:
    content = read_content(steps("0.1", 0.7, "0.2"))
    assert sum(s.share for s in content.workflow.steps) == Decimal(1)


def test_any_part_of_the_example_broken_is_found() -> None:
    """Every value of the example in turn replaced by nonsense: a problem is named, nothing breaks."""
    whole = read_complete()[BIRTH].content

    def places(value: Any, path: tuple[Any, ...] = ()) -> Any:
        items = (
            value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        )
        for key, below in items:
            yield (*path, key)
            yield from places(below, (*path, key))

    found = 0
    for path in places(whole):
        broken = copy.deepcopy(whole)
        place = broken
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = {"?": 1}
        assert examine(broken)[1], path
        found += 1
    assert found > 300
