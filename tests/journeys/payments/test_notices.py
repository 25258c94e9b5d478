"""What the gateway's machine is answered, over HTTP: the code it waits for, once the effect, never a fault of ours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import quote, urlencode

import pytest
from django.db import OperationalError
from django.test import Client

from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.states import PaymentState, State
from haicap.edges.payments import notices
from haicap.kernel.ledger import queries as ledger
from tests.journeys.payments import make
from tests.journeys.payments.make import AT, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast_database", "register", "cheap", "offered")]
DOOR = "/api/v1/payments/vnpay"


@pytest.fixture
def attempt():
    return make.asked(make.paying())


def answer(query: str, door: str = DOOR) -> str:
    """RspCode of the answer to a notice."""
    said = Client(raise_request_exception=True).get(f"{door}?{query}")
    assert said.status_code == 200, said.content
    assert said.headers["Content-Type"] == "application/json"
    assert set(said.json()) == {"RspCode", "Message"}
    return said.json()["RspCode"]


def standing(attempt: queries.Attempt) -> tuple[str, int, int]:
    """State of the attempt, state and version of the dossier."""
    row = queries.dossier(attempt.code, actor=make.clerk(), on=AT.date())
    return queries.attempt(attempt.reference, "vnpay").state, row.state, row.version


def test_paid_and_told_again(attempt) -> None:
    assert answer(told(attempt)) == "00"
    after = standing(attempt)
    assert after[:2] == (PaymentState.PAID, State.RECEIVED)
    assert [answer(told(attempt)) for _ in range(3)] == ["02"] * 3
    assert standing(attempt) == after


def test_cancelled_then_paid_after_all(attempt) -> None:
    cancelled = told(attempt, vnp_ResponseCode="24", vnp_TransactionStatus="02", vnp_TransactionNo="0")
    assert [answer(cancelled), answer(cancelled)] == ["00", "02"]
    assert standing(attempt)[:2] == (PaymentState.FAILED, State.PAYING)
    assert [answer(told(attempt)), answer(cancelled)] == ["00", "02"]
    assert standing(attempt)[:2] == (PaymentState.PAID, State.RECEIVED)


def test_doubted_is_confirmed_once_and_stays_open(attempt) -> None:
    doubted = told(attempt, vnp_ResponseCode="07", vnp_TransactionStatus="07")
    assert [answer(doubted), answer(doubted)] == ["00", "02"]
    assert standing(attempt)[:2] == (PaymentState.ASKED, State.PAYING)


def test_not_over_yet_asks_to_be_told_again(attempt) -> None:
    before = standing(attempt)
    assert answer(told(attempt, vnp_TransactionStatus="01")) == "99"
    assert standing(attempt) == before


def test_late_after_it_expired_and_after_the_dossier_ended(attempt) -> None:
    late = datetime.now(UTC) + timedelta(hours=2)
    actions.expire_payment(reference=attempt.reference, actor="system", at=late)
    row = queries.dossier(attempt.code, actor=make.clerk(), on=AT.date())
    actions.stop(code=row.code, actor=make.clerk(), at=AT, seen=row.version, reason="Người nộp xin dừng.")
    assert answer(told(attempt)) == "00"
    after = queries.attempt(attempt.reference, "vnpay")
    assert (after.state, after.refund) == (PaymentState.PAID, True)
    assert answer(told(attempt)) == "02"


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (lambda a: told(a, secret="guessed"), "97"),
        (lambda a: told(a).replace("vnp_Amount=5000000", "vnp_Amount=100"), "97"),
        (lambda a: told(a).replace("vnp_ResponseCode=00", "vnp_ResponseCode=24"), "97"),
        (lambda a: told(a) + "&vnp_Amount=5000000", "97"),
        (lambda a: told(a).rpartition("&")[0], "97"),
        (lambda a: "", "97"),
        (lambda a: told(a, vnp_TransactionStatus=""), "97"),
        (lambda a: told(a, vnp_Amount="100"), "04"),
        (lambda a: told(a, vnp_Amount="5000001"), "04"),
        (lambda a: told(a, vnp_Amount="9" * 15), "04"),
        (lambda a: told(a, vnp_TxnRef="HC261120NOBODYHASIT"), "01"),
        (lambda a: told(a, vnp_TmnCode="OTHERS01"), "01"),
        (lambda a: told(a, vnp_TxnRef="' OR 1=1; DROP TABLE dossiers_payment; --"), "01"),
        (lambda a: told(a, vnp_TxnRef="<script>alert(1)</script>"), "01"),
        (lambda a: told(a, vnp_TxnRef="hồ sơ\x00"), "01"),
        (lambda a: told(a, vnp_OrderInfo="x" * 10_000), "97"),
        (lambda a: "vnp_TxnRef=" + "x" * 60_000, "97"),
        (lambda a: "&".join(f"vnp_{n}=1" for n in range(3_000)), "97"),
        (lambda a: quote("vnp_TxnRef=ă&ớ=ặ&=&==&%zz&%"), "97"),
        (lambda a: "vnp_TxnRef=%ff%fe%00&vnp_SecureHash=%ff", "97"),
        (lambda a: urlencode({"vnp_TxnRef[]": a.reference, "__proto__": "1"}), "97"),
    ],
)
def test_what_is_not_a_notice_of_ours_has_no_effect(attempt, query, code: str) -> None:
    before = standing(attempt)
    assert answer(query(attempt)) == code
    assert standing(attempt) == before


def test_signs_in_other_fields_do_no_harm(attempt) -> None:
    assert (
        answer(
            told(attempt, vnp_OrderInfo="Phí ' \" <b>&amp; ~*()=+ ế", vnp_BankCode="<i>", vnp_CardType="\x00")
        )
        == "00"
    )
    assert standing(attempt)[0] == PaymentState.PAID


def test_raw_letters_in_the_address_are_read_as_utf_8(attempt) -> None:
    query = told(attempt, vnp_BankCode="Á").replace("%C3%81", "Á")
    assert notices.read_query(query.encode().decode("latin-1")) == notices.read_query(
        told(attempt, vnp_BankCode="Á")
    )


def test_personal_text_is_in_no_event(attempt) -> None:
    answer(told(attempt))
    row = queries.dossier(attempt.code, actor=make.clerk(), on=AT.date())
    said = str([event.data for event in ledger.history(row.stream)])
    assert "Thử" not in said
    assert "0912345678" not in said


def test_a_fault_of_ours_asks_to_be_told_again(attempt, monkeypatch) -> None:
    def broken(**_: object) -> None:
        raise OperationalError("the database is gone")

    monkeypatch.setattr(actions, "note_payment", broken)
    assert answer(told(attempt)) == "99"
    monkeypatch.undo()
    assert answer(told(attempt)) == "00"


def test_no_session_no_cookie_and_only_by_get(attempt) -> None:
    said = Client().get(f"{DOOR}?{told(attempt)}")
    assert not said.cookies
    assert said.headers["Cache-Control"] == "no-store"
    for method in ("post", "put", "delete"):
        refused = getattr(Client(enforce_csrf_checks=True), method)(f"{DOOR}?{told(attempt)}")
        assert refused.status_code == 405


def test_gateways_we_do_not_have_are_not_there(attempt) -> None:
    before = standing(attempt)
    for door in ("/api/v1/payments/momo", "/api/v1/payments/"):
        assert Client().get(f"{door}?{told(attempt)}").status_code == 404
    assert standing(attempt) == before


def test_calls_are_counted_like_all_others(attempt, settings) -> None:
    settings.API_RATE = 3
    said = [Client().get(f"{DOOR}?{told(attempt, secret='guessed')}").status_code for _ in range(4)]
    assert said == [200, 200, 200, 429]
