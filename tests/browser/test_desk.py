"""The desk in a real browser: every page at two widths, and a dossier carried by the keyboard alone."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from django.test import Client
from playwright.sync_api import expect

from haicap.base.dates import today
from haicap.config import demo, demo_dossiers
from haicap.domain.dossiers import policy, queries
from haicap.domain.dossiers.queries import worklists
from haicap.domain.dossiers.queries.worklists import Asked, Stage, TimeLeft
from haicap.domain.feedback import actions as feedback
from haicap.domain.feedback import jobs as tickets
from haicap.domain.feedback.actions import Filing
from haicap.domain.feedback.rules import Sender
from haicap.domain.feedback.states import Channel, Kind
from haicap.kernel.accounts import queries as accounts
from haicap.kernel.accounts.sessions import BACKEND
from tests.browser.conftest import DESK, PHONE, elsewhere, visit
from tests.journeys import desk_cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
HOME = "/ban-lam-viec/"
NAMES = ("giang.sapa", "huong.sapa", "khoi.sapa", "quang.laocai", "tuan.btp", "lan")


@pytest.fixture(scope="module")
def desk(site, django_db_blocker):
    """The cast and its dossiers, committed as in a run."""
    with django_db_blocker.unblock():
        at = datetime.now(UTC)
        demo.load(at=at)
        demo_dossiers.load(at)
        yield {name: _cookie(name) for name in NAMES}


def _cookie(name: str) -> str:
    client = Client()
    user = accounts.user_named(name)
    assert user is not None
    client.force_login(user, backend=BACKEND)
    return client.cookies["sessionid"].value


def window(browser, site, desk, who: str, width: int = DESK, **options: object):
    made = visit(browser, site, width, **options)
    made.context.add_cookies([{"name": "sessionid", "value": desk[who], "url": site}])
    return made


def code_of(*lists: Asked, who: str = "huong.sapa") -> str:
    """The first dossier of a list; of the next list where there is none (which they are changes with the day of the week)."""

    def find() -> str:
        at = datetime.now(UTC)
        scope = policy.visible_to(accounts.user_named(who).actor, today(at))
        return next(item.code for one in lists for item in worklists.page(scope, one, at).items)

    return elsewhere(find)


def _ticket() -> str:
    """A ticket told to the counter, in the hands of the ward's officer."""
    clerk, officer, at = (
        accounts.user_named("giang.sapa"),
        accounts.user_named("huong.sapa"),
        datetime.now(UTC),
    )
    assert clerk is not None and officer is not None
    tickets.load_packaged(at)
    filing = Filing(
        Kind.PROCEDURE, "Hồ sơ quá hạn ba ngày mà chưa có văn bản xin lỗi.", sender=Sender("Lò Thị Thử", "0912345678"),
        channel=Channel.PHONE, unit=desk_cast.uid(desk_cast.SAPA),
    )  # fmt: skip
    code = feedback.file_ticket(filing=filing, actor=clerk.actor, at=at).code
    feedback.accept(code=code, seen=1, actor=officer.actor, at=at)
    return code


