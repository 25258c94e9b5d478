"""Đọc thư đến: raw bytes → who writes what. Bears whatever comes; never opens anything it holds. Pure.

Broken charsets, headers and structure are read as far as they go. A mail that no person wrote (answers of machines,
lists, notices of non-delivery) is known by what RFC 3834 and custom put into its head.
"""

from __future__ import annotations

import email
import email.policy
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage, Message
from email.utils import getaddresses
from html.parser import HTMLParser

from haicap.base.text import nfc

MOST_PARTS = 100
MOST_TEXT = 200_000
MOST_HEADER = 2_000  # characters of one: the parsers of the library take the square of its length
_LIMITS = {"references": 8_000, "content-type": 700, "content-disposition": 700}
_IDS = re.compile(r"<([^<>\s\x00-\x1f\x7f]{1,250})>")
_DECLARED = re.compile(r"<[!?][^<>]*>")
_NO_TAG = re.compile(r"<(?!/?[a-zA-Z][^<>]*>)")  # an "<" that opens nothing
_BULK = frozenset({"bulk", "junk", "list", "auto_reply"})
_ROBOTS = re.compile(r"(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)(\+.*)?@", re.IGNORECASE)
_QUOTED = (
    re.compile(
        r"^\s*(On\b.{4,200}\bwrote|Vào\b.{4,200}\bđã viết|Ngày\b.{4,200}\bviết)\s*:\s*$",
        re.IGNORECASE | re.DOTALL,
    ),
    re.compile(
        r"^\s*-{2,}\s*(Original Message|Forwarded message|Thư gốc|Tin nhắn gốc)\s*-{2,}\s*$", re.IGNORECASE
    ),
    re.compile(r"^\s*_{10,}\s*$"),
    re.compile(r"^-- $"),
)
_HEAD = re.compile(r"^\s*(From|Từ)\s*:\s*\S", re.IGNORECASE)
_SENT = re.compile(r"^\s*(Sent|Date|Đã gửi|Ngày)\s*:\s*\S", re.IGNORECASE)


class _Bounded(email.policy.EmailPolicy):
    """The library's policy, with headers cut at a length no person's mail has."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        return name, value[: _LIMITS.get(name.lower(), MOST_HEADER)]


_POLICY = _Bounded()


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of a mail, as its sender called it."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail.

    key         the same for the same mail however often it comes
    automatic   why no person wrote it, empty otherwise
    threads     ids of the mails it answers, the nearest first
    text        what was written, without what it quotes
    """

    key: str
    message_id: str
    sender: str
    name: str
    subject: str
    text: str
    automatic: str = ""
    threads: tuple[str, ...] = ()
    files: tuple[Piece, ...] = field(default=())


def read(raw: bytes) -> Letter:
    """The mail. ValueError when it cannot be read at all (nested without end)."""
    try:
        message = email.message_from_bytes(raw, policy=_POLICY)
        parts = list(_parts(message))
    except RecursionError:
        raise ValueError("nested too deeply") from None
    assert isinstance(message, EmailMessage)
    sender, name = _sender(message)
    texts, files = _sorted(parts)
    identity = next(iter(_IDS.findall(_header(message, "Message-ID"))), "")
    return Letter(
        key=f"id:{identity.lower()}" if identity else f"sha256:{hashlib.sha256(raw).hexdigest()}",
        message_id=identity,
        sender=sender,
        name=name,
        subject=_line(_header(message, "Subject"), 300),
        text=own_words(texts)[:MOST_TEXT],
        automatic=_automatic(message, sender),
        threads=_threads(message),
        files=tuple(files),
    )


def _parts(message: Message) -> Iterator[Message]:
    """The leaves, at most so many; a mail inside a mail is one leaf."""
    found = 0
    stack: list[Message] = [message]
    while stack and found < MOST_PARTS:
        part = stack.pop()
        inner = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(inner, list):
            stack += [p for p in reversed(inner[:MOST_PARTS]) if isinstance(p, Message)]
            continue
        found += 1
        yield part


def _sorted(parts: list[Message]) -> tuple[str, list[Piece]]:
    """The written text (plain before HTML), and everything else as files."""
    plain: list[str] = []
    html: list[str] = []
    files: list[Piece] = []
    for part in parts:
        kind, name = part.get_content_type(), _name(part)
        if kind == "text/plain" and not name:
            plain.append(_decoded(part))
        elif kind == "text/html" and not name:
            html.append(without_markup(_decoded(part)))
        elif kind == "message/rfc822" or _content(part):
            files.append(Piece(name or _unnamed(kind, len(files) + 1), _content(part)))
    return "\n\n".join(t for t in (plain if any(t.strip() for t in plain) else html) if t.strip()), files


def _unnamed(kind: str, number: int) -> str:
    return f"tep-{number}.{kind.rpartition('/')[2][:10]}"


def _name(part: Message) -> str:
    try:
        found = part.get_filename("") or ""
    except Exception:  # the library trips over some broken names
        found = "tep"
    disposed = str(part.get("Content-Disposition", "")).lower().startswith("attachment")
    return _line(found, 200) or ("tep" if disposed else "")


