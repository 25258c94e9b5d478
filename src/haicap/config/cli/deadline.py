"""`haicap deadline`: when something is due, one question or a file of them (docs/contracts.md, § Time)."""

from __future__ import annotations

import json
from pathlib import Path

import click

from haicap.base.refused import Refused
from haicap.base.tables import COMMAND_LINE, CsvWriter, Table, open_table
from haicap.config.cli.registers import AUTO, DATABASE, PACKAGED, CouldNot, asking, say, there_is_a_database
from haicap.config.cli.units_files import new_file, told
from haicap.config.launcher.trouble import Trouble
from haicap.domain.deadlines.reckoning import Calendar, Reckoner, packaged_calendar

COLUMNS = ("received", "value", "unit", "paused", "resumed")
NEEDED = COLUMNS[:3]


@click.command()
@click.option("--received", help='Instant of receipt, "YYYY-MM-DD HH:MM".')
@click.option("--limit", "value", default="", help="Value of the limit; halves for working days and hours.")
@click.option("--unit", help="working_days, working_hours, days, months or same_day.")
@click.option("--paused", default="", help="When the clock was stopped.")
@click.option("--resumed", default="", help="When it went on.")
@click.option(
    "--in", "source", type=click.Path(path_type=Path), help="CSV with received,value,unit,paused,resumed."
)
@click.option(
    "--out", "target", type=click.Path(path_type=Path), help="CSV to write: the same with due,error."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
@asking
def deadline(
    received: str | None, value: str, unit: str | None, paused: str, resumed: str,
    source: Path | None, target: Path | None, as_json: bool, register: str,
) -> None:  # fmt: skip
    """Reckon a deadline by the working calendar: office hours, holidays, swapped days, pauses."""
    if bool(source) != bool(target) or (not source and (received is None or unit is None)):
        raise click.UsageError("give --received, --limit and --unit, or --in and --out")
    answer = Reckoner(calendar_of(register))
    if source and target:
        with told():
            _file(source, target, answer)
        return
    assert received is not None and unit is not None
    found = answer(received, value, unit, paused, resumed)
    if as_json:
        error = found.problem.sentence if found.problem else ""
        click.echo(json.dumps({"due": found.due, "error": error}, ensure_ascii=False))
    elif found.problem is None:
        click.echo(found.due)
    if found.problem is not None:
        raise SystemExit(2) if as_json else CouldNot(found.problem.sentence)


def calendar_of(wanted: str) -> Calendar:
    """The calendar asked for; "auto" takes the database's when there is one, and says what it took."""
    if wanted == PACKAGED or (wanted == AUTO and not there_is_a_database()):
        if wanted == AUTO:
            say("no database here: answering from the packaged calendar")
        return packaged_calendar()
    from django.db import Error

    try:
        found = _of_database()
    except (Error, Trouble) as error:
        reason = str(error).strip().splitlines()[0]
        raise CouldNot(f"the database does not answer: {reason} (--register packaged needs none)") from error
    if found is None and wanted == DATABASE:
        raise CouldNot("the database holds no calendar yet: `haicap migrate` and `haicap load` fill it")
    if found is None:
        say("the database holds no calendar yet: answering from the packaged one")
    return found or packaged_calendar()


def _of_database() -> Calendar | None:
    """The platform's calendar; None when it is not migrated or not loaded."""
    from haicap.config.cli import house

    house.with_database()
    from django.db import ProgrammingError

    from haicap.domain.deadlines import queries

    try:
        return queries.calendar() if queries.loaded() else None
    except ProgrammingError:  # not migrated yet
        return None


def _places(table: Table) -> list[int | None]:
    names = [column.strip().lower() for column in table.columns]
    if missing := [name for name in NEEDED if name not in names]:
        raise Refused("no_column", "Tệp thiếu cột %(names)s.", params={"names": ", ".join(missing)})
    return [names.index(name) if name in names else None for name in COLUMNS]


def _file(source: Path, target: Path, answer: Reckoner) -> None:
    """One row out for each row in, in its place."""
    with open_table(source, limits=COMMAND_LINE) as table, new_file(target) as path:
        places = _places(table)
        with path.open("x", encoding="utf-8", newline="") as file:
            writer = CsvWriter(file, delimiter=table.delimiter)
            writer.write([*table.columns, "due", "error"])
            for row in table.rows:
                if row.blank and not row.problem:
                    writer.write(row.cells)
                    continue
                if row.problem:
                    writer.write([*row.cells, "", row.problem])
                    continue
                found = answer(*("" if p is None else row.cells[p] for p in places))
                writer.write([*row.cells, found.due, found.problem.sentence if found.problem else ""])
            writer.close()
