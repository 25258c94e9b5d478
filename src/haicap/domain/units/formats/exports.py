"""Bản xuất toàn bộ: the whole register as CSV, JSON or a SQLite file, for whoever wants to hold it themselves.

Equal registers give equal files (CSV, JSON byte for byte), so a reader sees by the hash whether anything changed.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from haicap.domain.units.timeline import Edge, Version
from haicap.domain.units.timeline.rows import AliasRow

FORMS = ("csv", "json", "sqlite")
UNIT_COLUMNS = (
    "uid",
    "tier",
    "kind",
    "name",
    "short_name",
    "code",
    "parent_uid",
    "valid_from",
    "valid_to",
    "act",
    "clause",
    "evidence",
    "note",
)
EDGE_COLUMNS = (
    "from_uid",
    "to_uid",
    "effective_on",
    "relation",
    "area_share",
    "people_share",
    "act",
    "clause",
    "evidence",
    "note",
)
NAME_COLUMNS = ("alias", "of_uid", "kind", "valid_hint")
_INDEXES = (
    "CREATE INDEX units_code ON units (code, valid_from)",
    "CREATE INDEX units_uid ON units (uid)",
    "CREATE INDEX units_parent ON units (parent_uid)",
    "CREATE INDEX lineage_from ON lineage (from_uid)",
    "CREATE INDEX lineage_to ON lineage (to_uid)",
)

Cells = tuple[str | None, ...]
Tables = Mapping[str, tuple[Sequence[str], Iterable[Cells]]]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def unit_row(v: Version) -> Cells:
    """A version as cells of UNIT_COLUMNS; None = unbounded."""
    facts = (v.uid, v.tier, v.kind, v.name, v.short_name, v.code, v.parent_uid)
    return (
        *facts,
        _iso(v.span.start),
        _iso(v.span.end),
        v.citation.act,
        v.citation.clause,
        v.evidence,
        v.note,
    )


def edge_row(e: Edge) -> Cells:
    """An edge as cells of EDGE_COLUMNS."""
    facts = (e.from_uid, e.to_uid, e.effective_on.isoformat(), e.relation, e.area_share, e.people_share)
    return (*facts, e.citation.act, e.citation.clause, e.evidence, e.note)


def _order(row: Cells) -> tuple[str, ...]:
    return tuple(cell or "" for cell in row)


def tables_of(
    versions: Iterable[Version], edges: Iterable[Edge], names: Iterable[AliasRow], on: date | None = None
) -> Tables:
    """The tables of an export; with `on` only the units in force that day and what leads to or from them."""
    held = [v for v in versions if on is None or on in v.span]
    kept = {v.uid for v in held}
    leading = (e for e in edges if on is None or e.from_uid in kept or e.to_uid in kept)
    return {
        "units": (UNIT_COLUMNS, sorted(map(unit_row, held), key=_order)),
        "lineage": (EDGE_COLUMNS, sorted(map(edge_row, leading), key=_order)),
        "names": (NAME_COLUMNS, sorted((tuple(n[:4]) for n in names if n.of_uid in kept), key=_order)),
    }


def write_export(form: str, path: Path, tables: Tables, facts: Mapping[str, str]) -> None:
    """Write one export to `path` (which must not exist). CSV holds the table of units alone."""
    _WRITERS[form](path, tables, facts)


def csv_lines(tables: Tables, table: str = "units") -> Iterator[Sequence[str]]:
    """Heading and rows of one table as texts."""
    columns, rows = tables[table]
    yield columns
    for row in rows:
        yield ["" if cell is None else cell for cell in row]


def _csv(path: Path, tables: Tables, _facts: Mapping[str, str]) -> None:
    with path.open("x", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(csv_lines(tables))


def _json(path: Path, tables: Tables, facts: Mapping[str, str]) -> None:
    document: dict[str, object] = dict(facts)
    for name, (columns, rows) in tables.items():
        document[name] = [dict(zip(columns, row, strict=True)) for row in rows]
    with path.open("x", encoding="utf-8") as file:
        json.dump(document, file, ensure_ascii=False, separators=(",", ":"))
        file.write("\n")


def _sqlite(path: Path, tables: Tables, facts: Mapping[str, str]) -> None:
    path.touch(exist_ok=False)
    database = sqlite3.connect(path, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("BEGIN")
        database.execute("CREATE TABLE about (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        database.executemany("INSERT OR ABORT INTO about VALUES (?, ?)", facts.items())
        for name, (columns, rows) in tables.items():
            database.execute(f"CREATE TABLE {name} ({', '.join(f'{c} TEXT' for c in columns)})")
            database.executemany(
                f"INSERT OR ABORT INTO {name} VALUES ({', '.join('?' * len(columns))})", rows
            )
        for index in _INDEXES:
            database.execute(index)
        database.execute("COMMIT")
        database.execute("VACUUM")
    finally:
        database.close()


_WRITERS: Mapping[str, Callable[[Path, Tables, Mapping[str, str]], None]] = {
    "csv": _csv,
    "json": _json,
    "sqlite": _sqlite,
}
