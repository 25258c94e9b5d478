"""Posts, appointments and accounts through the pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.urls import reverse

from haicap.domain.units import policy, queries
from haicap.domain.units.policy import Verb
from haicap.kernel.accounts import factors, signing_in
from haicap.kernel.accounts import queries as people
from haicap.kernel.ledger.deliveries import subscribe, unsubscribe
from haicap.kernel.ledger.jobs import deliver
from haicap.web.common import clock
from tests.journeys.console import cast as made
from tests.journeys.console.test_pages import body


def url(name: str, *args: object) -> str:
    return reverse(f"console:{name}", args=args)


@pytest.fixture
def chairman(cast):
    return made.signed_in(cast["dung.sapa"])


@pytest.fixture
def seat(cast):
    """The chairman's appointment."""
    return queries.appointments_of(cast["dung.sapa"].pk).get()


def day(shift: int) -> str:
    return f"{clock.today() + timedelta(days=shift):%d/%m/%Y}"


def test_search_pick_appoint_end(chairman, cast, seat) -> None:
    organ = seat.post.organ_id
    chairman.post(url("organ-post", organ), {"title": "Phó Chủ tịch", "role": "deputy"})
    post = queries.posts_of(organ).get(title="Phó Chủ tịch")
    found = body(chairman.get(url("organ-appoint", organ, post.pk), {"tim": "hương giang"}))
    giang = cast["giang.sapa"]
    assert f"?can-bo={giang.public_id}" in found and "Hoàng Thị Lan" not in found
    form = {"officer": str(giang.public_id), "since": day(0), "until": "", "decision": "5/QĐ-UBND"}
    assert chairman.post(url("organ-appoint", organ, post.pk), form).status_code == 302
    assert Verb.APPOINT in policy.rights(policy.held(giang.actor, clock.today()))
    page = body(chairman.get(url("organ", organ)))
    assert "Vũ Hương Giang" in page and "5/QĐ-UBND" in page
    held = queries.holders_of(post.pk).get()
    end = chairman.post(url("organ-appointment-end", held.pk), {"seen": held.version, "until": day(3)})
    assert end.status_code == 302
    assert policy.held(giang.actor, clock.today() + timedelta(days=2))[-1].title == "Phó Chủ tịch"
    assert all(h.title != "Phó Chủ tịch" for h in policy.held(giang.actor, clock.today() + timedelta(days=3)))
    again = chairman.post(url("organ-appointment-end", held.pk), {"seen": held.version, "until": day(4)})
    assert again.status_code == 409
    assert "Thôi giữ vị trí" in body(chairman.get(url("appointment", held.pk)))


def test_a_single_seat_is_not_given_twice_and_the_page_says_who_sits_there(chairman, cast, seat) -> None:
    form = {"officer": str(cast["giang.sapa"].public_id), "since": day(1), "until": "", "decision": "6/QĐ"}
    answer = chairman.post(url("organ-appoint", seat.post.organ_id, seat.post_id), form)
    page = body(answer)
    assert answer.status_code == 400 and "đã có người giữ" in page and "Phạm Văn Dũng" in page


def test_who_held_a_post_on_a_day(chairman, seat) -> None:
    before = body(chairman.get(url("organ", seat.post.organ_id), {"ngay": "2026-01-01"}))
    assert "Phạm Văn Dũng" in before.split("Mọi bổ nhiệm")[0]
    file = body(chairman.get(url("organ-csv", seat.post.organ_id)))
    assert "Phạm Văn Dũng" in file and "01/07/2025" in file


def test_organs_are_found_by_code_and_name(chairman) -> None:
    assert "Trung tâm Phục vụ hành chính công" in body(chairman.get(url("organs"), {"don-vi": "03006"}))
    assert "Chọn đơn vị" in body(chairman.get(url("organs"), {"don-vi": "tân"}))
    assert "Không có tỉnh hay xã nào" in body(chairman.get(url("organs"), {"don-vi": "không đâu"}))
    early = chairman.get(url("organs"), {"don-vi": "03006", "ngay": "2010-01-01"})
    assert early.status_code == 400


