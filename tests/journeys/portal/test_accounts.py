"""Đăng nhập và tài khoản của tôi."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from haicap.base.refused import Refused
from haicap.kernel.accounts import actions, factors, identity, letters
from haicap.kernel.accounts.queries import user_named

pytestmark = pytest.mark.django_db

PASSWORD = "con trâu đi trước cái cày"


def now() -> datetime:
    return datetime.now(tz=UTC)


@pytest.fixture
def citizen():
    return actions.register_citizen(
        name="lan@vidu.vn", password=PASSWORD, display_name="Lê Thị Lan", actor=actions.SELF, at=now()
    )


@pytest.fixture
def officer():
    return actions.create_officer(
        name="tran.minh", display_name="Trần Minh", password=PASSWORD, actor="system", at=now()
    )


def sign_in(client, name, password=PASSWORD, **more):
    return client.post("/dang-nhap/", {"name": name, "password": password}, **more)


def test_citizen_signs_in_sees_sessions_and_leaves(client, citizen):
    response = sign_in(client, "LAN@vidu.vn", follow=True)
    page = response.content.decode()
    assert "Lê Thị Lan" in page and "phiên này" in page
    assert response.headers["Cache-Control"].startswith("max-age=0")
    client.post("/dang-xuat/")
    assert client.get("/tai-khoan/").status_code == 302


def test_unknown_name_and_wrong_password_look_the_same(client, citizen):
    wrong = sign_in(client, "lan@vidu.vn", "sai mật khẩu rồi")
    unknown = sign_in(client, "hong@vidu.vn", "sai mật khẩu rồi")
    strip = lambda r: re.sub(r'value="[^"]*"', "", r.content.decode())  # noqa: E731
    assert wrong.status_code == unknown.status_code
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in wrong.content.decode()
    assert strip(wrong) == strip(unknown)


def test_the_password_never_comes_back_in_the_page(client, citizen):
    page = sign_in(client, "lan@vidu.vn", "một mật khẩu sai nào đó").content.decode()
    assert "một mật khẩu sai nào đó" not in page


def test_too_many_tries_say_how_long(client, citizen):
    last = [sign_in(client, "lan@vidu.vn", "sai sai sai sai") for _ in range(8)][-1]
    assert last.status_code == 429
    assert "Đã thử quá nhiều lần" in last.content.decode()


def test_next_is_followed_only_inside_the_site(client, citizen):
    client.get("/dang-nhap/", {"next": "/cai-cach/"})
    assert sign_in(client, "lan@vidu.vn").headers["Location"] == "/cai-cach/"
    client.post("/dang-xuat/")
    client.get("/dang-nhap/", {"next": "https://evil.example/"})
    assert sign_in(client, "lan@vidu.vn").headers["Location"] == "/tai-khoan/"


def test_officer_sets_up_the_second_factor_before_anything_else(client, officer):
    assert sign_in(client, "tran.minh").headers["Location"] == "/dang-nhap/thiet-lap/"
    assert client.get("/tai-khoan/").status_code == 302, "the password alone must not open the account"
    page = client.get("/dang-nhap/thiet-lap/").content.decode()
    assert "<svg" in page and "style=" not in page
    bad = client.post("/dang-nhap/thiet-lap/", {"code": "000000"})
    assert bad.status_code == 400
    code = factors.code_now(officer, at=now())
    done = client.post("/dang-nhap/thiet-lap/", {"code": code}).content.decode()
    assert "mã dự phòng" in done and done.count('class="code"') >= 8
    assert client.get("/tai-khoan/").status_code == 200


def test_officer_signs_in_with_a_code_that_counts_once(client, officer):
    begun = now() - timedelta(minutes=5)
    actions.enrol_totp(user=officer.public_id, actor=officer.actor, at=begun)
    actions.confirm_totp(
        user=officer.public_id, code=factors.code_now(officer, at=begun), actor=officer.actor, at=begun
    )
    assert sign_in(client, "tran.minh").headers["Location"] == "/dang-nhap/ma/"
    assert client.post("/dang-nhap/ma/", {"code": "12"}).status_code == 400
    code = factors.code_now(officer, at=now())
    assert client.post("/dang-nhap/ma/", {"code": code}).status_code == 302
    client.post("/dang-xuat/")
    sign_in(client, "tran.minh")
    assert client.post("/dang-nhap/ma/", {"code": code}).status_code == 400


def test_second_step_without_the_first_leads_back(client):
    assert client.get("/dang-nhap/ma/").headers["Location"] == "/dang-nhap/"
    assert client.get("/dang-nhap/thiet-lap/").headers["Location"] == "/dang-nhap/"


def test_citizen_turns_the_second_factor_on_and_off(client, citizen):
    sign_in(client, "lan@vidu.vn")
    client.post("/tai-khoan/hai-lop/")
    at = now()
    client.post("/dang-nhap/thiet-lap/", {"code": factors.code_now(citizen, at=at)})
    assert "đang bật" in client.get("/tai-khoan/").content.decode()
    assert client.post("/tai-khoan/hai-lop/tat/", {"code": "999999"}).status_code == 400
    later = factors.code_now(citizen, at=at + timedelta(seconds=30))
    client.post("/tai-khoan/hai-lop/tat/", {"code": later})
    assert "chưa bật" in client.get("/tai-khoan/").content.decode()


def test_ending_other_sessions(client, citizen):
    from django.test import Client

    other = Client()
    sign_in(other, "lan@vidu.vn")
    sign_in(client, "lan@vidu.vn")
    page = client.get("/tai-khoan/").content.decode()
    target = re.search(r"/tai-khoan/phien/([0-9a-f-]{36})/", page)
    assert target
    client.post(target.group())
    assert other.get("/tai-khoan/").status_code == 302
    assert client.get("/tai-khoan/").status_code == 200
    assert client.get(target.group()).status_code == 405


def test_changing_the_password(client, citizen):
    sign_in(client, "lan@vidu.vn")
    weak = client.post("/tai-khoan/mat-khau/", {"current": PASSWORD, "password": "1234567890"})
    assert weak.status_code == 400 and "id_password" in weak.content.decode()
    wrong = client.post("/tai-khoan/mat-khau/", {"current": "không phải", "password": "mưa dầm thấm lâu 9"})
    assert "Mật khẩu hiện tại không đúng." in wrong.content.decode()
    client.post("/tai-khoan/mat-khau/", {"current": PASSWORD, "password": "mưa dầm thấm lâu 9"})
    client.post("/dang-xuat/")
    assert sign_in(client, "lan@vidu.vn", "mưa dầm thấm lâu 9").status_code == 302


def test_registration_by_letter(client):
    asked = client.post("/dang-ky/", {"name": "moi@vidu.vn"})
    assert "Đã nhận yêu cầu" in asked.content.decode()
    assert letters.answer_all(at=now()) == 1
    link = re.search(r"https?://[^/]+(/\S+)", mail.outbox[0].body)
    assert link
    page = client.get(link[1])
    assert page.status_code == 200 and "moi@vidu.vn" in page.content.decode()
    assert client.post(link[1], {"display_name": "Mới", "password": "ngắn"}).status_code == 400
    done = client.post(link[1], {"display_name": "Mới", "password": PASSWORD}, follow=True)
    assert "Đã tạo tài khoản" in done.content.decode()
    assert user_named("moi@vidu.vn") is not None
    assert client.get(link[1]).status_code == 400, "a link works once"


def test_asking_for_a_password_tells_nothing(client, citizen):
    known = client.post("/quen-mat-khau/", {"name": "lan@vidu.vn"}).content
    unknown = client.post("/quen-mat-khau/", {"name": "khong-co@vidu.vn"}).content
    assert known == unknown
    letters.answer_all(at=now())
    assert [m.to for m in mail.outbox] == [["lan@vidu.vn"]]
    link = re.search(r"https?://[^/]+(/\S+)", mail.outbox[0].body)
    assert link
    client.post(link[1], {"password": "mưa dầm thấm lâu 9"})
    assert sign_in(client, "lan@vidu.vn", "mưa dầm thấm lâu 9").status_code == 302


@pytest.mark.parametrize("path", ["/dang-nhap/", "/dang-ky/", "/quen-mat-khau/"])
def test_empty_forms_say_what_is_missing_at_the_field_and_on_top(client, path):
    page = client.post(path, {}).content.decode()
    assert page.count("Xin điền ô này.") >= 2
    assert 'role="alert"' in page and 'aria-invalid="true"' in page


def test_hostile_names_are_refused_not_broken(client):
    for name in ("\x00", "x" * 5000, "<b>", "a@b" * 70, "🏠"):
        assert sign_in(client, name).status_code in (400, 429)


def test_forms_need_their_seal(citizen):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    response = strict.post("/dang-nhap/", {"name": "lan@vidu.vn", "password": PASSWORD})
    assert response.status_code == 403


def test_english_sign_in(client, citizen):
    page = client.post(
        "/en/dang-nhap/", {"name": "lan@vidu.vn", "password": "sai sai sai sai"}
    ).content.decode()
    assert "The name or the password is wrong." in page


class Provider:
    """A provider that knows one person, without a network."""

    key = "vneid"
    label = "VNeID"

    def start(self, *, return_to):
        return identity.Start(f"https://id.example/?to={return_to}", {"state": "s1"})

    def finish(self, *, query, memory, return_to):
        if query.get("state") != memory["state"]:
            raise Refused("identity_failed", "Không xác nhận được danh tính từ nhà cung cấp.")
        return identity.Person("vneid", "0123", "Phạm Thị Mơ")


@pytest.fixture
def provider(monkeypatch):
    monkeypatch.setitem(identity._providers, "vneid", Provider())


def test_signing_in_by_a_provider_and_coming_back(client, provider):
    assert "VNeID" in client.get("/dang-nhap/").content.decode()
    begun = client.get("/dang-nhap/qua/vneid/")
    assert begun.headers["Location"].startswith("https://id.example/")
    back = client.get("/dang-nhap/qua/vneid/ve/", {"state": "s1"}, follow=True)
    assert "Phạm Thị Mơ" in back.content.decode()
    again = client.get("/dang-nhap/qua/vneid/ve/", {"state": "s1"})
    assert again.status_code == 400, "an answer of the provider counts once"


def test_an_answer_of_a_provider_nobody_asked_for_opens_nothing(client, provider):
    assert client.get("/dang-nhap/qua/vneid/ve/", {"state": "s1"}).status_code == 400
    client.get("/dang-nhap/qua/vneid/")
    assert client.get("/dang-nhap/qua/vneid/ve/", {"state": "other"}).status_code == 400
    assert client.get("/tai-khoan/").status_code == 302
    assert client.get("/dang-nhap/qua/none/").status_code == 404


def test_erasing_ones_account(client, citizen):
    sign_in(client, "lan@vidu.vn")
    assert client.post("/tai-khoan/xoa/", {"password": PASSWORD}).status_code == 400, "not sure yet"
    assert client.post("/tai-khoan/xoa/", {"password": "sai", "sure": "on"}).status_code == 400
    done = client.post("/tai-khoan/xoa/", {"password": PASSWORD, "sure": "on"}, follow=True)
    assert "Đã xóa tài khoản" in done.content.decode()
    assert user_named("lan@vidu.vn") is None
    assert sign_in(client, "lan@vidu.vn").status_code == 400


def test_officers_do_not_erase_themselves(client, officer):
    begun = now() - timedelta(minutes=5)
    actions.enrol_totp(user=officer.public_id, actor=officer.actor, at=begun)
    actions.confirm_totp(
        user=officer.public_id, code=factors.code_now(officer, at=begun), actor=officer.actor, at=begun
    )
    sign_in(client, "tran.minh")
    client.post("/dang-nhap/ma/", {"code": factors.code_now(officer, at=now())})
    assert (
        client.post("/tai-khoan/xoa/", {"password": PASSWORD, "sure": "on"}).headers["Location"]
        == "/tai-khoan/"
    )
    assert user_named("tran.minh") is not None
