"""Đọc vị trí: a place as people write it → its path."""

from __future__ import annotations

import re

from haicap.base.refused import Refused
from haicap.base.text import fold, nfc
from haicap.base.words import gettext_noop
from haicap.domain.law.places.paths import Level, fits, joined, segments

# What people write → level. Folded words too: telephones write without marks.
NAMES = {
    "phần": Level.PART, "phan": Level.PART, "chương": Level.CHAPTER, "chuong": Level.CHAPTER, "ch": Level.CHAPTER,
    "mục": Level.SECTION, "muc": Level.SECTION, "điều": Level.ARTICLE, "dieu": Level.ARTICLE,
    "khoản": Level.PARAGRAPH, "khoan": Level.PARAGRAPH, "k": Level.PARAGRAPH, "điểm": Level.POINT, "diem": Level.POINT,
    "tiết": Level.ITEM, "tiet": Level.ITEM, "phụ lục": Level.ANNEX, "phu luc": Level.ANNEX, "pl": Level.ANNEX,
}  # fmt: skip
ORDINALS = {
    "nhat": "I", "hai": "II", "ba": "III", "tu": "IV", "nam": "V", "sau": "VI", "bay": "VII", "tam": "VIII", "chin": "IX",
    "muoi": "X",
}  # fmt: skip
_LONGEST = 200
_WORDS = "|".join(sorted(NAMES, key=len, reverse=True))
_ITEM = re.compile(
    rf"(?:({_WORDS}|đ)(?:\.\s*|\s+(?:số\s+)?|(?=[0-9])))(?:thứ\s+)?([^\s,;.]+)|(phụ lục|phu luc)$", re.I
)
_GAP = re.compile(r"(?:[\s,;]|của\b)*")
_DOTTED = re.compile(r"([0-9]+\w?)(?:\.([0-9]+\w?))?(?:\.(\w[0-9]?))?")


def read(text: str) -> str:
    """The path of a place: "điều 5 khoản 1 điểm đ", "điểm đ khoản 1 Điều 5", "k1 Đ5", "5.1.đ", "phụ lục II", or a path.

    Refused `bad_place` with an example, `bad_point` for letters that the Vietnamese order does not have.
    """
    place = nfc(text)
    if not place:
        return ""
    if len(place) > _LONGEST:
        raise _bad(place)
    try:
        segments(place)
    except ValueError:
        pass
    else:
        return place
    try:
        return joined(_dotted(place) or _items(place))
    except ValueError:
        raise _bad(place) from None


def _bad(place: str) -> Refused:
    return Refused(
        "bad_place",
        gettext_noop(
            "Không đọc được vị trí “%(place)s”. Ghi như “điều 5 khoản 1 điểm đ”, “chương II” hoặc “phụ lục I”."
        ),
        params={"place": place[:80]},
    )


def _dotted(place: str) -> list[tuple[Level, str]]:
    """ "5.1.đ": article, paragraph, point."""
    match = _DOTTED.fullmatch(place.lower())
    if not match:
        return []
    levels = (Level.ARTICLE, Level.PARAGRAPH, Level.POINT)
    return [
        (level, label_of(level, label)) for level, label in zip(levels, match.groups(), strict=True) if label
    ]


def _items(place: str) -> list[tuple[Level, str]]:
    found, at = [], 0
    while at < len(place):
        match = _ITEM.match(place, at)
        if not match:
            raise _bad(place)
        name, label, only = match.groups()
        level = Level.ANNEX if only else _level(name, label)
        found.append((level, label_of(level, label or "")))
        gap = _GAP.match(place, match.end())
        at = gap.end() if gap else match.end()
    return found


def _level(name: str, label: str) -> Level:
    """A lone "đ" stands for điều before a number, for điểm before a letter."""
    if name.lower() == "đ":
        return Level.ARTICLE if label[:1].isdigit() else Level.POINT
    return NAMES[name.lower()]


def label_of(level: Level, label: str) -> str:
    """A label in the form paths have: lower case, Roman numbers in capitals, ordinals as Roman numbers."""
    label = label.strip("()“”\"'")
    if level in (Level.PART, Level.CHAPTER, Level.SECTION, Level.ANNEX):
        if ordinal := ORDINALS.get(fold(label)) if not fits(level, label.upper()) else None:
            return ordinal
        shape = label.upper() if not label[:1].isdigit() else label.lower()
    else:
        shape = label.lower()
    if level in (Level.POINT, Level.ITEM) and shape[:1] in tuple("fjwz"):
        raise Refused(
            "bad_point",
            gettext_noop(
                "Điểm “%(label)s” không có: chữ của điểm theo thứ tự a, b, c, d, đ, e, g, h, i, k, l, m, n, o, p, q, r, s, t, u, v, x, y."
            ),
            params={"label": label[:10]},
        )
    if not fits(level, shape):
        raise ValueError(f"no label: {label!r}")
    return shape
