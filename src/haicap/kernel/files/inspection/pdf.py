"""PDF: without code, orders to other programs, embedded files or locks; one kind only.

Not parsed as a viewer would: every place where an order could stand is looked at, also in packed streams, within limits.
Names may be spelled with #xx escapes; streams may be packed and written in hexadecimal or base 85.
"""

from __future__ import annotations

import base64
import binascii
import mmap
import re
import zlib
from collections.abc import Iterator
from pathlib import Path

from haicap.kernel.files.inspection import hidden
from haicap.kernel.files.states import Finding

ONE_STREAM = 64 * 1024 * 1024  # bytes a stream that is no picture may unpack to
ALL_STREAMS = 256 * 1024 * 1024  # bytes that are unpacked of all of them
_OF_PICTURE = 1024 * 1024  # bytes looked at of a stream that says it is a picture
MOST_STREAMS = 100_000
_TAIL = _READ = 64 * 1024
_PIECE = 1024 * 1024
_DICTIONARY = 4096  # bytes before a stream in which its dictionary is sought


def _spelled(name: str) -> bytes:
    """A pattern for a name of which any letter may be written as #xx."""
    return b"".join(
        b"(?:%s|#%s%s)" % (re.escape(c.encode()), *(b"[%s%s]" % (d.lower(), d.upper()) for d in _hex(c)))
        for c in name
    )


def _hex(char: str) -> tuple[bytes, bytes]:
    digits = f"{ord(char):02x}".encode()
    return digits[:1], digits[1:]


_END = rb"(?![A-Za-z0-9#])"
_ORDERS = re.compile(
    b"/(?:"
    + b"|".join(
        _spelled(n)
        for n in ("JavaScript", "Launch", "EmbeddedFile", "RichMedia", "ImportData", "SubmitForm", "GoToE")
    )
    + b")s?"
    + _END
)
_ENCRYPTED = re.compile(b"/" + _spelled("Encrypt") + rb"\s*(?:\d+\s+\d+\s+R|<<)")
_STREAM = re.compile(rb"stream\r?\n")
_PICTURE = re.compile(b"/" + _spelled("Subtype") + rb"\s*/" + _spelled("Image") + _END)
_OBJECTS = re.compile(b"/" + _spelled("ObjStm") + _END)
_ODD = re.compile(
    b"/(?:"
    + _spelled("LZWDecode")
    + b"|LZW|"
    + _spelled("RunLengthDecode")
    + b"|RL|"
    + _spelled("Crypt")
    + b")"
    + _END
)
_HEX = re.compile(b"/(?:" + _spelled("ASCIIHexDecode") + b"|AHx)" + _END)
_BASE85 = re.compile(b"/(?:" + _spelled("ASCII85Decode") + b"|A85)" + _END)


def look(path: Path) -> Finding:
    """FIT, ACTIVE, LOCKED, TWO_KINDS, TOO_LARGE_INSIDE or DAMAGED."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.rfind(b"%%EOF", max(0, len(data) - _TAIL)) < 0:
            return Finding.DAMAGED
        if _ORDERS.search(data):
            return Finding.ACTIVE
        if _ENCRYPTED.search(data):
            return Finding.LOCKED
        if hidden.markup_in(data):
            return Finding.TWO_KINDS
        found = _in_streams(data)
    if found is Finding.FIT and hidden.archive_in(path):
        return Finding.TWO_KINDS
    return found


def _in_streams(data: mmap.mmap) -> Finding:
    left = ALL_STREAMS
    for n, mark in enumerate(_STREAM.finditer(data)):
        about = data[max(0, mark.start() - _DICTIONARY) : mark.start()]
        about = about[max(about.rfind(b"endobj"), about.rfind(b"endstream"), 0) :]
        picture = _PICTURE.search(about) is not None and _OBJECTS.search(about) is None
        if _OBJECTS.search(about) and _ODD.search(about):
            return Finding.ACTIVE  # nobody writes objects so, but to hide them
        most = _OF_PICTURE if picture else ONE_STREAM
        size = 0
        for piece in _unpacked(data, mark.end(), about, most):
            size += len(piece)
            if _ORDERS.search(piece):
                return Finding.ACTIVE
        left -= size
        if n >= MOST_STREAMS or left < 0 or (size >= ONE_STREAM and not picture):
            return Finding.TOO_LARGE_INSIDE
    return Finding.FIT


def _unpacked(data: mmap.mmap, start: int, about: bytes, most: int) -> Iterator[bytes]:
    """What a stream unpacks to, in overlapping pieces, hardly more than `most`; nothing when it is not packed."""
    if not _HEX.search(about) and not _BASE85.search(about):
        yield from _inflated(data, start, most)
        return
    end = data.find(b"endstream", start)
    plain = _plain(data[start : min(end, start + most)], about) if end > 0 else b""
    yield plain
    yield from _inflated(plain, 0, most)


def _plain(written: bytes, about: bytes) -> bytes:
    try:
        if _HEX.search(about):
            digits = re.sub(rb"[^0-9A-Fa-f]", b"", written.split(b">")[0])
            return binascii.unhexlify(digits + b"0" * (len(digits) % 2))
        text = re.sub(rb"\s", b"", written.split(b"~>")[0]).removeprefix(b"<~")
        return base64.a85decode(text)
    except ValueError:
        return b""


def _inflated(packed: bytes | mmap.mmap, start: int, most: int) -> Iterator[bytes]:
    tool, place, size, kept, rest = zlib.decompressobj(), start, 0, b"", b""
    while size < most and not tool.eof and (rest or place < len(packed)):
        taken = rest or packed[place : place + _READ]
        place += 0 if rest else _READ
        try:
            piece = tool.decompress(taken, _PIECE)
        except zlib.error:
            return
        rest, size = tool.unconsumed_tail, size + len(piece)
        yield kept + piece
        kept = piece[-64:]
