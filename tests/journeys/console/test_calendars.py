"""A calendar decree walked through the pages: table, preview, a second person, withdrawal; hours of a counter."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from haicap.domain.deadlines import jobs, queries
from haicap.domain.deadlines.models import CalendarDecree
from haicap.domain.deadlines.tests import make as clocks
from haicap.kernel.ledger.queries import size
from tests.journeys.console import cast as made
from tests.journeys.console.test_pages import body

FACTS = {
    "number": "7/2026/QĐ-TTg", "issuer": "Thủ tướng Chính phủ", "title": "Nghỉ thêm", "signed_on": "20/11/2026",
    "opens_year": "",
}  # fmt: skip
TABLE = "ngay\tloai\tten\tdieu_khoan\n26/11/2026\tNghỉ lễ\tNgày thử\tđiều 1\n28/11/2026\tlàm bù\tLàm bù cho ngày thử\t\n"


@pytest.fixture(autouse=True)
def calendar_memory():
    queries.forget()
    yield
    queries.forget()


def decree() -> CalendarDecree:
    return CalendarDecree.objects.latest("pk")


def page(client, name, status=200, *args, **query):
    answer = client.get(reverse(f"console:{name}", args=args), query)
    assert answer.status_code == status, body(answer)
    return body(answer)


def post(client, name, pk, **values):
    return client.post(reverse(f"console:{name}", args=[pk]), {"seen": decree().version, **values})


def drafted(client, table: str = TABLE) -> int:
    answer = client.post(reverse("console:calendar-new"), FACTS)
    assert answer.status_code == 302, body(answer)
    answer = post(client, "calendar-table", decree().pk, pasted=table)
    assert answer.status_code == 302, body(answer)
    return decree().pk


def test_from_table_to_effect_and_back(drafter, leader) -> None:
    clocks.start("2026-11-20 09:00", "4w")
    clocks.start("2026-11-20 09:00", "1w", stream="tests.thing:2")
    pk = drafted(drafter)
    text = page(drafter, "calendar-decree", 200, pk)
    assert "Ngày thử" in text and "như ngày thường" in text and "dự thảo" in text
    text = page(drafter, "calendar-preview", 200, pk)
    assert "27/11/2026" in text and "28/11/2026" in text
    rows = b"".join(
        drafter.get(reverse("console:calendar-preview-csv", args=[pk])).streaming_content
    ).decode()
    assert rows.splitlines()[1:] == ["27/11/2026,28/11/2026,1"]
    assert post(drafter, "calendar-enact", pk).status_code == 403
    assert "Tôi đã kiểm tra" in page(leader, "calendar-enact", 200, pk)
    assert post(leader, "calendar-enact", pk).status_code == 302
    assert "đang được tính lại" in page(leader, "calendar")
    jobs.work()
    assert clocks.shown(clocks.clock().due_at) == "2026-11-28 17:00"
    assert "1 trong 1 đồng hồ đổi hạn" in page(leader, "calendar-decree", 200, pk)
    assert "7/2026/QĐ-TTg, điều 1" in page(leader, "calendar")
    assert "28/11/2026" in page(leader, "calendar-preview", 200, pk)
    assert post(leader, "calendar-withdraw", pk, reason="").status_code == 400
    assert post(drafter, "calendar-withdraw", pk, reason="x").status_code == 403
    assert post(leader, "calendar-withdraw", pk, reason="ghi nhầm ngày").status_code == 302
    jobs.work()
    assert clocks.shown(clocks.clock().due_at) == "2026-11-27 17:00"
    text = page(leader, "calendar-decree", 200, pk)
    assert "đã thu hồi" in text and "ghi nhầm ngày" in text
    assert page(leader, "calendar-preview", 409, pk)


def test_the_leader_who_drafts_does_not_enact(leader) -> None:
    pk, before = drafted(leader), queries.calendar_now().version
    assert "bạn không ghi được" in page(leader, "calendar-enact", 200, pk)
    assert post(leader, "calendar-enact", pk).status_code == 403
    assert queries.calendar_now().version == before


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("", "Xin chọn một tệp"),
        ("ngay\tten\n26/11/2026\tx", "thiếu cột"),
        ("ngay\tloai\tten\n31/02/2026\tnghỉ lễ\tx", "không phải là ngày"),
        ("ngay\tloai\tten\n26/11/2026\tnghỉ chơi\tx", "Không hiểu loại"),
        ("ngay\tloai\tten\n26/11/2026\tnghỉ lễ\t", "thiếu tên"),
        ("ngay\tloai\tten\n26/11/2026\tnghỉ lễ\tx\n26/11/2026\tnghỉ bù\tx", "có hai lần"),
        ("ngay\tloai\tten\n26/11/2026\tlàm bù\tx", "vốn là ngày làm việc"),
        ("ngay\tloai\tten\n", "không có dòng nào"),
        ("ngay\tloai\tten\n<script>alert(1)</script>\tnghỉ lễ\tx", "không phải là ngày"),
    ],
)
def test_a_table_with_one_bad_row_writes_nothing(drafter, table, said) -> None:
    pk = drafted(drafter)
    before = size()
    answer = post(drafter, "calendar-table", pk, pasted=table)
    assert answer.status_code == 400
    assert said in body(answer)
    assert "<script>alert" not in answer.content.decode()
    assert size() == before
    assert len(queries.days_of(pk)) == 2


def test_facts_are_changed_dropped_and_stale_pages_refused(drafter) -> None:
    pk = drafted(drafter)
    assert post(drafter, "calendar-facts", pk, **FACTS | {"title": "Khác"}).status_code == 302
    assert decree().title == "Khác"
    assert post(drafter, "calendar-facts", pk, **FACTS | {"opens_year": "2029"}).status_code == 400
    assert post(drafter, "calendar-facts", pk, **FACTS | {"seen": "0"}).status_code == 409
    assert "Khác" in page(drafter, "calendar-facts", 200, pk)
    assert post(drafter, "calendar-drop", pk).status_code == 302
    assert post(drafter, "calendar-table", pk, pasted=TABLE).status_code == 409


def test_drafts_are_not_for_everybody(cast, drafter) -> None:
    pk = drafted(drafter)
    for name in ("dung.sapa", "chi.laocai"):
        client = made.signed_in(cast[name])
        page(client, "calendar-decree", 404, pk)
        assert "7/2026/QĐ-TTg" not in page(client, "calendar")
        for place in ("calendar-new",):
            page(client, place, 403)
        for place in (
            "calendar-table",
            "calendar-preview",
            "calendar-enact",
            "calendar-withdraw",
            "calendar-drop",
        ):
            page(client, place, 403, pk)


def test_alarms_are_shown(drafter) -> None:
    late = date.fromordinal(queries.calendar_now().end - 4)
    clocks.start("2026-11-20 09:00", "")
    clocks.start(f"{late} 09:00", "20w", stream="tests.thing:2")
    assert "2 đồng hồ không có hạn" in page(drafter, "calendar")
    text = page(drafter, "calendar-alarms")
    assert "chưa biết thời hạn" in text and "năm chưa có lịch" in text


def test_hours_of_the_own_counter(cast, register) -> None:
    client = made.signed_in(cast["dung.sapa"])
    assert "08:00-12:00, 13:00-17:00" in client.get(reverse("console:calendar-hours")).content.decode()
    week = {f"day{n}": "07:30-11:30, 13:30-17:00" for n in range(5)} | {"day5": "8:00-11:00"}
    asked = {"since": "01/12/2030", "decision": "1/TB-UBND", **week}
    assert client.post(reverse("console:calendar-hours"), asked).status_code == 302
    uid = register.at("03006", made.AT.date()).uid
    found = queries.opening_hours(uid, date(2030, 12, 1))
    assert found is not None and found.week[5:] == [[[480, 660]], []]
    assert "Từ 01/12/2030" in body(client.get(reverse("console:calendar-hours")))
    answer = client.post(reverse("console:calendar-hours"), asked | {"day0": "sáng"})
    assert answer.status_code == 400 and "Viết như" in body(answer)
    page(made.signed_in(cast["giang.sapa"]), "calendar-hours", 403)
