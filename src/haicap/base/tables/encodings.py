"""Bảng mã: finding out how the letters of a file are written as bytes, without guessing wrong in silence."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import BinaryIO

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop

SAMPLE = 64 * 1024
# Tone marks that Windows-1258 writes after their vowel, as bytes of their own.
_TONES = frozenset("\u0300\u0309\u0303\u0301\u0323")
_VOWELS = frozenset("aăâeêioôơuưyAĂÂEÊIOÔƠUƯY")
_LETTERS_OF_1258 = frozenset("ĂăÂâÊêÔôƠơƯưĐđ")
_BOMS = (
    (b"\xff\xfe\x00\x00", ""),  # UTF-32: nobody saves tables so
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_KINDS = (
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"GIF8", "GIF"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\xd0\xcf\x11\xe0", "Excel/Word 97–2003"),
    (b"\x1f\x8b", "GZIP"),
    (b"7z\xbc\xaf", "7-Zip"),
    (b"Rar!", "RAR"),
    (b"SQLite format 3", "SQLite"),
    (b"\x7fELF", "ELF"),
    (b"MZ", "EXE"),
)
LABELS = {
    "utf-8": "UTF-8",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "cp1258": "Windows-1258",
}


@dataclass(frozen=True, slots=True)
class Encoding:
    """codec: Python's name; skip: bytes of the byte order mark."""

    codec: str
    skip: int = 0

    @property
    def label(self) -> str:
        """Name as people know it."""
        return LABELS[self.codec]

    def normal(self, line: str) -> str:
        """The line in the form everything else has: Windows-1258 knows no composed letters, so they are composed."""
        return unicodedata.normalize("NFC", line) if self.codec == "cp1258" else line


def sniff(file: BinaryIO) -> Encoding:
    """The encoding of a text file from its bytes; the file is read through and set back to its beginning.

    Refused `empty_file`, `not_a_table` (a picture, a PDF, …) or `encoding_unknown` with the repair.
    """
    head = file.read(SAMPLE)
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0"):
        raise Refused("empty_file", gettext_noop("Tệp không có nội dung."))
    refuse_other_kinds(head)
    found = _by_mark(head) or _by_nuls(head) or _by_letters(head, file)
    file.seek(0)
    return found


def refuse_other_kinds(head: bytes) -> None:
    """Refused `not_a_table` for files that begin like something that is no table."""
    kind = next((name for magic, name in _KINDS if head.startswith(magic)), "")
    if kind:
        raise Refused(
            "not_a_table",
            gettext_noop(
                "Đây là tệp %(kind)s, không phải bảng. Xin lưu danh sách ở dạng CSV (UTF-8) hoặc XLSX."
            ),
            params={"kind": kind},
        )


def _by_mark(head: bytes) -> Encoding | None:
    for mark, codec in _BOMS:
        if head.startswith(mark):
            if not codec:
                raise _unknown()
            return Encoding(codec, len(mark))
    return None


def _by_nuls(head: bytes) -> Encoding | None:
    """UTF-16 without its mark shows by NULs on one side of most pairs; NULs anywhere else mean no text."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    pairs = max(1, len(head) // 2)
    if odd > pairs * 0.2 and even < odd * 0.05:
        return Encoding("utf-16-le")
    if even > pairs * 0.2 and odd < even * 0.05:
        return Encoding("utf-16-be")
    control = sum(head.count(c) for c in range(32) if c not in b"\t\n\r")
    if control > len(head) * 0.05:
        raise Refused(
            "not_a_table",
            gettext_noop("Tệp này không phải văn bản. Xin lưu danh sách ở dạng CSV (UTF-8) hoặc XLSX."),
        )
    return None


def _by_letters(head: bytes, file: BinaryIO) -> Encoding:
    """UTF-8 when more lines prove it than deny it (those that deny it are rows with a problem), else Windows-1258."""
    file.seek(0)
    good = bad = 0
    strange = bytearray()
    for line in file:
        if line.isascii():
            continue
        try:
            line.decode()
        except UnicodeDecodeError:
            bad += 1
            if len(strange) < SAMPLE:
                strange += line[:SAMPLE]
        else:
            good += 1
    if bad <= good:
        return Encoding("utf-8")
    if _reads_as_1258(bytes(strange)):
        return Encoding("cp1258")
    raise _unknown()


def _reads_as_1258(sample: bytes) -> bool:
    """True when nearly every mark follows a vowel and nearly every letter is one Vietnamese uses."""
    text = sample.decode("cp1258", "replace")
    fitting = strange = 0
    before = " "
    for char in text:
        if char in _TONES:
            fitting, strange = (fitting + 1, strange) if before in _VOWELS else (fitting, strange + 1)
        elif not char.isascii():
            known = char in _LETTERS_OF_1258 or unicodedata.normalize("NFD", char)[-1] in _TONES
            fitting, strange = (fitting + 1, strange) if known else (fitting, strange + 1)
        before = char
    return fitting > 0 and strange <= (fitting + strange) * 0.02


def _unknown() -> Refused:
    return Refused(
        "encoding_unknown",
        gettext_noop(
            "Không đọc được chữ trong tệp: tệp không ở bảng mã UTF-8, UTF-16 hay Windows-1258 (có thể là Windows-1252, "
            "TCVN3 hoặc VNI). Xin mở tệp rồi lưu lại ở dạng “CSV UTF-8”."
        ),
    )
