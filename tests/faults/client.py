"""A client that carries dossiers from filing to result over HTTP and never gives up: it repeats what was not answered.

It repeats with the same Idempotency-Key, as the API asks, and notes what it was told. Run with `lives`.
"""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

WAIT = 0.15  # seconds before something is sent again
PATIENCE = 240.0  # seconds after which a server that does not come back is given up
PDF = b"%%PDF-1.4\n1 0 obj\n<< /Note (%s) >>\nendobj\n%%%%EOF\n"


@dataclass(slots=True)
class Life:
    """What was acknowledged of one dossier."""

    number: str  # of the person; one life has one
    code: str = ""
    version: int = 0
    state: int = 0
    sha256: str = ""
    told: list[str] = field(default_factory=list)


class GaveUp(AssertionError):
    """The server did not come back."""


@dataclass(slots=True)
class Caller:
    """One connection at a time, opened anew after every trouble."""

    port: int
    tokens: dict[str, str]
    link: http.client.HTTPConnection | None = None
    repeats: int = 0

    def send(self, who: str, path: str, body: bytes, kind: str, key: str = "") -> dict[str, Any]:
        """Until it is answered. AssertionError for an answer that is neither success nor trouble of the machine."""
        headers = {
            "Host": f"localhost:{self.port}",
            "Authorization": f"Bearer {self.tokens[who]}",
            "Content-Type": kind,
        }
        if key:
            headers["Idempotency-Key"] = key
        until = time.monotonic() + PATIENCE
        while True:
            status, answer = self._once(path, headers, body)
            if 200 <= status < 300:
                found: dict[str, Any] = json.loads(answer)
                return found
            assert status == 0 or status >= 500, (status, path, answer[:500])
            if time.monotonic() > until:
                raise GaveUp(f"{path}: {status} {answer[:300]!r}")
            self.repeats += 1
            time.sleep(WAIT)

    def _once(self, path: str, headers: dict[str, str], body: bytes) -> tuple[int, bytes]:
        try:
            if self.link is None:
                self.link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
            self.link.request("POST", path, body=body, headers=headers)
            got = self.link.getresponse()
            return got.status, got.read()
        except (OSError, http.client.HTTPException):
            if self.link is not None:
                self.link.close()
            self.link = None
            return 0, b""


def walk(caller: Caller, life: Life, n: int, rng: random.Random, stopping: Callable[[], bool]) -> None:
    """One life; what was told stands on `life`, also when it is cut short."""
    components: list[dict[str, Any]] = []
    if n % 3 == 0:
        content = PDF % life.number.encode()
        form = (
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="don.pdf"\r\n\r\n'
            + content
            + b"\r\n--x--\r\n"
        )
        stored = caller.send("reception", "/api/v1/attachments", form, "multipart/form-data; boundary=x")
        life.sha256 = stored["sha256"]
        components = [{"paper": "don", "file": stored["id"], "origin": "uploaded"}]
    filing = {
        "procedure": "1.999001", "unit": "03006", "channel": 1, "centre": "03006", "components": components,
        "applicant": {"name": "Người Không Có Thật", "number": life.number, "phone": "0912345678", "email": "ai@example.vn"},
        "answers": {"full_name": "Người Không Có Thật", "person_id": life.number, "phone": "0912345678", "request": "Thử"},
    }  # fmt: skip
    _tell(life, "file", _post(caller, "reception", "/api/v1/dossiers", filing, f"file-{life.number}"))
    steps: list[tuple[str, str, dict[str, Any]]] = [("reception", "receive", {}), ("officer", "take-up", {})]
    if rng.random() < 0.3:
        steps += [
            ("officer", "request-supplement", {"items": [{"name": "Đơn", "what": "Ký"}]}),
            ("reception", "supply", {"answer": "Đã ký."}),
        ]
    steps += [("leader", "decide", {"outcome": "granted", "finish": True}), ("reception", "hand-out", {})]
    for who, verb, more in steps:
        if stopping():
            return
        path = f"/api/v1/dossiers/{life.code}/{verb}"
        key = f"{verb}-{life.number}"
        _tell(life, verb, _post(caller, who, path, {"seen": life.version, **more}, key))


def _post(caller: Caller, who: str, path: str, body: dict[str, Any], key: str) -> dict[str, Any]:
    return caller.send(who, path, json.dumps(body).encode(), "application/json", key)


def _tell(life: Life, verb: str, answer: dict[str, Any]) -> None:
    life.code, life.version, life.state = answer["code"], answer["version"], answer["state"]
    life.told.append(verb)


@dataclass(slots=True)
class Crowd:
    """Several clients at once, each with lives of its own."""

    port: int
    tokens: dict[str, str]
    hands: int
    lives: list[Life] = field(default_factory=list)
    trouble: list[BaseException] = field(default_factory=list)
    repeats: int = 0
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def start(self) -> None:
        """Let them begin."""
        self._threads = [
            threading.Thread(target=self._work, args=(hand,), daemon=True) for hand in range(self.hands)
        ]
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Let each finish what it has begun; what went wrong is raised."""
        self._stop.set()
        for thread in self._threads:
            thread.join(PATIENCE + 30)
            assert not thread.is_alive(), "a client hangs"
        if self.trouble:
            raise self.trouble[0]

    def _work(self, hand: int) -> None:
        caller, rng, n = Caller(self.port, self.tokens), random.Random(hand), 0
        try:
            while not self._stop.is_set():
                life = Life(f"{hand + 1:02d}{n:010d}")
                with self._lock:
                    self.lives.append(life)
                walk(caller, life, n, rng, self._stop.is_set)
                n += 1
        except BaseException as error:
            self.trouble.append(error)
        finally:
            if caller.link is not None:
                caller.link.close()
            with self._lock:
                self.repeats += caller.repeats
