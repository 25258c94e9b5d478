"""Tìm không cần dấu: an index of folded words and word pairs. Words of a rare kind count for more."""

from __future__ import annotations

import math
import re
import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from haicap.base.text import fold, nfc

_WORD = re.compile(r"[a-z0-9]+")
MOST_WORDS = 24  # of a query; the rest is not read
PREFIXES = 40  # endings tried for a word that is still being typed
LEAST = 0.34  # of what the query asks for; below it is chance
NAME, KEYWORDS, FIELD, RESULT = 1.0, 0.8, 0.5, 0.4
EMPTY_WORDS = frozenset(
    "thu tuc cua cho va tai voi cac o de la thi toi muon can lam xin nhu the nao duoc co hoi".split()
)


def words_of(text: str) -> list[str]:
    """Folded words: "Đăng ký khai sinh" → ["dang", "ky", "khai", "sinh"]."""
    return _WORD.findall(fold(text))


_TONES = "\u0300\u0301\u0303\u0309\u0323"
_LETTERS = re.compile(r"[^\W_]+")


def marked_words(text: str) -> list[str]:
    """Words in lower case with their marks, the tone behind the word: "hoà" and "hòa" are the same."""
    found = []
    for word in _LETTERS.findall(nfc(text).casefold()):
        if word.isascii():
            found.append(word)
            continue
        split = unicodedata.normalize("NFD", word)
        found.append("".join(c for c in split if c not in _TONES) + "".join(c for c in split if c in _TONES))
    return found


def terms_of(words: Sequence[str]) -> list[str]:
    """Words and neighbouring pairs: pairs tell Vietnamese words, which are mostly of two syllables."""
    return [*words, *(f"{a} {b}" for a, b in pairwise(words))]


class Index:
    """Terms → documents, numbered in the order they were given as (text, weight) pieces."""

    def __init__(self, documents: Iterable[Iterable[tuple[str, float]]]) -> None:
        postings: dict[str, dict[int, float]] = defaultdict(dict)
        self.size = 0
        self.lengths: list[int] = []
        for n, pieces in enumerate(documents):
            self._add(postings, n, pieces)
            self.size = n + 1
        self._postings: Mapping[str, dict[int, float]] = dict(postings)
        self._vocabulary = sorted(term for term in postings if " " not in term)
        self._rarity = {t: math.log(1 + self.size / len(found)) for t, found in postings.items()}
        self._rarest = math.log(1 + self.size) if self.size else 1.0

    def _add(
        self, postings: dict[str, dict[int, float]], n: int, pieces: Iterable[tuple[str, float]]
    ) -> None:
        length = 0
        for text, weight in pieces:
            words = words_of(text)
            length = length or len(words)
            for term in terms_of(words):
                if postings[term].get(n, 0.0) < weight:
                    postings[term][n] = weight
        self.lengths.append(length)

    def search(self, text: str, *, typing: bool = False) -> dict[int, float]:
        """Document → score (0, 1]. `typing`: the last word may be unfinished."""
        words = words_of(text)[:MOST_WORDS]
        kept = [w for w in words if w not in EMPTY_WORDS] or words
        if not kept:
            return {}
        wanted = Counter(terms_of(words if len(kept) == len(words) else kept))
        total = sum(self._worth(term) for term in wanted)
        scores: dict[int, float] = defaultdict(float)
        for term in wanted:
            worth = self._worth(term)
            for n, weight in self._found(term, typing and term == words[-1]).items():
                scores[n] += worth * weight
        return {
            n: self._fair(score / total, n, len(kept))
            for n, score in scores.items()
            if score >= LEAST * total
        }

    def _fair(self, share: float, n: int, asked: int) -> float:
        """Between equal matches the shorter name is nearer to what was asked."""
        return share * (0.9 + 0.1 * min(1.0, asked / max(1, self.lengths[n])))

    def _worth(self, term: str) -> float:
        pair = " " in term
        known = self._rarity.get(term)
        if known is None:
            return 0.35 * self._rarest if pair else 0.7 * self._rarest
        return known * (0.8 if pair else 1.0)

    def _found(self, term: str, unfinished: bool) -> dict[int, float]:
        exact = self._postings.get(term, {})
        if not unfinished or len(term) < 2:
            return exact
        found = dict(exact)
        start = bisect_left(self._vocabulary, term)
        for word in self._vocabulary[start : start + PREFIXES]:
            if not word.startswith(term):
                break
            for n, weight in self._postings[word].items():
                found[n] = max(found.get(n, 0.0), 0.8 * weight)
        return found
