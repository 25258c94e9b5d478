"""A citizen's way through the portal without JavaScript: file, come back, supply, withdraw, rate, take home, check."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.test import Client

from haicap.base.dates import today
from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.actions import Missing
from haicap.domain.dossiers.states import Outcome, State
from haicap.domain.procedures.content import Field, FieldType
from haicap.kernel.accounts import queries as accounts
from haicap.kernel.accounts.sessions import BACKEND
from haicap.kernel.files.tests import papers
from tests.journeys import portal_filing as filing
from tests.journeys.portal import weight

pytestmark = pytest.mark.django_db
MISSING = [Missing("giay_bao_tu", "Giấy báo tử", "Ảnh bị mờ, xin chụp lại.")]
INPUTS = {"so_dang_ky": "12/2026"}


@pytest.fixture(autouse=True)
def _ready(cast_database, procedures, settings):
    """The demo cast at Sa Pa, the catalogue."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def person(name: str):
    found = accounts.user_named(name)
    assert found is not None
    return found


def act(code: str, verb: str, name: str, **given):
    """Somebody of the office does something."""
    row = queries.tracked(code, filing.PHONE)
    who, at = person(name).actor, datetime.now(UTC)
    return getattr(actions, verb)(code=code, seen=row.version, actor=who, at=at, **given)


def filed(client: Client, **named: str) -> str:
    """A dossier filed by walking the pages; its code."""
    draft = filing.begun(client)
    filing.answer_all(client, draft)
    filing.attach(client, draft, "giay_bao_tu")
    filing.named(client, draft, **named)
    return filing.handed_in(client, draft)


def tracked(code: str, digits: str, client: Client | None = None) -> Client:
    """A browser that opened a dossier by its code and digits."""
    browser = client or Client()
    response = browser.post("/tra-cuu-ho-so/", {"ma": code, "so": digits})
    assert response.status_code == 302, filing.text(response)
    return browser


def test_a_death_is_registered_and_the_confirmation_says_what_is_next(client) -> None:
    draft = filing.begun(client)
    filing.answer_all(client, draft)
    filing.attach(client, draft, "giay_bao_tu")
    filing.named(client, draft)
    page = filing.text(client.get(f"/khai/{draft}/xem-lai/"))
    assert "Nguyễn Văn Mất" in page and "giay-bao-tu.pdf" in page and "02/03/1940" in page
    assert "Phường Sa Pa, Tỉnh Lào Cai (người khai ghi: Thị trấn Sa Pa, huyện Sa Pa, Lào Cai)" in page
    assert page.count("?sua=1") == 10  # every page of questions can be mended
    code = filing.handed_in(client, draft)
    row = queries.draft(draft).filed_as
    assert (row.code, row.applicant_phone, row.applicant_number) == (code, filing.PHONE, filing.NUMBER)
    assert row.answers["co_bao_tu"] == "yes" and not [key for key in row.answers if key.startswith("_")]
    assert "uy_quyen_ho_ten" not in row.answers  # never asked
    done = filing.text(client.get(f"/khai/{draft}/da-nop/"))
    assert (
        "<svg" in done and "ngày trả là" in done and "Trung tâm Phục vụ hành chính công phường Sa Pa" in done
    )
    assert len(done.encode()) + weight.fixed_weight() < 150_000


def test_it_is_filed_once_whatever_is_pressed_twice(client) -> None:
    draft = filing.begun(client)
    filing.answer_all(client, draft)
    filing.named(client, draft)
    code = filing.handed_in(client, draft)
    again = client.post(f"/khai/{draft}/xem-lai/", {"cam-doan": "1"})
    assert again.status_code == 302 and again["Location"].endswith("/da-nop/")
    assert client.get(f"/khai/{draft}/")["Location"].endswith("/da-nop/")
    assert filing.text(client.get(f"/khai/{draft}/da-nop/")).count(code) > 0
    assert queries.tracked(code, filing.PHONE).version == 1
    late = client.post(f"/khai/{draft}/cau/khi_nao/", {"h-mat_ngay": "1"})
    assert "đã được nộp" in filing.text(late)


