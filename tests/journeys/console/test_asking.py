"""The assistant tried at the console: nothing is counted, what failed is shown."""

from __future__ import annotations

import pytest

from haicap.domain.guidance import actions, queries
from tests.journeys.console import cast as made
from tests.journeys.console.test_pages import body

pytestmark = pytest.mark.django_db
PAGE = "/quan-tri/tro-ly/"


def test_a_question_is_tried_and_not_counted(drafter) -> None:
    text = body(drafter.get(PAGE, {"hoi": "zzz qqq xyz", "dia-chi": "Phường Sa Pa, Lào Cai"}))
    assert "không trả lời được" in text and "zzz qqq xyz" in text
    assert queries.questions(state="", failed=False).count() == 0
    assert drafter.get(PAGE, {"hoi": "<script>", "ngay": "22/11/2026", "tiep": "\0rác"}).status_code == 200


def test_failed_questions_are_shown(drafter, operator) -> None:
    assert "Chưa có câu nào" in body(drafter.get(PAGE))
    actions.note_question(text="làm thẻ đi rừng ở đâu", behaviour="refuse", actor="portal", at=made.AT)
    assert "làm thẻ đi rừng ở đâu" in body(operator.get(PAGE))


def test_officers_only(cast) -> None:
    assert made.signed_in(cast["lan"]).get(PAGE).status_code == 403
