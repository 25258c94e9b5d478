"""A worker is killed while the open clocks follow a change of the calendar: another goes on, nothing is doubled."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.ops.hands import LONG, environment, until
from tests.ops.test_killed_worker import kill, run, worker

pytestmark = pytest.mark.ops
CLOCKS = 60_000
NAME = "haicap_killed_recompute"

FILL = """
import sys
from haicap.config.cli import house
house.django_ready()
from datetime import UTC, date, datetime, timedelta
from django.db import connection
from haicap.domain.deadlines import actions, queries
from haicap.domain.deadlines.reckoning import instant_of, moment_of, read_parts, replayed
start = datetime.fromisoformat("2026-11-02T08:30+07:00")
known, parts = queries.calendar(), read_parts("20w")
columns = "stream, n, received_at, parts, pauses, due_at, promised_at, calendar_version, state, alarm"
with connection.cursor() as cursor, cursor.cursor.copy(f"COPY deadlines_clock ({columns}) FROM STDIN") as out:
    for n in range(int(sys.argv[1])):
        received = start + timedelta(minutes=7 * (n % 2000))
        due = moment_of(replayed(known, instant_of(received), parts))
        out.write_row([f"tests.thing:{n:06d}", 1, received, "20w", [], due, due, 1, "running", ""])
"""
DECREE = """
from haicap.config.cli import house
house.django_ready()
from datetime import UTC, date, datetime
from haicap.domain.deadlines import actions
from haicap.domain.units.organs import Role
from haicap.domain.units.tests import make
at = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
drafter, leader = make.appointed("an", "bnv", Role.OFFICER), make.appointed("binh", "bnv", Role.LEADER)
decree = actions.draft_decree(
    number="1/2026/QD", issuer="", title="", signed_on=None, opens_year=None, actor=drafter.actor, at=at
)
days = [actions.Line(date(2026, 11, 25), "holiday", "Thử")]
decree = actions.put_days(pk=decree.pk, seen=decree.version, days=days, actor=drafter.actor, at=at)
actions.enact_decree(pk=decree.pk, seen=decree.version, actor=leader.actor, at=at)
"""


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[dict[str, str]]:
    """The environment of a platform of its own: an empty database on the server of the tests."""
    url = os.environ["HAICAP_DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {NAME} TEMPLATE template0")
    own = urlunsplit(urlsplit(url)._replace(path=f"/{NAME}"))
    yield environment(tmp_path / "data", HAICAP_DATABASE_URL=own)
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def test_nothing_is_lost_or_doubled(shell: dict[str, str]) -> None:
    run(shell, "-m", "haicap.config.cli", "migrate")
    run(shell, "-m", "haicap.config.cli", "load")
    run(shell, "-c", FILL, str(CLOCKS))
    run(shell, "-c", DECREE)
    with psycopg.connect(shell["HAICAP_DATABASE_URL"], autocommit=True) as database:

        def one(sql: str) -> int:
            found = database.execute(sql).fetchone()
            assert found is not None
            return int(found[0])

        def moved() -> int:
            return one("SELECT count(*) FROM deadlines_clock WHERE due_at <> promised_at")

        def written() -> int:
            return one("SELECT count(*) FROM deadlines_clockdate")

        with psycopg.connect(
            shell["HAICAP_DATABASE_URL"]
        ) as other:  # holds one clock far back, so that the last piece waits
            # A slow machine holds it for longer than the server lets a request idle.
            other.execute("SET idle_in_transaction_session_timeout = 0")
            other.execute("SELECT 1 FROM deadlines_clock WHERE stream = 'tests.thing:059999' FOR UPDATE")
            process = worker(shell)
            try:
                waits = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%answer%'"
                until(lambda: one(waits) > 0, "a piece under way")
            finally:
                kill(process)
        until(lambda: one(waits) == 0, "the end of the cut-off piece")
        assert one("SELECT count(*) FROM deadlines_recompute WHERE finished_at IS NULL") == 1
        part = moved()
        assert part == written()
        assert part < CLOCKS
        process = worker(shell)
        try:
            until(
                lambda: one("SELECT count(*) FROM deadlines_recompute WHERE finished_at IS NULL") == 0,
                "the end",
            )
        finally:
            process.terminate()
            process.wait(LONG)
        assert moved() == written() == one("SELECT moved FROM deadlines_recompute")
        assert moved() == CLOCKS
        assert one("SELECT count(*) FROM ledger_event WHERE kind = 'deadlines.recomputed'") == 1
        assert one("SELECT count(DISTINCT stream) FROM deadlines_clockdate WHERE old_due < new_due") == CLOCKS
