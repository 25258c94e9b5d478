"""Targets that behave badly, on loopback: each test names how."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

Behave = Callable[[socket.socket], None]
SECONDS = 20.0  # no thread of a test lives longer


def answer(status: str = "200 OK", body: bytes = b"Xin chao", *heads: str) -> Behave:
    """A plain answer."""

    def behave(line: socket.socket) -> None:
        _asked(line)
        more = "".join(f"{h}\r\n" for h in heads)
        line.sendall(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode() + body)

    return behave


def raw(sent: bytes) -> Behave:
    """Whatever it is."""

    def behave(line: socket.socket) -> None:
        _asked(line)
        line.sendall(sent)

    return behave


def hang(line: socket.socket) -> None:
    """Takes the question and says nothing."""
    _asked(line)
    _until_gone(line)


def drip(line: socket.socket) -> None:
    """A byte of the head every 50 ms, without end."""
    _asked(line)
    line.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
    for _ in range(int(SECONDS / 0.05)):
        line.sendall(b"a")
        time.sleep(0.05)


def drip_body(line: socket.socket) -> None:
    """A good head, then a byte of the body every 50 ms."""
    _asked(line)
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(int(SECONDS / 0.05)):
        line.sendall(b"a")
        time.sleep(0.05)


def endless(line: socket.socket) -> None:
    """A body without end, as fast as it goes."""
    _asked(line)
    line.sendall(b"HTTP/1.1 200 OK\r\n\r\ndau trang ")
    while True:
        line.sendall(b"a" * 65536)


def kept_open(line: socket.socket) -> None:
    """A whole answer, but the line stays open."""
    _asked(line)
    line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
    _until_gone(line)


def heads(line: socket.socket) -> None:
    """Head lines without end."""
    _asked(line)
    line.sendall(b"HTTP/1.1 200 OK\r\n")
    for n in range(100_000):
        line.sendall(b"X-%d: a\r\n" % n)


def _asked(line: socket.socket) -> bytes:
    got = b""
    while b"\r\n\r\n" not in got:
        piece = line.recv(4096)
        if not piece:
            break
        got += piece
    return got


def _until_gone(line: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while line.recv(4096):
            pass


@contextlib.contextmanager
def server(behave: Behave, tls: ssl.SSLContext | None = None) -> Iterator[int]:
    """A server on loopback that treats every connection so; its port."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(SECONDS)
    lines: list[socket.socket] = []

    def serve_one(line: socket.socket) -> None:
        with contextlib.suppress(OSError):
            line.settimeout(SECONDS)
            secured = tls.wrap_socket(line, server_side=True) if tls else line
            lines.append(secured)
            behave(secured)
            secured.close()

    def serve() -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = listener.accept()
                lines.append(line)
                threading.Thread(target=serve_one, args=(line,), daemon=True).start()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        for line in [listener, *lines]:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
            line.close()
        thread.join(5)


def certificate(folder: Path, days: int, name: str = "localhost") -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server's context with a certificate of its own that ends in so many days, and a client's that trusts it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=90))
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = folder / f"{name}-{days}.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    pem.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    side.load_cert_chain(pem)
    return side, ssl.create_default_context(cafile=str(pem))
