"""Hiểu biết: one state of the catalogue, made ready for questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from haicap.domain.procedures.catalogue import Catalogue, Entry
from haicap.edges.assistant import learning
from haicap.edges.assistant.cards import Card, Worth, bare
from haicap.edges.assistant.elsewhere import Elsewhere, lines
from haicap.edges.assistant.guides import Guides
from haicap.edges.assistant.guides import lines as guide_lines
from haicap.edges.assistant.initials import Initials
from haicap.edges.assistant.intents import chatter
from haicap.edges.assistant.mending import Mender
from haicap.edges.assistant.packing import Packed
from haicap.edges.assistant.phrases import Meaning, Phrases
from haicap.edges.assistant.recalling import Abbreviated, Cards, Recalled, Voices
from haicap.edges.assistant.sayings import sayings
from haicap.edges.assistant.voices import Lore, Voice
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
    voices  by the same key: the procedure with what people say for it; lore: what all of that teaches
    elsewhere  what people look for here that no procedure is for; guides: which guidance a question sounds like
    names   folded plain name → codes that bear it
    """

    catalogue: Catalogue
    cards: Mapping[str, Card]
    voices: Mapping[str, Voice]
    lore: Lore
    elsewhere: Elsewhere
    guides: Guides
    worth: Worth
    mender: Mender
    phrases: Phrases
    names: Mapping[str, tuple[str, ...]]
    searcher: Searcher
    kept: dict[str, tuple[str, ...]] = field(default_factory=dict)

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
            near = [k for k in keys if k in self.cards and k != key]
            self.kept[key] = tuple(k for k in near if self.likeness(card, self.cards[k]) >= ALIKE)
        return tuple(self.cards[k] for k in self.kept[key])

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
    """What the index holds of a catalogue: every version by its own key, and beside it all that people say for it."""
    said = sayings()
    plain = [
        Document(str(e.pk), PROCEDURE, (bare(e.name),), (e.field, *e.keywords, *e.results))
        for e in catalogue.entries
    ]
    return plain + [
        Document(f"{e.pk}{SAID}", PROCEDURE, said[e.code]) for e in catalogue.entries if e.code in said
    ]


def key_of(key: str) -> str:
    """The version a key of the index stands for."""
    return key.removesuffix(SAID)


def learned(catalogue: Catalogue, essential: Iterable[str]) -> bytes:
    """What there is to know of a catalogue, packed; some seconds for 3,000 procedures."""
    also = [*lines(), *(words for _, words in guide_lines())]
    return learning.learned(catalogue, essential, also)


def known(catalogue: Catalogue, packed: Packed, searcher: Searcher) -> Knowledge:
    """Knowledge of a catalogue from what was learned of it. KeyError, IndexError or ValueError when it is of another."""
    recalled = Recalled(packed)
    cards = Cards(recalled, catalogue.entries)
    names: dict[str, list[str]] = defaultdict(list)
    for entry, plain in zip(catalogue.entries, recalled.plain, strict=True):
        names[plain].append(entry.code)
    worth, lore, phrases = recalled.worth(), recalled.lore(), Phrases(catalogue.synonyms)
    initials = Initials(Abbreviated(recalled), phrases.singles())
    return Knowledge(
        catalogue, cards, Voices(recalled, cards), lore, Elsewhere(lines(), worth, lore), Guides(worth), worth,
        Mender(recalled.usage(), chatter(), initials), phrases,
        {plain: tuple(dict.fromkeys(codes)) for plain, codes in names.items()}, searcher,
    )  # fmt: skip


def made(
    catalogue: Catalogue,
    essential: Iterable[str],
    searcher: Searcher | Callable[[Sequence[Document]], Searcher],
) -> Knowledge:
    """Knowledge that lives with this process, over an index of the same catalogue."""
    index = searcher if isinstance(searcher, Searcher) else searcher(documents_of(catalogue))
    return known(catalogue, Packed(learned(catalogue, essential)), index)
