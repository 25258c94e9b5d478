"""Questions the assistant failed: counted without personal data, settled, open again when they fail again."""

from __future__ import annotations

import pytest

from haicap.base.refused import Refused
from haicap.domain.guidance import actions, queries
from haicap.domain.guidance.models import Question
from haicap.domain.guidance.tests import make
from haicap.domain.guidance.tests.make import AT
from haicap.domain.procedures.models import Synonym
from haicap.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db


def note(text: str = "Làm giấy GKS ở đâu?", behaviour: str = "refuse", **more) -> Question:
    return actions.note_question(text=text, behaviour=behaviour, actor="assistant", at=AT, **more)


def test_the_same_words_are_one_question() -> None:
    note("Làm giấy GKS ở đâu?")
    note("lam  giay gks o dau?")
    row = note("LÀM GIẤY GKS Ở ĐÂU?", behaviour="answer", first="1.001193")
    assert Question.objects.count() == 1
    assert (row.asked, row.failed, row.behaviour, row.first) == (3, 2, "answer", "1.001193")
    assert note("Làm giấy khác").asked == 1 and Question.objects.count() == 2


def test_thumbs_follow_a_question_and_are_not_questions() -> None:
    note(behaviour="answer")
    note(behaviour="answer", thumb="up")
    row = note(behaviour="answer", thumb="down")
    assert (row.asked, row.up, row.down, row.failed) == (1, 1, 1, 1)


def test_nothing_personal_is_kept_anywhere() -> None:
    text = (
        "Tôi số 0912 345 678, CCCD 001099012345, mail a.b@example.vn, hồ sơ H26.1-261122-0001, hỏi khai sinh"
    )
    row = note(text)
    kept = f"{row.text} {list(Event.objects.values_list('data', flat=True))}"
    for secret in ("0912", "001099012345", "a.b@example.vn", "261122-0001"):
        assert secret not in kept
    assert "khai sinh" in row.text and "[…]" in row.text


@pytest.mark.parametrize("text", ["", "   ", "???", "\0\0"])
def test_nothing_asked_is_refused(text) -> None:
    with pytest.raises(Refused, match="no_question"):
        note(text)
    assert not Question.objects.exists()


def test_long_questions_are_cut() -> None:
    assert len(note("chữ " * 5000).text) <= 500


def test_settled_and_open_again(register) -> None:
    lan = make.editor()
    row = note()
    settled = actions.settle_question(
        pk=row.pk, how="dropped", note="Không thuộc trang này", seen=1, actor=lan.actor, at=AT
    )
    assert settled.state == "settled" and not queries.questions().exists()
    with pytest.raises(Refused, match="stale"):
        actions.settle_question(pk=row.pk, how="dropped", note="x", seen=1, actor=lan.actor, at=AT)
    assert note(behaviour="answer").state == "settled"  # it went well now
    assert note().state == "open" and queries.questions().count() == 1


def test_a_synonym_goes_to_the_catalogue(register) -> None:
    lan, row = make.editor(), note()
    actions.settle_question(
        pk=row.pk, how="synonym", said="gks xyz", meant="khai sinh", seen=1, actor=lan.actor, at=AT
    )
    assert Synonym.objects.filter(said="gks xyz", meant="khai sinh").exists()
    again = note("Câu khác")
    with pytest.raises(Refused, match="there_already"):
        actions.settle_question(
            pk=again.pk, how="synonym", said="gks xyz", meant="khai sinh", seen=1, actor=lan.actor, at=AT
        )
    again.refresh_from_db()
    assert again.state == "open"


def test_only_editors_settle(register) -> None:
    row = note()
    for actor in ("public", "assistant", ""):
        with pytest.raises(Refused, match="not_yours"):
            actions.settle_question(pk=row.pk, how="dropped", note="x", seen=1, actor=actor, at=AT)


def test_most_failed_first(register) -> None:
    for _ in range(3):
        note("ba lần")
    note("một lần")
    note("tốt", behaviour="answer")
    assert [q.text for q in queries.questions()] == ["ba lần", "một lần"]
    assert queries.questions(failed=False).count() == 3
