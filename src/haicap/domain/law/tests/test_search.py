"""Documents found by number, title and the words of their places, with marks and without."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haicap.domain.law import queries
from haicap.domain.law.formats.rows import TextRow
from haicap.domain.law.states import DocumentState, RelationKind
from haicap.domain.law.tests import make
from haicap.domain.law.tests.make import DECREE, LATER, NOW, OTHER, document, tie

pytestmark = pytest.mark.django_db


@pytest.fixture
def lan(register):
    lan = make.justice()
    make.enter(
        lan, document(title="Quy định về ngõ hẻm và cây xanh đô thị"), document(OTHER, title="Sửa đổi", owner="byt"),
        TextRow(DECREE, "art_7", date(2026, 1, 1), LATER, "Người dân được trồng phượng vĩ trước nhà."),
        TextRow(DECREE, "art_7", LATER, None, "Người dân được trồng bằng lăng trước nhà."),
        tie(RelationKind.REPEALS, target_place="art_9"),
    )  # fmt: skip
    queries.corpus.now()
    return lan


def in_words(text: str, on: date = NOW) -> list[queries.Hit]:
    return [h for h in queries.search(text, on=on) if h.path]


def numbers(text: str, **facts) -> list[str]:
    return [h.doc.number for h in queries.search(text, on=facts.pop("on", NOW), **facts)]


@pytest.mark.parametrize(
    "text",
    ["901/2026/NĐ-CP", "901/2026/nd-cp", "901 2026", "ngõ hẻm cây xanh", "NGO HEM", "xanh cay", "  hẻm  "],
)
def test_by_number_and_title(lan, text: str) -> None:
    assert DECREE in numbers(text)


@pytest.mark.parametrize("text", ["phượng vĩ", "phuong vi", "PHƯỢNG VĨ trước nhà"])
def test_by_the_words_of_the_day(lan, text: str) -> None:
    (hit,) = in_words(text)
    assert (hit.doc.number, hit.path) == (DECREE, "art_7")
    assert "phượng vĩ" in hit.excerpt.replace("⟦", "").replace("⟧", "")
    assert in_words(text, LATER) == []
    assert [h.path for h in in_words("bang lang", LATER)] == ["art_7"]


def test_the_words_are_marked_as_they_are_written(lan) -> None:
    (hit,) = in_words("phượng vĩ")
    assert "⟦phượng⟧ ⟦vĩ⟧" in hit.excerpt


@pytest.mark.parametrize(
    "text", ["zzz-khong-co", "' OR 1=1 --", "%", "a & | ! (", "\\", "⟦⟧", "<script>", "x" * 3000]
)
def test_what_nobody_wrote_is_not_found(lan, text: str) -> None:
    assert DECREE not in numbers(text)


def test_chosen_by_facts(lan) -> None:
    assert OTHER in numbers("", owner="byt")
    assert DECREE not in numbers("", owner="byt")
    assert DECREE in numbers("", state=DocumentState.PARTLY_ENDED, on=LATER)
    assert DECREE not in numbers("", state=DocumentState.PARTLY_ENDED, on=NOW)
    assert set(numbers("", issuer="ubnd", unit=make.LAO_CAI)) >= {"1883/QĐ-UBND", "28/2025/QĐ-UBND"}
    assert DECREE in numbers("", kind="decree")
    assert len(numbers("")) == len(queries.corpus().docs)


def test_one_statement(lan) -> None:
    for text, most in (("trước nhà", 1), ("", 0)):
        with CaptureQueriesContext(connection) as asked:
            queries.search(text, on=NOW)
        assert len(asked) <= most
