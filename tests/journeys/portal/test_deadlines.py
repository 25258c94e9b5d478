"""The public deadline calculator and the calendar of working days, without JavaScript."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haicap.domain.deadlines import queries
from tests.journeys.portal.weight import fixed_weight


@pytest.fixture(autouse=True)
def memory():
    queries.forget()
    yield
    queries.forget()


def words(response) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


def test_the_answer_with_every_day(client, register) -> None:
    page = client.get("/thoi-han/?ngay=13/02/2026&gio=16:59&so=5&loai=working_days")
    assert page.status_code == 200
    text = words(page)
    assert "Hạn: 17:00, thứ Sáu 27/02/2026" in text
    assert "nghỉ lễ: Tết Bính Ngọ" in text and "45/2019/QH14, điều 112" in text
    assert "tính: ngày thứ 5" in text and "(hạn)" in text
    assert "91/2015/QH13" in text
    body = page.content.decode()
    assert body.count("<tr") == 16 and 'role="img"' in body
    assert "5 ngày được tính, 9 ngày bỏ qua" in body


def test_sums_pauses_and_receipts_outside_hours(client, register) -> None:
    text = words(client.get("/thoi-han/?ngay=13/02/2026&gio=17:30&so=15&loai=days&so2=8&loai2=working_days"))
    assert "15 ngày + 8 ngày làm việc" in text and "Hạn: 17:00, thứ Hai 23/03/2026" in text
    assert "tính như nhận lúc 08:00, thứ Hai 23/02/2026" in text
    where = "/thoi-han/?ngay=20/11/2026&gio=09:00&so=4&loai=working_days&dung=23/11/2026&dung_gio=9:00"
    text = words(client.get(where + "&tiep=27/11/2026&tiep_gio=10:00"))
    assert (
        "Hạn: 09:00, thứ Năm 03/12/2026" in text and "Hạn khi chưa tạm dừng 17:00, thứ Sáu 27/11/2026" in text
    )
    assert "Đang tạm dừng, chưa có hạn mới" in words(client.get(where))


def test_what_was_not_read_is_said(client, register) -> None:
    page = client.get("/thoi-han/?ngay=25/04/2025&gio=09:00&so=3&loai=working_days")
    assert "chưa được đọc trực tiếp" in words(page)
    assert page.content.decode().count("chưa xác minh</span>") >= 2


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("ngay=13/02/2026&gio=16:59&so=0&loai=days", "lớn hơn 0"),
        ("ngay=13/02/2026&gio=16:59&so=-5&loai=days", "lớn hơn 0"),
        ("ngay=13/02/2026&gio=25:00&so=5&loai=days", "Giờ viết như 16:59"),
        ("ngay=31/02/2026&so=5&loai=days", "không phải là ngày"),
        ("ngay=01/01/2031&so=5&loai=days", "Chưa có lịch làm việc cho ngày 01/01/2031"),
        ("so=5&loai=days", "Ngày nhận hồ sơ"),
        ("ngay=13/02/2026&so=5&loai=weeks", "weeks"),
        ("ngay=13/02/2026&so=99999999&loai=days", "99999999"),
        ("ngay=20/11/2026&so=4&loai=days&tiep=21/11/2026", "thiếu lúc tạm dừng"),
        ("ngay=20/11/2026&so=4&loai=days&dung=19/11/2026&tiep=21/11/2026", "trước lúc tiếp nhận"),
        ("ngay=<script>alert(1)</script>&so=4", "không phải là ngày"),
    ],
)
def test_what_cannot_be_reckoned_says_why(client, register, asked, said) -> None:
    page = client.get(f"/thoi-han/?{asked}")
    assert page.status_code == 400
    assert said in words(page)
    assert "<script>alert" not in page.content.decode()
    assert client.get(f"/thoi-han/tep.csv?{asked}").status_code == 302


def test_the_days_as_a_file(client, register) -> None:
    answer = client.get("/thoi-han/tep.csv?ngay=13/02/2026&gio=16:59&so=5&loai=working_days")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len(rows) == 16
    assert rows[4][:5] == [
        "16/02/2026",
        "thứ Hai",
        "không tính",
        "nghỉ lễ: Tết Bính Ngọ",
        "45/2019/QH14, điều 112",
    ]


def test_the_calendar_of_a_year(client, register) -> None:
    page = client.get("/lich/?nam=2026")
    text = words(page)
    assert "Lịch làm việc năm 2026" in text and "28/2026/QH16" in text and "chưa thấy số văn bản" in text
    known = queries.calendar()
    worked = sum(known.is_working(n) for n in range(known.first, known.end)) - sum(
        known.is_working(n) for n in range(known.first, known.first + 365)
    )
    assert f"{worked} ngày làm việc." in text
    assert page.content.decode().count('class="month"') == 12
    assert client.get("/lich/?nam=2031").status_code == 404
    assert client.get("/lich/?nam=abc").status_code == 404
    assert client.get("/lich/").status_code == 200


def test_the_calendar_as_files(client, register) -> None:
    rows = list(
        csv.DictReader(
            io.StringIO(b"".join(client.get("/lich/2026/tep.csv").streaming_content).decode("utf-8-sig"))
        )
    )
    assert len(rows) == 365
    assert {r["day"]: r["working"] for r in rows}["2026-08-22"] == "1"
    ics = client.get("/lich/2026/tep.ics")
    lines = ics.content.decode().split("\r\n")
    assert lines[0] == "BEGIN:VCALENDAR" and lines[-2:] == ["END:VCALENDAR", ""]
    assert all(len(line.encode()) <= 75 for line in lines)
    assert lines.count("BEGIN:VEVENT") == sum(on.year == 2026 for on in queries.calendar().special)
    assert "DTSTART;VALUE=DATE:20261124" in lines
    assert client.get("/lich/2031/tep.ics").status_code == 404
    assert client.get("/lich/2031/tep.csv").status_code == 404


def test_few_questions_to_the_database_and_light_pages(client, register) -> None:
    client.get("/lich/")
    for path in ("/thoi-han/?ngay=02/01/2026&so=120&loai=working_days", "/lich/?nam=2026"):
        with CaptureQueriesContext(connection) as asked:
            page = client.get(path)
        assert len(asked) <= 2, [q["sql"] for q in asked]
        assert len(page.content) + fixed_weight() < 170_000  # a proof of half a year, before compression


def test_in_english(client, register) -> None:
    page = client.get("/en/thoi-han/?ngay=13/02/2026&gio=16:59&so=5&loai=working_days")
    assert page.status_code == 200
    assert client.get("/en/lich/").status_code == 200


def test_within_the_day_needs_no_number(client, register) -> None:
    assert "Hạn: 17:00, thứ Hai 23/11/2026" in words(
        client.get("/thoi-han/?ngay=20/11/2026&gio=15:00&so=&loai=same_day")
    )
    page = client.get("/thoi-han/?ngay=20/11/2026&gio=15:00&so=&loai=days")
    assert page.status_code == 400
