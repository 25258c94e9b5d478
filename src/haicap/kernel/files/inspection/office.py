"""Tệp văn phòng: DOCX, XLSX, ODT and ODS without macros, embedded programs, locks or content fetched from elsewhere.

`media.of` has unpacked the archive to nowhere before, within its limits; here the parts that steer a program are read.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from haicap.kernel.files.states import Finding

_ONE_PART = 64 * 1024 * 1024  # bytes read of one part
_BAD_NAME = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:|[\\\x00-\x1f]")
_MACRO_NAME = re.compile(r"vbaproject|vbadata|(^|/)(basic|scripts)/.+|macrosheets/|activex/", re.IGNORECASE)
_PROGRAM_NAME = re.compile(
    r"embeddings/.*\.(bin|exe|dll|js|vbs|bat|cmd|scr|ps1|hta|jar|docm|xlsm|pptm)$|\.(exe|dll|scr|hta|vbs|ps1|bat)$",
    re.IGNORECASE,
)
_TYPES = re.compile(rb"macroEnabled|ms-office\.vbaProject|ms-office\.activeX", re.IGNORECASE)
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>", re.IGNORECASE)
_OUTSIDE = re.compile(rb"TargetMode\s*=\s*[\"']External", re.IGNORECASE)
_HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_DDE = re.compile(rb"DDEAUTO|<(?:\w+:)?ddeLink\b|office:dde-source", re.IGNORECASE)
_LOCKED = re.compile(rb"encryption-data")
_EMBEDDED = re.compile(r"(^|/)embeddings/.", re.IGNORECASE)
_STEERING = (".xml", ".rels")


def look(path: Path) -> Finding:
    """FIT, MACROS, LINKED, LOCKED, TOO_LARGE_INSIDE or DAMAGED."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [entry.filename for entry in archive.infolist()]
            found = _by_names(names)
            if found is not Finding.FIT:
                return found
            return next(
                (f for name in names if (f := _by_part(archive, name)) is not Finding.FIT), Finding.FIT
            )
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError, RuntimeError):
        return Finding.DAMAGED


def _by_names(names: list[str]) -> Finding:
    if len(set(names)) != len(names) or any(_BAD_NAME.search(name) for name in names):
        return Finding.DAMAGED  # readers would disagree about what it holds
    if any(_MACRO_NAME.search(name) for name in names):
        return Finding.MACROS
    return Finding.LINKED if any(_PROGRAM_NAME.search(name) for name in names) else Finding.FIT


def _by_part(archive: zipfile.ZipFile, name: str) -> Finding:
    embedded = _EMBEDDED.search(name) is not None
    if not embedded and not name.lower().endswith(_STEERING):
        return Finding.FIT
    with archive.open(name) as part:
        content = part.read(_ONE_PART + 1)
    if len(content) > _ONE_PART:
        return Finding.TOO_LARGE_INSIDE
    if embedded and b"vbaProject" in content:
        return Finding.MACROS
    return _by_text(name, content)


def _by_text(name: str, content: bytes) -> Finding:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):  # UTF-16: read as a careful program would
        content = content.decode("utf-16", "replace").encode()
    if _ENTITY.search(content[:65_536]):
        return Finding.LINKED
    if name == "[Content_Types].xml" and _TYPES.search(content):
        return Finding.MACROS
    if name == "META-INF/manifest.xml" and _LOCKED.search(content):
        return Finding.LOCKED
    if name.endswith(".rels") and any(
        _OUTSIDE.search(r) and not _HYPERLINK.search(r) for r in _RELATION.findall(content)
    ):
        return Finding.LINKED
    return Finding.LINKED if _DDE.search(content) else Finding.FIT
