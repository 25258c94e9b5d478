"""Letters by a real worker and a real mail server, both killed in the middle: each letter arrives, none is made twice.

A copy may arrive twice when the worker dies between the server's acceptance and its own note; both carry one Message-ID.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from email import message_from_bytes
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.ops import hands
from tests.ops.hands import environment, until
from tests.ops.test_killed_worker import kill, worker

pytestmark = pytest.mark.ops
NAME = "haicap_notices"
LETTERS, KILLS = 240, 4

QUEUE = """
import sys
from haicap.config.cli import house
house.django_ready()
from datetime import UTC, datetime
from haicap.edges.notices import outbox
from haicap.edges.notices.outbox import Draft
from haicap.edges.notices.states import Channel
facts = {"code": "H15-261122-0001", "name": "Hoàng Thị Lan", "procedure": "Đăng ký khai sinh"}
drafts = [
    Draft(f"dossier:{n}:1:email", Channel.EMAIL, f"nguoi{n}@example.vn", "received", facts, f"dossier:{n}")
    for n in range(int(sys.argv[1]))
]
print(outbox.queue(drafts, at=datetime.now(UTC)), outbox.queue(drafts, at=datetime.now(UTC)))
"""


class Server:
    """A mail server that can be taken down; receivers and Message-IDs of what it took."""

    def __init__(self) -> None:
        self.port = hands.free_port()
        self.taken: list[tuple[str, str]] = []
        self._running: Controller | None = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        assert isinstance(envelope.content, bytes)
        letter = message_from_bytes(envelope.content)
        self.taken.append((envelope.rcpt_tos[0], str(letter["Message-ID"])))
        return "250 OK"

    def up(self) -> None:
        self._running = Controller(self, hostname="127.0.0.1", port=self.port, ready_timeout=60)
        self._running.start()

    def down(self) -> None:
        if self._running is not None:
            self._running.stop()
        self._running = None


@pytest.fixture
def mail() -> Iterator[Server]:
    made = Server()
    yield made
    made.down()


@pytest.fixture
def shell(tmp_path: Path, mail: Server) -> Iterator[dict[str, str]]:
    """The environment of a platform with an empty database of its own and that mail server."""
    url = os.environ["HAICAP_DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
        server.execute(f"CREATE DATABASE {NAME} TEMPLATE template0")
    own = urlunsplit(urlsplit(url)._replace(path=f"/{NAME}"))
    address = f"smtp://127.0.0.1:{mail.port}"
    yield environment(tmp_path / "data", HAICAP_DATABASE_URL=own, HAICAP_MAIL=address)
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")


def command(shell: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *words], env=shell, capture_output=True, text=True, timeout=hands.LONG, check=False
    )


def haicap(shell: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return command(shell, "-m", "haicap.config.cli", *words)


def test_killed_workers_and_a_mail_server_that_comes_and_goes(shell: dict[str, str], mail: Server) -> None:
    assert haicap(shell, "migrate").returncode == 0
    assert command(shell, "-c", QUEUE, str(LETTERS)).stdout.split() == [str(LETTERS), "0"]
    with psycopg.connect(shell["HAICAP_DATABASE_URL"], autocommit=True) as database:

        def count(state: str) -> int:
            found = database.execute(
                "SELECT count(*) FROM notices_message WHERE state = %s", [state]
            ).fetchone()
            assert found is not None
            return int(found[0])

        def away() -> bool:
            return database.execute("SELECT 1 FROM notices_line WHERE failures > 0").fetchone() is not None

        _down_then_up(shell, mail, away, lambda: count("sent"))
        for part in range(1, KILLS):
            process = worker(shell)
            try:
                goal = part * LETTERS // (KILLS + 1) + random.randrange(10)
                until(lambda goal=goal: count("sent") >= goal, "a part of the letters")
            finally:
                kill(process)
            assert count("waiting") > 0
            # The lease of the one message the dead worker held runs out in a quarter of an hour: let it be over.
            database.execute("UPDATE notices_message SET retry_at = now() WHERE state = 'waiting'")
        _to_the_end(shell, lambda: count("sent") == LETTERS)
    receivers: dict[str, set[str]] = defaultdict(set)
    for to, identity in mail.taken:
        receivers[to].add(identity)
    assert len(receivers) == LETTERS
    assert all(len(identities) == 1 for identities in receivers.values())
    doubled = [to for to, n in Counter(to for to, _ in mail.taken).items() if n > 1]
    assert len(doubled) <= KILLS, doubled


def _down_then_up(
    shell: dict[str, str], mail: Server, away: Callable[[], bool], sent: Callable[[], int]
) -> None:
    """With the server down nothing is sent and the operator sees why; then it comes up."""
    process = worker(shell)
    try:
        until(away, "a mail server that is found to be away")
    finally:
        kill(process)
    assert sent() == 0
    listed = json.loads(haicap(shell, "notices", "list", "--json", "--limit", "3").stdout)
    assert listed["counts"]["waiting"] == LETTERS
    assert "refused" in listed["channels"][0]["error"].lower()
    assert {row["attempts"] for row in listed["messages"]} == {0}
    assert haicap(shell, "notices", "test-mail", "thu@example.vn").returncode == 1
    mail.up()
    done = haicap(shell, "notices", "test-mail", "thu@example.vn")
    assert done.returncode == 0, done.stderr
    assert [to for to, _ in mail.taken] == ["thu@example.vn"]
    mail.taken.clear()


def _to_the_end(shell: dict[str, str], done: Callable[[], bool]) -> None:
    process = worker(shell)
    try:
        until(done, "the last letter")
    finally:
        process.terminate()
        process.wait(hands.LONG)


def test_commands_refuse_in_words(shell: dict[str, str]) -> None:
    assert haicap(shell, "migrate").returncode == 0
    wrong = haicap(shell, "notices", "test-mail", "khong phai")
    assert (wrong.returncode, wrong.stdout) == (1, "")
    assert "no e-mail address" in wrong.stderr
    assert haicap(shell, "notices", "retry").returncode == 2
    assert haicap(shell, "notices", "retry", "--all").returncode == 0
    assert haicap(shell, "notices", "retry", "x").returncode == 1
    listed = haicap(shell, "notices", "list")
    assert "email: ready" in listed.stderr
    assert "sms: not set up" in listed.stderr
    bad = haicap({**shell, "HAICAP_SMS_URL": "http://gateway.example"}, "notices", "list")
    assert "HAICAP_SMS_URL" in bad.stderr
    assert "Traceback" not in bad.stderr
    bad = haicap(
        {**shell, "HAICAP_SMS_URL": "https://gateway.example/", "HAICAP_SMS_BODY": "{"}, "notices", "list"
    )
    assert "HAICAP_SMS_BODY" in bad.stderr
