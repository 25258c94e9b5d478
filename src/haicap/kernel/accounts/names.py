"""Tên đăng nhập: what people type to say who they are, in one spelling. Pure."""

from __future__ import annotations

import re
from enum import StrEnum

from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop

LONGEST = 254
_EMAIL = re.compile(
    r"[^@\s\x00-\x1f\"(),:;<>\[\\\]]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}"
)
_PHONE = re.compile(r"(?:\+84|0)([1-9]\d{8,9})")
_WORD = re.compile(r"[a-z0-9](?:[a-z0-9._-]{1,62})[a-z0-9]")


class NameKind(StrEnum):
    """Dạng tên đăng nhập."""

    EMAIL = "email"
    PHONE = "phone"
    WORD = "word"


def login_name(text: str) -> tuple[str, NameKind]:
    """The one spelling of a login name and what it is: e-mail, phone (+84…) or a word of Latin letters.

    "0912 345 678" and "+84912345678" are one name; letters are casefolded. Refused `bad_name`.
    """
    name = nfc(text[: LONGEST * 2]).casefold()
    if len(name) <= LONGEST and "@" in name and _EMAIL.fullmatch(name):
        return name, NameKind.EMAIL
    phone = _PHONE.fullmatch(re.sub(r"[\s.\-()]", "", name))
    if phone:
        return f"+84{phone[1]}", NameKind.PHONE
    if _WORD.fullmatch(name):
        return name, NameKind.WORD
    raise Refused(
        "bad_name",
        gettext_noop(
            "Tên đăng nhập phải là địa chỉ thư điện tử, số điện thoại, hoặc từ 3 đến 64 chữ cái không dấu, chữ số, dấu . _ -"
        ),
    )


def display(text: str, longest: int = 200) -> str:
    """A name or label to show: NFC, one line, no control characters, at most `longest` characters."""
    return nfc("".join(c if c.isprintable() else " " for c in text[: longest * 4]))[:longest]
