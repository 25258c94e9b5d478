"""A dossier at the desk, page by page: taken in, handed over, worked on, decided, handed out. Without JavaScript."""

from __future__ import annotations

import struct
import zlib
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from haicap.base.dates import today
from haicap.domain.dossiers import actions
from haicap.domain.dossiers.actions import Missing
from tests.journeys import desk_cast
from tests.journeys.desk_cast import (
    BIRTH,
    BUILDING,
    CERTIFIED,
    EXTRACT,
    SINGLE,
    WHO,
    counter_form,
    somebody,
    text,
    uid,
)

RECEPTION = reverse("desk:reception")


def png() -> bytes:
    """A picture of one point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\x00\xff\x00\x00")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


PNG = png()


@pytest.fixture
def desk(cast_database, procedures, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return desk_cast.begun()


def take_in(desk, procedure: str = SINGLE, **changes: str):
    clerk, address = desk.browser("giang.sapa"), f"{RECEPTION}?thu-tuc={procedure}"
    return clerk.post(address, counter_form(clerk.get(address), **changes))


def test_a_whole_life_over_the_pages(desk) -> None:
    answer = take_in(desk)
    assert answer.status_code == 302
    code = answer.url.rstrip("/").rsplit("/", 1)[1]
    received = desk.browser("giang.sapa").get(answer.url)
    assert code in text(received)
    assert "In giấy tiếp nhận và hẹn trả" in text(received)
    assert desk.row(code).state == 2

    clerk = desk.browser("giang.sapa")
    sheet = clerk.post(reverse("desk:forward-many"), {"ho-so": f"{code}@{desk.row(code).version}"})
    assert code in text(clerk.get(sheet.url))
    officer = desk.browser("huong.sapa")
    assert code in text(officer.get(reverse("desk:handovers")))
    officer.post(reverse("desk:handovers"), {"ma": f"  {code.lower()} \n"})
    assert desk.row(code).papers_at_id == desk.row(code).organ_id

    assert desk.do("huong.sapa", code, "bat-dau").status_code == 302
    assert desk.do("huong.sapa", code, "chuyen-buoc", note="Đủ điều kiện, trình ký.").status_code == 302
    assert desk.do("khoi.sapa", code, "quyet-dinh", outcome="granted").status_code == 302
    assert desk.row(code).decided_at is not None
    assert desk.do("huong.sapa", code, "xong", on_paper="on").status_code == 302
    assert (
        desk.do("giang.sapa", code, "tra-ket-qua", method="counter", receiver="Giàng Thị Nhà").status_code
        == 302
    )
    assert desk.row(code).state == 10
    page = text(desk.browser("giang.sapa").get(reverse("desk:dossier", args=[code])))
    assert "Đủ điều kiện, trình ký." in page
    assert "Giàng Thị Nhà" in page
    assert "Hồ sơ đã kết thúc" in page


def test_what_is_sent_twice_is_one_dossier(desk) -> None:
    clerk, address = desk.browser("giang.sapa"), f"{RECEPTION}?thu-tuc={SINGLE}"
    form = counter_form(clerk.get(address))
    first, second = clerk.post(address, form), clerk.post(address, {**form, "trung": "1"})
    assert (first.status_code, second.status_code) == (302, 302)
    assert first.url == second.url


def test_one_that_is_open_already_is_shown_before_another_is_taken_in(desk) -> None:
    before = desk.taken_in()
    answer = take_in(desk)
    assert answer.status_code == 409
    assert before.code in text(answer)
    assert "Có thể trùng" in text(answer)
    assert "Giàng A Thử" in answer.content.decode()  # nothing typed is lost
    assert take_in(desk, trung="1").status_code == 302
    assert take_in(desk, number="015090000999", phone="0987654321").status_code == 302


def test_a_fee_by_pages_is_reckoned_and_taken_at_the_counter(desk) -> None:
    answer = take_in(desk, CERTIFIED, q_0="no", pages="4", copies="3")
    assert answer.status_code == 302
    code = answer.url.rstrip("/").rsplit("/", 1)[1]
    page = desk.browser("giang.sapa").get(answer.url)
    assert "phải nộp" in text(page)
    paid = desk.do("giang.sapa", code, "thu-phi", receipt="BL 7")
    assert paid.status_code == 302
    assert "đã nộp" in text(desk.browser("giang.sapa").get(reverse("desk:dossier", args=[code])))
    # Building permits: the channel alone decides, so that nothing is asked.
    assert take_in(desk, BUILDING, phone="0911111111", number="").status_code == 302


def test_a_wrong_number_is_told_at_the_form_with_everything_kept(desk) -> None:
    answer = take_in(desk, number="12", address="Nhà sàn cuối bản")
    assert answer.status_code == 400
    assert "12 chữ số" in text(answer)
    assert "Nhà sàn cuối bản" in answer.content.decode()


def test_procedures_are_found_by_typing_without_marks(desk) -> None:
    clerk = desk.browser("giang.sapa")
    assert BIRTH in text(clerk.get(RECEPTION, {"q": "dang ky khai sinh"}))
    assert BIRTH in text(clerk.get(reverse("desk:reception-find"), {"q": "khai sinh"}))
    assert clerk.get(RECEPTION, {"thu-tuc": "9.999999"}).status_code == 404


def test_a_stale_page_is_told_what_changed_and_loses_nothing(desk) -> None:
    row = desk.in_hand()
    seen = row.version
    desk.do("khoi.sapa", row.code, "chuyen-buoc", note="Lãnh đạo chuyển trước.")
    answer = desk.do("huong.sapa", row.code, "chuyen-buoc", seen=seen, note="Ý kiến tôi vừa gõ dài.")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Hồ sơ đã thay đổi" in page
    assert "Giàng A Khôi" in page  # who did it
    assert "Ý kiến tôi vừa gõ dài." in page
    again = desk.do("huong.sapa", row.code, "chuyen-buoc", note="Ý kiến tôi vừa gõ dài.")
    assert again.status_code == 302


def test_two_leaders_decide_at_once_and_one_is_told(desk) -> None:
    row = desk.in_hand()
    seen = row.version
    assert desk.do("khoi.sapa", row.code, "quyet-dinh", seen=seen, outcome="granted").status_code == 302
    late = desk.do(
        "dung.sapa", row.code, "quyet-dinh", seen=seen, outcome="denied", reason="Không đủ điều kiện."
    )
    assert late.status_code == 409
    assert "Không đủ điều kiện." in late.content.decode()
    assert desk.row(row.code).outcome == "granted"


def test_a_supplement_is_asked_once_and_supplied_with_a_scan(desk) -> None:
    row = desk.taken_in()
    asked = desk.do(
        "giang.sapa", row.code, "yeu-cau-bo-sung", what_0="Thiếu chữ ký", contact="Giang, 0214 3871 234"
    )
    assert asked.status_code == 302
    assert desk.row(row.code).state == 5
    scan = SimpleUploadedFile("to-khai.png", PNG, "image/png")
    given = desk.do("giang.sapa", row.code, "nhan-bo-sung", got_0="on", file_0=scan)
    assert given.status_code == 302, text(given)
    page = desk.browser("giang.sapa").get(reverse("desk:dossier", args=[row.code]))
    assert "to-khai.png" in text(page)
    file = next(
        part.split('"')[0] for part in page.content.decode().split('href="') if "/tep/" in part.split('"')[0]
    )
    kept = desk.browser("huong.sapa").get(file)
    assert b"".join(kept.streaming_content) == PNG
    assert desk.browser("nga.taphin").get(file).status_code == 404
    second = desk.do("giang.sapa", row.code, "yeu-cau-bo-sung", what_0="Nữa", contact="Giang")
    assert second.status_code == 400  # a second time needs reason and approver


def test_what_is_no_picture_is_refused(desk) -> None:
    row = desk.taken_in()
    actions.request_supplement(
        code=row.code, seen=row.version, items=[Missing("khac", "Giấy", "nộp")], actor=desk.actor("giang.sapa"), at=desk.at
    )  # fmt: skip
    wrong = SimpleUploadedFile("giay.pdf", b"MZ\x90\x00 not a pdf", "application/pdf")
    answer = desk.do("giang.sapa", row.code, "nhan-bo-sung", got_0="on", file_0=wrong)
    assert answer.status_code == 400
    assert desk.row(row.code).state == 5


def test_another_organ_is_asked_and_the_time_is_extended(desk) -> None:
    row = desk.in_hand(ago=0.5)
    place = desk.row(row.code)
    organ = str(desk_cast.queries.place(uid("03006"), today(desk.at)).offices["commune_office"].pk)
    asked = desk.do("huong.sapa", row.code, "lay-y-kien", organ=organ, question="Xin ý kiến về hộ khẩu cũ.")
    assert asked.status_code == 302
    page = desk.browser("huong.sapa").get(reverse("desk:dossier", args=[row.code]))
    assert "Xin ý kiến về hộ khẩu cũ." in text(page)
    due = place.due_at
    more = desk.do("huong.sapa", row.code, "gia-han", value="2", unit="working_days", reason="Chờ xác minh.")
    assert more.status_code == 302
    assert desk.row(row.code).due_at > due


def test_a_question_is_answered_by_the_organ_that_was_asked(desk) -> None:
    row = desk.in_hand(ago=0.5)
    centre = desk.centre()
    actions.consult(
        code=row.code, seen=row.version, organ=centre, question="Bản chính còn không?", actor=desk.actor("huong.sapa"), at=desk.at
    )  # fmt: skip
    clerk = desk.browser("giang.sapa")
    page = clerk.get(reverse("desk:handovers")).content.decode()
    href = next(part.split('"')[0] for part in page.split('href="') if "/y-kien/" in part.split('"')[0])
    assert clerk.post(href, {"answer": ""}).status_code == 400
    assert desk.browser("nga.taphin").get(href).status_code == 404
    assert clerk.post(href, {"answer": "Còn ở tủ số 3."}).status_code == 302
    assert "Còn ở tủ số 3." in text(desk.browser("huong.sapa").get(reverse("desk:dossier", args=[row.code])))


def test_many_are_given_to_one_officer_at_once(desk) -> None:
    first = desk.taken_in(who=somebody("Một", "0911111111"))
    second = desk.taken_in(who=somebody("Hai", "0922222222"))
    rows = [f"{row.code}@{row.version}" for row in (first, second)]
    rows.append(f"{first.code}@1")  # a version of the past
    leader = desk.browser("khoi.sapa")
    answer = leader.post(
        reverse("desk:assign-many"), {"ho-so": rows, "can-bo": desk.actor("huong.sapa")}, follow=True
    )
    said = text(answer)
    assert "Đã giao 2 hồ sơ" in said
    assert "vừa được người khác xử lý" in said
    assert {desk.row(r.code).assignee for r in (first, second)} == {desk.actor("huong.sapa")}


def test_fees_wait_and_are_waived_on_a_ground(desk) -> None:
    row = desk.taken_in(EXTRACT, copies=2)
    assert desk.do("giang.sapa", row.code, "yeu-cau-nop-phi").status_code == 302
    assert desk.row(row.code).state == 6
    page = text(desk.browser("giang.sapa").get(reverse("desk:dossier", args=[row.code])))
    assert "16.000 đ" in page
    assert desk.do("giang.sapa", row.code, "mien-phi", key="phi", ground="").status_code == 400
    paid = desk.do("giang.sapa", row.code, "thu-phi")
    assert paid.status_code == 302
    assert desk.row(row.code).state == 2


def test_papers_are_printed(desk) -> None:
    row = desk.taken_in(ago=0.2)
    page = desk.browser("giang.sapa").get(reverse("desk:dossier", args=[row.code])).content.decode()
    href = next(part.split('"')[0] for part in page.split('href="') if "/phieu/" in part.split('"')[0])
    clerk = desk.browser("giang.sapa")
    slip = clerk.get(href)
    assert slip.content.startswith(b"%PDF-")
    assert slip.content == clerk.get(href).content  # printed again it is the same
    assert clerk.get(reverse("desk:control", args=[row.code])).content.startswith(b"%PDF-")
    sheet = clerk.post(reverse("desk:forward-many"), {"ho-so": row.code}).url
    assert clerk.get(f"{sheet}phieu.pdf").content.startswith(b"%PDF-")
    assert desk.browser("thao.saigon").get(href).status_code == 404
    assert desk.browser("thao.saigon").get(sheet).status_code == 404


def test_late_and_due_are_said_in_words(desk) -> None:
    row = desk.taken_in(ago=12, who=somebody("Trễ Hẹn", "0933333333"))
    page = text(desk.browser("huong.sapa").get(reverse("desk:list"), {"han": "tre"}))
    assert row.code in page
    assert "ngày làm việc" in page
    assert desk.at - timedelta(days=12) < desk.row(row.code).due_at < desk.at
    assert WHO.name not in page
