"""What the worker does for the files: scan, let go what has expired, sweep, and look whether bytes still are what they were."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import ProtectedError, Q

from haicap.base.dates import today
from haicap.kernel.files import actions, blobs
from haicap.kernel.files.models import Stored
from haicap.kernel.files.scanning import Verdict, scanner
from haicap.kernel.files.states import Scan

log = logging.getLogger("haicap.files")

SYSTEM = "system"
SCAN_AGAIN = timedelta(minutes=10)
_BATCH = 50
_STRAY = timedelta(hours=1)  # bytes are put in place a moment before their row is committed
_PARTIAL = timedelta(hours=12)


def scan_new(at: datetime) -> int:
    """Scan files nobody looked at yet, and failed ones again after ten minutes; how many."""
    wired = scanner()
    if wired is None:
        return 0
    due = Q(scan=Scan.NOT_SCANNED.value) | Q(scan=Scan.FAILED.value, scanned_at__lt=at - SCAN_AGAIN)
    rows = list(Stored.objects.filter(due).order_by("id")[:_BATCH])
    for row in rows:
        try:
            with blobs.open_blob(row.sha256) as content:
                verdict = wired.scan(content)
        except FileNotFoundError:
            log.error("bytes of a file are missing", extra={"file": str(row.public_id)})
            verdict = Verdict(Scan.FAILED, "bytes are missing")
        if verdict.scan is Scan.INFECTED:
            log.warning(
                "an infected file was found", extra={"file": str(row.public_id), "note": verdict.note}
            )
        actions.note_scan(file=row.public_id, verdict=verdict, scanner=wired.name, actor=SYSTEM, at=at)
    return len(rows)


def expire(at: datetime) -> int:
    """Let go the files whose day has come; how many."""
    day = today(at)
    due = Stored.objects.filter(expires_on__lte=day).filter(
        Q(retain_until__isnull=True) | Q(retain_until__lte=day)
    )
    ids = list(due.order_by("id").values_list("public_id", flat=True)[:1000])
    gone = 0
    for public_id in ids:
        try:
            actions.forget(file=public_id, actor=SYSTEM, at=at)
            gone += 1
        except ProtectedError:  # something took it without `keep`: it stays, and the others go all the same
            log.error("a file whose day has come is still held", extra={"file": str(public_id)})
    return gone


def sweep(at: datetime) -> int:
    """Remove what a killed process left: half uploads, and bytes whose row was never committed; how many."""
    found = blobs.drop_partial(at, _PARTIAL)
    for sha256 in blobs.older_than(at, _STRAY):
        if not Stored.objects.filter(sha256=sha256).exists():
            found += actions.drop_unused(sha256)
    return found


@dataclass(slots=True)
class Audit:
    """What a re-hashing found: ids of files whose bytes are gone, and of those whose bytes are not what they were."""

    checked: int = 0
    missing: list[str] = field(default_factory=list)
    altered: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether all bytes are what they were."""
        return not self.missing and not self.altered


def verify() -> Audit:
    """Hash every file again."""
    audit = Audit()
    for sha256 in Stored.objects.order_by("sha256").values_list("sha256", flat=True).distinct().iterator():
        audit.checked += 1
        now = blobs.hash_of(sha256)
        if now == sha256:
            continue
        ids = Stored.objects.filter(sha256=sha256).values_list("public_id", flat=True)
        (audit.altered if now else audit.missing).extend(str(i) for i in ids)
    return audit


def verify_and_tell(at: datetime) -> None:
    """Hash every file again and log what is wrong. RuntimeError then, so that the errand shows as failed."""
    audit = verify()
    if not audit.sound:
        log.error("files were altered or lost", extra={"missing": audit.missing, "altered": audit.altered})
        raise RuntimeError(f"{len(audit.missing)} files missing, {len(audit.altered)} altered")
