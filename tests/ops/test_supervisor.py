"""`haicap run`: up from nothing, down in order, and whatever is killed in between."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
from pathlib import Path

import pytest

from haicap.config.launcher.cluster import Cluster
from tests.ops import hands

pytestmark = pytest.mark.ops


def test_from_an_empty_folder_to_a_page_and_down_again(place: Path) -> None:
    data = place / "data"
    with hands.run(data, place / "said") as running:
        running.ready()
        text = hands.page(running.port)
        sheet = re.search(r'href="(/static/[^"]+\.[0-9a-f]{12}\.css)"', text)
        assert sheet, "the page names its style sheet by its hash"
        assert hands.status(running.port, sheet[1]) == 200
        words = running.words()
        assert f"http://localhost:{running.port}/" in words
        assert "Demo accounts" in words
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(hands.LONG) == 0
        hands.until(running.gone, "the end of all its processes")
    assert Cluster(data).pid() is None
    assert "Traceback" not in running.words()
    assert hands.status(running.port) == 0


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_everything(prepared: Path, place: Path, sign: signal.Signals) -> None:
    with hands.run(prepared, place / "said", "--no-demo") as running:
        running.ready()
        running.process.send_signal(sign)
        assert running.process.wait(hands.LONG) == 0
        hands.until(running.gone, "the end of all its processes")
    assert Cluster(prepared).pid() is None


def test_stopped_while_it_prepares(place: Path) -> None:
    with hands.run(place / "data", place / "said", "--no-demo") as running:
        hands.until(lambda: "database started" in running.words(), "the start of the database")
        running.process.send_signal(signal.SIGINT)
        assert running.process.wait(hands.LONG) == 0
    assert Cluster(place / "data").pid() is None
    assert "Traceback" not in running.words()


def test_a_killed_supervisor_leaves_nothing_that_blocks_the_next(prepared: Path, place: Path) -> None:
    with hands.run(prepared, place / "said", "--no-demo") as running:
        running.ready()
        running.process.kill()
        running.process.wait(hands.LONG)
        hands.until(running.gone, "the end of the orphans")
        hands.until(lambda: hands.status(running.port) == 0, "the freeing of the port")
    with hands.run(prepared, place / "again", "--no-demo") as running:
        running.ready()
        assert hands.page(running.port)


def test_all_killed_at_once_the_next_run_finds_the_database(prepared: Path, place: Path) -> None:
    with hands.run(prepared, place / "said", "--no-demo") as running:
        running.ready()
        for pid in [running.process.pid, *hands.family(running.process.pid)]:
            os.kill(pid, signal.SIGKILL)
        running.process.wait(hands.LONG)
        hands.until(running.gone, "the end of all")
    with hands.run(prepared, place / "again", "--no-demo") as running:
        running.ready()
        assert "database found running" in running.words()
    assert Cluster(prepared).pid() is None


def test_what_is_killed_below_comes_back(prepared: Path, place: Path) -> None:
    with hands.run(prepared, place / "said", "--no-demo") as running:
        running.ready()
        cluster = Cluster(prepared)

        old = cluster.pid()
        assert old is not None
        os.kill(old, signal.SIGKILL)
        hands.until(lambda: cluster.pid() not in {None, old}, "a new database server")
        hands.until(lambda: hands.status(running.port, "/") == 200, "a page after the database was killed")

        for word in ("serve", "worker"):
            old = running.child(word)
            os.kill(old, signal.SIGKILL)
            hands.until(lambda old=old, word=word: another(running, word, old), f"a new {word}")
        hands.until(lambda: hands.status(running.port) == 200, "a page after the server was killed")

        one = next(pid for pid in hands.family(running.child("serve")))
        os.kill(one, signal.SIGKILL)
        hands.until(lambda: not hands.alive(one), "the end of one process of the server")
        hands.until(
            lambda: hands.status(running.port) == 200, "a page after a process of the server was killed"
        )
        running.known |= set(hands.family(running.process.pid))
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(hands.LONG) == 0
        hands.until(running.gone, "the end of all its processes")


def test_logs_for_machines_are_json_and_hold_no_query(prepared: Path, place: Path) -> None:
    with hands.run(prepared, place / "said", "--no-demo", HAICAP_LOG_FORMAT="json") as running:
        running.ready()
        assert hands.status(running.port, "/?q=nha-toi-o-day") == 200
        hands.until(lambda: '"GET / ' in running.words().replace("\\", ""), "an access line")
        running.process.send_signal(signal.SIGTERM)
        assert running.process.wait(hands.LONG) == 0
    lines = [json.loads(line) for line in running.words().splitlines() if line.startswith("{")]
    assert {"worker started", "worker stopped"} <= {line["event"] for line in lines}
    assert all({"event", "level", "timestamp", "logger"} <= line.keys() for line in lines)
    assert "nha-toi-o-day" not in running.words()


def test_production_with_its_own_name(prepared: Path, place: Path) -> None:
    more = {
        "HAICAP_PRODUCTION": "true", "HAICAP_SECRET_KEY": "k7" * 20 + "zQ!x9_abcdefgh",
        "HAICAP_HOSTS": "haicap.example.vn", "HAICAP_URL": "https://haicap.example.vn", "HAICAP_BEHIND_PROXY": "true",
    }  # fmt: skip
    with hands.run(prepared, place / "said", **more) as running:
        hands.until(lambda: "haicap: ready after" in running.words(), f"readiness; {running.words()}")
        running.known |= set(hands.family(running.process.pid))
        asked = hands.haicap(prepared, "ready", "--port", str(running.port), **more)
        assert (asked.returncode, asked.stdout) == (0, "ready\n")
        assert "Demo accounts" not in running.words()
        plain, proxied = {"Host": "haicap.example.vn"}, {"X-Forwarded-Proto": "https"}
        assert hands.answer(running.port, "/", plain)[0] == 301
        code, headers = hands.answer(running.port, "/", {**plain, **proxied})
        assert code == 200
        assert "max-age=31536000" in headers["strict-transport-security"]
        assert hands.answer(running.port, "/", {"Host": "elsewhere.example", **proxied})[0] == 400
    gone = hands.haicap(prepared, "ready", "--port", str(running.port), **more)
    assert gone.returncode == 1
    assert gone.stderr == f"haicap: the server on 127.0.0.1 port {running.port} is not ready\n"


def another(running: hands.Running, word: str, old: int) -> bool:
    """Whether a new child does what the old one did."""
    try:
        return running.child(word) != old
    except AssertionError:
        return False


def test_a_busy_port_is_said_in_one_sentence(place: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for command in ("run", "serve"):
            done = hands.haicap(place / "data", command, "--port", str(port))
            assert done.returncode == 1
            assert done.stderr == (
                f"haicap: port {port} on 127.0.0.1 is used by another program; choose one with --port"
                f" (or `make run PORT={port + 1}`)\n"
            )
    assert not (place / "data" / "database").exists()


def test_an_unknown_address_is_said_in_one_sentence(place: Path) -> None:
    done = hands.haicap(place / "data", "run", "--host", "203.0.113.7")
    assert done.returncode == 1
    assert done.stderr.startswith("haicap: cannot listen on 203.0.113.7 port 8000: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [("HAICAP_DEBUG", "perhaps"), ("HAICAP_API_RATE", "many"), ("HAICAP_DATABASE_URL", "mysql://x/y")],
)
def test_a_wrong_setting_is_named(place: Path, name: str, value: str) -> None:
    done = hands.haicap(place / "data", "check", **{name: value})
    assert done.returncode == 1
    assert done.stderr.startswith(f"haicap: setting {name} is '{value}'")
    assert done.stderr.count("\n") == 1


def test_production_asks_for_its_key_and_passes_the_deployment_check(place: Path) -> None:
    bare = hands.haicap(place / "data", "check", "--deploy", HAICAP_PRODUCTION="true")
    assert bare.returncode == 1
    assert "HAICAP_SECRET_KEY" in bare.stderr
    full = hands.haicap(
        place / "data", "check", "--deploy", HAICAP_PRODUCTION="true", HAICAP_SECRET_KEY="k7" * 20 + "zQ!x9_abcdefgh",
        HAICAP_HOSTS="haicap.example.vn", HAICAP_URL="https://haicap.example.vn",
    )  # fmt: skip
    assert full.returncode == 0, full.stderr
    assert "no issues" in full.stdout + full.stderr


def test_the_demo_cast_never_enters_production(place: Path) -> None:
    done = hands.haicap(
        place / "data", "seed", HAICAP_PRODUCTION="true", HAICAP_SECRET_KEY="k7" * 20 + "zQ!x9_abcdefgh",
        HAICAP_HOSTS="haicap.example.vn", HAICAP_URL="https://haicap.example.vn",
    )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
