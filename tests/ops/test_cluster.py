"""The embedded database: paths, sharing, crashes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from haicap.config.launcher import identity, places
from haicap.config.launcher.cluster import Cluster
from haicap.config.launcher.trouble import Trouble
from tests.ops import hands

pytestmark = pytest.mark.ops


def ask(cluster: Cluster, question: str) -> object:
    """One value from the database."""
    with psycopg.connect(cluster.url(), connect_timeout=60) as link:
        row = link.execute(question.encode()).fetchone()
        assert row is not None
        return row[0]


def do(cluster: Cluster, words: str) -> None:
    """One statement."""
    with psycopg.connect(cluster.url(), connect_timeout=60) as link:
        link.execute(words.encode())


def test_what_is_promised_of_the_server(place: Path) -> None:
    cluster = Cluster(place / "data")
    with cluster.running():
        settings = {
            name: ask(cluster, f"SHOW {name}")
            for name in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums", "wal_level", "jit",
                         "listen_addresses", "idle_in_transaction_session_timeout", "server_encoding")
        }  # fmt: skip
        assert settings == {
            "fsync": "on", "synchronous_commit": "on", "full_page_writes": "on", "data_checksums": "on",
            "wal_level": "replica", "jit": "off", "listen_addresses": "",
            "idle_in_transaction_session_timeout": "10s", "server_encoding": "UTF8",
        }  # fmt: skip
        assert ask(cluster, "SELECT 'ĐẠT' ILIKE 'đạt'") is True
        assert ask(cluster, "SELECT current_setting('is_superuser')") == "on"
        home = cluster.files.stat()
        assert home.st_mode & 0o777 == 0o700
        assert home.st_uid != 0
        assert cluster.socket.stat().st_mode & 0o777 == 0o700
    assert cluster.pid() is None


@pytest.mark.parametrize(
    "name",
    ["một thư mục", "it's", "a,b;c%d&e=f", "d" * 150],
    ids=["spaces and marks", "quotes", "signs", "too long for a socket"],
)
def test_any_path_will_do(place: Path, name: str) -> None:
    cluster = Cluster(place / name / "data")
    (place / name).mkdir(mode=0o755)
    with cluster.running():
        assert ask(cluster, "SELECT current_database()") == "haicap"
        assert len(os.fsencode(cluster.socket)) <= places.SOCKET_LIMIT
    again = hands.haicap(place / name / "data", "database", "status")
    assert again.returncode == 3
    assert "not running" in again.stdout


def test_the_last_to_leave_stops_it(place: Path) -> None:
    first, second = Cluster(place / "data"), Cluster(place / "data")
    assert first.start() is True
    assert second.start() is False
    pid = first.pid()
    assert first.release() is False
    assert second.pid() == pid
    assert second.release() is True
    assert second.pid() is None


def test_many_processes_start_at_once_and_share_one_server(place: Path) -> None:
    line = (
        "import sys, pathlib; from haicap.config.launcher.cluster import Cluster;"
        "c = Cluster(pathlib.Path(sys.argv[1])); c.start(); print(c.pid()); sys.stdin.read(); c.release()"
    )
    several = [
        subprocess.Popen(
            [sys.executable, "-c", line, str(place / "data")],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=hands.environment(place / "data"),
        )
        for _ in range(4)
    ]  # fmt: skip
    pids = {p.stdout.readline().strip() for p in several if p.stdout}
    assert len(pids) == 1
    assert pids != {""}
    several[0].kill()  # a killed one lets go too
    for process in several:
        process.communicate(timeout=hands.LONG)
    assert Cluster(place / "data").pid() is None


def test_started_to_stay_it_stays(place: Path) -> None:
    data = place / "data"
    assert hands.haicap(data, "database", "start").stdout.startswith("started")
    assert hands.haicap(data, "database", "start").stdout.startswith("already running")
    cluster = Cluster(data)
    pid = cluster.pid()
    with cluster.running():
        pass
    assert cluster.pid() == pid
    url = hands.haicap(data, "database", "psql-url").stdout.strip()
    with psycopg.connect(url) as link:
        assert link.execute("SELECT 1").fetchone() == (1,)
    assert hands.haicap(data, "database", "stop").stdout == "stopped\n"
    assert hands.haicap(data, "database", "stop").stdout == "was not running\n"


def test_killed_it_loses_nothing_and_comes_back(place: Path) -> None:
    cluster = Cluster(place / "data")
    cluster.start()
    do(cluster, "CREATE TABLE kept (n int)")
    for n in range(3):
        do(cluster, f"INSERT INTO kept VALUES ({n})")
        pid = cluster.pid()
        assert pid is not None
        os.kill(pid, signal.SIGKILL)  # its other processes still run when the next start comes
        hands.until(lambda: cluster.pid() is None, "the end of the server")
        assert cluster.start() is True
        assert ask(cluster, "SELECT count(*) FROM kept") == n + 1
    cluster.release()


def test_a_stale_process_file_of_another_program_is_no_hindrance(place: Path) -> None:
    cluster = Cluster(place / "data")
    with cluster.running():
        do(cluster, "CREATE TABLE kept (n int)")
    # As after a power cut: the file names a process that is now somebody else's, even of the same user.
    who = cluster.who
    other = subprocess.Popen(
        ["sleep", "60"], user=who.uid if who.drop else None, group=who.gid if who.drop else None, cwd="/"
    )
    try:
        file = cluster.files / "postmaster.pid"
        file.write_text(
            f"{other.pid}\n{cluster.files}\n1700000000\n5432\n{cluster.socket}\n\n  5432001 0\nready   \n"
        )
        if who.drop:
            os.chown(file, who.uid, who.gid)
        assert cluster.pid() is None
        with cluster.running():
            assert ask(cluster, "SELECT count(*) FROM kept") == 0
    finally:
        other.kill()
        other.wait()


def test_a_half_made_database_is_made_anew(place: Path) -> None:
    cluster = Cluster(place / "data")
    places.prepare(cluster.data)
    cluster.who.own(cluster.home)
    (cluster.home / "cluster.new").mkdir()
    (cluster.home / "cluster.new" / "PG_VERSION").write_text("18\n")
    with cluster.running():
        assert ask(cluster, "SELECT 1") == 1


def test_data_of_another_version_are_not_touched(place: Path) -> None:
    with Cluster(place / "data", major=16).running():
        pass
    done = hands.haicap(place / "data", "database", "start")
    assert done.returncode == 1
    assert done.stderr.startswith("haicap: the data in ")
    assert "made by PostgreSQL 16, the programs here are 18" in done.stderr


def test_a_folder_everybody_may_rename_is_refused(place: Path) -> None:
    (place / "open").mkdir()
    (place / "open").chmod(0o777)
    done = hands.haicap(place / "open" / "data", "database", "start")
    assert done.returncode == 1
    assert "may be written by everybody" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_path_that_a_shell_would_misread_is_refused(place: Path) -> None:
    (place / "$HOME").mkdir()
    done = hands.haicap(place / "$HOME" / "data", "database", "start")
    assert done.returncode == 1
    assert "cannot be kept in" in done.stderr
    assert "Traceback" not in done.stderr


def test_root_is_told_when_the_lesser_user_cannot_enter(place: Path) -> None:
    (place / "closed" / "data").mkdir(parents=True)
    (place / "closed").chmod(0o700)
    drop = identity.Runner(65534, 65534, drop=True)
    with pytest.raises(Trouble, match=f"cannot enter {place / 'closed'}"):
        identity.check_way(place / "closed" / "data" / "database", drop)


def test_a_damaged_start_says_why(place: Path) -> None:
    cluster = Cluster(place / "data")
    with cluster.running():
        pass
    with (cluster.files / "postgresql.conf").open("a") as text:
        text.write("max_connections = 'many'\n")
    done = hands.haicap(place / "data", "database", "start")
    assert done.returncode == 1
    assert done.stderr.startswith("haicap: the database did not start: ")
    assert "Traceback" not in done.stderr


def test_the_signing_key_is_made_once_and_closed(place: Path) -> None:
    first = places.local_secret(place / "data")
    assert places.local_secret(place / "data") == first
    assert len(first) > 50
    assert (place / "data" / "secret-key").stat().st_mode & 0o777 == 0o600
    assert [p.name for p in (place / "data").iterdir()] == ["secret-key"]
