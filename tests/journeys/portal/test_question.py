"""Nay tôi thuộc xã, phường nào?"""

from __future__ import annotations

import re

import pytest

pytestmark = pytest.mark.django_db


def ask(client, text, **more):
    return client.get("/", {"q": text, **more})


@pytest.fixture(autouse=True)
def _register(register):
    return register


def test_empty_page_shows_what_to_do(client):
    page = client.get("/").content.decode()
    assert "Nay tôi thuộc xã, phường nào?" in page
    assert 'href="?q=12%20Nguy' in page


def test_unique_answer_has_name_code_former_name_clause_centre_and_map(client):
    page = ask(client, "12 Nguyễn Huệ, P. Bến Nghé, Q.1, TP.HCM").content.decode()
    assert "Phường Sài Gòn, Thành phố Hồ Chí Minh" in page
    assert "26740" in page
    assert "Trước 1/7/2025: Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh." in page
    assert "Nghị quyết 1685/NQ-UBTVQH15, điều 1 khoản 1. Hiệu lực 01/07/2025" in re.sub("<[^>]+>", "", page)
    assert "Trung tâm Phục vụ hành chính công phường Sài Gòn" in page
    assert '<g class="here">' in page
    assert "Quần đảo" in page and "Hoàng Sa" in page and "Trường Sa" in page
    assert "CC BY 4.0" in page


def test_split_puts_the_unit_that_took_the_people_first(client):
    page = ask(client, "Phường Phúc Lợi, Quận Long Biên, Hà Nội").content.decode()
    rows = page.split("<tbody>")[1].split("</tbody>")[0].split("<tr")[1:]
    assert "Phường Phúc Lợi" in rows[0] and "nhận toàn bộ người dân" in rows[0]
    assert "Phường Việt Hưng" in rows[1] and "nhận toàn bộ người dân" not in rows[1]
    assert "khoản 41" in page and "khoản 42" in page


def test_split_without_deciding_people_says_what_decides(client, register):
    page = ask(client, "Phường Cửa Nam, Quận Hoàn Kiếm, Hà Nội").content.decode()
    assert "đã được chia cho 4 đơn vị" in page
    assert "Đường phố hoặc thôn, tổ dân phố quyết định" in page


def test_ambiguous_shows_today_first_then_each_old_reading(client):
    page = ask(client, "Phường Cửa Nam, Hà Nội").content.decode()
    today, old = page.index("Nếu là đơn vị hiện nay"), page.index("Nếu là Phường Cửa Nam, Quận Hoàn Kiếm")
    assert today < old
    assert page.count("Phường Văn Miếu - Quốc Tử Giám") >= 1


def test_not_found_says_why_and_asks_back(client):
    page = ask(client, "phường Bến Ngé Tây, Vĩnh Long").content.decode()
    assert "Chưa tìm thấy" in page
    assert "Có phải bạn muốn hỏi" in page
    assert "Bến Nghé" in page


def test_a_mended_slip_is_said_openly(client):
    page = ask(client, "Phường Bến Ngé, Quận 1, TP.HCM").content.decode()
    assert "Phường Sài Gòn" in page
    assert "được hiểu là" in page


def test_a_past_day_answers_as_of_that_day(client):
    page = ask(client, "Phường Bến Nghé, Quận 1, TP.HCM", ngay="30/06/2025").content.decode()
    assert "Phường Bến Nghé, Quận 1" in page or "Phường Bến Nghé, Thành phố Hồ Chí Minh" in page
    assert "Phường Sài Gòn" not in page


@pytest.mark.parametrize("day", ["31/02/2025", "hôm qua", "99999", "2025-13-01"])
def test_impossible_days_are_said_at_the_field(client, day):
    response = ask(client, "Phường Bến Nghé", ngay=day)
    assert response.status_code == 400
    assert "không phải là ngày" in response.content.decode()
    assert 'href="#ngay"' in response.content.decode()


def test_a_day_before_the_facts_says_so(client):
    page = ask(client, "Phường Bến Nghé, Quận 1, TP.HCM", ngay="01/01/2001")
    assert page.status_code == 200
    assert "trước mốc dữ liệu" in page.content.decode()


HOSTILE = (
    "<script>alert(1)</script>",
    "' OR 1=1 --",
    "\x00\x01\x02",
    "%s %(x)s {} {{ 7*7 }}",
    "🏠" * 300,
    "a\u0300" * 400,
    "," * 900,
    "phường " * 140,
    "P.1, Q.1" * 100,
    "=cmd|' /C calc'!A0",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_never_breaks_the_page(client, text):
    response = ask(client, text)
    assert response.status_code == 200
    page = response.content.decode()
    assert "<script>alert" not in page
    assert 'value="<' not in page


def test_ten_megabytes_get_a_clear_sentence(client):
    response = ask(client, "Phường Bến Nghé " * 650_000)
    assert response.status_code == 200
    page = response.content.decode()
    assert "tối đa 1.000 ký tự" in page
    assert len(page) < 20_000


def test_english_is_a_full_translation(client):
    page = client.get("/en/", {"q": "Phường Bến Nghé, Quận 1, TP.HCM"}).content.decode()
    assert '<html lang="en">' in page
    assert "Which commune or ward do I live in now?" in page
    assert "Resolution 1685/NQ-UBTVQH15, Article 1 Clause 1" in page
    assert "Tra cứu" not in page


def test_language_switch_keeps_the_question(client):
    page = ask(client, "Phường Bến Nghé").content.decode()
    assert 'href="/en/?q=Ph%C6%B0%E1%BB%9Dng%20B%E1%BA%BFn%20Ngh%C3%A9"' in page or "/en/?q=Ph" in page


def test_query_budget(client, django_assert_max_num_queries):
    ask(client, "Phường Bến Nghé, Quận 1, TP.HCM")
    with django_assert_max_num_queries(3):
        ask(client, "Phường Bến Nghé, Quận 1, TP.HCM")
