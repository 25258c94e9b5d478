"""Hiệu lực: which provisions count on a day, where, by which chain; what changed between two days."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection

from haicap.base.citation import Citation
from haicap.base.refused import Refused
from haicap.domain.law import places
from haicap.domain.law.effect import Span, Step
from haicap.domain.law.queries.corpus import Corpus, Doc, corpus
from haicap.domain.law.states import DocumentState, Standing
from haicap.domain.units import queries as units

LAST_OLD = date(2025, 6, 30)  # the last day of districts and of the provinces that were merged
_TEXTS = """
SELECT p.path, x.text, lower(x.valid), upper(x.valid), x.evidence, x.source
FROM law_provisiontext x JOIN law_provision p ON p.id = x.provision_id
WHERE p.document_id = %s AND x.valid @> %s::date
"""


@dataclass(frozen=True, slots=True)
class Found:
    """What a citation means: a document and a place in it ("" = the whole)."""

    doc: Doc
    path: str


@dataclass(frozen=True, slots=True)
class Words:
    """Lời văn on the asked day."""

    text: str
    since: date | None
    until: date | None
    evidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Part:
    """A place of a document on a day, for its page: heading, words (None: none at hand), standing."""

    path: str
    written: str
    heading: str
    words: Words | None
    span: Span
    evidence: str
    note: str

    @property
    def depth(self) -> int:
        """How deep it lies: an article is 0."""
        return self.path.count("__")


@dataclass(frozen=True, slots=True)
class Change:
    """A provision that began, ended, was suspended or came back."""

    on: date
    doc: Doc
    path: str
    before: Standing
    after: Standing
    step: Step | None


def resolve(citation: Citation, *, issued_on: date | None = None, unit: str = "") -> tuple[Found, ...]:
    """The places a citation may mean: none when the register has no such number, several when provinces share it.

    unit  uid of a local issuer, where it is known
    A clause that cannot be read as a place resolves to the document.
    """
    known, found = corpus(), []
    for act in citation.act.split(" | "):
        for doc in known.numbered(act):
            if issued_on not in (None, doc.issued_on) or (unit and doc.issuer_uid != unit):
                continue
            for path in _paths(citation.clause):
                found.append(Found(doc, path))
    return tuple(found)


def _paths(clause: str) -> Iterator[str]:
    for part in clause.split(";") if clause else [""]:
        try:
            yield places.read(part.strip()) if part.strip() else ""
        except Refused:
            yield ""


def spans(doc: Doc, path: str = "") -> tuple[Span, ...]:
    """Every stretch of effect of a place, in order of days."""
    return corpus().effects.spans(doc.pk, path)


def effect(doc: Doc, path: str, on: date, *, unit: str = "") -> Span:
    """Effect of a place on a day with the chain that made it so. A dictionary look-up.

    unit  uid of the unit one stands in: endings limited to a territory count there
    """
    known = corpus()
    span = known.effects.at(doc.pk, path, on)
    if not unit:
        return span
    above = _with_ancestors(unit, on)
    for territory, limited in known.effects.exceptions(doc.pk, path):
        begun = limited.since is None or limited.since <= on
        if territory in above and begun and (limited.until is None or on < limited.until):
            return limited
    return span


def counts_in(doc: Doc, unit: str, on: date) -> bool:
    """Whether the area of a document takes in a unit (uid): its own territory, else that of its local issuer.

    A document of a former district or province counts in what became of its area.
    """
    area = doc.territory or doc.issuer_uid
    return not area or area == "vn" or area in _with_ancestors(unit, on)


def _with_ancestors(uid: str, on: date) -> frozenset[str]:
    """A unit, what it lies in, and what it came from, with what that lay in.

    Not what its province came from: a commune of the new Đà Nẵng lay in the old one or in Quảng Nam, not in both.
    """
    register = units.register()
    here = {uid} | {v.uid for v in register.path(uid, on)}
    before = {fate.version.uid for fate in register.origins(uid, LAST_OLD)}
    return frozenset(here | {v.uid for one in before for v in register.path(one, LAST_OLD)})


def in_force(citation: Citation, on: date, *, unit: str = "") -> Standing:
    """Standing of what a citation means; the best of several meanings; UNKNOWN when it resolves to nothing."""
    found = [effect(f.doc, f.path, on, unit=unit).standing for f in resolve(citation)]
    order = [Standing.IN_FORCE, Standing.SUSPENDED, Standing.NOT_YET, Standing.ENDED, Standing.UNKNOWN]
    return min(found, key=order.index, default=Standing.UNKNOWN)


def state_of(doc: Doc, on: date) -> DocumentState:
    """State of a document on a day."""
    return corpus().effects.document(doc.pk, on)


def outline(doc: Doc, on: date) -> Sequence[Part]:
    """Known places of a document in reading order with their standing and words of the day. One statement."""
    known = corpus()
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS, [doc.pk, on])
        words = {r[0]: Words(*r[1:]) for r in cursor.fetchall()}
    held = known.places.get(doc.pk, {})
    return [
        Part(
            path=p.path, written=places.written(p.path), heading=p.heading, words=words.get(p.path),
            span=known.effects.at(doc.pk, p.path, on), evidence=p.evidence, note=p.note,
        )
        for p in sorted(held.values(), key=lambda p: places.order(p.path))
    ]  # fmt: skip


def changes(since: date, until: date, known: Corpus | None = None) -> list[Change]:
    """What began, ended, was suspended or came back on the days from `since` to `until`, both included."""
    held = known or corpus()
    return [
        Change(day, held.docs[work], path, before, after, step)
        for day, work, path, before, after, step in held.effects.changes(since, until)
    ]
