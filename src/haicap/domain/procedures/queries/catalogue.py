"""Danh mục trong bộ nhớ: read whole per process, and asked at most once a second whether it changed."""

from __future__ import annotations

import json
from collections.abc import Collection, Hashable, Iterator, Mapping
from typing import Any

from django.db import connection

from haicap.base.dates import Span
from haicap.base.kept import Kept, Notes
from haicap.base.refused import Refused
from haicap.base.text import sort_key
from haicap.base.words import gettext_noop
from haicap.domain.procedures.catalogue import Catalogue, Entry, LifeEventEntry
from haicap.domain.procedures.content import (
    Confidence,
    Content,
    Evidence,
    Level,
    Online,
    Subject,
    read_content,
)
from haicap.domain.procedures.models import ProcedureVersion
from haicap.domain.procedures.states import STANDING

# What lists need, taken out of the documents by the database: the documents themselves stay there.
_ENTRIES = """
SELECT v.id, p.code, v.name, v.field, lower(v.valid), upper(v.valid), v.state,
       v.content->'levels', v.content->'subjects', v.content->>'online',
       v.content ?& ARRAY['form', 'papers', 'fees', 'workflow', 'result_template'],
       jsonb_path_exists(v.content, '$.limits[*].parts[*]'),
       v.content->'keywords', jsonb_path_query_array(v.content, '$.results[*].name.vi'),
       v.decision_number, v.decision_on, v.decision_organ, v.decision_kind, v.origin,
       v.content->>'evidence', v.content->>'confidence', coalesce(r.code, '')
FROM procedures_procedureversion v JOIN procedures_procedure p ON p.id = v.procedure_id
LEFT JOIN procedures_procedure r ON r.id = v.replaced_by_id
WHERE v.state IN ('published', 'replaced', 'repealed')
"""
_LIFE_EVENTS = """
SELECT e.key, e.name, e.name_en, coalesce(array_agg(p.code ORDER BY l.place) FILTER (WHERE p.code IS NOT NULL), '{}')
FROM procedures_lifeevent e LEFT JOIN procedures_lifeeventprocedure l ON l.life_event_id = e.id
LEFT JOIN procedures_procedure p ON p.id = l.procedure_id GROUP BY e.id ORDER BY e.place, e.id
"""
REMEMBERED = 512  # contents: some megabytes


def _rows(sql: str) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        yield from cursor.fetchall()


def _listed(found: Any) -> tuple[str, ...]:
    """A JSON list as texts: drivers give it parsed or as text."""
    values = json.loads(found) if isinstance(found, str) else found
    return tuple(values or ())


def read_entries() -> Iterator[Entry]:
    """Every version that counts, counted or will count."""
    for r in _rows(_ENTRIES):
        yield Entry(
            pk=r[0], code=r[1], name=r[2], sort_key=sort_key(r[2]), field=r[3], span=Span(r[4], r[5]), state=r[6],
            levels=tuple(Level(v) for v in _listed(r[7])), subjects=tuple(Subject(v) for v in _listed(r[8])),
            online=Online(r[9] or Online.UNKNOWN), complete=bool(r[10]), known_limit=bool(r[11]),
            keywords=_listed(r[12]), results=_listed(r[13]), decision=r[14], decision_on=r[15], decision_organ=r[16],
            decision_kind=r[17], origin=r[18], evidence=Evidence(r[19] or Evidence.UNCONFIRMED),
            confidence=Confidence(r[20]) if r[20] else None, replaced_by=r[21],
        )  # fmt: skip


def read_catalogue(state: int = 0) -> Catalogue:
    """The catalogue read afresh."""
    life_events = [LifeEventEntry(r[0], r[1], r[2], tuple(r[3])) for r in _rows(_LIFE_EVENTS)]
    synonyms = [(r[0], r[1]) for r in _rows("SELECT said, meant FROM procedures_synonym ORDER BY id")]
    return Catalogue(read_entries(), state, life_events, synonyms)


def generation() -> int:
    """The number that grows with every change readers could see; 0 before the catalogue is loaded."""
    row = next(_rows("SELECT generation FROM procedures_cataloguehead"), None)
    return int(row[0]) if row else 0


def loaded() -> bool:
    """True once there is a catalogue."""
    return generation() > 0


def _read(current: Hashable) -> Catalogue:
    if not isinstance(current, int) or current == 0:
        raise Refused("not_loaded", gettext_noop("Danh mục thủ tục đang được nạp. Xin thử lại sau ít giây."))
    _contents.forget()
    return read_catalogue(current)


_contents: Notes[dict[int, tuple[Mapping[str, Any], Content]]] = Notes(
    dict, full=lambda noted: len(noted) >= REMEMBERED
)
# The catalogue as the database has it now (at most a second old). Refused `not_loaded` while it is not loaded yet.
catalogue: Kept[Catalogue] = Kept(generation, _read)


def content(pk: int) -> tuple[Mapping[str, Any], Content]:
    """Document and content of a version that stands; the last ones asked for are remembered, as they never change."""
    held = _contents()
    found = held.get(pk)
    if found is None:
        rows = ProcedureVersion.objects.filter(pk=pk, state__in=list(STANDING))
        document = rows.values_list("content", flat=True).get()
        found = held[pk] = (document, read_content(document))
    return found


def foresee(pks: Collection[int]) -> None:
    """Read several contents in one statement for whoever asks for each of them next; at most 500, others are forgotten."""
    _contents.forget()
    held = _contents()
    rows = ProcedureVersion.objects.filter(pk__in=pks, state__in=list(STANDING))
    for pk, document in rows.values_list("pk", "content"):
        held[pk] = (document, read_content(document))
