"""Tickets at the desk: a call written down, the work on a ticket, an answer for two, rosters, a question about a rule."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
import python_calamine
from django.test import Client
from django.urls import reverse

from haicap.base.dates import today
from haicap.domain.feedback import actions as feedback
from haicap.domain.feedback import jobs, queries
from haicap.domain.feedback.actions import Proof
from haicap.domain.feedback.models import Ticket
from haicap.domain.feedback.states import State
from haicap.domain.law import jobs as law_jobs
from haicap.domain.law import queries as law
from haicap.domain.units import policy as units
from tests.journeys import desk_cast
from tests.journeys.desk_cast import text

LIST, CALL, FORCES = reverse("desk:tickets"), reverse("desk:call"), reverse("desk:forces")
BESIDE, LEADER = reverse("desk:call-beside"), reverse("desk:tickets-leader")
LATE = "Hồ sơ giấy phép xây dựng nhà ở của tôi quá hạn ba ngày làm việc mà chưa có văn bản xin lỗi nào."
SAME = "Hồ sơ giấy phép xây dựng nhà ở của tôi quá hạn ba ngày làm việc, chưa có văn bản xin lỗi nào cả."
PLACE = "Phường Sa Pa, Lào Cai"


@pytest.fixture
def desk(cast_database, procedures, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    made = desk_cast.begun()
    jobs.load_packaged(made.at)
    return made


@pytest.fixture
def browsers(desk) -> Iterator[dict[str, Client]]:
    names = (
        "giang.sapa",
        "huong.sapa",
        "khoi.sapa",
        "son.taphin",
        "quang.laocai",
        "tuan.btp",
        "uyen.btp",
        "lan",
    )
    yield {name.split(".")[0]: desk.browser(name) for name in names}


def row(code: str) -> Ticket:
    return Ticket.objects.select_related("organ", "answer").get(code=code)


def filled(clerk: Client, **changes: str) -> dict[str, str]:
    """The form of the call as a clerk fills it in."""
    number = re.search(r'name="number" value="([^"]+)"', clerk.get(CALL).content.decode())
    assert number is not None
    return {
        "number": number[1], "phone": "0912 345 678", "name": "Giàng A Thử", "channel": "phone", "kind": "procedure",
        "text": LATE, "place": PLACE,
    } | changes  # fmt: skip


def called(clerk: Client, **changes: str) -> str:
    done = clerk.post(CALL, filled(clerk, **changes))
    assert done.status_code == 302, text(done)
    return done.headers["Location"].rstrip("/").rsplit("/", 1)[-1]


def act(who: Client, code: str, slug: str, **data: Any) -> Any:
    data = {"seen": row(code).version} | data
    return who.post(reverse("desk:ticket-act", args=[code, slug]), data)


def written(who: Client, code: str, **changes: Any) -> Any:
    """The answer's form, sent."""
    form = {
        "seen": row(code).version, "text": "Cơ quan đã xin lỗi ông Giàng A Thử và hẹn lại.", "public": "yes",
        "public_question": "Hồ sơ xây dựng quá hạn thì cơ quan phải làm gì?",
        "public_text": "Khi hồ sơ xây dựng quá hạn, cơ quan phải có văn bản xin lỗi và hẹn lại ngày trả.",
        "audience": "citizen", "lam": "trinh",
    } | changes  # fmt: skip
    return who.post(reverse("desk:ticket-answer", args=[code]), form)


def published(browsers: dict[str, Client]) -> str:
    """A ticket answered in public; its answer's code."""
    code = called(browsers["giang"])
    act(browsers["huong"], code, "nhan")
    assert written(browsers["huong"], code).status_code == 302
    assert act(browsers["khoi"], code, "duyet").status_code == 302
    assert act(browsers["huong"], code, "cong-khai").status_code == 302
    answer = row(code).answer
    assert answer is not None
    return answer.code


