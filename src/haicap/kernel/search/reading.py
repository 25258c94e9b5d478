"""Tra mục lục: terms with weights in, keys with scores out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import tantivy

from haicap.kernel.search.building import FIELDS, Document, current, forget, in_memory, stamp_of

MOST = 400  # documents one question may ask for
MOST_TERMS = 120


class Damaged(Exception):
    """The files of an index cannot be read; it is to be built again."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found: `score` grows with what fits and means nothing beside other questions."""

    key: str
    kind: str
    score: float


@dataclass(frozen=True, slots=True)
class Terms:
    """What is looked for: weights by term, in each kind of term."""

    words: Mapping[str, float] = field(default_factory=dict)
    pairs: Mapping[str, float] = field(default_factory=dict)
    triples: Mapping[str, float] = field(default_factory=dict)


class Searcher:
    """An index opened for reading; many threads may ask it at once."""

    def __init__(self, index: tantivy.Index, stamp: str = "", name: str = "") -> None:
        self.stamp = stamp
        self.name = name
        self._index = index
        self._schema = index.schema

    @classmethod
    def over(cls, documents: Sequence[Document], stamp: str = "") -> Searcher:
        """A searcher over documents held in memory."""
        return cls(in_memory(documents), stamp)

    @classmethod
    def opened(cls, folder: Path) -> Searcher | None:
        """The index that counts in a folder; None when there is none. Damaged when it cannot be read."""
        name = current(folder)
        if not name:
            return None
        try:
            found = cls(tantivy.Index.open(str(folder / name)), stamp_of(name), name)
            found.search(Terms(words={"a": 1.0}), 1)
        except (ValueError, OSError) as error:
            forget(folder, name)
            raise Damaged(str(error)) from error
        return found

    def __len__(self) -> int:
        return int(self._index.searcher().num_docs)

    def search(self, terms: Terms, most: int, kinds: Sequence[str] = ()) -> list[Hit]:
        """The best `most` documents of the kinds (all when none is named). Damaged when a file went bad."""
        query = self._query(terms, kinds)
        if query is None or most < 1:
            return []
        try:
            searcher = self._index.searcher()
            found = searcher.search(query, min(most, MOST), count=False).hits
            documents = [(score, searcher.doc(address)) for score, address in found]
        except (ValueError, OSError) as error:
            raise Damaged(str(error)) from error
        return [Hit(d.get_first("key") or "", d.get_first("kind") or "", float(s)) for s, d in documents]

    def _query(self, terms: Terms, kinds: Sequence[str]) -> tantivy.Query | None:
        parts = [
            *self._parts("words", terms.words, 1.0),
            *self._parts("more", terms.words, 0.4),
            *self._parts("pairs", terms.pairs, 1.2),
            *self._parts("triples", terms.triples, 0.5),
        ]
        if not parts:
            return None
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])
        if not kinds:
            return query
        named = [(tantivy.Occur.Should, self._term("kind", kind)) for kind in kinds]
        only = tantivy.Query.const_score_query(tantivy.Query.boolean_query(named), 0.0)
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, only)])

    def _parts(self, name: str, weights: Mapping[str, float], times: float) -> list[tantivy.Query]:
        assert name in FIELDS
        heaviest = sorted(weights.items(), key=lambda item: -item[1])[:MOST_TERMS]
        return [
            tantivy.Query.boost_query(self._term(name, term), weight * times)
            for term, weight in heaviest
            if weight > 0
        ]

    def _term(self, name: str, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, name, term)
