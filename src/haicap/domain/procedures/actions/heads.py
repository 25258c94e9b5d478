"""Đầu danh mục: what readers of the catalogue see changes one act after another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from haicap.domain.procedures.models import CatalogueHead
from haicap.kernel.ledger.actions import rows
from haicap.kernel.ledger.actions.rows import changed, record_on
from haicap.kernel.ledger.kinds import Kind

__all__ = ["changed", "lock_head", "record_on", "record_on_head"]


def lock_head() -> CatalogueHead:
    """The head of the catalogue, locked."""
    return rows.lock_head(CatalogueHead)


def record_on_head(
    head: CatalogueHead, kind: Kind, *, at: datetime, actor: str, data: Mapping[str, object]
) -> None:
    """Record on the stream of the catalogue."""
    record_on(head, kind, at=at, actor=actor, data=data, fields=())
