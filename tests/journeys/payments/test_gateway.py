"""Whole payments over HTTP, the demo gateway on the other side: redirect, decision, notices with retries, many at once."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.test import Client

from haicap.domain.dossiers import queries
from haicap.domain.dossiers.states import PaymentState, State
from haicap.edges.payments import gateway, jobs
from haicap.edges.payments.demo import Choice, DemoGateway
from haicap.edges.payments.demo.server import DECIDE
from haicap.edges.payments.protocol import Merchant
from haicap.edges.payments.vnpay import Vnpay
from haicap.kernel.ledger import queries as ledger
from haicap.web.common import clock
from tests.journeys.payments import make
from tests.journeys.payments.make import PHONE, US

pytestmark = pytest.mark.django_db
T = TypeVar("T")


class Quiet(WSGIRequestHandler):
    """Says nothing on standard error."""

    def log_message(self, format: str, *args: object) -> None:
        pass


def elsewhere(do: Callable[..., T], *values: object) -> T:
    """In a thread of its own, committed, so that the server sees it."""

    def run() -> T:
        try:
            return do(*values)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(run).result(60)


@pytest.fixture
def site(site_database, django_db_blocker):
    """Address of the running platform."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.daemon_threads = False
    server.set_app(get_wsgi_application())
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    with django_db_blocker.unblock():
        thread.start()
        yield f"http://localhost:{server.server_port}"
        server.shutdown()
        server.server_close()
        thread.join(10)


@pytest.fixture
def demo(site, offered):
    """The demo gateway, which tells this platform."""
    with DemoGateway(US, f"{site}/api/v1/payments/vnpay", every=0.05, late=0.3) as running:
        merchant = Merchant(running.url, US.code, US.secret)
        gateway.wire(Vnpay(merchant, ask_url=running.ask_url))
        yield running


@pytest.fixture
def row(site, cheap):
    """A dossier that waits for its money, committed."""
    return elsewhere(make.paying)


def call(address: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
    """Status, text and Location; a form is posted."""
    parts = urlsplit(address)
    link = http.client.HTTPConnection("127.0.0.1", parts.port, timeout=60)
    try:
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        headers = {"Host": parts.netloc} | (
            {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        )
        link.request("POST" if form else "GET", path, urlencode(form or {}), headers)
        answer = link.getresponse()
        return answer.status, answer.read().decode(), answer.getheader("Location") or ""
    finally:
        link.close()


def begin(site: str, row) -> str:
    """The payer presses the button; the address of the gateway."""
    here = Client(headers={"Host": urlsplit(site).netloc})
    form = {"ma": row.code, "dien_thoai": PHONE, "buoc": "tra"}
    answer = elsewhere(lambda: here.post("/thanh-toan/", form))
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def decide(demo: DemoGateway, where: str, choice: Choice) -> str:
    """The payer decides at the gateway's page; the address back."""
    status, page, _ = call(where)
    assert status == 200, page
    key = demo.counterpart.take(parse_qsl(urlsplit(where).query)).key
    status, _, back = call(
        demo.url.replace("/paymentv2/vpcpay.html", DECIDE), {"key": key, "choice": choice.value}
    )
    assert status == 303
    return back


def heard(demo: DemoGateway, *, last: str = "", enough: int = 1) -> list[str]:
    """What the gateway's notices were answered, once there are so many, and the last one is this one."""
    order = next(iter(demo.counterpart.orders.values()))
    pause = threading.Event()
    for _ in range(400):
        if len(order.heard) >= enough and (not last or order.heard[-1] == last):
            break
        pause.wait(0.05)
    return list(order.heard)


def standing(row) -> tuple[int, list[str]]:
    """State of the dossier, states of its payments."""

    def look() -> tuple[int, list[str]]:
        found = queries.dossier(row.code, actor=make.clerk(), on=make.AT.date())
        return found.state, [p.state for p in queries.whole(found).payments]

    return elsewhere(look)


def test_paid(site, demo, row) -> None:
    back = decide(demo, begin(site, row), Choice.PAY)
    assert heard(demo) == ["00"]
    assert standing(row) == (State.RECEIVED, [PaymentState.PAID])
    status, page, _ = call(back)
    assert (status, "Đã nhận được tiền" in page) == (200, True)


def test_cancelled_and_paid_the_second_time(site, demo, row) -> None:
    back = decide(demo, begin(site, row), Choice.CANCEL)
    assert heard(demo) == ["00"]
    assert "Bạn đã hủy giao dịch" in call(back)[1]
    assert standing(row) == (State.PAYING, [PaymentState.FAILED])
    demo.counterpart.orders.clear()
    decide(demo, begin(site, row), Choice.PAY)
    assert heard(demo) == ["00"]
    assert standing(row) == (State.RECEIVED, [PaymentState.FAILED, PaymentState.PAID])


def test_the_browser_is_back_before_the_notice(site, demo, row) -> None:
    back = decide(demo, begin(site, row), Choice.PAY_LATE)
    assert "Đang chờ xác nhận" in call(back)[1]
    assert heard(demo) == ["00"]
    assert "Đã nhận được tiền" in call(back)[1]


def test_the_platform_is_away_when_the_notice_comes(site, demo, row) -> None:
    where, there = begin(site, row), demo.notify
    demo.notify = "http://127.0.0.1:1/api/v1/payments/vnpay"
    decide(demo, where, Choice.PAY)
    assert heard(demo, enough=2)[:2] == ["–", "–"]
    demo.notify = there
    assert heard(demo, last="00")[-1] == "00"
    assert standing(row) == (State.RECEIVED, [PaymentState.PAID])


def test_many_notices_at_once_have_one_effect(site, demo, row) -> None:
    decide(demo, begin(site, row), Choice.PAY_SILENT)
    order = next(iter(demo.counterpart.orders.values()))
    query, together = demo.counterpart.query_of(order), threading.Barrier(8)

    def tell(_: int) -> str:
        together.wait(60)
        return demo.tell(query)

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(tell, range(8)))
    assert answers == ["00"] + ["02"] * 7
    assert standing(row) == (State.RECEIVED, [PaymentState.PAID])
    kinds = elsewhere(lambda: [e.kind for e in ledger.history(row.stream)])
    assert kinds.count("dossiers.payment_noted") == kinds.count("dossiers.settled") == 1


def test_success_and_failure_at_once_end_paid(site, demo, row) -> None:
    decide(demo, begin(site, row), Choice.PAY_SILENT)
    order = next(iter(demo.counterpart.orders.values()))
    failure = demo.counterpart.query_of(order, vnp_ResponseCode="24", vnp_TransactionStatus="02")
    told, together = [demo.counterpart.query_of(order), failure] * 4, threading.Barrier(8)

    def tell(query: str) -> str:
        together.wait(60)
        return demo.tell(query)

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(tell, told))
    assert set(answers) <= {"00", "02"}
    assert standing(row) == (State.RECEIVED, [PaymentState.PAID])


