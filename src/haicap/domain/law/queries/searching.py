"""Tìm văn bản: by number, title and words, with marks and without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from haicap.base.text import fold
from haicap.domain.law.queries.corpus import Corpus, Doc, corpus
from haicap.domain.law.states import DocumentState

_WORDS = """
SELECT p.document_id, p.path, ts_headline('simple', x.text, websearch_to_tsquery('simple', %(asked)s),
       'StartSel=⟦,StopSel=⟧,MaxWords=30,MinWords=12')
FROM law_provisiontext x JOIN law_provision p ON p.id = x.provision_id
WHERE to_tsvector('simple', x.folded) @@ plainto_tsquery('simple', %(folded)s) AND x.valid @> %(on)s::date
ORDER BY p.document_id, p.path LIMIT 200
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found; `path` and `excerpt` (⟦⟧ around the words) when it was by the words of a place."""

    doc: Doc
    state: DocumentState
    path: str = ""
    excerpt: str = ""


def search(
    text: str, *, on: date, kind: str = "", issuer: str = "", owner: str = "", state: str = "", unit: str = ""
) -> list[Hit]:
    """Documents whose number or title has all the words, then those in whose texts they stand. One statement.

    text   words with or without marks; "" lists everything, newest first
    unit   uid: only what its own bodies issued
    """
    known, text = corpus(), text.replace("\0", " ")  # which no text of the database has
    wanted = tuple(dict.fromkeys(fold(text).replace("/", " ").replace("-", " ").split()))
    chosen = _filter(known, on, kind, issuer, owner, state, unit)
    hits = [
        Hit(d, known.effects.document(d.pk, on)) for d in known.docs.values() if chosen(d) and _has(d, wanted)
    ]
    hits.sort(key=lambda h: (h.doc.issued_on or h.doc.since or date.min, h.doc.pk), reverse=True)
    return hits + (_in_texts(known, text, on, chosen) if wanted else [])


def _has(d: Doc, words: Sequence[str]) -> bool:
    """Whether all words stand in the number or the title."""
    if not words:
        return True
    hay = fold(f"{d.number} {d.title}").replace("/", " ").replace("-", " ")
    return all(word in hay for word in words)


def _filter(
    known: Corpus, on: date, kind: str, issuer: str, owner: str, state: str, unit: str
) -> Callable[[Doc], bool]:
    asked = (("kind", kind), ("issuer", issuer), ("owner", owner), ("issuer_uid", unit))
    wanted = [(name, value) for name, value in asked if value]

    def fits(d: Doc) -> bool:
        if any(getattr(d, name) != value for name, value in wanted):
            return False
        return not state or known.effects.document(d.pk, on) == state

    return fits


def _in_texts(known: Corpus, text: str, on: date, chosen: Callable[[Doc], bool]) -> list[Hit]:
    with connection.cursor() as cursor:
        cursor.execute(_WORDS, {"asked": text, "folded": fold(text), "on": on})
        rows = cursor.fetchall()
    return [
        Hit(known.docs[pk], known.effects.document(pk, on), path, excerpt)
        for pk, path, excerpt in rows
        if chosen(known.docs[pk])
    ]
