"""Chuẩn hóa: any text that comes in → a bounded row of words, folded and as written."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

from haicap.base.text import fold, nfc
from haicap.kernel.search import canonical

LONGEST = 2_000  # characters of a question that are read
MOST_WORDS = 120
_WORD = re.compile(r"\w+")
_CODE = re.compile(r"(?<![0-9.])([0-9]\.[0-9]{6})(?![0-9])")
_TONES = {
    "\u0300": "f",
    "\u0301": "s",
    "\u0303": "r",
    "\u0309": "r",
    "\u0323": "j",
}  # hỏi and ngã sound alike to many


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a question.

    key     folded, under its one spelling: what is looked up
    shape   letters with their shape but without tone ("sổ" → "sô"); equal to `key` when it was typed without marks
    tone    a letter for its tone; "" for none, written or not
    proper  written with a capital inside a sentence: a name, or a word that matters to nobody
    weight  how much it counts beside others of its kind; 0 = taken as chatter
    """

    key: str
    shape: str
    tone: str = ""
    proper: bool = False
    weight: float = 1.0

    @property
    def bare(self) -> bool:
        """Typed without marks: it may be any word with these letters."""
        return self.shape == self.key and not self.tone

    def means(self, shape: str, tone: str, *, exactly: bool = False) -> bool:
        """Whether it may be the word of this shape and tone; a forgotten tone is forgiven unless `exactly`."""
        if self.bare:
            return True
        if self.shape != shape:
            return False
        return self.tone == tone or (not exactly and not self.tone)

    def weighing(self, weight: float) -> Word:
        """The same word with another weight."""
        return replace(self, weight=weight)


def cleaned(text: str) -> str:
    """NFC, one line, no control characters, at most LONGEST characters."""
    bare = "".join(" " if unicodedata.category(c)[0] == "C" else c for c in text[: LONGEST * 2])
    return nfc(bare)[:LONGEST]


def codes_in(text: str) -> tuple[str, ...]:
    """Codes of procedures written in a text."""
    return tuple(dict.fromkeys(_CODE.findall(text)))


@lru_cache(maxsize=20_000)
def shape_of(written: str) -> tuple[str, str]:
    """ "sổ" → ("sô", "r"), "ĐỎ" → ("đo", "r"): letters with their shape, and the tone."""
    split = unicodedata.normalize("NFD", written.casefold())
    shape = canonical(unicodedata.normalize("NFC", "".join(c for c in split if c not in _TONES)))
    return shape, next((_TONES[c] for c in split if c in _TONES), "")


@lru_cache(maxsize=20_000)
def key_of(written: str) -> str:
    """The folded word under its one spelling."""
    return canonical(fold(written))


@lru_cache(maxsize=20_000)
def _word(written: str, proper: bool) -> Word:
    return Word(key_of(written), *shape_of(written), proper)


def words_in(text: str) -> list[Word]:
    """Words of a cleaned text, in order."""
    found: list[Word] = []
    begins = True
    for match in _WORD.finditer(text):
        for written in match.group().split("_"):
            if not written:
                continue
            proper = written[0].isupper() and not begins and not (written.isupper() and len(written) > 1)
            found.append(_word(written, proper))
            begins = False
        begins = text[match.end() : match.end() + 1] in {".", "?", "!", ":"}
    return found[:MOST_WORDS]