def test_nothing_is_filed_unread_undeclared_or_incomplete(client) -> None:
    draft = filing.begun(client)
    empty = client.post(f"/khai/{draft}/xem-lai/", {"cam-doan": "1"})
    assert empty.status_code == 400 and "Xin điền người đứng tên" in filing.text(empty)
    filing.named(client, draft)
    wrong = client.post(f"/khai/{draft}/xem-lai/", {"cam-doan": "1"})
    assert wrong.status_code == 400 and "cau/ban_la_ai/?sua=1" in filing.text(wrong)
    filing.answer_all(client, draft)
    undeclared = client.post(f"/khai/{draft}/xem-lai/", {})
    assert undeclared.status_code == 400 and "cam đoan" in filing.text(undeclared)
    assert queries.draft(draft).filed_as is None


def test_errors_stand_on_top_and_at_the_question_in_the_same_words(client) -> None:
    draft = filing.begun(client)
    page = filing.text(filing.answer(client, draft, "ban_la_ai", **{"c-nop_so_dinh_danh": "12"}))
    for said in (
        "Họ, chữ đệm, tên của bạn: xin trả lời câu này.",
        "Số định danh cá nhân của bạn: Số định danh cá nhân gồm 12 chữ số.",
    ):
        assert page.count(said) == 2
    assert 'href="#c-nop_ho_ten"' in page and 'id="c-nop_ho_ten"' in page and 'aria-invalid="true"' in page
    assert "<title>Lỗi:" in page and 'value="12"' in page  # what was typed stays


def test_back_and_save_for_later_keep_what_was_typed(client) -> None:
    draft = filing.begun(client)
    filing.answer(client, draft, "ban_la_ai", **filing.ANSWERS["ban_la_ai"])
    back = filing.answer(client, draft, "nop_thay", **{"c-nop_cho": "thay", "lui": ""})
    assert back["Location"].endswith("/cau/ban_la_ai/")
    assert "Nguyễn Thị Nộp" in filing.text(client.get(back["Location"]))
    later = filing.answer(client, draft, "nop_thay", **{"c-nop_cho": "thay", "de-sau": ""})
    told = filing.text(client.get(later["Location"]))
    code = re.search(r'big-code code">([A-Z0-9]{8})<', told)
    assert code
    other = Client()
    assert other.get(f"/khai/{draft}/").status_code == 404
    found = other.post("/nop-ho-so/ban-nhap/", {"ma": code[1].lower(), "dien_thoai": "+84 912 345 678"})
    assert found["Location"].endswith(f"/khai/{draft}/")
    assert other.get(found["Location"])["Location"].endswith("/cau/nop_thay/")
    assert re.search(r'value="thay"[^>]* checked', filing.text(other.get(f"/khai/{draft}/cau/nop_thay/")))
    wrong = [
        filing.text(Client().post("/nop-ho-so/ban-nhap/", given))
        for given in (
            {"ma": code[1], "dien_thoai": "0912345679"},
            {"ma": "ABCDEFGH", "dien_thoai": filing.PHONE},
            {"ma": code[1], "dien_thoai": "so nao do"},
        )
    ]
    assert all("Không có bản nháp nào với mã và số điện thoại này" in page for page in wrong)


def test_a_condition_opens_a_page_and_shuts_it_again(client) -> None:
    draft = filing.begun(client)
    filing.answer(client, draft, "ban_la_ai", **filing.ANSWERS["ban_la_ai"])
    on = filing.answer(client, draft, "nop_thay", **{"c-nop_cho": "thay"})
    assert on["Location"].endswith("/cau/nguoi_uy_quyen/")
    filing.answer(client, draft, "nguoi_uy_quyen", **{"c-uy_quyen_ho_ten": "Ai Đó"})
    on = filing.answer(client, draft, "nop_thay", **{"c-nop_cho": "minh"})
    assert on["Location"].endswith("/cau/lien_he/")
    gone = client.get(f"/khai/{draft}/cau/nguoi_uy_quyen/")
    assert gone.status_code == 302
    filing.answer_all(client, draft)
    filing.named(client, draft)
    filing.handed_in(client, draft)
    assert "uy_quyen_ho_ten" not in queries.draft(draft).filed_as.answers


def test_an_answer_mended_at_the_end_leads_back_to_the_end_or_to_what_it_opened(client) -> None:
    draft = filing.begun(client)
    filing.answer_all(client, draft)
    filing.named(client, draft)
    path = f"/khai/{draft}/cau/%s/?sua=1"
    hidden = filing.fields(filing.text(client.get(path % "quan_he")))
    assert client.post(path % "quan_he", hidden | {"c-quan_he": "con"})["Location"].endswith("/xem-lai/")
    hidden = filing.fields(filing.text(client.get(path % "nop_thay")))
    opened = client.post(path % "nop_thay", hidden | {"c-nop_cho": "thay"})
    assert opened["Location"].endswith("/cau/nguoi_uy_quyen/?sua=1")


