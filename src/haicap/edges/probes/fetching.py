"""Hỏi một địa chỉ: one GET with hard limits on time, size and redirects, to an address that was judged first.

A clock runs from the first name asked to the last byte read, so a target that hangs or drips bytes costs no more than its
seconds. Standard library only: what must be limited is visible here.
"""

from __future__ import annotations

import io
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPException, HTTPResponse, IncompleteRead
from typing import Any, TypeVar, cast
from urllib.parse import SplitResult, urljoin

from haicap.edges.probes import guarding
from haicap.edges.probes.guarding import Rules
from haicap.edges.probes.states import Fault, Why

MOST = 64 * 1024  # bytes of a body that are read
HEADS = 32 * 1024  # bytes of status line and headers
HOPS = 3
CONNECTING = 5.0  # seconds at most for one connection
AGENT = "Haicap-Probe/1 (+status page)"
T = TypeVar("T")
_MOVED = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the beginning of the body, and when the certificate of the first host ends."""

    status: int
    body: bytes
    until: datetime | None


class _Until:
    """A clock that runs down."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self, most: float = 3600.0) -> float:
        """Seconds left, at most `most`. `Fault(TIMEOUT)` when there are none."""
        seconds = min(self._end - time.monotonic(), most)
        if seconds <= 0:
            raise Fault(Why.TIMEOUT)
        return seconds


class _Stream(io.RawIOBase):
    """Bytes of a connection while the clock runs, at most so many; then it ends."""

    def __init__(self, line: socket.socket, clock: _Until, most: int) -> None:
        self._line, self._clock, self._most = line, clock, most

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Some bytes; none at the end or beyond the limit."""
        room = memoryview(buffer)[: max(self._most, 0)]
        if not len(room):
            return 0
        self._line.settimeout(self._clock.left())
        number = self._line.recv_into(room)
        self._most -= number
        return number


class _Line:
    """What `HTTPResponse` wants of a socket."""

    def __init__(self, stream: _Stream) -> None:
        self._stream = stream

    def makefile(self, mode: str) -> io.BufferedReader:
        """The stream, buffered."""
        return io.BufferedReader(self._stream, 8192)


def context(authorities: str = "") -> ssl.SSLContext:
    """Who is trusted: the machine's authorities, and those of a file in PEM."""
    made = ssl.create_default_context()
    if authorities:
        made.load_verify_locations(authorities)
    return made


def fetch(url: str, *, seconds: float, rules: Rules, tls: ssl.SSLContext) -> Answer:
    """GET `url`, following up to three redirects under the same rules. `Fault` for whatever went wrong."""
    clock, until = _Until(seconds), None
    for hop in range(HOPS + 1):
        parts = guarding.target(url)
        with closing(_connected(parts, clock, rules, tls)) as line:
            until = until if hop else _ends(line)
            status, location, body = _asked(line, parts, clock)
        if status not in _MOVED or not location:
            return Answer(status, body, until)
        url = urljoin(url, location)
    raise Fault(Why.REDIRECTS)


def _connected(parts: SplitResult, clock: _Until, rules: Rules, tls: ssl.SSLContext) -> socket.socket:
    """A connection to a judged address of the host, under TLS for https."""
    host, port = str(parts.hostname), guarding.port_of(parts)
    line: socket.socket | None = None
    for address in guarding.places(host, port, rules=rules, seconds=clock.left(CONNECTING))[:4]:
        try:
            line = _dialled(address, port, clock.left(CONNECTING))
            break
        except OSError:
            continue
    if line is None:
        raise Fault(Why.TIMEOUT if _over(clock) else Why.NO_CONNECTION)
    if parts.scheme == "http":
        return line
    try:
        line.settimeout(clock.left(CONNECTING))
        return tls.wrap_socket(line, server_hostname=host)
    except Exception as error:
        line.close()
        raise _of_tls(error) from error


def _dialled(address: guarding.Address, port: int, seconds: float) -> socket.socket:
    """A connection to this address itself: no name is asked any more."""
    line = socket.socket(socket.AF_INET if address.version == 4 else socket.AF_INET6, socket.SOCK_STREAM)
    try:
        line.settimeout(seconds)
        line.connect((str(address), port))
    except OSError:
        line.close()
        raise
    return line


def _over(clock: _Until) -> bool:
    try:
        clock.left()
    except Fault:
        return True
    return False


def _of_tls(error: Exception) -> Fault:
    match error:
        case Fault():
            return error
        case ssl.SSLCertVerificationError():
            return Fault(Why.CERTIFICATE, str(error.verify_message)[:120])
        case TimeoutError():
            return Fault(Why.TIMEOUT)
        case ssl.SSLError():
            return Fault(Why.TLS, str(error.reason or "")[:120])
        case _:
            return Fault(Why.TLS, type(error).__name__)


def _ends(line: socket.socket) -> datetime | None:
    """When the certificate ends."""
    if not isinstance(line, ssl.SSLSocket):
        return None
    end = (line.getpeercert() or {}).get("notAfter")
    return datetime.fromtimestamp(ssl.cert_time_to_seconds(str(end)), UTC) if end else None


def _asked(line: socket.socket, parts: SplitResult, clock: _Until) -> tuple[int, str, bytes]:
    """Status, where it redirects to, and the beginning of the body."""
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    head = (
        f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nUser-Agent: {AGENT}\r\nAccept: */*\r\n"
        "Accept-Encoding: identity\r\nConnection: close\r\n\r\n"
    )
    answer = HTTPResponse(cast("socket.socket", _Line(_Stream(line, clock, HEADS + MOST))), method="GET")
    with closing(answer):
        _guarded(lambda: _sent(line, head.encode("ascii"), clock))
        _guarded(answer.begin)
        location = answer.getheader("Location", "") if answer.status in _MOVED else ""
        body = b"" if location else _guarded(lambda: _body(answer))
        return answer.status, location or "", body


def _sent(line: socket.socket, head: bytes, clock: _Until) -> None:
    line.settimeout(clock.left())
    line.sendall(head)


def _body(answer: HTTPResponse) -> bytes:
    try:
        return answer.read(MOST)
    except IncompleteRead as error:  # cut off, or longer than we read: its beginning is enough to judge
        return error.partial


def _guarded(step: Callable[[], T]) -> T:
    try:
        return step()
    except TimeoutError as error:
        raise Fault(Why.TIMEOUT) from error
    except OSError as error:
        raise Fault(Why.NO_CONNECTION, type(error).__name__) from error
    except (HTTPException, ValueError, AssertionError) as error:
        raise Fault(Why.GARBAGE, type(error).__name__) from error
