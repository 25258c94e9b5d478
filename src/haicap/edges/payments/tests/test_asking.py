"""Asking a gateway about a payment whose notice never came. The hash was computed by another program (openssl)."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from haicap.base.refused import Refused
from haicap.edges.payments import asking, protocol
from haicap.edges.payments.demo import Choice, DemoGateway
from haicap.edges.payments.gateway import Order, Outcome
from haicap.edges.payments.protocol import Merchant
from haicap.edges.payments.vnpay import Vnpay

AT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
US = Merchant("http://127.0.0.1:1/pay", "HAICAP01", "not a real secret of anybody")
ORDER = Order(
    "HC261122A1B2C3",
    18060,
    "H61-1",
    "http://localhost:8000/thanh-toan/ve/",
    "127.0.0.1",
    AT,
    AT + timedelta(minutes=15),
)
HASH = (
    "6609fbb09bab582fa142a26762d2b593696818af803995de8a5bf90b79831751"
    "46da8369d64290cc3f1a5b578d3fabd2d58284d744e6af15bb0cc52c8605b037"
)


@pytest.fixture
def gateway():
    with DemoGateway(US, None, now=lambda: AT) as running:
        yield running


def decided(gateway: DemoGateway, choice: Choice | None) -> None:
    """Somebody came to the gateway's page, and perhaps did something there."""
    order = gateway.counterpart.take(parse_qsl(urlsplit(protocol.build_redirect(ORDER, US)).query))
    if choice is not None:
        gateway.decide(order.key, choice)


def asked(gateway: DemoGateway, merchant: Merchant = US):
    return Vnpay(merchant, ask_url=gateway.ask_url).ask(ORDER.reference, asked_at=AT, at=LATER)


def test_the_question_is_hashed_as_another_program_does() -> None:
    document = asking.question(ORDER.reference, asked_at=AT, at=LATER, number="r1", merchant=US)
    assert document["vnp_SecureHash"] == HASH
    assert document["vnp_TransactionDate"] == "20261122093000"


@pytest.mark.parametrize(
    ("choice", "outcome"),
    [
        (Choice.PAY_SILENT, Outcome.PAID),
        (Choice.CANCEL, Outcome.FAILED),
        (Choice.DOUBT, Outcome.DOUBTED),
        (None, Outcome.PENDING),
    ],
)
def test_the_gateway_says_what_became_of_it(gateway, choice: Choice | None, outcome: Outcome) -> None:
    decided(gateway, choice)
    notice = asked(gateway)
    assert notice is not None
    assert (notice.outcome, notice.amount, notice.reference) == (outcome, 18060, ORDER.reference)


def test_nobody_came_to_its_page(gateway) -> None:
    assert asked(gateway) is None


@pytest.mark.parametrize(
    "other", [Merchant(US.url, US.code, "another secret"), Merchant(US.url, "OTHERS01", US.secret)]
)
def test_a_question_of_somebody_else_is_not_answered(gateway, other: Merchant) -> None:
    decided(gateway, Choice.PAY)
    with pytest.raises(Refused) as refused:
        asked(gateway, other)
    assert refused.value.code in {"forged", "no_answer"}


def test_a_gateway_that_is_down_or_was_never_named(gateway) -> None:
    for url in ("http://127.0.0.1:1/x", ""):
        with pytest.raises(Refused) as refused:
            Vnpay(US, ask_url=url).ask(ORDER.reference, asked_at=AT, at=LATER)
        assert refused.value.code == "no_answer"


@pytest.mark.parametrize(
    "altered", [{"vnp_TransactionStatus": "00"}, {"vnp_Amount": "100"}, {"vnp_SecureHash": "ă"}]
)
def test_an_altered_answer_is_not_believed(gateway, altered: dict[str, str]) -> None:
    decided(gateway, Choice.CANCEL)
    answer = gateway.counterpart.answer_question(
        asking.question(ORDER.reference, asked_at=AT, at=LATER, number="r1", merchant=US)
    )
    assert asking.read_answer(answer, ORDER.reference, US) is not None
    with pytest.raises(Refused) as refused:
        asking.read_answer({**answer, **altered}, ORDER.reference, US)
    assert refused.value.code == "forged"


def test_an_answer_about_another_payment_is_not_taken_for_this_one(gateway) -> None:
    decided(gateway, Choice.PAY)
    answer = gateway.counterpart.answer_question(
        asking.question(ORDER.reference, asked_at=AT, at=LATER, number="r1", merchant=US)
    )
    with pytest.raises(Refused) as refused:
        asking.read_answer(answer, "HC0", US)
    assert refused.value.code == "unknown_payment"


def test_numbers_in_the_answer_count_as_their_text() -> None:
    answer: dict[str, object] = {"vnp_ResponseCode": "91", "vnp_Amount": 1806000, "vnp_TmnCode": US.code}
    answer["vnp_SecureHash"] = asking.joined_hash(json.loads(json.dumps(answer)), asking.ANSWERED, US.secret)
    assert asking.read_answer(answer, ORDER.reference, US) is None