def test_a_unit_with_several_meanings_is_asked_back(client) -> None:
    draft = filing.begun(client)
    several = filing.answer(
        client, draft, "o_dau", **{"c-mat_noi": "Nhà", "c-mat_noi_xa": "Phường Cửa Nam, Hà Nội"}
    )
    page = filing.text(several)
    offered = re.findall(r'name="c-mat_noi_xa-chon" value="([^"]+)"', page)
    assert several.status_code == 400 and len(offered) > 2 and offered[-1] == "giu"
    picked = {"c-mat_noi": "Nhà", "c-mat_noi_xa": "Phường Cửa Nam, Hà Nội", "c-mat_noi_xa-chon": offered[1]}
    assert filing.answer(client, draft, "o_dau", **picked).status_code == 302
    kept = queries.draft(draft).answers["mat_noi_xa"]
    assert kept.endswith("(người khai ghi: Phường Cửa Nam, Hà Nội)") and "Thành phố Hà Nội" in kept
    abroad = {"c-mat_noi": "Nhà", "c-mat_noi_xa": "Qwxyz, Praha"}
    unknown = filing.answer(client, draft, "o_dau", **abroad)
    assert unknown.status_code == 400 and "Giữ nguyên như đã ghi" in filing.text(unknown)
    kept = filing.answer(client, draft, "o_dau", **abroad, **{"c-mat_noi_xa-chon": "giu"})
    assert kept.status_code == 302 and queries.draft(draft).answers["mat_noi_xa"] == "Qwxyz, Praha"


def test_things_that_repeat_are_added_and_taken_away(client) -> None:
    draft = filing.begun(client, "2.001406")
    found = queries.to_file("2.001406", "", today(datetime.now(UTC))).content.form
    page, group = next((p, q) for p, q in found.questions() if not isinstance(q, Field))
    held = [q for q in group.fields if q.type in (FieldType.TEXT, FieldType.PERSON_ID)]
    name = f"c-{group.key}-%s-{held[0].key}"
    actions.save_draft(
        draft=draft, answers=_up_to(found, page.key), page="", actor="public", at=datetime.now(UTC)
    )
    here = filing.answer(client, draft, page.key, **{name % 0: "Người Một", f"them-{group.key}": "1"})
    assert here["Location"].endswith(f"#c-{group.key}")
    shown = filing.text(client.get(f"/khai/{draft}/cau/{page.key}/"))
    assert name % 1 in shown and "Người Một" in shown
    filing.answer(
        client, draft, page.key, **{name % 0: "Người Một", name % 1: "Người Hai", f"bo-{group.key}": "0"}
    )
    items = queries.draft(draft).answers[group.key]
    assert [one[held[0].key] for one in items] == ["Người Hai"]
    wrong = filing.answer(client, draft, page.key, **{name % 0: ""})
    assert wrong.status_code == 400 and f"{group.key}-0-{held[0].key}" in filing.text(wrong)


def _up_to(form, key: str) -> dict[str, str]:
    """Answers of choice that open the page of this key."""
    page = next(p for p in form.pages if p.key == key)
    return {term.key: term.values[0] for term in page.condition.terms}


