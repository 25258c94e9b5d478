"""Nhớ lại: what was learned, read where it lies; cards and voices are made of it when a question comes to them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from haicap.domain.procedures.catalogue import Entry
from haicap.edges.assistant.cards import Card, Worth
from haicap.edges.assistant.initials import letters_code
from haicap.edges.assistant.normal import Word
from haicap.edges.assistant.packing import Packed, Ragged
from haicap.edges.assistant.usage import Followers, Usage
from haicap.edges.assistant.voices import Lore, Spoken, Voice

_KEPT = 4_000  # cards at hand: in time nearly all; making them anew took a third of a question
_FIELDS = 400  # fields at hand: likewise


class Recalled:
    """What a file holds. KeyError, IndexError or ValueError when it was made by another release."""

    def __init__(self, packed: Packed) -> None:
        self.packed = packed
        self.words: Sequence[str] = packed.text("words")
        self.ids: Mapping[str, int] = {word: n for n, word in enumerate(self.words)}
        self.written = [(shape, tone) for shape, tone in packed.text("shapes")]
        self.sets = [frozenset(keys) for keys in packed.text("sets")]
        self.plain: Sequence[str] = packed.text("plain")

    def keys(self, numbers: Sequence[int]) -> list[str]:
        """Words of their numbers."""
        return [self.words[n] for n in numbers]

    def worth(self) -> Worth:
        """How rare words and pairs are."""
        row = self.packed.numbers
        words = dict(zip(self.keys(row("worth.words")), row("worth.of_words"), strict=True))
        return Worth(self.ids, words, row("worth.pairs"), row("worth.of_pairs"))

    def usage(self) -> Usage:
        """How words are used."""
        row = self.packed.numbers
        return Usage(
            dict(zip(self.keys(row("usage.words")), row("usage.times"), strict=True)),
            Followers(self.ids, self.words, row("usage.pairs"), row("usage.pair_times")),
            frozenset(self.written[n] for n in row("usage.shapes")),
        )

    def lore(self) -> Lore:
        """What all sayings together teach."""
        keys, times = self.packed.ragged("lore.words"), self.packed.ragged("lore.times")
        names: list[str] = self.packed.text("lore.fields")
        odds, values = self.packed.ragged("odds.words"), self.packed.ragged("odds.values")
        concepts: list[str] = self.packed.text("odds.concepts")
        return Lore(
            dict(zip(self.keys(keys.row(0)), times.row(0), strict=True)),
            Fields(self, {name: n for n, name in enumerate(names) if n}),
            {name: sum(times.row(n)) for n, name in enumerate(names) if n},
            {
                name: dict(zip(self.keys(odds.row(n)), values.row(n), strict=True))
                for n, name in enumerate(concepts)
            },
        )

    def spoken(self) -> Spoken:
        """Everything people say."""
        row, rows = self.packed.numbers, self.packed.ragged
        return Spoken(
            rows("said.words"), rows("said.shapes"), rows("said.pairs"), row("said.whole"), row("said.heavy"),
            row("said.concepts"), self.sets, self.written,
        )  # fmt: skip


class Fields(Mapping[str, Mapping[str, int]]):
    """Field → how often each word is said in it; `places`: field → its row."""

    def __init__(self, recalled: Recalled, places: Mapping[str, int]) -> None:
        self._recalled, self._places = recalled, places
        self._keys, self._times = recalled.packed.ragged("lore.words"), recalled.packed.ragged("lore.times")
        self._made = lru_cache(maxsize=_FIELDS)(self._make)

    def _make(self, n: int) -> Mapping[str, int]:
        return dict(zip(self._recalled.keys(self._keys.row(n)), self._times.row(n), strict=True))

    def __getitem__(self, key: str) -> Mapping[str, int]:
        return self._made(self._places[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


class Abbreviated(Mapping[str, tuple[Word, ...]]):
    """Letters → the words they stand for in names; there are tens of thousands, and few are ever asked for."""

    def __init__(self, recalled: Recalled) -> None:
        self._recalled = recalled
        self._letters = recalled.packed.numbers("initials.letters")
        self._rows = recalled.packed.ragged("initials.words")

    def __getitem__(self, key: str) -> tuple[Word, ...]:
        code = letters_code(key)
        place = bisect_left(self._letters, code)
        if not code or place == len(self._letters) or self._letters[place] != code:
            raise KeyError(key)
        return tuple(Word(word, word) for word in self._recalled.keys(self._rows.row(place)))

    def __iter__(self) -> Iterator[str]:
        return (code.to_bytes(8, "big").lstrip(b"\0").decode() for code in self._letters)

    def __len__(self) -> int:
        return len(self._letters)


class Cards(Mapping[str, Card]):
    """Key of a version → its card, made when it is asked for."""

    def __init__(self, recalled: Recalled, entries: Sequence[Entry]) -> None:
        self._recalled, self._entries = recalled, entries
        self.places = {str(entry.pk): n for n, entry in enumerate(entries)}
        row: dict[str, Ragged] = {
            name: recalled.packed.ragged(f"card.{name}")
            for name in (
                "words",
                "weights",
                "pairs",
                "pair_weights",
                "shaped",
                "shapes",
                "more",
                "core",
                "opening",
            )
        }
        self._row = row
        self._concepts = recalled.packed.numbers("card.concepts")
        self._prior = recalled.packed.numbers("card.prior")
        if len(self._prior) != len(entries):
            raise ValueError("made of another catalogue")
        self._made = lru_cache(maxsize=_KEPT)(self._make)

    def _make(self, n: int) -> Card:
        known, row, words = self._recalled, self._row, self._recalled.words
        shapes: dict[str, set[tuple[str, str]]] = {}
        for word, shape in zip(row["shaped"].row(n), row["shapes"].row(n), strict=True):
            shapes.setdefault(words[word], set()).add(known.written[shape])
        pairs = [f"{words[code >> 32]}_{words[code & 0xFFFFFFFF]}" for code in row["pairs"].row(n)]
        return Card(
            self._entries[n], known.plain[n], dict(zip(known.keys(row["words"].row(n)), row["weights"].row(n), strict=True)),
            dict(zip(pairs, row["pair_weights"].row(n), strict=True)),
            {key: frozenset(found) for key, found in shapes.items()}, frozenset(known.keys(row["more"].row(n))),
            known.sets[self._concepts[n]], self._prior[n], frozenset(known.keys(row["core"].row(n))),
            frozenset(known.keys(row["opening"].row(n))),
        )  # fmt: skip

    def __getitem__(self, key: str) -> Card:
        return self._made(self.places[key])

    def __contains__(self, key: object) -> bool:
        return key in self.places

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)


class Voices(Mapping[str, Voice]):
    """Key of a version → its voice."""

    def __init__(self, recalled: Recalled, cards: Cards) -> None:
        self._cards, self._spoken = cards, recalled.spoken()
        self._ends = recalled.packed.numbers("voice.ends")
        self._opening = recalled.packed.ragged("card.opening").bounds
        self._words = self._spoken.words.bounds

    def __getitem__(self, key: str) -> Voice:
        n = self._cards.places[key]
        first, last = self._ends[n], self._ends[n + 1]
        size = self._opening[n + 1] - self._opening[n] + self._words[last] - self._words[first]
        return Voice(self._cards[key], self._spoken, first, last, size)

    def __iter__(self) -> Iterator[str]:
        return iter(self._cards)

    def __len__(self) -> int:
        return len(self._cards)
