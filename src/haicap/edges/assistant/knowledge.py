"""Hiểu biết: one state of the catalogue, made ready for questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from haicap.domain.procedures.catalogue import Catalogue, Entry
from haicap.edges.assistant.cards import Card, Worth, bare, card_of, saying_card
from haicap.edges.assistant.intents import chatter
from haicap.edges.assistant.mending import Mender
from haicap.edges.assistant.normal import Word, words_in
from haicap.edges.assistant.phrases import Meaning, Phrases
from haicap.edges.assistant.sayings import sayings
from haicap.kernel.search import Document, Searcher, Terms

PROCEDURE = "procedure"
SAID = "~"  # in keys of the index: something people say for the version before it
ALIKE = 0.55
_NEAR = 40
_KEPT = 5_000


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What questions are answered from.

    cards   by key of the index (the version's own key)
    says    by the same key: the procedure under each thing people say for it
    names   folded plain name → codes that bear it
    """

    catalogue: Catalogue
    cards: Mapping[str, Card]
    says: Mapping[str, tuple[Card, ...]]
    worth: Worth
    mender: Mender
    phrases: Phrases
    names: Mapping[str, tuple[str, ...]]
    searcher: Searcher
    kept: dict[str, tuple[Card, ...]] = field(default_factory=dict)

    def entry(self, code: str, on: date) -> Entry | None:
        """The version of a code in force on a day, or of what replaced it."""
        found = self.catalogue.at(code, on)
        for old in self.catalogue.history(code)[::-1] if found is None else ():
            if old.replaced_by and old.replaced_by != code:
                return self.catalogue.at(old.replaced_by, on)
        return found

    def card(self, entry: Entry) -> Card:
        """The card of a version."""
        return self.cards[str(entry.pk)]

    def sisters(self, card: Card) -> tuple[Card, ...]:
        """Procedures of the same field with nearly the same name: what tells them apart is a word or two."""
        key = str(card.entry.pk)
        if key not in self.kept:
            if len(self.kept) > _KEPT:
                self.kept.clear()
            terms = Terms({w: self.worth(w) for w in card.words}, {p: self.worth(p) for p in card.pairs})
            hits = self.searcher.search(terms, _NEAR, (PROCEDURE,))
            keys = dict.fromkeys(key_of(hit.key) for hit in hits)
            near = [self.cards[k] for k in keys if k in self.cards and k != key]
            self.kept[key] = tuple(c for c in near if self.likeness(card, c) >= ALIKE)
        return self.kept[key]

    def likeness(self, one: Card, other: Card) -> float:
        """How much of the words of two names is common to both, by their worth, what tells sisters apart left out."""
        a, b = one.core, other.core
        whole = sum(self.worth(w) for w in a | b)
        return sum(self.worth(w) for w in a & b) / whole if whole else 0.0

    def codes_of(self, meaning: Meaning) -> tuple[str, ...]:
        """Codes a phrase names outright: by code, or by a whole name."""
        if meaning.code:
            return (meaning.code,)
        return self.names.get(" ".join(w.key for w in meaning.words), ())


def documents_of(catalogue: Catalogue) -> list[Document]:
    """What the index holds of a catalogue: every version by its own key, and beside it what people say for it."""
    said = sayings()
    plain = [
        Document(str(e.pk), PROCEDURE, (bare(e.name),), (e.field, *e.keywords, *e.results))
        for e in catalogue.entries
    ]
    return [
        *plain,
        *(
            Document(f"{e.pk}{SAID}{n}", PROCEDURE, (text,))
            for e in catalogue.entries
            for n, text in enumerate(said.get(e.code, ()))
        ),
    ]


def key_of(key: str) -> str:
    """The version a key of the index stands for."""
    return key.partition(SAID)[0]


def made(
    catalogue: Catalogue,
    essential: Iterable[str],
    searcher: Searcher | Callable[[Sequence[Document]], Searcher],
) -> Knowledge:
    """Knowledge of a catalogue over an index of it; some tenths of a second for 3,000 procedures."""
    vital = frozenset(essential)
    cards = {str(e.pk): card_of(e, vital) for e in catalogue.entries}
    said = sayings()
    says = {
        key: tuple(saying_card(card, text) for text in said[card.entry.code])
        for key, card in cards.items()
        if card.entry.code in said
    }
    every = tuple(cards.values())
    phrases = Phrases(catalogue.synonyms)
    names: dict[str, list[str]] = defaultdict(list)
    for card in every:
        names[card.plain].append(card.entry.code)
    texts: list[Sequence[Word]] = [words_in(card.entry.name) for card in every]
    texts += [words_in(text) for text in {t for c in every for t in (c.entry.field, *c.entry.results)}]
    texts += list(phrases.every())
    texts += [words_in(text) for code in {c.entry.code for c in every} for text in said.get(code, ())]
    return Knowledge(
        catalogue, cards, says, Worth([*every, *(c for row in says.values() for c in row)]), Mender(texts, chatter()), phrases,
        {plain: tuple(dict.fromkeys(codes)) for plain, codes in names.items()},
        searcher if isinstance(searcher, Searcher) else searcher(documents_of(catalogue)),
    )  # fmt: skip
