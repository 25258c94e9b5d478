"""Money at the desk, page by page: asked for, taken, waived, given back; lists, their file, and who may see what."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.config import demo
from haicap.domain.dossiers import actions, policy, queries
from haicap.domain.dossiers.queries import takings
from haicap.domain.dossiers.states import PaymentWay
from haicap.domain.dossiers.tests import make
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from tests.journeys import desk_cast
from tests.journeys.desk_cast import text

pytestmark = pytest.mark.django_db
LIST, CSV = reverse("desk:takings"), reverse("desk:takings-csv")
CLERK = "giang.sapa"


@pytest.fixture
def desk(cast_database, procedures, settings):
    """The cast, and a procedure of two charges: 20.000 and 5.000 đồng."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    drafter, leader = appointed("soan.phi", "btp", Role.OFFICER), appointed("ky.phi", "btp", Role.LEADER)
    fees = [make.fee("le_phi", 20_000), make.fee("ban_sao", 5_000)]
    make.procedure(drafter, leader, make.PAID, fees=fees)
    make.catalogue_now()
    return desk_cast.begun()


def received(desk, **more: Any) -> str:
    return desk.taken_in(make.PAID, **more).code


def money(code: str) -> str:
    return reverse("desk:money", args=[code])


def sent(desk, code: str, slug: str, name: str = CLERK, **data: Any) -> Any:
    """Send a form of the page of the money."""
    seen = data.pop("seen", None) or desk.row(code).version
    return desk.browser(name).post(reverse("desk:money-act", args=[code, slug]), {"seen": seen, **data})


def online(desk, code: str, **told: Any) -> Any:
    """An attempt through a gateway; with `told` what the gateway tells of it."""
    row = actions.ask_payment(code=code, provider="vnpay", actor="public", at=desk.at, phone="0912345678")
    if told:
        values = {"paid": True, "transaction": "14226112", **told}
        actions.note_payment(
            reference=row.reference, amount=row.amount, provider="vnpay", actor="system", at=desk.at, **values
        )
    return row


def twice(desk) -> tuple[str, Any]:
    """Paid at the counter while an online payment was under way, which then succeeds: to be given back."""
    code = received(desk)
    asked = online(desk, code)
    taken = sent(desk, code, "thu-phi", charge_0="on", charge_1="on")
    assert taken.status_code == 302
    actions.note_payment(
        reference=asked.reference, paid=True, amount=asked.amount, provider="vnpay", transaction="14226112",
        actor="system", at=desk.at,
    )  # fmt: skip
    return code, asked


def charges(desk, code: str) -> dict[str, bool]:
    return {c.key: c.payment_id is not None for c in queries.whole(desk.row(code)).charges}


# --- one dossier --------------------------------------------------------------------------------------------------
def test_chosen_charges_then_the_rest_and_a_receipt_for_each(desk) -> None:
    code = received(desk)
    page = text(desk.browser(CLERK).get(money(code)))
    assert "25.000 đ còn phải nộp" in page and "Hai mươi lăm nghìn đồng" in page
    first = sent(desk, code, "thu-phi", charge_0="on", way="card", receipt="BL 7")
    after = desk.browser(CLERK).get(first.url)
    assert "Đã thu 20.000 đ, thẻ, máy đọc thẻ." in text(after)
    assert charges(desk, code) == {"le_phi": True, "ban_sao": False}
    receipt = re.search(r'href="(/[^"]*bien-nhan/[^"]+)"', after.content.decode())
    assert receipt is not None
    paper = desk.browser(CLERK).get(receipt[1])
    assert paper["Content-Type"] == "application/pdf" and paper.content.startswith(b"%PDF-")
    assert sent(desk, code, "thu-phi", way="cash").status_code == 302
    assert charges(desk, code) == {"le_phi": True, "ban_sao": True}
    own = takings.of_dossier(desk.row(code).pk)[0].number
    assert re.fullmatch("BN-[0-9A-F]{12}", own)
    found = desk.browser(CLERK).get(f"{LIST}?loai=thu&loc={own}").content.decode()
    assert own in found and "BL 7" not in found
    page = text(desk.browser(CLERK).get(money(code)))
    assert "Không còn khoản nào phải nộp" in page and "Không có gì phải thu lúc này" in page
    assert "BL 7" in page


