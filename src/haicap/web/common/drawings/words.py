"""Chữ trong hình: how wide a text is, and where to break it. SVG text does not wrap by itself."""

from __future__ import annotations

NARROW = frozenset("iíìỉĩịjlIrtf.,;:'!|()-1 ")
WIDE = frozenset("mwMWĐGHNOÔƠQ@%")


def width(text: str, size: float) -> float:
    """Rough width in pixels of `text` in the house's font at `size` pixels; errs on the wide side."""
    units = sum(0.34 if c in NARROW else 0.92 if c in WIDE else 0.66 if c.isupper() else 0.6 for c in text)
    return units * size


def wrapped(text: str, room: float, size: float, most: int = 3) -> list[str]:
    """`text` in at most `most` lines no wider than `room`; the last line ends in "…" when something is left out."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) <= most:
        return lines or [""]
    return [*lines[: most - 1], lines[most - 1] + "…"]
