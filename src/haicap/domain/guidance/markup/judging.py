"""Xét lời: what must not stand in a piece."""

from __future__ import annotations

import re
from collections.abc import Iterator

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.guidance.markup.blocks import LINKS

LONGEST = 60_000  # characters of a body
_TAG = re.compile(r"<(?:/?[a-zA-Z][^<>\n]{0,300}|!--|!\[CDATA|\?)")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^<>\s]+>")
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\][(\[]")
_TARGET = re.compile(r"\]\(\s*<?([^)\s>]*)|^\s{0,3}\[[^\]\n]{1,100}\]:\s*<?(\S+?)>?\s*(?:$|\s)", re.M)
_CODE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`", re.S)

HTML = gettext_noop("Bài không được chứa mã HTML (“%(what)s”). Xin viết bằng chữ thường và dấu định dạng.")
IMAGE = gettext_noop("Bài không được chứa hình ảnh (“%(what)s”).")
LINK = gettext_noop("Đường dẫn “%(what)s” không dùng được: chỉ dẫn tới trang này, https, mailto hoặc tel.")
LONG = gettext_noop("Bài dài quá %(most)s ký tự. Xin chia thành nhiều bài.")


def faults(text: str) -> Iterator[tuple[str, str]]:
    """(sentence, what) for everything that must not stand in a piece. What stands in code is only words."""
    shown = _CODE.sub("", text)
    for match in _TAG.finditer(_AUTOLINK.sub("", shown)):
        yield HTML, match[0][:60]
    for match in _IMAGE.finditer(shown):
        yield IMAGE, match[0][:60]
    for match in _TARGET.finditer(shown):
        target = match[1] or match[2] or ""
        if LINKS.fullmatch(target) is None:
            yield LINK, target[:60]


def check(text: str) -> None:
    """Refused `bad_body` for the first fault."""
    if len(text) > LONGEST:
        raise Refused("bad_body", LONG, params={"most": LONGEST})
    for sentence, what in faults(text):
        raise Refused("bad_body", sentence, params={"what": what})
