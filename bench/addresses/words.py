"""Chữ: how the bench compares names. Independent of the product's own folding, so that a slip there shows here."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

TONES = "\u0300\u0301\u0303\u0309\u0323"
_SEPARATORS = re.compile(r"[\s\-–.,'’`/()]+")
_NUMBER = re.compile(r"\b0+(\d)")


def nfc(text: str) -> str:
    """NFC, nothing else."""
    return unicodedata.normalize("NFC", text)


def bare(text: str) -> str:
    """No marks, đ → d, case kept: what a keyboard without Vietnamese writes."""
    out = unicodedata.normalize("NFD", text).replace("đ", "d").replace("Đ", "D")
    return nfc("".join(c for c in out if not unicodedata.combining(c)))


def _tone_last(syllable: str) -> str:
    parts = unicodedata.normalize("NFD", syllable)
    tone = "".join(c for c in parts if c in TONES)
    return nfc("".join(c for c in parts if c not in TONES)) + tone


@cache
def marked_key(name: str) -> str:
    """Equal for two spellings of one name that differ by case, spaces, dashes, tone placement or a leading zero."""
    spaced = _SEPARATORS.sub(" ", nfc(name).casefold()).strip()
    return _NUMBER.sub(r"\1", " ".join(_tone_last(s) for s in spaced.split()))


@cache
def bare_key(name: str) -> str:
    """The same without any mark."""
    return _NUMBER.sub(r"\1", _SEPARATORS.sub(" ", bare(name).casefold()).strip())


def key(name: str, *, marked: bool) -> str:
    """The key by which a text with (`marked`) or without marks names a unit."""
    return marked_key(name) if marked else bare_key(name)


def letters_mask(text: str) -> int:
    """One bit a letter: two texts `d` edits apart differ in at most 2 × d bits."""
    mask = 0
    for char in text:
        mask |= 1 << (ord(char) % 61)
    return mask


def distance(a: str, b: str, limit: int) -> int:
    """Edits (insert, drop, replace, swap of neighbours) between two texts; `limit` + 1 stands for "more"."""
    if abs(len(a) - len(b)) > limit:
        return limit + 1
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > limit and (not before or min(last) > limit):
            return limit + 1
        before, last = last, row
    return min(last[-1], limit + 1)
