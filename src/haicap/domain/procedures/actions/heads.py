"""Đầu danh mục và dòng sổ: locking the head, recording on a row's stream."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from haicap.domain.procedures.models import CatalogueHead, LocalInstance, ProcedureVersion
from haicap.kernel.ledger.actions import record
from haicap.kernel.ledger.chain import Head
from haicap.kernel.ledger.kinds import Kind

STREAM = "procedures.catalogue:1"


def lock_head() -> CatalogueHead:
    """The head of the catalogue, locked: what readers see changes one after another."""
    CatalogueHead.objects.bulk_create([CatalogueHead(id=1)], ignore_conflicts=True)
    return CatalogueHead.objects.select_for_update().get(id=1)


def changed(head: CatalogueHead) -> None:
    """Let readers know that there is something new to read."""
    head.generation += 1
    head.save(update_fields=["generation"])


def record_on_head(
    head: CatalogueHead, kind: Kind, *, at: datetime, actor: str, data: Mapping[str, object]
) -> None:
    """Record on the stream of the catalogue."""
    end = record(
        stream=STREAM, head=Head(head.version, bytes(head.head)), kind=kind, at=at, actor=actor, data=data
    )
    head.version, head.head = end.version, end.hash
    head.save(update_fields=["version", "head"])


def record_on(
    row: ProcedureVersion | LocalInstance,
    kind: Kind,
    *,
    at: datetime,
    actor: str,
    data: Mapping[str, object],
) -> None:
    """Record on the stream of a version or instance, and write its row."""
    end = record(
        stream=row.stream, head=Head(row.version, bytes(row.head)), kind=kind, at=at, actor=actor, data=data
    )
    row.version, row.head = end.version, end.hash
    row.save()
