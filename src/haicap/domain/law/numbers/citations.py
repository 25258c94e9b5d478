"""Dẫn chiếu trong câu văn: numbers with their places in running text, so that they can be linked."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from haicap.base.citation import Citation
from haicap.base.refused import Refused
from haicap.domain.law.numbers.reading import parse, repaired
from haicap.domain.law.places import Mention, mentions, written

_SIGN = r"[-‐‑‒–—―−－]"
_LETTERS = r"[A-Za-zĐđƯư][A-Za-zĐđƯư0-9&]*(?:\.[A-Z0-9]+\b)*"
_FOUND = re.compile(
    rf"(?<![\w/.-])[0-9]{{1,5}}(?:\.[0-9]{{1,3}})*[A-Za-z]?(?:\s?/\s?[0-9]{{4}})?\s?(?:/|{_SIGN})\s?"
    rf"{_LETTERS}(?:\s?(?:/|{_SIGN})\s?{_LETTERS}){{0,5}}(?![\w/])"
)
_LAST = re.compile(rf"\s?(?:/|{_SIGN})\s?{_LETTERS}$")
# Between a place and the number behind it: "khoản 1 Điều 5 của Nghị định số 151/2025/NĐ-CP".
_LEADS = re.compile(
    r"\s*(?:của\s+|tại\s+|,\s*)?"
    r"(?:(?:bộ luật|luật|pháp lệnh|nghị định|nghị quyết|quyết định|thông tư|chỉ thị|công điện|công văn|thông báo|"
    r"kết luận|kế hoạch|văn bản|lệnh)\b[^;.:\n]{0,120}?)?(?:\(\s*)?(?:(?:luật\s+)?số\s*:?\s*)?",
    re.I,
)
_FAR = 200
_FOLLOWS = re.compile(r"\s*[,(:]?\s*(?:tại\s+)?")


@dataclass(frozen=True, slots=True)
class _Number:
    start: int
    end: int
    act: str


def find_citations(text: str) -> list[tuple[int, int, Citation]]:
    """Numbers in a text with the places named beside them: (start, end, citation), disjoint, in order.

    A list of places makes a citation each, the last of them (or the first, behind the number) spans the number too.
    Only numbers of issuers that are known count: "mẫu 01/TB-HT" is the number of a form. Text is taken as it is (NFC).
    """
    numbers = list(_numbers(text))
    if not numbers:
        return []
    runs = _Runs(text)
    found: list[tuple[int, int, Citation]] = []
    ends = [0, *(number.end for number in numbers)]
    starts = [*(number.start for number in numbers[1:]), len(text)]
    taken = -1
    for number, after, before in zip(numbers, ends, starts, strict=False):
        leading = runs.leading(number, after)
        if leading and leading[0].chain == taken:
            leading = []
        following = [] if leading else runs.following(number, before)
        if following:
            taken = following[0].chain
        found += _cited(number, leading, following)
    return found


def _numbers(text: str) -> Iterator[_Number]:
    at = 0
    while match := _FOUND.search(text, at):
        number = _longest(match)
        at = number.end if number else _after_digits(match)
        if number:
            yield number


def _after_digits(match: re.Match[str]) -> int:
    """Where to look on when this was no number: behind its first digits."""
    digits = re.match(r"[0-9.]+", match.group())
    return match.start() + (digits.end() if digits else 1)


def _longest(match: re.Match[str]) -> _Number | None:
    """The longest beginning of what looks like a number that is one of a known issuer."""
    tried = match.group()
    while tried:
        act = repaired(tried)
        if act and _known(act):
            return _Number(match.start(), match.start() + len(tried), act)
        shorter = _LAST.sub("", tried)
        tried = shorter if shorter != tried else ""
    return None


def _known(act: str) -> bool:
    try:
        return parse(act).known
    except Refused:
        return False


class _Runs:
    """Runs of places in a text, found by where they stand."""

    def __init__(self, text: str) -> None:
        self._text = text
        runs: dict[int, list[Mention]] = {}
        for mention in mentions(text):
            runs.setdefault(mention.chain, []).append(mention)
        self._runs = list(runs.values())
        self._starts = [run[0].start for run in self._runs]
        self._ends = [run[-1].end for run in self._runs]

    def leading(self, number: _Number, after: int) -> list[Mention]:
        """The run that ends right before a number, and does not lie before `after`."""
        at = bisect_right(self._ends, number.start) - 1
        if at < 0 or self._starts[at] < after or not self._leads(self._ends[at], number.start):
            return []
        return self._runs[at]

    def following(self, number: _Number, before: int) -> list[Mention]:
        """The run right behind a number, unless it leads to the next number, which begins at `before`."""
        at = bisect_left(self._starts, number.end)
        if at == len(self._runs) or self._ends[at] > before:
            return []
        near = _FOLLOWS.fullmatch(self._text, number.end, self._starts[at])
        last = before == len(self._text)
        return self._runs[at] if near and (last or not self._leads(self._ends[at], before)) else []

    def _leads(self, end: int, start: int) -> bool:
        return start - end <= _FAR and _LEADS.fullmatch(self._text, end, start) is not None


def _cited(
    number: _Number, leading: list[Mention], following: list[Mention]
) -> Iterator[tuple[int, int, Citation]]:
    places = leading or following
    if not places:
        yield number.start, number.end, Citation(number.act)
    for place in places:
        start, end = place.start, place.end
        if leading and place is leading[-1]:
            end = number.end
        if following and place is following[0]:
            start = number.start
        yield start, end, Citation(number.act, written(place.path))
