"""Dòng của danh sách: what lists show of a dossier. Personal text only where the scope has it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

COLUMNS = (
    "d.id, d.code, d.procedure_code, d.procedure_version_id, d.instance_id, d.state, d.step, d.channel, u.uid, "
    "d.received_at_organ_id, d.organ_id, d.assignee, d.applicant_name, d.applicant_phone, d.filed_at, d.received_at, d.due_at, "
    "d.decided_at, d.finished_at, d.ended_at, d.outcome, d.alarm, d.supplements, d.papers_at_id, d.version"
)
JOINED = "JOIN units_unit u ON u.id = d.unit_id"


@dataclass(frozen=True, slots=True)
class Item:
    """Một dòng. `applicant` and `phone` are empty where the list shows no personal text."""

    pk: int
    code: str
    procedure_code: str
    procedure_version: int
    instance: int | None
    state: int
    step: int
    channel: int
    unit: str  # uid
    received_at_organ: int | None
    organ: int | None
    assignee: str
    applicant: str
    phone: str
    filed_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    decided_at: datetime | None
    finished_at: datetime | None
    ended_at: datetime | None
    outcome: str
    alarm: str
    supplements: int
    papers_at: int | None
    version: int


def read_items(rows: Iterable[Sequence[Any]], *, personal: bool) -> list[Item]:
    """Rows of COLUMNS as items."""
    found = []
    for row in rows:
        values = list(row)
        if not personal:
            values[12] = values[13] = ""
        found.append(Item(*values))
    return found