def test_nothing_chosen_is_told_at_the_form(desk) -> None:
    code = received(desk)
    page = sent(desk, code, "thu-phi", way="cash")
    assert page.status_code == 400 and "Xin chọn ít nhất một khoản" in text(page)
    assert sent(desk, code, "thu-phi", charge_0="on", way="gold").status_code == 400
    assert sent(desk, code, "thu-phi", charge_0="on", receipt="x" * 61).status_code == 400
    assert charges(desk, code) == {"le_phi": False, "ban_sao": False}


def test_asked_to_pay_stops_the_clock_until_all_is_paid(desk) -> None:
    code = received(desk)
    told = text(desk.browser(CLERK).get(money(code)))
    assert "chờ nộp phí” (mã 6)" in told and "đồng hồ dừng đến khi nộp đủ" in told
    assert sent(desk, code, "yeu-cau-nop-phi").status_code == 302
    assert desk.row(code).state == 6
    assert "Hồ sơ đang chờ nộp phí: đồng hồ dừng" in text(desk.browser(CLERK).get(money(code)))
    assert sent(desk, code, "thu-phi", charge_1="on").status_code == 302
    assert desk.row(code).state == 6
    assert (
        sent(desk, code, "mien-phi", key="le_phi", ground="Hộ nghèo, giấy chứng nhận số 12").status_code
        == 302
    )
    assert desk.row(code).state == 2
    page = text(desk.browser(CLERK).get(money(code)))
    assert "Hộ nghèo, giấy chứng nhận số 12 (Vũ Hương Giang)" in page


def test_waiving_needs_its_ground_and_a_charge_that_is_owed(desk) -> None:
    code = received(desk)
    assert sent(desk, code, "mien-phi", key="le_phi", ground="  ").status_code == 400
    assert sent(desk, code, "mien-phi", key="khac", ground="Hộ nghèo").status_code == 400
    assert charges(desk, code) == {"le_phi": False, "ban_sao": False}


def test_a_stale_page_is_told_in_words_and_keeps_what_was_typed(desk) -> None:
    code = received(desk)
    seen = desk.row(code).version
    sent(desk, code, "mien-phi", key="ban_sao", ground="Theo điều 3")
    page = sent(desk, code, "mien-phi", key="le_phi", ground="Người cao tuổi", seen=seen)
    assert page.status_code == 409
    assert "Hồ sơ đã thay đổi từ khi bạn mở trang" in text(page) and "Miễn khoản ban_sao" in text(page)
    assert "Người cao tuổi" in page.content.decode()
    assert charges(desk, code) == {"le_phi": False, "ban_sao": False}
    stale = sent(desk, code, "thu-phi", seen=seen)
    assert stale.status_code == 409


def test_a_charge_paid_meanwhile_is_not_taken_again(desk) -> None:
    code = received(desk)
    sent(desk, code, "thu-phi", charge_0="on")
    with pytest.raises(Refused) as refused:
        actions.take_payment(
            code=code,
            actor=desk.actor(CLERK),
            at=desk.at,
            seen=desk.row(code).version,
            keys=["le_phi", "ban_sao"],
        )
    assert refused.value.code == "nothing_owed"
    assert charges(desk, code) == {"le_phi": True, "ban_sao": False}


def test_the_page_warns_of_payments_under_way(desk) -> None:
    code = received(desk)
    online(desk, code)
    assert "chưa có kết quả. Hỏi người nộp trước khi thu" in text(desk.browser(CLERK).get(money(code)))
    online(desk, code, paid=False, doubted=True)
    page = text(desk.browser(CLERK).get(money(code)))
    assert "còn kiểm tra. Đừng thu lại" in page


def test_a_dossier_that_ended_takes_no_money(desk) -> None:
    code = received(desk)
    desk.do(CLERK, code, "rut")
    page = text(desk.browser(CLERK).get(money(code)))
    assert "Hồ sơ đã kết thúc: không thu thêm" in page and "không thu nữa" in page
    assert sent(desk, code, "thu-phi", charge_0="on").status_code == 409


def test_a_dossier_without_charges_says_so(desk) -> None:
    page = text(desk.browser(CLERK).get(money(desk.taken_in().code)))
    assert "Hồ sơ này không có phí, lệ phí" in page and "Chưa có lần thanh toán nào" in page


