"""Đầu sổ thẩm quyền và dòng sổ: locking the head, recording on it or on a row's stream."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from haicap.base.refused import Refused
from haicap.domain.powers.models import Case, Power, PowersHead, SurveyAnswer
from haicap.kernel.ledger.actions import record
from haicap.kernel.ledger.actions.recording import STALE
from haicap.kernel.ledger.chain import Head
from haicap.kernel.ledger.kinds import Kind

STREAM = "powers.register:1"


def lock_head() -> PowersHead:
    """The head of the register, locked: who holds what changes one act after another."""
    PowersHead.objects.bulk_create([PowersHead(id=1)], ignore_conflicts=True)
    return PowersHead.objects.select_for_update().get(id=1)


def changed(head: PowersHead) -> None:
    """Let readers know that there is something new to read."""
    head.generation += 1
    head.save(update_fields=["generation"])


def record_on_head(
    head: PowersHead, kind: Kind, *, at: datetime, actor: str, data: Mapping[str, object]
) -> None:
    """Record on the stream of the register."""
    end = record(
        stream=STREAM, head=Head(head.version, bytes(head.head)), kind=kind, at=at, actor=actor, data=data
    )
    head.version, head.head = end.version, end.hash
    head.save(update_fields=["version", "head"])


def record_on(
    row: Power | Case | SurveyAnswer, kind: Kind, *, at: datetime, actor: str, data: Mapping[str, object]
) -> None:
    """Record on the stream of a row, and write it."""
    end = record(
        stream=row.stream, head=Head(row.version, bytes(row.head)), kind=kind, at=at, actor=actor, data=data
    )
    row.version, row.head = end.version, end.hash
    row.save()


def check_seen(row: Power | Case | SurveyAnswer, seen: int) -> None:
    """Refused `stale` when the page showed another version."""
    if row.version != seen:
        raise Refused("stale", STALE)
