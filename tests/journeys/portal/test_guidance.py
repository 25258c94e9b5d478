"""Handbook, answers and notices as citizens and communes read them; on paper; as files that need no network."""

from __future__ import annotations

import io
import re
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from haicap.domain.guidance import actions, queries
from haicap.domain.guidance.tests import make
from haicap.web.common.guidance import book, written

pytestmark = pytest.mark.django_db
CHAPTER = "/cam-nang/moc-01-3-2027/"


@pytest.fixture
def client(register) -> Client:
    return Client()


def words(response) -> str:
    return response.content.decode()


class Tags(HTMLParser):
    """Every tag with its attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))


def tags(text: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(text)
    return parser.seen


def test_the_contents_name_six_parts(client) -> None:
    page = words(client.get("/cam-nang/"))
    assert [int(n) for n in re.findall(r"<h2>Phần (\d)\.", page)] == [1, 2, 3, 4, 5, 6]
    assert page.count('href="/cam-nang/') > 30 and "bài tìm thấy" not in page


def test_a_chapter_cites_and_links(client) -> None:
    page = words(client.get(CHAPTER))
    assert 'href="/van-ban/151-2025-nd-cp/' in page  # a number in the text became a link
    assert "Nghị quyết 190/2025/QH15" in page and "Căn cứ" in page
    assert 'href="/cam-nang/van-ban-don-vi-cu/"' in page


def test_what_is_not_confirmed_is_marked(client) -> None:
    page = words(client.get("/cam-nang/dai-bieu-hdnd/"))
    assert '<span class="tag warn">chưa xác minh' in page and "Có điều chưa xác minh" in page


def test_every_packaged_piece_has_a_page_and_only_live_links(client) -> None:
    inside = set()
    with CaptureQueriesContext(connection):
        for piece in queries.pieces(make.NOW):
            path = {"article": "cam-nang", "answer": "hoi-dap", "notice": "thong-bao"}[piece.kind]
            response = client.get(f"/{path}/{piece.code}/")
            assert response.status_code == 200, piece.code
            for tag, attrs in tags(words(response).split("<article")[1].split("</article>")[0]):
                if tag == "a" and (attrs["href"] or "").startswith("/"):
                    inside.add(attrs["href"].partition("#")[0])
    later = {"/phan-anh/", "/quan-tri/"}  # a door of the room above, and one behind a sign-in
    for href in sorted(inside - later):
        assert client.get(href).status_code in (200, 302), href


@pytest.mark.parametrize("text", ["bổ sung hồ sơ", "bo sung ho so", "BO SUNG"])
def test_search_with_and_without_marks(client, text) -> None:
    page = words(client.get("/hoi-dap/", {"tim": text}))
    assert "/hoi-dap/bo-sung-may-lan/" in page
    assert "/hoi-dap/bo-sung-may-lan/" in words(client.get("/cam-nang/", {"tim": text}))


def test_nothing_found_says_so(client) -> None:
    for path in ("/cam-nang/", "/hoi-dap/"):
        assert "Không thấy" in words(client.get(path, {"tim": "zzzz"}))
    for text in ("\0", "%00", "(" * 250, "<script>", "' OR 1=1"):
        assert (
            client.get("/hoi-dap/", {"tim": text, "cho": text, "chu-de": text, "trang": text}).status_code
            == 200
        )


def test_filters(client) -> None:
    page = words(client.get("/hoi-dap/", {"chu-de": "ho-tich"}))
    assert "khai-sinh-o-dau" in page and "/hoi-dap/ai-cap-so-do/" not in page
    assert "/hoi-dap/uy-quyen-hop-le/" not in words(client.get("/hoi-dap/", {"cho": "citizen"}))


def test_of_another_day(client) -> None:
    assert client.get(CHAPTER, {"ngay": "2026-09-30"}).status_code == 404
    page = words(client.get(CHAPTER, {"ngay": "2027-03-02"}))
    assert "Bài này đang được rà soát" in page and "hết hiệu lực từ 01/03/2027" in page
    assert "ngay-24-11" not in words(client.get("/thong-bao/", {"ngay": "2026-11-26"}))
    assert client.get(CHAPTER, {"ngay": "31/02/2026"}).status_code == 400


def test_a_wrong_door_leads_to_the_right_one(client) -> None:
    response = client.get("/hoi-dap/moc-01-3-2027/")
    assert (response.status_code, response["Location"]) == (302, CHAPTER)
    assert client.get("/cam-nang/khong-co/").status_code == 404


def test_english_says_what_is_only_vietnamese(client) -> None:
    page = words(client.get("/en" + CHAPTER))
    assert "1 March 2027: the decrees expire" in page and "only in Vietnamese" in page


@pytest.mark.parametrize(
    "path",
    ["/cam-nang/", CHAPTER, "/hoi-dap/", "/hoi-dap/khai-sinh-o-dau/", "/thong-bao/", "/cam-nang/?tim=dat"],
)
def test_pages_cost_few_statements(client, path) -> None:
    client.get(path)
    with CaptureQueriesContext(connection) as ran:
        assert client.get(path).status_code == 200
    assert len(ran) <= 5, [q["sql"][:80] for q in ran]


# --- hostile text ---------------------------------------------------------------------------------------------------
HOSTILE = """<script>alert(1)</script> <img src=x onerror=alert(1)> <b onclick=x>đậm</b>

