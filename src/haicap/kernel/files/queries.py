"""Questions to the store: a file, its bytes, and how it may be sent."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from uuid import UUID

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.kernel.files import blobs, inspection, names
from haicap.kernel.files.models import Stored
from haicap.kernel.files.states import Finding, Scan

log = logging.getLogger("haicap.files")

_SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "application/pdf"})
_ACTIVE = frozenset({"text/html", "image/svg+xml", "application/xml"})
_SANDBOX = "sandbox; default-src 'none'"
_VIEWER = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def stored(public_id: UUID) -> Stored:
    """The file of this id. Refused `not_found`."""
    row = Stored.objects.filter(public_id=public_id).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có tệp này, hoặc tệp đã bị xoá."))
    return row


def fit_for_dossiers(rows: Iterable[Stored]) -> None:
    """Whether all are papers an office can take, by what was found when they came. Refused `file_<finding>`, `infected`."""
    for row in rows:
        if row.scan == Scan.INFECTED:
            raise _infected()
        found = (
            Finding(row.finding)
            if row.finding
            else inspection.look(blobs.place_of(row.sha256), row.media_type)
        )
        inspection.documents_only(found)


def _infected() -> Refused:
    return Refused("infected", gettext_noop("Tệp này chứa mã độc nên không được mở."))


def open_stored(row: Stored) -> BinaryIO:
    """The bytes, for reading. Refused `infected`, `file_missing`."""
    if row.scan == Scan.INFECTED:
        raise _infected()
    try:
        return blobs.open_blob(row.sha256)
    except FileNotFoundError:
        log.error("bytes of a file are missing", extra={"file": str(row.public_id), "sha256": row.sha256})
        raise Refused(
            "file_missing", gettext_noop("Không đọc được tệp từ kho lưu trữ. Xin báo người vận hành.")
        ) from None


def chunks(row: Stored) -> Iterator[bytes]:
    """The bytes piece by piece, as a streamed answer wants them; the first piece is read when asked for."""
    with open_stored(row) as file:
        while piece := file.read(blobs.CHUNK):
            yield piece


def download_headers(row: Stored, *, inline: bool = False) -> dict[str, str]:
    """Headers to send a file with. It is saved, not shown, but for pictures and PDF when `inline` asks for it.

    The type is what was read from the content; what a browser could run is sent as bytes without meaning.
    """
    shown = inline and row.media_type in _SHOWN
    kind = "application/octet-stream" if row.media_type in _ACTIVE else row.media_type
    return {
        "Content-Type": kind,
        "Content-Length": str(row.size),
        "Content-Disposition": names.disposition(row.original_name, row.media_type, inline=shown),
        "X-Content-Type-Options": "nosniff",
        # Browsers refuse to draw a PDF inside a sandbox; their viewer is one already.
        "Content-Security-Policy": _VIEWER if shown and row.media_type == "application/pdf" else _SANDBOX,
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "private, no-store",
    }
