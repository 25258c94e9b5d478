"""Bản xuất toàn quốc: made once for each state of the catalogue and kept beside the data; it may be thrown away."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from haicap.domain.procedures.formats.exports import FORMS, Exported, write_export
from haicap.domain.procedures.queries.catalogue import generation

KEPT = 2  # states whose files stay: somebody may be half-way through the older one
_VERSIONS = """
SELECT p.code, v.name, v.field, lower(v.valid), upper(v.valid), v.state, v.decision_number, v.decision_on,
       v.decision_organ, v.decision_kind, coalesce(r.code, ''), v.origin, v.content::text
FROM procedures_procedureversion v JOIN procedures_procedure p ON p.id = v.procedure_id
LEFT JOIN procedures_procedure r ON r.id = v.replaced_by_id
WHERE v.state IN ('published', 'replaced', 'repealed') AND (%s::date IS NULL OR v.valid @> %s::date)
ORDER BY p.code, lower(v.valid)
"""


@dataclass(frozen=True, slots=True)
class Export:
    """A prepared file and the state of the catalogue it shows."""

    path: Path
    generation: int
    form: str


def exported(on: date | None = None) -> Iterator[Exported]:
    """Versions as they leave the house: of a day, or all of them."""
    with connection.cursor() as cursor:
        cursor.execute(_VERSIONS, [on, on])
        while rows := cursor.fetchmany(500):
            for row in rows:
                yield Exported(*(*row[:12], json.loads(row[12])))


def write_catalogue(form: str, path: Path, on: date | None = None) -> int:
    """An export of a day (or of all time) to a file that does not exist yet; how many versions."""
    with transaction.atomic():
        facts = {"generation": str(generation()), "on": on.isoformat() if on else ""}
        return write_export(form, path, exported(on), facts)


def prepared_export(form: str) -> Export:
    """The whole catalogue over time as a file. KeyError for a form that is none of FORMS."""
    if form not in FORMS:
        raise KeyError(form)
    current = generation()
    target = _path(form, current)
    if not target.exists():
        target.parent.mkdir(exist_ok=True, mode=0o700)
        beside = target.with_name(f".{secrets.token_hex(4)}.{target.name}")
        try:
            write_catalogue(form, beside)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
        _sweep(current)
    return Export(target, current, form)


def _path(form: str, state: int) -> Path:
    return Path(settings.DATA) / "exports" / f"procedures-{state}.{form}"


def _sweep(current: int) -> None:
    for path in (Path(settings.DATA) / "exports").glob("procedures-*.*"):
        state = path.stem.removeprefix("procedures-")
        if state.isdigit() and int(state) <= current - KEPT:
            with suppress(OSError):
                path.unlink()
