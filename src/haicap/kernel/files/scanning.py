"""Quét mã độc: the slot for a scanner, and clamd's own protocol in it."""

from __future__ import annotations

import socket
import struct
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from haicap.kernel.files.states import Scan

_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a scanner says: clean, infected (`note` names it) or failed (`note` says why)."""

    scan: Scan
    note: str = ""


class Scanner(Protocol):
    """Looks at bytes."""

    @property
    def name(self) -> str:
        """Who scanned, for the record ("clamd")."""

    def scan(self, content: BinaryIO) -> Verdict:
        """Judge the whole content; never raises for a scanner that is away."""


_wired: list[Scanner] = []


def wire(scanner: Scanner | None) -> None:
    """Fill or empty the slot; called in config/wiring.py only."""
    _wired[:] = [scanner] if scanner else []


def scanner() -> Scanner | None:
    """The scanner, if one is wired. Without one files stay "not scanned" and are shown so."""
    return _wired[0] if _wired else None


@dataclass(frozen=True, slots=True)
class Clamd:
    """ClamAV's daemon over its local socket (command INSTREAM)."""

    path: str
    timeout: float = 60.0
    name: str = "clamd"

    def scan(self, content: BinaryIO) -> Verdict:
        """Stream the content to the daemon and read its verdict."""
        try:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as line:
                line.settimeout(self.timeout)
                line.connect(self.path)
                answer = self._ask(line, content)
        except OSError as error:
            return Verdict(Scan.FAILED, f"{type(error).__name__}: {error}"[:200])
        return _read(answer)

    def _ask(self, line: socket.socket, content: BinaryIO) -> bytes:
        try:
            line.sendall(b"zINSTREAM\0")
            while piece := content.read(_CHUNK):
                line.sendall(struct.pack("!I", len(piece)) + piece)
            line.sendall(struct.pack("!I", 0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it stopped listening (its own size limit): the answer below says why
        answer = b""
        while len(answer) < 4096 and not answer.endswith(b"\0") and (piece := line.recv(4096)):
            answer += piece
        return answer


def _read(answer: bytes) -> Verdict:
    text = answer.rstrip(b"\0\n").decode("utf-8", "replace").removeprefix("stream: ")
    if text == "OK":
        return Verdict(Scan.CLEAN)
    if text.endswith(" FOUND"):
        return Verdict(Scan.INFECTED, text.removesuffix(" FOUND")[:200])
    return Verdict(Scan.FAILED, text[:200] or "no answer")
