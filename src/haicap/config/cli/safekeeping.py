"""`haicap backup` and `haicap restore`."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from haicap.config.cli import house
from haicap.config.cli.upkeep import now, say
from haicap.config.launcher import identity
from haicap.config.launcher.trouble import Trouble

if TYPE_CHECKING:
    from haicap.config.launcher.copies import Database

_LIBPQ = {
    "HOST": "PGHOST",
    "PORT": "PGPORT",
    "USER": "PGUSER",
    "PASSWORD": "PGPASSWORD",
    "NAME": "PGDATABASE",
}


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--without-key", is_flag=True, help="Leave the platform's own signing key out of the archive.")
@click.option("--force", is_flag=True, help="Overwrite FILE.")
def backup(file: Path, without_key: bool, force: bool) -> None:
    """Write database, files and signing key to one archive FILE, while everything goes on."""
    target = file.absolute()
    if target.exists() and not force:
        raise Trouble(f"{file} exists already; name another file or use --force")
    if not os.access(target.parent, os.W_OK):
        raise Trouble(f"{target.parent} cannot be written")
    house.with_database()
    from importlib.metadata import version

    from django.conf import settings
    from django.db import connection

    from haicap.config.launcher import copies, preparing

    if preparing.waiting_migrations():
        raise Trouble("the database is not of this release; run `haicap migrate` first")
    key = settings.DATA / "secret-key"
    with_key = not without_key and not os.environ.get("HAICAP_SECRET_KEY") and key.exists()
    server = connection.cursor().connection.info.server_version // 10000
    about = {"version": version("haicap"), "postgresql": server}
    try:
        size = copies.write(
            target,
            database=the_database(server),
            files=settings.FILES_ROOT,
            key=key if with_key else None,
            at=now(),
            about=about,
        )
    except OSError as reason:
        raise Trouble(f"{file} cannot be written: {reason.strerror}") from None
    say(
        f"{size / 1e6:,.1f} MB written to {file}" + ("" if with_key else "; keep HAICAP_SECRET_KEY beside it")
    )


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--force", is_flag=True, help="Replace what the database holds.")
def restore(file: Path, force: bool) -> None:
    """Put an archive back into an empty database, then verify the ledger. Stop server and worker first."""
    house.with_database()
    from django.conf import settings
    from django.db import connection

    from haicap.config.launcher import copies, preparing

    if connection.introspection.table_names() and not force:
        raise Trouble("the database is not empty; --force replaces everything it holds with the backup")
    manifest = copies.read(file)
    server = connection.cursor().connection.info.server_version // 10000
    connection.close()
    key = None if os.environ.get("HAICAP_SECRET_KEY") else settings.DATA / "secret-key"
    number, keyed = copies.restore(file, database=the_database(server), files=settings.FILES_ROOT, key=key)
    say(
        f"restored the backup of {manifest['at']}: database, {number:,} files"
        + (", signing key" if keyed else "")
    )
    preparing.migrate(say)
    _judge()


def _judge() -> None:
    """Verify what was restored, and begin the feed anew: readers must not take old places for new ones."""
    from haicap.kernel.ledger.actions import begin_epoch
    from haicap.kernel.ledger.exports import verify_database

    report = verify_database()
    if report.first is not None:
        say(f"the restored ledger is NOT sound: {report.first.sentence}")
        sys.exit(1)
    begin_epoch(actor="system", at=now())
    say(f"the ledger is sound: {report.events:,} events, last anchor {report.last_anchor or 'none'}")


def the_database(server: int) -> Database:
    """The database for PostgreSQL's programs: the wheel's, or newer ones of the system (they can speak TLS)."""
    from django.conf import settings

    from haicap.config.launcher.copies import Database

    found: dict[str, Any] = settings.DATABASES["default"]
    environment = {name: str(found[part]) for part, name in _LIBPQ.items() if found.get(part)}
    tls = {f"PG{k.upper()}": str(v) for k, v in found["OPTIONS"].items() if k.startswith("ssl")}
    if house.outside_database() and _system_knows(server):
        return Database({**environment, **tls}, lambda name: shutil.which(name) or name)
    cluster = house.embedded()
    if cluster is not None:
        return Database(environment, lambda name: str(cluster.program(name)))
    folder = identity.wheel_programs()
    return Database({**environment, **tls}, lambda name: str(folder / name))


def _system_knows(server: int) -> bool:
    """Whether the system has PostgreSQL's programs, and not older than the server."""
    if not all(shutil.which(name) for name in ("pg_dump", "pg_restore", "psql")):
        return False
    said = subprocess.run(["pg_dump", "--version"], capture_output=True, text=True, check=False).stdout
    number = re.search(r"(\d+)", said)
    return number is not None and int(number[1]) >= server