# --- notices that never come --------------------------------------------------------------------------------------
def later(hours: float):
    return clock.now() + timedelta(hours=hours)


def test_a_lost_notice_is_asked_for(site, demo, row) -> None:
    decide(demo, begin(site, row), Choice.PAY_SILENT)
    elsewhere(jobs.follow_up, clock.now())
    assert standing(row)[1] == [PaymentState.ASKED], "too early to ask"
    elsewhere(jobs.follow_up, later(0.4))
    assert standing(row) == (State.RECEIVED, [PaymentState.PAID])
    elsewhere(jobs.follow_up, later(1))
    assert standing(row) == (State.RECEIVED, [PaymentState.PAID])


def test_an_attempt_nobody_made_at_the_gateway_expires(site, demo, row) -> None:
    begin(site, row)
    elsewhere(jobs.follow_up, later(0.4))
    assert standing(row)[1] == [PaymentState.ASKED]
    elsewhere(jobs.follow_up, later(3))
    assert standing(row) == (State.PAYING, [PaymentState.EXPIRED])


def test_while_the_gateway_is_down_nothing_expires_for_a_day(site, demo, row) -> None:
    begin(site, row)
    gateway.wire(Vnpay(US, ask_url="http://127.0.0.1:1/ask"))
    elsewhere(jobs.follow_up, later(5))
    assert standing(row)[1] == [PaymentState.ASKED]
    elsewhere(jobs.follow_up, later(25))
    assert standing(row)[1] == [PaymentState.EXPIRED]


def test_a_doubted_payment_is_asked_about_and_never_expires(site, demo, row) -> None:
    decide(demo, begin(site, row), Choice.DOUBT)
    assert heard(demo) == ["00"]
    for hours in (0.4, 30):
        elsewhere(jobs.follow_up, later(hours))
        assert standing(row) == (State.PAYING, [PaymentState.ASKED])
    order = next(iter(demo.counterpart.orders.values()))
    order.said["vnp_TransactionStatus"] = "00"
    elsewhere(jobs.follow_up, later(31))
    assert standing(row) == (State.RECEIVED, [PaymentState.PAID])
