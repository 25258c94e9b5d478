"""Cách nói: what people say → what the records say; rows of the catalogue's editable table, found inside a question."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from haicap.edges.assistant.normal import Word, words_in

_CODE = re.compile(r"[0-9]\.[0-9]{6}")
MOST_MEANINGS = 8


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a phrase stands for: words of the records, or one procedure by its code."""

    words: tuple[Word, ...] = ()
    code: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A phrase found: words [start, end) of the question, and everything it may stand for."""

    start: int
    end: int
    meanings: tuple[Meaning, ...]

    @property
    def size(self) -> int:
        """How many words."""
        return self.end - self.start


class Phrases:
    """The table, ready to be looked up."""

    def __init__(self, rows: Iterable[tuple[str, str]]) -> None:
        self._table: dict[tuple[str, ...], list[tuple[tuple[Word, ...], Meaning]]] = defaultdict(list)
        self._sizes: dict[str, tuple[int, ...]] = {}  # by first word: how long phrases are, the longest first
        for said, meant in rows:
            words = words_in(said)
            if words and meant.strip():
                key = tuple(w.key for w in words)
                self._table[key].append((tuple(words), meaning_of(meant)))
                self._sizes[key[0]] = tuple(sorted({*self._sizes.get(key[0], ()), len(key)}, reverse=True))

    def every(self) -> Iterator[tuple[Word, ...]]:
        """Every phrase, as it was written."""
        for rows in self._table.values():
            yield from (said for said, _ in rows)

    def singles(self) -> dict[str, tuple[Word, ...]]:
        """Phrases of one word → the words they stand for first."""
        found: dict[str, tuple[Word, ...]] = {}
        for key, rows in self._table.items():
            words = next((meaning.words for _, meaning in rows if meaning.words), ())
            if len(key) == 1 and words:
                found[key[0]] = words
        return found

    def found(self, words: Sequence[Word]) -> list[Said]:
        """Phrases in a question, in its order: longer ones go before shorter ones, none overlaps another."""
        every = [said for n, w in enumerate(words) if w.key in self._sizes and (said := self._at(words, n))]
        if not every:
            return []
        taken: set[int] = set()
        found: list[Said] = []
        for said in sorted(every, key=lambda s: (-s.size, s.start)):
            places = set(range(said.start, said.end))
            if not places & taken:
                taken |= places
                found.append(said)
        return sorted(found, key=lambda s: s.start)

    def _at(self, words: Sequence[Word], start: int) -> Said | None:
        for size in self._sizes[words[start].key]:
            part = words[start : start + size]
            rows = self._table.get(tuple(w.key for w in part))
            meanings = [meaning for said, meaning in rows if _written(part, said)] if rows else []
            if meanings:
                return Said(start, start + size, tuple(meanings[:MOST_MEANINGS]))
        return None


def meaning_of(meant: str) -> Meaning:
    """ "1.001193" stands for the procedure of that code; anything else for its words."""
    text = meant.strip()
    return Meaning(code=text) if _CODE.fullmatch(text) else Meaning(words=tuple(words_in(text)))


def _written(words: Sequence[Word], said: Sequence[Word]) -> bool:
    """Whether words may be the phrase; a single word must be written just so, or without any mark."""
    single = len(said) == 1
    return all(w.means(s.shape, s.tone, exactly=single) for w, s in zip(words, said, strict=True))