def _content(part: Message) -> bytes:
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload()
        return (
            inner[0].as_bytes()
            if isinstance(inner, list) and inner and isinstance(inner[0], Message)
            else b""
        )
    try:
        found = part.get_payload(decode=True)
    except Exception:  # broken transfer encodings
        return b""
    return found if isinstance(found, bytes) else b""


def _decoded(part: Message) -> str:
    """The text in the charset it names; what that cannot read, in UTF-8 or the Vietnamese Windows page."""
    content = _content(part)
    for charset in (str(part.get_content_charset() or "utf-8"), "utf-8", "cp1258"):
        try:
            return nfc_lines(content.decode(charset)[: MOST_TEXT * 5])
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return nfc_lines(content.decode("utf-8", "replace")[: MOST_TEXT * 5])


def nfc_lines(text: str) -> str:
    """Normal form line by line, without NUL."""
    return "\n".join(nfc(line) if line.strip() else "" for line in text.replace("\0", "").splitlines())


def _header(message: Message, name: str) -> str:
    """A header as text; broken ones as far as they can be read."""
    try:
        return str(message.get(name, ""))
    except Exception:  # the header parsers of the library trip over some broken values
        raw = next((str(v) for k, v in message.raw_items() if k.lower() == name.lower()), "")
        return raw.encode("ascii", "replace").decode()


def _line(text: str, most: int) -> str:
    return nfc(re.sub(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]+", " ", text))[:most].strip()


def _sender(message: Message) -> tuple[str, str]:
    """Address and name of who writes; empty when there is none or several."""
    try:
        found = [(n, a) for n, a in getaddresses([_header(message, "From")]) if "@" in a]
    except Exception:
        found = []
    if len(found) != 1:
        return "", ""
    return _line(found[0][1], 254).lower(), _line(found[0][0], 120)


def _automatic(message: Message, sender: str) -> str:
    """Why no person wrote it."""
    submitted = _header(message, "Auto-Submitted").strip().lower()
    if submitted and not submitted.startswith("no"):
        return "auto_submitted"
    if message.get_content_type() in ("multipart/report", "message/delivery-status"):
        return "bounce"
    if _header(message, "Return-Path").strip() == "<>":
        return "bounce"
    if _header(message, "Precedence").strip().lower() in _BULK:
        return "bulk"
    if _header(message, "List-Id") or _header(message, "List-Unsubscribe"):
        return "list"
    if _header(message, "X-Autoreply") or _header(message, "X-Autorespond") or _header(message, "X-Loop"):
        return "auto_submitted"
    return "robot" if _ROBOTS.match(sender) else ""


def _threads(message: Message) -> tuple[str, ...]:
    found = _IDS.findall(_header(message, "In-Reply-To")) + _IDS.findall(_header(message, "References"))[::-1]
    return tuple(dict.fromkeys(found))[:50]


def own_words(text: str) -> str:
    """What the sender wrote, without the letter it answers; all of it when nothing else would be left."""
    lines = text.split("\n")
    end = next((n for n, _ in enumerate(lines) if _begins_quote(lines, n)), len(lines))
    kept = [line for line in lines[:end] if not line.lstrip().startswith(">")]
    mine = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return mine or text.strip()


def _begins_quote(lines: list[str], n: int) -> bool:
    two = "\n".join(lines[n : n + 2])
    if any(form.match(lines[n]) for form in _QUOTED) or _QUOTED[0].match(two):
        return True
    return bool(_HEAD.match(lines[n])) and any(_SENT.match(line) for line in lines[n + 1 : n + 4])


class _Text(HTMLParser):
    """The text of a page: paragraphs as lines, nothing of scripts, styles and what is hidden with them."""

    HIDDEN = frozenset({"script", "style", "head", "title", "template", "noscript", "svg"})
    BREAKS = frozenset(
        {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "blockquote", "table", "ul", "ol", "hr"}
    )

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._hidden: list[str] = []
        self._quoted = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "body":
            self._hidden.clear()  # the head need not be closed
        elif tag in self.HIDDEN:
            self._hidden.append(tag)
        if tag == "blockquote":
            self._quoted += 1
        if tag in self.BREAKS:
            self.found.append("\n" + "> " * min(self._quoted, 3))

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and self._hidden[-1] == tag:
            self._hidden.pop()
        if tag == "blockquote":
            self._quoted = max(self._quoted - 1, 0)
        if tag in self.BREAKS:
            self.found.append("\n" + "> " * min(self._quoted, 3))

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.found.append(re.sub(r"\s+", " ", data))


def without_markup(html: str) -> str:
    """The text of HTML."""
    reader = _Text()
    reader.feed(_tame(html[: MOST_TEXT * 5]))
    reader.close()
    lines = [re.sub(r"[ \t\u00a0]+", " ", line).strip() for line in "".join(reader.found).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join("" if line == ">" else line for line in lines)).strip()


def _tame(html: str) -> str:
    """Without comments and declarations, "<" that opens nothing as a letter: the parser looks to the end for each."""
    kept, at = [], 0
    while (begins := html.find("<!--", at)) >= 0 and (ends := html.find("-->", begins + 4)) >= 0:
        kept.append(html[at:begins])
        at = ends + 3
    return _NO_TAG.sub("&lt;", _DECLARED.sub("", "".join([*kept, html[at:]])))
