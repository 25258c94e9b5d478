"""Đầu sổ văn bản và dòng sổ: locking the head, recording on a row's stream."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from haicap.base.refused import Refused
from haicap.domain.law.models import Document, LawHead, Owed, Problem
from haicap.kernel.ledger.actions import record
from haicap.kernel.ledger.actions.recording import STALE
from haicap.kernel.ledger.chain import Head
from haicap.kernel.ledger.kinds import Kind

STREAM = "law.register:1"


def lock_head() -> LawHead:
    """The head of the register, locked: what is in force changes one act after another."""
    LawHead.objects.bulk_create([LawHead(id=1)], ignore_conflicts=True)
    return LawHead.objects.select_for_update().get(id=1)


def changed(head: LawHead) -> None:
    """Let readers know that there is something new to read."""
    head.generation += 1
    head.save(update_fields=["generation"])


def record_on_head(
    head: LawHead, kind: Kind, *, at: datetime, actor: str, data: Mapping[str, object]
) -> None:
    """Record on the stream of the register."""
    end = record(
        stream=STREAM, head=Head(head.version, bytes(head.head)), kind=kind, at=at, actor=actor, data=data
    )
    head.version, head.head = end.version, end.hash
    head.save(update_fields=["version", "head"])


def record_on(
    row: Document | Owed | Problem, kind: Kind, *, at: datetime, actor: str, data: Mapping[str, object]
) -> None:
    """Record on the stream of a row, and write it."""
    end = record(
        stream=row.stream, head=Head(row.version, bytes(row.head)), kind=kind, at=at, actor=actor, data=data
    )
    row.version, row.head = end.version, end.hash
    row.save()


def check_seen(row: Document | Owed | Problem, seen: int) -> None:
    """Refused `stale` when the page showed another version."""
    if row.version != seen:
        raise Refused("stale", STALE)