def pages() -> list[tuple[str, str, str, int]]:
    """Name of the picture, who looks, path, status."""
    giang, huong, khoi = "giang.sapa", "huong.sapa", "khoi.sapa"
    late, paid = code_of(Asked(Stage.WORK, TimeLeft.LATE)), code_of(Asked(Stage.PAYING))
    waiting, signing = code_of(Asked(Stage.SUPPLEMENT)), code_of(Asked(Stage.SIGN))
    in_time = code_of(*(Asked(Stage.WORK, left) for left in (TimeLeft.CALM, TimeLeft.SOON, TimeLeft.TODAY)))
    ticket = elsewhere(_ticket)
    return [
        ("list", giang, HOME, 200),
        ("list-late", giang, f"{HOME}?han=tre", 200),
        ("list-none", giang, f"{HOME}?loc=khongcoai", 200),
        ("list-nation", "tuan.btp", HOME, 200),
        ("list-province", "quang.laocai", f"{HOME}?chang=xu-ly", 200),
        ("search", giang, f"{HOME}tim/?q=giang", 200),
        ("search-none", giang, f"{HOME}tim/?q=khongcoai", 200),
        ("keys", giang, f"{HOME}phim-tat/", 200),
        ("find", giang, f"{HOME}nhan/?q=khai%20sinh", 200),
        ("reception", giang, f"{HOME}nhan/?thu-tuc=1.004873", 200),
        ("reception-certified", giang, f"{HOME}nhan/?thu-tuc=2.000815", 200),
        ("dossier", huong, f"{HOME}ho-so/{late}/", 200),
        (
            "dossier-extend",
            huong,
            f"{HOME}ho-so/{in_time}/viec/gia-han/",
            200,
        ),
        ("dossier-decide", khoi, f"{HOME}ho-so/{late}/viec/quyet-dinh/", 200),
        ("dossier-sign", khoi, f"{HOME}ho-so/{signing}/", 200),
        ("dossier-paying", giang, f"{HOME}ho-so/{paid}/", 200),
        ("dossier-waiting", giang, f"{HOME}ho-so/{waiting}/", 200),
        ("dossier-nobody", giang, f"{HOME}ho-so/H99-261122-0001/", 404),
        ("received", giang, f"{HOME}nhan/xong/{code_of(Asked(Stage.RECEIVED), who=giang)}/", 200),
        ("handovers", huong, f"{HOME}ban-giao/", 200),
        ("today", huong, f"{HOME}hom-nay/", 200),
        ("leader", "quang.laocai", f"{HOME}lanh-dao/?tu=01/11/2026&den=22/11/2026&xem=returned", 200),
        ("leader-nation", "tuan.btp", f"{HOME}lanh-dao/", 200),
        ("tickets", huong, f"{HOME}phan-anh/", 200),
        ("tickets-none", "tuan.btp", f"{HOME}phan-anh/?chang=late", 200),
        ("tickets-leader", khoi, f"{HOME}phan-anh/lanh-dao/", 200),
        ("call", giang, f"{HOME}phan-anh/goi-den/", 200),
        ("ticket", huong, f"{HOME}phan-anh/{ticket}/", 200),
        ("ticket-transfer", huong, f"{HOME}phan-anh/{ticket}/viec/chuyen/", 200),
        ("ticket-answer", huong, f"{HOME}phan-anh/{ticket}/tra-loi/", 200),
        ("called", giang, f"{HOME}phan-anh/goi-den/{ticket}/", 200),
        ("forces", khoi, f"{HOME}to-cong-tac/", 200),
        ("who", giang, f"{HOME}ai-quyet-dinh/", 200),
        ("who-found", giang, f"{HOME}ai-quyet-dinh/?q=giay phep xay dung", 200),
        ("who-none", giang, f"{HOME}ai-quyet-dinh/?q=zzzz", 200),
        ("who-power", giang, f"{HOME}ai-quyet-dinh/xay-dung.giay-phep/", 200),
        ("who-nobody", giang, f"{HOME}ai-quyet-dinh/xay-dung.giay-phep/?ngay=2027-03-01", 200),
        ("reception-warned", giang, f"{HOME}nhan/?thu-tuc=1.014199", 200),
        ("survey", khoi, f"{HOME}khao-sat/", 200),
        ("survey-answer", khoi, f"{HOME}khao-sat/xay-dung.giay-phep/", 200),
        ("survey-ministry", "tuan.btp", f"{HOME}khao-sat/", 200),
        ("problems", khoi, f"{HOME}vuong-mac/", 200),
        ("problem-find", khoi, f"{HOME}vuong-mac/moi/?so=140/2025/NĐ-CP", 200),
        ("problem-new", khoi, f"{HOME}vuong-mac/moi/?van-ban=140-2025-nd-cp&dieu=art_4", 200),
        ("closed", "lan", HOME, 403),
        ("list-en", giang, f"/en{HOME}", 200),
        ("dossier-en", huong, f"/en{HOME}ho-so/{late}/", 200),
    ]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_pages_are_accessible_and_fit(browser, site, desk, width):
    wrong: list[str] = []
    listed = pages()
    for who in sorted({p[1] for p in listed}):
        made = window(browser, site, desk, who, width)
        for name, looks, path, status in listed:
            if looks != who:
                continue
            made.noise.clear()
            found = made.go(path)
            wrong += [f"{name}: {c}" for c in made.complaints()]
            if found != status:
                wrong.append(f"{name}: status {found}")
            if made.overflow() > 0:
                wrong.append(f"{name}: {made.overflow()} px too wide")
            wrong += [f"{name}: {n}" for n in made.noise if "status of" not in n]
            made.screen(f"desk-{name}-{width}")
        made.context.close()
    assert wrong == []


