"""A small IMAP server on loopback, enough for one that reads; and how it may fail."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

SECONDS = 20.0


@dataclass
class Postbox:
    """Mails by number. `mute`: after this many commands nothing is answered; `cut`: the line is cut then."""

    mails: dict[int, bytes] = field(default_factory=dict)
    validity: int = 7
    password: str = "mat-khau"
    sizes: dict[int, int] = field(default_factory=dict)  # what the server says instead of the truth
    mute: int | None = None
    cut: int | None = None
    asked: list[str] = field(default_factory=list)
    sessions: int = 0

    def put(self, raw: bytes) -> int:
        uid = max(self.mails, default=0) + 1
        self.mails[uid] = raw
        return uid


def _answers(box: Postbox, tag: str, words: str) -> tuple[bytes, bool]:
    """What is sent for a command, and whether the line ends."""
    upper = words.upper()
    done = f"{tag} OK done\r\n".encode()
    if upper.startswith("CAPABILITY"):
        return b"* CAPABILITY IMAP4rev1\r\n" + done, False
    if upper.startswith("LOGIN"):
        good = box.password in words
        return done if good else f"{tag} NO wrong\r\n".encode(), False
    if upper.startswith("EXAMINE"):
        return f"* {len(box.mails)} EXISTS\r\n* OK [UIDVALIDITY {box.validity}] ok\r\n".encode() + done, False
    if upper.startswith("UID SEARCH"):
        first = int(re.search(r"UID (\d+):", words)[1])  # type: ignore[index]
        # as RFC 3501 has it, "n:*" always names the last mail
        found = [u for u in sorted(box.mails) if u >= first] or sorted(box.mails)[-1:]
        return ("* SEARCH " + " ".join(map(str, found))).encode() + b"\r\n" + done, False
    if upper.startswith("UID FETCH"):
        return _fetched(box, words) + done, False
    if upper.startswith("LOGOUT"):
        return b"* BYE\r\n" + done, True
    return f"{tag} BAD what\r\n".encode(), False


def _fetched(box: Postbox, words: str) -> bytes:
    uid = int(words.split()[2])
    raw = box.mails.get(uid)
    if raw is None:
        return b""
    if "RFC822.SIZE" in words:
        size = box.sizes.get(uid, len(raw))
        return f"* {uid} FETCH (UID {uid} RFC822.SIZE {size})\r\n".encode()
    body = raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" if "HEADER" in words else raw
    return f"* {uid} FETCH (UID {uid} BODY[] {{{len(body)}}}\r\n".encode() + body + b")\r\n"


def _talk(box: Postbox, line: socket.socket) -> None:
    line.settimeout(SECONDS)
    line.sendall(b"* OK ready\r\n")
    stream = line.makefile("rb")
    while sent := stream.readline(65536):
        tag, _, words = sent.decode("utf-8", "replace").strip().partition(" ")
        box.asked.append(re.sub(r"LOGIN.*", "LOGIN", words))
        if box.cut is not None and len(box.asked) > box.cut:
            return
        if box.mute is not None and len(box.asked) > box.mute:
            continue
        answer, ended = _answers(box, tag, words)
        line.sendall(answer)
        if ended:
            return


@contextlib.contextmanager
def serving(box: Postbox) -> Iterator[int]:
    """The server; its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(SECONDS)
    lines: list[socket.socket] = []

    def one(line: socket.socket) -> None:
        with contextlib.suppress(OSError):
            _talk(box, line)
        with contextlib.suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
        line.close()

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = listener.accept()
                box.sessions += 1
                lines.append(line)
                threading.Thread(target=one, args=(line,), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        for line in (listener, *lines):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        thread.join(5)
