"""Gấp dấu: words without their marks, and with their marks in one agreed place.

`plain` and `marked` of a word always have the same length, letter by letter, so that two spellings of one
folded word can be compared by marks alone: "hoà" and "hòa" are the same, "Tan Phú" is a partial "Tân Phú".
`plain` also folds y to i where both are written (Mỹ, Mĩ); `marked` keeps the difference.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple

VOWELS = frozenset("aeiouy")
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_ETH = {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d"}
_CONSONANTS = frozenset("bcdghklmnpqrstvx")


class Word(NamedTuple):
    """A word of an address: as written, folded, and folded with its marks kept."""

    raw: str
    plain: str
    marked: str


def _letters(raw: str) -> tuple[list[str], list[str], list[str]]:
    """Letters of `raw` in lower case as (base, shape mark, tone mark), other signs dropped."""
    base: list[str] = []
    shape: list[str] = []
    tone: list[str] = []
    for char in unicodedata.normalize("NFD", raw.lower()):
        if unicodedata.combining(char):
            if base:
                (tone if char in _TONES else shape)[-1] = char
        elif char in _ETH:
            base.append("d")
            shape.append("-")
            tone.append("")
        elif char.isalnum():
            base.append(char)
            shape.append("")
            tone.append("")
    return base, shape, tone


def _settle_tones(base: list[str], tone: list[str]) -> None:
    """Move each tone to the first vowel of its group: `oà` and `òa` become one spelling."""
    for i, mark in enumerate(tone):
        if not mark or base[i] not in VOWELS:
            continue
        first = i
        while first and base[first - 1] in VOWELS:
            first -= 1
        if first != i:
            tone[i], tone[first] = "", mark


def _i_for_y(base: list[str]) -> list[str]:
    """Mỹ = Mĩ, Quy = Qui: y as the only vowel (or after q, u) is folded to i, also where a blank is missing."""
    if "y" not in base:
        return base
    plain = base[:]
    for i, letter in enumerate(base):
        if letter != "y" or i == 0 or (i + 1 < len(base) and base[i + 1] in VOWELS):
            continue
        if base[i - 1] in _CONSONANTS or (i > 1 and base[i - 1] == "u" and base[i - 2] == "q"):
            plain[i] = "i"
    return plain


def fold_word(raw: str) -> Word:
    """One word folded; digits lose leading zeros ("Phường 01" = "Phường 1")."""
    if raw.isdigit() and raw.isascii():
        number = raw.lstrip("0") or "0"
        return Word(raw, number, number)
    base, shape, tone = _letters(raw)
    _settle_tones(base, tone)
    marked = [_compose(b, s, t) for b, s, t in zip(base, shape, tone, strict=True)]
    return Word(raw, "".join(_i_for_y(base)), "".join(marked))


def _compose(base: str, shape: str, tone: str) -> str:
    """One letter with its marks as one character, so that lengths stay equal."""
    if shape == "-":
        return "đ"
    char = unicodedata.normalize("NFC", base + shape + tone)
    return char if len(char) == 1 else base


_PARTS: dict[str, frozenset[str]] = {}


def _marks(char: str) -> frozenset[str]:
    known = _PARTS.get(char)
    if known is None:
        known = frozenset("-") if char == "đ" else frozenset(unicodedata.normalize("NFD", char)[1:])
        _PARTS[char] = known
    return known


def mark_conflicts(written: str, official: str) -> int:
    """Letters whose written marks contradict the official ones; 0 when marks are only missing.

    Both are `marked` forms of the same folded text.
    """
    if written == official:
        return 0
    return sum(1 for a, b in zip(written, official, strict=False) if a != b and not _marks(a) <= _marks(b))


def without_marks(marked: str) -> str:
    """A `marked` form without its marks; y stays y."""
    if marked.isascii():
        return marked
    return "".join("d" if c == "đ" else unicodedata.normalize("NFD", c)[0] for c in marked)
