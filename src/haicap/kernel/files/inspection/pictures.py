"""Ảnh: size in pixels by the header, whether it is whole, whether something else is hidden in it."""

from __future__ import annotations

import mmap
from pathlib import Path

from haicap.kernel.files.inspection import hidden
from haicap.kernel.files.states import Finding

MOST_PIXELS = 250_000_000  # a large phone camera takes 200 million
LONGEST_SIDE = 32_000
_PNG = b"\x89PNG\r\n\x1a\n"
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})  # JPEG markers that carry the size
_BARE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length
Size = tuple[int, int]


def look(path: Path) -> Finding:
    """FIT, DAMAGED, TOO_MANY_PIXELS or TWO_KINDS."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        size = _size(data)
        if size is None or 0 in size:
            return Finding.DAMAGED
        if max(size) > LONGEST_SIDE or size[0] * size[1] > MOST_PIXELS:
            return Finding.TOO_MANY_PIXELS
        if hidden.markup_in(data):
            return Finding.TWO_KINDS
    return Finding.TWO_KINDS if hidden.archive_in(path) else Finding.FIT


def _size(data: mmap.mmap) -> Size | None:
    """Width and height of a whole picture; None when it is cut off or none."""
    if data[:8] == _PNG:
        return _png(data)
    return _webp(data) if data[:4] == b"RIFF" else _jpeg(data)


def _png(data: mmap.mmap) -> Size | None:
    place, size = 8, None
    while place + 12 <= len(data):
        length, name = int.from_bytes(data[place : place + 4], "big"), data[place + 4 : place + 8]
        if name == b"IHDR" and length == 13:
            size = _pair(data, place + 8, 4)
        if name == b"IEND":
            return size
        place += 12 + length
    return None


def _jpeg(data: mmap.mmap) -> Size | None:
    """Walks the segments up to the picture itself; its end mark must follow."""
    place, size = 2, None
    while place + 4 <= len(data) and data[place] == 0xFF:
        mark = data[place + 1]
        if mark == 0xFF or mark in _BARE:
            place += 1 if mark == 0xFF else 2
            continue
        if mark in _FRAMES:
            height, width = _pair(data, place + 5, 2)
            size = (width, height)
        if mark == 0xDA:
            return size if data.find(b"\xff\xd9", place) > 0 else None
        place += 2 + int.from_bytes(data[place + 2 : place + 4], "big")
    return None


def _webp(data: mmap.mmap) -> Size | None:
    if int.from_bytes(data[4:8], "little") + 8 > len(data) + 1:
        return None
    kind = data[12:16]
    if kind == b"VP8X":
        return int.from_bytes(data[24:27], "little") + 1, int.from_bytes(data[27:30], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(data[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and data[23:26] == b"\x9d\x01\x2a":
        return int.from_bytes(data[26:28], "little") & 0x3FFF, int.from_bytes(data[28:30], "little") & 0x3FFF
    return None


def _pair(data: mmap.mmap, place: int, width: int) -> Size:
    first, second = data[place : place + width], data[place + width : place + 2 * width]
    return int.from_bytes(first, "big"), int.from_bytes(second, "big")