# --- the hotline -----------------------------------------------------------------------------------------------------
def test_a_call_is_written_down_and_its_key_told_once(desk, browsers) -> None:
    clerk = browsers["giang"]
    beside = text(clerk.post(BESIDE, filled(clerk)))
    assert "Phường Sa Pa" in beside and "Ủy ban nhân dân phường Sa Pa" in beside
    code = called(clerk)
    page = text(clerk.get(reverse("desk:called", args=[code])))
    key = re.search(r"\b([2-9A-Z]{4})-([2-9A-Z]{4})\b", page.split("Mã tra cứu, đọc cho người gọi")[1])
    assert key is not None
    assert queries.followed(code, key=key[1] + key[2]).ticket.code == code
    again = text(clerk.get(reverse("desk:called", args=[code])))
    assert key[0] not in again and "không hiện lại" in again
    ticket = row(code)
    assert (ticket.channel, ticket.sender_phone, ticket.state) == ("phone", "0912345678", State.RECEIVED)
    assert ticket.taken_by == desk.actor("giang.sapa")


def test_earlier_tickets_and_near_ones_stand_beside_the_call(browsers) -> None:
    clerk = browsers["giang"]
    code = called(clerk)
    beside = text(clerk.post(BESIDE, filled(clerk, text=SAME)))
    assert beside.count(code) == 2  # the caller's own, and one that is nearly the same
    stranger = text(browsers["son"].post(BESIDE, filled(browsers["son"], text=SAME)))
    assert code not in stranger
    assert "0912" not in reverse("desk:call-beside")  # asked by POST: no number of a caller in an address
    assert clerk.get(BESIDE).status_code == 405


def test_looking_does_not_write_and_twice_sent_is_one_ticket(browsers) -> None:
    clerk = browsers["giang"]
    form = filled(clerk)
    looked = clerk.post(CALL, form | {"lam": "xem"})
    assert looked.status_code == 200 and LATE in text(looked) and not Ticket.objects.exists()
    assert clerk.post(CALL, form).status_code == 302
    assert clerk.post(CALL, form).status_code == 302
    assert Ticket.objects.count() == 1


def test_a_divided_or_unknown_place_is_asked_for(browsers) -> None:
    clerk = browsers["giang"]
    unknown = clerk.post(CALL, filled(clerk, place="nơi không có ở đâu cả"))
    assert unknown.status_code == 400 and "Chưa nhận ra nơi này" in text(unknown)
    divided = clerk.post(CALL, filled(clerk, place="Phường Cửa Nam, Quận Hoàn Kiếm, Hà Nội"))
    page = divided.content.decode()
    choices = re.findall(r'name="unit" value="([^"]+)" form="goi"', page)
    assert divided.status_code == 400 and len(choices) > 1 and LATE in text(divided)
    assert not Ticket.objects.exists()
    called(clerk, place="Phường Cửa Nam, Quận Hoàn Kiếm, Hà Nội", unit=choices[0])
    assert Ticket.objects.get().unit.uid == choices[0]


def test_a_wrong_number_is_told_at_its_field_and_nothing_typed_is_lost(browsers) -> None:
    clerk = browsers["giang"]
    answer = clerk.post(CALL, filled(clerk, phone="12"))
    assert answer.status_code == 400
    assert 'href="#goi-phone"' in answer.content.decode() and LATE in text(answer)
    unnamed = clerk.post(CALL, filled(clerk, kind="officer", name="", phone=""))
    assert unnamed.status_code == 400 and "cần họ tên" in text(unnamed)


