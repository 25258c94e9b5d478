"""Tách từ: text into folded words and the cuts between them. Words are folded once and remembered."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from haicap.domain.units.addresses.fold import Word, fold_word, without_marks
from haicap.domain.units.addresses.slips import Slips
from haicap.domain.units.addresses.vocabulary import DOTTED, NUMBERED, OLD_WORDS

CUT, DASH, OPEN, CLOSE = ",", "-", "(", ")"
Item = Word | str

_MEMORY = 60_000
_CUTS = frozenset(",;|，、；\\")
_PIECES = re.compile(r"[^\W_]+(?:['’ʼ`´‘][^\W_]+)*|[,;|，、；\\]|[-–—‐‑−]|[(\[{]|[)\]}]", re.UNICODE)
_NUMBERED = re.compile(r"([a-z]+)(\d+)")


class Text(NamedTuple):
    """Words of a text; cut[i] tells that a comma or the like stands before word i; has_marks: it uses marks."""

    words: list[Word]
    cut: list[bool]
    has_marks: bool

    def key(self, start: int, end: int) -> str:
        """Folded letters of words [start, end) without spaces."""
        return "".join([w.plain for w in self.words[start:end]])

    def marked(self, start: int, end: int) -> str:
        """The same with marks."""
        return "".join([w.marked for w in self.words[start:end]])

    def raw(self, start: int, end: int) -> str:
        """Words as written."""
        return " ".join([w.raw for w in self.words[start:end]])


class Tokeniser:
    """Splits texts. `hyphens`: for a word the words that a dash joins to it inside a name; `slips` mends odd words."""

    def __init__(self, hyphens: dict[str, tuple[str, ...]], slips: Slips) -> None:
        self._hyphens = hyphens
        self._slips = slips
        self._known: dict[str, tuple[Item, ...]] = {}

    def split(self, text: str) -> Text:
        """The words of `text`; what stands in parentheses is a part of its own, except "(cũ)"."""
        if not text.isascii() and not unicodedata.is_normalized("NFKC", text):
            text = unicodedata.normalize("NFKC", text)
        if "\n" in text or "\t" in text or "\r" in text:
            text = re.sub(r"[\r\n\t]+", " , ", text)
        items: list[Item] = []
        for piece in text.split():
            known = self._known.get(piece)
            if known is None:
                known = self._remember(piece)
            items += known
        return self._assemble(items)

    def _remember(self, piece: str) -> tuple[Item, ...]:
        if len(self._known) > _MEMORY:
            self._known.clear()
        items = self._known[piece] = tuple(self._items(piece))
        return items

    def _items(self, piece: str) -> list[Item]:
        """Words and signs of one blank-separated piece ("P.1," → p, 1, cut)."""
        parts = _PIECES.findall(piece)
        items: list[Item] = []
        for n, part in enumerate(parts):
            if part[0].isalnum():
                items += self._words(part)
            elif part in "([{":
                items.append(OPEN)
            elif part in ")]}":
                items.append(CLOSE)
            elif part in _CUTS:
                items.append(CUT)
            elif n in (0, len(parts) - 1):
                items.append(DASH)
        return _join_dotted(items)

    def _words(self, part: str) -> list[Item]:
        word = fold_word(part)
        if (glued := _NUMBERED.fullmatch(word.plain)) and glued[1] in NUMBERED:
            at = len(glued[1])
            return [fold_word(part[:at]), fold_word(part[at:])]
        return [self._slips.mend(word)] if word.plain else []

    def _assemble(self, items: list[Item]) -> Text:
        words: list[Word] = []
        cut: list[bool] = []
        cut_next = True
        for n, item in enumerate(items):
            if isinstance(item, Word):
                words.append(self._slips.head(item) if cut_next else item)
                cut.append(cut_next)
                cut_next = False
            elif item is DASH:
                after = items[n + 1] if n + 1 < len(items) else CUT
                left = words[-1].plain if words else ""
                if not (isinstance(after, Word) and left.endswith(self._hyphens.get(after.plain, ("~",)))):
                    cut_next = True
            elif item is not OPEN or not _is_old(items[n + 1 : n + 3]):
                cut_next = True
        return Text(words, cut, _settle_marks(words))


def _settle_marks(words: list[Word]) -> bool:
    """Whether the text uses marks. One doubled letter in a text without marks is no Telex: its mark is taken back."""
    if any(not w.raw.isascii() for w in words):
        return True
    keyed = [i for i, w in enumerate(words) if not w.marked.isascii()]
    if len(keyed) == 1:
        words[keyed[0]] = words[keyed[0]]._replace(marked=without_marks(words[keyed[0]].marked))
    return len(keyed) > 1


def _is_old(items: list[Item]) -> bool:
    """Whether "cũ)" follows."""
    return (
        len(items) == 2 and isinstance(items[0], Word) and items[0].marked in OLD_WORDS and items[1] is CLOSE
    )


def _join_dotted(items: list[Item]) -> list[Item]:
    """ "T.P" and "H.C.M" are one abbreviation."""
    if len(items) < 2:
        return items
    result: list[Item] = []
    for item in items:
        last = result[-1] if result else None
        if isinstance(item, Word) and isinstance(last, Word) and len(last.plain) <= 4:
            both = last.plain + item.plain
            if both in DOTTED and len(item.plain) <= 3:
                result[-1] = Word(last.raw + "." + item.raw, both, both)
                continue
        result.append(item)
    return result
