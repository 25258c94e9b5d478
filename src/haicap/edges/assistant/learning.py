"""Học từ lời nói: from names and sayings to the numbers that questions are weighed by; made once for each state.

What it makes is packed (`packing`) and read by `knowledge`; it takes some seconds and much memory, so that a platform does
it in a process that ends.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from haicap.domain.procedures.catalogue import Catalogue
from haicap.edges.assistant.cards import Card, card_of, joined
from haicap.edges.assistant.concepts import SPECIAL, named_by
from haicap.edges.assistant.initials import Initials, letters_code
from haicap.edges.assistant.normal import Word, words_in
from haicap.edges.assistant.packing import LARGE, REAL, SMALL, Packer
from haicap.edges.assistant.phrases import Phrases
from haicap.edges.assistant.sayings import sayings
from haicap.edges.assistant.voices import PAIR, pairs_of

RARE = 3.0  # times a word is credited with on both sides before it teaches anything
LEAST_TEXTS = 5
FROM, TO = -2.0, 2.5  # what one word may say for or against a concept


@dataclass(slots=True)
class Numbers:
    """Numbers for words, for shapes with tones, and for sets of concepts, in the order they are met."""

    words: dict[str, int] = field(default_factory=dict)
    shapes: dict[tuple[str, str], int] = field(default_factory=dict)
    sets: dict[frozenset[str], int] = field(default_factory=dict)

    def word(self, key: str) -> int:
        """Of a word."""
        return self.words.setdefault(key, len(self.words))

    def shape(self, shape: str, tone: str) -> int:
        """Of a shape with its tone."""
        return self.shapes.setdefault((shape, tone), len(self.shapes))

    def concepts(self, keys: frozenset[str]) -> int:
        """Of a set of concepts."""
        return self.sets.setdefault(keys, len(self.sets))

    def pair(self, term: str) -> int:
        """Of a pair, "a_b"."""
        one, _, other = term.partition("_")
        return joined(self.word(one), self.word(other))


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing people say for a procedure: word → shape and tone as written."""

    words: Mapping[str, tuple[str, str]]
    pairs: tuple[str, ...]
    concepts: frozenset[str]


def learned(catalogue: Catalogue, essential: Iterable[str], also: Iterable[Sequence[Word]]) -> bytes:
    """Everything there is to know of a catalogue, packed.

    essential  codes of what people need most; also: other texts that words may be mended towards
    """
    vital = frozenset(essential)
    cards = [card_of(entry, vital) for entry in catalogue.entries]
    phrases = Phrases(catalogue.synonyms)
    initials = Initials.drawn(
        {c.plain: c.plain.split() for c in cards}.values(), (w.key for said in phrases.every() for w in said), phrases.singles()
    )  # fmt: skip
    spoken = {
        code: [initials.spelled(words_in(text)) for text in sayings().get(code, ())]
        for code in {card.entry.code for card in cards}
    }
    heard = [[_saying(card, words) for words in spoken[card.entry.code]] for card in cards]
    worth = _worth(cards, heard)
    pack, numbers = Packer(), Numbers()
    _pack_cards(pack, numbers, cards)
    _pack_sayings(pack, numbers, heard, worth)
    _pack_worth(pack, numbers, worth)
    _pack_lore(pack, numbers, cards, heard)
    texts = [text for row in spoken.values() for text in row]
    _pack_usage(pack, numbers, [*texts, *_written(cards), *phrases.every(), *also])
    short = sorted(
        (code, [w.key for w in row])
        for letters, row in initials.words.items()
        if (code := letters_code(letters))
    )
    pack.numbers("initials.letters", LARGE, (code for code, _ in short))
    pack.ragged("initials.words", SMALL, ([numbers.word(key) for key in row] for _, row in short))
    for name, table in (("words", numbers.words), ("shapes", numbers.shapes)):
        pack.text(name, list(table))
    pack.text("sets", [sorted(keys) for keys in numbers.sets])
    return pack.packed()


