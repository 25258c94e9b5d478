"""Guidance at the console: written, looked at, submitted, approved by another, compared, withdrawn; questions settled."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from haicap.base.dates import show_date, today
from haicap.domain.guidance import actions, queries
from haicap.domain.guidance.models import Piece
from haicap.domain.guidance.tests import make
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.kernel.accounts.models import User
from tests.journeys.console.cast import signed_in

pytestmark = pytest.mark.django_db
ROOT = "/quan-tri/bai-viet/"
DAY = timedelta(days=1)


def proved(user: User) -> Client:
    import pyotp

    from haicap.kernel.accounts import actions as accounts

    at, secret = datetime.now(UTC), pyotp.random_base32()
    accounts.enrol_totp(user=user.public_id, secret=secret, actor="system", at=at)
    accounts.confirm_totp(user=user.public_id, code=pyotp.TOTP(secret).at(at), actor="system", at=at)
    return signed_in(user)


@pytest.fixture
def lan(register) -> Client:
    return proved(make.editor())


@pytest.fixture
def chi(register) -> Client:
    return proved(make.approver())


def now() -> date:
    return today(datetime.now(UTC))


def form(**changes: object) -> dict[str, object]:
    given: dict[str, object] = {
        "seen": 0, "kind": "answer", "title": "Ai trả lời câu hỏi này?", "summary": "Bộ giữ điều khoản.", "audiences": ["citizen", "commune"],
        "body": "Theo **Nghị định 118/2025/NĐ-CP**, điều 17.\n\n- một\n- hai", "citations": "118/2025/NĐ-CP, điều 17\n150/2025/NĐ-CP",
        "evidence": "confirmed", "topic": "mot-cua",
    }  # fmt: skip
    return given | changes


def post(client: Client, path: str, expect: int = 302, **data: object) -> str:
    response = client.post(ROOT + path, data)
    assert response.status_code == expect, response.content.decode()[:3000]
    return response.headers.get("Location", "") or response.content.decode()


CODE = "ai-tra-loi-cau-hoi-nay"


def seen() -> int:
    return make.seen(CODE)


def test_from_a_form_to_the_public_page(lan, chi) -> None:
    shown = post(lan, "moi/", 200, **form(viec="xem"))
    assert "<strong>" in shown and "Xem trước" in shown and not Piece.objects.filter(code=CODE).exists()
    assert post(lan, "moi/", **form()) == f"{ROOT}{CODE}/1/"
    page = lan.get(f"{ROOT}{CODE}/1/").content.decode()
    assert (
        'value="submit"' in page
        and 'value="publish"' not in page
        and 'href="/van-ban/118-2025-nd-cp/' in page
    )
    post(lan, f"{CODE}/1/", viec="submit", seen=seen())
    assert "lãnh đạo khác phải duyệt" in lan.get(f"{ROOT}{CODE}/1/").content.decode()
    post(chi, f"{CODE}/1/", viec="publish", seen=seen(), since=show_date(now()))
    assert queries.shelf.now() and queries.piece(CODE, now()).version == 1
    public = Client().get(f"/hoi-dap/{CODE}/").content.decode()
    assert "Bộ giữ điều khoản." in public and "<li>một</li>" in public


def test_returned_compared_withdrawn(lan, chi) -> None:
    post(lan, "moi/", **form())
    post(lan, f"{CODE}/1/", viec="submit", seen=seen())
    assert "Điều cần sửa" in post(chi, f"{CODE}/1/", 400, viec="return", seen=seen(), why="")
    post(chi, f"{CODE}/1/", viec="return", seen=seen(), why="Thêm ví dụ")
    assert "Thêm ví dụ" in lan.get(f"{ROOT}{CODE}/1/").content.decode()
    post(lan, f"{CODE}/1/sua/", **form(seen=seen(), body="Ví dụ."))
    post(lan, f"{CODE}/1/", viec="submit", seen=seen())
    post(chi, f"{CODE}/1/", viec="publish", seen=seen(), since=show_date(now()))
    post(lan, f"{CODE}/soan/", **form(seen=seen(), body="Ví dụ khác.", citations=""))
    page = lan.get(f"{ROOT}{CODE}/2/").content.decode()
    assert "<del>Ví dụ.</del>" in page and "<ins>Ví dụ khác.</ins>" in page
    assert (
        "118/2025/NĐ-CP, điều 17</del><br><del>150/2025/NĐ-CP</del>" in page
        and "<del>Bộ giữ điều khoản.</del>" not in page
    )
    post(lan, f"{CODE}/2/", viec="drop", seen=seen())
    post(chi, f"{CODE}/1/", viec="withdraw", seen=seen(), until=show_date(now() + DAY), why="Không còn đúng")
    queries.shelf.now()
    assert queries.kept(CODE, now()) and queries.kept(CODE, now() + DAY) is None


def test_stale_and_hostile(lan) -> None:
    post(lan, "moi/", **form())
    assert lan.post(f"{ROOT}{CODE}/1/", {"viec": "submit", "seen": 99}).status_code == 409
    assert "mã HTML" in post(lan, "moi/", 400, **form(title="Khác", body="<script>alert(1)</script>"))
    assert "mã HTML" in post(lan, "moi/", 400, **form(title="Khác", viec="xem", body="<img src=x>"))
    assert "không dùng được" in post(lan, "moi/", 400, **form(title="Khác", body="[x](javascript:alert(1))"))
    assert "Điều chưa chắc" in post(lan, "moi/", 400, **form(title="Khác", evidence="unconfirmed"))
    for value in ("\0", "x" * 100_000, "9" * 30):
        assert lan.post(f"{ROOT}{CODE}/1/", {"viec": value, "seen": value}).status_code in (302, 400)
    assert lan.get(f"{ROOT}?tim=%00&loai=x&trang-thai=%27&cho=(&trang=-1").status_code == 200


def test_who_may_open_what(register) -> None:
    unit = next(iter(register.children("p:15@2025-07-01", make.NOW, "commune"))).uid
    commune = proved(appointed("xa.lan", "commune_office", Role.LEADER, unit))
    officer = proved(make.editor("can.bo"))
    post(officer, "moi/", **form())
    pages = ("", "moi/", "ra-soat/", "cau-hoi/", f"{CODE}/soan/", f"{CODE}/1/sua/")
    assert {commune.get(ROOT + page).status_code for page in pages} == {403}
    assert {officer.get(ROOT + page).status_code for page in pages} == {200}
    assert Client().get(ROOT).status_code == 302
    for page in (f"{CODE}/", f"{CODE}/1/"):  # drafts may be read by officers, not changed
        assert commune.get(ROOT + page).status_code == 200
    before = seen()
    for work in ("submit", "publish", "drop", "return", "withdraw", "confirm"):
        commune.post(
            f"{ROOT}{CODE}/1/",
            {"viec": work, "seen": before, "since": "01/12/2026", "why": "x", "until": "01/12/2026"},
        )
    officer.post(f"{ROOT}{CODE}/1/", {"viec": "publish", "seen": before, "since": "01/12/2026"})
    assert seen() == before


def test_reviews_name_what_changed_and_what_will(lan) -> None:
    page = lan.get(ROOT + "ra-soat/").content.decode()
    assert "Sẽ thay đổi trong" in page and "hết hiệu lực từ 01/03/2027" in page
    assert lan.get(ROOT + "moc-01-3-2027/").status_code == 200


def test_questions_are_settled(lan) -> None:
    ask = {"behaviour": "refuse", "actor": "assistant", "at": make.AT}
    for _ in range(3):
        actions.note_question(text="làm giấy ABC gọi 0912345678", **ask)
    row = actions.note_question(text="Hỏi gì đó khác", **ask)
    page = lan.get(ROOT + "cau-hoi/").content.decode()
    assert "0912345678" not in page and page.index("làm giấy ABC") < page.index("Hỏi gì đó khác")
    path = f"cau-hoi/{row.pk}/"
    assert "Xin ghi vì sao" in post(lan, path, 400, how="dropped", seen=1)
    assert "Không có bài" in post(lan, path, 400, how="article", piece="khong-co", seen=1)
    post(lan, path, how="article", piece="gui-phan-anh-the-nao", seen=1)
    assert "Hỏi gì đó khác" not in lan.get(ROOT + "cau-hoi/").content.decode()
    assert "Hỏi gì đó khác" in lan.get(ROOT + "cau-hoi/?trang-thai=settled").content.decode()


def test_statements_of_lists(lan, django_assert_max_num_queries) -> None:
    lan.get(ROOT)
    for path, most in (("", 12), ("ra-soat/", 10), ("cau-hoi/", 12)):
        with django_assert_max_num_queries(most):
            assert lan.get(ROOT + path).status_code == 200
