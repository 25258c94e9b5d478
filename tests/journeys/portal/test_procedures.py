"""The catalogue: search, one procedure on a day, where to file, versions side by side, the form, files."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haicap.domain.procedures.tests import make
from tests.journeys.portal import weight

pytestmark = pytest.mark.django_db
BIRTH = "1.001193"
WITHOUT_LIMIT = "2.001632"
ZERO = "3.000439"  # the portal writes 0 đồng and does not explain it


@pytest.fixture(autouse=True)
def _procedures(procedures):
    return procedures


def text(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8-sig")


def names(page: str) -> list[str]:
    return re.findall(r'<a class="first"[^>]*>([^<]+)</a>', page)


def test_search_without_marks_finds_what_is_meant(client) -> None:
    found = names(text(client.get("/thu-tuc/", {"tim": "dang ky khai sinh"})))
    assert found[0] == "Thủ tục đăng ký khai sinh"
    assert (
        found[0] == names(text(client.get("/thu-tuc/", {"tim": "đăng ký khai sinh"})))[0]
    )  # marks only weigh
    assert names(text(client.get("/thu-tuc/", {"tim": BIRTH}))) == ["Thủ tục đăng ký khai sinh"]


def test_filters_live_in_the_address_and_can_be_taken_off(client) -> None:
    page = text(client.get("/thu-tuc/", {"tim": "khai sinh", "cap": "commune", "linh-vuc": "Hộ tịch"}))
    assert '<option value="commune" selected>' in page
    off = re.search(r'<a href="(\?[^"]*)">✓ Hộ tịch', page)
    assert off and "linh-vuc" not in off[1] and "cap=commune" in off[1]
    narrow = json.loads(text(client.get("/thu-tuc/tep.json", {"cap": "commune", "linh-vuc": "Hộ tịch"})))
    assert narrow["procedures"]
    assert all(p["field"] == "Hộ tịch" and "commune" in p["levels"] for p in narrow["procedures"])


def test_life_events_lead_to_their_procedures(client, procedures) -> None:
    event = procedures.life_events[0]
    page = text(client.get("/thu-tuc/"))
    assert f'href="?su-kien={event.key}"' in page
    found = json.loads(text(client.get("/thu-tuc/tep.json", {"su-kien": event.key})))["procedures"]
    assert {p["code"] for p in found} == set(event.codes)


def test_nothing_found_says_what_to_do(client) -> None:
    assert "Không tìm thấy thủ tục nào" in text(client.get("/thu-tuc/", {"tim": "zzzz qqqq"}))


@pytest.mark.parametrize(
    "query",
    [
        {"tim": "<script>alert(1)</script>"},
        {"tim": "%" * 5000},
        {"tim": "\0"},
        {"cap": "'; DROP TABLE"},
        {"trang": "-1"},
        {"trang": "9" * 30},
        {"linh-vuc": "không có"},
        {"su-kien": "x", "doi-tuong": "y", "truc-tuyen": "z", "du": "2"},
    ],
)
def test_hostile_questions_are_answered(client, query) -> None:
    answer = client.get("/thu-tuc/", query)
    assert answer.status_code == 200
    assert "<script>alert" not in text(answer)


def test_a_day_that_is_none_is_told_at_the_field(client) -> None:
    answer = client.get("/thu-tuc/", {"ngay": "31/02/2026"})
    assert answer.status_code == 400
    assert 'href="#ngay"' in text(answer)


def test_the_page_tells_time_fee_and_papers_first(client) -> None:
    page = text(client.get(f"/thu-tuc/{BIRTH}/"))
    order = [page.index(mark) for mark in ("1 ngày làm việc", "Lệ phí đăng ký khai sinh", "Giấy chứng sinh")]
    assert order == sorted(order)
    assert page.index("Giấy chứng sinh") < page.index("Các bước") < page.index("Căn cứ pháp lý")
    assert "do Hội đồng nhân dân cấp tỉnh quy định" in page
    assert "Ghi chú trong thành phần hồ sơ" in page
    assert "Bản sao công khai của Cổng Dịch vụ công quốc gia" in page and "chưa xác minh" in page


def test_an_unknown_limit_is_no_promise(client) -> None:
    page = text(client.get(f"/thu-tuc/{WITHOUT_LIMIT}/"))
    assert "Chưa có thời hạn được xác minh" in page and "không hứa ngày nào" in page


def test_a_bare_zero_is_not_free(client) -> None:
    page = text(client.get(f"/thu-tuc/{ZERO}/"))
    assert "Cổng ghi 0 đồng" in page and "không có nghĩa là miễn phí" in page
    assert "<b>không thu</b>" not in page


def test_where_to_file_from_an_old_address(client) -> None:
    answer = client.get(f"/thu-tuc/{BIRTH}/", {"dia-chi": "12 Nguyễn Huệ, P. Bến Nghé, Q.1, TP.HCM"})
    page = text(answer)
    assert "Trung tâm Phục vụ hành chính công phường Sài Gòn" in page
    assert "Ủy ban nhân dân phường Sài Gòn" in page
    assert "118/2025/NĐ-CP" in page and "không phụ thuộc địa giới" in page


def test_an_address_that_is_not_certain_names_every_place(client) -> None:
    page = text(client.get(f"/thu-tuc/{BIRTH}/", {"dia-chi": "Phường Cửa Nam, Hà Nội"}))
    assert "Chưa chắc đơn vị nào" in page and page.count("Điểm phục vụ hành chính công tại") > 1
    lost = text(client.get(f"/thu-tuc/{BIRTH}/", {"dia-chi": "zzz"}))
    assert "Chưa tìm thấy" in lost


def test_a_procedure_of_a_ministry_sends_nobody_to_a_commune(client, procedures) -> None:
    from haicap.domain.procedures.content import Level

    code = next(e.code for e in procedures.entries if e.levels == (Level.MINISTRY,))
    page = text(client.get(f"/thu-tuc/{code}/"))
    assert "do bộ, cơ quan trung ương giải quyết" in page and 'name="dia-chi"' not in page


def test_a_day_before_the_record_says_when_it_counts(client) -> None:
    answer = client.get(f"/thu-tuc/{BIRTH}/", {"ngay": "2024-01-01"})
    assert answer.status_code == 404
    assert "không áp dụng vào ngày 01/01/2024" in text(answer) and "từ 01/07/2025" in text(answer)


@pytest.mark.parametrize("path", ["", "bieu-mau/", "so-sanh/", "tep.json"])
def test_an_unknown_code_is_not_found(client, path) -> None:
    for code in ("9.999999", "x", "1.001193'"):
        assert client.get(f"/thu-tuc/{code}/{path}").status_code == 404


def test_versions_stand_side_by_side(client, reread) -> None:
    drafter, leader = make.cast()
    make.published(drafter, leader, BIRTH, name="Đăng ký khai sinh (sửa)", since=date(2026, 12, 1))
    reread()
    page = text(client.get(f"/thu-tuc/{BIRTH}/so-sanh/"))
    assert "<del>Thủ tục đăng ký khai sinh</del>" in page and "<ins>Đăng ký khai sinh (sửa)</ins>" in page
    assert "1872/QĐ-BTP" in page
    swapped = text(client.get(f"/thu-tuc/{BIRTH}/so-sanh/", {"tu": "2", "den": "1"}))
    assert "<del>Đăng ký khai sinh (sửa)</del>" in swapped
    assert client.get(f"/thu-tuc/{BIRTH}/so-sanh/", {"tu": "99"}).status_code == 404
    history = text(client.get(f"/thu-tuc/{BIRTH}/"))
    assert "?ngay=2026-12-01" in history
    assert "<h1>Đăng ký khai sinh (sửa)" in text(client.get(f"/thu-tuc/{BIRTH}/?ngay=2026-12-01"))


def test_one_version_has_nothing_to_compare(client) -> None:
    assert "Mới có một phiên bản" in text(client.get(f"/thu-tuc/{BIRTH}/so-sanh/"))


def test_the_form_is_shown_and_cannot_be_sent(client) -> None:
    page = text(client.get(f"/thu-tuc/{BIRTH}/bieu-mau/"))
    assert "Chỉ để xem." in page and "Cháu tên là gì?" in page
    main = page.split('id="noi-dung"')[1]
    assert "<form" not in main and "<button" not in main
    general = text(client.get(f"/thu-tuc/{ZERO}/bieu-mau/"))
    assert "biểu mẫu chung" in general and "Nội dung đề nghị" in general


def test_files_hold_what_the_list_shows(client) -> None:
    rows = list(csv.DictReader(io.StringIO(text(client.get("/thu-tuc/tep.csv", {"tim": "khai sinh"})))))
    page = names(text(client.get("/thu-tuc/", {"tim": "khai sinh"})))
    assert [row["name"] for row in rows][: len(page)] == page
    record = json.loads(text(client.get(f"/thu-tuc/{BIRTH}/tep.json")))
    assert record["content"]["papers"] and record["from"] == "2025-07-01"
    whole = json.loads(text(client.get("/thu-tuc/toan-bo.json")))
    assert len(whole["procedures"]) > 2900
    assert client.get("/thu-tuc/toan-bo.exe").status_code == 404


def test_both_languages(client) -> None:
    page = text(client.get(f"/en/thu-tuc/{BIRTH}/"))
    assert "1 working day" in page and "Where do I file?" in page and "Certificate of birth" in page
    assert "What do you need to do?" in text(client.get("/en/thu-tuc/"))
    assert "What is the child" in text(client.get(f"/en/thu-tuc/{BIRTH}/bieu-mau/"))


@pytest.mark.parametrize(
    ("path", "most"),
    [("/thu-tuc/", 2), ("/thu-tuc/?tim=khai+sinh", 2), (f"/thu-tuc/{BIRTH}/", 3),
     (f"/thu-tuc/{BIRTH}/?dia-chi=phuong+sai+gon,+tp+hcm", 9), (f"/thu-tuc/{BIRTH}/bieu-mau/", 3)],
)  # fmt: skip
def test_pages_ask_little_and_weigh_little(client, path, most) -> None:
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client.get(path)
    assert answer.status_code == 200
    assert len(asked) <= most, [q["sql"] for q in asked]
    assert weight.fixed_weight() + len(answer.content) < 150_000


def test_only_reading(client) -> None:
    for path in ("/thu-tuc/", f"/thu-tuc/{BIRTH}/", f"/thu-tuc/{BIRTH}/bieu-mau/", "/thu-tuc/tep.csv"):
        assert client.post(path).status_code == 405