def test_answered_while_the_caller_is_on_the_line(browsers) -> None:
    answer = published(browsers)
    officer = browsers["huong"]
    asked = filled(
        officer, text="Hồ sơ xây dựng quá hạn thì cơ quan phải làm gì?", phone="0987654321", name="Lò Thị Hai"
    )
    assert "văn bản xin lỗi" in text(officer.post(BESIDE, asked))
    done = officer.post(CALL, asked | {"tra-loi": answer}, follow=True)
    assert "trả lời bằng câu trả lời đã công khai" in text(done)
    assert Ticket.objects.get(sender_phone="0987654321").state == State.ANSWERED
    clerk = browsers[
        "giang"
    ]  # who only receives settles a question with it too; what somebody did is for the organ
    asked = filled(clerk, phone="0911222333", text="Hồ sơ xây dựng quá hạn thì cơ quan phải làm gì?")
    assert "Ghi phiếu và trả lời ngay bằng câu này" in text(clerk.post(BESIDE, asked))
    done = clerk.post(CALL, asked | {"tra-loi": answer}, follow=True)
    assert "trả lời bằng câu trả lời đã công khai" in text(done)
    assert Ticket.objects.get(sender_phone="0911222333").state == State.ANSWERED
    told = clerk.post(
        CALL, filled(clerk, phone="0911222444", kind="officer") | {"tra-loi": answer}, follow=True
    )
    assert "phải do cơ quan có thẩm quyền trả lời nên còn mở" in text(told)
    assert Ticket.objects.get(sender_phone="0911222444").state == State.RECEIVED
    wrong = clerk.post(
        CALL, filled(clerk, phone="0911222555") | {"tra-loi": "TL000000-AAAAAAAA"}, follow=True
    )
    assert "chưa trả lời được ngay" in text(wrong)
    assert Ticket.objects.get(sender_phone="0911222555").state == State.RECEIVED


def test_notes_of_the_organ_and_its_drafts_are_not_for_the_counter(browsers) -> None:
    code = called(browsers["giang"])
    officer = browsers["huong"]
    act(officer, code, "nhan")
    act(officer, code, "ghi-chu", text="Chuyện nội bộ của phường")
    written(officer, code, lam="luu")
    page, address = (
        text(officer.get(reverse("desk:ticket", args=[code]))),
        reverse("desk:ticket", args=[code]),
    )
    assert "Chuyện nội bộ của phường" in page and "đã xin lỗi ông Giàng A Thử" in page
    counter = text(browsers["giang"].get(address))
    assert "Chuyện nội bộ" not in counter and "đã xin lỗi" not in counter and LATE in counter


def test_a_ticket_opened_again_shows_what_was_answered_before(desk, browsers) -> None:
    published(browsers)
    ticket = Ticket.objects.get()
    feedback.reopen(
        code=ticket.code, reason="Vẫn chưa có.", proof=Proof(phone="0912345678"), actor="portal", at=desk.at
    )
    page = text(browsers["huong"].get(reverse("desk:ticket", args=[ticket.code])))
    assert "Đã trả lời trước khi mở lại" in page and "đã xin lỗi ông Giàng A Thử" in page


# --- one ticket --------------------------------------------------------------------------------------------------------
def test_from_acceptance_to_a_public_answer_for_two(browsers) -> None:
    clerk, officer, leader = browsers["giang"], browsers["huong"], browsers["khoi"]
    one, two = called(clerk), called(clerk, text=SAME, phone="0987654321", name="Lò Thị Hai")
    for code in (one, two):
        assert act(officer, code, "nhan").status_code == 302
    page = text(officer.get(reverse("desk:ticket-answer", args=[one])))
    assert two in page and "Trả lời luôn các phiếu gần giống" in page
    together = {"phieu": f"{two}@{row(two).version}"}
    personal = written(officer, one, public_text="Ông Giàng A Thử gọi 0214 3871 234.", **together)
    assert personal.status_code == 400 and "Còn dữ liệu cá nhân" in text(personal)
    pieces = re.findall(r'name="giu" value="([^"]+)"', personal.content.decode())
    assert pieces == ["Giàng A Thử", "0214 3871 234"]
    still = written(
        officer, one, public_text="Ông Giàng A Thử gọi 0214 3871 234.", giu="0214 3871 234", **together
    )
    assert still.status_code == 400
    assert written(officer, one, **together).status_code == 302
    assert {row(c).state for c in (one, two)} == {State.AWAITING_APPROVAL}
    assert act(officer, one, "duyet").status_code == 403
    assert act(leader, one, "duyet").status_code == 302
    assert act(officer, two, "cong-khai").status_code == 302
    assert {row(c).state for c in (one, two)} == {State.ANSWERED}
    assert one in text(officer.get(reverse("desk:ticket", args=[two])))
    assert queries.public_answers(text="xay dung qua han").total == 1


