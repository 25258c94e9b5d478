"""Theo lịch: after a recompute the copies of due instants follow; dossiers' versions and promises do not move."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from haicap.domain.dossiers import events
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.actions import action, record

STREAM = "dossiers.calendar:all"
_FOLLOW = """
UPDATE dossiers_dossier d
SET due_at = c.new_due, promised_at = coalesce(d.promised_at, c.new_due),
    alarm = CASE WHEN c.new_due IS NULL THEN 'no_calendar' ELSE '' END
FROM deadlines_clockdate c
WHERE c.calendar_version = %s AND c.stream LIKE 'dossier:%%' AND d.public_id = substr(c.stream, 9)::uuid
  AND d.clock = c.n AND d.due_at IS DISTINCT FROM c.new_due AND d.state IN (2, 4, 5, 6)
"""


@action
def follow_calendar(*, generation: int, actor: str, at: datetime) -> int:
    """Copy the due instants that a version of the calendar moved; how many. Safe to be done again."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW, [generation])
        moved = int(cursor.rowcount)
    record(
        stream=STREAM, head=ledger.head_of(STREAM), kind=events.RECKONED_ANEW, at=at, actor=actor,
        data={"generation": generation, "moved": moved},
    )  # fmt: skip
    return moved
