"""Văn bản at the portal: search, a document on a day and in a place, why, what changed, files, ELI addresses, citations."""

from __future__ import annotations

import io
import json
import re
import zipfile
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from haicap.base.citation import Citation
from haicap.domain.law import formats, queries
from haicap.domain.law.formats.akn import read_akn
from haicap.web.common.law import links
from tests.journeys.portal.weight import fixed_weight

pytestmark = pytest.mark.django_db
LAND = "/van-ban/151-2025-nd-cp/"
FOOD = "/van-ban/46-2026-nd-cp/"


@pytest.fixture(autouse=True)
def _loaded(register):
    assert queries.loaded()


def page(client, path: str, status: int = 200, **asked: str) -> str:
    answer = client.get(path, asked)
    assert answer.status_code == status, answer.content[:400]
    return answer.content.decode()


def words(text: str) -> str:
    """What is read: without tags, white space as one."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def test_found_by_number_and_by_title_with_marks_and_without(client) -> None:
    for asked in ("151/2025", "đất đai", "DAT DAI", "phan dinh tham quyen dat dai"):
        assert LAND in page(client, "/van-ban/", tim=asked), asked
    assert "Không tìm thấy văn bản nào" in page(client, "/van-ban/", tim="không có chữ này đâu")


def test_filters_narrow_and_stay_in_the_address(client) -> None:
    decrees = page(client, "/van-ban/", loai="decree", **{"hieu-luc": "suspended", "ngay": "2026-03-01"})
    assert FOOD in decrees and LAND not in decrees
    assert '<option value="suspended" selected>' in decrees
    unknown = page(client, "/van-ban/", loai="<script>", **{"hieu-luc": "x"})
    assert "&lt;script" not in unknown and "trang=2" in unknown


def test_a_document_answers_on_a_day_and_says_why(client) -> None:
    now = words(page(client, LAND, ngay="2026-11-22"))
    assert "còn hiệu lực Vào ngày 22/11/2026" in now
    assert "Tiếp theo: từ ngày 01/03/2027, hết hiệu lực" in now
    then = words(page(client, LAND, ngay="01/03/2027"))
    assert "hết hiệu lực toàn bộ Vào ngày 01/03/2027" in then
    assert "Theo Nghị định 151/2025/NĐ-CP , hiệu lực kết thúc từ ngày 01/03/2027" in then
    paused = words(page(client, FOOD, ngay="2026-03-01"))
    assert "ngưng hiệu lực của Nghị định 46/2026/NĐ-CP" in paused and "Nghị quyết 09/2026/NQ-CP" in paused


def test_a_document_of_one_province_does_not_count_in_another(client) -> None:
    local = "/van-ban/28-2025-qd-ubnd/"
    here, there = page(client, local, **{"don-vi": "03006"}), page(client, local, **{"don-vi": "Hà Nội"})
    assert "tại Phường Sa Pa" in here and "không áp dụng tại đây" not in here
    assert "không áp dụng tại đây" in words(page(client, local, **{"don-vi": "26740"}))
    assert "không áp dụng tại đây" in there or "nhiều nơi" in there or "không có đơn vị" in there
    assert "không có đơn vị nào" in page(client, local, **{"don-vi": "99999"})
    assert client.get(local, {"ngay": "hôm qua"}).status_code == 400


def test_drawings_have_words_and_a_table(client) -> None:
    text = page(client, LAND)
    assert text.count('role="group"') >= 2 and "Xem dạng bảng" in text
    assert 'id="art_5__para_1__point_đ"' in text and "chưa có văn bản" in text
    assert "style=" not in text and "onclick" not in text
    seen = re.findall(r"<title>([^<]+)</title>", text)
    assert {"còn hiệu lực", "hết hiệu lực", "chưa có hiệu lực"} <= set(seen)


def test_unknown_documents_are_a_page_not_an_error(client) -> None:
    assert "Không có văn bản này" in page(client, "/van-ban/1-2099-nd-cp/", 404)


def test_eli_addresses_lead_to_the_place(client) -> None:
    answer = client.get("/eli/vn/nd/2025/151/vi/art_5/para_1")
    assert answer.status_code == 302 and answer["Location"] == f"{LAND}#art_5__para_1"
    assert client.get("/eli/vn/nd/2099/1/vi").status_code == 404
    assert client.get("/eli/vn/x").status_code == 400
    for doc in queries.corpus().docs.values():
        if not doc.issuer_uid:
            continue
        shown = re.search(r'<span class="hash">([^<]+)</span>', page(client, f"/van-ban/{doc.slug}/"))
        assert shown and client.get(shown[1].strip()).status_code == 302
        break


def test_files_say_the_same_as_the_page(client) -> None:
    akn = client.get(f"{LAND}tep.xml")
    outcome = read_akn(io.BytesIO(akn.content))
    assert not outcome.problems and outcome.tables.documents[0].number == "151/2025/NĐ-CP"
    assert {p.place for p in outcome.tables.provisions} >= {"art_5__para_1", "art_5__para_1__point_đ"}
    book = formats.read_tables(io.BytesIO(client.get(f"{LAND}tep.xlsx").content)).whole()
    assert [d.number for d in book.documents] == ["151/2025/NĐ-CP"] and len(book.provisions) == 12
    described = json.loads(client.get(f"{LAND}tep.jsonld").content)
    assert described["@id"].endswith("/eli/vn/nd/2025/151/vi") and "amended_by" in described
    assert client.get(f"{LAND}tep.exe").status_code == 404


def test_the_register_comes_whole_or_as_found(client) -> None:
    whole = formats.read_tables(io.BytesIO(client.get("/van-ban/tep.json").content)).whole()
    assert len(whole.documents) == len(queries.corpus().docs)
    some = formats.read_tables(
        io.BytesIO(client.get("/van-ban/tep.json", {"tim": "151/2025"}).content)
    ).whole()
    assert "151/2025/NĐ-CP" in [d.number for d in some.documents] and len(some.documents) < 9
    with zipfile.ZipFile(io.BytesIO(client.get("/van-ban/tep.zip").content)) as files:
        assert len(files.namelist()) == len(whole.documents)


def test_what_changed_between_two_days(client) -> None:
    asked = {"tu": "01/01/2026", "den": "2026-03-01"}
    told = words(page(client, "/van-ban/thay-doi/", **asked))
    assert "26/01/2026" in told and "Nghị định 46/2026/NĐ-CP" in told and "ngưng hiệu lực" in told
    answer = client.get("/van-ban/thay-doi/tep.csv", asked)
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) - 1 == len(queries.changes(date(2026, 1, 1), date(2026, 3, 1)))
    assert "không phải là ngày" in page(client, "/van-ban/thay-doi/", 400, tu="mai")
    for name in ("", "tep.csv"):  # a year before the first day of the calendar
        assert client.get(f"/van-ban/thay-doi/{name}", {"den": "01/01/0001"}).status_code == 200


@pytest.mark.parametrize(
    "nul", ["/van-ban/%00/", "/van-ban/a%00b/tep.xlsx", "/eli/vn/%00", "/tham-quyen/%00/"]
)
def test_an_address_with_a_nul_names_nothing(client, nul: str) -> None:
    assert client.get(nul).status_code == 404


def test_pages_are_light_and_ask_little(client) -> None:
    page(client, LAND)
    for path, most in (("/van-ban/", 3), ("/van-ban/?tim=dat+dai", 4), (LAND, 7), ("/van-ban/thay-doi/", 3)):
        with CaptureQueriesContext(
            connection,
        ) as seen:
            text = client.get(path).content
        assert len(seen) <= most, (path, [q["sql"][:90] for q in seen])
        assert len(text) + fixed_weight() < 260_000, path  # uncompressed; on the wire it is about a third


def test_citations_anywhere_are_links_and_safe(client) -> None:
    text = 'theo điểm b khoản 1 Điều 5 Nghị định 151/2025/NĐ-CP <script>alert("1")</script>'
    linked = links.cited(text)
    assert 'href="/van-ban/151-2025-nd-cp/#art_5__para_1__point_b"' in linked
    assert "<script" not in linked and "&lt;script&gt;" in linked
    assert links.cited("999/2099/NĐ-CP") == "999/2099/NĐ-CP"
    cited = links.written(Citation("151/2025/NĐ-CP", "điều 5 khoản 2"))
    assert (
        cited
        == '<a href="/van-ban/151-2025-nd-cp/#art_5__para_2">Nghị định 151/2025/NĐ-CP, điều 5 khoản 2</a>'
    )
    shared = [n for n in ("15/2025/NQ-HĐND", "01/2025/NQ-HĐND") if len(queries.corpus().numbered(n)) > 1]
    assert all("<a" not in links.cited(n) for n in shared)


def test_english_says_the_same(client) -> None:
    text = words(page(client, f"/en{LAND}", ngay="2026-11-22"))
    assert "in force" in text and "còn hiệu lực" not in text.replace("Đất đai", "")
