"""Tiêu đề: names of sheets and columns, as we write them and as people do."""

from __future__ import annotations

from collections.abc import Sequence

from haicap.base.text import fold
from haicap.base.words import gettext_noop
from haicap.domain.law.formats.problems import Problem
from haicap.domain.law.formats.rows import SHEETS, columns

MORE_TEXT = "text_"  # text_2, text_3, … continue the column text
_NAMED = {
    "documents": ("van ban",), "provisions": ("dieu khoan", "vi tri"), "texts": ("noi dung",),
    "relations": ("quan he",), "owed": ("van ban con no",),
}  # fmt: skip
SHEET_OF = {name: sheet for sheet, names in _NAMED.items() for name in (*names, sheet)}
COLUMN_OF = {
    "so": "number", "so ky hieu": "number", "co quan ban hanh": "issuer", "ngay ban hanh": "issued_on", "loai": "kind",
    "trich yeu": "title", "ten": "title", "ngay hieu luc": "effective_on", "ngay het hieu luc": "sunset_on",
    "nguoi ky": "signer", "do khan": "urgency", "dia ban": "territory", "van ban": "document", "vi tri": "place",
    "tieu de": "heading", "tu ngay": "since", "den ngay": "until", "noi dung": "text", "van ban duoc tac dong": "target",
    "vi tri duoc tac dong": "target_place", "nguon": "source", "ghi chu": "note", "do chac chan": "evidence",
    "han": "due_on", "viec": "subject", "co quan phai ban hanh": "holder",
}  # fmt: skip


def unknown_sheet(name: str) -> Problem:
    return Problem(
        name[:60], 0, "",
        gettext_noop("Trang tính này không dùng được, hoặc có hai lần."),
        {"known": ", ".join(SHEETS)}, gettext_noop("Các trang có thể dùng: %(known)s. Đổi tên hoặc xóa trang này."),
    )  # fmt: skip


def column_of(heading: str) -> str:
    plain = fold(heading)
    return COLUMN_OF.get(plain.replace("_", " "), plain)


def is_more(name: str) -> bool:
    return name.startswith(MORE_TEXT) and name.removeprefix(MORE_TEXT).isdecimal()


def bad_heading(sheet: str, line: int, names: Sequence[str]) -> list[Problem]:
    known = columns(sheet)
    bad = [
        name for place, name in enumerate(names)
        if name and (name in names[:place] or (name not in known and not (sheet == "texts" and is_more(name))))
    ]  # fmt: skip
    return [
        Problem(
            sheet, line, name[:60],
            gettext_noop("Cột “%(name)s” không có trong bảng này, hoặc có hai lần."),
            {"name": name[:60], "known": ", ".join(known)}, gettext_noop("Các cột: %(known)s."),
        )
        for name in bad
    ]  # fmt: skip
