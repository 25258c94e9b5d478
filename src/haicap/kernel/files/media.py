"""Kiểu tệp: what a file is, read from its bytes and never from its name. Pure but for reading the file.

Only what administration exchanges is told apart; everything else is "application/octet-stream", which no page shows.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
import zlib
from pathlib import Path

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop

UNKNOWN = "application/octet-stream"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
MACROS = "application/vnd.ms-office.macro-enabled"
CSV = "text/csv"
PLAIN = "text/plain"
PDF = "application/pdf"
ZIP = "application/zip"

UNPACKED_LIMIT = 400 * 1024 * 1024  # bytes an archive may unpack to
RATIO_LIMIT = 200  # times its own size, once it unpacks to more than RATIO_FROM
RATIO_FROM = 20 * 1024 * 1024
ENTRIES_LIMIT = 10_000
_HEAD = 64 * 1024
_CHUNK = 256 * 1024

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"%PDF-", PDF),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypheix", "image/heic"),
    (4, b"ftyphevc", "image/heic"),
    (4, b"ftypmsf1", "image/heic"),
    (4, b"ftyp", "video/mp4"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"MZ", "application/x-msdownload"),
    (0, b"\x7fELF", "application/x-executable"),
)
_OFFICE = {
    "xl/workbook.xml": XLSX,
    "xl/workbook.bin": XLSX.replace("sheet", "sheet.binary"),
    "word/document.xml": DOCX,
    "ppt/presentation.xml": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
_ACTIVE = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(!doctype\s+html|html|head|body|script|iframe|svg)\b", re.IGNORECASE | re.DOTALL
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")


def of(path: Path) -> str:
    """The media type of a file. Refused `bad_archive`, `archive_too_large` for archives nobody should open."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        whole = not file.read(1)
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _archive(path)
    for offset, mark, kind in _SIGNATURES:
        if head[offset : offset + len(mark)] == mark and (kind != "image/webp" or head[:4] == b"RIFF"):
            return kind
    text = _text(head, whole=whole)
    return UNKNOWN if text is None else _written(text, whole=whole)


def _archive(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            _guard(archive, path.stat().st_size)
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 100:
                kind = archive.read("mimetype").decode("ascii", "replace")
                return kind if re.fullmatch(r"application/vnd\.oasis\.opendocument\.[a-z-]+", kind) else ZIP
    except (
        zipfile.BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        NotImplementedError,
        ValueError,
        RuntimeError,
    ) as error:
        raise Refused(
            "bad_archive", gettext_noop("Tệp nén bị hỏng hoặc được đặt mật khẩu, không đọc được.")
        ) from error
    if "[Content_Types].xml" in names:
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            return MACROS
        return next((kind for name, kind in _OFFICE.items() if name in names), ZIP)
    return ZIP


def _guard(archive: zipfile.ZipFile, packed: int) -> None:
    """Unpack to nowhere and count: what an archive says of its own size is not believed."""
    limit = max(RATIO_FROM, min(UNPACKED_LIMIT, packed * RATIO_LIMIT))
    entries = archive.infolist()
    if len(entries) > ENTRIES_LIMIT or sum(e.file_size for e in entries) > limit:
        raise _too_large()
    if _overlap(entries):
        raise _too_large()
    total = 0
    for entry in entries:
        with archive.open(entry) as content:
            while piece := content.read(_CHUNK):
                total += len(piece)
                if total > limit:
                    raise _too_large()


def _overlap(entries: list[zipfile.ZipInfo]) -> bool:
    """Whether entries share their packed bytes: so a small archive holds the same large content many times."""
    ends = 0
    for entry in sorted(entries, key=lambda e: e.header_offset):
        if entry.header_offset < ends:
            return True
        ends = entry.header_offset + 30 + len(entry.filename.encode("cp437", "replace")) + entry.compress_size
    return False


def _too_large() -> Refused:
    return Refused("archive_too_large", gettext_noop("Tệp nén bung ra quá lớn nên không được nhận."))


def _text(head: bytes, *, whole: bool) -> str | None:
    """The beginning as text, when it is text: UTF-8, UTF-16 with its mark, or a one-byte code without control bytes."""
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = head[: len(head) // 2 * 2].decode("utf-16", "replace")
    else:
        try:
            text = head.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            cut = not whole and error.start > len(head) - 4
            text = head[: error.start].decode("utf-8-sig") if cut else head.decode("cp1258", "replace")
    return None if _CONTROL.search(text) or text.count("\ufffd") > len(text) // 100 else text


def _written(text: str, *, whole: bool) -> str:
    if active := _ACTIVE.match(text[:4096]):
        return "image/svg+xml" if active[1].lower() == "svg" else "text/html"
    start = text.lstrip()[:6]
    if start.startswith("<?xml"):
        return "image/svg+xml" if "<svg" in text[:4096] else "application/xml"
    if start[:1] in ("{", "[") and (not whole or _is_json(text)):
        return "application/json"
    return CSV if _is_table(text) else PLAIN


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _is_table(text: str) -> bool:
    """Two rows or more of the same width, two columns or more."""
    for delimiter in (",", ";", "\t"):
        try:
            rows = [r for r in csv.reader(io.StringIO(text[:16_000]), delimiter=delimiter) if r][:20]
        except csv.Error:
            continue
        widths = {len(row) for row in (rows[:-1] if len(text) > 16_000 else rows)}
        if len(rows) > 1 and len(widths) == 1 and widths.pop() > 1:
            return True
    return False
