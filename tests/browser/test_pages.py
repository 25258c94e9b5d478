"""Every public page, on a phone and on a desk, on screen and on paper: nothing axe objects to, nothing too wide."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, elsewhere, visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

# name of the picture, path, status
PAGES = (
    ("home", "/", 200),
    ("unique", "/?q=12 Nguyễn Huệ, P. Bến Nghé, Q.1, TP.HCM", 200),
    ("split", "/?q=Phường Phúc Lợi, Quận Long Biên, Hà Nội", 200),
    ("ambiguous", "/?q=Phường Cửa Nam, Hà Nội", 200),
    ("not-found", "/?q=xã Khongcodau, Hà Nội", 200),
    ("bad-day", "/?q=Phường Cửa Nam&ngay=31/02/2025", 400),
    ("units", "/don-vi/", 200),
    ("units-search", "/don-vi/?tim=long", 200),
    ("unit", "/don-vi/26740/", 200),
    ("unit-before", "/don-vi/26740/?ngay=2025-06-30", 200),
    ("province", "/don-vi/79/", 200),
    ("nobody", "/don-vi/760/", 404),
    ("code", "/ma/26740/", 200),
    ("bad-code", "/don-vi/abc/", 400),
    ("changes", "/thay-doi/?tu=2025-06-30&den=2025-07-01", 200),
    ("changes-none", "/thay-doi/?tu=2026-01-01&den=2026-01-02", 200),
    ("reform", "/cai-cach/", 200),
    ("about", "/gioi-thieu/", 200),
    ("accessibility", "/tiep-can/", 200),
    ("status", "/trang-thai/", 200),
    ("missing", "/khong-co-trang-nay/", 404),
    ("sign-in", "/dang-nhap/", 200),
    ("register", "/dang-ky/", 200),
    ("forgotten", "/quen-mat-khau/", 200),
    ("conversions", "/chuyen-doi/", 200),
    ("procedures", "/thu-tuc/", 200),
    ("procedures-search", "/thu-tuc/?tim=khai sinh&cap=commune", 200),
    ("procedures-none", "/thu-tuc/?tim=zzzz", 200),
    ("procedure", "/thu-tuc/1.001193/?dia-chi=12 Nguyễn Huệ, P. Bến Nghé, Q.1, TP.HCM", 200),
    ("procedure-thin", "/thu-tuc/3.000439/", 200),
    ("procedure-before", "/thu-tuc/1.001193/?ngay=2024-01-01", 404),
    ("procedure-form", "/thu-tuc/1.001193/bieu-mau/", 200),
    ("procedure-compare", "/thu-tuc/1.001193/so-sanh/", 200),
    ("laws", "/van-ban/?tim=dat dai&loai=decree", 200),
    ("laws-none", "/van-ban/?tim=zzzz", 200),
    ("law-document", "/van-ban/151-2025-nd-cp/?ngay=2026-11-22&don-vi=03006", 200),
    ("law-document-paused", "/van-ban/46-2026-nd-cp/?ngay=2026-03-01", 200),
    ("law-document-missing", "/van-ban/1-2099-nd-cp/", 404),
    ("law-changes", "/van-ban/thay-doi/?tu=2026-01-01&den=2026-03-01", 200),
    ("powers", "/tham-quyen/", 200),
    ("powers-found", "/tham-quyen/?tim=thu hoi dat&noi=12 Nguyễn Huệ, P. Bến Nghé, Q.1, TP.HCM", 200),
    ("powers-none", "/tham-quyen/?tim=zzzz", 200),
    ("powers-bad-day", "/tham-quyen/?ngay=mai", 400),
    ("power", "/tham-quyen/xay-dung.giay-phep/?noi=Phường Sa Pa, Lào Cai", 200),
    ("power-en", "/en/tham-quyen/xay-dung.giay-phep/?ngay=2027-03-01", 200),
    ("feedback", "/phan-anh/", 200),
    ("feedback-en", "/en/phan-anh/", 200),
    ("ticket-about", "/phan-anh/gui/?loai=rule&noi-dung=Vì sao?", 200),
    ("ticket-follow", "/phan-anh/theo-doi/?ma=PA261122-7K3MQ2XD", 200),
    ("public-answers", "/phan-anh/cong-khai/?tim=zzzz", 200),
    ("feedback-figures", "/phan-anh/so-lieu/", 200),
    ("feedback-figures-bad-day", "/phan-anh/so-lieu/?tu=mai", 400),
    ("ask", "/hoi/", 200),
    ("ask-answer", "/hoi/?q=Làm giấy khai sinh cho con cần giấy tờ gì?&dia-chi=Phường Sa Pa, Lào Cai", 200),
    ("ask-refused", "/hoi/?q=thời tiết ngày mai thế nào", 200),
    ("ask-accuracy", "/hoi/do-chinh-xac/", 200),
    ("procedure-en", "/en/thu-tuc/1.001193/", 200),
    ("handbook", "/cam-nang/", 200),
    ("handbook-found", "/cam-nang/?tim=bo sung ho so", 200),
    ("handbook-none", "/cam-nang/?tim=zzzz", 200),
    ("handbook-chapter", "/cam-nang/chi-so-766/", 200),
    ("handbook-reviewed", "/cam-nang/moc-01-3-2027/?ngay=2027-03-02", 200),
    ("handbook-chapter-en", "/en/cam-nang/che-do-khi-nghi/", 200),
    ("handbook-paper", "/cam-nang/in/", 200),
    ("answers", "/hoi-dap/?chu-de=ho-tich", 200),
    ("answer", "/hoi-dap/khai-sinh-o-dau/", 200),
    ("notices", "/thong-bao/", 200),
    ("api", "/api/v1/docs", 200),
    ("home-en", "/en/", 200),
    ("unit-en", "/en/don-vi/26740/", 200),
)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_pages_are_accessible_and_fit(browser, site, width):
    window = visit(browser, site, width)
    wrong: list[str] = []
    for name, path, status in PAGES:
        window.noise.clear()
        found = window.go(path)
        wrong += [f"{name}: {c}" for c in window.complaints()]
        if found != status:
            wrong.append(f"{name}: status {found}")
        if window.overflow() > 0:
            wrong.append(f"{name}: {window.overflow()} px too wide")
        wrong += [f"{name}: {n}" for n in window.noise if "status of" not in n]
        window.screen(f"{name}-{width}")
    window.context.close()
    assert wrong == []


@pytest.mark.parametrize("width", [320, PHONE])
def test_a_phone_shows_every_entry_of_the_navigation(browser, site, width):
    window = visit(browser, site, width)
    for path in ("/", "/en/"):
        window.go(path)
        window.page.locator("header nav summary").click()  # the rest of the menu
        entries = window.page.locator("header nav a").all()
        assert len(entries) > 5
        for entry in entries:
            box = entry.bounding_box()
            assert 0 <= box["x"] <= box["x"] + box["width"] <= width, entry.inner_text()
            assert box["height"] >= 44
        assert window.page.evaluate(
            "[...document.querySelectorAll('header nav a')].every(a => a.scrollWidth <= a.clientWidth)"
        )
    window.context.close()


def test_print_keeps_the_answer_and_drops_the_navigation(window):
    for path in ("/?q=12 Nguyễn Huệ, P. Bến Nghé, Q.1, TP.HCM", "/don-vi/26740/", "/cai-cach/"):
        window.go(path)
        window.page.emulate_media(media="print")
        expect(window.page.locator("header nav")).to_be_hidden()
        expect(window.page.locator(".tools")).to_be_hidden()
        expect(window.page.locator("main h1")).to_be_visible()
        assert window.complaints() == []
    window.go("/don-vi/26740/")
    window.screen("unit-print")


def test_keyboard_alone_from_question_to_unit(window):
    window.go("/")
    page = window.page
    page.wait_for_function("document.activeElement.id === 'q'")  # the box takes the focus by itself
    page.keyboard.type("Phường Bến Nghé, Quận 1, TP.HCM")
    window.key("Enter")
    expect(page.locator("#tra-loi")).to_contain_text("Phường Sài Gòn")
    for _ in range(40):
        page.keyboard.press("Tab")
        ring = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert ring != "none", page.evaluate("document.activeElement.outerHTML")
        if page.evaluate("document.activeElement.closest('#tra-loi') !== null"):
            break
    window.key("Enter")
    page.wait_for_url("**/don-vi/26740/**")
    expect(page.locator("h1")).to_contain_text(re.compile("^Phường Sài Gòn"))


def test_bulk_conversion_renews_itself_and_hands_out_the_result(window, tmp_path):
    """The page polls without being reloaded; the worker's work is done here by hand."""
    from haicap.domain.units import jobs, queries

    source = tmp_path / "danh-sach.csv"
    source.write_text('id,address\n1,"Phường Bến Nghé, Quận 1, TP.HCM"\n2,a,b\n', encoding="utf-8")
    window.go("/chuyen-doi/")
    page = window.page
    page.set_input_files("input[type=file]", str(source))
    window.follow(page.locator("main form .btn"))
    page.wait_for_url("**/chuyen-doi/*/")
    expect(page.locator("#trang-thai")).to_contain_text("đang chờ")
    assert window.complaints() == []
    window.screen("conversion-waiting")
    elsewhere(lambda: [jobs.work_through(pk) for pk in queries.open_conversions()])
    page.wait_for_selector("#trang-thai >> text=Tải kết quả")
    assert window.complaints() == []
    window.screen("conversion-done")
    with page.expect_download() as got:
        page.click("text=Tải kết quả")
    assert "26740" in got.value.path().read_text(encoding="utf-8-sig")
    assert [n for n in window.noise if "status of" not in n] == []
    page.click("text=Xóa danh sách")
    page.wait_for_selector("text=không lấy lại được")