def test_the_dossier_page_leads_to_its_money(desk) -> None:
    code = received(desk)
    page = desk.browser(CLERK).get(reverse("desk:dossier", args=[code]))
    assert f'href="{money(code)}"' in page.content.decode()


# --- giving back --------------------------------------------------------------------------------------------------
def test_paid_twice_is_given_back_once(desk) -> None:
    code, asked = twice(desk)
    clerk, address = desk.browser(CLERK), reverse("desk:refund", args=[asked.public_id])
    listed = clerk.get(LIST)
    assert code in text(listed) and "Phải hoàn tiền 1" in text(listed) and address in listed.content.decode()
    page = text(clerk.get(address))
    assert "Hoàn lại 25.000 đ" in page and "đã được nộp hoặc miễn trước khi tiền này đến" in page
    seen = desk.row(code).version
    missing = clerk.post(address, {"seen": seen, "way": "transfer", "paper": " "})
    assert missing.status_code == 400 and "cần số giao dịch" in text(missing)
    assert clerk.post(address, {"seen": seen, "way": "transfer", "paper": "FT 99"}).url == LIST
    again = clerk.post(address, {"seen": desk.row(code).version, "way": "cash"})
    assert again.status_code == 409 and "đã được ghi là đã hoàn" in text(again)
    events = [e for e in queries.whole(desk.row(code)).events if e.kind == "dossiers.refunded"]
    assert [e.data["amount"] for e in events] == [25_000]
    done = text(clerk.get(f"{LIST}?loai=da-hoan"))
    assert code in done and "chuyển khoản, FT 99" in done and "Phải hoàn tiền" not in done
    assert "Đã hoàn lại 25.000 đồng." in text(clerk.get(reverse("desk:dossier", args=[code])))
    assert "Không có khoản nào phải hoàn" in text(clerk.get(LIST))


def test_only_what_was_beyond_is_given_back(desk) -> None:
    code = received(desk)
    asked = online(desk, code)
    sent(desk, code, "thu-phi", charge_0="on")
    actions.note_payment(
        reference=asked.reference,
        paid=True,
        amount=25_000,
        provider="vnpay",
        transaction="5",
        actor="system",
        at=desk.at,
    )
    line = takings.payment(asked.public_id, actor=desk.actor(CLERK), on=today(desk.at))
    assert (line.amount, line.beyond, line.to_refund) == (25_000, 20_000, True)
    page = text(desk.browser(CLERK).get(LIST))
    assert "thừa 20.000 đ" in page
    actions.note_refund(
        code=code, payment=asked.public_id, way=PaymentWay.CASH, actor=desk.actor(CLERK), at=desk.at,
        seen=desk.row(code).version,
    )  # fmt: skip
    assert [s.amount for s in takings.sums(_scope(desk, CLERK), takings.Wanted(takings.Matter.REFUNDED))] == [
        20_000
    ]


def _scope(desk, name: str):
    return policy.visible_to(desk.actor(name), today(desk.at))


def test_a_stale_refund_shows_what_changed(desk) -> None:
    code, asked = twice(desk)
    seen = desk.row(code).version
    desk.do(CLERK, code, "sua-lien-he", phone="0912345679", email="", address="", method="counter")
    page = desk.browser(CLERK).post(
        reverse("desk:refund", args=[asked.public_id]), {"seen": seen, "way": "transfer", "paper": "FT 7"}
    )
    assert (
        page.status_code == 409 and "Sửa thông tin liên hệ" in text(page) and "FT 7" in page.content.decode()
    )
    assert desk.row(code).version == seen + 1


def test_what_is_not_to_be_given_back_has_no_such_page(desk) -> None:
    code = received(desk)
    sent(desk, code, "thu-phi", charge_0="on")
    paid = queries.whole(desk.row(code)).payments[0]
    clerk = desk.browser(CLERK)
    assert clerk.get(reverse("desk:refund", args=[paid.public_id])).status_code == 404
    assert clerk.get(reverse("desk:refund", args=["00000000-0000-7000-8000-000000000000"])).status_code == 404
    with pytest.raises(Refused) as refused:
        actions.note_refund(
            code=code, payment=paid.public_id, way=PaymentWay.CASH, actor=desk.actor(CLERK), at=desk.at,
            seen=desk.row(code).version,
        )  # fmt: skip
    assert refused.value.code == "nothing_to_refund"


