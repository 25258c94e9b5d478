"""Theo lịch: dossiers that show another instant than the clock a recompute moved."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from haicap.domain.deadlines.models import Recompute

BEHIND = """
FROM deadlines_clockdate c
JOIN deadlines_clock k ON k.stream = c.stream AND k.n = c.n
JOIN dossiers_dossier d ON d.public_id = substr(c.stream, 9)::uuid AND d.clock = c.n
WHERE c.calendar_version = %s AND c.stream LIKE 'dossier:%%' AND d.due_at IS DISTINCT FROM k.due_at
  AND d.state IN (2, 4, 5, 6)
"""


def behind(generation: int) -> bool:
    """Whether a dossier still shows another instant than its clock: somebody held it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 {BEHIND} LIMIT 1", [generation])
        return cursor.fetchone() is not None


def lately_recomputed(at: datetime) -> list[int]:
    """Versions of the calendar that clocks began to follow within a week before `at`, oldest first."""
    found = Recompute.objects.filter(finished_at__gt=at - timedelta(days=7)).order_by("generation")
    return list(found.values_list("generation", flat=True))
