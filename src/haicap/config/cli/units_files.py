"""`haicap units convert` and `export`: whole files, in and out.

The result appears under its name only when it is whole: it is written beside it and then renamed.
"""

from __future__ import annotations

import json
import os
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from haicap.base.dates import read_date
from haicap.base.refused import Refused
from haicap.base.tables import (
    COMMAND_LINE,
    CsvWriter,
    Table,
    Writer,
    XlsxWriter,
    address_column,
    open_table,
)
from haicap.config.cli import registers
from haicap.domain.units.addresses import Answer, Gazetteer
from haicap.domain.units.formats import ADDED, FORMS, Tally, converted, write_export

TELL_EVERY = 2.0  # seconds


@contextmanager
def new_file(target: Path) -> Iterator[Path]:
    """A path beside `target` to write to; it takes the place of `target` when everything went well."""
    beside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        yield beside
        descriptor = os.open(beside, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        beside.replace(target)
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


@contextmanager
def told() -> Iterator[None]:
    """What a person can mend is said in one sentence, with status 2."""
    try:
        yield
    except Refused as refused:
        raise registers.CouldNot(refused.sentence) from refused
    except OSError as error:
        raise registers.CouldNot(
            f"{error.filename or ''}: {error.strerror or error}".removeprefix(": ")
        ) from error


def _asked_day(text: str | None) -> date:
    return read_date(text) if text else registers.day_today()


@contextmanager
def _writer(path: Path, target: Path, table: Table) -> Iterator[Writer]:
    """A writer in the form the target's name asks for; the delimiter is that of the input."""
    if target.suffix.lower() == ".xlsx":
        sheet = XlsxWriter(path)
        yield sheet
        sheet.close()
        return
    with path.open("x", encoding="utf-8", newline="") as file:
        writer = CsvWriter(file, delimiter=table.delimiter)
        yield writer
        writer.close()


class Progress:
    """Tells the person at the terminal how far it is, now and then."""

    def __init__(self) -> None:
        self._began = self._told = time.monotonic()

    def tell(self, rows: int) -> None:
        """Say the number of rows done, if it is time."""
        now = time.monotonic()
        if now - self._told >= TELL_EVERY:
            self._told = now
            registers.say(f"{rows} rows, {rows / (now - self._began):.0f} a second")

    def close(self, tally: Tally) -> None:
        """Say what it came to."""
        spent = time.monotonic() - self._began
        parts = [f"{n} {status}" for status, n in sorted(tally.statuses.items())]
        parts += [f"{tally.unreadable} unreadable"] if tally.unreadable else []
        registers.say(f"{tally.rows - tally.blank} rows in {spent:.1f} s: {', '.join(parts) or 'nothing'}")


def _run(table: Table, column: int, engine: Gazetteer, on: date, writer: Writer) -> Tally:
    def answer(text: str) -> Answer:
        return engine.convert(text, on=on)

    tally, progress = Tally(), Progress()
    writer.write([*table.columns, *ADDED])
    for done in converted(table.rows, column, answer):
        writer.write(done.cells)
        tally.count(done)
        if not tally.rows % 500:
            progress.tell(tally.rows)
    progress.close(tally)
    return tally


@click.command()
@click.option(
    "--in", "source", required=True, type=click.Path(path_type=Path), help="CSV or XLSX file to read."
)
@click.option(
    "--out", "target", required=True, type=click.Path(path_type=Path), help="CSV or XLSX file to write."
)
@click.option("--on", "day", metavar="DATE", help="Day whose units are wanted (default: today).")
@click.option(
    "--column", help="Name of the column of addresses (default: address, or one that is called like it)."
)
@click.option("--json", "as_json", is_flag=True, help="Print what it came to as one JSON document.")
@registers.asking
def convert(
    source: Path, target: Path, day: str | None, column: str | None, as_json: bool, register: str
) -> None:
    """Convert a list of addresses, old or new, to the units in force on a day.

    Every row comes out in its place, its cells as they were, with the columns status, code, unit, province,
    candidates, population_code, legacy_code, citation, error behind them. A row that cannot be read is not_found,
    its reason in `error`.
    """
    with told():
        on = _asked_day(day)
        with open_table(source, limits=COMMAND_LINE) as table:
            place = address_column(table.columns, column)
            if table.encoding not in {"UTF-8", "XLSX"}:
                registers.say(f"{source.name} is written in {table.encoding}; the result is in UTF-8")
            engine = registers.choose(register).gazetteer()
            with new_file(target) as path, _writer(path, target, table) as writer:
                tally = _run(table, place, engine, on, writer)
    if as_json:
        click.echo(json.dumps({"on": on.isoformat(), **asdict(tally)}))


@click.command()
@click.argument("target", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(FORMS), help="Form of the file (default: by its name).")
@click.option(
    "--on", "day", metavar="DATE", help="Only the units in force on this day (default: all over time)."
)
@registers.asking
def export(target: Path, form: str | None, day: str | None, register: str) -> None:
    """Write the register to FILE: units (csv), or units, lineage and former names (json, sqlite)."""
    with told():
        chosen = form or target.suffix.lower().removeprefix(".")
        if chosen not in FORMS:
            raise registers.CouldNot(f"--format is one of {', '.join(FORMS)}")
        on = read_date(day) if day else None
        source = registers.choose(register)
        with new_file(target) as path:
            facts = {"source": source.name, "on": on.isoformat() if on else ""}
            write_export(chosen, path, source.tables(on), facts)