def test_officer_enrols_with_a_picture_and_sees_the_account(window):
    from datetime import UTC, datetime

    from haicap.kernel.accounts import actions, factors

    at = datetime.now(tz=UTC)
    facts = {"name": "ban.do", "display_name": "Bàn Đỏ", "password": "con trâu đi trước"}
    officer = elsewhere(lambda: actions.create_officer(**facts, actor="system", at=at))
    window.go("/dang-nhap/")
    page = window.page
    page.fill("#id_name", "ban.do")
    page.fill("#id_password", "con trâu đi trước")
    window.follow(page.locator("main form .btn"))
    page.wait_for_url("**/thiet-lap/")
    assert page.locator("svg.qr").bounding_box()["width"] >= 200
    assert window.complaints() == []
    window.screen("enrol")
    page.fill("#id_code", elsewhere(lambda: factors.code_now(officer, at=datetime.now(tz=UTC))))
    window.follow(page.locator("main form .btn"))
    page.wait_for_selector("h1 >> text=Đã bật")
    assert window.complaints() == []
    window.follow(page.locator("main .btn"))
    page.wait_for_url("**/quan-tri/")  # officers go on to their work
    window.go("/tai-khoan/")
    assert window.complaints() == []
    window.screen("account")
    assert [n for n in window.noise if "status of" not in n] == []