def test_on_paper_each_head_stands_over_its_column(browser, site, desk):
    """What is not printed of a row is not printed of the heads either."""
    elsewhere(_ticket)
    for who, path in (("giang.sapa", HOME), ("khoi.sapa", f"{HOME}phan-anh/")):
        made = window(browser, site, desk, who, DESK)
        made.go(path)
        made.page.emulate_media(media="print")
        rows = made.page.evaluate(
            "[...document.querySelectorAll('table.worklist')].map(t => ['thead', 'tbody'].map(part =>"
            " [...t.querySelector(part + ' tr').cells].filter(c => c.offsetParent !== null).length))"
        )
        assert rows and all(head == cells > 3 for head, cells in rows), (path, rows)
        made.context.close()


def tab_to(page, words: str, most: int = 120) -> None:
    """Press Tab until what has the focus says the words."""
    for _ in range(most):
        page.keyboard.press("Tab")
        held = page.evaluate(
            "(document.activeElement.innerText || document.activeElement.value || '').trim()"
        )
        if held.startswith(words):
            return
    raise AssertionError(f"no way by Tab to “{words}”")


def scan(page, text: str) -> None:
    """As a scanner types: a key every 4 ms by its own clock, however busy the machine is, with Enter at the end."""
    keys, at = page.context.new_cdp_session(page), time.time()
    for n, sign in enumerate([*text, "Enter"]):
        key = {"key": sign, "text": "\r" if sign == "Enter" else sign, "timestamp": at + n * 0.004}
        for kind in ("keyDown", "keyUp"):
            keys.send("Input.dispatchKeyEvent", {**key, "type": kind})
    keys.detach()


