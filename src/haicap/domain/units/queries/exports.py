"""Bản xuất: the whole register as a file, made once for each state of the register and kept beside the data.

A prepared file is a copy of what the database says, like an index: it may be thrown away at any time. It is made by
the worker after each change of the register, or for the first reader who comes before that.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import transaction

from haicap.domain.units.formats import FORMS, tables_of, write_export
from haicap.domain.units.formats.exports import Tables
from haicap.domain.units.queries.register import generation, read_edges, read_names, read_versions, register

KEPT = 2  # states of the register whose files stay: somebody may be half-way through the older one


@dataclass(frozen=True, slots=True)
class Export:
    """A prepared file and the state of the register it shows."""

    path: Path
    generation: int
    form: str


def export_tables(on: date | None = None) -> Tables:
    """The tables of an export as the database has them now."""
    return _tables(on)[0]


def _tables(on: date | None) -> tuple[Tables, int]:
    with transaction.atomic():  # rows only ever grow; a change in between shows in the generation
        while True:
            before = generation()
            tables = tables_of(list(read_versions()), list(read_edges()), list(read_names()), on)
            if generation() == before:
                return tables, before


def prepared_export(form: str) -> Export:
    """The whole register over time as a file. Refused `not_loaded`; KeyError for a form that is none of FORMS."""
    if form not in FORMS:
        raise KeyError(form)
    current = register().generation
    path = _path(form, current)
    if not path.exists():
        current = _prepare(form)
    return Export(_path(form, current), current, form)


def prepare_exports() -> int:
    """Make the files of the present state that are not there yet, drop those of old ones; the generation."""
    current = register().generation
    for form in FORMS:
        if not _path(form, current).exists():
            current = _prepare(form)
    _sweep(current)
    return current


def _folder() -> Path:
    return Path(settings.DATA) / "exports"


def _path(form: str, state: int) -> Path:
    return _folder() / f"units-{state}.{form}"


def _prepare(form: str) -> int:
    tables, state = _tables(None)
    target = _path(form, state)
    target.parent.mkdir(exist_ok=True, mode=0o700)
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    try:
        write_export(form, beside, tables, {"generation": str(state), "on": ""})
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
    return state


def _sweep(current: int) -> None:
    for path in _folder().glob("units-*.*"):
        state = path.stem.removeprefix("units-")
        if state.isdigit() and int(state) <= current - KEPT:
            with suppress(OSError):
                path.unlink()