def test_without_an_account_the_whole_phone_answers_and_the_number_withdraws(client) -> None:
    code = filed(client)
    act(code, "receive", "giang.sapa")
    act(code, "request_supplement", "giang.sapa", items=MISSING, contact="0214 000 000")
    short = tracked(code, filing.PHONE[-4:])
    page = filing.text(short.get(f"/ho-so/{code}/"))
    assert "cần bổ sung giấy tờ" in page and "Đến lượt bạn" in page
    for personal in ("mờ", "Nguyễn", filing.NUMBER, filing.PHONE, "vidu.vn"):
        assert personal not in page
    for path in ("bo-sung", "rut", "danh-gia", "xac-nhan"):
        assert short.get(f"/ho-so/{code}/{path}/").status_code == 404
    whole = tracked(code, "0912 345 678", short)
    assert "Ảnh bị mờ" in filing.text(whole.get(f"/ho-so/{code}/"))
    path = f"/ho-so/{code}/bo-sung/"
    nothing = whole.post(path, {"gui": "1", "seen": _seen(whole, path)})
    assert nothing.status_code == 400 and "ít nhất một giấy tờ" in filing.text(nothing)
    assert (
        whole.post(path, {"tep": "1", "muc": "0", "tep-gui": filing.scan("chup lai.pdf")}).status_code == 302
    )
    done = whole.post(path, {"gui": "1", "tra-loi": "Đã chụp lại.", "seen": _seen(whole, path)}, follow=True)
    assert "Đã gửi bổ sung" in filing.text(done)
    row = queries.tracked(code, filing.PHONE)
    sent = queries.whole(row).components[-1]
    assert (row.state, sent.paper, sent.supplement) == (State.RECEIVED, "giay_bao_tu", 1)
    assert sent.file.expires_on is None
    path = f"/ho-so/{code}/rut/"
    wrong = whole.post(path, {"seen": _seen(whole, path), "so": "010090000124"})
    assert wrong.status_code == 404 and queries.tracked(code, filing.PHONE).state == State.RECEIVED
    whole.post(path, {"seen": _seen(whole, path), "so": filing.NUMBER})
    assert queries.tracked(code, filing.PHONE).state == State.WITHDRAWN


def _seen(browser: Client, path: str) -> str:
    found = re.search(r'name="seen" value="(\d+)"', filing.text(browser.get(path)))
    assert found
    return found[1]


def test_a_page_of_yesterday_is_told_so(client) -> None:
    code = filed(client)
    whole, path = tracked(code, filing.PHONE), f"/ho-so/{code}/rut/"
    seen = _seen(whole, path)
    act(code, "receive", "giang.sapa")
    stale = whole.post(path, {"seen": seen, "so": filing.NUMBER})
    assert stale.status_code == 409 and "vừa được người khác xử lý" in filing.text(stale)


def decided(code: str) -> None:
    """To a signed result."""
    act(code, "receive", "giang.sapa")
    act(code, "take_up", "huong.sapa")
    act(code, "decide", "khoi.sapa", outcome=Outcome.GRANTED)
    act(code, "sign", "khoi.sapa", inputs=INPUTS)
    act(code, "finish", "khoi.sapa")


def test_a_result_is_taken_home_rated_and_checked_by_anybody(client) -> None:
    code = filed(client)
    decided(code)
    whole = tracked(code, filing.PHONE)
    page = filing.text(whole.get(f"/ho-so/{code}/"))
    key = re.search(r"/kiem-tra/([^/]+)/", page)
    assert key and "/ket-qua/" not in page  # the phone alone opens no paper
    result = queries.result_by_key(key[1])
    home = f"/ho-so/{code}/ket-qua/{result.public_id}/"
    assert whole.get(home).status_code == 404
    assert whole.post(f"/ho-so/{code}/xac-nhan/", {"so": "1"}).status_code == 404
    whole.post(f"/ho-so/{code}/xac-nhan/", {"so": filing.NUMBER})
    pdf = b"".join(whole.get(home).streaming_content)
    assert pdf.startswith(b"%PDF")
    slip = re.search(rf"/ho-so/{code}/phieu/[0-9a-f-]+/", filing.text(whole.get(f"/ho-so/{code}/")))
    assert slip and whole.get(slip[0]).content.startswith(b"%PDF")
    whole.post(f"/ho-so/{code}/danh-gia/", {"hai_long": "yes", "y_kien": "Nhanh"})
    again = whole.post(f"/ho-so/{code}/danh-gia/", {"hai_long": "no"})
    assert "đánh giá hồ sơ này rồi" in filing.text(again)
    check = f"/kiem-tra/{key[1]}/"
    public = filing.text(Client().get(check))
    assert (
        "Còn giá trị" in public
        and "N.T.N." in public
        and "Giàng A Khôi" in public
        and result.sha256 in public
    )
    for personal in ("Nguyễn", filing.PHONE, filing.NUMBER, code):
        assert personal not in public
    same = filing.text(Client().post(check, {"tep": filing.scan("kq.pdf", pdf)}))
    assert "Đúng bản này" in same and "Chữ ký số hợp lệ" in same
    tampered = filing.text(Client().post(check, {"tep": filing.scan("kq.pdf", pdf + b"\n% more")}))
    assert "Không phải bản này" in tampered and "Chữ ký số hợp lệ" not in tampered
    other = filing.text(Client().post(check, {"tep": filing.scan("kq.pdf", papers.pdf())}))
    assert "Không phải bản này" in other and "không có chữ ký số" in other
    act(code, "revoke_result", "khoi.sapa", result=result.public_id, reason="Ghi sai ngày mất.")
    assert "Đã bị thu hồi" in filing.text(Client().get(check))
    assert Client().get(f"/kiem-tra/{uuid4().hex}/").status_code == 404


