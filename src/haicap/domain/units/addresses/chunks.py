"""Cắt đoạn: a text as parts that each may name one unit: with a kind word, or bare."""

from __future__ import annotations

from typing import NamedTuple

from haicap.domain.units.addresses.lexicon import Entry, Lexicon
from haicap.domain.units.addresses.tokens import Text
from haicap.domain.units.addresses.vocabulary import ENGLISH, OLD_WORDS, ROMAN, Kind, kind_at

LONGEST_NAME = 6
_TAIL_ALIASES = frozenset({"vietnam", "vn"})


class Chunk(NamedTuple):
    """Words [start, end) of one part, the kind word before them (None = bare), and where the kind word began.

    sure   the kind word is certainly one (written out with its marks, or followed by a known name)
    known  the whole part is a known name
    old    "cũ" stood behind it: it names a unit that is gone
    rest   it is what was left over behind a name with a kind word, and must mean something
    """

    kind: Kind | None
    begin: int
    start: int
    end: int
    sure: bool
    known: bool
    old: bool = False
    rest: bool = False


def tail_end(text: Text) -> int:
    """Number of words without the closing "Việt Nam" and postal code."""
    end = len(text.words)
    while end:
        last = text.words[end - 1].plain
        if last in _TAIL_ALIASES or (last.isdigit() and len(last) in (5, 6) and end > 1):
            end -= 1
        elif last == "nam" and end > 1 and text.words[end - 2].plain == "viet":
            end -= 2
        else:
            break
    return end


def longest(text: Text, table: dict[str, list[Entry]], start: int, end: int) -> int:
    """End of the longest known name that starts at `start`; `start` when there is none."""
    key = ""
    best = start
    words = text.words
    for i in range(start, min(end, start + LONGEST_NAME)):
        key += words[i].plain
        if key in table:
            best = i + 1
    if best == start and start < end and words[start].marked in ROMAN:
        return start + 1
    return best


def named(text: Text, lexicon: Lexicon, kind: Kind, start: int, end: int) -> int:
    """End of the longest name of one of the kind's tiers that starts at `start`."""
    return max(longest(text, lexicon.table(tier), start, end) for tier in kind.tiers)


class Cutter:
    """Cuts one text into chunks, left to right. `muted`: words that are not taken for kind words.

    After `chunks`, `inner` holds places where a kind word was seen inside a longer known name: muting them reads the
    longer name.
    """

    def __init__(self, text: Text, lexicon: Lexicon, muted: frozenset[int] = frozenset()) -> None:
        self.text = text
        self.lexicon = lexicon
        self.muted = muted
        self.inner: list[int] = []
        self.end = tail_end(text)

    def chunks(self) -> list[Chunk]:
        """All parts in the order of the text."""
        found: list[Chunk] = []
        i = 0
        cut = self.text.cut
        while i < self.end:
            stop = i + 1
            while stop < self.end and not cut[stop]:
                stop += 1
            self._segment(i, stop, found)
            i = stop
        return found

    def _segment(self, start: int, stop: int, found: list[Chunk]) -> None:
        """Parts of one stretch between cuts."""
        english = ENGLISH.get(self.text.words[stop - 1].plain) if stop - start > 1 else None
        if english is not None:
            known = any(self.text.key(start, stop - 1) in self.lexicon.table(t) for t in english.tiers)
            found.append(Chunk(english, start, start, stop - 1, True, known))
            return
        i = bare = start
        while i < stop:
            head = self._head(i, stop, i == start)
            if head is None:
                i += 1
                continue
            if bare < i:
                found.append(self._bare(bare, i))
            found.append(head)
            i = bare = head.end + head.old
        if bare < stop:
            found.append(self._bare(bare, stop))

    def _bare(self, start: int, end: int) -> Chunk:
        old = end - start > 1 and self._is_old(start, end)
        return Chunk(None, start, start, end - old, False, False, old)

    def _head(self, i: int, stop: int, first: bool) -> Chunk | None:
        """The part introduced by a kind word at `i`, or None when there is no kind word there."""
        hit = None if i in self.muted else kind_at(self.text.words, i, stop)
        if hit is None or i + hit[1] >= stop:
            return None
        kind, size, sure = hit
        start = i + size
        if first and self.text.key(i, stop) in self.lexicon.provinces:
            return None  # "TPHCM", "TT Huế": the alias contains its kind word
        best = named(self.text, self.lexicon, kind, start, stop)
        whole_name = (
            first and self.text.key(i, stop) in self.lexicon.communes
        )  # "phuong mai" may be Phương Mai
        if best > start:
            introduces = sure or (first and not whole_name)
        else:
            bare = (
                self.text.has_marks and self.text.words[i].marked.isascii()
            )  # "phố Quan Triều" has no district
            certain = (
                sure and (first or (bool(kind.marked) and not bare)) and not self._kind_follows(start, stop)
            )
            introduces = certain and not (whole_name and self.text.words[i].marked.isascii())
        return self._close(kind, i, start, best, stop) if introduces else None

    def _kind_follows(self, i: int, stop: int) -> bool:
        """Whether another kind word with a known name stands where the name should begin."""
        hit = kind_at(self.text.words, i, stop)
        if hit is None or not hit[2]:
            return False
        return bool(hit[0].marked) or named(self.text, self.lexicon, hit[0], i + hit[1], stop) > i + hit[1]

    def _is_old(self, start: int, end: int) -> bool:
        """Whether the last word is "cũ"; without its mark only behind a complete name (Trà Cú is one too)."""
        last = self.text.words[end - 1].marked
        if last not in OLD_WORDS:
            return False
        key = self.text.key(start, end - 1)
        return last == "cũ" or any(key in self.lexicon.table(t) for t in "cdp")

    def _close(self, kind: Kind, i: int, start: int, best: int, stop: int) -> Chunk:
        """Where the name ends: at the longest known name, or before the next kind word."""
        best = self._before_inner_kind(kind, start, best, stop)
        end = max(best, start + 1)
        while end < stop and not self._starts_here(end, stop):
            end += 1
        old = end - start > 1 and end > best and self._is_old(start, end)
        return Chunk(kind, i, start, end - old, True, best == end - old, old)

    def _before_inner_kind(self, kind: Kind, start: int, best: int, stop: int) -> int:
        """ "Phường Tân Hòa Thành phố X" names Tân Hòa, although Tân Hòa Thành exists too."""
        text, lexicon = self.text, self.lexicon
        for j in range(start + 1, best):
            inner = None if j in self.muted else kind_at(text.words, j, stop)
            if inner is None or not inner[2]:
                continue
            right = j + inner[1]
            left_known = any(text.key(start, j) in lexicon.table(t) for t in kind.tiers)
            if left_known and named(text, lexicon, inner[0], right, stop) > right:
                self.inner.append(j)
                return j
        return best

    def _starts_here(self, i: int, stop: int) -> bool:
        hit = None if i in self.muted else kind_at(self.text.words, i, stop)
        if hit is None or i + hit[1] >= stop:
            return False
        kind, size, sure = hit
        if named(self.text, self.lexicon, kind, i + size, stop) > i + size:
            return True
        return sure and kind.marked != ""
