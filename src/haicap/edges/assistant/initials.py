"""Viết tắt: words shortened to their first letters, as names of records suggest them ("VPCC" → "văn phòng công chứng").

First what the editable table says; for letters it does not explain, what most names have in a row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from haicap.edges.assistant.normal import Word

LEAST, MOST = 3, 6  # letters
OFTEN = 2  # names that must have the words in a row
SPOKEN, SURE = 4, 6  # the same for letters that might be spoken as a word, and how many letters those need
_VOWELS = frozenset("aeiou")


class Initials:
    """First letters → the words most names have in that order."""

    def __init__(
        self, words: Mapping[str, tuple[Word, ...]], table: Mapping[str, Sequence[Word]] | None = None
    ) -> None:
        """`words`: what letters stand for in names; `table`: what single words of the editable table stand for."""
        self.words = words
        self._table = {key: row for key, row in (table or {}).items() if _VOWELS.isdisjoint(key)}

    @classmethod
    def drawn(
        cls,
        names: Iterable[Sequence[str]],
        but: Iterable[str] = (),
        table: Mapping[str, Sequence[Word]] | None = None,
    ) -> Initials:
        """From names; `but`: words that are no abbreviations."""
        counts: Counter[tuple[str, ...]] = Counter()
        own: set[str] = set(but)
        for keys in names:
            own.update(keys)
            counts.update(
                {
                    tuple(keys[start : start + size])
                    for size in range(LEAST, MOST + 1)
                    for start in range(len(keys) - size + 1)
                }
            )
        best: dict[str, tuple[int, tuple[str, ...]]] = {}
        for row, times in counts.items():
            letters = "".join(key[0] for key in row)
            least = OFTEN if _VOWELS.isdisjoint(letters) else SURE if len(letters) >= SPOKEN else MOST * SURE
            if times >= least and letters.isalpha() and letters not in own:
                best[letters] = max(best.get(letters, (0, ())), (times, row))
        return cls(
            {letters: tuple(Word(key, key) for key in row) for letters, (_, row) in best.items()}, table
        )

    def guessed(self, words: Iterable[Word]) -> list[Word]:
        """The same words with abbreviations that only names explain spelled out."""
        return [spelled for word in words for spelled in self.words.get(word.key, (word,))]

    def spelled(self, words: Iterable[Word]) -> list[Word]:
        """The same words with all abbreviations spelled out, with the weight of what stood there."""
        return [
            spelled.weighing(word.weight)
            if spelled is not word and word.weight != spelled.weight
            else spelled
            for word in self.guessed(words)
            for spelled in self._table.get(word.key, (word,))
        ]


def letters_code(letters: str) -> int:
    """Letters as a number, to be stored and looked for; 0 for what is no abbreviation."""
    raw = letters.encode()
    return int.from_bytes(raw, "big") if LEAST <= len(raw) <= MOST else 0
