"""Danh mục: all versions, asked as of a day."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from haicap.base.text import fold, sort_key
from haicap.domain.procedures.catalogue.entry import Entry, LifeEventEntry
from haicap.domain.procedures.catalogue.index import (
    EMPTY_WORDS,
    FIELD,
    KEYWORDS,
    NAME,
    RESULT,
    Index,
    marked_words,
    words_of,
)

_CODE = re.compile(r"\s*([0-9]\.[0-9]{3,6})(?:\.[0-9.]*)?(?:[A-Z][0-9]{2})?\s*")
SYNONYM = 0.93  # what is found by another word for it comes after what is found by its own
MARKS = 0.4  # of a score hangs on the marks, when they were written


@dataclass(frozen=True, slots=True)
class Asked:
    """Câu hỏi lọc: empty = not asked about."""

    text: str = ""
    field: str = ""
    level: str = ""
    life_event: str = ""
    subject: str = ""
    online: str = ""
    complete: bool | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry found, with its score (1 = everything asked for is in its name)."""

    entry: Entry
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What was found: all hits in order, and how many there are by field and by level."""

    hits: tuple[Hit, ...]
    fields: Mapping[str, int]
    levels: Mapping[str, int]

    @property
    def total(self) -> int:
        """How many."""
        return len(self.hits)


class Catalogue:
    """Versions by code and day; search costs some milliseconds."""

    def __init__(
        self,
        entries: Iterable[Entry],
        generation: int = 0,
        life_events: Iterable[LifeEventEntry] = (),
        synonyms: Iterable[tuple[str, str]] = (),
    ) -> None:
        self.generation = generation
        self.entries = sorted(entries, key=lambda e: (e.sort_key, e.code, e.span.start or date.min))
        self.life_events = tuple(life_events)
        self.synonyms = tuple(synonyms)
        self._by_code: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            self._by_code[entry.code].append(entry)
        self._index = Index(_pieces(entry) for entry in self.entries)
        self._marks = [_marks_of(entry) for entry in self.entries]
        self._means = _meanings((said, meant) for said, meant in self.synonyms if not _CODE.fullmatch(meant))
        self._named = [(" ".join(words_of(s)), code) for s, code in self.synonyms if _CODE.fullmatch(code)]
        self._place = {(entry.code, entry.pk): n for n, entry in enumerate(self.entries)}
        self._events = {event.key: frozenset(event.codes) for event in self.life_events}

    def at(self, code: str, on: date) -> Entry | None:
        """The version that counts on the day."""
        return next((e for e in self._by_code.get(code, ()) if on in e.span), None)

    def history(self, code: str) -> tuple[Entry, ...]:
        """All versions of a code that count, counted or will count, oldest first."""
        return tuple(sorted(self._by_code.get(code, ()), key=lambda e: e.span.start or date.min))

    def in_force(self, on: date) -> tuple[Entry, ...]:
        """Every version that counts on the day, by name in Vietnamese order."""
        return tuple(e for e in self.entries if on in e.span)

    def fields(self, on: date) -> dict[str, int]:
        """Field → how many procedures on the day, in Vietnamese order."""
        counted = Counter(e.field for e in self.in_force(on) if e.field)
        return {field: counted[field] for field in sorted(counted, key=sort_key)}

    def search(self, asked: Asked, on: date) -> Found:
        """What fits on the day: by score when there is a text, otherwise by name."""
        scores = self._scores(asked.text) if asked.text.strip() else None
        hits = [
            Hit(entry, scores[n] if scores is not None else 1.0)
            for n, entry in enumerate(self.entries)
            if (scores is None or n in scores) and on in entry.span and self._fits(entry, asked)
        ]
        if scores is not None:
            hits.sort(key=lambda hit: (-round(hit.score, 4), len(hit.entry.name), hit.entry.code))
        return Found(
            tuple(hits),
            _counted(hit.entry.field for hit in hits if hit.entry.field),
            _counted(level.value for hit in hits for level in hit.entry.levels),
        )

    def _fits(self, entry: Entry, asked: Asked) -> bool:
        return (
            (not asked.field or entry.field == asked.field)
            and (not asked.level or asked.level in entry.levels)
            and (not asked.subject or asked.subject in entry.subjects)
            and (not asked.online or entry.online == asked.online)
            and (asked.complete is None or entry.complete is asked.complete)
            and (not asked.life_event or entry.code in self._events.get(asked.life_event, ()))
        )

    def _scores(self, text: str) -> dict[int, float]:
        if code := _CODE.fullmatch(text):
            return {n: 1.0 for n, e in enumerate(self.entries) if e.code.startswith(code[1])}
        scores = self._marked(text, self._index.search(text, typing=not text.endswith(" ")))
        for n in self._called(text):
            scores[n] = max(scores.get(n, 0.0), SYNONYM)
        for other in self._rephrased(text):
            for n, score in self._index.search(other).items():
                scores[n] = max(scores.get(n, 0.0), SYNONYM * score)
        return scores

    def _marked(self, text: str, scores: dict[int, float]) -> dict[int, float]:
        """Marks that were written are evidence: what agrees in letters alone counts for less ("sổ đỏ", "sơ đồ")."""
        said = [word for word in marked_words(text) if fold(word) not in EMPTY_WORDS]
        finished = (
            said[:-1] if len(said) > 1 and not text.endswith(" ") else said
        )  # the last may still be typed
        wanted = {word for word in finished if not word.isascii()}
        if not wanted:
            return scores
        return {
            n: score * (1 - MARKS + MARKS * len(wanted & self._marks[n]) / len(wanted))
            for n, score in scores.items()
        }

    def _called(self, text: str) -> list[int]:
        """Versions of procedures that people call by a phrase of the text."""
        spaced = f" {' '.join(words_of(text))} "
        codes = [code for said, code in self._named if f" {said} " in spaced]
        return [self._place[code, entry.pk] for code in codes for entry in self._by_code.get(code, ())]

    def _rephrased(self, text: str) -> list[str]:
        """The text with what people say put as the record says it."""
        spaced = f" {' '.join(words_of(text))} "
        found = []
        for said, meant in self._means:
            if f" {said} " in spaced:
                found.append(spaced.replace(f" {said} ", f" {meant} ").strip())
        return found[:5]


def _pieces(entry: Entry) -> list[tuple[str, float]]:
    pieces = [(entry.name, NAME), (entry.field, FIELD)]
    pieces += [(word, KEYWORDS) for word in entry.keywords]
    return pieces + [(result, RESULT) for result in entry.results]


def _marks_of(entry: Entry) -> frozenset[str]:
    words = marked_words(" ".join(text for text, _ in _pieces(entry)))
    return frozenset(word for word in words if not word.isascii())


def _meanings(synonyms: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Folded (said, meant), the longest first."""
    folded = {(" ".join(words_of(said)), " ".join(words_of(meant))) for said, meant in synonyms}
    return sorted((pair for pair in folded if all(pair)), key=lambda pair: (-len(pair[0]), pair))


def _counted(values: Iterable[str]) -> dict[str, int]:
    return dict(Counter(values).most_common())
