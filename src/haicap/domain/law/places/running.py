"""Trong câu văn: places named in running text, one mention a place, lists taken apart.

"điểm a, b khoản 1 và khoản 3 Điều 5" names three places: 5.1.a, 5.1.b and 5.3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from haicap.base.refused import Refused
from haicap.domain.law.places.paths import Level, joined
from haicap.domain.law.places.reading import NAMES, label_of

_LABELS = {
    Level.ARTICLE: r"[0-9]{1,4}[a-zđ]?(?![0-9])",
    Level.PARAGRAPH: r"[0-9]{1,3}[a-zđ]?(?![0-9])",
    Level.POINT: r"(?:[a-zđ][0-9]{0,2}|[0-9]{1,2})",
    Level.ITEM: r"(?:[a-zđ][0-9]{0,2}|[0-9]{1,2})",
    Level.PART: r"(?:thứ\s+\w+|[IVX]+|[0-9]{1,2})",
    Level.CHAPTER: r"(?:[IVXLC]+|[0-9]{1,2})",
    Level.SECTION: r"(?:[IVXLC]+|[0-9]{1,2})",
    Level.ANNEX: r"(?:[IVXLC]+|[0-9]{1,2})",
}
_ALSO = r"\s*(?:,|\bvà\b|\bhoặc\b)\s*"
_LABEL = {level: re.compile(rf"({pattern})(?![\w/])") for level, pattern in _LABELS.items()}
_NAME = re.compile(r"\b(phần|chương|mục|điều|khoản|điểm|tiết|phụ\s+lục)\s+", re.I)
# "Điều 5, 30 ngày": a number of days is no article.
_MORE = re.compile(rf"{_ALSO}(?!\w+\s*(?:ngày|tháng|năm|giờ|đồng|%)\b)")
_CHAIN = re.compile(r"(?:\s|,|;|\bvà\b|\bhoặc\b|\bcủa\b)*")
_FAR = 20  # characters between two items of one chain at most


@dataclass(frozen=True, slots=True)
class Mention:
    """A place named in text[start:end]; chain: number of the run of places it was named in."""

    start: int
    end: int
    path: str
    chain: int


@dataclass(slots=True)
class _Item:
    start: int
    end: int
    level: Level
    label: str


def mentions(text: str) -> list[Mention]:
    """Places named in a text (NFC), in its order, disjoint. What lacks its article ("khoản 2 nêu trên") is left out."""
    found: list[Mention] = []
    for number, chain in enumerate(_chains(text)):
        found += _resolved(chain, number)
    return sorted(found, key=lambda mention: mention.start)


def _chains(text: str) -> Iterator[list[_Item]]:
    chain: list[_Item] = []
    for item in _all_items(text):
        gap = text[chain[-1].end : item.start] if chain else ""
        if chain and (len(gap) > _FAR or not _CHAIN.fullmatch(gap)):
            yield chain
            chain = []
        chain.append(item)
    if chain:
        yield chain


def _all_items(text: str) -> Iterator[_Item]:
    at = 0
    while name := _NAME.search(text, at):
        at = name.end()
        level = NAMES[" ".join(name.group(1).lower().split())]
        start, place = name.start(), name.end()
        while label := _LABEL[level].match(text, place):
            item = _item(level, start, label)
            if item:
                yield item
            at = label.end()
            more = _MORE.match(text, at)
            if not more:
                break
            start = place = more.end()


def _item(level: Level, start: int, label: re.Match[str]) -> _Item | None:
    printed = label.group(1)
    try:
        shape = label_of(level, printed.split()[-1])
    except (ValueError, Refused):
        return None
    return _Item(start, label.end(1), level, shape)


def _resolved(chain: list[_Item], number: int) -> list[Mention]:
    """Each innermost item with what stands around it: to its right ("điểm a khoản 1 Điều 5") or to its left."""
    inward = _goes_inward(chain)
    ordered = chain if inward else chain[::-1]
    found: list[Mention] = []
    around: list[_Item] = []
    taken: list[_Item] = []
    for item, after in zip(ordered, [*ordered[1:], None], strict=True):
        around = [outer for outer in around if outer.level < item.level]
        around.append(item)
        taken.append(item)
        if after and after.level > item.level:
            continue
        path = _path(around)
        if path:
            found.append(Mention(min(t.start for t in taken), max(t.end for t in taken), path, number))
        taken = []
    return found


def _goes_inward(chain: list[_Item]) -> bool:
    steps = [b.level - a.level for a, b in pairwise(chain) if a.level != b.level]
    return bool(steps) and steps[0] > 0 and sum(s > 0 for s in steps) >= sum(s < 0 for s in steps)


def _path(around: list[_Item]) -> str:
    try:
        return joined([(item.level, item.label) for item in around])
    except ValueError:
        return ""
