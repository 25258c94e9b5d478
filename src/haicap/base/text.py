"""Chữ Việt: normal form, folding of marks, and the order of the Vietnamese alphabet."""

from __future__ import annotations

import re
import unicodedata

_SPACES = re.compile(r"\s+")
# Letters in dictionary order, then tones: ngang huyền hỏi ngã sắc nặng. Tones decide only between equal letters.
_LETTERS = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANK = {letter: f"{i:02d}" for i, letter in enumerate(_LETTERS)}
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_SHAPES = {"\u0306", "\u0302", "\u031b"}


def nfc(text: str) -> str:
    """Text as it is stored everywhere: NFC, runs of white space folded to one space, ends trimmed."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


def fold(text: str) -> str:
    """Text as it is searched: lower case, no marks, đ as d ("Đắk Lắk" → "dak lak")."""
    bare = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return _SPACES.sub(" ", "".join(c for c in bare if not unicodedata.combining(c))).strip()


def sort_key(text: str) -> str:
    """A key whose code-point order is the order of the Vietnamese dictionary; stored beside names.

    Numbers sort by value ("Phường 2" before "Phường 10").
    """
    padded = re.sub(r"\d+", lambda m: m.group().zfill(4), nfc(text).casefold())
    letters: list[str] = []
    tones: list[str] = []
    for char in padded:
        tone, shape = "0", char
        decomposed = unicodedata.normalize("NFD", char)
        if len(decomposed) > 1:
            marks = [c for c in decomposed[1:] if c in _TONES]
            tone = _TONES[marks[0]] if marks else "0"
            shape = unicodedata.normalize(
                "NFC", decomposed[0] + "".join(c for c in decomposed[1:] if c in _SHAPES)
            )
        rank = _RANK.get(shape)
        letters.append(rank if rank else " " if shape == " " else "")
        tones.append(tone)
    return "".join(letters) + "~" + "".join(tones)
