"""Dòng sổ của một bảng: recording on the stream a row carries, and the one head that readers of a register ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from django.db.models import Model

from haicap.base.refused import Refused
from haicap.kernel.ledger.actions.recording import STALE, record
from haicap.kernel.ledger.chain import Head
from haicap.kernel.ledger.kinds import Kind


class Streamed(Protocol):
    """A row with a stream of its own: `version` events so far, `head` the hash of the last."""

    version: Any
    head: Any

    @property
    def stream(self) -> str: ...

    def save(self, *, update_fields: Sequence[str] | None = None) -> None: ...


class Counted(Protocol):
    """The head of a register: `generation` grows with every change readers could see."""

    generation: Any

    def save(self, *, update_fields: Sequence[str] | None = None) -> None: ...


H = TypeVar("H", bound=Model)


def lock_head(model: type[H]) -> H:
    """The one row of a head, made if need be, locked: what its readers see changes one act after another."""
    rows = model._default_manager
    rows.bulk_create([model(pk=1)], ignore_conflicts=True)
    return rows.select_for_update().get(pk=1)


def changed(head: Counted) -> None:
    """Let readers know that there is something new to read."""
    head.generation += 1
    head.save(update_fields=["generation"])


def record_on(
    row: Streamed,
    kind: Kind,
    *,
    at: datetime,
    actor: str,
    data: Mapping[str, object],
    fields: Sequence[str] | None = None,
) -> None:
    """Record on the stream of a row, and write it: all of it, or besides version and head only `fields`."""
    end = record(
        stream=row.stream, head=Head(row.version, bytes(row.head)), kind=kind, at=at, actor=actor, data=data
    )
    row.version, row.head = end.version, end.hash
    row.save(update_fields=None if fields is None else ["version", "head", *fields])


def check_seen(row: Streamed, seen: int) -> None:
    """Refused `stale` when the page showed another version."""
    if row.version != seen:
        raise Refused("stale", STALE)
