"""A real worker is killed in the middle of a list: another goes on, and no row is lost or doubled."""

from __future__ import annotations

import csv
import io
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.ops.hands import LONG, environment, until

pytestmark = pytest.mark.ops
ROWS = 40_000
NAME = "haicap_killed_worker"

HAND_IN = """
import sys
from haicap.config.cli import house
house.django_ready()
from datetime import UTC, date, datetime
from haicap.domain.units import actions
with open(sys.argv[1], "rb") as file:
    row = actions.request_conversion(
        file=file, name="list.csv", on=date(2025, 7, 1), actor="public", at=datetime.now(UTC)
    )
print(row.key)
"""
TAKE_OUT = """
import sys
from haicap.config.cli import house
house.django_ready()
from haicap.domain.units import queries
from haicap.kernel.files import queries as files
with files.open_stored(queries.conversion(sys.argv[1]).result) as file:
    sys.stdout.buffer.write(file.read())
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


def run(shell: dict[str, str], *words: str) -> bytes:
    done = subprocess.run([sys.executable, *words], env=shell, capture_output=True, timeout=LONG, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def worker(shell: dict[str, str]) -> subprocess.Popen[bytes]:
    words = [sys.executable, "-m", "haicap.config.cli", "worker"]
    return subprocess.Popen(
        words, env=shell, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )


def kill(process: subprocess.Popen[bytes]) -> None:
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_no_row_is_lost_or_doubled(shell: dict[str, str], tmp_path: Path) -> None:
    run(shell, "-m", "haicap.config.cli", "migrate")
    run(shell, "-m", "haicap.config.cli", "load")
    asked = ["-m", "haicap.config.cli", "units", "at", "26740", "2025-07-01", "--json", "--register"]
    assert run(shell, *asked, "database") == run(shell, *asked, "packaged") == run(shell, *asked, "auto")
    lines = [[str(i), f"số {i}, Phường Bến Nghé, Quận 1, TP HCM"] for i in range(ROWS)]
    path = tmp_path / "list.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([["id", "address"], *lines])
    key = run(shell, "-c", HAND_IN, str(path)).decode().strip()

    with psycopg.connect(shell["HAICAP_DATABASE_URL"], autocommit=True) as database:

        def figures() -> tuple[str, int, int]:
            found = database.execute(
                "SELECT c.state, c.done, coalesce(sum(p.count), 0) FROM units_conversion c "
                "LEFT JOIN units_conversionchunk p ON p.conversion_id = c.id WHERE c.key = %s GROUP BY c.id",
                [key],
            ).fetchone()
            assert found is not None
            return found[0], found[1], int(found[2])

        for part in (1, 2):
            process = worker(shell)
            try:
                until(lambda part=part: figures()[1] >= part * ROWS // 4, "a part of the list")
            finally:
                kill(process)
            state, done, kept = figures()
            assert (state, kept) == ("running", done)
            assert 0 < done < ROWS
        process = worker(shell)
        try:
            until(lambda: figures()[0] == "done", "the end of the list")
        finally:
            process.terminate()
            process.wait(LONG)
        firsts = [r[0] for r in database.execute("SELECT first FROM units_conversionchunk ORDER BY first")]
        assert firsts == list(range(0, ROWS, 1000))
    rows = list(csv.reader(io.StringIO(run(shell, "-c", TAKE_OUT, key).decode("utf-8-sig"), newline="")))
    assert [r[:2] for r in rows[1:]] == lines
    assert {tuple(r[2:4]) for r in rows[1:]} == {("unique", "26740")}
