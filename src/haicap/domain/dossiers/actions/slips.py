"""Phiếu: what a form says is frozen when its verb happens; the paper is typeset from it whenever it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from haicap.base.dates import today
from haicap.base.ids import uuid7
from haicap.domain.dossiers import queries
from haicap.domain.dossiers.actions import rows
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.queries.pinned import Pinned

FORM_SET = "tt03-2025"


def made(
    row: Taken,
    form: str,
    found: Pinned,
    *,
    actor: str,
    at: datetime,
    number: int,
    due_at: datetime | None = None,
    extra: Mapping[str, Any] | None = None,
) -> tuple[Any, ...]:
    """The values of a slip row, to be written with the dossier's: form 01–05 as of this instant.

    number  of the event the slip belongs to; a dossier has one slip an event at most
    """
    on = today(at)
    centre = queries.office(row.received_at_organ_id, on)
    organ = queries.office(row.organ_id, on)
    due = due_at or row.due_at
    data: dict[str, Any] = {
        "code": row.code,
        "procedure": found.name,
        "procedure_code": found.code,
        "agency": centre.name if centre else organ.name if organ else row.competent_name,
        "competent": organ.name if organ else row.competent_name,
        "applicant": row.applicant_name,
        "applicant_number": row.applicant_number,
        "phone": row.applicant_phone,
        "email": row.applicant_email,
        "address": row.applicant_address,
        "proxy": row.proxy,
        "channel": row.channel,
        "result_method": row.result_method,
        "filed_at": row.filed_at.isoformat(),
        "received_at": (row.received_at or at).isoformat(),
        "due_at": due.isoformat() if due else "",
        "promised_at": (row.promised_at or due).isoformat() if (row.promised_at or due) else "",  # type: ignore[union-attr]
        "alarm": row.alarm,
        "at": at.isoformat(),
        "officer": actor,
        **(extra or {}),
    }
    return (uuid7(), row.id, form, FORM_SET, number, rows.as_json(data), at, actor)
