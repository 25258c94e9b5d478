"""Sổ đăng ký trong bộ nhớ: loaded whole per process, and asked at most once a second whether it changed."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection

from haicap.base.citation import Citation
from haicap.base.dates import Span
from haicap.base.kept import Kept
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.units.addresses import Answer, Gazetteer
from haicap.domain.units.timeline import Edge, Register, Version
from haicap.domain.units.timeline.rows import AliasRow, EdgeRow, VersionRow

_VERSIONS = """
SELECT u.uid, v.tier, v.kind, v.name, v.short_name, v.code, coalesce(p.uid, ''), lower(v.valid), upper(v.valid),
       coalesce(a.number, ''), v.clause, v.evidence, v.note, v.sort_key
FROM units_unitversion v JOIN units_unit u ON u.id = v.unit_id
LEFT JOIN units_unit p ON p.id = v.parent_id LEFT JOIN units_act a ON a.id = v.act_id
"""
_EDGES = """
SELECT f.uid, t.uid, l.effective_on, l.relation, l.area_share, l.people_share, coalesce(a.number, ''), l.clause,
       l.note, l.evidence
FROM units_lineage l JOIN units_unit f ON f.id = l.from_unit_id JOIN units_unit t ON t.id = l.to_unit_id
LEFT JOIN units_act a ON a.id = l.act_id
"""
_ALIASES = """
SELECT a.alias, u.uid, a.kind, a.valid_hint FROM units_alias a JOIN units_unit u ON u.id = a.unit_id ORDER BY a.id
"""
BELIEVED = "superseded_at IS NULL"


def _rows(sql: str, params: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        yield from cursor.fetchall()


def read_versions(where: str = f"v.{BELIEVED}", params: Sequence[Any] = ()) -> Iterator[Version]:
    """Versions from the database; `where` is a constant of this package, never user text."""
    for r in _rows(f"{_VERSIONS} WHERE {where}", params):
        span, cited = Span(r[7], r[8]), Citation(r[9], r[10])
        yield Version(r[0], r[1], r[2], r[3], r[4], r[5], r[6], span, cited, r[11], r[12], r[13])


def read_edges(where: str = f"l.{BELIEVED}", params: Sequence[Any] = ()) -> Iterator[Edge]:
    """Edges from the database."""
    for r in _rows(f"{_EDGES} WHERE {where}", params):
        yield Edge(r[0], r[1], r[2], r[3], r[4], r[5], Citation(r[6], r[7]), r[9], r[8])


def read_names() -> Iterator[AliasRow]:
    """Other names of units from the database."""
    for r in _rows(_ALIASES):
        yield AliasRow(*r)


def generation() -> int:
    """The number that grows with every change of the register; 0 before it is loaded."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT generation FROM units_registerhead")
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def loaded() -> bool:
    """True once the units are in the database."""
    return generation() > 0


def _read(current: Hashable) -> Register:
    if not isinstance(current, int) or current == 0:
        raise Refused("not_loaded", gettext_noop("Sổ đăng ký đơn vị đang được nạp. Xin thử lại sau ít giây."))
    return Register(read_versions(), read_edges(), current)


# The register as the database has it now (at most a second old). Refused `not_loaded` while the units are not loaded yet.
register: Kept[Register] = Kept(generation, _read)
# The address engine over the same state of the register.
gazetteer: Kept[Gazetteer] = Kept(
    lambda: register().generation, lambda _: Gazetteer.build(*rows_of_register()), always=True
)


def rows_of_register() -> tuple[list[VersionRow], list[EdgeRow], list[AliasRow]]:
    """The register as plain rows, the form of the packaged files."""
    versions = [
        VersionRow(
            v.uid,
            v.tier,
            v.kind,
            v.name,
            v.short_name,
            v.code,
            v.parent_uid,
            v.span.start,
            v.span.end,
            *_cited(v),
        )
        for v in read_versions()
    ]
    edges = [
        EdgeRow(
            e.from_uid, e.to_uid, e.effective_on, e.relation, e.area_share, e.people_share, *_cited(e), e.note
        )
        for e in read_edges()
    ]
    return versions, edges, list(read_names())


def _cited(fact: Version | Edge) -> tuple[str, str]:
    return fact.citation.act, fact.citation.clause


def convert_address(text: str, *, on: date) -> Answer:
    """Free text address → the units in force on the day it may mean (contract: docs/contracts.md)."""
    return gazetteer().convert(text, on=on)


def versions_believed_at(uid: str, at: datetime) -> tuple[Version, ...]:
    """What the register said of a unit at the instant `at` (recorded time)."""
    where = "u.uid = %s AND v.recorded_at <= %s AND (v.superseded_at IS NULL OR v.superseded_at > %s)"
    found = read_versions(where, [uid, at, at])
    return tuple(sorted(found, key=lambda v: v.span.start or date.min))
