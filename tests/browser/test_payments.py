"""Paying in a real browser: the form may go to the gateway, the payer comes back, with and without JavaScript."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from haicap.domain.dossiers import actions, queries
from haicap.edges.payments import gateway
from haicap.edges.payments.demo import DemoGateway
from haicap.edges.payments.protocol import Merchant
from haicap.edges.payments.vnpay import Vnpay
from tests.browser.conftest import DESK, PHONE, Visit, elsewhere, visit
from tests.journeys.payments import make
from tests.journeys.payments.make import US

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


class Gateway(DemoGateway):
    """The demo gateway; its notices wait while nobody may hear of them."""

    def __init__(self, *values: Any, **more: Any) -> None:
        super().__init__(*values, **more)
        self.telling = threading.Event()
        self.telling.set()

    def tell(self, query: str) -> str:
        self.telling.wait(60)
        return super().tell(query)


@pytest.fixture
def demo(site, settings):
    """The demo gateway beside the running site; forms may go there, as settings.py allows when it is offered."""
    with Gateway(US, f"{site}/api/v1/payments/vnpay", every=0.2, late=0.1) as running:
        origin = f"http://127.0.0.1:{running.server_port}"
        allowed = f"form-action 'self' {origin};"
        settings.CONTENT_SECURITY_POLICY = settings.CONTENT_SECURITY_POLICY.replace(
            "form-action 'self';", allowed
        )
        gateway.wire(Vnpay(Merchant(running.url, US.code, US.secret)))
        yield running
    gateway.wire()


def looked_at(window: Visit, name: str, width: int) -> list[str]:
    """What is wrong with the page as it stands."""
    wrong = [f"{name}: {c}" for c in window.complaints()]
    if window.overflow() > 0:
        wrong.append(f"{name}: {window.overflow()} px too wide")
    wrong += [f"{name}: {n}" for n in window.noise if "status of" not in n]
    window.screen(f"payment-{name}-{width}")
    window.noise.clear()
    return wrong


def to_what_is_owed(window: Visit, code: str) -> None:
    window.go(f"/thanh-toan/?ma={code}")
    asked = window.page.get_by_label("Số điện thoại ghi trong hồ sơ")
    if asked.count():  # the first time
        asked.fill(make.PHONE)
        window.follow(window.page.get_by_role("button", name="Xem khoản phải nộp"))
    window.page.get_by_role("heading", name="Còn phải nộp 50.000 đồng").wait_for()


def state(code: str) -> int:
    return elsewhere(lambda: queries.dossier(code, actor=make.clerk(), on=make.AT.date()).state)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_way_to_the_gateway_and_back(browser, site, demo, width: int) -> None:
    row = elsewhere(make.paying)
    window, wrong = visit(browser, site, width), list[str]()
    window.go("/thanh-toan/")
    wrong += looked_at(window, "ask", width)
    window.page.get_by_role("button", name="Xem khoản phải nộp").click()  # the browser asks for the code
    wrong += looked_at(window, "ask-empty", width)
    to_what_is_owed(window, row.code)
    wrong += looked_at(window, "owed", width)
    window.follow(window.page.get_by_role("button", name="Trả 50.000 đồng qua VNPAY"))
    window.follow(window.page.get_by_role("button", name="Hủy giao dịch"))
    window.page.get_by_role("heading", name="Chưa thanh toán").wait_for()
    wrong += looked_at(window, "cancelled", width)
    window.follow(window.page.get_by_role("link", name="Thanh toán lại"))
    to_what_is_owed(window, row.code)
    window.follow(window.page.get_by_role("button", name="Trả 50.000 đồng qua VNPAY"))
    demo.telling.clear()
    window.follow(window.page.get_by_role("button", name="báo cho máy chủ sau"))
    window.page.get_by_role("heading", name="Đang chờ xác nhận").wait_for()
    wrong += looked_at(window, "waiting", width)
    demo.telling.set()
    window.page.get_by_role("heading", name="Đã nhận được tiền").wait_for()
    wrong += looked_at(window, "paid", width)
    window.context.close()
    assert wrong == []
    assert state(row.code) == 2


def test_other_standings(browser, site, demo) -> None:
    row, wrong = elsewhere(make.paying), list[str]()
    window = visit(browser, site, PHONE)
    window.go("/en/thanh-toan/")
    wrong += looked_at(window, "ask-en", PHONE)
    to_what_is_owed(window, row.code)
    window.follow(window.page.get_by_role("button", name="Trả 50.000 đồng qua VNPAY"))
    window.follow(window.page.get_by_role("button", name="nghi ngờ"))
    window.page.get_by_role("heading", name="Giao dịch đang được kiểm tra").wait_for()
    wrong += looked_at(window, "doubted", PHONE)
    window.page.goto(window.page.url.replace("vnp_ResponseCode=07", "vnp_ResponseCode=00"))
    wrong += looked_at(window, "unproved", PHONE)
    gateway.wire(Vnpay(US))
    to_what_is_owed(window, row.code)
    wrong += looked_at(window, "down", PHONE)
    gateway.wire()
    to_what_is_owed(window, row.code)
    wrong += looked_at(window, "counter", PHONE)
    elsewhere(
        lambda: actions.take_payment(code=row.code, actor=make.clerk(), at=make.AT, seen=version(row.code))
    )
    window.page.reload()
    wrong += looked_at(window, "nothing-owed", PHONE)
    window.context.close()
    assert wrong == []


def version(code: str) -> int:
    return queries.dossier(code, actor=make.clerk(), on=make.AT.date()).version


def test_without_javascript(browser, site, demo) -> None:
    row = elsewhere(make.paying)
    window = visit(browser, site, PHONE, java_script_enabled=False)
    to_what_is_owed(window, row.code)
    window.follow(window.page.get_by_role("button", name="Trả 50.000 đồng qua VNPAY"))
    window.follow(window.page.get_by_role("button", name="không báo cho máy chủ"))
    window.page.get_by_role("heading", name="Đang chờ xác nhận").wait_for()
    order = next(iter(demo.counterpart.orders.values()))
    told = threading.Thread(target=demo.tell, args=(demo.counterpart.query_of(order),))
    told.start()
    told.join(20)
    window.page.get_by_role("heading", name="Đã nhận được tiền").wait_for()  # the page loads itself again
    window.context.close()
    assert state(row.code) == 2
