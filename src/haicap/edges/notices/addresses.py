"""Địa chỉ nhận: which e-mail addresses and numbers are written to, how they are shown, and text made harmless. Pure but
for Django's check of an address."""

from __future__ import annotations

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from haicap.base.text import nfc

_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_MOBILE = re.compile(r"(?:\+?84|0)([35789]\d{8})")
_NAME = re.compile(r"[^\W\d_](?:[\w .'’\-]|\((?=\w))*[\w.)]?")
_ADDRESS_LIKE = re.compile(r"\w\.\w|www|https?|//", re.IGNORECASE)
_DIGITS = re.compile(r"\d(?:[ .\-]?\d){7}")
_MOST = 254
_DOTS = "…"


def email(text: str) -> str | None:
    """The address as it is written to; None when it cannot be one.

    Letters before the @ are ASCII, since most servers take no others; the domain may be international.
    """
    found = unicodedata.normalize("NFC", text).strip()
    local, at, domain = found.rpartition("@")
    if not at or len(found) > _MOST or not _LOCAL.fullmatch(local):
        return None
    try:
        validate_email(found)
        domain.encode("idna")
    except (ValidationError, UnicodeError):
        return None
    return found


def mobile(text: str) -> str | None:
    """A Vietnamese mobile number as 0912345678; None for anything else (a landline takes no short messages)."""
    found = _MOBILE.fullmatch(re.sub(r"[\s.\-()]", "", text))
    return f"0{found[1]}" if found and found[1].isascii() else None


def masked(to: str) -> str:
    """Enough to recognise, too little to use: "l…@example.vn", "…678"."""
    local, at, domain = to.rpartition("@")
    if at:
        return f"{local[:1]}{_DOTS}@{domain}"
    return f"{_DOTS}{to[-3:]}" if to else ""


def harmless(value: object, most: int = 1000) -> str:
    """One line of text without control and direction characters, at most `most` characters long."""
    text = nfc("".join(c if unicodedata.category(c) not in _UNSEEN else " " for c in str(value)))
    return text if len(text) <= most else text[: most - 1].rstrip() + _DOTS


_UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def greeted(name: str) -> str:
    """A name as a letter may greet; empty when it does not look like one.

    Whoever files may type any name and any address: a letter of the state must not carry advertisements to strangers.
    """
    text = harmless(name, 81)
    good = len(text) <= 80 and _NAME.fullmatch(text) and not _ADDRESS_LIKE.search(text)
    return text if good else ""


def repeated(text: str) -> str:
    """A line somebody typed, as a letter to whatever address they gave may repeat it; empty when it leads elsewhere.

    The letter of receipt goes to strangers: no address, no telephone, nothing to click on may stand in it.
    """
    found = harmless(text, 300)
    return "" if _ADDRESS_LIKE.search(found) or "@" in found or _DIGITS.search(found) else found


def bare(text: str) -> str:
    """Without marks, as short messages are written: "Hồ sơ đã nhận" → "Ho so da nhan"; what is left is ASCII."""
    letters = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D").replace("–", "-"))
    letters = letters.replace(_DOTS, "...").replace("“", '"').replace("”", '"')
    return "".join(c for c in letters if not unicodedata.combining(c)).encode("ascii", "replace").decode()