# --- lists --------------------------------------------------------------------------------------------------------
def test_lists_by_matter_say_what_to_do(desk) -> None:
    waiting, doubted, lost, ended = (received(desk) for _ in range(4))
    online(desk, waiting)
    online(desk, doubted, paid=False, doubted=True)
    online(desk, lost, paid=False)
    late = online(desk, ended)
    desk.do(CLERK, ended, "rut")
    actions.note_payment(
        reference=late.reference,
        paid=True,
        amount=25_000,
        provider="vnpay",
        transaction="8",
        actor="system",
        at=desk.at,
    )
    wanted = {"cho": waiting, "kiem-tra": doubted, "hong": lost, "hoan": ended, "thu": ended}
    for kind, code in wanted.items():
        page = text(desk.browser(CLERK).get(f"{LIST}?loai={kind}"))
        assert [c for c in (waiting, doubted, lost, ended) if c in page] == [code], kind
    page = text(desk.browser(CLERK).get(f"{LIST}?loai=kiem-tra"))
    assert "Đừng thu lại" in page and "Cổng đang kiểm tra 1" in page and "Phải hoàn lại 1" in page


def test_the_day_is_closed_by_way_and_by_who_took_it(desk) -> None:
    one, two = received(desk), received(desk, who=desk_cast.somebody("Lò Văn Khác"))
    sent(desk, one, "thu-phi", charge_0="on", way="cash")
    sent(desk, one, "thu-phi", way="card")
    sent(desk, two, "thu-phi", charge_0="on", charge_1="on", way="cash", receipt="BL-9")
    clerk = desk.browser(CLERK)
    page = text(clerk.get(f"{LIST}?loai=thu"))
    assert "Tiền mặt 45.000 đ (2 khoản)" in page and "Thẻ, máy đọc thẻ 5.000 đ (1 khoản)" in page
    assert "Cộng 50.000 đ (3 khoản)" in page
    for query, codes in {
        "cach=card": {one}, "loc=BL-9": {two}, f"loc={one}": {one}, "loc=khác": {two}, "cach=vnpay": set(),
        "nguoi-thu=toi": {one, two}, f"nguoi-thu={desk.actor('huong.sapa')}": set(),
    }.items():  # fmt: skip
        page = text(clerk.get(f"{LIST}?loai=thu&{query}"))
        assert {c for c in (one, two) if c in page.split("Bỏ lọc")[1]} == codes, query
    yesterday = (desk.at - timedelta(days=2)).date().isoformat()
    assert "Chưa thu khoản nào trong kỳ" in text(clerk.get(f"{LIST}?loai=thu&tu={yesterday}&den={yesterday}"))
    assert one in text(clerk.get(f"{LIST}?loai=thu&tu={yesterday}"))


def test_days_that_are_none_are_told(desk) -> None:
    clerk = desk.browser(CLERK)
    for query in ("tu=hom+qua", "tu=2026-11-20&den=2026-11-01", "tu=1990-01-01"):
        page = clerk.get(f"{LIST}?loai=thu&{query}")
        assert page.status_code == 400 and 'role="alert"' in page.content.decode(), query
    assert clerk.get(f"{LIST}?loai=%00&sau=%C2%B2&cach=%27&loc=%25").status_code == 200


def test_the_list_as_a_file(desk) -> None:
    code = received(desk, who=desk_cast.somebody("=HYPERLINK(1)"))
    sent(desk, code, "thu-phi", charge_0="on", way="transfer", receipt="BL 3")
    answer = desk.browser(CLERK).get(f"{CSV}?loai=thu")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert [(r["code"], r["payer"], r["amount"], r["way"], r["receipt"], r["collector"]) for r in rows] == [
        (code, "'=HYPERLINK(1)", "20000", "chuyển khoản", "BL 3", "Vũ Hương Giang")
    ]


def test_a_long_list_goes_on(desk) -> None:
    for _ in range(3):
        online(desk, received(desk))
    scope, wanted = _scope(desk, CLERK), takings.Wanted(takings.Matter.WAITING)
    first, after = takings.payments(scope, wanted, size=2)
    rest, end = takings.payments(scope, wanted, size=2, after=after or 0)
    assert (len(first), len(rest), end) == (2, 1, None)
    assert len({line.pk for line in (*first, *rest)}) == 3
    page = text(desk.browser(CLERK).get(f"{LIST}?loai=cho&sau={first[0].pk}"))
    assert first[0].code not in page and rest[0].code in page and "Về đầu danh sách" in page


