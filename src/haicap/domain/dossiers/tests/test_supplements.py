"""Asking for more: once, or with a reason and somebody who approves. Decree 118/2025/NĐ-CP, điều 17."""

from __future__ import annotations

import pytest

from haicap.base.refused import Refused
from haicap.domain.dossiers import actions
from haicap.domain.dossiers.actions import Missing
from haicap.domain.dossiers.models import Supplement
from haicap.domain.dossiers.states import State
from haicap.domain.dossiers.tests import make
from haicap.domain.dossiers.tests.make import do

REASON = "Phát sinh giấy tờ khi thẩm định."


def answered(w: make.World):
    return do(actions.supply, make.supplement(w, make.received(w)), w.reception, answer="Đã ký.")


# who asks, approver, reason → outcome
SECOND = [
    ("reception", "", "", "once_only"),
    ("reception", "leader", "", "once_only"),
    ("reception", "", REASON, "once_only"),
    ("reception", "reception", REASON, "same_person"),
    ("reception", "officer", REASON, "not_a_leader"),
    ("reception", "neighbour", REASON, "not_a_leader"),
    ("reception", "ministry", REASON, "not_a_leader"),
    ("reception", "leader", REASON, ""),
    ("reception", "deputy", REASON, ""),
    ("officer", "leader", REASON, ""),
    ("leader", "leader", REASON, "same_person"),
]


@pytest.mark.parametrize(("asks", "approver", "reason", "code"), SECOND)
def test_a_second_supplement(w, asks, approver, reason, code) -> None:
    row, who = answered(w), getattr(w, asks)
    by = getattr(w, approver).actor if approver else ""
    items = [Missing("don", "Đơn", "Thiếu trang.")]
    try:
        row = do(actions.request_supplement, row, who, items=items, reason=reason, approver=by)
        found = ""
    except Refused as refused:
        found = refused.code
    assert found == code
    if not code:
        second = Supplement.objects.get(dossier_id=row.id, n=2)
        assert (second.reason, second.approved_by, second.asked_by) == (REASON, by, who.actor)
        assert (row.state, make.row_of(row).supplements) == (State.SUPPLEMENT, 2)
        slip = make.whole_of(row).slips[-1].data
        assert (slip["reason"], slip["approver"]) == (REASON, getattr(w, approver).display_name)


def test_something_must_be_missing_and_something_supplied(w) -> None:
    row = make.received(w)
    with pytest.raises(Refused) as refused:
        do(actions.request_supplement, row, w.reception, items=[Missing("don", " ", "")])
    assert refused.value.code == "nothing_missing"
    asked = make.supplement(w, row)
    with pytest.raises(Refused) as refused:
        do(actions.supply, asked, w.reception)
    assert refused.value.code == "nothing_supplied"


# whose telephone → may supply without an account
PHONES = [
    (make.PHONE, True),
    ("+84 912 345 678", True),
    ("0912345679", False),
    ("5678", False),
    ("", False),
    ("x", False),
]


@pytest.mark.parametrize(("phone", "mine"), PHONES)
def test_the_applicant_supplies_with_the_whole_telephone_number(w, phone, mine) -> None:
    row = make.supplement(w, make.received(w))
    values = {
        "code": row.code,
        "seen": row.version,
        "applicant": True,
        "answer": "Đây.",
        "actor": make.WEB,
        "at": make.MORNING,
    }
    if mine:
        assert actions.supply(phone=phone, **values).state == State.RECEIVED
        return
    with pytest.raises(Refused) as refused:
        actions.supply(phone=phone, **values)
    assert refused.value.code == "not_found"


def test_it_goes_back_to_where_it_came_from(w) -> None:
    for state in (State.REGISTERED, State.RECEIVED, State.PROCESSING):
        row = (
            make.supplement(w, make.in_state(w, state))
            if state != State.PROCESSING
            else do(
                actions.request_supplement, make.taken_up(w), w.officer, items=[Missing("don", "Đơn", "Ký.")]
            )
        )
        assert do(actions.supply, row, w.reception, answer="Đã ký.").state == state
