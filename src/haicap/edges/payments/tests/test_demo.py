"""The demo gateway as a gateway: what it turns away, what it says, how it tells, and that it keeps to this machine."""

from __future__ import annotations

import http.client
import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

import pytest

from haicap.edges.payments import protocol
from haicap.edges.payments.demo import Choice, Counterpart, DemoGateway
from haicap.edges.payments.demo.counterpart import Turned
from haicap.edges.payments.gateway import Order, Outcome
from haicap.edges.payments.protocol import Merchant
from haicap.edges.payments.vnpay import Vnpay

AT = datetime(2026, 11, 22, 2, 30, tzinfo=UTC)
US = Merchant("http://127.0.0.1:1/paymentv2/vpcpay.html", "HAICAP01", "not a real secret of anybody")
ORDER = Order(
    "HC261122A1B2C3",
    18060,
    "H61-1",
    "http://localhost:8000/thanh-toan/ve/",
    "127.0.0.1",
    AT,
    AT + timedelta(minutes=15),
)


def asked(merchant: Merchant = US, **other: str) -> list[tuple[str, str]]:
    """Parameters of the redirect, some altered and signed again."""
    values = dict(parse_qsl(urlsplit(protocol.build_redirect(ORDER, merchant)).query))
    return parse_qsl(protocol.signed_query({**values, **other}, merchant.secret))


def books(at: datetime = AT) -> Counterpart:
    return Counterpart(US, lambda: at)


def turned(counterpart: Counterpart, query: list[tuple[str, str]]) -> str:
    with pytest.raises(Turned) as found:
        counterpart.take(query)
    return found.value.code


class Listener(BaseHTTPRequestHandler):
    """Our server, as the gateway sees it: hears notices and answers the next of `answers`."""

    answers: list[bytes]
    heard: list[dict[str, str]]
    enough: threading.Event

    def log_message(self, *args: object) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        type(self).heard.append(dict(parse_qsl(urlsplit(self.path).query)))
        last = len(self.answers) == 1
        body = self.answers[0] if last else self.answers.pop(0)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        if last:
            self.enough.set()


@pytest.fixture
def listener():
    class Ours(Listener):
        answers: list[bytes] = [b'{"RspCode":"00","Message":"Confirm Success"}']  # noqa: RUF012
        heard: list[dict[str, str]] = []  # noqa: RUF012
        enough = threading.Event()

    server = ThreadingHTTPServer(("127.0.0.1", 0), Ours)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    Ours.url = f"http://127.0.0.1:{server.server_port}/api/v1/payments/vnpay"
    yield Ours
    server.shutdown()
    server.server_close()
    thread.join(10)


def call(
    gateway: DemoGateway, method: str, path: str, form: dict[str, str] | None = None
) -> tuple[int, str, str]:
    """Status, text and Location of an answer."""
    link = http.client.HTTPConnection("127.0.0.1", gateway.server_port, timeout=60)
    try:
        link.request(method, path, urlencode(form or {}).encode())
        answer = link.getresponse()
        return answer.status, answer.read().decode(), answer.getheader("Location") or ""
    finally:
        link.close()


# --- what it turns away -------------------------------------------------------------------------------------------
def test_it_takes_what_our_adapter_sends() -> None:
    counterpart = books()
    order = counterpart.take(asked())
    assert order.values["vnp_TxnRef"] == ORDER.reference
    assert counterpart.take(asked()) is order, "a page loaded again is the same order"


@pytest.mark.parametrize(
    ("altered", "code"),
    [
        ({"vnp_ReturnUrl": ""}, "03"),
        ({"vnp_ExpireDate": ""}, "03"),
        ({"vnp_TmnCode": "OTHERS01"}, "02"),
        ({"vnp_Version": "2.0.0"}, "03"),
        ({"vnp_CurrCode": "USD"}, "03"),
        ({"vnp_Amount": "18060.00"}, "03"),
        ({"vnp_Amount": "1" * 13}, "03"),
        ({"vnp_ReturnUrl": "https://elsewhere.example/x"}, "03"),
    ],
)
def test_it_turns_away_what_is_wrong(altered: dict[str, str], code: str) -> None:
    assert turned(books(), asked(**altered)) == code


def test_it_turns_away_the_unsigned_the_late_and_the_repeated() -> None:
    assert turned(books(), [(k, "1" if k == "vnp_Amount" else v) for k, v in asked()]) == "70"
    assert turned(books(AT + timedelta(minutes=15)), asked()) == "15"
    counterpart = books()
    counterpart.take(asked())
    assert turned(counterpart, asked(vnp_Amount="100")) == "01", "another order under the same reference"
    counterpart.decide(next(iter(counterpart.orders)), Choice.CANCEL)
    assert turned(counterpart, asked()) == "01"


