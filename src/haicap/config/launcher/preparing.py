"""Chuẩn bị: from an empty or older database to one the pages can use. What is done already costs next to nothing."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from haicap.config.launcher.trouble import Trouble
from haicap.domain.deadlines import actions as deadlines
from haicap.domain.deadlines import queries as calendar
from haicap.domain.deadlines.reckoning import PACKAGED_YEARS, packaged_days
from haicap.domain.dossiers import jobs as dossiers
from haicap.domain.guidance import jobs as guidance
from haicap.domain.law import jobs as law
from haicap.domain.powers import jobs as powers
from haicap.domain.procedures import jobs as procedures
from haicap.domain.units import actions, queries
from haicap.domain.units.timeline.rows import read_packaged

Say = Callable[[str], None]
SYSTEM = "system"  # the actor of what nobody in particular did
_ONE_AT_A_TIME = 7_203_461  # key of the advisory lock: two releases starting at once must not both migrate


def waiting_migrations() -> list[str]:
    """Migrations this release has and the database has not, in order."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate(say: Say) -> None:
    """Apply what is missing; a table that is in use is waited for 10 seconds, not longer."""
    with _alone():
        waiting = waiting_migrations()
        if not waiting:
            say("schema up to date")
            return
        began = time.monotonic()
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '10s'")
            cursor.execute("SET statement_timeout = '15min'")
        try:
            call_command("migrate", interactive=False, verbosity=0)
        finally:
            connection.close()  # and with it the time-outs
        say(f"schema: {len(waiting)} migrations applied in {time.monotonic() - began:.1f} s")


def collect_static(say: Say) -> None:
    """Copy the static files under names that carry their hash, when any has changed."""
    total = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            total.update(
                f"{path} {storage.size(path)} {storage.get_modified_time(path).timestamp()}\n".encode()
            )
    state, stamp = total.hexdigest(), settings.STATIC_ROOT / ".state"
    if stamp.exists() and stamp.read_text() == state:
        return
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(state)
    say("static files collected")


def load_registers(say: Say, *, at: datetime) -> None:
    """What the first page needs, each once; later changes are acts and decrees. `load_catalogue` brings the rest."""
    load_units(say, at=at)
    load_calendar(say, at=at)
    load_agencies(say, at=at)


def load_catalogue(say: Say, *, at: datetime) -> None:
    """The catalogue of procedures; `haicap run` leaves it to the worker, behind the first page."""
    with _alone():
        began = time.monotonic()
        number = procedures.load_packaged(at)
    took = time.monotonic() - began
    say(f"procedures: {number:,} loaded in {took:.1f} s" if number else "procedures: loaded")


def load_law(say: Say, *, at: datetime) -> None:
    """Documents, then powers and what the detectors find; `haicap run` leaves them to the worker. After the catalogue."""
    with _alone():
        number = law.load_packaged(at)
        say(f"law: {number:,} documents loaded" if number else "law: loaded")
        number = powers.load_packaged(at)
        say(f"powers: {number:,} assertions loaded" if number else "powers: loaded")
        procedures.load_powers(at)
        number = powers.catch_up(at)
        pieces = guidance.load_packaged(at)
    if number:
        say(f"powers: {number:,} findings")
    say(f"guidance: {pieces:,} pieces loaded" if pieces else "guidance: loaded")


def load_agencies(say: Say, *, at: datetime) -> None:
    """Identifiers that codes of dossiers begin with; units that have one keep it."""
    with _alone():
        if dossiers.agencies_loaded():
            say("agency identifiers: loaded")
            return
        number = dossiers.load_agencies(at)
    say(f"agency identifiers: {number:,} loaded")


def load_calendar(say: Say, *, at: datetime) -> None:
    """The working calendar; later changes are decrees."""
    with _alone():
        if calendar.loaded():
            say("working calendar: loaded")
            return
        number = deadlines.load_calendar(
            actor=SYSTEM, at=at, days=packaged_days(), years=PACKAGED_YEARS, source="packaged"
        )
    say(f"working calendar: {number} days loaded")


def load_units(say: Say, *, at: datetime) -> None:
    """The register of units."""
    with _alone():
        if queries.loaded():
            say("units: loaded")
            return
        began = time.monotonic()
        versions, edges, aliases = read_packaged()
        number = actions.load_register(
            actor=SYSTEM, at=at, versions=versions, edges=edges, aliases=aliases, source="packaged"
        )
    say(f"units: {number:,} versions loaded in {time.monotonic() - began:.1f} s")


def demo(say: Say, *, at: datetime) -> list[dict[str, str]]:
    """The demo cast, once; its accounts: name, password, role. Trouble in production: their passwords are public."""
    if settings.PRODUCTION:
        raise Trouble("the demo cast does not enter production, as everybody knows its passwords")
    from haicap.config import demo as cast

    cast.load(at=at)
    return [dict(account) for account in cast.accounts()]


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time, over all machines that share the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
        cursor.execute(
            "SET idle_in_transaction_session_timeout = 0"
        )  # reading the facts may take a slow disk long
    try:
        yield
    finally:
        connection.close()  # gives the lock back, also when the connection is broken