def test_a_stale_page_says_what_changed_and_keeps_the_words(browsers) -> None:
    code = called(browsers["giang"])
    old = row(code).version
    act(browsers["huong"], code, "nhan")
    stale = act(browsers["khoi"], code, "hoi-them", seen=old, question="Mã hồ sơ của ông là gì?")
    page = text(stale)
    assert stale.status_code == 409 and "đã thay đổi từ khi bạn mở trang" in page
    assert "Nhận xử lý phiếu" in page and "Mã hồ sơ của ông là gì?" in page
    assert row(code).state == State.IN_WORK
    assert act(browsers["khoi"], code, "hoi-them", question="Mã hồ sơ của ông là gì?").status_code == 302
    assert row(code).state == State.AWAITING_MORE


def test_moved_on_refused_and_noted(desk, browsers) -> None:
    clerk, officer = browsers["giang"], browsers["huong"]
    code = called(clerk)
    assert act(officer, code, "ghi-chu", text="Đã gọi lại, chưa nghe máy.").status_code == 302
    assert "Đã gọi lại, chưa nghe máy." in text(officer.get(reverse("desk:ticket", args=[code])))
    assert act(officer, code, "giao", to=desk.actor("khoi.sapa")).status_code == 302
    assert row(code).assignee == desk.actor("khoi.sapa")
    page = officer.get(reverse("desk:ticket-act", args=[code, "chuyen"])).content.decode()
    assert 'value="province_office"' in page and 'value="commune_committee"' not in page  # which holds it
    moved = act(officer, code, "chuyen", kind="province_office", place="", reason="Việc của tỉnh.")
    assert moved.status_code == 302 and row(code).organ.kind == "province_office"
    assert officer.get(reverse("desk:ticket", args=[code])).status_code == 404
    other = called(clerk, text="Tôi tố cáo ông Nam nhận tiền.", kind="procedure")
    assert act(officer, other, "tu-choi", ground="", reason="x").status_code == 400
    assert (
        act(officer, other, "tu-choi", ground="denunciation", reason="Xin gửi theo Luật Tố cáo.").status_code
        == 302
    )
    assert row(other).state == State.REFUSED


def test_sorting_corrects_kind_and_place(browsers) -> None:
    officer, code = browsers["huong"], called(browsers["giang"])
    bad = act(
        officer, code, "phan-loai", kind="rule", subject="Mới", place="không đâu cả", procedure="", field=""
    )
    assert bad.status_code == 400 and "Chưa nhận ra nơi này" in text(bad)
    good = act(
        officer,
        code,
        "phan-loai",
        kind="rule",
        subject="Mới",
        place="Xã Tả Phìn, Lào Cai",
        procedure="",
        field="",
    )
    assert good.status_code == 302
    assert (row(code).kind, row(code).subject) == ("rule", "Mới")


def test_an_answer_cites_what_the_register_knows(browsers, law_loaded) -> None:
    officer, code = browsers["huong"], called(browsers["giang"])
    act(officer, code, "nhan")
    found = written(officer, code, lam="tim", tim="118/2025/NĐ-CP", dieu="điều 5 khoản 1")
    first = re.findall(r'name="lam" value="(them:[^"]+)"', found.content.decode())[0]
    assert first == "them:118-2025-nd-cp|"
    added = written(officer, code, lam=first, dieu="điều 5 khoản 1").content.decode()
    cited = re.findall(r'name="can-cu" value="([^"]+)"', added)
    assert cited == ["118-2025-nd-cp|art_5__para_1"]
    wrong = written(officer, code, lam=first, dieu="chỗ nào đó")
    assert wrong.status_code == 200 and not re.findall(r'name="can-cu"', wrong.content.decode())
    dropped = written(officer, code, **{"lam": f"bo:{cited[0]}", "can-cu": cited[0]}).content.decode()
    assert not re.findall(r'name="can-cu"', dropped)
    assert written(officer, code, **{"lam": "luu", "can-cu": cited[0]}).status_code == 302
    answer = row(code).answer
    assert answer is not None and answer.citations[0]["path"] == "art_5__para_1"
    saved = officer.get(reverse("desk:ticket-answer", args=[code])).content.decode()
    assert cited[0] in saved and "Khi hồ sơ xây dựng quá hạn" in saved