def test_operator_makes_an_account_that_can_sign_in(operator, settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    page = body(
        operator.post(url("officer-new"), {"name": "hoa.laocai", "display_name": "Ngô Thị Hoa", "email": ""})
    )
    assert "chỉ hiện lần này" in page
    password = page.split('<span class="hash">')[1].split("<")[0]
    passed = signing_in.authenticate_password(
        name="hoa.laocai", password=password, address="127.0.0.1", at=clock.now()
    )
    assert passed.next is signing_in.Next.ENROL
    twice = operator.post(
        url("officer-new"), {"name": "hoa.laocai", "display_name": "Ngô Thị Hoa", "email": ""}
    )
    assert twice.status_code == 400 and "đã có người dùng" in body(twice)
    assert password not in body(operator.get(url("officer", passed.user.public_id)))


def test_operator_sends_a_link_when_there_is_an_address(operator) -> None:
    form = {"name": "hoa.laocai", "display_name": "Ngô Thị Hoa", "email": "hoa@laocai.example.vn"}
    assert operator.post(url("officer-new"), form).status_code == 302
    made_one = people.user_named("hoa.laocai")
    assert made_one is not None and made_one.email == "hoa@laocai.example.vn"


def test_operator_locks_opens_and_resets(operator, cast) -> None:
    anh = cast["anh.bnv"]
    operator.post(url("officer-lock", anh.public_id))
    assert not people.officer(anh.public_id).is_active
    assert "đã khóa" in body(operator.get(url("officers")))
    operator.post(url("officer-unlock", anh.public_id))
    operator.post(url("officer-factor", anh.public_id))
    assert not factors.has_totp(people.officer(anh.public_id))
    page = body(operator.post(url("officer-password", anh.public_id)))
    assert "chỉ hiện lần này" in page
    story = body(operator.get(url("officer", anh.public_id)))
    assert "Khoá tài khoản." in story and "Tắt xác thực hai lớp." in story and "Đỗ Minh Khánh" in story
    assert operator.post(url("officer-lock", cast["khanh"].public_id)).status_code == 400
    assert operator.get(url("officer", cast["lan"].public_id)).status_code == 404


def test_keys_are_shown_once_and_revoked(drafter, operator, cast) -> None:
    form = {"label": "phần mềm một cửa", "scopes": ["read"], "days": "30"}
    page = body(drafter.post(url("officer-keys"), form))
    secret = page.split('<span class="hash">')[1].split("<")[0]
    assert people.holder(secret, at=clock.now()) is not None
    assert secret not in body(drafter.get(url("officer-keys")))
    row = people.tokens_of(cast["anh.bnv"], at=clock.now())[0]
    assert (
        operator.post(url("officer-token-revoke", cast["anh.bnv"].public_id, row.public_id)).status_code
        == 302
    )
    assert people.holder(secret, at=clock.now()) is None
    assert drafter.post(url("officer-key-revoke", row.public_id)).status_code == 404
    assert drafter.post(url("officer-keys"), form | {"days": "9999"}).status_code == 400


def test_stuck_deliveries_are_seen_and_tried_again(operator, drafter) -> None:
    def broken(event: int) -> None:
        raise RuntimeError("nơi nhận chưa mở")

    subscribe("test.broken", kinds=["units.act_drafted"], handler=broken)
    try:
        drafter.post(url("act-new"), made.facts())
        for n in range(8):
            deliver(limit=10, at=clock.now() + timedelta(days=n))
        page = body(operator.get(url("ledger-deliveries")))
        assert "nơi nhận chưa mở" in page and "chờ người xem" in page
        pk = page.split('name="viec" value="')[1].split('"')[0]
        assert operator.post(url("ledger-deliveries"), {"viec": [pk, "x", "-1"]}).status_code == 302
        assert "test.broken" not in body(operator.get(url("ledger-deliveries")))
    finally:
        unsubscribe("test.broken")


def test_ledger_is_browsed_by_stream_kind_and_day(drafter, cast) -> None:
    act = made.draft(cast["anh.bnv"])
    stream = body(drafter.get(url("ledger"), {"chuoi": act.stream}))
    assert "Lập dự thảo nhập văn bản" in stream and "Tạo tài khoản" not in stream
    kind = body(drafter.get(url("ledger"), {"loai": "accounts.registered"}))
    assert "Tạo tài khoản" in kind and "Lập dự thảo nhập" not in kind
    assert "Không có sự kiện nào khớp" in body(drafter.get(url("ledger"), {"ngay": "01/01/2020"}))
    assert drafter.get(url("ledger"), {"ngay": "mai"}).status_code == 400


def test_an_altered_event_is_named(operator, cast) -> None:
    stream = cast["anh.bnv"].stream
    with connection.cursor() as cursor:
        cursor.execute(
            "SET LOCAL session_replication_role = replica"
        )  # what only the owner of the database can do
        cursor.execute("UPDATE ledger_event SET actor = 'khác' WHERE stream = %s AND seq = 1", [stream])
        cursor.execute("SET LOCAL session_replication_role = origin")
    page = body(operator.post(url("ledger-verify")))
    assert "không còn nguyên vẹn" in page and f"Chuỗi {stream}: sự kiện số 1" in page
