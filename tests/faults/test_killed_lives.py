"""Server, worker and database are killed while dossiers live: nothing acknowledged is lost, nothing is doubled.

HAICAP_KILLS=200 kills as often; 20 otherwise. HAICAP_KILLS_SEED names the order of the kills.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from haicap.config.launcher.cluster import Cluster
from tests.faults import auditing
from tests.faults.client import Crowd, Life
from tests.ops import hands
from tests.ops.conftest import place, prepared

__all__ = ["place", "prepared"]

pytestmark = pytest.mark.ops
KILLS = int(os.environ.get("HAICAP_KILLS", "20"))
# The supervisor waits longer each time before it starts a server or worker again that ends at once: fewer of these.
DECK = [
    "server",
    *["worker"] * 2,
    *["process of the server"] * 5,
    *["database"] * 4,
    *["connection"] * 6,
    "everything",
]
ROOT = Path(__file__).resolve().parents[2]
VERIFY = """
from haicap.config.cli import house
house.django_ready()
from haicap.kernel.files import jobs
audit = jobs.verify()
assert audit.sound, audit
print(audit.checked)
"""


def script(data: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, *words], env=hands.environment(data, PYTHONPATH=str(ROOT)), capture_output=True, text=True,
        timeout=hands.LONG, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def running(prepared: Path, place: Path) -> Iterator[hands.Running]:
    """A platform under way, with a rate no client reaches."""
    with hands.run(prepared, place / "said", "--no-demo", HAICAP_API_RATE="1000000") as found:
        found.ready()
        yield found


def victims(running: hands.Running, data: Path, rng: random.Random) -> tuple[str, int]:
    """One of the processes that could be killed now: what it is, its id; 0 when it is just not there."""
    name = rng.choice(DECK)
    try:
        if name in ("server", "worker"):
            return name, running.child("serve" if name == "server" else "worker")
        if name == "process of the server":
            return name, rng.choice([*hands.family(running.child("serve"))])
    except (AssertionError, IndexError, FileNotFoundError):
        return name, 0
    postmaster = Cluster(data).pid() or 0
    if name == "connection" and postmaster:
        of_clients = [
            pid for pid, line in hands.family(postmaster).items() if "127.0.0.1" in line or "[local]" in line
        ]
        return name, rng.choice(of_clients) if of_clients else 0
    return name, postmaster


def kill(running: hands.Running, data: Path, rng: random.Random) -> str:
    """Kill something; its name, "" when it was not there."""
    name, pid = victims(running, data, rng)
    running.known |= set(hands.family(running.process.pid))
    if name == "everything":
        for word in ("serve", "worker"):
            try:
                _end(running.child(word))
            except (AssertionError, FileNotFoundError):
                continue
    return name if pid and _end(pid) else ""


def _end(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def test_nothing_acknowledged_is_lost_and_nothing_is_doubled(running: hands.Running, prepared: Path) -> None:
    rng = random.Random(int(os.environ.get("HAICAP_KILLS_SEED", "7")))
    tokens = json.loads(script(prepared, "-m", "tests.faults.seeding").splitlines()[-1])
    crowd, killed = Crowd(running.port, tokens, hands=3), Counter[str]()
    crowd.start()
    began = time.monotonic()
    while killed.total() < KILLS and not crowd.trouble:
        if name := kill(running, prepared, rng):
            killed[name] += 1
            before = sum(len(life.told) for life in list(crowd.lives))
            hands.until(
                lambda before=before: crowd.trouble or sum(len(x.told) for x in list(crowd.lives)) > before,
                f"an answer after the {name} was killed; {running.words()[-2000:]}",
            )
        time.sleep(rng.random() * 0.5)
    crowd.end()
    url = Cluster(prepared).url()
    _delivered(url)
    told = sum(len(life.told) for life in crowd.lives)
    sys.stdout.write(
        f"{dict(killed)} killed in {time.monotonic() - began:.0f} s; {len(crowd.lives)} lives, {told} verbs acknowledged, "
        f"{crowd.repeats} requests repeated\n"
    )
    assert told > KILLS
    assert auditing.wrong(url) == {}
    _kept(url, crowd.lives)
    done = hands.haicap(prepared, "ledger", "verify")
    assert done.returncode == 0, done.stdout + done.stderr
    assert int(script(prepared, "-c", VERIFY)) >= sum(1 for life in crowd.lives if life.sha256 and life.code)


def _delivered(url: str) -> None:
    """Every delivery is carried once it can be: what failed while the database was away is due again before long."""

    def carried() -> bool:
        with psycopg.connect(url, autocommit=True) as database:
            database.execute("UPDATE ledger_delivery SET retry_at = NULL WHERE retry_at IS NOT NULL")
        return auditing.one(url, auditing.WAITING) == 0

    try:
        hands.until(carried, "the end of the deliveries")
    except AssertionError as error:
        with psycopg.connect(url, autocommit=True) as database:
            error.add_note(
                f"{auditing.one(url, auditing.WAITING)} wait; {database.execute(auditing.FAILED).fetchmany(5)}"
            )
        raise


def _kept(url: str, lives: list[Life]) -> None:
    """What was acknowledged is there, with every verb of it and its file; what was not is there once or not at all."""
    with psycopg.connect(url, autocommit=True) as database:
        rows = database.execute(
            "SELECT applicant_number, code, version, state, public_id FROM dossiers_dossier"
        ).fetchall()
        files = {row[0] for row in database.execute(
            "SELECT f.sha256 FROM dossiers_component c JOIN files_stored f ON f.id = c.file_id").fetchall()}  # fmt: skip
    found = {row[0]: row[1:] for row in rows}
    assert len(found) == len(rows)
    for life in lives:
        if not life.code:
            continue
        code, version, state, _ = found[life.number]
        assert (code, version, state) == (life.code, life.version, life.state), life
        assert not life.sha256 or life.sha256 in files, life
