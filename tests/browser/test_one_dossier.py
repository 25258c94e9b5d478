"""One dossier, whole: a citizen on a phone files it, the office works on it with keyboards alone, anybody verifies it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESK, PHONE, Visit, elsewhere, visit
from tests.browser.test_desk import HOME, desk, scan, tab_to, window  # noqa: F401  # desk is a fixture
from tests.browser.test_portal_dossiers import (
    NUMBER,
    TEL,
    Look,
    opened,
    photo,  # noqa: F401  # a fixture
    results_of,
    row_of,
    through_the_questions,
    to_the_code,
    to_the_questions,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


def press(window: Visit, words: str, said: str) -> None:
    """Reach a button by Tab, press it, read what the next page says."""
    tab_to(window.page, words)
    window.key("Enter")
    expect(window.page.locator("main")).to_contain_text(said)


def test_one_dossier_from_a_phone_to_a_verified_result(browser, site, desk, photo):  # noqa: F811
    citizen = Look(visit(browser, site, PHONE), PHONE)
    to_the_questions(citizen)
    through_the_questions(citizen)
    code = to_the_code(citizen, photo)

    clerk, officer, leader = (
        window(browser, site, desk, who, DESK) for who in ("giang.sapa", "huong.sapa", "khoi.sapa")
    )
    clerk.go(HOME)
    scan(clerk.page, code)
    clerk.page.wait_for_url(f"**/ho-so/{code}/")
    tab_to(clerk.page, "Tiếp nhận")
    press(clerk, "Tiếp nhận", "Đã tiếp nhận")

    officer.go(HOME)
    scan(officer.page, code)
    officer.page.wait_for_url(f"**/ho-so/{code}/")
    tab_to(officer.page, "Bắt đầu xử lý")
    press(officer, "Bắt đầu xử lý", "Đã bắt đầu xử lý.")

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
    press(leader, "Xử lý xong", "Đã xong; chờ trả kết quả.")

    clerk.go(HOME)
    scan(clerk.page, code)
    clerk.page.wait_for_url(f"**/ho-so/{code}/")
    tab_to(clerk.page, "Trả kết quả")
    press(clerk, "Đã trả kết quả", "Hồ sơ đã kết thúc")
    assert elsewhere(lambda: row_of(code)).state == 10

    opened(citizen, code, TEL)
    citizen.press("Xác nhận số định danh để tải về")
    citizen.page.fill("#id_so", NUMBER)
    citizen.press("Xác nhận")
    with citizen.page.expect_download() as got:
        citizen.page.get_by_role("link", name="Trích lục khai tử").click()
    anybody = Look(visit(browser, site, PHONE), PHONE)
    anybody.window.go(f"/kiem-tra/{results_of(code)[0].key}/")
    anybody.page.set_input_files("#tep", str(got.value.path()))
    anybody.press("So tệp")
    anybody.page.get_by_text("Đúng bản này").wait_for()
    anybody.page.get_by_text("Chữ ký thử nghiệm").wait_for()  # the demonstration's authority says what it is
    for one in (citizen.window, anybody.window, clerk, officer, leader):
        one.context.close()
    assert [*citizen.wrong, *anybody.wrong, *clerk.noise, *officer.noise, *leader.noise] == []
