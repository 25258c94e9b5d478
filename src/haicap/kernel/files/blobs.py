"""Kho tệp: bytes on disk under their SHA-256, two levels of folders, written whole or not at all.

Technical layer: rows and rules are in `actions`. A path is made of the hash alone.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import re
import tempfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BufferedReader
from pathlib import Path

from django.conf import settings

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.kernel.files import inspection, media
from haicap.kernel.files.states import Finding

CHUNK = 256 * 1024
_PARTIAL = "incoming"
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Intake:
    """A file taken in and judged, not yet stored: gone at the end of its `receive` block unless it was stored."""

    path: Path
    sha256: str
    size: int
    media_type: str
    finding: Finding


def root() -> Path:
    """The folder of the store."""
    return Path(settings.FILES_ROOT)


def place_of(sha256: str) -> Path:
    """Where the bytes of this hash lie."""
    if not _HASH.fullmatch(sha256):
        raise ValueError("not a SHA-256")
    return root() / sha256[:2] / sha256[2:4] / sha256


@contextlib.contextmanager
def receive(
    chunks: Iterable[bytes],
    *,
    limit: int | None = None,
    accept: Collection[str] | None = None,
    documents: bool = False,
) -> Iterator[Intake]:
    """Take in `chunks`, hashing while writing; inside the block `actions.store` may keep the file.

    limit     most bytes (settings.UPLOAD_LIMIT by default)
    accept    media types that are welcome; None for any
    documents only papers an office can take (`inspection.documents_only`): what dossiers are made of
    Refused `file_too_large`, `empty_file`, `type_not_accepted`, `bad_archive`, `archive_too_large`, `storage_full`,
    `file_<finding>`.
    """
    folder = root() / _PARTIAL
    with _room():
        _make(folder)
        handle, name = tempfile.mkstemp(dir=folder)
    path = Path(name)
    try:
        sha256, size = _write(handle, chunks, settings.UPLOAD_LIMIT if limit is None else limit)
        kind = media.of(path)
        if accept is not None and kind not in accept:
            raise Refused(
                "type_not_accepted",
                gettext_noop(
                    "Tệp này có nội dung kiểu %(kind)s, không thuộc các kiểu được nhận: %(accepted)s."
                ),
                params={"kind": kind, "accepted": ", ".join(sorted(accept))},
            )
        finding = inspection.look(path, kind)
        if documents:
            inspection.documents_only(finding)
        yield Intake(path, sha256, size, kind, finding)
    finally:
        path.unlink(missing_ok=True)


def _write(handle: int, chunks: Iterable[bytes], limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with _room(), os.fdopen(handle, "wb") as file:
        for chunk in chunks:
            size += len(chunk)
            if size > limit:
                raise _too_large(limit)
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if not size:
        raise Refused("empty_file", gettext_noop("Tệp rỗng, không có nội dung."))
    return digest.hexdigest(), size


@contextlib.contextmanager
def _room() -> Iterator[None]:
    """Says a full disk in words."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
            raise Refused(
                "storage_full",
                gettext_noop("Kho lưu trữ đã đầy, tệp chưa được nhận. Xin báo người vận hành."),
            ) from error
        raise


def _too_large(limit: int) -> Refused:
    return Refused(
        "file_too_large",
        gettext_noop("Tệp lớn hơn mức cho phép là %(megabytes)s MB."),
        params={"megabytes": max(1, limit // (1024 * 1024))},
    )


def put(intake: Intake) -> None:
    """Move the bytes to their place, durably; nothing to do when they lie there already."""
    place = place_of(intake.sha256)
    if place.exists() and place.stat().st_size == intake.size:
        return
    with _room():
        _make(place.parent)
        intake.path.replace(place)
        for folder in (place.parent, place.parent.parent, root()):
            _sync(folder)


def open_blob(sha256: str) -> BufferedReader:
    """The bytes, for reading. FileNotFoundError when the store lost them."""
    return place_of(sha256).open("rb")


def remove(sha256: str) -> None:
    """Remove the bytes; nothing to do when they are gone."""
    place_of(sha256).unlink(missing_ok=True)


def hash_of(sha256: str) -> str:
    """The hash of what lies there now; empty when nothing does."""
    try:
        with open_blob(sha256) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def older_than(at: datetime, age: timedelta) -> Iterator[str]:
    """Hashes of all bytes in the store that were put there more than `age` before `at`."""
    for place in root().glob("??/??/*"):
        if _HASH.fullmatch(place.name) and _is_old(place, at, age):
            yield place.name


def drop_partial(at: datetime, age: timedelta) -> int:
    """Remove uploads that a killed process left half finished; how many."""
    old = [path for path in (root() / _PARTIAL).glob("*") if _is_old(path, at, age)]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _is_old(path: Path, at: datetime, age: timedelta) -> bool:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC) < at - age
    except FileNotFoundError:
        return False


def _make(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
