"""Viết căn cứ: a citation as people read it, in the language of the page."""

from __future__ import annotations

import re

from django.utils.translation import get_language, gettext

from haicap.base.citation import Citation
from haicap.base.words import gettext_noop

_KINDS = (
    ("/NQ-", gettext_noop("Nghị quyết")),
    ("/NĐ-", gettext_noop("Nghị định")),
    ("/QĐ-", gettext_noop("Quyết định")),
    ("/TT-", gettext_noop("Thông tư")),
)
# The number of an act of the National Assembly does not say what kind it is. Those whose title is on record here (the
# notes on sources beside the facts of units and deadlines) get their word; the others stay a bare number.
_LAW, _CODE, _RESOLUTION = gettext_noop("Luật"), gettext_noop("Bộ luật"), gettext_noop("Nghị quyết")
_OF_THE_ASSEMBLY = {
    "72/2025/QH15": _LAW,  # Tổ chức chính quyền địa phương
    "45/2019/QH14": _CODE,  # Lao động
    "91/2015/QH13": _CODE,  # Dân sự
    "175/2024/QH15": _RESOLUTION,  # thành lập thành phố Huế
    "202/2025/QH15": _RESOLUTION,  # sắp xếp đơn vị hành chính cấp tỉnh
    "203/2025/QH15": _RESOLUTION,  # sửa đổi, bổ sung một số điều của Hiến pháp
}
_ENGLISH_PLACES = (("điều", "Article"), ("khoản", "Clause"), ("điểm", "Point"), ("phụ lục", "Annex"))
# These words also stand in plain text ("danh mục", "một phần"): a place only before its number.
_ENGLISH_PARTS = (("phần", "Part"), ("chương", "Chapter"), ("mục", "Section"), ("tiết", "Item"))
_NUMBER = r"(?=\s+(?:thứ\s|[0-9]|(?-i:[IVXLC]+)\b))"


def act(number: str) -> str:
    """An act by its number, with the word for its kind where the number tells it."""
    number = number.strip()
    kind = _OF_THE_ASSEMBLY.get(number) or next((word for mark, word in _KINDS if mark in number), "")
    return f"{gettext(kind)} {number}" if kind else number


def clause(text: str) -> str:
    """A place in the language of the page."""
    if get_language() != "en":
        return text
    for word, english in _ENGLISH_PLACES:
        text = re.sub(rf"\b{word}\b", english, text, flags=re.IGNORECASE)
    for word, english in _ENGLISH_PARTS:
        text = re.sub(rf"(?<!danh )\b{word}{_NUMBER}", english, text, flags=re.IGNORECASE)
    return text


def written(citation: Citation | str) -> str:
    """ "Nghị quyết 1685/NQ-UBTVQH15, điều 1 khoản 9"; several ones are joined by "; ".

    A text is read as the domain joins citations: "ACT, clause; ACT, clause".
    """
    if isinstance(citation, str):
        parts = [part.partition(", ") for part in citation.split("; ") if part]
        return "; ".join(written(Citation(act, clause)) for act, _, clause in parts)
    acts = "; ".join(act(number) for number in citation.act.split("|")) if citation.act else ""
    return ", ".join(part for part in (acts, clause(citation.clause)) if part)
