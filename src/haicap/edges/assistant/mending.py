"""Sửa chữ: slips of the keyboard, of hearing and of the region, mended towards words the records use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from haicap.edges.assistant.initials import Initials
from haicap.edges.assistant.normal import Word
from haicap.edges.assistant.telex import untyped
from haicap.edges.assistant.usage import Usage

_VOWELS = frozenset("aeiouy")  # what has none is an abbreviation or noise: nothing is one slip away from it
_LETTERS = "abcdeghiklmnopqrstuvxyfjwz"
_HEARD = (
    ("s", "x"), ("x", "s"), ("ch", "tr"), ("tr", "ch"), ("d", "gi"), ("gi", "d"), ("d", "r"), ("r", "d"), ("r", "gi"),
    ("l", "n"), ("n", "l"), ("v", "d"), ("d", "v"), ("ngh", "ng"), ("ng", "ngh"), ("gh", "g"), ("g", "gh"), ("c", "k"),
    ("k", "c"), ("q", "c"), ("qu", "w"), ("f", "ph"), ("j", "gi"), ("z", "d"), ("w", "qu"), ("h", "qu"),
)  # fmt: skip
_ENDED = (
    ("n", "ng"), ("ng", "n"), ("c", "t"), ("t", "c"), ("nh", "n"), ("n", "nh"), ("ch", "t"), ("inh", "anh"), ("anh", "inh"),
    ("oi", "ai"), ("on", "uon"), ("k", "c"),
)  # fmt: skip


_NONE: Counter[str] = Counter()


class Mender:
    """Words and neighbours the records use, and what is near to them."""

    def __init__(self, usage: Usage, also: Iterable[str] = (), initials: Initials | None = None) -> None:
        self.words, self.after, self.written = usage.words, usage.after, usage.written
        self.initials = initials or Initials({})
        self.also = frozenset(also)  # words people use that no record has
        self.known = frozenset(self.words) | self.also

    def mended(self, words: Sequence[Word]) -> list[Word]:
        """The same words with what nobody writes put right, and joined words cut."""
        found: list[Word] = []
        words = self.initials.guessed(words)
        for n, word in enumerate(words):
            before = found[-1].key if found else ""
            behind = words[n + 1].key if n + 1 < len(words) else ""
            found.extend(self._one(word, before, behind))
        return self._heard(found)

    def _one(self, word: Word, before: str, behind: str) -> Iterator[Word]:
        if word.key in self.known or word.key.isdigit() or len(word.key) < 2:
            yield word
            return
        typed = untyped(word.key, self.known)
        if typed:
            yield Word(typed, typed, proper=word.proper)
            return
        cut = self._cut(word.key)
        if cut:
            yield from (Word(part, part) for part in cut)
            return
        near = None if word.proper or _VOWELS.isdisjoint(word.key) else self._near(word.key, before, behind)
        yield Word(near, near, weight=0.9) if near else word

    def _cut(self, key: str) -> tuple[str, str] | None:
        """ "khaisinh" → ("khai", "sinh"): only where the records put them side by side."""
        for n in range(2, len(key) - 1):
            if self.after.get(key[:n], _NONE)[key[n:]] > 1:
                return key[:n], key[n:]
        return None

    def _near(self, key: str, before: str, behind: str) -> str | None:
        """The word one slip away that stands best between its neighbours."""
        if len(key) < 3:
            return None
        best, most = None, 0.0
        for other in edits(key):
            if other not in self.words:
                continue
            fits = 40.0 * min(1, self.after.get(before, _NONE)[other]) + 40.0 * min(
                1, self.after.get(other, _NONE)[behind]
            )
            worth = fits + min(20.0, self.words[other] ** 0.5) + (5.0 if other[0] == key[0] else 0.0)
            if worth > most:
                best, most = other, worth
        return best

    def _heard(self, words: list[Word]) -> list[Word]:
        """ "khai xinh" → "khai sinh": a real word in a wrong place, when one slip makes a pair the records know well."""
        found = list(words)
        marked = sum(not w.bare for w in words) * 3 > len(words)
        for n in range(len(found) - 1):
            a, b = found[n].key, found[n + 1]
            behind = found[n + 2].key if n + 2 < len(found) else ""
            if self._stands(a, b, behind):
                continue
            own = (b.shape, b.tone) in self.written or (b.bare and b.key in self.words)
            least = 40 if (marked or not b.bare) and own else 3
            if other := self._best_after(a, b.key, least):
                found[n + 1] = Word(other, other, weight=0.9)
        return found

    def _stands(self, a: str, b: Word, behind: str) -> bool:
        """Whether a word may stay: it follows well or goes on well."""
        follows = a in self.after and bool(self.after[a].get(b.key))
        goes_on = bool(behind) and b.key in self.after and bool(self.after[b.key].get(behind))
        return follows or goes_on or b.key in self.also or len(b.key) < 2 or b.key.isdigit()

    def _best_after(self, a: str, b: str, least: int) -> str | None:
        followers = self.after.get(a)
        if not followers:
            return None
        sounds = set(alike(b))
        near = [
            (t, o) for o, t in followers.items() if t >= least and (o in sounds or (t > 9 and one_slip(o, b)))
        ]
        return max(near)[1] if near else None


def one_slip(a: str, b: str) -> bool:
    """Whether two words of three letters or more are one letter apart."""
    if min(len(a), len(b)) < 3 or abs(len(a) - len(b)) > 1:
        return False
    if len(a) == len(b):
        differ = [n for n in range(len(a)) if a[n] != b[n]]
        if len(differ) == 2 and differ[1] == differ[0] + 1:
            return a[differ[0]] == b[differ[1]] and a[differ[1]] == b[differ[0]]
        return len(differ) == 1
    short, long = sorted((a, b), key=len)
    return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))


def alike(key: str) -> Iterator[str]:
    """Words that sound alike in some region."""
    for typed, meant in _HEARD:
        if key.startswith(typed):
            yield meant + key[len(typed) :]
    for typed, meant in _ENDED:
        if key.endswith(typed):
            yield key[: -len(typed)] + meant


def edits(key: str) -> set[str]:
    """Everything one slip away: a letter missing, too much, wrong, or two letters in each other's place."""
    cuts = [(key[:n], key[n:]) for n in range(len(key) + 1)]
    found = {a + b[1:] for a, b in cuts if b}
    found |= {a + b[1] + b[0] + b[2:] for a, b in cuts if len(b) > 1}
    found |= {a + c + b[1:] for a, b in cuts if b for c in _LETTERS}
    found |= {a + c + b for a, b in cuts for c in _LETTERS}
    return found | set(alike(key))
