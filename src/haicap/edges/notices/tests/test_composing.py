"""Every wording, in both languages: complete, short enough, harmless whatever people typed."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest

from haicap.edges.notices import addresses, composing
from haicap.edges.notices.channels import Link, Text
from haicap.edges.notices.composing import as_html, as_text, compose
from haicap.edges.notices.tests.conftest import CODE, FACTS
from haicap.edges.notices.wording import DIGEST, WORDINGS

LONG_CODE = "H61.123.456.789-261123-00001"
FULL = FACTS | {
    "due_at": "2026-11-24T17:00:00+07:00", "before_at": "2026-11-24T10:00:00+00:00", "new_at": "2026-11-27T10:00:00+00:00",
    "reason": "Chờ ý kiến của cơ quan khác", "ground": "118/2025/NĐ-CP, điều 17", "amount": 8000, "asked_by": "Phòng VHXH",
    "contact": "ông Dũng, 0912345678", "items": ["Giấy chứng sinh", "Bản sao hộ chiếu"], "competent": "UBND xã Hòa Bình",
}  # fmt: skip
LANGUAGES = ("vi", "en")
VIETNAMESE = set("ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ")


@pytest.fixture(autouse=True)
def site(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SITE_URL = "https://haicap.example"
    monkeypatch.setattr(composing, "_pages", {})


def everything(text: Text) -> str:
    return text.subject + as_text(text) + as_html(text, "vi") + text.short


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("template", WORDINGS)
def test_each_wording(template: str, language: str) -> None:
    text = compose(template, FULL, language)
    plain, html = as_text(text), as_html(text, language)
    assert text.subject.isprintable()
    assert len(compose(template, FULL | {"code": LONG_CODE}, language).subject) < 78
    assert not text.subject.endswith("…")
    for said in (
        CODE,
        "Đăng ký khai sinh",
        "https://haicap.example/",
        {"vi": "Tiếp theo: ", "en": "Next: "}[language],
    ):
        assert said in plain
    assert f'lang="{language}"' in html
    assert plain.count("\n-- \n") == 1
    assert "%(" not in everything(text)
    assert len(addresses.bare(text.short)) <= 160
    assert "Lan" not in text.short


@pytest.mark.parametrize("template", WORDINGS)
def test_english_is_english(template: str) -> None:
    facts = {"code": CODE, "way": ""} | {k: v for k, v in FULL.items() if k.endswith("_at") or k == "amount"}
    text = compose(template, facts, "en")
    said = everything(text).casefold().replace("đồng", "")  # the currency keeps its name
    left = {c for c in said.replace('lang="vi"', "") if c in VIETNAMESE}
    assert not left, as_text(text)


def test_empty_facts_are_left_out() -> None:
    text = as_text(
        compose("received", {"code": CODE, "name": "", "procedure": "", "place": "", "due_at": ""}, "vi")
    )
    assert "Hẹn trả" not in text
    assert "Kính gửi ông/bà," in text
    assert "- Thủ tục" not in text


def test_the_old_and_the_new_day_stand_side_by_side() -> None:
    text = as_text(compose("extended", FULL, "vi"))
    assert "xin lỗi" in text
    assert "Hẹn trước đây: 17:00 24/11/2026" in text
    assert "Hẹn mới: 17:00 27/11/2026" in text
    assert "Lý do: Chờ ý kiến" in text


def test_how_a_result_comes_is_said() -> None:
    said = {
        way: as_text(compose("ready", FULL | {"way": way}, "vi")) for way in ("counter", "online", "post", "")
    }
    assert said["counter"] == said[""]
    assert "giấy tờ tùy thân" in said["counter"]
    assert "tải kết quả" in said["online"]
    assert "bưu chính" in said["post"]


def test_money_and_things_are_listed() -> None:
    text = as_text(compose("payment", FULL | {"items": ["Lệ phí: 8.000 đồng"]}, "vi"))
    assert "Số tiền: 8.000 đồng" in text
    assert "Gồm:\n\n- Lệ phí: 8.000 đồng" in text


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: set[str] = set()
        self.hrefs: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.add(tag)
        self.hrefs += [value or "" for name, value in attrs if name == "href"]


@pytest.mark.parametrize("template", WORDINGS)
def test_markup_and_control_characters_stay_text(template: str) -> None:
    evil = "<img src=x onerror=alert(1)>\"'&\r\nBcc: x@example.vn\0\u202e %(code)s {to}"
    facts = {name: evil for name in FULL if not name.endswith("_at") and name not in ("amount", "items")}
    text = compose(template, FULL | facts | {"items": [evil]}, "vi")
    tags = Tags()
    tags.feed(as_html(text, "vi"))
    assert tags.found <= {
        "html",
        "head",
        "meta",
        "title",
        "body",
        "p",
        "a",
        "ul",
        "li",
        "strong",
        "hr",
        "small",
    }
    assert tags.hrefs == ["https://haicap.example/"]
    assert not {"\r", "\0", "\u202e"} & set(everything(text))
    assert "\n" not in text.subject
    assert "\nBcc" not in as_text(text)


def test_the_slot_names_the_page_that_tracks(monkeypatch: pytest.MonkeyPatch) -> None:
    composing.page(lambda code: f"/theo-doi/?ma={code}")
    text = compose("received", FULL, "vi")
    assert Link("Theo dõi hồ sơ", f"https://haicap.example/theo-doi/?ma={CODE}") in text.blocks
    assert text.short.endswith(f"/theo-doi/?ma={CODE}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_digest(language: str) -> None:
    late = [[f"H61-261120-{n:04d}", "Đăng ký khai sinh", "2026-11-20T10:00:00+00:00"] for n in range(50)]
    text = compose(
        DIGEST,
        {"late": 60, "late_rows": late, "soon": 1, "soon_rows": late[:1], "name": "Trần Văn Dũng"},
        language,
    )
    plain = as_text(text)
    assert "60" in text.subject
    assert len(text.subject) < 78
    assert plain.count("H61-") == composing.ROWS + 1
    assert {"vi": "và 10 hồ sơ nữa", "en": "and 10 more"}[language] in plain
