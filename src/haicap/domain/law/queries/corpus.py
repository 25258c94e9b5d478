"""Sổ văn bản trong bộ nhớ: documents, places and relations whole, with what is derived from them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from haicap.base.kept import Kept
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.law import numbers
from haicap.domain.law.effect import Effects, Link, Place, Work, derive
from haicap.domain.law.states import BRIDGE_ENDS, Evidence, RelationKind
from haicap.domain.units import queries as units

REFORM = date(2025, 7, 1)
_DOCUMENTS = """
SELECT d.id, d.slug, d.number, d.issuer, coalesce(i.uid, ''), d.issued_on, d.kind, d.rank, d.title, d.since, d.until,
       d.until_by, coalesce(t.uid, ''), d.owner, d.urgency, d.signer, d.evidence, d.source, d.note, d.version
FROM law_document d LEFT JOIN units_unit i ON i.id = d.issuer_unit_id LEFT JOIN units_unit t ON t.id = d.territory_id
ORDER BY d.id
"""
_PLACES = """
SELECT p.id, p.document_id, p.path, p.heading, p.since, p.until, p.evidence, p.source, p.note
FROM law_provision p ORDER BY p.id
"""
_RELATIONS = """
SELECT r.id, r.kind, r.source_id, r.source_path, r.target_id, r.target_path, r.since, r.until, coalesce(t.uid, ''),
       r.evidence, r.told_in, r.note
FROM law_relation r LEFT JOIN units_unit t ON t.id = r.territory_id WHERE r.withdrawn_at IS NULL ORDER BY r.id
"""


@dataclass(frozen=True, slots=True)
class Doc:
    """Văn bản as the doors see it: `since`/`until` are its own days, what counts is derived (`effects`)."""

    pk: int
    slug: str
    number: str
    issuer: str  # code
    issuer_uid: str  # of a local body
    issued_on: date | None
    kind: str
    rank: int
    title: str
    since: date | None
    until: date | None
    until_by: str
    territory: str
    owner: str
    urgency: str
    signer: str
    evidence: Evidence
    source: str
    note: str
    version: int

    @property
    def normative(self) -> bool:
        """Whether it is a legal normative document."""
        return self.rank > 0


@dataclass(frozen=True, slots=True)
class Known:
    """A place with a row of its own."""

    pk: int
    document: int
    path: str
    heading: str
    since: date | None
    until: date | None
    evidence: Evidence
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Tie:
    """Quan hệ as the doors see it."""

    pk: int
    kind: RelationKind
    source: int
    source_path: str
    target: int
    target_path: str
    since: date | None
    until: date | None
    territory: str
    evidence: Evidence
    told_in: str
    note: str


class Corpus:
    """Every document with its places, relations and derived effect, for one state of the register."""

    def __init__(self, docs: Iterable[Doc], places: Iterable[Known], ties: Iterable[Tie]) -> None:
        self.docs = {d.pk: d for d in docs}
        self.ties = {t.pk: t for t in ties}
        self.by_slug = {d.slug: d for d in self.docs.values()}
        self._by_number: dict[str, list[Doc]] = defaultdict(list)
        for d in self.docs.values():
            self._by_number[numbers.fold(d.number)].append(d)
        self.places: dict[int, dict[str, Known]] = defaultdict(dict)
        for p in places:
            self.places[p.document][p.path] = p
        self._acting: dict[int, list[Tie]] = defaultdict(list)
        self._suffering: dict[int, list[Tie]] = defaultdict(list)
        for t in self.ties.values():
            self._acting[t.source].append(t)
            self._suffering[t.target].append(t)
        self.effects: Effects = derive(self._works(), self._places(), self._links())

    def numbered(self, number: str) -> list[Doc]:
        """Documents that bear a number, whatever its spelling; several provinces may share one."""
        return self._by_number.get(numbers.fold(number), [])

    def acting(self, pk: int) -> Sequence[Tie]:
        """What a document does to others."""
        return self._acting.get(pk, ())

    def suffering(self, pk: int) -> Sequence[Tie]:
        """What others do to a document."""
        return self._suffering.get(pk, ())

    def _works(self) -> Iterator[Work]:
        for d in self.docs.values():
            yield Work(d.pk, d.since, d.until, d.until_by, d.territory or d.issuer_uid, bridged(d))

    def _places(self) -> Iterator[Place]:
        for held in self.places.values():
            for p in held.values():
                yield Place(p.document, p.path, p.since, p.until)

    def _links(self) -> Iterator[Link]:
        for t in self.ties.values():
            yield Link(
                t.pk, t.kind, t.source, t.source_path, t.target, t.target_path, t.since, t.until, t.territory
            )


def bridged(d: Doc) -> bool:
    """Whether its issuer was a body of an abolished district or of a province that was merged away."""
    if not d.issuer_uid or (d.issued_on is not None and d.issued_on >= REFORM):
        return False
    last = units.register().versions(d.issuer_uid)
    end = last[-1].span.end if last else None
    return bool(last) and last[-1].tier in ("district", "province") and end is not None and end < BRIDGE_ENDS


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def read_corpus(_: Hashable = 0) -> Corpus:
    """The register read afresh: three statements, then the derivation."""
    units.register.recheck()
    docs = [Doc(*_typed(r, 16)) for r in _rows(_DOCUMENTS)]
    places = [Known(*_typed(r, 6)) for r in _rows(_PLACES)]
    ties = [Tie(r[0], RelationKind(r[1]), *_typed(r, 9)[2:]) for r in _rows(_RELATIONS)]
    return Corpus(docs, places, ties)


def _typed(row: tuple[Any, ...], evidence: int) -> list[Any]:
    """A row with the word at this place as `Evidence`."""
    return [Evidence(value) if n == evidence else value for n, value in enumerate(row)]


def generation() -> int:
    """The number that grows with every change readers could see; 0 before the register is loaded."""
    found = _rows("SELECT generation FROM law_lawhead")
    return int(found[0][0]) if found else 0


def loaded() -> bool:
    """True once there is a register of documents."""
    return generation() > 0


def _state() -> tuple[int, int]:
    return generation(), units.generation()


corpus: Kept[Corpus] = Kept(_state, read_corpus)


def document(slug: str) -> Doc:
    """A document by the name of its page. Refused `not_found`."""
    found = corpus().by_slug.get(slug)
    if found is None:
        raise Refused("not_found", gettext_noop("Không có văn bản này."))
    return found