def _saying(card: Card, words: Sequence[Word]) -> Saying:
    shapes = {w.key: (w.shape, w.tone) for w in words}
    return Saying(shapes, tuple(sorted(set(pairs_of(words)))), card.concepts | named_by(words))


def _written(cards: Iterable[Card]) -> list[list[Word]]:
    """Everything the records say, for mending slips."""
    texts = {t for c in cards for t in (c.entry.name, c.entry.field, *c.entry.results)}
    return [words_in(text) for text in sorted(texts)]


def _worth(cards: Sequence[Card], heard: Sequence[Sequence[Saying]]) -> dict[str, float]:
    """How rare words and pairs are: in (0, 1]."""
    count: Counter[str] = Counter()
    texts: list[Card | Saying] = [*cards, *(saying for row in heard for saying in row)]
    for text in texts:
        count.update(iter(text.words))
        count.update(iter(text.pairs))
    every = len(texts) + 2
    most = math.log(1 + every)
    return {term: math.log(1 + every / (1 + n)) / most for term, n in count.items()}


def _pack_cards(pack: Packer, numbers: Numbers, cards: Sequence[Card]) -> None:
    word, pair = numbers.word, numbers.pair
    pack.text("plain", [c.plain for c in cards])
    pack.ragged("card.words", SMALL, ([word(k) for k in c.words] for c in cards))
    pack.ragged("card.weights", REAL, (list(c.words.values()) for c in cards))
    pack.ragged("card.pairs", LARGE, ([pair(k) for k in c.pairs] for c in cards))
    pack.ragged("card.pair_weights", REAL, (list(c.pairs.values()) for c in cards))
    shaped = [[(k, s) for k, row in c.shapes.items() for s in sorted(row)] for c in cards]
    pack.ragged("card.shaped", SMALL, ([word(k) for k, _ in row] for row in shaped))
    pack.ragged("card.shapes", SMALL, ([numbers.shape(*s) for _, s in row] for row in shaped))
    for name, rows in (
        ("more", [c.more for c in cards]), ("core", [c.core for c in cards]), ("opening", [c.opening for c in cards]),
    ):  # fmt: skip
        pack.ragged(f"card.{name}", SMALL, ([word(k) for k in sorted(row)] for row in rows))
    pack.numbers("card.concepts", SMALL, (numbers.concepts(c.concepts) for c in cards))
    pack.numbers("card.prior", REAL, (c.prior for c in cards))


def _pack_sayings(
    pack: Packer, numbers: Numbers, heard: Sequence[Sequence[Saying]], worth: Mapping[str, float]
) -> None:
    every = [saying for row in heard for saying in row]
    whole = [sum(worth[k] for k in saying.words) for saying in every]
    heavy = [w + PAIR * sum(worth[k] for k in s.pairs) for w, s in zip(whole, every, strict=True)]
    ends = [0]
    for row in heard:
        ends.append(ends[-1] + len(row))
    pack.numbers("voice.ends", SMALL, ends)
    pack.ragged("said.words", SMALL, ([numbers.word(k) for k in s.words] for s in every))
    pack.ragged("said.shapes", SMALL, ([numbers.shape(*x) for x in s.words.values()] for s in every))
    pack.ragged("said.pairs", LARGE, ([numbers.pair(k) for k in s.pairs] for s in every))
    pack.numbers("said.concepts", SMALL, (numbers.concepts(s.concepts) for s in every))
    pack.numbers("said.whole", REAL, whole)
    pack.numbers("said.heavy", REAL, heavy)


def _pack_worth(pack: Packer, numbers: Numbers, worth: Mapping[str, float]) -> None:
    words = [term for term in worth if "_" not in term]
    pairs = sorted((numbers.pair(term), value) for term, value in worth.items() if "_" in term)
    pack.numbers("worth.words", SMALL, (numbers.word(k) for k in words))
    pack.numbers("worth.of_words", REAL, (worth[k] for k in words))
    pack.numbers("worth.pairs", LARGE, (code for code, _ in pairs))
    pack.numbers("worth.of_pairs", REAL, (value for _, value in pairs))


