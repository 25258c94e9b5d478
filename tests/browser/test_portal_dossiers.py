"""A citizen with a phone carries a dossier from filing to a verified result; every page is accessible and fits."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from haicap.config import demo
from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.actions import Missing
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.queries import DossierRow
from haicap.domain.dossiers.states import Outcome
from haicap.kernel.accounts import queries as accounts
from haicap.kernel.files.tests import papers
from tests.browser.conftest import DESK, PHONE, Visit, elsewhere, visit
from tests.journeys import portal_filing as filing

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
TEL, NUMBER = "0912 345 678", "010090000123"


@pytest.fixture
def cast(site):
    """The demo cast, in the database of the running site."""
    elsewhere(lambda: demo.load(at=filing.BEFORE))


@pytest.fixture
def photo(tmp_path) -> Path:
    """What the camera of a phone hands over."""
    path = tmp_path / "Ảnh giấy báo tử.jpg"
    path.write_bytes(papers.jpeg(1200, 1600))
    return path


class Look:
    """Walks with a window and notes what is wrong with each page it looks at."""

    def __init__(self, window: Visit, width: int) -> None:
        self.window, self.width, self.wrong = window, width, list[str]()

    @property
    def page(self) -> Page:
        return self.window.page

    def at(self, name: str) -> None:
        """Look at the page as it stands."""
        window = self.window
        self.wrong += [f"{name}: {c}" for c in window.complaints()]
        if window.overflow() > 0:
            self.wrong.append(f"{name}: {window.overflow()} px too wide")
        self.wrong += [f"{name}: {n}" for n in window.noise if "status of" not in n]
        window.noise.clear()
        window.screen(f"filing-{name}-{self.width}")

    def press(self, name: str) -> None:
        """The button or link that says so; back when the page it leads to is whole."""
        found = self.page.locator("main").get_by_role("button", name=name, exact=True)
        link = self.page.locator("main").get_by_role("link", name=name, exact=True)
        expect(found.or_(link).last).to_be_visible()
        self.window.follow((found if found.count() else link).last)

    def fill(self, **answers: str) -> None:
        """Boxes by the key of their question."""
        for key, value in answers.items():
            self.page.fill(f"#c-{key}", value)

    def tick(self, key: str, value: str) -> None:
        self.page.check(f"[name=c-{key}][value={value}]")

    def day(self, key: str, *parts: str) -> None:
        for suffix, part in zip(("", "-m", "-y"), parts, strict=True):
            self.page.fill(f"#c-{key}{suffix}", part)


def to_the_questions(look: Look) -> None:
    """From the page of the procedure to the first question."""
    look.window.go(f"/thu-tuc/{filing.DEATH}/")
    look.press("Nộp hồ sơ")
    look.at("start")
    look.press("Bắt đầu")
    look.at("place")
    look.page.fill("#dia-chi", "Phường Cửa Nam, Hà Nội")
    look.press("Tìm")
    look.press("Tiếp tục")
    look.at("place-several")
    look.page.fill("#dia-chi", "Thị trấn Sa Pa, huyện Sa Pa, Lào Cai")
    look.press("Tìm")
    look.at("place-found")
    look.press("Tiếp tục")
    look.press("Bắt đầu khai")
    look.at("phone-empty")
    look.page.fill("#id_dien_thoai", TEL)
    look.press("Bắt đầu khai")


def through_the_questions(look: Look) -> None:
    """Every question of the death registration."""
    look.press("Tiếp tục")
    look.at("question-wrong")
    look.fill(nop_ho_ten="Nguyễn Thị Nộp", nop_so_dinh_danh=NUMBER)
    look.at("question")
    look.press("Tiếp tục")
    look.tick("nop_cho", "minh")
    look.at("question-choice")
    look.press("Tiếp tục")
    expect(look.page.locator("#c-nop_dien_thoai")).to_have_value("0912345678")  # never asked twice
    look.press("Tiếp tục")
    look.tick("quan_he", "con")
    look.press("Tiếp tục")
    look.fill(mat_ho_ten="Nguyễn Văn Mất")
    look.press("Tiếp tục")
    look.day("mat_ngay", "31", "2", "2026")
    look.press("Tiếp tục")
    look.at("question-day")
    look.day("mat_ngay", "19", "11", "2026")
    look.press("Tiếp tục")
    look.fill(mat_noi="Bệnh viện Đa khoa Sa Pa", mat_noi_xa="Phường Cửa Nam, Hà Nội")
    look.press("Tiếp tục")
    look.at("question-unit")
    look.fill(mat_noi_xa="Thị trấn Sa Pa, Lào Cai")
    look.press("Tiếp tục")
    look.fill(mat_noi_cu_tru="Phường Sa Pa, Lào Cai")
    look.press("Tiếp tục")
    look.tick("co_bao_tu", "yes")
    look.press("Tiếp tục")
    look.fill(so_ban_sao="2")
    look.press("Tiếp tục")


def to_the_code(look: Look, photo: Path) -> str:
    """Papers, applicant, check; the code."""
    look.at("papers")
    look.press("Giấy báo tử hoặc giấy tờ thay Giấy báo tử")
    look.at("paper")
    look.press("Gửi tệp")
    look.at("paper-wrong")
    look.page.set_input_files("#tep", str(photo))
    look.press("Gửi tệp")
    look.at("paper-sent")
    look.press("Xong giấy tờ này")
    look.press("Tiếp tục")
    look.at("applicant")
    look.press("Tiếp tục")
    look.at("check")
    look.press("Nộp hồ sơ")
    look.at("check-undeclared")
    look.page.check("#cam-doan")
    look.press("Nộp hồ sơ")
    look.at("filed")
    return look.page.locator(".big-code").inner_text()


def act(code: str, verb: str, name: str, **given: object) -> Taken:
    """Somebody of the office does something."""

    def do() -> Taken:
        who = accounts.user_named(name)
        assert who is not None
        row = row_of(code)
        facts = {"code": code, "seen": row.version, "actor": who.actor, "at": datetime.now(UTC)}
        return getattr(actions, verb)(**facts, **given)

    return elsewhere(do)


def row_of(code: str) -> DossierRow:
    """The dossier as it stands."""
    return queries.tracked(code, "5678")


def results_of(code: str) -> list[queries.ResultRow]:
    return elsewhere(lambda: list(queries.whole(row_of(code)).results))


def opened(look: Look, code: str, digits: str) -> None:
    """By code and digits."""
    look.window.go(f"/tra-cuu-ho-so/?ma={code}")
    look.page.fill("#id_so", digits)
    look.press("Xem hồ sơ")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_from_the_start_to_a_result_that_anybody_verifies(browser, site, cast, photo, width) -> None:
    look = Look(visit(browser, site, width), width)
    to_the_questions(look)
    through_the_questions(look)
    code = to_the_code(look, photo)
    act(code, "receive", "giang.sapa")
    missing = [Missing("giay_bao_tu", "Giấy báo tử", "Ảnh bị mờ góc dưới, xin chụp lại.")]
    act(code, "request_supplement", "giang.sapa", items=missing, contact="bộ phận một cửa, 0214 000 000")
    stranger = Look(visit(browser, site, width), width)
    stranger.window.go("/tra-cuu-ho-so/")
    stranger.at("track")
    opened(stranger, code, "0000")
    stranger.at("track-wrong")
    opened(stranger, code, "5678")
    stranger.at("dossier-digits")
    assert "mờ góc dưới" not in stranger.page.inner_text("main")
    opened(stranger, code, TEL)
    stranger.at("dossier-supplement")
    stranger.press("Gửi bổ sung")
    stranger.page.set_input_files("#tep", str(photo))
    stranger.press("Gửi tệp")
    stranger.page.fill("#tra-loi", "Đã chụp lại rõ hơn.")
    stranger.at("supply")
    stranger.press("Gửi bổ sung")
    stranger.page.get_by_text("Đã gửi bổ sung. Thời hạn").wait_for()
    act(code, "take_up", "huong.sapa")
    act(code, "decide", "khoi.sapa", outcome=Outcome.GRANTED)
    act(code, "sign", "khoi.sapa", inputs={"so_dang_ky": "12/2026"})
    act(code, "finish", "khoi.sapa")
    stranger.page.reload()
    stranger.at("dossier-done")
    stranger.press("Xác nhận số định danh để tải về")
    stranger.at("prove")
    stranger.page.fill("#id_so", NUMBER)
    stranger.press("Xác nhận")
    with stranger.page.expect_download() as got:
        stranger.page.get_by_role("link", name="Trích lục khai tử").click()
    signed = got.value.path()
    stranger.press("Đánh giá")
    stranger.at("rate")
    stranger.page.get_by_label("Hài lòng", exact=True).check()
    stranger.press("Gửi đánh giá")
    key = results_of(code)[0].key
    anybody = Look(visit(browser, site, width), width)
    anybody.window.go(f"/kiem-tra/{key}/")
    anybody.at("result")
    anybody.page.set_input_files("#tep", str(signed))
    anybody.press("So tệp")
    anybody.page.get_by_text("Đúng bản này").wait_for()
    anybody.page.get_by_text("Chữ ký số hợp lệ").wait_for()
    anybody.at("result-same")
    anybody.page.set_input_files("#tep", str(photo))
    anybody.press("So tệp")
    anybody.page.get_by_text("Không phải bản này").wait_for()
    anybody.at("result-other")
    for one in (look, stranger, anybody):
        one.window.context.close()
    assert [*look.wrong, *stranger.wrong, *anybody.wrong] == []


OTHERS = (
    ("closed", "/nop-ho-so/3.000439/noi-o/?don-vi=03006", 200),
    ("start-closed", "/nop-ho-so/3.000439/", 200),
    ("start-province", "/nop-ho-so/3.000333/", 200),
    ("place-unknown", "/nop-ho-so/1.000656/noi-o/?dia-chi=xyzxyz", 400),
    ("resume", "/nop-ho-so/ban-nhap/", 200),
    ("mine", "/ho-so-cua-toi/", 200),
    ("start-en", "/en/nop-ho-so/1.001193/", 200),
    ("track-en", "/en/tra-cuu-ho-so/", 200),
)


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_the_other_pages_are_accessible_and_fit(browser, site, cast, width) -> None:
    look = Look(visit(browser, site, width), width)
    look.window.go("/dang-nhap/")
    look.page.fill("#id_name", "lan")
    look.page.fill("#id_password", demo.PASSWORD)
    look.press("Đăng nhập")
    look.page.wait_for_url("**/tai-khoan/")
    for name, path, status in OTHERS:
        assert look.window.go(path) == status, name
        look.at(name)
    look.window.go("/nop-ho-so/2.001406/noi-o/?don-vi=03006")
    look.press("Bắt đầu khai")
    for _ in range(12):
        if look.page.locator("[name^=them-]").count():
            break
        with look.page.expect_navigation():
            filing.by_hand(look.page)
    look.window.follow(look.page.locator("[name^=them-]"))
    look.press("Tiếp tục")
    look.at("things")
    look.press("Lưu, khai tiếp sau")
    look.at("later")
    look.press("Bỏ bản nháp")
    look.at("drop")
    look.window.go("/ho-so-cua-toi/")
    look.at("mine-drafts")
    code = elsewhere(lambda: filing.by_verb("lan"))
    for name, path in (("owner", ""), ("withdraw", "rut/")):
        look.window.go(f"/ho-so/{code}/{path}")
        look.at(name)
    look.window.go("/ho-so-cua-toi/")
    look.at("mine-filed")
    look.window.go(f"/en/ho-so/{code}/")
    look.at("owner-en")
    look.page.emulate_media(media="print")
    look.at("owner-print")
    look.window.context.close()
    assert look.wrong == []
