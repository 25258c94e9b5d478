"""Nhìn chung: what a period brought and ended, and how the open work lies, over a scope.

Figures of a period walk an index of the province by the instant of receipt or end; those of the open work its partial
index. A period over the whole nation counts every dossier of it: doors ask for a month at most.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection

from haicap.domain.dossiers.policy import Scope
from haicap.domain.dossiers.queries.places import place, uid_of
from haicap.domain.dossiers.queries.rows import COLUMNS, JOINED, Item, read_items
from haicap.domain.dossiers.queries.worklists import bounds, where

MOST = 200
_RECEIVED = """
SELECT count(*), count(*) FILTER (WHERE d.channel = 2), count(*) FILTER (WHERE d.digitised) FROM dossiers_dossier d
WHERE d.received_at >= %s AND d.received_at < %s AND {scope}
"""
_ENDED = """
SELECT count(*) FILTER (WHERE d.state = 10),
  count(*) FILTER (WHERE d.state = 10 AND d.due_at IS NOT NULL AND d.finished_at <= d.due_at),
  count(*) FILTER (WHERE d.state = 10 AND d.due_at IS NOT NULL),
  count(*) FILTER (WHERE d.state = 3), count(*) FILTER (WHERE d.state IN (7, 8))
FROM dossiers_dossier d WHERE d.ended_at >= %s AND d.ended_at < %s AND {scope}
"""
_LOAD = """
SELECT {column}, count(*) FILTER (WHERE d.due_at < %s), count(*) FILTER (WHERE d.due_at >= %s AND d.due_at < %s),
  count(*) FILTER (WHERE d.due_at >= %s AND d.due_at < %s), count(*)
FROM dossiers_dossier d {joined} WHERE d.state IN (2, 4) AND {scope} GROUP BY 1
ORDER BY 2 DESC, 3 DESC, 5 DESC, 1 LIMIT %s
"""
COLUMN = {
    "officer": ("d.assignee", ""),
    "procedure": ("d.procedure_code", ""),
    "unit": ("u.uid", JOINED),
    "province": ("u.uid", "JOIN units_unit u ON u.id = d.province_id"),
}
KINDS = {
    "received": ("d.received_at", "d.received_at IS NOT NULL"),
    "online": ("d.received_at", "d.received_at IS NOT NULL AND d.channel = 2"),
    "returned": ("d.ended_at", "d.ended_at IS NOT NULL AND d.state = 10"),
    "late": ("d.ended_at", "d.ended_at IS NOT NULL AND d.state = 10 AND d.finished_at > d.due_at"),
    "refused": ("d.ended_at", "d.ended_at IS NOT NULL AND d.state = 3"),
    "left": ("d.ended_at", "d.ended_at IS NOT NULL AND d.state IN (7, 8)"),
}


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of a period. `on_time` and `promised` are of those returned; promised: they had a due instant."""

    received: int
    online: int
    digitised: int
    returned: int
    on_time: int
    promised: int
    refused: int
    left: int

    @property
    def late(self) -> int:
        """Returned beyond their due instant."""
        return self.promised - self.on_time


@dataclass(frozen=True, slots=True)
class Load:
    """Open work of one key (officer, procedure, unit, province): late, due today, due soon, all of it."""

    key: str
    late: int
    today: int
    soon: int
    all: int


def _narrowed(scope: Scope, on: date) -> tuple[str, list[Any]]:
    """The scope with its provinces, which lead the indexes by time."""
    condition, keys = where(scope)
    if scope.level != "commune" or condition == "false":
        return condition, keys
    provinces = sorted({place(uid_of(unit), on).province_id for unit in scope.units})
    named = " OR ".join("d.province_id = %s" for _ in provinces)
    return f"({named}) AND {condition}", [*provinces, *keys]


def figures(scope: Scope, since: datetime, until: datetime, on: date) -> Figures:
    """What [since, until) brought and ended. Two statements."""
    condition, keys = _narrowed(scope, on)
    with connection.cursor() as cursor:
        cursor.execute(_RECEIVED.format(scope=condition), [since, until, *keys])
        received = cursor.fetchone()
        cursor.execute(_ENDED.format(scope=condition), [since, until, *keys])
        return Figures(*received, *cursor.fetchone())


def loads(scope: Scope, by: str, at: datetime, limit: int = MOST) -> Sequence[Load]:
    """Open work whose time runs, by officer, procedure, unit or province; the latest first. One statement."""
    condition, keys = where(scope)
    known, (column, joined) = bounds(at), COLUMN[by]
    times = [known.now, known.now, known.today, known.today, known.soon]
    with connection.cursor() as cursor:
        cursor.execute(_LOAD.format(column=column, joined=joined, scope=condition), [*times, *keys, limit])
        return [Load(*row) for row in cursor.fetchall()]


def rows_of(
    scope: Scope, kind: str, since: datetime, until: datetime, on: date, limit: int = MOST
) -> Sequence[Item]:
    """The dossiers behind a figure of a period, newest first. KeyError for a kind there is not. One statement."""
    instant, which = KINDS[kind]
    condition, keys = _narrowed(scope, on)
    text = (
        f"SELECT {COLUMNS} FROM dossiers_dossier d {JOINED} WHERE {which} AND {instant} >= %s AND {instant} < %s "
        f"AND {condition} ORDER BY {instant} DESC, d.id DESC LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(text, [since, until, *keys, limit])
        return read_items(cursor.fetchall(), personal=scope.personal)