def test_an_earlier_answer_is_a_beginning(browsers) -> None:
    answer = published(browsers)
    officer = browsers["huong"]
    code = called(
        browsers["giang"], text="Hồ sơ xây dựng quá hạn thì cơ quan phải làm gì?", phone="0911222333"
    )
    act(officer, code, "nhan")
    page = officer.get(reverse("desk:ticket-answer", args=[code])).content.decode()
    assert f'value="mau:{answer}"' in page
    copied = text(written(officer, code, lam=f"mau:{answer}", text=""))
    assert "cơ quan phải có văn bản xin lỗi và hẹn lại ngày trả." in copied
    assert act(officer, code, "dung-lai", answer=answer, other="").status_code == 302
    assert row(code).state == State.ANSWERED


# --- lists ---------------------------------------------------------------------------------------------------------------
def test_lists_count_narrow_and_go_home_as_files(desk, browsers) -> None:
    clerk, officer = browsers["giang"], browsers["huong"]
    mine, other = (
        called(clerk),
        called(clerk, kind="rule", text="Quy định nào về lệ phí?", phone="0911222333", place=PLACE),
    )
    act(officer, mine, "nhan")
    page = text(officer.get(LIST))
    assert mine in page and "Đang xử lý 1" in page and "Của tôi 1" in page
    assert other not in text(officer.get(LIST, {"chang": "in_work"}))
    assert text(officer.get(LIST, {"loc": "giang a thu", "chang": "received"})).count(mine) == 0
    assert officer.get(LIST, {"q": mine.lower()}).headers["Location"] == reverse("desk:ticket", args=[mine])
    assert mine in text(officer.get(LIST, {"q": "0912345678"}))
    csv = b"".join(officer.get(reverse("desk:tickets-csv"), {"chang": "all"}).streaming_content).decode()
    assert mine in csv and LATE not in csv.replace(row(mine).subject, "")
    book = python_calamine.CalamineWorkbook.from_filelike(
        io.BytesIO(officer.get(reverse("desk:tickets-xlsx")).content)
    )
    assert mine in [line[0] for line in book.get_sheet_by_index(0).to_python()]
    for broken in (
        {"sau": "x_1"},
        {"sau": "2026-01-01_9"},
        {"chang": "x"},
        {"loai": "\0"},
        {"can-bo": "x" * 99},
    ):
        assert officer.get(LIST, broken).status_code == 200


def test_who_sees_which(browsers) -> None:
    code = called(browsers["giang"])
    seen = {name: browsers[name].get(reverse("desk:ticket", args=[code])).status_code for name in browsers}
    assert seen == {
        "giang": 200,
        "huong": 200,
        "khoi": 200,
        "quang": 200,
        "son": 404,
        "tuan": 404,
        "uyen": 404,
        "lan": 403,
    }
    assert code not in text(browsers["son"].get(LIST)) and code in text(browsers["quang"].get(LIST))


def test_what_is_due_next_holds_both(desk, browsers) -> None:
    dossier = desk.in_hand()
    code = called(browsers["giang"])
    act(browsers["huong"], code, "nhan")
    page = text(browsers["huong"].get(reverse("desk:today")))
    assert dossier.code in page and code in page and "phiếu quá hạn" in page


def test_the_leader_sees_who_holds_what(browsers) -> None:
    code = called(browsers["giang"])
    act(browsers["huong"], code, "nhan")
    page = text(browsers["khoi"].get(LEADER))
    assert "Lý Thu Hương" in page and "phiếu đã nhận" in page
    assert browsers["khoi"].get(LEADER, {"tu": "x"}).status_code == 400
    assert browsers["huong"].get(LEADER).status_code == 403


