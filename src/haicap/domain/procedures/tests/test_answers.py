"""Answers to a form: which pages are asked, what is wrong with an answer; and warnings about a version."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from haicap.domain.procedures.content import judge, pages_asked, read_content, warnings
from haicap.domain.procedures.packaged.complete import read_complete
from haicap.domain.procedures.tests.test_content import OPTIONS, form, label, page, question

ON = date(2026, 11, 22)


def problems(field: dict[str, Any], answer: object) -> list[str]:
    content = read_content(form(page(field)))
    return [p.sentence for p in judge(content.form, {"x": answer}, ON)]


def asked(kind: str, **more: Any) -> dict[str, Any]:
    return question("x", kind, **more)


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        (asked("text"), ["Lê Thị Ánh"], ["", None, 5, "x" * 501]),
        (asked("text", required=False), ["", None], ["x" * 501]),
        (asked("text", rules={"min_length": 3, "max_length": 5}), ["abc", "abcde"], ["ab", "abcdef"]),
        (asked("text", rules={"pattern": "[A-Z]{2}[0-9]+"}), ["AB12"], ["ab12", "AB"]),
        (asked("number"), ["5", "5,5", "-1"], ["ba", "1e400", "NaN", "Infinity"]),
        (asked("number", rules={"min": "0", "max": "20"}), ["0", "20"], ["-1", "20.5"]),
        (asked("money"), ["50000", "50.000"], ["-5", "0,5"]),
        (asked("date", rules={"max": "today"}), ["2026-11-22"], ["2026-11-23", "22/11/2026", "2026-02-30"]),
        (asked("date", rules={"min": "2025-07-01"}), ["2025-07-01"], ["2025-06-30"]),
        (asked("choice", options=OPTIONS), ["a"], ["c", ["a"]]),
        (asked("multichoice", options=OPTIONS), [["a"], ["a", "b"], "a"], [["c"], [5], {"a": 1}, []]),
        (asked("yesno"), [True, False, "yes", "no"], ["maybe", 1]),
        (asked("person_id"), ["012345678901"], ["12345678901", "０１２３４５６７８９０１"]),
        (asked("phone"), ["0912345678", "+84 912 345 678", "(024) 3825-1234"], ["12", "gọi tôi"]),
        (asked("email"), ["a@b.vn"], ["a@b", "a b@c.vn", "@"]),
        (asked("unit"), ["Phường Sài Gòn"], ["x" * 501]),
    ],
)
def test_answers(field: dict[str, Any], good: list[object], bad: list[object]) -> None:
    assert [a for a in good if problems(field, a)] == []
    assert [a for a in bad if not problems(field, a)] == []


def test_what_is_not_asked_is_not_judged() -> None:
    content = read_content(form(
        page(question("loai", "choice", options=OPTIONS)),
        page(question("x", condition="loai = a")),
        page(question("y"), key="rieng", condition="loai = b"),
    ))  # fmt: skip
    assert [p.place for p in judge(content.form, {}, ON)] == ["loai"]
    assert [p.place for p in judge(content.form, {"loai": "a", "y": 7}, ON)] == ["x"]
    assert [p.key for p in pages_asked(content.form, {"loai": "b"})] == ["p_loai", "rieng"]


def test_groups_are_judged_one_by_one() -> None:
    group = {"key": "con", "type": "group", "label": label("Các con"), "least": 1, "most": 2, "fields": [
        question("rieng", "yesno"), question("ten", condition="rieng = yes"),
    ]}  # fmt: skip
    content = read_content(form(page(group)))

    def places(con: object) -> list[str]:
        return [p.place for p in judge(content.form, {"con": con}, ON)]

    assert places([{"rieng": "yes", "ten": "A"}]) == []
    assert places([{"rieng": "no"}, {"rieng": "yes"}]) == ["con[1].ten"]
    assert places([]) == places("text") == places(None) == ["con"]
    assert places([{"rieng": "no"}] * 3) == ["con"]
    assert places([7]) == ["con[0].rieng"]


def test_the_example_can_be_answered() -> None:
    content = read_content(read_complete()["1.001193"].content)
    assert len(judge(content.form, {}, ON)) > 5


def test_warnings_name_what_is_missing_and_what_is_old() -> None:
    assert {p.path for p in warnings("Thủ tục", {})} >= {"order", "papers", "limits", "fees", "legal_basis"}
    found = warnings(
        "Thủ tục (cấp huyện)",
        {"papers": [{"name": {"vi": "Xác nhận của UBND huyện"}}], "doubts": ["cấp huyện"]},
    )
    assert {p.path for p in found if "huyện" in p.sentence} == {"name", "papers[0].name.vi"}
    known = warnings("Thủ tục", {"limits": [{"note": "?"}]})
    assert "limits" in {p.path for p in known}
    assert "limits" not in {
        p.path for p in warnings("X", {"limits": [{"parts": [{"value": "1", "unit": "days"}]}]})
    }