def _pack_usage(pack: Packer, numbers: Numbers, texts: Iterable[Sequence[Word]]) -> None:
    """How often words are written, what follows what, and the shapes they are written in."""
    words: Counter[str] = Counter()
    after: Counter[tuple[str, str]] = Counter()
    written: set[tuple[str, str]] = set()
    for text in texts:
        words.update(w.key for w in text)
        after.update((a.key, b.key) for a, b in pairwise(text))
        written.update((w.shape, w.tone) for w in text)
    pack.numbers("usage.words", SMALL, (numbers.word(k) for k in words))
    pack.numbers("usage.times", SMALL, words.values())
    pairs = sorted((joined(numbers.word(a), numbers.word(b)), n) for (a, b), n in after.items())
    pack.numbers("usage.pairs", LARGE, (code for code, _ in pairs))
    pack.numbers("usage.pair_times", SMALL, (n for _, n in pairs))
    pack.numbers("usage.shapes", SMALL, (numbers.shape(*pair) for pair in sorted(written)))


def _pack_lore(
    pack: Packer, numbers: Numbers, cards: Sequence[Card], heard: Sequence[Sequence[Saying]]
) -> None:
    told = Told()
    for card, row in zip(cards, heard, strict=True):
        told.add(card, [card.opening, *(saying.words for saying in row)])
    rows: list[tuple[str, Mapping[str, int]]] = [("", told.every), *told.fields.items()]
    pack.text("lore.fields", [name for name, _ in rows])
    pack.ragged("lore.words", SMALL, ([numbers.word(k) for k in row] for _, row in rows))
    pack.ragged("lore.times", SMALL, (list(row.values()) for _, row in rows))
    odds = {concept: told.taught(concept) for concept in sorted(SPECIAL)}
    pack.text("odds.concepts", list(odds))
    pack.ragged("odds.words", SMALL, ([numbers.word(k) for k in row] for row in odds.values()))
    pack.ragged("odds.values", REAL, (list(row.values()) for row in odds.values()))


class Told:
    """Counts of what is said: at all, in each field, and where a thing that tells sisters apart is meant."""

    def __init__(self) -> None:
        self.every: Counter[str] = Counter()
        self.fields: dict[str, Counter[str]] = defaultdict(Counter)
        self._marked: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._texts: Counter[str] = Counter()
        self._marks: Counter[tuple[str, str]] = Counter()

    def add(self, card: Card, texts: Iterable[Iterable[str]]) -> None:
        """The texts of one version."""
        own = card.entry.field
        for words in texts:
            self.every.update(iter(words))
            self.fields[own].update(iter(words))
            self._texts[own] += 1
            for concept in card.concepts & SPECIAL:
                self._marked[concept, own].update(iter(words))
                self._marks[concept, own] += 1

    def taught(self, concept: str) -> dict[str, float]:
        """Word → log odds that a concept is meant: beside the same fields where it is not, so that no matter counts as one."""
        there: Counter[str] = Counter()
        elsewhere: dict[str, float] = defaultdict(float)
        for (own, name), counts in self._marked.items():
            with_it, without = self._marks[own, name], self._texts[name] - self._marks[own, name]
            if own != concept or without < LEAST_TEXTS:
                continue
            there.update(counts)
            for word, seen in self.fields[name].items():
                elsewhere[word] += with_it * (seen - counts.get(word, 0)) / without
        odds = {}
        for word in there.keys() | elsewhere.keys():
            both = there.get(word, 0) + elsewhere.get(word, 0.0)
            told = math.log((there.get(word, 0) + RARE) / (elsewhere.get(word, 0.0) + RARE))
            if both >= RARE:
                odds[word] = max(FROM, min(TO, told))
        return odds
