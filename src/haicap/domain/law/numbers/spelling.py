"""Cách viết: numbers as people type them → as they are printed; folding for search; slugs for addresses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

from haicap.base.text import fold as bare
from haicap.base.text import nfc
from haicap.domain.law.numbers.forms import KIND_LETTERS
from haicap.domain.law.numbers.issuers import BY_LETTERS

_DASHES = re.compile("[‐‑‒–—―−﹣－_]")
_AROUND = re.compile(r"\s*([/-])\s*")
_PREFIX = re.compile(r"^(?:số|so|no)\s*[:.]?\s*(?=[0-9])", re.I)
_HEAD = re.compile(r"([0-9][0-9.]*[A-Za-z]?)(/[0-9]{4})?([/-])(.+)")
_TERM = re.compile(r"(QH|UBTVQH)(?:\s*KHÓA\s*|\s*K\s*)?([0-9]{1,2})", re.I)
_MISTAKES = {
    "TT": "TTg",
    "CTUB": "CTUBND",
    "CTTg": "TTg",
    "BGD&ĐT": "BGDĐT",
    "BNN&MT": "BNNMT",
    "BKH&CN": "BKHCN",
}
_CANON: dict[str, str] = {}
for _letters in (*KIND_LETTERS, *BY_LETTERS):
    _CANON.setdefault(bare(_letters), _letters)


def _signs(text: str) -> str:
    """One form of dashes, slashes, digits and white space; the word "số" in front gone."""
    plain = _DASHES.sub("-", nfc(unicodedata.normalize("NFKC", text))).strip(" .,;:")
    return _PREFIX.sub("", _AROUND.sub(r"\1", plain))


def tidied(text: str) -> str:
    """The text with the signs and letters numbers are printed with; not yet known to be a number."""
    plain = _signs(text)
    head = _HEAD.fullmatch(plain)
    if not head:
        return plain
    serial, year, sign, tail = head.groups()
    first, *rest = re.split(r"([/-])", tail)
    kind = _canonical(first, (KIND_LETTERS, BY_LETTERS))
    if kind in KIND_LETTERS:
        rest = [part if part in "/-" else _organ(part, kind) for part in rest]
    return f"{serial}{year or ''}{sign}{kind}{''.join(rest)}"


def _organ(part: str, kind: str) -> str:
    if kind != "TTLT" and part in _MISTAKES:
        return _MISTAKES[part]
    return _canonical(part, (BY_LETTERS, KIND_LETTERS) if kind == "VBHN" else (BY_LETTERS,))


def _canonical(part: str, tables: tuple[Container[str], ...]) -> str:
    """Letters with the marks and capitals they are printed with, when they are known; else as they came."""
    if term := _TERM.fullmatch(part.replace(" ", "")):
        return f"{term[1].upper()}{term[2]}"
    if any(part in table for table in tables):
        return part
    known = _CANON.get(bare(part), "")
    same = known and (part.isascii() or part.upper() == known.upper())
    return known if same and any(known in table for table in tables) else part


def fold(text: str) -> str:
    """A number, or a part of one, as it is searched: "số 140/2025/NĐ - CP" → "140/2025/nd-cp". No identity."""
    return bare(_signs(text))


def slug(text: str) -> str:
    """A number for an address: "140/2025/NĐ-CP" → "140-2025-nd-cp"; dots of a serial stay. No identity."""
    return re.sub(r"[^a-z0-9.]+", "-", fold(text)).strip("-.")


def code_of(letters: str) -> str:
    """A code for an issuer that nobody knows: its letters folded."""
    return re.sub(r"[^a-z0-9]", "", bare(letters))
