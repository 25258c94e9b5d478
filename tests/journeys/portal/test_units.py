"""Đơn vị qua thời gian: browse, one unit, one code, changes, the reform."""

from __future__ import annotations

import csv
import io

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _register(register):
    return register


def text(response) -> str:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return body.decode("utf-8-sig")


def test_browse_lists_34_provinces_in_the_order_of_the_alphabet(client):
    page = text(client.get("/don-vi/", {"ngay": "2025-07-01"}))
    rows = page.split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]
    assert len(rows) == 34
    assert "Tỉnh An Giang" in rows[0] and "Tỉnh Vĩnh Long" in rows[-1]
    assert page.index("Đà Nẵng") > page.index("Cần Thơ")


def test_browse_before_the_reform_lists_63(client):
    page = text(client.get("/don-vi/", {"ngay": "30/06/2025"}))
    assert page.split("<tbody>")[1].split("</tbody>")[0].count("<tr>") == 63
    assert "?ngay=2025-06-30" in page


def test_browse_sorts_and_ignores_unknown_columns(client):
    page = text(client.get("/don-vi/", {"xep": "-xa", "ngay": "2025-07-01"}))
    first = page.split("<tbody>")[1].split("</tr>")[0]
    assert "Thành phố Hồ Chí Minh" in first
    assert 'aria-sort="descending"' in page
    assert client.get("/don-vi/", {"xep": "'; DROP"}).status_code == 200


def test_links_stay_in_the_language_of_the_page(client):
    vietnamese, english = text(client.get("/don-vi/")), text(client.get("/en/don-vi/"))
    assert 'href="/don-vi/79/"' in vietnamese
    assert 'href="/en/don-vi/79/"' in english and '"/don-vi/79/"' not in english
    assert 'href="/don-vi/79/"' in text(client.get("/don-vi/"))


def test_search_by_name_without_marks_and_by_code(client):
    assert "Phường Sài Gòn" in text(client.get("/don-vi/", {"tim": "sai gon"}))
    assert "Phường Sài Gòn" in text(client.get("/don-vi/", {"tim": "26740"}))
    assert "Không có đơn vị nào" in text(client.get("/don-vi/", {"tim": "zzzz"}))


def test_unit_page_says_the_code_was_recycled(client):
    page = text(client.get("/don-vi/26740/"))
    assert "<h1>Phường Sài Gòn" in page
    assert "Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh" in page
    assert "khi dùng mã luôn kèm ngày" in page
    before = text(client.get("/don-vi/26740/", {"ngay": "2025-06-30"}))
    assert "<h1>Phường Bến Nghé" in before


def test_unit_page_draws_lineage_with_shares_and_clauses(client):
    page = text(client.get("/don-vi/26740/"))
    assert page.count('class="box') == 4  # three old wards and the new one
    assert 'class="link part"' in page and 'class="link whole"' in page
    assert "Nghị quyết 1685/NQ-UBTVQH15, điều 1 khoản 1" in page
    assert "Nguyễn Thái Bình" in page


def test_divided_commune_shows_where_the_people_went(client, register):
    import datetime

    old = register.at("00136", datetime.date(2025, 6, 30))
    assert old is not None
    page = text(client.get("/don-vi/00136/", {"ngay": "2025-06-30"}))
    assert 'class="link pop"' in page


def test_province_page_lists_its_communes_and_organs(client):
    page = text(client.get("/don-vi/79/"))
    assert "Đơn vị trực thuộc (168)" in page
    assert "Sở Nội vụ" in page and "chưa xác minh" in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/don-vi/abc/", 400),
        ("/don-vi/1234/", 400),
        ("/don-vi/00000/", 404),
        ("/don-vi/760/", 404),
        ("/don-vi/26740/?ngay=2001-01-01", 400),
        ("/don-vi/26740/?ngay=x", 400),
        ("/ma/abc/", 400),
        ("/ma/99999/", 404),
        ("/thay-doi/?tu=x", 400),
        ("/thay-doi/?tu=2001-01-01", 400),
        ("/thay-doi/?trang=-1&loai=zz&cap=%00", 200),
        ("/thay-doi/?trang=99999999999999", 200),
        ("/don-vi/%F0%9F%8F%A0/", 400),
        ("/don-vi/?ngay=9999-12-31", 200),
    ],
)
def test_bad_input_is_refused_in_words(client, path, status):
    response = client.get(path)
    assert response.status_code == status
    assert "<h1>" in response.content.decode()


def test_a_code_nobody_holds_today_names_its_holders(client):
    page = text(client.get("/don-vi/760/"))
    assert "không đơn vị nào mang mã 760" in page
    assert "Quận 1" in page


def test_code_history_names_both_holders(client):
    page = text(client.get("/ma/26740/"))
    assert "Phường Bến Nghé, Quận 1" in page and "Phường Sài Gòn" in page


def test_changes_page_counts_and_pages(client):
    page = text(client.get("/thay-doi/", {"tu": "2025-06-30", "den": "2025-07-01"}))
    assert "Thành lập (" in page and "Kết thúc (" in page
    assert 'aria-current="page">1<' in page
    second = text(client.get("/thay-doi/", {"tu": "2025-06-30", "den": "2025-07-01", "trang": "2"}))
    assert "tu=2025-06-30" in second and "101–200" in second


def test_changes_export_is_whole_and_guarded(client, register):
    import datetime

    rows = list(
        csv.reader(
            io.StringIO(text(client.get("/thay-doi/tep.csv", {"tu": "2025-06-30", "den": "2025-07-01"})))
        )
    )
    assert len(rows) - 1 == len(register.changes(datetime.date(2025, 6, 30), datetime.date(2025, 7, 1)))
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_reform_counts_are_those_of_the_facts(client):
    page = text(client.get("/cai-cach/"))
    for figure in (
        "63 →</span> 34",
        "696 →</span> 0",
        "10.035 →</span> 3.321",
        "<strong>441</strong>",
        "10.566",
    ):
        assert figure in page
    english = text(client.get("/en/cai-cach/"))
    assert "10,035 →</span> 3,321" in english


def test_reform_export_adds_up(client):
    rows = list(csv.DictReader(io.StringIO(text(client.get("/cai-cach/tep.csv")))))
    assert len(rows) == 34
    assert sum(int(r["communes_2025_06_30"]) for r in rows) == 10_035
    assert sum(int(r["communes_2025_07_01"]) for r in rows) == 3_321


def test_query_budgets(client, django_assert_max_num_queries):
    for path in ("/don-vi/26740/", "/don-vi/", "/thay-doi/", "/cai-cach/", "/ma/26740/"):
        client.get(path)
        with django_assert_max_num_queries(3):
            client.get(path)


def test_pages_are_light(client):
    """Without the map, fonts and style sheet included, a page stays below 150 kB."""
    from tests.journeys.portal.weight import fixed_weight, without_map

    for path in (
        "/",
        "/don-vi/26740/",
        "/thay-doi/",
        "/gioi-thieu/",
        "/don-vi/",
        "/cai-cach/",
        "/don-vi/79/",
    ):
        page = without_map(client.get(path).content)
        assert fixed_weight() + len(page) < 150_000, path
