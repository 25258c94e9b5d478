"""Chữ vẽ được: which characters every face of the font draws, read from its own tables.

PDF/A forbids text that the font cannot draw, so such characters become □ before typesetting, visibly.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
BOX = "□"

# Signs that turn the direction of text around: on an official paper they only serve to make it say something else.
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]|[\U000e0000-\U000e01ef]"
)
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\r\n?|[\u2028\u2029\x85\x0b\x0c]")


def clean(text: str) -> str:
    """Text as it can be printed: NFC, lines kept, control and invisible signs gone, the undrawable as □."""
    text = unicodedata.normalize("NFC", _INVISIBLE.sub("", _LINES.sub("\n", text)))
    text = _BLANKS.sub(" ", text).replace(" \n", "\n").replace("\n ", "\n").strip()
    if all(char == "\n" or char in drawable() for char in set(text)):
        return text
    return "".join(_drawn(char) for char in text)


def _drawn(char: str) -> str:
    if char == "\n" or char in drawable():
        return char
    return "" if unicodedata.category(char) in ("Cc", "Cs", "Mn") else BOX


@cache
def drawable() -> frozenset[str]:
    """Characters that all faces of the font draw."""
    faces = [set(_mapped(path.read_bytes())) for path in sorted(FONTS.glob("*.ttf"))]
    common = set.intersection(*faces)
    return frozenset(chr(code) for code in common if unicodedata.category(chr(code)) not in ("Cc", "Co"))


def _mapped(font: bytes) -> Iterator[int]:
    """Code points of the format-4 table of a TrueType font (the basic plane; OpenType `cmap`)."""
    cmap = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, cmap + 2)
    for i in range(count):
        (offset,) = struct.unpack_from(">I", font, cmap + 4 + 8 * i + 4)
        if struct.unpack_from(">H", font, cmap + offset) == (4,):
            yield from _segments(font, cmap + offset)
            return


def _table(font: bytes, name: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for i in range(count):
        tag, _, offset, _ = struct.unpack_from(">4sIII", font, 12 + 16 * i)
        if tag == name:
            return int(offset)
    raise ValueError(f"the font has no table {name!r}")


def _segments(font: bytes, at: int) -> Iterator[int]:
    (doubled,) = struct.unpack_from(">H", font, at + 6)
    count = doubled // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + doubled)
    deltas = struct.unpack_from(f">{count}H", font, at + 16 + 2 * doubled)
    ranges_at = at + 16 + 3 * doubled
    ranges = struct.unpack_from(f">{count}H", font, ranges_at)
    for i, (start, end, delta, offset) in enumerate(zip(starts, ends, deltas, ranges, strict=True)):
        for code in range(start, end + 1):
            if not offset:
                glyph = (code + delta) & 0xFFFF
            else:
                (glyph,) = struct.unpack_from(">H", font, ranges_at + 2 * i + offset + 2 * (code - start))
            if glyph and code != 0xFFFF:
                yield code