def test_a_list_asks_the_database_few_questions(desk) -> None:
    for _ in range(3):
        twice(desk)
    clerk = desk.browser(CLERK)
    with CaptureQueriesContext(connection) as few:
        clerk.get(LIST)
    for _ in range(3):
        twice(desk)
    with CaptureQueriesContext(connection) as many:
        clerk.get(LIST)
    assert len(few) == len(many) <= 16, [q["sql"][:90] for q in many]


# --- who may ------------------------------------------------------------------------------------------------------
PEOPLE = (*(person.name for person in demo.CAST), "")


def test_who_may_see_and_do_what(desk) -> None:
    code, asked = twice(desk)
    owing = received(desk)
    pages = (
        money(owing),
        reverse("desk:money-act", args=[owing, "thu-phi"]),
        reverse("desk:refund", args=[asked.public_id]),
    )
    told: dict[str, tuple[int, ...]] = {}
    for name in PEOPLE:
        browser = desk.browser(name)
        told[name] = tuple(browser.get(page).status_code for page in (LIST, CSV, *pages))
    sees, elsewhere, closed = (200,) * 5, (200, 200, 404, 404, 404), (403,) * 5
    expected = dict.fromkeys(PEOPLE, closed) | {"": (302,) * 5}
    expected |= dict.fromkeys(
        (
            "giang.sapa", "dung.sapa", "huong.sapa", "khoi.sapa", "phuong.laocai", "quang.laocai", "vinh.laocai",
            "yen.laocai",
        ),
        sees,
    )  # fmt: skip
    expected |= dict.fromkeys(("nga.taphin", "son.taphin", "thao.saigon"), elsewhere)
    different = {n: (told[n], expected[n]) for n in PEOPLE if told[n] != expected[n]}
    assert not different or (set(different) <= {"chi.laocai"} and told["chi.laocai"] == elsewhere), different
    for name in PEOPLE:
        shown = desk.browser(name).get(LIST)
        assert (code in text(shown)) == (told[name] == sees), name
        file = desk.browser(name).get(CSV)
        if told[name][1] == 200:
            assert (code in b"".join(file.streaming_content).decode()) == (told[name] == sees), name


def test_who_sees_but_takes_no_money_is_told_so(desk) -> None:
    code, asked = twice(desk)
    owing, refund = received(desk), reverse("desk:refund", args=[asked.public_id])
    for name in ("huong.sapa", "quang.laocai", "phuong.laocai"):
        assert "là việc của trung tâm đã nhận hồ sơ" in text(desk.browser(name).get(refund)), name
        assert sent(desk, owing, "thu-phi", name, charge_0="on").status_code == 403
        assert sent(desk, owing, "mien-phi", name, key="le_phi", ground="Hộ nghèo").status_code == 403
        answer = desk.browser(name).post(refund, {"seen": desk.row(code).version, "way": "cash"})
        assert answer.status_code == 403, name
    for name in ("nga.taphin", "thao.saigon", "tuan.btp"):
        assert sent(desk, owing, "thu-phi", name, charge_0="on").status_code in (403, 404)
        answer = desk.browser(name).post(refund, {"seen": desk.row(code).version, "way": "cash"})
        assert answer.status_code in (403, 404), name
    assert charges(desk, owing) == {"le_phi": False, "ban_sao": False}
    assert takings.payment(asked.public_id, actor=desk.actor(CLERK), on=today(desk.at)).to_refund


def test_forms_need_their_token_and_their_method(desk) -> None:
    code = received(desk)
    assert desk.browser(CLERK).post(money(code)).status_code == 405
    assert desk.browser(CLERK).post(LIST).status_code == 405
    assert desk.browser(CLERK).get(reverse("desk:money-act", args=[code, "khong-co"])).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.browser(CLERK).cookies
    answer = strict.post(reverse("desk:money-act", args=[code, "thu-phi"]), {"seen": 1, "charge_0": "on"})
    assert answer.status_code == 403
    assert charges(desk, code) == {"le_phi": False, "ban_sao": False}
