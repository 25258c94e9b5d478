"""Ghi hàng loạt: register rows written by COPY, so that a whole reform takes seconds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import connection
from psycopg.types.range import DateRange

from haicap.base.dates import Span
from haicap.domain.units.models import RegisterHead
from haicap.domain.units.timeline import Edge, Version

_VERSION = (
    "unit_id tier kind name short_name sort_key code parent_id valid act_id clause evidence note "
    "made_by_id recorded_at"
).split()
_EDGE = (
    "from_unit_id to_unit_id effective_on relation area_share people_share act_id clause evidence note "
    "made_by_id recorded_at"
).split()
_ORGAN = "unit_id kind own_name valid made_by_id".split()

UnitIds = dict[str, int]
ActIds = dict[str, int]


def copy(table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> int:
    """COPY rows into a table of this room; how many. Names come from constants of this module."""
    n = 0
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as out,
    ):
        for row in rows:
            out.write_row(row)
            n += 1
    return n


def day_range(span: Span) -> DateRange:
    """[start, end) as PostgreSQL writes it."""
    return DateRange(span.start, span.end, "[)")


def lock_head() -> RegisterHead:
    """The head of the register, locked: changes of the map happen one after another."""
    RegisterHead.objects.bulk_create([RegisterHead(id=1)], ignore_conflicts=True)
    return RegisterHead.objects.select_for_update().get(id=1)


def unit_ids(uids: Iterable[str]) -> UnitIds:
    """Database ids of units, made where they do not exist yet."""
    wanted = sorted(set(uids))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO units_unit (uid) SELECT unnest(%s::text[]) ON CONFLICT (uid) DO NOTHING", [wanted]
        )
        cursor.execute("SELECT uid, id FROM units_unit WHERE uid = ANY(%s::text[])", [wanted])
        return dict(cursor.fetchall())


def insert_versions(
    versions: Iterable[Version], *, units: UnitIds, acts: ActIds, made_by: int | None, at: datetime
) -> int:
    """Write versions as new beliefs from `at`; how many."""
    rows = (
        (
            units[v.uid], v.tier, v.kind, v.name, v.short_name, v.sort_key, v.code, units.get(v.parent_uid),
            day_range(v.span), acts.get(v.citation.act), v.citation.clause, v.evidence, v.note, made_by, at,
        )
        for v in versions
    )  # fmt: skip
    return copy("units_unitversion", _VERSION, rows)


def insert_edges(
    edges: Iterable[Edge], *, units: UnitIds, acts: ActIds, made_by: int | None, at: datetime
) -> int:
    """Write edges as new beliefs from `at`; how many."""
    rows = (
        (
            units[e.from_uid], units[e.to_uid], e.effective_on, e.relation, e.area_share, e.people_share,
            acts.get(e.citation.act), e.citation.clause, e.evidence, e.note, made_by, at,
        )
        for e in edges
    )  # fmt: skip
    return copy("units_lineage", _EDGE, rows)


def insert_organs(found: Iterable[tuple[str, str, Span]], *, units: UnitIds, made_by: int | None) -> int:
    """Write organs (uid of the unit, kind, days); how many."""
    return copy("units_organ", _ORGAN, ((units[u], kind, "", day_range(s), made_by) for u, kind, s in found))


def analyse() -> None:
    """Let the planner know the new sizes at once: the checks at commit look up every row's parent."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE units_unitversion, units_unit, units_lineage, units_organ")


def supersede(table: str, ids: Sequence[int], *, by: int, at: datetime) -> None:
    """Mark rows as no longer believed since `at`."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET superseded_by_id = %s, superseded_at = %s WHERE id = ANY(%s)",
            [by, at, list(ids)],
        )
