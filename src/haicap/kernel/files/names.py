"""Tên tệp: what may be shown and sent of a name somebody chose. Pure."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from haicap.base.text import nfc

LONGEST = 120
_FALLBACK = "tep"
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(con|conin\$|conout\$|clock\$|prn|aux|nul|com\d|lpt\d)\s*(\.|$)", re.IGNORECASE)
_EXTENSIONS: dict[str, tuple[str, ...]] = {
    "application/pdf": (".pdf",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
    "image/gif": (".gif",),
    "image/webp": (".webp",),
    "image/tiff": (".tif", ".tiff"),
    "image/heic": (".heic", ".heif"),
    "text/plain": (".txt", ".csv", ".log", ".md"),
    "text/csv": (".csv", ".txt", ".tsv"),
    "application/json": (".json", ".geojson"),
    "application/xml": (".xml",),
    "application/zip": (".zip",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": (".pptx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/vnd.oasis.opendocument.spreadsheet": (".ods",),
    "application/x-ole-storage": (".doc", ".xls", ".ppt", ".msg"),
    "audio/mpeg": (".mp3",),
    "video/mp4": (".mp4", ".m4a", ".m4v"),
}


def kept(name: str) -> str:
    """The name as it is kept: the last part of any path, NFC, nothing that steers a terminal, a page or a system."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name[:4000]))[-1]
    plain = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"})
    clean = nfc(_FORBIDDEN.sub("_", plain)).strip(". ")
    if _DEVICES.match(clean):
        clean = f"_{clean}"
    stem, dot, extension = clean.rpartition(".")
    if dot and 0 < len(extension) <= 10:
        return (
            (stem[: LONGEST - len(extension) - 1] + dot + extension) if stem else f"{_FALLBACK}.{extension}"
        )
    return clean[:LONGEST] or _FALLBACK


def sent(name: str, media_type: str) -> str:
    """The name a download gets: with an ending that tells the truth about its content."""
    endings = _EXTENSIONS.get(media_type, (".bin",))
    clean = kept(name)
    return clean if clean.lower().endswith(endings) else clean + endings[0]


def disposition(name: str, media_type: str, *, inline: bool) -> str:
    """Content-Disposition with a plain and a UTF-8 name (RFC 6266, RFC 8187)."""
    full = sent(name, media_type)
    bare = unicodedata.normalize("NFD", full.replace("đ", "d").replace("Đ", "D"))
    plain = re.sub(r"[^A-Za-z0-9._ -]", "_", "".join(c for c in bare if not unicodedata.combining(c)))
    return f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(full, safe='')}"
