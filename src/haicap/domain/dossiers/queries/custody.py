"""Trên đường: hand-overs nobody has confirmed yet, by the organs on either side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from haicap.domain.dossiers.models import Handover

MOST = 500


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """One dossier on its way: code, who filed it, which version of which procedure, from where to where."""

    code: str
    applicant: str
    procedure_code: str
    procedure_version: int
    sheet: UUID
    n: int
    origin: int | None
    to: int
    papers: bool
    sent_by: str
    sent_at: datetime
    due_at: datetime | None
    note: str


_FIELDS = (
    "dossier__code", "dossier__applicant_name", "dossier__procedure_code", "dossier__procedure_version_id", "sheet", "n",
    "from_organ_id", "to_organ_id", "papers", "sent_by", "sent_at", "dossier__due_at", "note",
)  # fmt: skip


def arriving(organs: Sequence[int]) -> list[OnTheWay]:
    """What is on its way to these organs, oldest first. One statement over an index of what is open."""
    rows = Handover.objects.filter(to_organ_id__in=list(organs), taken_at__isnull=True)
    return [OnTheWay(*row) for row in rows.order_by("sent_at", "pk").values_list(*_FIELDS)[:MOST]]


def on_sheet(sheet: UUID) -> list[OnTheWay]:
    """The dossiers of one sheet, by code; who may see it is for the caller (`from`, `to`)."""
    return [
        OnTheWay(*row)
        for row in Handover.objects.filter(sheet=sheet).order_by("dossier__code").values_list(*_FIELDS)
    ]
