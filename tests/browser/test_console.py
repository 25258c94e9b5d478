"""The console in a real browser: signed in with two factors, every page at two widths, a draft without JavaScript."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from haicap.config import demo
from haicap.domain.powers import queries as register_of_powers
from haicap.domain.procedures import actions as procedures
from haicap.domain.units import actions, queries
from haicap.domain.units.rearrangement import Line
from haicap.kernel.accounts import queries as people
from haicap.kernel.ledger.actions import anchor
from tests.browser.conftest import DESK, PHONE, visit
from tests.journeys.console import cast as made

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


@pytest.fixture(scope="module")
def cast(site, django_db_blocker):
    """The demo cast and one draft, committed as in a run; the draft is dropped again afterwards."""
    with django_db_blocker.unblock():
        at = datetime.now(UTC)
        demo.load(at=at)
        anchor(actor="system", at=at)
        anh, organ = made.person("anh.bnv"), queries.appointments_of(made.person("dung.sapa").pk).get()
        act = actions.draft_act(
            number="21/NQ-UBTVQH16", issuer="Ủy ban Thường vụ Quốc hội", signed_on=None, effective_on=made.EFFECT,
            title="Sắp xếp các đơn vị hành chính cấp xã của tỉnh Lào Cai (trình diễn)", actor=anh.actor, at=at,
        )  # fmt: skip
        lines = [made.line("03006"), made.line(_neighbour())]
        act = actions.put_lines(pk=act.pk, seen=act.version, lines=lines, actor=anh.actor, at=at)
        wrong = actions.draft_act(
            number="22/NQ-UBTVQH16", issuer="Quốc hội", signed_on=None, effective_on=made.EFFECT, title="",
            actor=anh.actor, at=at,
        )  # fmt: skip
        wrong = actions.put_lines(pk=wrong.pk, seen=wrong.version, lines=_faulty(), actor=anh.actor, at=at)
        paper = {"code": "don", "name": {"vi": "Đơn đề nghị"}}
        procedure = procedures.draft_version(
            code="1.999999", name="Thủ tục trình diễn", field="Hộ tịch", content={"papers": [paper]}, actor=anh.actor, at=at
        )  # fmt: skip
        held = {"act": act, "wrong": wrong, "held": organ, "giang": made.person("giang.sapa")}
        held["procedure"] = procedure
        yield held | {"pages": pages(held)}
        procedures.drop_version(
            pk=procedure.pk, seen=procedure.version, actor=anh.actor, at=datetime.now(UTC)
        )
        for draft in (act, wrong):
            draft.refresh_from_db()
            actions.drop_act(pk=draft.pk, seen=draft.version, actor=anh.actor, at=datetime.now(UTC))


def _neighbour() -> str:
    register = queries.register()
    province = register.at("15", made.EFFECT)
    return next(v.code for v in register.children(province.uid, made.EFFECT) if v.code != "03006")


def _faulty() -> list[Line]:
    return [made.line("99999"), made.line("03006", relation="part")]


@pytest.fixture(scope="module")
def keys(cast, browser, site):
    """Cookies of signed-in people, by login name: each signs in once, with a code of this half minute."""
    held = {}
    for name in ("anh.bnv", "binh.bnv", "khanh"):
        window = visit(browser, site, DESK)
        window.go("/quan-tri/")
        window.page.fill("input[name=name]", name)
        window.page.fill("input[name=password]", demo.PASSWORD)
        window.follow(window.page.locator("main form button"))
        window.page.fill("input[name=code]", demo.code(name, at=datetime.now(UTC)))
        window.follow(window.page.locator("main form button"))
        window.page.wait_for_url("**/quan-tri/")
        held[name] = window.context.storage_state()
        window.context.close()
    return held


def pages(cast) -> list[tuple[str, str, str, int]]:
    """Name of the picture, who looks, path, status."""
    act, wrong, held = cast["act"].pk, cast["wrong"].pk, cast["held"]
    packaged = queries.acts(visible=made.everything(), text="1673/NQ-UBTVQH15").get().pk
    organ, giang = f"/quan-tri/co-quan/{held.post.organ_id}", cast["giang"].public_id
    seat = f"{organ}/vi-tri/{held.post_id}/bo-nhiem/"
    anh, binh, khanh = "anh.bnv", "binh.bnv", "khanh"
    return [
        ("home", binh, "/quan-tri/", 200),
        ("home-operator", khanh, "/quan-tri/", 200),
        ("acts", anh, "/quan-tri/van-ban/", 200),
        ("acts-none", anh, "/quan-tri/van-ban/?tim=khongco", 200),
        ("act-new", anh, "/quan-tri/van-ban/moi/", 200),
        ("act-packaged", anh, f"/quan-tri/van-ban/{packaged}/", 200),
        ("act-draft", anh, f"/quan-tri/van-ban/{act}/", 200),
        ("act-lines", anh, f"/quan-tri/van-ban/{act}/dong/", 200),
        ("act-lines-faulty", anh, f"/quan-tri/van-ban/{wrong}/dong/", 200),
        ("act-line", anh, f"/quan-tri/van-ban/{act}/dong/2/", 200),
        ("act-table", anh, f"/quan-tri/van-ban/{act}/bang/", 200),
        ("act-check", anh, f"/quan-tri/van-ban/{act}/kiem-tra/", 200),
        ("act-check-faulty", anh, f"/quan-tri/van-ban/{wrong}/kiem-tra/", 200),
        ("act-enact", binh, f"/quan-tri/van-ban/{act}/ghi/", 200),
        ("act-drop", anh, f"/quan-tri/van-ban/{act}/bo/", 200),
        ("act-correct", anh, f"/quan-tri/van-ban/{packaged}/dinh-chinh/", 200),
        ("act-closed", anh, f"/quan-tri/van-ban/{act}/ghi/", 403),
        ("organs", anh, "/quan-tri/co-quan/?don-vi=03006", 200),
        ("organs-many", anh, "/quan-tri/co-quan/?don-vi=tân", 200),
        ("organ", binh, f"{organ}/", 200),
        ("organ-post", binh, f"{organ}/vi-tri-moi/", 200),
        ("appoint-search", binh, f"{seat}?tim=Giang", 200),
        ("appoint", binh, f"{seat}?can-bo={giang}", 200),
        ("appointment", binh, f"/quan-tri/co-quan/bo-nhiem/{held.pk}/", 200),
        ("appointment-end", binh, f"/quan-tri/co-quan/bo-nhiem/{held.pk}/thoi/", 200),
        ("officers", khanh, "/quan-tri/can-bo/", 200),
        ("officer", khanh, f"/quan-tri/can-bo/{giang}/", 200),
        ("officer-new", khanh, "/quan-tri/can-bo/moi/", 200),
        ("keys", anh, "/quan-tri/can-bo/khoa/", 200),
        ("ledger", khanh, "/quan-tri/so-ghi/", 200),
        ("ledger-verify", khanh, "/quan-tri/so-ghi/kiem-tra/", 200),
        ("ledger-deliveries", khanh, "/quan-tri/so-ghi/giao-viec/", 200),
        ("ledger-anchors", khanh, "/quan-tri/so-ghi/moc-neo/", 200),
        ("conversions", khanh, "/quan-tri/chuyen-doi/", 200),
        ("registers", khanh, "/quan-tri/so-dang-ky/", 200),
        ("unconfirmed", khanh, "/quan-tri/so-dang-ky/chua-xac-minh/", 200),
        ("procedures", anh, "/quan-tri/thu-tuc/", 200),
        ("procedure", anh, f"/quan-tri/thu-tuc/{cast['procedure'].pk}/", 200),
        ("procedure-rows", anh, f"/quan-tri/thu-tuc/{cast['procedure'].pk}/muc/papers/?muc=1", 200),
        ("procedure-whole", anh, f"/quan-tri/thu-tuc/{cast['procedure'].pk}/sua/", 200),
        ("procedure-import", anh, "/quan-tri/thu-tuc/nhap/", 200),
        ("procedure-clocks", anh, "/quan-tri/thu-tuc/dong-ho/", 200),
        ("procedure-doubts", anh, "/quan-tri/thu-tuc/con-ngo/", 200),
        ("procedure-essential", anh, "/quan-tri/thu-tuc/thiet-yeu/", 200),
        ("procedures-without-power", anh, "/quan-tri/thu-tuc/tham-quyen/", 200),
        ("procedure-power", anh, "/quan-tri/thu-tuc/tham-quyen/1.014199/?tim=lao dong", 200),
        ("procedure-helps", anh, "/quan-tri/thu-tuc/giup-tim/", 200),
        ("guidance", anh, "/quan-tri/bai-viet/", 200),
        ("guidance-new", anh, "/quan-tri/bai-viet/moi/", 200),
        ("guidance-piece", anh, "/quan-tri/bai-viet/moc-01-3-2027/", 200),
        ("guidance-version", anh, "/quan-tri/bai-viet/moc-01-3-2027/1/", 200),
        ("guidance-again", anh, "/quan-tri/bai-viet/moc-01-3-2027/soan/", 200),
        ("guidance-reviews", anh, "/quan-tri/bai-viet/ra-soat/", 200),
        ("guidance-questions", anh, "/quan-tri/bai-viet/cau-hoi/", 200),
        ("laws", anh, "/quan-tri/phap-luat/", 200),
        ("law-document", anh, "/quan-tri/phap-luat/151-2025-nd-cp/", 200),
        ("law-correct", anh, "/quan-tri/phap-luat/151-2025-nd-cp/sua/", 200),
        ("law-enter", anh, "/quan-tri/phap-luat/nhap/", 200),
        ("law-import", anh, "/quan-tri/phap-luat/nhap-tep/", 200),
        ("law-changes", anh, "/quan-tri/phap-luat/thay-doi/?tu=2026-01-01&den=2026-03-01", 200),
        ("law-owed", anh, "/quan-tri/phap-luat/con-no/", 200),
        ("law-problems", anh, "/quan-tri/phap-luat/vuong-mac/?cua=tat-ca", 200),
        ("law-report", anh, "/quan-tri/phap-luat/151-2025-nd-cp/vuong-mac/", 200),
        ("calendar", anh, "/quan-tri/lich/", 200),
        ("calendar-new", anh, "/quan-tri/lich/moi/", 200),
        ("calendar-hours-closed", anh, "/quan-tri/lich/gio-mo-cua/", 403),
        ("calendar-alarms", anh, "/quan-tri/lich/canh-bao/", 200),
        *powers(binh),
        ("home-en", binh, "/en/quan-tri/", 200),
        ("act-check-en", anh, f"/en/quan-tri/van-ban/{act}/kiem-tra/", 200),
    ]


def powers(who: str) -> list[tuple[str, str, str, int]]:
    """The register of powers: its pages, with a finding that has two sides."""
    home = "/quan-tri/tham-quyen/"
    two_sides = register_of_powers.cases(kind="overlap").first()
    paths = {
        "powers": "", "power": "xay-dung.giay-phep/", "power-board": "phat-hien/", "power-cliff": "het-han/",
        "power-finding": f"phat-hien/{two_sides.pk}/", "power-matrix": "theo-cap/?cap=commune", "power-survey": "khao-sat/",
        "power-delegations": "giao-viec/?co-quan=province_committee&don-vi=15", "power-enter": "nhap/",
        "power-inside": "ro-nguoi-ro-viec/?don-vi=03006", "power-assertion": "quy-dinh/A-092/",
        "power-correct": "quy-dinh/A-092/sua/", "power-withdraw": "quy-dinh/A-092/bo/",
    }  # fmt: skip
    return [(name, who, home + path, 200) for name, path in paths.items()]


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_pages_are_accessible_and_fit(browser, site, cast, keys, width):
    wrong: list[str] = []
    for who in keys:
        window = visit(browser, site, width, storage_state=keys[who])
        for name, looks, path, status in cast["pages"]:
            if looks != who:
                continue
            window.noise.clear()
            found = window.go(path)
            wrong += [f"{name}: {c}" for c in window.complaints()]
            if found != status:
                wrong.append(f"{name}: status {found}")
            if window.overflow() > 0:
                wrong.append(f"{name}: {window.overflow()} px too wide")
            wrong += [f"{name}: {n}" for n in window.noise if "status of" not in n]
            window.screen(f"console-{name}-{width}")
        window.context.close()
    assert wrong == []


def test_print_drops_the_rail_and_keeps_the_content(browser, site, cast, keys):
    window = visit(browser, site, DESK, storage_state=keys["anh.bnv"])
    window.go(f"/quan-tri/van-ban/{cast['act'].pk}/")
    window.page.emulate_media(media="print")
    expect(window.page.locator(".rail")).to_be_hidden()
    expect(window.page.locator("header nav")).to_be_hidden()
    expect(window.page.locator("main h1")).to_be_visible()
    assert window.complaints() == []
    window.context.close()


def test_a_line_is_entered_without_javascript(browser, site, cast, keys):
    window = visit(browser, site, DESK, storage_state=keys["anh.bnv"], java_script_enabled=False)
    window.go(f"/quan-tri/van-ban/{cast['wrong'].pk}/dong/")
    page = window.page
    before = page.locator("tbody tr[id]").count()
    page.fill("input[name=from_code]", _other(3))
    page.fill("input[name=to_code]", "03006")
    window.follow(page.locator("form.card button"))
    expect(page.locator("tbody tr[id]")).to_have_count(before + 1)
    expect(page.locator("main")).to_contain_text("Đã ghi dòng")
    window.follow(page.locator("tbody tr[id]").last.locator("form button"))
    expect(page.locator("tbody tr[id]")).to_have_count(before)
    window.context.close()


def _other(n: int) -> str:
    register = queries.register()
    province = register.at("15", made.EFFECT)
    return register.children(province.uid, made.EFFECT)[n].code


def test_sign_out_ends_the_session(browser, site, cast, keys):
    window = visit(browser, site, DESK, storage_state=keys["binh.bnv"])
    window.go("/quan-tri/")
    window.follow(window.page.locator("text=Đăng xuất"))
    window.go("/quan-tri/")
    assert "/dang-nhap/" in window.page.url
    assert people.user_named("binh.bnv") is not None
    window.context.close()
