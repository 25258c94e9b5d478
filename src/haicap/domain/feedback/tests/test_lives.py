"""A ticket's life: who holds it, until when, who says what to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from haicap.base.refused import Refused
from haicap.domain.feedback import actions, queries
from haicap.domain.feedback.actions import Draft, Proof
from haicap.domain.feedback.rules import Sender
from haicap.domain.feedback.states import Channel, Ground, Kind, Rating, State
from haicap.domain.feedback.tests import make
from haicap.domain.feedback.tests.make import ANSWER, MORNING, at, do, filed, row, shown
from haicap.domain.guidance import queries as guidance
from haicap.kernel.ledger import queries as ledger

pytestmark = pytest.mark.django_db


def refused(code: str):
    return pytest.raises(Refused, match=f"^{code}")


def test_filed_is_routed_and_timed(w) -> None:
    made = filed()
    ticket = row(made.code)
    assert (ticket.state, ticket.organ_id) == (State.RECEIVED, w.committee)
    # Friday 20 November 2026; Tuesday 24 is a holiday: two, five and fifteen working days
    assert shown(ticket.due_at) == "2026-11-25 17:00"
    assert shown(ticket.answer_due_at) == "2026-12-14 17:00"
    assert ticket.version == 1
    event = ledger.history(ticket.stream)[0]
    assert "0912345678" not in str(event.data) and "hai tuần" not in str(event.data)


def test_from_question_to_guidance(w) -> None:
    made = make.answered(w)
    ticket = row(made.code)
    assert ticket.state == State.AWAITING_PUBLICATION and ticket.answered_at == MORNING and not ticket.late
    answer = do(actions.publish_answer, made.code, w.officer)
    assert row(made.code).state == State.ANSWERED
    piece = guidance.piece(answer.piece, MORNING.date())
    assert piece is not None and "xin lỗi" in piece.body
    assert [a.code for a in queries.public_answers(text="qua han").items] == [answer.code]


def test_the_drafter_does_not_approve(w) -> None:
    made = filed()
    do(actions.accept, made.code, w.leader)
    actions.draft_answer(
        codes=[made.code],
        draft=ANSWER,
        seen={made.code: row(made.code).version},
        actor=w.leader.actor,
        at=MORNING,
    )
    do(actions.submit_answer, made.code, w.leader)
    with refused("same_person"):
        do(actions.approve_answer, made.code, w.leader)
    with refused("not_yours"):
        do(actions.approve_answer, made.code, w.officer)


def test_personal_data_is_not_published(w) -> None:
    made = filed()
    do(actions.accept, made.code, w.officer)
    seen = {made.code: row(made.code).version}
    with refused("personal_data"):
        actions.draft_answer(
            codes=[made.code], draft=replace(ANSWER, public_text="Bà Nguyễn Thị Không Có Thật đã nhận kết quả."),
            seen=seen, actor=w.officer.actor, at=MORNING,
        )  # fmt: skip
    hotline = replace(ANSWER, public_text="Xin gọi 0214 3871 234.", kept=("0214 3871 234",))
    actions.draft_answer(codes=[made.code], draft=hotline, seen=seen, actor=w.officer.actor, at=MORNING)
    do(actions.submit_answer, made.code, w.officer)
    do(actions.approve_answer, made.code, w.leader)
    assert do(actions.publish_answer, made.code, w.officer).published_at == MORNING


def test_waiting_for_the_sender_stops_the_answers_clock(w) -> None:
    made = filed()
    do(actions.ask_more, made.code, w.officer, at("2026-11-23 09:00"), question="Mã hồ sơ của bà là gì?")
    assert row(made.code).due_at is None
    with refused("not_found"):
        actions.supply_more(code=made.code, text="H38", proof=Proof(key="SAI"), actor="portal", at=MORNING)
    actions.supply_more(
        code=made.code,
        text="Mã là H38.",
        proof=Proof(key=made.key),
        actor="portal",
        at=at("2026-11-26 09:00"),
    )
    ticket = row(made.code)
    # three office days passed, one of them a holiday: two working days later than promised
    assert (ticket.state, shown(ticket.due_at)) == (State.IN_WORK, "2026-12-16 17:00")
    whole = queries.followed(made.code, phone="5678")
    assert [r.text for r in whole.remarks] == ["Mã hồ sơ của bà là gì?", "Mã là H38."]


def test_transfer_begins_anew_elsewhere(w) -> None:
    made = filed()
    do(actions.note, made.code, w.officer, text="Việc của tỉnh.")
    with refused("no_organ_there"):
        do(actions.transfer, made.code, w.officer, kind="planning_architecture", unit=make.SAPA, reason="x")
    do(
        actions.transfer,
        made.code,
        w.officer,
        at("2026-11-23 09:00"),
        kind="province_office",
        unit=w.lao_cai,
        reason="Việc của tỉnh.",
    )
    ticket = row(made.code)
    assert (ticket.state, ticket.organ.kind, ticket.hop) == (State.RECEIVED, "province_office", 1)
    assert shown(ticket.due_at) == "2026-11-26 17:00"
    with refused("not_found"):  # no longer the ward's
        do(actions.accept, made.code, w.officer)
    do(actions.accept, made.code, w.province)
    assert [
        r.text for r in queries.followed(made.code, key=made.key).remarks
    ] == []  # notes and reasons stay inside


def test_complaints_are_led_to_their_own_law(w) -> None:
    made = filed()
    do(
        actions.refuse,
        made.code,
        w.officer,
        ground=Ground.COMPLAINT,
        reason="Xin gửi đơn khiếu nại theo Luật Khiếu nại.",
    )
    ticket = row(made.code)
    assert (ticket.state, ticket.ground, ticket.due_at) == (State.REFUSED, "complaint", None)


def test_rating_reopening_and_repeating(w) -> None:
    made = make.answered(w)
    do(actions.publish_answer, made.code, w.officer)
    mine = Proof(key=made.key)
    actions.rate_answer(code=made.code, rating=Rating.LIKE, proof=mine, actor="portal", at=MORNING)
    assert row(made.code).answer.likes == 1
    actions.rate_answer(code=made.code, rating=Rating.DISLIKE, proof=mine, actor="portal", at=MORNING)
    assert (row(made.code).answer.likes, row(made.code).answer.dislikes) == (0, 1)
    again = filed(MORNING + timedelta(days=3))
    assert again.repeat_of == made.code and row(made.code).dissatisfied
    actions.reopen(
        code=made.code, reason="Vẫn chưa có.", proof=mine, actor="portal", at=MORNING + timedelta(days=5)
    )
    ticket = row(made.code)
    assert (ticket.state, ticket.hop, ticket.answer) == (State.RECEIVED, 1, None)


def test_one_answer_for_many(w) -> None:
    codes = [filed(sender=Sender(f"Người Số {n} Nọ", f"091234567{n}")).code for n in range(3)]
    for code in codes:
        do(actions.accept, code, w.officer)
    answer = actions.draft_answer(
        codes=codes, draft=ANSWER, seen={c: row(c).version for c in codes}, actor=w.officer.actor, at=MORNING
    )
    do(actions.submit_answer, codes[0], w.officer)
    do(actions.approve_answer, codes[0], w.leader)
    do(actions.publish_answer, codes[0], w.officer)
    assert {row(c).state for c in codes} == {State.ANSWERED}
    next_one = filed(sender=Sender("Người khác", "0987654321"))
    do(actions.reuse_answer, next_one.code, w.officer, answer=answer.code)
    assert row(next_one.code).state == State.ANSWERED


def test_unnamed_where_the_law_allows(w) -> None:
    nobody = Sender()
    assert filed(kind=Kind.INCIDENT, sender=nobody).code
    with refused("name_needed"):
        filed(kind=Kind.OFFICER, sender=nobody)


def test_routing(w) -> None:
    assert (
        row(filed(kind=Kind.OFFICER).code).organ.kind == "province_office"
    )  # not to the very office it is about
    assert row(filed(kind=Kind.RECOMMENDATION, unit="").code).organ.kind == "vpcp"
    assert row(filed(kind=Kind.RULE, unit="").code).organ.kind == "vpcp"  # no document named
    locality = filed(actor=w.officer.actor, kind=Kind.LOCALITY, channel=Channel.DESK)
    assert row(locality.code).organ.kind == "btp"
    with refused("not_yours"):
        filed(kind=Kind.LOCALITY)


def test_hotline_desk_writes_down_and_sees_what_it_wrote(w) -> None:
    made = filed(actor=w.reception.actor, channel=Channel.PHONE)
    ticket = row(made.code)
    assert (ticket.taken_by, ticket.taken_at.kind) == (w.reception.actor, "commune_centre")
    assert queries.whole(made.code, actor=w.reception.actor, on=MORNING.date()).ticket.code == made.code
    with refused("not_found"):
        queries.whole(made.code, actor=w.neighbour.actor, on=MORNING.date())


def test_a_source_without_end_is_stopped(w) -> None:
    for n in range(20):
        filed(sender=Sender(), kind=Kind.INCIDENT, text=f"Không vào được trang {n}", source="203.0.113.9")
    with refused("too_many"):
        filed(sender=Sender(), kind=Kind.INCIDENT, text="Lần nữa", source="203.0.113.9")
    assert filed(sender=Sender(), kind=Kind.INCIDENT, text="Người khác", source="203.0.113.10").code


def test_private_answer_needs_a_reason(w) -> None:
    made = filed()
    do(actions.accept, made.code, w.officer)
    with refused("no_reason"):
        actions.draft_answer(
            codes=[made.code], draft=Draft("Đã xử lý.", public=False), seen={made.code: row(made.code).version},
            actor=w.officer.actor, at=MORNING,
        )  # fmt: skip
    again = make.answered(
        w,
        draft=Draft("Đã xử lý.", public=False, private_reason="Có bí mật đời tư."),
        sender=Sender("Bà Khác Hẳn", "0988777666"),
    )
    assert row(again.code).state == State.ANSWERED and row(again.code).ended_at == MORNING
