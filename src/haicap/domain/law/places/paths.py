"""Đường dẫn: segments of a path, their order and their words."""

from __future__ import annotations

import re
from enum import IntEnum
from itertools import pairwise

LETTERS = "abcdđeghiklmnopqrstuvxy"  # of points, in legal order
JOIN = "__"
Order = tuple[tuple[int, tuple[int, ...]], ...]


class Level(IntEnum):
    """Bậc of a segment, outermost first; an annex comes after everything else and may hold any of it."""

    PART = 1
    CHAPTER = 2
    SECTION = 3
    ARTICLE = 4
    PARAGRAPH = 5
    POINT = 6
    ITEM = 7
    ANNEX = 9


STEMS = {
    Level.PART: "part",
    Level.CHAPTER: "chap",
    Level.SECTION: "sec",
    Level.ARTICLE: "art",
    Level.PARAGRAPH: "para",
    Level.POINT: "point",
    Level.ITEM: "item",
    Level.ANNEX: "annex",
}
WORDS = {
    Level.PART: "phần",
    Level.CHAPTER: "chương",
    Level.SECTION: "mục",
    Level.ARTICLE: "điều",
    Level.PARAGRAPH: "khoản",
    Level.POINT: "điểm",
    Level.ITEM: "tiết",
    Level.ANNEX: "phụ lục",
}
_LEVELS = {stem: level for level, stem in STEMS.items()}
_ROMAN = re.compile(r"(?=[IVXLC])(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_NUMBERED = re.compile(rf"([0-9]{{1,4}})([{LETTERS}]?)([0-9]{{0,2}})")
_LETTERED = re.compile(rf"([{LETTERS}])([0-9]{{0,2}})")
_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}


def segments(path: str) -> tuple[tuple[Level, str], ...]:
    """The (level, label) of each segment; ValueError for what is no path."""
    if not path:
        return ()
    found = []
    for segment in path.split(JOIN):
        stem, _, label = segment.partition("_")
        level = _LEVELS.get(stem)
        if level is None or not fits(level, label):
            raise ValueError(f"no segment of a place: {segment!r}")
        found.append((level, label))
    _check_order([level for level, _ in found])
    return tuple(found)


def valid(path: str) -> bool:
    """Whether a text is a path."""
    try:
        segments(path)
    except ValueError:
        return False
    return True


def fits(level: Level, label: str) -> bool:
    """Whether a label may stand at a level: "5a" at an article, "đ" at a point, "II" at a chapter."""
    if level is Level.ANNEX and not label:
        return True  # the only annex
    if level in (Level.ARTICLE, Level.PARAGRAPH):
        return bool(_NUMBERED.fullmatch(label)) and label[0] != "0"
    if level in (Level.POINT, Level.ITEM):
        return bool(_LETTERED.fullmatch(label) or _NUMBERED.fullmatch(label))
    roman = bool(label) and bool(_ROMAN.fullmatch(label))
    return roman or bool(_NUMBERED.fullmatch(label)) or (level is Level.ANNEX and label in _UPPER)


_UPPER = {letter.upper() for letter in LETTERS}


def joined(found: list[tuple[Level, str]]) -> str:
    """The path of (level, label) pairs in any order.

    An article outside an annex drops its part, chapter and section. ValueError when a level comes twice.
    """
    ordered = sorted(found, key=lambda pair: (pair[0] is not Level.ANNEX, pair[0]))
    levels = [level for level, _ in ordered]
    if len(set(levels)) < len(levels):
        raise ValueError("a level comes twice")
    if Level.ARTICLE in levels and Level.ANNEX not in levels:
        ordered = [pair for pair in ordered if pair[0] >= Level.ARTICLE]
    path = JOIN.join(f"{STEMS[level]}_{label}" if label else STEMS[level] for level, label in ordered)
    segments(path)
    return path


def _check_order(levels: list[Level]) -> None:
    inner = levels[1:] if levels[0] is Level.ANNEX else levels
    if Level.ANNEX in inner or any(a >= b for a, b in pairwise(inner)):
        raise ValueError("segments of a place go from the outside in")
    if inner is levels and Level.ARTICLE in levels and levels[0] is not Level.ARTICLE:
        raise ValueError("an article's place names no chapter")
    if inner is levels and levels[0] > Level.ARTICLE:
        raise ValueError("a paragraph or point needs its article")


def parent(path: str) -> str:
    """The place around a place; "" for an outermost one and for the document itself."""
    return path.rpartition(JOIN)[0]


def covers(outer: str, inner: str) -> bool:
    """Whether `outer` is `inner` or lies around it; the whole document covers everything."""
    return not outer or inner == outer or inner.startswith(outer + JOIN)


def order(path: str) -> Order:
    """A key that sorts places as they stand in a document: 5 before 5a before 6, d before đ before e, IX before X."""
    return tuple((level.value, _rank(level, label)) for level, label in segments(path))


def _rank(level: Level, label: str) -> tuple[int, ...]:
    if not label:
        return (0,)
    if level is Level.ANNEX and label in _UPPER - {
        "I",
        "V",
        "X",
    }:  # "Phụ lục C" is the third, not the hundredth
        return (LETTERS.index(label.lower()) + 1, 0, 0, 2)
    if level not in (Level.POINT, Level.ITEM) and _ROMAN.fullmatch(label):
        return (roman(label), 0, 0, 1)
    if numbered := _NUMBERED.fullmatch(label):
        number, letter, digits = numbered.groups()
        return (int(number), LETTERS.index(letter) + 1 if letter else 0, int(digits or 0))
    return (LETTERS.index(label[0]) + 1, int(label[1:] or 0))


def roman(label: str) -> int:
    """The value of a Roman number up to a hundred or so."""
    values = [_VALUES[letter] for letter in label]
    return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))


def written(path: str) -> str:
    """A place in words, from the outside in: "điều 5 khoản 1 điểm đ"; "" for the whole document."""
    return " ".join(f"{WORDS[level]} {label}".rstrip() for level, label in segments(path))
