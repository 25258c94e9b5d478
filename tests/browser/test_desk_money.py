"""Money at the desk in a real browser: every page at two widths and in both languages, by keyboard, without JavaScript."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import expect

from haicap.base.dates import today
from haicap.domain.dossiers import actions, queries
from haicap.kernel.accounts import queries as accounts
from haicap.kernel.accounts.sessions import BACKEND
from tests.browser.conftest import DESK, PHONE, Visit, elsewhere, visit
from tests.journeys.payments import make

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
HOME = "/ban-lam-viec"


@dataclass(frozen=True)
class Till:
    """Cookies of the clerk and of a leader; codes of dossiers; the payment to be given back."""

    clerk: str
    leader: str
    owing: str
    doubted: str
    paid: str
    refund: str


def cookie(name: str) -> str:
    client = Client()
    client.force_login(accounts.user_named(name), backend=BACKEND)
    return client.cookies["sessionid"].value


def noted(payment: Any, at: datetime, **told: Any) -> None:
    actions.note_payment(
        reference=payment.reference, amount=payment.amount, provider="vnpay", transaction="14226112", actor="system",
        at=at, **told,
    )  # fmt: skip


def ask(code: str, at: datetime) -> Any:
    return actions.ask_payment(code=code, provider="vnpay", actor="public", at=at, phone=make.PHONE)


def take(code: str, at: datetime, **more: Any) -> Any:
    seen = queries.dossier(code, actor=make.clerk(), on=today(at)).version
    return actions.take_payment(code=code, actor=make.clerk(), at=at, seen=seen, **more)


@pytest.fixture(scope="module")
def till(site, django_db_blocker):
    """Money in every standing at the counter of Sa Pa, committed."""

    def begin() -> Till:
        at = datetime.now(UTC)
        owing, doubted, paid = (
            make.received(),
            make.paying(name="Vàng Thị Đang"),
            make.received(name="Lò Văn Hai"),
        )
        noted(ask(doubted.code, at), at, paid=False, doubted=True)
        noted(ask(owing.code, at), at, paid=False)
        both = ask(paid.code, at)
        take(paid.code, at, receipt="BL 0012")
        noted(both, at, paid=True)
        return Till(
            cookie("giang.sapa"),
            cookie("quang.laocai"),
            owing.code,
            doubted.code,
            paid.code,
            str(both.public_id),
        )

    with django_db_blocker.unblock():
        yield elsewhere(begin)


def window(browser, site, who: str, width: int = DESK, **options: object) -> Visit:
    made = visit(browser, site, width, **options)
    made.context.add_cookies([{"name": "sessionid", "value": who, "url": site}])
    return made


@pytest.mark.parametrize("language", ["", "/en"])
@pytest.mark.parametrize("width", [PHONE, DESK])
def test_every_page_is_accessible_and_fits(browser, site, till, width: int, language: str) -> None:
    opened, wrong = window(browser, site, till.clerk, width), list[str]()
    pages = {
        "owing": f"/ho-so/{till.owing}/tien/", "doubted": f"/ho-so/{till.doubted}/tien/", "paid": f"/ho-so/{till.paid}/tien/",
        "waive": f"/ho-so/{till.owing}/tien/mien-phi/", "refund": f"/tien/hoan/{till.refund}/", "to-refund": "/tien/",
        "examined": "/tien/?loai=kiem-tra", "lost": "/tien/?loai=hong", "taken": "/tien/?loai=thu", "none": "/tien/?loai=da-hoan",
        "narrowed": "/tien/?loai=thu&loc=khong-co", "days": "/tien/?loai=thu&tu=hom+qua",
    }  # fmt: skip
    for name, path in pages.items():
        status = opened.go(f"{language}{HOME}{path}")
        assert status == (400 if name == "days" else 200), name
        opened.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        wrong += [f"{name}: {c}" for c in opened.complaints()]
        if opened.overflow() > 0:
            wrong.append(f"{name}: {opened.overflow()} px too wide")
        wrong += [f"{name}: {n}" for n in opened.noise if "status of" not in n]
        opened.noise.clear()
        opened.screen(f"desk-money-{name}-{width}{language.replace('/', '-')}")
    opened.context.close()
    assert wrong == []


def test_who_only_looks_on_sees_no_form(browser, site, till) -> None:
    opened = window(browser, site, till.leader)
    for path in (f"/ho-so/{till.owing}/tien/", f"/tien/hoan/{till.refund}/"):
        assert opened.go(HOME + path) == 200
        expect(opened.page.locator("main form[method=post]")).to_have_count(0)
        assert opened.complaints() == []
    opened.context.close()


def test_money_is_taken_by_the_keyboard_alone(browser, site, till) -> None:
    code = elsewhere(lambda: make.paying(name="Sùng Thị Phím").code)
    opened = window(browser, site, till.clerk)
    opened.go(f"{HOME}/ho-so/{code}/tien/")
    way = opened.page.get_by_label("Cách trả tiền")
    for _ in range(60):
        if way.evaluate("e => e === document.activeElement"):
            break
        opened.page.keyboard.press("Tab")
    expect(way).to_be_focused()
    opened.page.keyboard.press("ArrowDown")
    opened.page.keyboard.press("Tab")
    opened.page.keyboard.type("BL 77", delay=80)
    opened.key("Control+Enter")
    expect(opened.page.get_by_text("Đã thu 50.000 đ, chuyển khoản.")).to_be_visible()
    receipt = opened.page.get_by_role("link", name="In biên nhận").first
    paper = opened.context.request.get(site + str(receipt.get_attribute("href")))
    assert paper.ok and paper.body().startswith(b"%PDF-")
    assert opened.complaints() == []
    opened.context.close()


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_taken_and_given_back_without_javascript(browser, site, till, width: int) -> None:
    at = datetime.now(UTC)

    def twice() -> str:
        row = make.paying(name="Thào Thị Hoàn")
        both = ask(row.code, at)
        take(row.code, at)
        noted(both, at, paid=True)
        return str(both.public_id)

    code, refund = elsewhere(lambda: make.received(name="Thào A Không").code), elsewhere(twice)
    opened = window(browser, site, till.clerk, width, java_script_enabled=False)
    opened.go(f"{HOME}/ho-so/{code}/tien/")
    opened.follow(opened.page.get_by_role("button", name="Đã thu"))
    opened.page.get_by_text("Đã thu 50.000 đ, tiền mặt.").wait_for()
    opened.go(f"{HOME}/tien/hoan/{refund}/")
    opened.follow(opened.page.get_by_role("button", name="Đã hoàn lại"))
    expect(opened.page.locator("main")).to_contain_text("cần số giao dịch")
    opened.page.get_by_label("Số chứng từ, số giao dịch").fill("FT 2611")
    opened.follow(opened.page.get_by_role("button", name="Đã hoàn lại"))
    opened.page.get_by_text("Đã ghi khoản hoàn lại.").wait_for()
    opened.context.close()
