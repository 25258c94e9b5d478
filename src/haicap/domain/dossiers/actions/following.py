"""Theo lịch: after a recompute the copies of due instants follow; dossiers' versions and promises do not move."""

from __future__ import annotations

from datetime import datetime

from django.db import connection

from haicap.domain.dossiers import events
from haicap.domain.dossiers.queries.following import BEHIND
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.actions import action, record

STREAM = "dossiers.calendar:all"
AT_ONCE = 5_000  # dossiers that wait for each other at most
# Whoever works on a dossier just now goes first: this never waits for them, so that none of the two waits for ever.
_LOCK = f"SELECT d.id {BEHIND} ORDER BY d.id LIMIT %s FOR UPDATE OF d SKIP LOCKED"
# What the clock says now, not what the recompute wrote: it may have been paused or resumed since.
_FOLLOW = """
UPDATE dossiers_dossier d
SET due_at = k.due_at, alarm = k.alarm,
    promised_at = coalesce(d.promised_at, CASE WHEN k.state = 'running' THEN k.due_at END)
FROM deadlines_clock k
WHERE d.id = ANY(%s) AND k.stream = 'dossier:' || d.public_id AND k.n = d.clock
"""


@action
def follow_calendar(*, generation: int, actor: str, at: datetime) -> int:
    """Copy the due instants of clocks that a version of the calendar moved; how many. Again as long as any is `queries.behind`."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [generation, AT_ONCE])
        ids = [row[0] for row in cursor.fetchall()]
        cursor.execute(_FOLLOW, [ids])
        moved = int(cursor.rowcount)
    record(
        stream=STREAM, head=ledger.head_of(STREAM), kind=events.RECKONED_ANEW, at=at, actor=actor,
        data={"generation": generation, "moved": moved},
    )  # fmt: skip
    return moved
