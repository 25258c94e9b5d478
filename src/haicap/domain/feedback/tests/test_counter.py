"""What the office that wrote a ticket down sees and may do; what stays of an answer after a ticket is opened again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from haicap.base.refused import Refused
from haicap.domain.feedback import actions, policy, queries
from haicap.domain.feedback.actions import Draft, Proof
from haicap.domain.feedback.models import Answer
from haicap.domain.feedback.rules import Sender
from haicap.domain.feedback.states import Channel, Kind, State, Verb
from haicap.domain.feedback.tests import make
from haicap.domain.feedback.tests.make import ANSWER, MORNING, do, filed, row
from haicap.kernel.ledger import queries as ledger

pytestmark = pytest.mark.django_db
ON = MORNING.date()


def refused(code: str):
    return pytest.raises(Refused, match=f"^{code}")


def taken_down(w: make.World, **changes) -> str:
    """Written down at the ward's counter for a caller."""
    other = Sender("Người Gọi Khác", "0987654321")
    values = {"actor": w.reception.actor, "channel": Channel.PHONE, "sender": other} | changes
    return filed(**values).code


def published(w: make.World) -> str:
    """Code of an answer everybody reads."""
    made = make.answered(w)
    return do(actions.publish_answer, made.code, w.officer).code


# --- what is inside --------------------------------------------------------------------------------------------------
def test_notes_are_read_by_those_who_handle_the_ticket(w) -> None:
    code = taken_down(w)
    do(actions.note, code, w.officer, text="Chuyện nội bộ của phường")
    do(actions.ask_more, code, w.officer, question="Nộp hôm nào?")
    told = {
        who: queries.whole(code, actor=who.actor, on=ON) for who in (w.officer, w.leader, w.province, w.focal)
    }
    assert all(whole.inside and len(whole.remarks) == 2 for whole in told.values())
    counter = queries.whole(code, actor=w.reception.actor, on=ON)
    assert not counter.inside and [r.text for r in counter.remarks] == ["Nộp hôm nào?"]


def test_who_took_it_down_and_works_where_it_is_handled_reads_everything(w) -> None:
    code = taken_down(w, actor=w.officer.actor)
    do(actions.note, code, w.leader, text="Chuyện nội bộ")
    assert [r.text for r in queries.whole(code, actor=w.officer.actor, on=ON).remarks] == ["Chuyện nội bộ"]


def test_a_ticket_that_went_elsewhere_hides_its_notes_from_where_it_came(w) -> None:
    code = taken_down(w, actor=w.officer.actor)
    do(
        actions.transfer, code, w.officer, kind="province_office", unit=w.lao_cai, reason="Việc của tỉnh, nội bộ."
    )  # fmt: skip
    do(actions.note, code, w.province, text="Tỉnh tự ghi.")
    assert queries.whole(code, actor=w.officer.actor, on=ON).remarks == []
    assert len(queries.whole(code, actor=w.province.actor, on=ON).remarks) == 2


# --- answered at once -------------------------------------------------------------------------------------------------
def test_a_counter_settles_a_question_with_an_answer_that_is_public(w) -> None:
    answer, code = published(w), taken_down(w)
    with refused("not_yours"):  # it is not theirs to answer anew
        do(actions.reuse_answer, code, w.reception, answer=answer)
    do(actions.refer_answer, code, w.reception, answer=answer)
    ticket = row(code)
    assert (ticket.state, ticket.answer.code, ticket.due_at) == (State.ANSWERED, answer, None)
    assert (ticket.answered_at, ticket.ended_at, ticket.late) == (MORNING, MORNING, False)
    assert [e.kind for e in ledger.history(ticket.stream)] == ["feedback.filed", "feedback.reused"]


def test_what_is_for_the_organ_itself_stays_with_it(w) -> None:
    answer, code = published(w), taken_down(w, kind=Kind.OFFICER)
    before = row(code)
    do(actions.refer_answer, code, w.reception, answer=answer)
    ticket = row(code)
    assert (ticket.state, ticket.answer, ticket.due_at) == (State.RECEIVED, None, before.due_at)
    assert ledger.history(ticket.stream)[-1].kind == "feedback.referred"
    do(actions.accept, code, w.province)


def test_officers_of_the_organ_that_holds_it_settle_any(w) -> None:
    answer = published(w)
    code = taken_down(w, actor=w.province.actor, kind=Kind.OFFICER)
    do(actions.refer_answer, code, w.province, answer=answer)
    assert row(code).state == State.ANSWERED


def test_nobody_else_refers_and_nothing_that_is_not_public(w) -> None:
    answer, code = published(w), taken_down(w)
    with refused("not_found"):
        do(actions.refer_answer, code, w.neighbour, answer=answer)
    with refused("not_yours"):  # the focal office sees it; it did not write it down
        do(actions.refer_answer, code, w.focal, answer=answer)
    draft = make.answered(w, sender=Sender("Bà Khác Hẳn", "0988777666"))
    with refused("not_public"):
        do(actions.refer_answer, code, w.reception, answer=row(draft.code).answer.code)
    do(actions.accept, code, w.officer)
    with refused("not_now"):  # the organ has taken it up
        do(actions.refer_answer, code, w.reception, answer=answer)
    own = filed(sender=Sender("Người tự gửi", "0977000111"))
    with refused("not_yours"):
        do(actions.refer_answer, own.code, w.officer, answer=answer)
    assert Verb.REFER not in policy.rights(policy.may_take_down(w.officer.actor, ON), row(own.code))


# --- answered before -------------------------------------------------------------------------------------------------
def reopened(w: make.World, draft: Draft = ANSWER, **changes) -> tuple[str, str]:
    """Answered, opened again; its code and key."""
    made = make.answered(w, draft=draft, **changes)
    actions.reopen(
        code=made.code, reason="Vẫn chưa có.", proof=Proof(key=made.key), actor=make.WEB,
        at=MORNING + timedelta(days=2),
    )  # fmt: skip
    return made.code, made.key


def test_the_answer_before_stays_to_be_read(w) -> None:
    code, key = reopened(w)
    for whole in (queries.followed(code, key=key), queries.whole(code, actor=w.officer.actor, on=ON)):
        assert whole.ticket.answer is None
        assert [one.text for one in whole.earlier] == [ANSWER.text]
    do(actions.accept, code, w.officer)
    second = Draft("Đã trả tận tay ngày hôm nay.", public=False, private_reason="việc riêng")
    make.drafted(code, w.officer, draft=second)
    assert row(code).answer.text == second.text and Answer.objects.count() == 2
    do(actions.submit_answer, code, w.officer)
    do(actions.approve_answer, code, w.leader)
    told = queries.followed(code, key=key)
    assert (told.ticket.answer.text, [one.text for one in told.earlier]) == (second.text, [ANSWER.text])


def test_the_answer_before_is_erased_with_the_ticket(w) -> None:
    words = Draft("Ông Không Có Thật nhận tiền ngày mai.", public=False, private_reason="việc riêng")
    code, key = reopened(w, words)
    actions.withdraw_ticket(code=code, proof=Proof(key=key), actor=make.WEB, at=MORNING + timedelta(days=3))
    do(actions.erase_ticket, code, w.leader)
    assert [a.text for a in Answer.objects.all()] == ["—"]
    assert [one.text for one in queries.followed(code, key=key).earlier] == ["—"]
