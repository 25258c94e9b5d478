"""Values as people read them, pages of lists, downloads."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django import forms
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from haicap.base.citation import Citation
from haicap.base.refused import Refused
from haicap.web.common import citations, clock, exports, paging, refusals, sorting


def render(source: str, **values: object) -> str:
    return Template(source).render(Context(values))


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("{{ v|day }}", date(2025, 7, 1), "01/07/2025"),
        ("{{ v|day }}", datetime(2025, 6, 30, 18, tzinfo=UTC), "01/07/2025"),
        ("{{ v|moment }}", datetime(2025, 6, 30, 18, 5, tzinfo=UTC), "01/07/2025 01:05"),
        ("{{ v|number }}", 10035, "10.035"),
        ("{{ v|number }}", 1234.56, "1.234,6"),
        ("{{ v|number }}", None, ""),
        ("{{ v|in_days }}", None, "–"),
        ("{{ v|in_days }}", 0.04, "dưới nửa ngày"),
        ("{{ v|in_days }}", 1.02, "1 ngày"),
        ("{{ v|in_days }}", 2.14, "2,1 ngày"),
        ("{{ v|capital }}", "đổi tên", "Đổi tên"),
        ("{{ v|kind }}", "phường", "phường"),
    ],
)
def test_values_in_vietnamese(source, value, expected):
    assert render(source, v=value) == expected


def test_values_in_english():
    with translation.override("en"):
        assert render("{{ v|number }}", v=10035) == "10,035"
        assert render("{{ v|kind }}", v="phường") == "ward"


def test_citations():
    one = Citation("1685/NQ-UBTVQH15", "điều 1 khoản 9")
    assert citations.written(one) == "Nghị quyết 1685/NQ-UBTVQH15, điều 1 khoản 9"
    assert citations.written("1656/NQ-UBTVQH15, điều 1 khoản 1; 150/2025/NĐ-CP") == (
        "Nghị quyết 1656/NQ-UBTVQH15, điều 1 khoản 1; Nghị định 150/2025/NĐ-CP"
    )
    assert citations.written(Citation("72/2025/QH15", "điều 1")) == "Luật 72/2025/QH15, điều 1"
    assert citations.written(Citation("202/2025/QH15|45/2019/QH14")) == (
        "Nghị quyết 202/2025/QH15; Bộ luật 45/2019/QH14"
    )
    assert citations.written(Citation("176/2025/QH15")) == "176/2025/QH15", "its kind is not on record"
    with translation.override("en"):
        assert citations.written(Citation("72/2025/QH15")) == "Law 72/2025/QH15"
        assert citations.written(one) == "Resolution 1685/NQ-UBTVQH15, Article 1 Clause 9"
        assert citations.written("146/2025/NĐ-CP, chương XVI mục 2") == (
            "Decree 146/2025/NĐ-CP, Chapter XVI Section 2"
        )
        assert citations.clause("Danh mục I kèm theo, một phần") == "Danh mục I kèm theo, một phần", (
            "plain text"
        )


def test_marks_of_unconfirmed_facts():
    assert render("{% unconfirmed v %}", v="confirmed") == ""
    assert "chưa xác minh" in render("{% unconfirmed v %}", v="unconfirmed")


@pytest.mark.parametrize(
    ("asked", "number", "first", "last"),
    [
        ("1", 1, 1, 100),
        ("3", 3, 201, 250),
        ("99", 3, 201, 250),
        ("-1", 1, 1, 100),
        ("x", 1, 1, 100),
        ("", 1, 1, 100),
    ],
)
def test_pages(asked, number, first, last):
    found = paging.page(RequestFactory().get("/", {"trang": asked}), range(250))
    assert (found.number, found.first, found.last, found.count) == (number, first, last, 3)


def test_empty_list_has_one_empty_page():
    found = paging.page(RequestFactory().get("/"), [])
    assert (found.count, found.first, found.last) == (1, 0, 0)


def test_page_links_keep_the_question():
    request = RequestFactory().get("/", {"tu": "2025-06-30", "trang": "2"})
    page = paging.page(request, range(900))
    html = render("{% pages p q %}", p=page, q=QueryDict("tu=2025-06-30&trang=2"))
    assert 'href="?tu=2025-06-30&amp;trang=3"' in html and "trang=2&" not in html


def test_sorting_takes_only_known_columns():
    ask = RequestFactory().get
    assert sorting.asked(ask("/", {"xep": "-ma"}), ["ten", "ma"], "ten") == sorting.Sorting("ma", True)
    assert sorting.asked(ask("/", {"xep": "__class__"}), ["ten"], "ten") == sorting.Sorting("ten")


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_formulas_are_made_harmless(cell):
    body = "".join(exports.csv_lines(["a"], [[cell]]))
    assert f"'{cell[0]}" in body


def test_csv_begins_with_a_mark_and_quotes():
    body = "".join(exports.csv_lines(["tên"], [["a,b"], [None], [5]]))
    assert body == '\ufefftên\n"a,b"\n""\n5\n'


def test_asked_day():
    ask = RequestFactory().get
    assert clock.asked_day(ask("/", {"ngay": "01/07/2025"})) == date(2025, 7, 1)
    with pytest.raises(Refused, match="bad_date"):
        clock.asked_day(ask("/", {"ngay": "x"}))


@pytest.mark.parametrize(
    ("code", "expected"),
    [("not_found", 404), ("not_yours", 403), ("stale", 409), ("too_many_tries", 429), ("bad_date", 400)],
)
def test_statuses_of_refusals(code, expected):
    assert refusals.status(code) == expected


def test_refusals_speak_the_language_of_the_page():
    refused = Refused(
        "bad_date",
        "“%(text)s” không phải là ngày. Xin viết như 01/07/2025 hoặc 2025-07-01.",
        params={"text": "x"},
    )
    assert refusals.sentence(refused).startswith("“x” không phải")
    with translation.override("en"):
        assert refusals.sentence(refused).startswith("“x” is no date")


class _Asked(forms.Form):
    name = forms.CharField(label="Họ và tên")
    reason = forms.CharField(label="Lý do", error_messages={"required": "Xin nói vì sao."})
    audiences = forms.MultipleChoiceField(
        label="Dành cho", choices=[("xa", "xã"), ("tinh", "tỉnh")], widget=forms.CheckboxSelectMultiple
    )


def test_an_empty_field_is_asked_for_by_its_label_and_the_summary_leads_to_it() -> None:
    form = _Asked({})
    said = render("{% error_summary form %}", form=form)
    assert '<a href="#id_name">Xin điền “Họ và tên”.</a>' in said
    assert '<a href="#id_reason">Xin nói vì sao.</a>' in said
    assert '<a href="#id_audiences_0">Xin điền “Dành cho”.</a>' in said
    boxes = render("{% field form.audiences %}", form=form)
    assert (
        boxes.index("<legend>Dành cho")
        < boxes.index("Xin điền “Dành cho”")
        < boxes.index('id="id_audiences_0"')
    )
    assert "Xin điền “Họ và tên”." in render("{% field form.name %}", form=form)
    assert "Xin điền" not in render("{% field form.name %}", form=_Asked({"name": "Lan"}))
