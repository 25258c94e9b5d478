"""Powers for everybody: who decides, where, on which day; a power over time; the link from a procedure."""

from __future__ import annotations

import csv
import html
import io

import pytest

HOME, PERMIT = "/tham-quyen/", "/tham-quyen/xay-dung.giay-phep/"


def body(response) -> str:
    """The page with its links, as a reader of its source has it."""
    return html.unescape(response.content.decode())


@pytest.fixture(autouse=True)
def _loaded(procedures):
    """Catalogue, law and powers."""


def test_the_list_for_a_place_and_a_day(client) -> None:
    everywhere = body(client.get(HOME, {"tim": "giay phep xay dung"}))
    assert "Ủy ban nhân dân cấp xã" in everywhere
    old = body(
        client.get(HOME, {"tim": "giấy phép xây dựng", "noi": "12 Nguyễn Huệ, P. Bến Nghé, Q.1, TP.HCM"})
    )
    assert "Ủy ban nhân dân phường Sài Gòn" in old and "Phường Bến Nghé" in old
    after = body(client.get(HOME, {"tim": "giấy phép xây dựng", "ngay": "2027-03-01"}))
    assert "không ai theo sổ" in after
    assert "Không thấy thẩm quyền nào" in body(client.get(HOME, {"tim": "zzzz"}))
    bad = client.get(HOME, {"ngay": "hôm kia"})
    assert bad.status_code == 400 and 'id="ngay-loi"' in body(bad)


def test_everything_is_there_without_a_question_and_by_field(client) -> None:
    page = body(client.get(HOME))
    assert "Trang sau" in page or "trang=2" in page
    land = body(client.get(HOME, {"linh-vuc": "Đất đai"}))
    assert "Quyết định thu hồi đất" in land and "giấy phép xây dựng" not in land


def test_the_file_is_the_list(client) -> None:
    answer = client.get(f"{HOME}tep.csv", {"tim": "giay phep xay dung", "noi": "03006"})
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    (row,) = [r for r in rows if r["code"] == "xay-dung.giay-phep"]
    assert row["decided_by"] == "Ủy ban nhân dân phường Sa Pa" and "140/2025/NĐ-CP" in row["citation"]
    assert (row["since"], row["until"]) == ("2025-07-01", "2027-03-01")


def test_a_power_over_time(client) -> None:
    page = body(client.get(PERMIT, {"noi": "Phường Sa Pa, Lào Cai"}))
    assert "Ủy ban nhân dân phường Sa Pa" in page and "/van-ban/140-2025-nd-cp/#art_4__para_1" in page
    assert "<svg" in page and "Ủy ban nhân dân cấp huyện" in page and "theo công văn hướng dẫn" in page
    assert "28/02/2027" in page and "Báo vướng mắc" not in page
    before = body(
        client.get(
            PERMIT, {"noi": "Phường Bến Nghé, Quận 1, Hồ Chí Minh", "ngay": "2025-06-01", "tt-khoan": "3"}
        )
    )
    assert "Ủy ban nhân dân cấp huyện" in before
    assert client.get("/tham-quyen/khong-co/").status_code == 404
    assert client.get("/tham-quyen/%00/").status_code == 404


def test_a_power_whose_register_tells_no_decision_shows_the_role_it_tells(client) -> None:
    page = body(client.get(HOME, {"tim": "Thu hồi Bằng Tổ quốc ghi công"}))
    assert "thẩm định, tham mưu" in page


def test_a_procedure_leads_to_its_power(client) -> None:
    page = body(client.get("/thu-tuc/1.014199/"))
    assert "Cơ quan có thẩm quyền theo luật" in page and "Chủ tịch Ủy ban nhân dân cấp tỉnh" in page
    assert "/tham-quyen/lao-dong.giay-phep/" in page
    here = body(client.get("/thu-tuc/1.014199/", {"dia-chi": "Phường Sa Pa, Lào Cai"}))
    assert "Chủ tịch Ủy ban nhân dân tỉnh Lào Cai" in here
    assert "Cơ quan có thẩm quyền theo luật" not in body(client.get("/thu-tuc/1.004873/"))


def test_in_english(client) -> None:
    page = body(client.get(f"/en{PERMIT}"))
    assert "/en/van-ban/140-2025-nd-cp/" in page and "Who decides" in page


def test_query_budgets(client, django_assert_max_num_queries) -> None:
    for path, most in ((HOME, 2), (PERMIT, 3), ("/thu-tuc/1.014199/", 3)):
        client.get(path)
        with django_assert_max_num_queries(most + 6):  # registers may be asked once whether they changed
            client.get(path)
