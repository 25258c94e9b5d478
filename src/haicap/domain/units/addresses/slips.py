"""Chữ lạ: words that no name contains, read as Telex keys, as digits for letters, or as a misspelt kind word."""

from __future__ import annotations

from collections.abc import Container

from haicap.domain.units.addresses.fold import Word, fold_word
from haicap.domain.units.addresses.typos import distance
from haicap.domain.units.addresses.vocabulary import KINDS, LONG_KINDS

_TONES = {"s": "\u0301", "f": "\u0300", "r": "\u0309", "x": "\u0303", "j": "\u0323"}
_DOUBLE = {"aa": "â", "ee": "ê", "oo": "ô", "dd": "đ"}
_HORN = {"a": "ă", "o": "ơ", "u": "ư"}
_VNI_TONES = {"1": "\u0301", "2": "\u0300", "3": "\u0309", "4": "\u0303", "5": "\u0323"}
_VNI_SHAPES = {"6": {"a": "â", "e": "ê", "o": "ô"}, "7": _HORN, "8": {"a": "ă"}, "9": {"d": "đ"}}
_DIGITS = (str.maketrans("01", "oi"), str.maketrans("01", "ol"))


def telex(letters: str) -> str:
    """The word that Telex keys would have typed ("phuowngf" → "phường"); the same letters when they spell none."""
    out: list[str] = []
    tone = ""
    for i, key in enumerate(letters):
        last = out[-1] if out else ""
        if key in _TONES and not tone and _closes(letters, i):
            tone = _TONES[key]
        elif key == "w" and last in _HORN:
            out[-1] = _HORN[last]
            if last == "o" and len(out) > 1 and out[-2] == "u":
                out[-2] = "ư"
        elif key == last and key * 2 in _DOUBLE:
            out[-1] = _DOUBLE[key * 2]
        else:
            out.append(key)
    return _toned(out, tone)


def _closes(letters: str, i: int) -> bool:
    """Whether key `i` stands behind the vowels of the word (before others it begins a syllable)."""
    return any(c in "aeiouy" for c in letters[:i]) and not any(c in "aeiouy" for c in letters[i + 1 :])


def vni(letters: str) -> str:
    """The word that VNI keys would have typed ("phu7o7ng2" → "phường"); empty when they spell none."""
    out: list[str] = []
    tone = ""
    for key in letters:
        if key in _VNI_TONES and not tone:
            tone = _VNI_TONES[key]
        elif key in _VNI_SHAPES:
            at = next((i for i in range(len(out) - 1, -1, -1) if out[i] in _VNI_SHAPES[key]), -1)
            if at < 0:
                return ""
            out[at] = _VNI_SHAPES[key][out[at]]
        elif key.isdigit():
            return ""
        else:
            out.append(key)
    return _toned(out, tone)


def _toned(out: list[str], tone: str) -> str:
    """Letters with the tone on their vowel."""
    if not tone:
        return "".join(out)
    vowels = [i for i, c in enumerate(out) if c in "aeiouyâêôăơư"]
    if not vowels:
        return ""
    at = next((i for i in vowels if out[i] in "âêôăơ"), vowels[0])
    return "".join(out[: at + 1]) + tone + "".join(out[at + 1 :])


class Slips:
    """Mends single words. `vocabulary`: folded words that occur in names."""

    def __init__(self, vocabulary: Container[str]) -> None:
        self._vocabulary = vocabulary

    def mend(self, word: Word) -> Word:
        """`word` itself when a name contains it or nothing better is known."""
        if word.plain in self._vocabulary or len(word.plain) < 2 or word.plain.isdigit():
            return word
        return self._keys(word) or self._digits(word) or word

    def _keys(self, word: Word) -> Word | None:
        if not word.marked.isascii() or not word.plain.isalpha():
            return None
        mended = fold_word(telex(word.raw.lower()))
        return self._known(word, mended)

    def _digits(self, word: Word) -> Word | None:
        if word.plain.isalpha() or word.plain[0] in "23456789":
            return None
        found = [self._known(word, fold_word(word.raw.translate(table))) for table in _DIGITS]
        found.append(self._known(word, fold_word(vni(word.raw.lower()))) if word.marked.isascii() else None)
        different = {f.plain: f for f in found if f is not None}
        return next(iter(different.values())) if len(different) == 1 else None

    def head(self, word: Word) -> Word:
        """The first word of a part: a kind word with one slip is put right, when it is no word of a name."""
        plain = word.plain
        if plain in self._vocabulary or len(plain) < 4:
            return word
        for kind in LONG_KINDS:
            if plain[0] == kind[0] and distance(plain, kind, 1) == 1:
                return Word(word.raw, kind, KINDS[kind].marked)
        return word

    def _known(self, word: Word, mended: Word) -> Word | None:
        if mended.plain != word.plain and mended.plain in self._vocabulary:
            return Word(word.raw, mended.plain, mended.marked)
        return None
