"""The protocol itself: what is sent, what is believed. The hash of the first test was computed by another program (openssl)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from haicap.base.refused import Refused
from haicap.edges.payments import protocol
from haicap.edges.payments.gateway import Order, Outcome
from haicap.edges.payments.protocol import Merchant

AT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
US = Merchant("https://gateway.example/paymentv2/vpcpay.html", "HAICAP01", "not a real secret of anybody")
HASH = (
    "44da78d06456f58b96a15f8c4be8546826dbcc23db3ac968ef7eaadc8fbb14e6"
    "a1960bc326fbbfcd1b07396f1b04a95eb9257c28e1e9e6fac164b4c1190eac9c"
)


def order(**other: object) -> Order:
    values: dict[str, object] = {
        "reference": "HC261122A1B2C3",
        "amount": 18060,
        "about": "Thanh toán hồ sơ H61.25.05-261122-0001",
        "return_url": "https://motcua.example.vn/thanh-toan/ve/",
        "address": "203.0.113.7",
        "at": AT,
        "until": AT + timedelta(minutes=15),
    }
    return Order(**{**values, **other})  # type: ignore[arg-type]


def told(secret: str = US.secret, **other: str) -> list[tuple[str, str]]:
    """A notice as the gateway signs it; a value of "" leaves the parameter out."""
    values = {
        "vnp_TmnCode": US.code,
        "vnp_Amount": "1806000",
        "vnp_BankCode": "NCB",
        "vnp_BankTranNo": "VNP14226112",
        "vnp_CardType": "ATM",
        "vnp_OrderInfo": "Thanh toan ho so H61.25.05-261122-0001",
        "vnp_PayDate": "20261122093112",
        "vnp_ResponseCode": "00",
        "vnp_TransactionNo": "14226112",
        "vnp_TransactionStatus": "00",
        "vnp_TxnRef": "HC261122A1B2C3",
    }
    return parse_qsl(protocol.signed_query({**values, **other}, secret))


def refusal(query: list[tuple[str, str]]) -> str:
    with pytest.raises(Refused) as refused:
        protocol.read_notification(query, US)
    return refused.value.code


# --- there --------------------------------------------------------------------------------------------------------
def test_the_address_and_its_hash_are_those_of_another_program() -> None:
    query = urlsplit(protocol.build_redirect(order(), US)).query
    text, _, digest = query.rpartition("&vnp_SecureHash=")
    assert text == (
        "vnp_Amount=1806000&vnp_Command=pay&vnp_CreateDate=20261122093000&vnp_CurrCode=VND"
        "&vnp_ExpireDate=20261122094500&vnp_IpAddr=203.0.113.7&vnp_Locale=vn"
        "&vnp_OrderInfo=Thanh+toan+ho+so+H61.25.05-261122-0001&vnp_OrderType=other"
        "&vnp_ReturnUrl=https%3A%2F%2Fmotcua.example.vn%2Fthanh-toan%2Fve%2F&vnp_TmnCode=HAICAP01"
        "&vnp_TxnRef=HC261122A1B2C3&vnp_Version=2.1.0"
    )
    assert digest == HASH


def test_times_are_those_of_viet_nam_across_midnight() -> None:
    assert protocol.moment(datetime(2026, 12, 31, 17, 0, 5, tzinfo=UTC)) == "20270101000005"


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::1", "0000:0000:0000:0000:0000:0000:0000:0001"),
        ("2402:800::beef", "2402:800::beef"),
        ("1.1.1.1", "1.1.1.1"),
        ("not an address", "127.0.0.1"),
        ("", "127.0.0.1"),
    ],
)
def test_the_payers_address_fits_its_field(given: str, sent: str) -> None:
    assert protocol.address(given) == sent
    assert 7 <= len(sent) <= 45


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("Đặng Thị Hồng, ấp 3", "Dang Thi Hong ap 3"),
        ("<script>alert('x')</script>", "script alert x script"),
        ("a" * 300, "a" * 255),
        ("Số tiền: 5%", "So tien: 5"),
    ],
)
def test_order_information_has_no_marks_and_no_signs(given: str, sent: str) -> None:
    assert protocol.plain(given) == sent


@pytest.mark.parametrize(
    "wrong",
    [
        {"amount": 0},
        {"amount": -1},
        {"amount": 10_000_000_000},
        {"reference": ""},
        {"reference": "a b"},
        {"reference": "a" * 101},
        {"reference": "mã"},
        {"until": AT},
        {"return_url": "https://a.vn/" + "x" * 250},
    ],
)
def test_an_order_the_gateway_would_misread_is_not_sent(wrong: dict[str, object]) -> None:
    with pytest.raises(Refused) as refused:
        protocol.build_redirect(order(**wrong), US)
    assert refused.value.code == "bad_order"


def test_the_largest_amount_fits_its_twelve_digits() -> None:
    values = dict(parse_qsl(urlsplit(protocol.build_redirect(order(amount=9_999_999_999), US)).query))
    assert values["vnp_Amount"] == "999999999900"


def test_the_secret_is_not_in_what_is_printed() -> None:
    assert US.secret not in repr(US)


# --- back ---------------------------------------------------------------------------------------------------------
def test_a_signed_notice_is_read() -> None:
    notice = protocol.read_notification(told(), US)
    assert (notice.reference, notice.outcome, notice.amount) == ("HC261122A1B2C3", Outcome.PAID, 18060)
    assert (notice.transaction, notice.reason) == ("14226112", "00")
    assert protocol.read_return(told(), US) == notice


def test_order_case_and_foreign_parameters_do_not_matter() -> None:
    query = list(reversed(told()))
    query = [(k, v.upper() if k == "vnp_SecureHash" else v) for k, v in query]
    assert protocol.read_notification(
        [*query, ("utm_source", "bank"), ("vnp_SecureHashType", "HMACSHA512")], US
    )


def test_values_in_vietnamese_are_hashed_as_utf_8() -> None:
    assert protocol.read_notification(told(vnp_OrderInfo="Thanh toán hồ sơ ~*'()%&=+"), US)


@pytest.mark.parametrize(
    "changed",
    [
        {"vnp_Amount": "100"},
        {"vnp_TxnRef": "HC261122A1B2C4"},
        {"vnp_ResponseCode": "24"},
        {"vnp_TransactionStatus": "02"},
        {"vnp_TransactionNo": "14226113"},
        {"vnp_SecureHash": ""},
        {"vnp_SecureHash": "0" * 128},
        {"vnp_SecureHash": "ă" * 128},
        {"vnp_Extra": "1"},
    ],
)
def test_what_was_altered_is_not_believed(changed: dict[str, str]) -> None:
    assert refusal(list({**dict(told()), **changed}.items())) == "forged"


def test_another_secret_a_missing_hash_and_nothing_at_all() -> None:
    assert refusal(told(secret="guessed")) == "forged"
    assert refusal([pair for pair in told() if pair[0] != "vnp_SecureHash"]) == "forged"
    assert refusal([]) == "forged"


def test_a_parameter_said_twice_is_not_believed() -> None:
    assert refusal([*told(), ("vnp_Amount", "1806000")]) == "forged"
    assert refusal([("vnp_Amount", "100"), *told()]) == "forged"


def test_endless_parameters_are_not_read() -> None:
    assert refusal([(f"vnp_{n}", "x") for n in range(500)]) == "forged"
    assert refusal(told(vnp_OrderInfo="x" * 100_000)) == "forged"


def test_another_merchant_is_not_us_even_under_our_secret() -> None:
    assert refusal(told(vnp_TmnCode="OTHERS01")) == "unknown_payment"


@pytest.mark.parametrize("reference", ["a'; DROP TABLE x; --", "<b>", "HC\x00", "hồ sơ", "x" * 101])
def test_a_reference_that_cannot_be_ours(reference: str) -> None:
    assert refusal(told(vnp_TxnRef=reference)) == "unknown_payment"


@pytest.mark.parametrize("amount", ["1806050", "-100", "1e5", "18060.00", "٣٠٠", "9" * 16, " 100"])
def test_an_amount_that_is_no_whole_dong(amount: str) -> None:
    assert refusal(told(vnp_Amount=amount)) == "wrong_amount"


@pytest.mark.parametrize(
    "missing", ["vnp_TmnCode", "vnp_Amount", "vnp_TxnRef", "vnp_ResponseCode", "vnp_TransactionStatus"]
)
def test_a_signed_notice_without_a_field_is_not_this_protocol(missing: str) -> None:
    assert refusal(told(**{missing: ""})) == "forged"


@pytest.mark.parametrize(
    ("response", "status", "outcome"),
    [
        ("00", "00", Outcome.PAID),
        ("24", "02", Outcome.FAILED),
        ("11", "02", Outcome.FAILED),
        ("00", "02", Outcome.FAILED),
        ("24", "00", Outcome.FAILED),
        ("00", "04", Outcome.FAILED),
        ("07", "00", Outcome.DOUBTED),
        ("00", "07", Outcome.DOUBTED),
        ("00", "01", Outcome.PENDING),
        ("0", "0", Outcome.FAILED),
    ],
)
def test_paid_only_when_both_codes_say_so(response: str, status: str, outcome: Outcome) -> None:
    notice = protocol.read_notification(told(vnp_ResponseCode=response, vnp_TransactionStatus=status), US)
    assert notice.outcome is outcome


def test_odd_numbers_of_the_gateway_are_left_out() -> None:
    notice = protocol.read_notification(told(vnp_TransactionNo="<b>", vnp_ResponseCode="<i>"), US)
    assert (notice.transaction, notice.reason, notice.outcome) == ("", "99", Outcome.FAILED)
    assert (
        protocol.read_notification(told(vnp_TransactionNo="0", vnp_ResponseCode="24"), US).transaction == ""
    )
