"""Cất tệp: an upload taken in by the store, whole or not at all; its opaque id."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile

from haicap.kernel.files import actions, blobs
from haicap.web.desk.gate import Officer

ACCEPTED = frozenset({"application/pdf", "image/png", "image/jpeg", "image/webp"})


def store(upload: UploadedFile[Any], officer: Officer) -> UUID:
    """Keep one scanned paper: PDF or a picture. Refused as `blobs.receive`."""
    with blobs.receive(upload.chunks(), accept=ACCEPTED, documents=True) as intake:
        kept = actions.store(intake=intake, name=upload.name or "", actor=officer.actor, at=officer.at)
    found: UUID = kept.public_id
    return found
