"""The payer's pages: what is owed, off to the gateway, back again; nothing is believed that is not proved, nothing lost."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from django.conf import settings
from django.test import Client

from haicap.domain.dossiers import actions, queries
from haicap.edges.payments import gateway
from haicap.edges.payments.demo import DemoGateway
from haicap.edges.payments.protocol import HASH, Merchant, sign
from haicap.edges.payments.vnpay import Vnpay
from haicap.kernel.accounts.models import User
from haicap.kernel.accounts.sessions import BACKEND
from tests.journeys.payments import make
from tests.journeys.payments.make import PHONE, US, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast_database", "register", "cheap")]
BACK = "/thanh-toan/ve/vnpay/"


@pytest.fixture
def up():
    """A gateway that answers."""
    with DemoGateway(US, None) as running:
        gateway.wire(Vnpay(Merchant(running.url, US.code, US.secret)))
        yield running
    gateway.wire()


def sent(code: str, phone: str = PHONE, client: Client | None = None, **more: str):
    return (client or Client()).post("/thanh-toan/", {"ma": code, "dien_thoai": phone, **more})


def words(answer, status: int = 200) -> str:
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def attempts(code: str) -> int:
    row = queries.dossier(code, actor=make.clerk(), on=make.AT.date())
    return len(queries.whole(row).payments)


# --- what is owed -------------------------------------------------------------------------------------------------
def test_the_start_page_asks_for_the_dossier_and_tells_of_the_counter(offered) -> None:
    page = words(Client().get("/thanh-toan/?ma=H1<b>"))
    assert "H1&lt;b&gt;" in page
    assert "Nộp tại quầy" in page
    assert "chưa nhận thanh toán trực tuyến" not in page


def test_what_is_owed_is_shown_and_nothing_personal(up) -> None:
    row = make.paying()
    page = words(sent(row.code.lower()))
    assert "Còn phải nộp 50.000 đồng" in page
    assert "Trả 50.000 đồng qua VNPAY" in page
    assert "Thử" not in page.replace("Thử lại", "")
    assert attempts(row.code) == 0, "looking begins nothing"


def test_without_a_gateway_the_page_says_how_to_pay() -> None:
    row = make.paying()
    assert gateway.offered() is None
    page = words(sent(row.code, buoc="tra"))
    assert "chưa nhận thanh toán trực tuyến" in page
    assert "Còn phải nộp 50.000 đồng" in page
    assert "qua VNPAY" not in page
    assert attempts(row.code) == 0
    assert Client().get(BACK).status_code == 404


@pytest.mark.parametrize("phone", ["0912345679", "5678", "abc"])
def test_somebody_elses_dossier_is_not_found(offered, phone: str) -> None:
    row = make.paying()
    page = words(sent(row.code, phone, buoc="tra"), 404)
    assert "50.000" not in page
    assert words(sent("H61.25-261122-9999", phone), 404).count("Không có hồ sơ") >= 1
    assert attempts(row.code) == 0


def test_guessing_is_slow_and_a_blocked_guess_tells_nothing(offered) -> None:
    row = make.paying()
    answers = [sent(row.code, f"09000000{n:02d}").status_code for n in range(7)]
    assert answers == [404] * 5 + [429] * 2
    page = words(sent(row.code), 429)
    assert "50.000" not in page, "the right number is no longer judged either"


def test_a_signed_in_applicant_needs_no_phone(up) -> None:
    make.clerk()
    row, client = make.paying(user=make.actor("lan")), Client()
    client.force_login(User.objects.get(name="lan"), backend=BACKEND)
    assert "Còn phải nộp 50.000 đồng" in words(client.get(f"/thanh-toan/?ma={row.code}"))
    assert client.post("/thanh-toan/", {"ma": row.code, "buoc": "tra"}).status_code == 302
    other = make.paying().code
    assert "50.000" not in words(client.get(f"/thanh-toan/?ma={other}"))
    assert client.post("/thanh-toan/", {"ma": other, "buoc": "tra"}).status_code == 400
    assert attempts(other) == 0


def test_what_was_proved_once_is_not_asked_again(up) -> None:
    row, client, stranger = make.paying(), Client(), Client()
    assert PHONE.replace(" ", "") not in words(sent(row.code, PHONE, client)), "nor repeated on the page"
    assert "Còn phải nộp" in words(client.get(f"/thanh-toan/?ma={row.code}"))
    assert client.post("/thanh-toan/", {"ma": row.code, "buoc": "tra"}).status_code == 302
    assert "Còn phải nộp" not in words(stranger.get(f"/thanh-toan/?ma={row.code}"))
    assert stranger.post("/thanh-toan/", {"ma": row.code, "buoc": "tra"}).status_code == 400


def test_the_last_digits_open_the_state_but_pay_nothing(up) -> None:
    row, client = make.paying(), Client()
    client.post("/tra-cuu-ho-so/", {"ma": row.code, "so": "5678"})
    assert client.get(f"/ho-so/{row.code}/").status_code == 200
    assert "Còn phải nộp" not in words(client.get(f"/thanh-toan/?ma={row.code}"))
    assert client.post("/thanh-toan/", {"ma": row.code, "buoc": "tra"}).status_code == 400
    assert attempts(row.code) == 0


def test_empty_and_endless_fields_are_told_at_the_field(offered) -> None:
    assert words(sent("", ""), 400).count("Xin điền ô này") == 4, (
        "both fields, at the field and in the summary"
    )
    words(sent("x" * 5000, "1" * 5000), 400)
    assert words(sent("'; DROP TABLE x; --<script>"), 404).count("<script>") == 0


def test_forms_of_other_sites_are_refused(offered) -> None:
    row = make.paying()
    answer = Client(enforce_csrf_checks=True).post(
        "/thanh-toan/", {"ma": row.code, "dien_thoai": PHONE, "buoc": "tra"}
    )
    assert answer.status_code == 403
    assert attempts(row.code) == 0


# --- to the gateway -----------------------------------------------------------------------------------------------
def test_on_to_the_gateway_with_a_signed_order(up) -> None:
    row, here = make.paying(), Client(headers={"Host": "localhost"})
    answer = sent(row.code, PHONE, here, buoc="tra")
    assert answer.status_code == 302
    where = urlsplit(answer.headers["Location"])
    values = dict(parse_qsl(where.query))
    assert answer.headers["Location"].startswith(up.url + "?")
    assert values["vnp_Amount"] == "5000000"
    assert values["vnp_ReturnUrl"] == f"http://localhost{BACK}"
    assert values["vnp_OrderInfo"] == f"Thanh toan ho so {row.code}"
    assert values[HASH] == sign(values, US.secret)
    assert queries.attempt(values["vnp_TxnRef"], "vnpay").amount == 50_000
    assert up.counterpart.take(parse_qsl(where.query)).values["vnp_TxnRef"] == values["vnp_TxnRef"]
    assert "Có một lần thanh toán chưa biết kết quả" in words(sent(row.code))


def test_in_english_the_gateway_is_asked_for_english(up) -> None:
    answer = Client().post("/en/thanh-toan/", {"ma": make.paying().code, "dien_thoai": PHONE, "buoc": "tra"})
    values = dict(parse_qsl(urlsplit(answer.headers["Location"]).query))
    assert (values["vnp_Locale"], urlsplit(values["vnp_ReturnUrl"]).path) == ("en", f"/en{BACK}")


def test_a_gateway_that_is_down_is_told_and_nothing_begins(offered) -> None:
    row = make.paying()
    page = words(sent(row.code, buoc="tra"), 503)
    assert "Cổng thanh toán đang không trả lời" in page
    assert "Thử lại" in page
    assert attempts(row.code) == 0
    assert "Còn phải nộp 50.000 đồng" in page


def test_a_paid_dossier_has_nothing_to_pay(up) -> None:
    row = make.received()
    actions.take_payment(code=row.code, actor=make.clerk(), at=make.AT, seen=row.version)
    page = words(sent(row.code))
    assert "Không còn khoản nào phải nộp" in page
    assert "đã nộp" in page
    assert words(sent(row.code, buoc="tra"), 400).count("không có khoản nào phải nộp") >= 1


def test_forms_may_go_to_the_gateway_only_when_it_is_offered() -> None:
    assert "form-action 'self';" in settings.CONTENT_SECURITY_POLICY


# --- back ---------------------------------------------------------------------------------------------------------
def test_back_before_the_notice_it_waits_and_after_it_thanks(offered) -> None:
    attempt = make.asked(make.paying())
    query = told(attempt)
    page = words(Client().get(f"{BACK}?{query}"))
    assert "Đang chờ xác nhận" in page
    assert 'http-equiv="refresh"' in page
    assert queries.attempt(attempt.reference, "vnpay").state == "asked", "coming back pays nothing"
    Client().get(f"/api/v1/payments/vnpay?{query}")
    page = words(Client().get(f"{BACK}?{query}"))
    assert "Đã nhận được tiền" in page
    assert "14226112" in page
    assert 'http-equiv="refresh"' not in page
    part = words(Client().get(f"{BACK}?{query}", headers={"HX-Request": "true"}))
    assert "<html" not in part
    assert "Đã nhận được tiền" in part


@pytest.mark.parametrize(
    ("response", "said"),
    [
        ("24", "Bạn đã hủy giao dịch"),
        ("11", "hết thời gian"),
        ("51", "không đủ số dư"),
        ("99", "không thực hiện được"),
    ],
)
def test_back_without_money_says_why_and_how_on(offered, response: str, said: str) -> None:
    attempt = make.asked(make.paying())
    query = told(attempt, vnp_ResponseCode=response, vnp_TransactionStatus="02", vnp_TransactionNo="0")
    page = words(Client().get(f"{BACK}?{query}"))
    assert "Chưa thanh toán" in page
    assert said in page
    assert f"/thanh-toan/?ma={attempt.code}" in page


def test_back_with_doubted_money_asks_not_to_pay_again(offered) -> None:
    attempt = make.asked(make.paying())
    query = told(attempt, vnp_ResponseCode="07", vnp_TransactionStatus="07")
    for _ in range(2):
        page = words(Client().get(f"{BACK}?{query}"))
        assert "Giao dịch đang được kiểm tra" in page
        assert "Thanh toán lại" not in page
        Client().get(f"/api/v1/payments/vnpay?{query}")


def test_a_failure_carried_back_does_not_hide_a_success_we_know_of(offered) -> None:
    attempt = make.asked(make.paying())
    Client().get(f"/api/v1/payments/vnpay?{told(attempt)}")
    late = told(attempt, vnp_ResponseCode="24", vnp_TransactionStatus="02")
    assert "Đã nhận được tiền" in words(Client().get(f"{BACK}?{late}"))


@pytest.mark.parametrize(
    "alter",
    [
        lambda a: told(a).replace("vnp_ResponseCode=00", "vnp_ResponseCode=24"),
        lambda a: told(a, secret="guessed"),
        lambda a: told(a, vnp_TxnRef="HC261120NOBODYHASIT"),
        lambda a: told(a, vnp_TmnCode="OTHERS01"),
        lambda a: "",
        lambda a: "vnp_TxnRef=<script>alert(1)</script>",
        lambda a: "x" * 100_000,
    ],
)
def test_what_is_not_proved_is_not_shown(offered, alter) -> None:
    attempt = make.asked(make.paying())
    page = words(Client().get(f"{BACK}?{alter(attempt)}"), 400)
    assert "Không xác minh được" in page
    assert attempt.reference not in page.replace("vnp_TxnRef=" + attempt.reference, "")
    assert "<script>alert" not in page
