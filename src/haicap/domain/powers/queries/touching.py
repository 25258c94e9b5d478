"""Phát hiện chạm đến một câu hỏi: findings in memory, so that who holds a power is told with them at no statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from datetime import date

from django.db import connection

from haicap.base.kept import Kept
from haicap.domain.powers.conditions import parse
from haicap.domain.powers.models import Case
from haicap.domain.powers.queries.findings import cases
from haicap.domain.powers.queries.holding import CaseValues
from haicap.domain.powers.states import Role

# Every check counts up the head, every decision its case.
_STATE = """
SELECT coalesce((SELECT version FROM powers_powershead), 0), coalesce((SELECT sum(version) FROM powers_case), 0)
"""


def _state() -> Hashable:
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        found: tuple[int, ...] = cursor.fetchone()
    return tuple(map(int, found))


def _read(_: Hashable) -> Mapping[tuple[str, str], Sequence[Case]]:
    found: dict[tuple[str, str], list[Case]] = defaultdict(list)
    for row in cases():
        found[row.power.code, row.role].append(row)
    return dict(found)


known_cases: Kept[Mapping[tuple[str, str], Sequence[Case]]] = Kept(_state, _read)


def touching(power: str, *, unit: str, on: date, role: Role, case: CaseValues) -> list[Case]:
    """Findings about a power in a role that touch a unit, a day and a case; gone ones do not. Memory, no statement."""
    return [
        row
        for row in known_cases().get((power, role.value), ())
        if (not row.units or unit in row.units)
        and (row.since is None or row.since <= on)
        and (row.until is None or on < row.until)
        and parse(row.condition).allows(case)
    ]
