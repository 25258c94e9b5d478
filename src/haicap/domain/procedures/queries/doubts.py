"""Điều còn ngờ: what is thin or contradictory in records in force, for whoever mends them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import connection

# The database takes the sentences out of the documents; one line for each.
_DOUBTS = """
SELECT v.id, p.code, v.name, d.doubt
FROM procedures_procedureversion v JOIN procedures_procedure p ON p.id = v.procedure_id
CROSS JOIN LATERAL jsonb_array_elements_text(coalesce(v.content->'doubts', '[]'::jsonb)) AS d(doubt)
WHERE v.state IN ('published', 'replaced', 'repealed') AND v.valid @> %s::date
ORDER BY p.code, d.doubt
"""
_QUOTED = re.compile(r"“[^”]*”")


@dataclass(frozen=True, slots=True)
class DoubtRow:
    """One doubt of one record; `kind`: the sentence without what it quotes, so that equal ones are counted together."""

    pk: int
    code: str
    name: str
    doubt: str
    kind: str


def doubts(on: date) -> tuple[DoubtRow, ...]:
    """Every doubt of the records of a day, by code."""
    with connection.cursor() as cursor:
        cursor.execute(_DOUBTS, [on])
        return tuple(DoubtRow(r[0], r[1], r[2], r[3], _QUOTED.sub("“…”", r[3])) for r in cursor.fetchall())


def kinds_of_doubt(rows: Iterable[DoubtRow]) -> list[tuple[str, int]]:
    """Kinds with how many records have them, the most frequent first."""
    return Counter(row.kind for row in rows).most_common()
