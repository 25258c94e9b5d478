"""A real SMTP server and a real HTTP gateway on loopback, and messages to send."""

from __future__ import annotations

import contextlib
import json
import random
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from haicap.domain.dossiers.tests.conftest import w
from haicap.edges.notices import channels, mailing, outbox
from haicap.edges.notices.outbox import Draft
from haicap.edges.notices.states import Channel

__all__ = ["w"]
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
CODE = "H61.12.03-261123-0001"
FACTS = {
    "code": CODE,
    "procedure": "Đăng ký khai sinh",
    "place": "Trung tâm PVHCC xã Hòa Bình",
    "name": "Nguyễn Thị Lan",
}
Judge = Callable[[str, SMTP], str | None]  # address → reply, or None for "250 OK"


@dataclass
class Post:
    """What the server took, and how it answers. `at_rcpt` and `at_data` may refuse or cut the line."""

    taken: list[tuple[str, bytes]] = field(default_factory=list)
    at_rcpt: Judge = lambda to, server: None
    at_data: Judge = lambda to, server: None
    after_data: Judge = lambda to, server: None
    sessions: int = 0

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.sessions += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        said = self.at_rcpt(address, server)
        if said:
            return said
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        to = envelope.rcpt_tos[0]
        said = self.at_data(to, server)
        if said:
            return said
        assert isinstance(envelope.content, bytes)
        self.taken.append((to, envelope.content))
        return self.after_data(to, server) or "250 OK"

    @property
    def receivers(self) -> list[str]:
        return [to for to, _ in self.taken]

    def letters(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.default) for _, raw in self.taken]  # type: ignore[misc]


def cut(server: SMTP) -> str:
    """The line goes dead."""
    assert server.transport is not None
    server.transport.abort()
    return "421 gone"


def free_port() -> int:
    """Below those the system hands out: while the server is down nobody is given its place."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return port


class Postman:
    """A server that can be taken down and put up again at one place."""

    def __init__(self) -> None:
        self.post = Post()
        self.port = free_port()
        self._running: Controller | None = None

    def up(self) -> None:
        self._running = Controller(self.post, hostname="127.0.0.1", port=self.port, ready_timeout=60)
        self._running.start()

    def down(self) -> None:
        if self._running is not None:
            self._running.stop()
        self._running = None


@pytest.fixture
def postman(settings: Any) -> Iterator[Postman]:
    made = Postman()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", made.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 3
    settings.DEFAULT_FROM_EMAIL = "Haicap <bao-tin@haicap.example>"
    settings.SITE_URL = "https://haicap.example"
    made.up()
    yield made
    made.down()


@pytest.fixture
def gateway() -> Iterator[Gate]:
    made = Gate()
    made.start()
    yield made
    made.stop()


class Gate:
    """A gateway for short messages: keeps what it was asked, answers as told."""

    def __init__(self) -> None:
        self.asked: list[tuple[dict[str, str], Any]] = []
        self.answers: list[tuple[int, object]] = []
        self.status, self.answer = 200, {"error": 0}

    def start(self) -> None:
        gate = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                gate.asked.append((dict(self.headers), body))
                status, answer = gate.answers.pop(0) if gate.answers else (gate.status, gate.answer)
                said = json.dumps(answer).encode()
                self.send_response(status)
                if status == 302:
                    self.send_header("Location", "http://127.0.0.1:1/")
                self.send_header("Content-Length", str(len(said)))
                self.end_headers()
                self.wfile.write(said)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}/send"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)


@pytest.fixture(autouse=True)
def only_mail() -> Iterator[None]:
    """Each test begins with e-mail alone, as an operator does."""
    before = dict(channels._ways)
    channels._ways.clear()
    channels.wire(Channel.EMAIL, mailing.Mail)
    yield
    channels._ways.clear()
    channels._ways.update(before)


def draft(n: int = 1, **changes: Any) -> Draft:
    values: dict[str, Any] = {
        "key": f"dossier:x:{n}:email", "channel": Channel.EMAIL, "to": f"nguoi{n}@example.vn", "template": "received",
        "params": FACTS | {"due_at": "2026-11-24T10:00:00+00:00"}, "about": "dossier:x",
    }  # fmt: skip
    return Draft(**(values | changes))


def queued(*drafts: Draft, at: datetime = AT) -> int:
    return outbox.queue(drafts or [draft()], at=at)
