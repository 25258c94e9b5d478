"""Verbs on files: to keep, to judge, to keep longer, to let go."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from haicap.base.dates import show_date, today
from haicap.base.ids import uuid7
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.kernel.files import blobs, events, names
from haicap.kernel.files.blobs import Intake
from haicap.kernel.files.models import Stored
from haicap.kernel.files.scanning import Verdict
from haicap.kernel.ledger.actions import action, record
from haicap.kernel.ledger.kinds import Kind

_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"
_MISSING = gettext_noop("Không có tệp này, hoặc tệp đã bị xoá.")


@action
def store(
    *,
    intake: Intake,
    name: str,
    actor: str,
    at: datetime,
    retain_until: date | None = None,
    expires_on: date | None = None,
) -> Stored:
    """Lưu tệp: inside `blobs.receive(…)`. Row and event first, the bytes last: a full disk leaves neither.

    name          what the sender called it; data only
    retain_until  it cannot be let go before this day; expires_on: the worker lets it go from this day on
    """
    row = Stored(
        public_id=uuid7(),
        sha256=intake.sha256,
        size=intake.size,
        media_type=intake.media_type,
        finding=intake.finding,
        original_name=names.kept(name),
        uploaded_by=actor,
        at=at,
        retain_until=retain_until,
        expires_on=expires_on,
    )
    _lock(intake.sha256)
    Stored.objects.bulk_create([row])
    facts = {
        "sha256": intake.sha256,
        "size": intake.size,
        "media_type": intake.media_type,
        "finding": intake.finding.value,
    }
    days = {"retain_until": str(retain_until or ""), "expires_on": str(expires_on or "")}
    _note(row, events.STORED, actor=actor, at=at, data={**facts, **days})
    blobs.put(intake)
    return row


@action
def note_scan(*, file: UUID, verdict: Verdict, scanner: str, actor: str, at: datetime) -> Stored:
    """Ghi kết quả quét. An infected file is kept for inspection and given to nobody."""
    row = _take(file)
    facts = {"scan": verdict.scan.value, "scanner": scanner}
    changes = {"scan": verdict.scan.value, "scan_note": verdict.note, "scanned_at": at}
    return _note(row, events.SCANNED, actor=actor, at=at, data=facts, **changes)


@action
def retain(*, file: UUID, until: date, actor: str, at: datetime) -> Stored:
    """Giữ lâu hơn: the day before which it cannot go; only later ones. Refused `retained_longer`."""
    row = _take(file)
    if row.retain_until and until < row.retain_until:
        raise Refused(
            "retained_longer",
            gettext_noop("Tệp này đã phải giữ đến %(day)s; không thể rút ngắn."),
            params={"day": show_date(row.retain_until)},
        )
    expires = max(row.expires_on, until) if row.expires_on else None
    facts = {"retain_until": str(until)}
    return _note(row, events.RETAINED, actor=actor, at=at, data=facts, retain_until=until, expires_on=expires)


@action
def keep(*, files: Collection[UUID], actor: str, at: datetime) -> int:
    """Giữ tệp: those that would go by themselves stay from now on, as something holds them; how many were such.

    Inside the verb of whatever holds them. Let go again with `forget`.
    """
    rows = Stored.objects.select_for_update().filter(public_id__in=files, expires_on__isnull=False)
    kept = list(rows.order_by("pk"))
    for row in kept:
        _note(row, events.KEPT, actor=actor, at=at, data={"expires_on": str(row.expires_on)}, expires_on=None)
    return len(kept)


@action
def forget(*, file: UUID, actor: str, at: datetime) -> None:
    """Xoá tệp: row and name go; the bytes too when no other file is equal. Refused `retained` before its day."""
    row = _take(file)
    if row.retain_until and today(at) < row.retain_until:
        raise Refused(
            "retained",
            gettext_noop("Tệp này phải giữ đến %(day)s, chưa được xoá."),
            params={"day": show_date(row.retain_until)},
        )
    _note(row, events.FORGOTTEN, actor=actor, at=at, data={"sha256": row.sha256})
    Stored.objects.filter(pk=row.pk).delete()
    transaction.on_commit(lambda: drop_unused(row.sha256))


def drop_unused(sha256: str) -> bool:
    """Remove bytes that no row names; whether they were removed. Waits for whoever stores equal bytes just now."""
    with transaction.atomic():
        _lock(sha256)
        if Stored.objects.filter(sha256=sha256).exists():
            return False
        blobs.remove(sha256)
    return True


def _take(public_id: UUID) -> Stored:
    row = Stored.objects.select_for_update().filter(public_id=public_id).first()
    if row is None:
        raise Refused("not_found", _MISSING)
    return row


def _lock(sha256: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"files:{sha256}"])


def _note(
    row: Stored, kind: Kind, *, actor: str, at: datetime, data: Mapping[str, object], **changes: Any
) -> Stored:
    head = record(stream=row.stream, head=row.ledger_head, kind=kind, at=at, actor=actor, data=data)
    values = {**changes, "version": head.version, "head": head.hash}
    Stored.objects.filter(pk=row.pk).update(**values)
    for name, value in values.items():
        setattr(row, name, value)
    return row
