"""Lấy thư: new mails of an IMAP mailbox, read without changing anything in it. TLS, or a server on this machine."""

from __future__ import annotations

import contextlib
import imaplib
import logging
import re
import ssl
import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from haicap.edges.notices import addresses, incoming
from haicap.edges.notices.models import Mailbox
from haicap.edges.notices.states import rest

log = logging.getLogger("haicap.notices")
SECONDS = 20  # for one exchange with the server
ROUND = 50  # mails a round
ROUND_SECONDS = 30.0
HEAD = 256 * 1024  # bytes of the head of a mail that is too large to be read whole
PORTS = {"imaps": 993, "imap+tls": 143, "imap": 143}
_LOCAL = {"localhost", "127.0.0.1", "::1"}
_SIZE = re.compile(rb"RFC822\.SIZE (\d{1,12})")
_TROUBLES = (OSError, imaplib.IMAP4.error, ssl.SSLError, ValueError)


@dataclass(frozen=True, slots=True)
class Account:
    """A mailbox: "imaps://user:password@host:993/INBOX"."""

    scheme: str
    host: str
    port: int
    user: str
    password: str
    folder: str

    @property
    def name(self) -> str:
        """Without the password."""
        return f"{self.user}@{self.host}/{self.folder}"


def account(url: str) -> Account:
    """The mailbox an operator describes. ValueError for what is none, or sends the password in the clear."""
    parts = urlsplit(url)
    port = parts.port or PORTS.get(parts.scheme, 0)
    if parts.scheme not in PORTS or not parts.hostname or not parts.username or parts.query or parts.fragment:
        raise ValueError("not imaps://user:password@host/folder")
    if parts.scheme == "imap" and parts.hostname not in _LOCAL:
        raise ValueError("imap:// only for this machine")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    if any(c in folder for c in '"\\\r\n'):
        raise ValueError("not a folder")
    user, password = unquote(parts.username), unquote(parts.password or "")
    return Account(parts.scheme, parts.hostname, port, user, password, folder)


def fetch(found: Account, *, at: datetime, tls: ssl.SSLContext | None = None) -> int:
    """Take the new mails of a mailbox; how many were new. A server that does not answer rests (15 s … 5 minutes)."""
    box, _new = Mailbox.objects.get_or_create(pk=found.name)
    if box.closed_until is not None and box.closed_until > at:
        return 0
    try:
        number = _round(found, box, at, tls)
    except _TROUBLES as error:
        _failed(box, error, at)
        return 0
    Mailbox.objects.filter(pk=box.pk).update(
        failures=0,
        since=None,
        closed_until=None,
        error="",
        read_at=at,
        last_uid=box.last_uid,
        validity=box.validity,
    )
    return number


def _failed(box: Mailbox, error: Exception, at: datetime) -> None:
    if not box.failures:
        log.warning("a mailbox does not answer", extra={"mailbox": box.pk, "error": type(error).__name__})
    Mailbox.objects.filter(pk=box.pk).update(
        failures=box.failures + 1, since=box.since or at, closed_until=at + rest(min(box.failures + 1, 16)),
        error=addresses.harmless(f"{type(error).__name__}: {error}", 300),
    )  # fmt: skip


def _round(found: Account, box: Mailbox, at: datetime, tls: ssl.SSLContext | None) -> int:
    line = _connected(found, tls)
    try:
        line.login(found.user, found.password)
        _expect(line.select(f'"{found.folder}"', readonly=True))
        _valid(line, box)
        return _take(line, box, at)
    finally:
        with contextlib.suppress(*_TROUBLES):
            line.logout()
        with contextlib.suppress(*_TROUBLES):
            line.shutdown()  # a server that fell silent did not answer the word of parting


def _connected(found: Account, tls: ssl.SSLContext | None) -> imaplib.IMAP4:
    trusted = tls or ssl.create_default_context()
    if found.scheme == "imaps":
        return imaplib.IMAP4_SSL(found.host, found.port, ssl_context=trusted, timeout=SECONDS)
    line = imaplib.IMAP4(found.host, found.port, timeout=SECONDS)
    if found.scheme == "imap+tls":
        line.starttls(trusted)
    return line


def _valid(line: imaplib.IMAP4, box: Mailbox) -> None:
    """Numbers of mails count within one UIDVALIDITY; a mailbox made anew is read from its beginning (known mails are known)."""
    _kind, answer = line.response("UIDVALIDITY")
    first = answer[0] if answer else None
    validity = int(first) if isinstance(first, bytes) and first.isdigit() else 0
    if validity != box.validity:
        box.validity, box.last_uid = validity, 0
        Mailbox.objects.filter(pk=box.pk).update(validity=validity, last_uid=0)


def _take(line: imaplib.IMAP4, box: Mailbox, at: datetime) -> int:
    """Each mail is stored before its number is noted: a kill in between fetches it again, and it is known then."""
    stop, number = time.monotonic() + ROUND_SECONDS, 0
    for uid in _new(line, box.last_uid)[:ROUND]:
        if time.monotonic() > stop:
            break
        raw, size = _mail(line, uid)
        if raw:
            number += incoming.take(raw, at=at, size=size) is not None
        box.last_uid = uid
        Mailbox.objects.filter(pk=box.pk).update(last_uid=uid)
    return number


def _new(line: imaplib.IMAP4, last: int) -> list[int]:
    answer = _expect(line.uid("SEARCH", f"UID {last + 1}:*"))
    words = b" ".join(part for part in answer if isinstance(part, bytes)).split()
    return sorted(uid for uid in (int(w) for w in words if w.isdigit()) if uid > last)


def _mail(line: imaplib.IMAP4, uid: int) -> tuple[bytes, int | None]:
    """The mail; of one that is too large its head, and how large it is. Empty for one that is gone."""
    answer = _expect(line.uid("FETCH", str(uid), "(RFC822.SIZE)"))
    size = next((int(m[1]) for m in map(_SIZE.search, _texts(answer)) if m), 0)
    if size > incoming.MOST:
        return _literal(_expect(line.uid("FETCH", str(uid), f"(BODY.PEEK[HEADER]<0.{HEAD}>)"))), size
    return _literal(_expect(line.uid("FETCH", str(uid), "(BODY.PEEK[])"))), None


def _texts(answer: list[Any]) -> list[bytes]:
    return [
        part if isinstance(part, bytes) else part[0] for part in answer if isinstance(part, bytes | tuple)
    ]


def _literal(answer: list[Any]) -> bytes:
    return next((bytes(part[1]) for part in answer if isinstance(part, tuple) and len(part) > 1), b"")


def _expect(said: tuple[str, list[Any]]) -> list[Any]:
    kind, answer = said
    if kind != "OK":
        raise imaplib.IMAP4.error(f"{kind} {answer[:1]!r}"[:200])
    return answer
