"""Lists and look-ups at a desk, in the process that answers: a clerk, a province, a ministry; a code, a telephone; a slip."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial

from django.db import connection

from bench.figures import Figure, percentile
from haicap.base.dates import today
from haicap.domain.dossiers import policy
from haicap.domain.dossiers.documents import render_slip
from haicap.domain.dossiers.policy import Post, Scope
from haicap.domain.dossiers.queries import searching, worklists
from haicap.domain.units.organs import Role

ASKED, SLIPS = 100, 20
_BUSY = """
SELECT received_at_organ_id, unit_id, province_id, count(*) FROM dossiers_dossier
WHERE state IN (1, 2, 4, 5, 6, 9) AND received_at_organ_id IS NOT NULL AND unit_id <> province_id
GROUP BY 1, 2, 3 ORDER BY 4 DESC LIMIT 1
"""
# Those of demo-load: the lives of this bench share the telephone of a few offices.
_SOME = (
    "SELECT code, applicant_phone FROM dossiers_dossier WHERE id = ANY(%s) AND applicant_phone LIKE '0100%%'"
)
_SLIPS = "SELECT form, form_set, data FROM dossiers_slip WHERE form = '01' ORDER BY id DESC LIMIT %s"


def _rows(sql: str, values: list[object]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _times(count: int, ask: Callable[[], object]) -> list[float]:
    ask()
    spent = []
    for _ in range(count):
        began = time.perf_counter()
        ask()
        spent.append((time.perf_counter() - began) * 1000)
    return spent


def _scopes() -> Iterator[tuple[str, Scope]]:
    """The busiest centre, its province, the country."""
    organ, unit, province, _ = (int(str(value)) for value in _rows(_BUSY, [])[0])
    yield "a clerk", policy.scope_of([Post(Role.RECEPTION, "commune_centre", organ, unit)])
    yield "a province's leader", policy.scope_of([Post(Role.LEADER, "province_chairman", 0, province)])
    yield "a ministry", policy.scope_of([Post(Role.OFFICER, "btp", 0, 0)])


def figures() -> list[Figure]:
    """Milliseconds at the 95th percentile, with their limits."""
    at, found, scopes = datetime.now(UTC), [], dict(_scopes())
    for who, scope in scopes.items():
        spent = _times(ASKED, partial(worklists.page, scope, worklists.Asked(), at))
        found.append(Figure(f"worklist of {who}, p95 of {ASKED}", percentile(spent, 0.95), "ms", 50))
        spent = _times(ASKED, partial(worklists.tally, scope, at))
        found.append(Figure("  its counts", percentile(spent, 0.95), "ms", 50))
    most = int(str(_rows("SELECT max(id) FROM dossiers_dossier", [])[0][0]))
    dice, country = random.Random(5), scopes["a ministry"]
    keys = [dice.randrange(1, most) for _ in range(ASKED)]
    some = _rows(_SOME, [keys])
    codes = iter([str(code) for code, _ in some] * 3)
    phones = iter([str(phone) for _, phone in some] * 3)
    ask = len(some)
    spent = _times(ask, lambda: searching.found(country, next(codes), actor="", on=today(at)))
    found.append(Figure(f"a code, p95 of {ask}", percentile(spent, 0.95), "ms", 10))
    leader = scopes["a province's leader"]
    spent = _times(ask, lambda: searching.found(leader, next(phones), actor="", on=today(at)))
    found.append(Figure(f"a telephone number, p95 of {ask}", percentile(spent, 0.95), "ms", 10))
    return [*found, _slip()]


def _slip() -> Figure:
    rows = iter(_rows(_SLIPS, [SLIPS + 1]))

    def typeset() -> bytes:
        form, form_set, data = next(rows)
        return render_slip(str(form), str(form_set), json.loads(str(data)))

    spent = _times(SLIPS, typeset)
    return Figure(f"a slip as PDF, p95 of {SLIPS}", percentile(spent, 0.95), "ms", 100)
