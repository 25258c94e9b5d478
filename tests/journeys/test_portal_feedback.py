"""Phản ánh ở cổng: written in two steps without JavaScript, followed by its sender alone, answered, published."""

from __future__ import annotations

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from haicap.domain.feedback import actions
from haicap.domain.feedback.models import Source, Ticket
from haicap.domain.feedback.tests import make
from haicap.domain.feedback.tests.make import ANSWER, WHO, do, row
from haicap.kernel.accounts.sessions import BACKEND
from haicap.kernel.files.tests import papers
from haicap.web.common import clock

pytestmark = pytest.mark.django_db
NOW = make.MORNING
ABOUT = {
    "loai": "procedure",
    "noi-dung": "Hồ sơ khai sinh nộp đã hai tuần, bộ phận một cửa không trả kết quả và không nói vì sao.",
    "dia-chi": "Phường Sa Pa, Lào Cai",
    "tiep": "1",
}
PERSON = {"ho_ten": "Nguyễn Thị Không Có Thật", "dien_thoai": "0912345678"}


@pytest.fixture
def w(register, procedures, settings, monkeypatch, tmp_path):
    """A ward with its people; the clock of the door stands at their morning."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.DATA_FOLDER = tmp_path
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return make.world(register)


def text(response) -> str:
    return response.content.decode()


def sent(client: Client, person=PERSON, **about) -> tuple[str, str]:
    """A ticket sent by walking the pages; its code and key."""
    first = client.post("/phan-anh/gui/", ABOUT | about)
    assert (first.status_code, first["Location"]) == (302, "/phan-anh/gui/nguoi-gui/"), text(first)
    second = client.post("/phan-anh/gui/nguoi-gui/", person)
    assert (second.status_code, second["Location"]) == (302, "/phan-anh/da-gui/"), text(second)
    code, key = re.findall(r'class="big-code code">([^<]+)<', text(client.get("/phan-anh/da-gui/")))
    return code, key


def opened(code: str, told: str, client: Client | None = None) -> Client:
    """A browser that gave code and key or digits."""
    browser = client or Client()
    response = browser.post("/phan-anh/theo-doi/", {"ma": code, "khoa": told})
    assert response.status_code == 302, text(response)
    return browser


def test_two_steps_and_the_key_is_told_once(w, client):
    code, key = sent(client)
    ticket = row(code)
    assert (ticket.organ_id, ticket.sender_phone, ticket.channel) == (w.committee, "0912345678", "portal")
    page = text(client.get("/phan-anh/da-gui/"))
    assert "25/11/2026 17:00" in page and "14/12/2026 17:00" in page
    assert client.post("/phan-anh/da-gui/")["Location"] == f"/phan-anh/phieu/{code}/"
    assert client.get("/phan-anh/da-gui/").status_code == 302
    assert key not in text(client.get(f"/phan-anh/phieu/{code}/"))


def test_what_was_typed_is_kept_and_sent_once(w, client):
    wrong = client.post("/phan-anh/gui/", ABOUT | {"dia-chi": ""})
    assert wrong.status_code == 400 and "hai tuần" in text(wrong)
    assert "hai tuần" in text(client.get("/phan-anh/gui/"))
    client.post("/phan-anh/gui/", ABOUT)
    unnamed = client.post("/phan-anh/gui/nguoi-gui/", {})
    assert unnamed.status_code == 400 and not Ticket.objects.exists()
    assert "Ủy ban nhân dân phường Sa Pa" in text(unnamed)
    draft = dict(client.session["portal_ticket_draft"])
    client.post("/phan-anh/gui/nguoi-gui/", PERSON)
    session = client.session  # the browser's second click, with the page it still had
    session["portal_ticket_draft"] = draft
    session.save()
    assert client.post("/phan-anh/gui/nguoi-gui/", PERSON)["Location"] == "/phan-anh/da-gui/"
    assert Ticket.objects.count() == 1


def test_an_address_that_means_several_is_asked_back(w, client):
    asked = client.post("/phan-anh/gui/", ABOUT | {"dia-chi": "Phường Cửa Nam, Hà Nội"})
    assert asked.status_code == 400
    codes = re.findall(r'name="don-vi" value="(\d+)"', text(asked))
    assert len(codes) > 1
    sent(client, **{"dia-chi": "Phường Cửa Nam, Hà Nội", "don-vi": codes[1]})
    assert Ticket.objects.get().unit is not None


def test_unnamed_only_where_allowed_and_opened_by_key_alone(w, client):
    code, key = sent(client, {"khong_ten": "on"}, loai="rule")
    assert row(code).sender_name == "" and row(code).sender_user == ""
    assert Client().post("/phan-anh/theo-doi/", {"ma": code, "khoa": "5678"}).status_code == 404
    opened(code, key.lower())
    client.post("/phan-anh/gui/", ABOUT | {"loai": "officer"})
    refused = client.post("/phan-anh/gui/nguoi-gui/", {"khong_ten": "on"})
    assert refused.status_code == 400 and Ticket.objects.count() == 1


def test_files_go_with_it_and_come_back_to_the_sender_only(w, client):
    picture = SimpleUploadedFile("anh.png", papers.png(), "image/png")
    client.post("/phan-anh/gui/", ABOUT | {"tep": picture, "tiep": ""})
    bad = SimpleUploadedFile("x.html", b"<script>alert(1)</script>", "text/html")
    refused = client.post("/phan-anh/gui/", ABOUT | {"tep": bad})
    assert refused.status_code == 400 and "anh.png" in text(refused)
    code, _ = sent(client)
    file = row(code).attachments.get().file
    assert client.get(f"/phan-anh/phieu/{code}/tep/{file}/").status_code == 200
    assert Client().get(f"/phan-anh/phieu/{code}/tep/{file}/").status_code == 404


def test_strangers_see_nothing(w, client):
    code, key = sent(client)
    other, _ = sent(Client(), loai="rule")
    stranger = opened(other, "5678")
    for path in ("", "bo-sung/", "rut/", "mo-lai/"):
        found = stranger.get(f"/phan-anh/phieu/{code}/{path}")
        assert found.status_code in (302, 404) and "hai tuần" not in text(found)
    assert stranger.post(f"/phan-anh/phieu/{code}/danh-gia/", {"danh-gia": "like"}).status_code == 404
    wrong = [
        Client().post("/phan-anh/theo-doi/", {"ma": code, "khoa": f"{n:04}"}).status_code for n in range(8)
    ]
    assert wrong[0] == 404 and wrong[-1] == 429
    opened(code, key)  # guessing digits does not keep the owner out


def test_asked_supplied_answered_rated_and_reopened(w, client):
    code, key = sent(client)
    do(actions.ask_more, code, w.officer, question="Mã hồ sơ của bà là gì?")
    looks = opened(code, "5678")
    paused = text(looks.get(f"/phan-anh/phieu/{code}/"))
    assert "Mã hồ sơ của bà là gì?" in paused and "đang tạm dừng" in paused
    assert not re.search(r"còn \d+ ngày", paused)  # no days run while the citizen is asked
    assert looks.post(f"/phan-anh/phieu/{code}/bo-sung/", {"noi-dung": "x", "gui": "1"}).status_code == 403
    by_digits = opened(code, "0912 345 678")
    empty = by_digits.post(f"/phan-anh/phieu/{code}/bo-sung/", {"noi-dung": "", "gui": "1"})
    assert empty.status_code == 400
    by_digits.post(f"/phan-anh/phieu/{code}/bo-sung/", {"noi-dung": "Mã là H38.", "gui": "1"})
    make.drafted(code, w.officer)
    hidden = text(client.get(f"/phan-anh/phieu/{code}/"))
    assert ANSWER.text not in hidden and "Mã là H38." in hidden
    do(actions.submit_answer, code, w.officer)
    do(actions.approve_answer, code, w.leader)
    assert "Chúng tôi xin lỗi" in text(client.get(f"/phan-anh/phieu/{code}/"))
    # an officer knows the telephone: its digits do not rate
    assert by_digits.post(f"/phan-anh/phieu/{code}/danh-gia/", {"danh-gia": "like"}).status_code == 403
    client.post(f"/phan-anh/phieu/{code}/danh-gia/", {"danh-gia": "dislike"})
    assert row(code).rating == "dislike"
    client.post(f"/phan-anh/phieu/{code}/mo-lai/", {"noi-dung": "Vẫn chưa có."})
    assert (row(code).state, row(code).hop) == ("received", 1)
    page = text(client.get(f"/phan-anh/phieu/{code}/"))
    assert "Câu trả lời trước, bạn đã mở lại" in page and "Chúng tôi xin lỗi" in page
    assert client.post(f"/phan-anh/phieu/{code}/rut/")["Location"] == f"/phan-anh/phieu/{code}/"
    assert row(code).state == "withdrawn"
    assert key not in text(client.get(f"/phan-anh/phieu/{code}/"))


def test_published_answers_are_found_and_name_nobody(w, client):
    made = make.answered(w)
    answer = do(actions.publish_answer, made.code, w.officer)
    listed = text(client.get("/phan-anh/cong-khai/", {"tim": "ho so QUA han", "loai": "procedure"}))
    assert answer.code in listed and WHO.name not in listed and made.code not in listed
    assert answer.code not in text(client.get("/phan-anh/cong-khai/", {"loai": "officer"}))
    page = text(client.get(f"/phan-anh/cong-khai/{answer.code}/"))
    assert "văn bản xin lỗi" in page and WHO.name not in page and made.code not in page
    assert client.get("/phan-anh/cong-khai/TL000000-XXXXXXXX/").status_code == 404
    feed = client.get("/phan-anh/cong-khai/nguon.atom")
    assert feed["Content-Type"].startswith("application/atom+xml") and answer.code in text(feed)
    client.post("/phan-anh/gui/", ABOUT | {"noi-dung": "Hồ sơ quá hạn thì hỏi ở đâu, ai trả lời?"})
    assert answer.code in text(client.get("/phan-anh/gui/nguoi-gui/"))  # before it is sent


def test_figures_and_open_data_without_personal_text(w, client):
    made = make.answered(w)
    days = {"tu": "01/11/2026", "den": "30/11/2026"}
    page = text(client.get("/phan-anh/so-lieu/", days))
    assert "Ủy ban nhân dân phường Sa Pa" in page and 'class="in-time"' in page
    response = client.get("/phan-anh/so-lieu/phieu.csv", days)
    lines = b"".join(response.streaming_content).decode()
    assert str(row(made.code).public_id) in lines
    for secret in (made.code, WHO.name, "0912345678", "hai tuần"):
        assert secret not in lines
    assert client.get("/phan-anh/so-lieu/", {"tu": "31/02/2026"}).status_code == 400
    assert client.get("/phan-anh/so-lieu/", {"tu": "01/01/2020"}).status_code == 400


def test_mine_are_those_of_my_account(w, client):
    client.force_login(w.neighbour, backend=BACKEND)
    code, _ = sent(client, {"ho_ten": "", "dien_thoai": ""})
    assert code in text(client.get("/phan-anh/cua-toi/"))
    other = Client()
    other.force_login(w.officer, backend=BACKEND)
    assert code not in text(other.get("/phan-anh/cua-toi/"))
    assert Client().get("/phan-anh/cua-toi/").status_code == 302
    assert opened_by_account(w, code)


def opened_by_account(w, code: str) -> bool:
    again = Client()  # another computer, the same account
    again.force_login(w.neighbour, backend=BACKEND)
    return again.get(f"/phan-anh/phieu/{code}/").status_code == 200


def test_a_source_without_end_keeps_its_words_and_is_shown_the_hotline(w, client):
    sent(client)
    Source.objects.update(count=20)
    client.post("/phan-anh/gui/", ABOUT | {"noi-dung": "Một việc khác hẳn việc trước, xin xem giúp."})
    stopped = client.post("/phan-anh/gui/nguoi-gui/", PERSON)
    assert stopped.status_code == 429
    assert "việc khác hẳn" in text(stopped) and "1800 1096" in text(stopped)


def test_pages_need_few_statements(w, client, django_assert_max_num_queries):
    code, _ = sent(client)
    with django_assert_max_num_queries(12):
        client.get(f"/phan-anh/phieu/{code}/")
    with django_assert_max_num_queries(6):
        client.get("/phan-anh/cong-khai/")
    with django_assert_max_num_queries(6):
        client.get("/phan-anh/so-lieu/")
    with django_assert_max_num_queries(4):
        client.get("/phan-anh/")


def test_start_leads_complaints_to_their_procedures_in_both_languages(w, client):
    page = text(client.get("/phan-anh/"))
    assert '/thu-tuc/2.002396/"' in page and '/thu-tuc/2.002409/"' in page and "tel:18001096" in page
    assert "chưa xác minh" in page
    assert text(client.get("/en/phan-anh/")).count('lang="en"') >= 1
    client.post("/phan-anh/gui/", ABOUT | {"noi-dung": "Tôi muốn tố cáo ông X nhận tiền."})
    assert "không thay được đơn tố cáo" in text(client.get("/phan-anh/gui/nguoi-gui/"))