def test_signed_in_one_finds_ones_own_and_nobody_elses(client) -> None:
    lan = person("lan")
    client.force_login(lan, backend=BACKEND)
    draft = filing.begun(client, phone="")
    page = filing.text(client.get(f"/khai/{draft}/cau/ban_la_ai/"))
    assert 'value="Hoàng Thị Lan"' in page  # from the account
    assert "1.000656" in filing.text(client.get("/nop-ho-so/1.000656/"))
    listed = filing.text(client.get("/ho-so-cua-toi/"))
    assert f"/khai/{draft}/" in listed and "Đang khai dở" in listed
    filing.answer_all(client, draft)
    filing.named(client, draft)
    code = filing.handed_in(client, draft)
    assert code in filing.text(client.get("/ho-so-cua-toi/"))
    decided(code)
    page = filing.text(client.get(f"/ho-so/{code}/"))
    assert "/ket-qua/" in page and "/phieu/" in page and "/xac-nhan/" not in page
    stranger = Client()
    assert stranger.get(f"/ho-so/{code}/").status_code == 302
    assert stranger.get("/ho-so-cua-toi/")["Location"].startswith("/dang-nhap/")
    officer = Client()
    officer.force_login(person("nga.taphin"), backend=BACKEND)
    assert officer.get(f"/ho-so/{code}/").status_code == 302
    assert officer.get(f"/khai/{draft}/").status_code == 404


def test_an_owner_withdraws_without_a_number(client) -> None:
    client.force_login(person("lan"), backend=BACKEND)
    code = filed(client, number="")
    path = f"/ho-so/{code}/rut/"
    assert 'name="so"' not in filing.text(client.get(path))
    client.post(path, {"seen": _seen(client, path)})
    assert queries.tracked(code, filing.PHONE).state == State.WITHDRAWN


def test_fees_known_at_filing_can_be_paid_at_once(client) -> None:
    draft = filing.begun(client, "2.001406")
    row = queries.draft(draft)
    form = queries.to_file("2.001406", "", today(datetime.now(UTC))).content.form
    filing.fill_in(client, draft, form)
    filing.named(client, draft)
    filing.handed_in(client, draft)
    row = queries.draft(draft).filed_as
    owed = queries.whole(row).owed
    page = filing.text(client.get(f"/khai/{draft}/da-nop/"))
    assert (owed > 0) == (f"/thanh-toan/?ma={row.code}" in page)
    assert owed == 50_000 and "50.000 đồng" in page


@pytest.mark.parametrize("code", ["1.001193", "1.004194", "1.012299", "1.001612", "3.000333"])
def test_other_procedures_are_filed_the_same_way(client, code) -> None:
    """A birth, a stay, one without a form of its own, a household business, one of the province."""
    draft = filing.begun(client, code)
    now = queries.draft(draft)
    place = queries.place(queries.uid_of(now.unit_id), today(datetime.now(UTC)))
    form = queries.to_file(code, place.province_uid, today(datetime.now(UTC))).content.form
    filing.fill_in(client, draft, form)
    filing.named(client, draft)
    assert filing.handed_in(client, draft)


def test_every_page_of_a_draft_is_light_and_speaks_english(client) -> None:
    draft = filing.begun(client)
    filing.answer_all(client, draft)
    filing.named(client, draft)
    for path in (
        "cau/ban_la_ai",
        "cau/o_dau",
        "giay-to",
        "giay-to/khac",
        "nguoi-nop",
        "xem-lai",
        "de-sau",
        "bo",
    ):
        vi, en = client.get(f"/khai/{draft}/{path}/"), client.get(f"/en/khai/{draft}/{path}/")
        assert (vi.status_code, en.status_code) == (200, 200)
        assert len(vi.content) + weight.fixed_weight() < 150_000
        assert "Tiếp tục" not in filing.text(en) and "bản nháp" not in filing.text(en)