def test_skip_link_leads_to_the_content(window):
    window.go("/don-vi/")
    window.page.keyboard.press("Tab")
    expect(window.page.locator("a.skip")).to_be_focused()
    window.page.keyboard.press("Enter")
    expect(window.page.locator("#noi-dung")).to_be_focused()


def test_without_javascript(browser, site):
    window = visit(browser, site, PHONE, java_script_enabled=False)
    window.go("/")
    window.page.fill("#q", "xã Lộc Ninh, huyện Lộc Ninh, Bình Phước")
    window.follow(window.page.locator("form .btn >> nth=0"))
    expect(window.page.locator("#tra-loi")).to_be_visible()
    window.go("/cai-cach/")
    window.follow(window.page.locator("thead >> text=Sau"))
    expect(window.page).to_have_url(re.compile("xep=sau"))
    window.follow(window.page.locator("text=English"))
    expect(window.page).to_have_url(re.compile(r"/en/cai-cach/.*xep=sau"))
    window.context.close()


def test_nothing_is_fetched_from_elsewhere(window):
    asked: list[str] = []
    window.page.on("request", lambda r: asked.append(r.url))
    for path in ("/", "/don-vi/", "/don-vi/26740/"):
        window.go(path)
    assert asked and all(url.startswith((window.site, "data:")) for url in asked)
