"""The broken machine: no room for a file, and a clock that jumps. Work goes on, and what was refused left nothing behind."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from haicap.base.refused import Refused
from haicap.domain.dossiers import actions
from haicap.domain.dossiers.actions import Handed
from haicap.domain.dossiers.models import Component, Dossier
from haicap.domain.dossiers.tests import make
from haicap.kernel.files import actions as files
from haicap.kernel.files import blobs, inspection
from haicap.kernel.files import jobs as sweeping
from haicap.kernel.files.models import Stored
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.models import Event
from tests.ops.hands import environment

ROOT = Path(__file__).resolve().parents[2]
FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
PAPER = b"%PDF-1.4\n" + b"%" + b"x" * 200_000 + b"\n%%EOF\n"


@pytest.fixture
def no_room() -> Iterator[None]:
    """No file of this process grows beyond 64 KiB, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    signal.signal(signal.SIGXFSZ, before)


def lying() -> list[Path]:
    return [path for path in blobs.root().rglob("*") if path.is_file()]


def store(content: bytes = PAPER) -> Stored:
    with blobs.receive([content], documents=True) as intake:
        return files.store(intake=intake, name="don.pdf", actor="portal", at=make.MORNING)


@pytest.mark.django_db
def test_no_room_for_a_file(no_room) -> None:
    """A real limit of the system: refused in words, no row, no event, nothing on the disk; small ones still find room."""
    events = Event.objects.count()
    with pytest.raises(Refused) as caught:
        store()
    assert caught.value.code == "storage_full"
    assert not lying() and not Stored.objects.exists() and Event.objects.count() == events
    assert store(b"%PDF-1.4\n%%EOF\n").size == 15
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    assert store().size == len(PAPER)  # room again: the next one works
    assert len(lying()) == 2
    assert sweeping.sweep(make.MORNING + timedelta(days=2)) == 0  # nothing was left to be swept


def test_no_room_for_the_paper_of_a_result(w, monkeypatch) -> None:
    """The signed paper finds no room: the decision stands, nothing is signed, and signing again works."""
    from haicap.domain.dossiers.actions import results

    monkeypatch.setattr(results._slot, "make", make.printed_words)
    row = make.decided(w)
    monkeypatch.setattr(blobs, "put", _full)
    with pytest.raises(Refused) as caught:
        make.do(actions.sign, row, w.leader)
    assert caught.value.code == "storage_full"
    monkeypatch.undo()
    monkeypatch.setattr(results._slot, "make", make.printed_words)
    assert make.row_of(row).version == row.version and not lying()
    signed = make.do(actions.sign, row, w.leader)
    assert [r.n for r in make.whole_of(signed).results] == [1]


def _full(_intake: object) -> None:
    with blobs._room():
        raise OSError(28, "No space left on device")


def test_a_filing_whose_paper_is_refused_leaves_no_number(w) -> None:
    first = make.filed(w)
    hostile = make.stored(make.WEB, content=b"MZ\x90\0" + bytes(64))
    papers, count = Component.objects.count(), Dossier.objects.count()
    with pytest.raises(Refused) as caught:
        make.filed(w, components=(Handed("don", file=hostile),))
    assert caught.value.code == "file_kind"
    assert (Component.objects.count(), Dossier.objects.count()) == (papers, count)
    second = make.filed(w)
    assert int(second.code[-4:]) == int(first.code[-4:]) + 1


def test_the_clock_of_the_server_jumps(w) -> None:
    """An hour back, a day forward, in `at` as the doors pass it: events keep their order by number, deadlines follow `at`."""
    start = make.at("2026-11-20 14:00")
    row = make.filed(w, when=start)
    row = make.do(actions.receive, row, w.reception, start - timedelta(hours=1))
    due = row.due_at
    row = make.do(actions.take_up, row, w.officer, start + timedelta(days=1))
    row = make.do(
        actions.decide, row, w.leader, start - timedelta(hours=2), outcome=actions.ending.Outcome.GRANTED
    )
    history = ledger.history(row.stream)
    assert [e.seq for e in history] == list(range(1, row.version + 1))
    assert make.row_of(row).due_at == due


def test_a_pause_that_ends_before_it_began_is_refused_in_words(w) -> None:
    row = make.supplement(w, make.received(w), make.at("2026-11-20 14:00"))
    with pytest.raises(Refused) as caught:
        make.do(actions.supply, row, w.reception, make.at("2026-11-20 13:00"), answer="Đã ký.")
    assert caught.value.code == "resumed_before_pause"
    assert make.do(actions.supply, row, w.reception, make.at("2026-11-20 14:30"), answer="Đã ký.").state == 2


LIFE = """
import json, sys
from haicap.config.cli import house
house.django_ready()
from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.tests import make
from haicap.domain.units import queries as units
from haicap.kernel.accounts.models import User
from haicap.kernel.ledger import queries as ledger
from haicap.web.common import clock
step = sys.argv[1]
find = lambda name: User.objects.get(name=f"can.bo.{name}")
if step == "file":
    w = make.world(units.register())
    row = actions.take_in(filing=make.at_counter(w), actor=w.reception.actor, at=clock.now())
else:
    row = queries.look(sys.argv[2], actor=find("em").actor, on=clock.today())
    if step == "take_up":
        row = actions.take_up(code=row.code, seen=row.version, actor=find("em").actor, at=clock.now())
    else:
        row = actions.decide(code=row.code, seen=row.version, actor=find("dung").actor, at=clock.now(),
                             outcome=actions.ending.Outcome.GRANTED, finish=True)
history = ledger.history(row.stream)
print(json.dumps({"code": row.code, "seq": [e.seq for e in history], "recorded": [e.recorded_at.isoformat() for e in history],
                  "state": int(row.state)}))
"""


@pytest.mark.ops
def test_processes_whose_clocks_differ(loaded_database, tmp_path: Path) -> None:
    """Real processes under libfaketime, one an hour behind, one a day ahead, on one database."""
    assert FAKETIME is not None, "apt-get install faketime"
    name, url = "haicap_faketime", os.environ["HAICAP_DATABASE_URL"]
    from django.db import connection

    template = connection.settings_dict["NAME"]
    connection.close()
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        server.execute(f'CREATE DATABASE {name} TEMPLATE "{template}"')
    own = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))

    def run(offset: str, *words: str) -> dict[str, object]:
        more = {"LD_PRELOAD": str(FAKETIME), "FAKETIME": offset, "FAKETIME_DONT_RESET": "1"} if offset else {}
        env = environment(tmp_path / "data", HAICAP_DATABASE_URL=own, PYTHONPATH=str(ROOT), **more)
        done = subprocess.run(
            [sys.executable, "-c", LIFE, *words],
            env=env,
            capture_output=True,
            text=True,
            timeout=240,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        found: dict[str, object] = json.loads(done.stdout.splitlines()[-1])
        return found

    try:
        code = str(run("", "file")["code"])
        assert run("-1h", "take_up", code)["state"] == 4
        told = run("+1d", "decide", code)
        assert told["state"] == 9
        assert told["seq"] == [1, 2, 3, 4]
        recorded = list(told["recorded"])  # type: ignore[call-overload]
        assert recorded[2] < recorded[1] < recorded[3], "the clocks did differ"
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def test_what_is_looked_at_is_what_is_kept(tmp_path) -> None:
    """The look does not change the file it looks at."""
    path = tmp_path / "x"
    path.write_bytes(PAPER)
    inspection.look(path, "application/pdf")
    assert path.read_bytes() == PAPER