# --- task forces -----------------------------------------------------------------------------------------------------------
def test_a_force_takes_what_comes_and_a_stand_in_what_would_come(desk, browsers) -> None:
    leader, on = browsers["khoi"], today(desk.at)
    organ = units.held(desk.actor("khoi.sapa"), on)[0].organ_id
    day = f"{on:%d/%m/%Y}"
    assert "Chưa có tổ công tác nào" in text(leader.get(FORCES))
    bad = leader.post(FORCES, {"viec": "lap", "organ": organ, "name": "", "since": day})
    assert bad.status_code == 400
    made = leader.post(
        FORCES,
        {"viec": "lap", "organ": organ, "name": "Tổ phản ánh Sa Pa", "since": day, "phone": "0214 1022"},
    )
    assert made.status_code == 302
    (force,) = queries.tables.now().forces[organ]
    page = reverse("desk:force", args=[force.code])
    theirs = re.findall(r'<option value="([0-9a-f-]{36})"', leader.get(page).content.decode())
    assert desk.actor("khoi.sapa") in theirs
    duty = {
        "viec": "truc",
        "seen": force.version,
        "officer": desk.actor("khoi.sapa"),
        "since": day,
        "until": day,
    }
    assert leader.post(page, duty).status_code == 302
    assert leader.post(page, duty).status_code == 400  # the page is stale
    assert row(called(browsers["giang"])).assignee == desk.actor("khoi.sapa")
    assert "Tổ phản ánh Sa Pa" in text(leader.get(FORCES))
    away = {
        "viec": "vang",
        "officer": desk.actor("khoi.sapa"),
        "since": day,
        "until": "",
        "stand_in": desk.actor("khoi.sapa"),
    }
    assert leader.post(FORCES, away).status_code == 400
    line = queries.tables.now().forces[organ][0]
    gone = {"viec": "bo", "seen": line.version, "duty": line.duties[0].pk}
    assert leader.post(page, gone).status_code == 302
    queries.tables.now()  # what a process remembers is a second old at most; tests do not wait
    assert row(called(browsers["giang"], text="Việc khác hẳn.", phone="0911222333")).assignee == ""
    assert browsers["quang"].post(page, duty).status_code in (403, 404)
    assert browsers["son"].get(page).status_code == 404


# --- an unclear rule ---------------------------------------------------------------------------------------------------------
@pytest.fixture
def law_loaded(desk):
    law_jobs.load_packaged(desk.at)


def test_a_question_about_a_rule_has_a_clock_and_ends_at_its_clause(desk, browsers, law_loaded) -> None:
    asker = browsers["khoi"]
    address = f"{reverse('desk:problem-new')}?van-ban=118-2025-nd-cp"
    sent = asker.post(
        address, {"kind": "unclear", "place": "điều 5 khoản 1", "question": "Xã đã nhập thì trả ở đâu?"}
    )
    assert sent.status_code == 302
    ticket = Ticket.objects.get(kind="locality")
    assert ticket.problem_code and ticket.answer_due_at is not None
    assert ticket.code in text(asker.get(reverse("desk:problems")))
    problem = law.problem(ticket.problem_code)
    taken = asker.post(reverse("desk:problem-withdraw", args=[problem.code]), {"seen": problem.version})
    assert taken.status_code == 302
    assert row(ticket.code).state == State.WITHDRAWN and law.problem(problem.code).state == "withdrawn"


def test_pages_ask_little_of_the_database(browsers, remembered, django_assert_max_num_queries) -> None:
    clerk, officer = browsers["giang"], browsers["huong"]
    code = called(clerk)
    act(officer, code, "nhan")
    for path, most in (
        (LIST, 12), (reverse("desk:ticket", args=[code]), 28), (reverse("desk:ticket-answer", args=[code]), 28), (CALL, 16),
        (FORCES, 16),
    ):  # fmt: skip
        officer.get(path)  # what is remembered is remembered
        with django_assert_max_num_queries(most):
            assert officer.get(path).status_code == 200
    browsers["khoi"].get(LEADER)
    with django_assert_max_num_queries(14):
        assert "phiếu đã nhận" in text(browsers["khoi"].get(LEADER))
