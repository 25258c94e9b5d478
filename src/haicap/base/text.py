"""Chữ Việt: normal form, folding of marks, and the order of the Vietnamese alphabet."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_SPACES = re.compile(r"\s+")
# Marks that turn the order in which signs are shown: a title could read otherwise than it is stored. No Vietnamese text
# needs them (Unicode Technical Report 36, 2.5).
_TURNING = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]")  # those of Latin letters: nearly all there are
_NUMBER = re.compile(r"[0-9]+")
# Letters in dictionary order, then tones: ngang huyền hỏi ngã sắc nặng. Tones decide only between equal letters.
_LETTERS = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: f"{i:02d}" for i, letter in enumerate(_LETTERS)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_SHAPES = {"\u0306", "\u0302", "\u031b"}


def unturned(text: str) -> str:
    """Text that is shown in the order in which it is stored: without the marks of direction."""
    return _TURNING.sub("", text)


def nfc(text: str) -> str:
    """Text as it is stored everywhere: NFC, unturned, runs of white space folded to one space, ends trimmed."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", unturned(text))).strip()


def fold(text: str) -> str:
    """Text as it is searched: lower case, no marks, đ as d ("Đắk Lắk" → "dak lak")."""
    bare = _MARKS.sub("", unicodedata.normalize("NFD", text.casefold()).replace("đ", "d"))
    if not bare.isascii():
        bare = "".join(c for c in bare if not unicodedata.combining(c))
    return _SPACES.sub(" ", bare).strip()


@cache
def _ranked(char: str) -> tuple[str, str]:
    """(rank of the letter, tone) of one lower-case character; signs other than a space have no rank."""
    decomposed = unicodedata.normalize("NFD", char)
    tone = next((_TONES[c] for c in decomposed[1:] if c in _TONES), "0")
    letter = decomposed[0] + "".join(c for c in decomposed[1:] if c in _SHAPES)
    return _RANK.get(unicodedata.normalize("NFC", letter), " " if char == " " else ""), tone


def sort_key(text: str) -> str:
    """A key whose code-point order is the order of the Vietnamese dictionary; stored beside names.

    Numbers sort by value ("Phường 2" before "Phường 10").
    """
    padded = _NUMBER.sub(lambda m: m.group().zfill(4), nfc(text).casefold())
    ranked = [_ranked(char) for char in padded]
    return "".join(rank for rank, _ in ranked) + "~" + "".join(tone for _, tone in ranked)