def test_a_dossier_is_carried_by_the_keyboard_alone(browser, site, desk):
    clerk = window(browser, site, desk, "giang.sapa")
    page = clerk.page
    clerk.go(HOME)
    clerk.key("n")
    expect(page.locator("#q-thu-tuc")).to_be_focused()
    page.keyboard.type("xac nhan tinh trang hon nhan", delay=90)
    expect(page.locator("[data-found] a").first).to_contain_text("1.004873")
    page.keyboard.press("ArrowDown")
    clerk.key("Enter")
    page.wait_for_url("**thu-tuc=1.004873")
    expect(page.locator("[name=name]")).to_be_focused()
    page.keyboard.type("Sùng A Phím", delay=90)
    page.keyboard.press("Tab")
    page.keyboard.type("015099000321", delay=90)
    page.keyboard.press("Tab")
    page.keyboard.type("0944000321", delay=90)
    clerk.key("Control+Enter")
    page.wait_for_url("**/nhan/xong/**")
    code = page.url.rstrip("/").rsplit("/", 1)[1]
    expect(page.get_by_role("link", name="In giấy tiếp nhận")).to_be_focused()  # Enter prints
    clerk.key("g")
    page.wait_for_url("**/ban-lam-viec/")
    page.keyboard.press("/")
    expect(page.locator("[data-find] [name=q]")).to_be_focused()
    page.keyboard.type("sung a phim", delay=90)
    clerk.key("Enter")
    page.wait_for_url(f"**/ho-so/{code}/")
    tab_to(page, "Bàn giao đến nơi xử lý")
    tab_to(page, "Bàn giao")
    clerk.key("Enter")
    expect(page.locator("main")).to_contain_text("Đang trên đường đến")

    officer = window(browser, site, desk, "huong.sapa")
    page = officer.page
    officer.go(f"{HOME}ban-giao/")
    scan(page, code)
    expect(page.locator("#ma")).to_have_value(f"{code}\n")
    officer.key("Control+Enter")
    expect(page.locator("main")).to_contain_text("Đã nhận bàn giao 1 hồ sơ")
    officer.go(HOME)
    scan(page, f"{code}|2026-11-22T09:30+07:00||H38.03006")  # the slip, anywhere on a page
    page.wait_for_url(f"**/ho-so/{code}/")
    tab_to(page, "Bắt đầu xử lý")
    tab_to(page, "Bắt đầu xử lý")
    officer.key("Enter")
    expect(page.locator("main")).to_contain_text("Đã bắt đầu xử lý.")
    tab_to(page, "Chuyển bước tiếp theo")
    page.keyboard.press("Tab")
    page.keyboard.type("Đủ điều kiện.", delay=90)
    officer.key("Control+Enter")
    expect(page.locator("main")).to_contain_text("Đã chuyển sang bước tiếp theo.")

    leader = window(browser, site, desk, "khoi.sapa")
    page = leader.page
    leader.go(f"{HOME}ho-so/{code}/viec/quyet-dinh/")
    tab_to(page, "Quyết định")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    leader.key("Control+Enter")
    expect(page.locator("main")).to_contain_text("Đã ghi quyết định.")
    tab_to(page, "Ký kết quả")
    while page.keyboard.press("Tab") or page.evaluate("document.activeElement.tagName") != "BUTTON":
        page.keyboard.type("12", delay=90)  # what the paper asks of the officer
    leader.key("Enter")
    expect(page.locator("main")).to_contain_text("Đã ký.")
    tab_to(page, "Kết thúc xử lý")
    tab_to(page, "Xử lý xong")
    leader.key("Enter")
    expect(page.locator("main")).to_contain_text("Đã xong; chờ trả kết quả.")

    page = clerk.page
    clerk.go(HOME)
    scan(page, code)
    page.wait_for_url(f"**/ho-so/{code}/")
    tab_to(page, "Trả kết quả")
    tab_to(page, "Đã trả kết quả")
    clerk.key("Enter")
    expect(page.locator("main")).to_contain_text("Hồ sơ đã kết thúc")
    assert [w.noise for w in (clerk, officer, leader)] == [[], [], []]
    row = elsewhere(
        lambda: queries.dossier(
            code, actor=accounts.user_named("giang.sapa").actor, on=today(datetime.now(UTC))
        )
    )
    assert row.state == 10
    for made in (clerk, officer, leader):
        made.context.close()


def test_rows_are_walked_and_handed_over_by_keys(browser, site, desk):
    made = window(browser, site, desk, "giang.sapa")
    page = made.page
    made.go(f"{HOME}?chang=tiep-nhan&loc=vang%20a%20sinh")
    page.keyboard.press("j")
    expect(page.locator("[data-row].here [data-open]")).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator("[data-count]")).to_have_text("1")
    page.wait_for_timeout(100)
    made.key("b")
    page.wait_for_url("**/ban-giao/*/")
    expect(page.locator("main h1")).to_contain_text("Phiếu bàn giao")
    made.page.emulate_media(media="print")
    expect(page.locator(".rail")).to_be_hidden()
    expect(page.locator(".parties")).to_be_visible()
    made.page.emulate_media(media="screen")
    page.keyboard.press("?")
    expect(page.locator("dialog[open]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog[open]")).to_have_count(0)
    made.context.close()


def test_without_javascript_links_and_forms_do_the_same(browser, site, desk):
    made = window(browser, site, desk, "giang.sapa", java_script_enabled=False)
    page = made.page
    made.go(f"{HOME}nhan/")
    page.fill("#q-thu-tuc", "khai tử")
    made.follow(page.locator("main form button"))
    made.follow(page.locator("[data-found] a >> nth=0"))
    page.fill("[name=name]", "Thào A Giấy")
    made.follow(page.locator("main form[enctype] button"))
    expect(page.locator("main h1")).to_have_text("Đã tiếp nhận")
    made.follow(page.get_by_role("link", name="Mở hồ sơ", exact=True))
    expect(page.locator("main")).to_contain_text("Việc tiếp theo")
    made.context.close()
