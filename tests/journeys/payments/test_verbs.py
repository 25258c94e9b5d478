"""What becomes of money: noted once, in whatever order it is told; the dossier goes on; what is too much is given back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from haicap.base.refused import Refused
from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.states import PaymentPlace, PaymentState, State
from haicap.kernel.ledger import queries as ledger
from tests.journeys.payments import make
from tests.journeys.payments.make import AMOUNT, AT, PHONE, SOON

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast_database", "register", "cheap")]


def note(attempt: queries.Attempt, *, paid: bool = True, at=AT + SOON, **other: object) -> queries.Attempt:
    values = {"amount": attempt.amount, "provider": "vnpay", "transaction": "14226112", **other}
    actions.note_payment(reference=attempt.reference, paid=paid, actor="gateway:vnpay", at=at, **values)
    return queries.attempt(attempt.reference, "vnpay")


def refusal(attempt: queries.Attempt, **other: object) -> str:
    before = queries.attempt(attempt.reference, "vnpay"), state_of(attempt.code).version
    with pytest.raises(Refused) as refused:
        note(attempt, **other)
    assert (queries.attempt(attempt.reference, "vnpay"), state_of(attempt.code).version) == before
    return refused.value.code


def state_of(code: str):
    return queries.dossier(code, actor=make.clerk(), on=AT.date())


def left(code: str) -> int:
    return queries.owed(code, actor="public", phone=PHONE).left


def kinds(code: str) -> list[str]:
    return [event.kind.removeprefix("dossiers.") for event in ledger.history(state_of(code).stream)]


# --- asking -------------------------------------------------------------------------------------------------------
def test_an_attempt_is_for_all_that_is_owed_and_pays_nothing() -> None:
    row = make.paying()
    attempt = make.asked(row)
    assert (attempt.amount, attempt.state, attempt.code) == (AMOUNT, PaymentState.ASKED, row.code)
    assert attempt.reference.startswith("HC261120")
    assert attempt.reference.isalnum()
    assert left(row.code) == AMOUNT
    assert make.asked(row).reference != attempt.reference


def test_only_the_applicant_asks() -> None:
    row = make.paying()
    for phone in ("", "0912345679", "5678", "not a number"):
        with pytest.raises(Refused) as refused:
            actions.ask_payment(code=row.code, provider="vnpay", actor="public", at=AT, phone=phone)
        assert refused.value.code in {"not_found", "bad_phone"}
        with pytest.raises(Refused):
            queries.owed(row.code, actor="public", phone=phone)
    own = make.paying(user=make.actor("lan"))
    assert (
        actions.ask_payment(code=own.code, provider="vnpay", actor=make.actor("lan"), at=AT).amount == AMOUNT
    )


def test_nothing_owed_and_ended_are_refused() -> None:
    row = make.received()
    actions.take_payment(code=row.code, actor=make.clerk(), at=AT, seen=row.version)
    for code, wanted in ((row.code, "nothing_owed"), (ended(make.paying()), "not_now")):
        with pytest.raises(Refused) as refused:
            actions.ask_payment(code=code, provider="vnpay", actor="public", at=AT, phone=PHONE)
        assert refused.value.code == wanted


def ended(row) -> str:
    actions.stop(
        code=row.code,
        actor=make.clerk(),
        at=AT,
        seen=state_of(row.code).version,
        reason="Người nộp xin dừng.",
    )
    return row.code


def test_attempts_nobody_hears_of_are_bounded() -> None:
    row = make.paying()
    for _ in range(20):
        make.asked(row)
    with pytest.raises(Refused) as refused:
        make.asked(row)
    assert refused.value.code == "too_many"
    assert make.asked(row, AT + timedelta(days=2))


# --- noting -------------------------------------------------------------------------------------------------------
def test_success_settles_and_the_dossier_goes_on() -> None:
    row = make.paying()
    assert row.state == State.PAYING
    paid = note(make.asked(row))
    after = state_of(row.code)
    assert (paid.state, paid.refund, paid.transaction) == (PaymentState.PAID, False, "14226112")
    assert (after.state, after.back_to, after.payment_place) == (State.RECEIVED, None, PaymentPlace.OWN)
    assert left(row.code) == 0
    assert kinds(row.code) == [
        "filed",
        "received",
        "payment_asked",
        "payment_begun",
        "payment_noted",
        "settled",
    ]
    assert after.due_at is None or after.due_at > AT


def test_the_same_notice_again_changes_nothing() -> None:
    attempt = make.asked(make.paying())
    note(attempt)
    assert refusal(attempt) == refusal(attempt, transaction="999") == "already_noted"


def test_failure_after_success_is_ignored() -> None:
    attempt = make.asked(make.paying())
    note(attempt)
    assert refusal(attempt, paid=False) == "already_noted"
    assert state_of(attempt.code).state == State.RECEIVED


def test_success_after_failure_counts() -> None:
    attempt = make.asked(make.paying())
    assert note(attempt, paid=False).state == PaymentState.FAILED
    assert state_of(attempt.code).state == State.PAYING
    assert refusal(attempt, paid=False) == "already_noted"
    assert note(attempt).state == PaymentState.PAID
    assert state_of(attempt.code).state == State.RECEIVED


def test_success_after_the_attempt_expired_counts() -> None:
    attempt = make.asked(make.paying())
    late = AT + timedelta(hours=3)
    actions.expire_payment(reference=attempt.reference, actor="system", at=late)
    assert refusal(attempt, paid=False, at=late) == "already_noted"
    assert note(attempt, at=late).state == PaymentState.PAID
    assert state_of(attempt.code).state == State.RECEIVED


def test_another_amount_another_provider_and_an_unknown_reference() -> None:
    attempt = make.asked(make.paying())
    assert refusal(attempt, amount=AMOUNT - 1) == refusal(attempt, amount=AMOUNT * 100) == "wrong_amount"
    assert refusal(attempt, provider="another") == "unknown_payment"
    with pytest.raises(Refused) as refused:
        actions.note_payment(
            reference="HC0",
            paid=True,
            amount=1,
            provider="vnpay",
            transaction="",
            actor="gateway:vnpay",
            at=AT,
        )
    assert refused.value.code == "unknown_payment"


def test_money_for_a_dossier_that_ended_is_kept_and_given_back() -> None:
    row = make.paying()
    attempt = make.asked(row)
    ended(row)
    paid = note(attempt)
    assert (paid.state, paid.refund) == (PaymentState.PAID, True)
    assert state_of(row.code).state == State.STOPPED
    assert refusal(attempt) == "already_noted"


def test_money_paid_twice_is_given_back_once() -> None:
    row = make.paying()
    first, second = make.asked(row), make.asked(row)
    assert not note(first).refund
    assert note(second).refund
    assert kinds(row.code).count("settled") == 1


def test_money_beyond_what_is_still_owed_is_given_back() -> None:
    row = make.received()
    attempt = make.asked(row)
    actions.waive_charge(
        code=row.code,
        key="le_phi",
        actor=make.clerk(),
        at=AT,
        seen=state_of(row.code).version,
        ground="Hộ nghèo",
    )
    assert note(attempt).refund


def test_in_other_states_only_the_payment_is_noted() -> None:
    row = make.received()
    note(make.asked(row))
    after = state_of(row.code)
    assert (after.state, after.payment_place, left(row.code)) == (State.RECEIVED, PaymentPlace.OWN, 0)
    assert "settled" not in kinds(row.code)


def test_doubted_money_is_noted_once_and_waits() -> None:
    attempt = make.asked(make.paying())
    doubted = note(attempt, paid=False, doubted=True)
    assert (doubted.state, doubted.doubted) == (PaymentState.ASKED, True)
    assert refusal(attempt, paid=False, doubted=True) == "already_noted"
    with pytest.raises(Refused):
        actions.expire_payment(reference=attempt.reference, actor="system", at=AT + timedelta(days=1))
    assert note(attempt).state == PaymentState.PAID


def test_an_attempt_expires_only_after_its_time_and_only_unheard() -> None:
    attempt = make.asked(make.paying())
    with pytest.raises(Refused):
        actions.expire_payment(reference=attempt.reference, actor="system", at=AT + timedelta(minutes=14))
    actions.expire_payment(reference=attempt.reference, actor="system", at=AT + timedelta(minutes=16))
    assert queries.attempt(attempt.reference, "vnpay").state == PaymentState.EXPIRED
    with pytest.raises(Refused):
        actions.expire_payment(reference=attempt.reference, actor="system", at=AT + timedelta(minutes=16))


# --- at the office ------------------------------------------------------------------------------------------------
def test_the_counter_takes_the_money_and_the_clock_runs_again() -> None:
    row = make.paying()
    payment = actions.take_payment(
        code=row.code, actor=make.clerk(), at=AT + SOON, seen=row.version, receipt="BL-001"
    )
    after = state_of(row.code)
    assert (payment.amount, payment.provider, payment.receipt) == (AMOUNT, "counter", "BL-001")
    assert (after.state, after.payment_place) == (State.RECEIVED, PaymentPlace.NONE)
    with pytest.raises(Refused) as refused:
        actions.take_payment(code=row.code, actor=make.clerk(), at=AT, seen=after.version)
    assert refused.value.code == "nothing_owed"


def test_a_waived_charge_lets_the_dossier_go_on() -> None:
    row = make.paying()
    with pytest.raises(Refused) as refused:
        actions.waive_charge(
            code=row.code, key="le_phi", actor=make.clerk(), at=AT, seen=row.version, ground=" "
        )
    assert refused.value.code == "no_reason"
    actions.waive_charge(
        code=row.code, key="le_phi", actor=make.clerk(), at=AT, seen=row.version, ground="Hộ nghèo"
    )
    assert state_of(row.code).state == State.RECEIVED


@pytest.mark.parametrize("who", ["lan", "anh.bnv"])
def test_strangers_take_no_money(who: str) -> None:
    row = make.paying()
    for verb in (actions.take_payment, actions.request_payment):
        with pytest.raises(Refused) as refused:
            verb(code=row.code, actor=make.actor(who), at=AT, seen=row.version)
        assert refused.value.code in {"not_found", "not_yours"}


def test_a_stale_page_takes_no_money() -> None:
    row = make.paying()
    for verb in (actions.take_payment, actions.request_payment):
        with pytest.raises(Refused) as refused:
            verb(code=row.code, actor=make.clerk(), at=AT, seen=row.version - 1)
        assert refused.value.code == "stale"
