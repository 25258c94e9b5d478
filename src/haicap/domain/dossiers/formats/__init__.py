"""Định dạng trao đổi: a dossier as the national portal takes it, and as a bundle that stands alone. Pure."""

from haicap.domain.dossiers.formats.bundle import Entry, safe_name, written
from haicap.domain.dossiers.formats.sync import (
    SyncCharge,
    SyncDossier,
    SyncFile,
    SyncPaper,
    SyncProgress,
    SyncResult,
    SyncSupplement,
)

__all__ = [
    "Entry",
    "SyncCharge",
    "SyncDossier",
    "SyncFile",
    "SyncPaper",
    "SyncProgress",
    "SyncResult",
    "SyncSupplement",
    "safe_name",
    "written",
]
