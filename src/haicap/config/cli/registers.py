"""Which register a command answers from: the platform's database, or the facts packaged with the program."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import IO, Any

import click

from haicap.base.dates import today
from haicap.config.launcher.trouble import Trouble
from haicap.domain.units.addresses import Gazetteer
from haicap.domain.units.formats.exports import Tables
from haicap.domain.units.timeline import Register

AUTO, PACKAGED, DATABASE = "auto", "packaged", "database"


class CouldNot(click.ClickException):
    """There is no answer; one sentence says why, status 2."""

    exit_code = 2

    def show(self, file: IO[str] | None = None) -> None:
        """Say it the way every command does."""
        say(self.message)


@dataclass(frozen=True, slots=True)
class Source:
    """A register and the engine over it, each made when first asked for."""

    name: str
    register: Callable[[], Register]
    gazetteer: Callable[[], Gazetteer]
    tables: Callable[[date | None], Tables]


def packaged() -> Source:
    """The facts packaged with the program: no database, no Django."""
    from haicap.domain.units.formats.exports import tables_of
    from haicap.domain.units.timeline.packaged import edge_of, packaged_register, version_of
    from haicap.domain.units.timeline.rows import read_packaged

    def tables(on: date | None) -> Tables:
        versions, edges, names = read_packaged()
        return tables_of(map(version_of, versions), map(edge_of, edges), names, on)

    return Source(PACKAGED, packaged_register, lambda: Gazetteer.build(*read_packaged()), tables)


def database() -> Source:
    """The register of the platform; its server is started when it does not run. Trouble or DatabaseError."""
    from haicap.config.cli import house

    house.with_database()
    from haicap.domain.units import queries

    return Source(DATABASE, queries.register, queries.gazetteer, queries.export_tables)


def there_is_a_database() -> bool:
    """Whether this platform has a database: one named from outside, or the embedded one once made."""
    from haicap.config.cli import house

    return house.outside_database() or (house.data_folder() / "database" / "cluster" / "PG_VERSION").is_file()


def choose(wanted: str) -> Source:
    """The register asked for; "auto" takes the database when there is one with units in it, and says what it took."""
    if wanted == PACKAGED or (wanted == AUTO and not there_is_a_database()):
        if wanted == AUTO:
            say("no database here: answering from the packaged register")
        return packaged()
    from django.db import Error

    try:
        found = database()
        empty = _empty()
    except (Error, Trouble) as error:
        reason = str(error).strip().splitlines()[0]
        raise CouldNot(f"the database does not answer: {reason} (--register packaged needs none)") from error
    if empty and wanted == DATABASE:
        raise CouldNot("the database holds no units yet: `haicap migrate` and `haicap load` fill it")
    if empty:
        say("the database holds no units yet: answering from the packaged register")
        return packaged()
    return found


def _empty() -> bool:
    from django.db import ProgrammingError

    from haicap.domain.units import queries

    try:
        return not queries.loaded()
    except ProgrammingError:  # not migrated yet
        return True


def say(sentence: str) -> None:
    """One line for the person at the terminal; standard output stays for answers."""
    click.echo(f"haicap: {sentence}", err=True)


def day_today() -> date:
    """This day in Viet Nam."""
    return today(datetime.now(UTC))


def asking(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option every question has: which register. The command gets it as `register`."""
    option = click.option(
        "--register",
        type=click.Choice([AUTO, PACKAGED, DATABASE]),
        default=AUTO,
        show_default=True,
        help="Answer from the platform's database or from the packaged facts.",
    )
    return option(functools.wraps(command)(command))