def test_a_decision_is_made_once() -> None:
    counterpart = books()
    order = counterpart.take(asked())
    counterpart.decide(order.key, Choice.PAY)
    with pytest.raises(Turned):
        counterpart.decide(order.key, Choice.CANCEL)
    with pytest.raises(Turned):
        counterpart.decide("guessed", Choice.PAY)


@pytest.mark.parametrize(
    ("choice", "outcome", "money"),
    [
        (Choice.PAY, Outcome.PAID, True),
        (Choice.CANCEL, Outcome.FAILED, False),
        (Choice.NO_FUNDS, Outcome.FAILED, False),
        (Choice.DOUBT, Outcome.DOUBTED, True),
    ],
)
def test_what_it_says_is_read_by_our_adapter(choice: Choice, outcome: Outcome, money: bool) -> None:
    counterpart = books()
    order = counterpart.decide(counterpart.take(asked()).key, choice)
    notice = Vnpay(US).notified(parse_qsl(counterpart.query_of(order)))
    assert (notice.outcome, notice.amount, notice.reference) == (outcome, 18060, ORDER.reference)
    assert bool(notice.transaction) is money


# --- as a server --------------------------------------------------------------------------------------------------
def test_pay_page_decision_redirect_and_notice(listener) -> None:
    with DemoGateway(US, listener.url, every=0.05, now=lambda: AT) as gateway:
        status, page, _ = call(gateway, "GET", f"{urlsplit(gateway.url).path}?{urlencode(asked())}")
        assert status == 200
        assert "18.060 đ" in page
        key = next(iter(gateway.counterpart.orders))
        status, _, where = call(gateway, "POST", "/paymentv2/pay", {"key": key, "choice": "pay"})
        assert status == 303
        assert where.startswith(ORDER.return_url + "?vnp_Amount=1806000&")
        assert listener.enough.wait(60)
    back, told = dict(parse_qsl(urlsplit(where).query)), listener.heard
    assert told == [back], "the notice says what the browser carries, once"


def test_notices_are_repeated_until_they_are_confirmed(listener) -> None:
    listener.answers[:0] = [b"<html>busy</html>", b'{"RspCode":"99"}', b"[]"]
    with DemoGateway(US, listener.url, every=0.01, now=lambda: AT) as gateway:
        order = gateway.counterpart.take(asked())
        gateway.decide(order.key, Choice.PAY)
        assert listener.enough.wait(60)
    assert order.heard == ["–", "99", "–", "00"]
    assert len(listener.heard) == 4


def test_a_silent_payment_is_told_to_nobody(listener) -> None:
    with DemoGateway(US, listener.url, every=0.01, now=lambda: AT) as gateway:
        order = gateway.counterpart.take(asked())
        assert gateway.decide(order.key, Choice.PAY_SILENT).startswith(ORDER.return_url)
    assert listener.heard == order.heard == []


def test_its_pages_escape_and_refuse(listener) -> None:
    with DemoGateway(US, None, now=lambda: AT) as gateway:
        path = urlsplit(gateway.url).path
        status, page, _ = call(
            gateway, "GET", f"{path}?{urlencode(asked(vnp_OrderInfo='<script>x</script>'))}"
        )
        assert status == 200
        assert "<script>" not in page
        assert call(gateway, "GET", f"{path}?x={quote('<b>')}")[0] == 400
        assert call(gateway, "GET", "/etc/passwd")[0] == 404
        assert call(gateway, "POST", "/paymentv2/pay", {"key": "x", "choice": "steal"})[0] == 400
        assert call(gateway, "POST", "/elsewhere")[0] == 404
        assert "HC261122A1B2C3" in call(gateway, "GET", "/")[1]


def test_it_keeps_to_this_machine() -> None:
    with pytest.raises(ValueError, match="this machine"):
        DemoGateway(US, "https://haicap.example/api/v1/payments/vnpay")
    with DemoGateway(US, None) as gateway:
        assert gateway.server_address[0] == "127.0.0.1"


def test_whether_a_gateway_answers_is_seen_and_remembered_for_a_while() -> None:
    with DemoGateway(US, None) as gateway:
        up = Vnpay(Merchant(gateway.url, US.code, US.secret))
        assert up.reachable()
    assert up.reachable(), "believed for a moment"
    assert not Vnpay(Merchant(gateway.url, US.code, US.secret)).reachable()
    assert not Vnpay(Merchant("https://no-such-host.invalid/pay", US.code, US.secret)).reachable()