![x](https://ngoai.example/x.png) [y](javascript:alert(1)) [z](data:text/html,x) [t](//ngoai.example) <javascript:alert(1)>

[w][u]

[u]: vbscript:x "t"

> <iframe src="https://ngoai.example"></iframe>

| <svg onload=x> | b |
|---|---|
| [c]( javascript:x ) | &lt;script&gt; |

`<script>`

    <script>x</script>

### <style>*{display:none}</style>
"""


def test_hostile_text_is_only_words() -> None:
    """Refused when it is written; and even if it were in the database it would do nothing."""
    made = str(written.html(HOSTILE))
    found = tags(made)
    assert {tag for tag, _ in found} <= {
        "p",
        "a",
        "blockquote",
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "code",
        "pre",
        "h2",
    }
    for tag, attrs in found:
        assert not [name for name in attrs if name.startswith("on") or name == "style"], (tag, attrs)
        assert (attrs.get("href") or "/").startswith(("/", "#", "https://", "http://", "mailto:", "tel:")), (
            attrs
        )
        assert not (attrs.get("href") or "").startswith("//")
    assert "&lt;script&gt;alert(1)" in made


def test_deep_and_long_text_is_bounded() -> None:
    for text in (
        ">" * 5000 + "x",
        "- " * 3000 + "x",
        "[" * 5000,
        "*" * 9001,
        "|" * 5000 + "\n" + "|-" * 2500,
        "`" * 4001,
    ):
        assert len(str(written.html(text))) < 400_000


# --- files ----------------------------------------------------------------------------------------------------------
def test_one_html_file_needs_nothing_else(client) -> None:
    response = client.get("/cam-nang/cam-nang.html")
    page = b"".join(response.streaming_content).decode()
    assert response["Content-Disposition"].startswith("attachment")
    found = tags(page)
    assert not [
        t for t, a in found if t in ("link", "img", "iframe", "object") or (t == "script" and "src" in a)
    ]
    assert "url(" not in page and "@import" not in page
    names = [a["id"] for _, a in found if a.get("id")]
    assert len(names) == len(set(names))
    targets = {a["href"][1:] for t, a in found if t == "a" and (a.get("href") or "").startswith("#")}
    assert targets <= set(names), targets - set(names)
    assert not [
        a["href"] for t, a in found if t == "a" and (a.get("href") or "").startswith("/")
    ]  # of the site: whole addresses
    for piece in queries.pieces(make.NOW):
        assert f'<section id="{piece.code}"' in page


def test_one_pdf(client) -> None:
    response = client.get("/cam-nang/cam-nang.pdf")
    made = b"".join(response.streaming_content)
    assert made.startswith(b"%PDF") and b"pdfaid" in made
    reader = PdfReader(io.BytesIO(made))
    text = "".join(page.extract_text() for page in reader.pages)
    assert len(reader.pages) > 30 and "Trung tâm Phục vụ hành chính công" in text and "Mục lục" in text
    assert "□" not in text
    titles = [str(o.title) for o in _flat(reader.outline)]
    assert sum(p.title in titles for p in queries.pieces(make.NOW)) == len(queries.pieces(make.NOW))


def _flat(outline):
    for entry in outline:
        if isinstance(entry, list):
            yield from _flat(entry)
        else:
            yield entry


def test_files_are_made_once_for_each_state(client, tmp_path, settings) -> None:
    settings.DATA = tmp_path
    where = {"on": make.NOW, "at": make.AT, "base": "https://vi.example"}
    first = book.prepared("html", **where)
    stamp = first.stat().st_mtime_ns
    assert book.prepared("html", **where) == first and first.stat().st_mtime_ns == stamp
    make.published(make.drafted(make.editor()), make.editor("hai"), make.approver())
    second = book.prepared("html", **where)
    assert (
        second != first and 'id="bai-thu"' not in first.read_text() and 'id="bai-thu"' in second.read_text()
    )
    assert client.get("/cam-nang/cam-nang.docx").status_code == 404


def test_on_paper(client) -> None:
    page = words(client.get("/cam-nang/in/"))
    assert page.count("<section>") == len(queries.chapters(make.NOW)) and "<nav" not in page


def test_an_answer_that_became_guidance_is_there_at_once(client) -> None:
    code = actions.publish_answer(
        question="Ai xác nhận đơn này?", text="Công an cấp xã, theo Nghị định 118/2025/NĐ-CP.", citations=(make.DECREE,),
        audiences=("citizen",), source="PA-1", since=make.NOW, actor="chi", at=make.AT,
    )  # fmt: skip
    queries.shelf.now()
    page = words(client.get(f"/hoi-dap/{code}/"))
    assert 'href="/van-ban/118-2025-nd-cp/' in page and "PA-1" in page
