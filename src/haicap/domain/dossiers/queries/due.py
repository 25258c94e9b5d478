"""Sắp đến hẹn: open dossiers by when they are due, with the officer they lie with. No personal text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from haicap.domain.dossiers.models import Dossier
from haicap.domain.dossiers.queries.pinned import pinned
from haicap.domain.dossiers.states import State


@dataclass(frozen=True, slots=True)
class Due:
    """A dossier in hand: who it lies with (opaque id), when it is due."""

    assignee: str
    code: str
    procedure: str
    due_at: datetime


def due_before(limit: datetime) -> list[Due]:
    """Dossiers in hand (states 2 and 4, their clock runs) that lie with somebody and are due before `limit`, first due first.

    One statement; procedure names come from memory.
    """
    found = Dossier.objects.filter(state__in=[State.RECEIVED, State.PROCESSING], due_at__lt=limit).exclude(
        assignee=""
    )
    rows = found.order_by("due_at", "id").values_list(
        "assignee", "code", "due_at", "procedure_version_id", "instance_id", "procedure_code"
    )
    return [
        Due(assignee, code, pinned(version, instance, procedure).name, due_at)
        for assignee, code, due_at, version, instance, procedure in rows.iterator(2000)
        if due_at is not None
    ]
