"""Nhìn chung: publication clocks and who is late, doubts of the records, the 25 essential services."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from haicap.domain.procedures import queries
from haicap.domain.procedures.policy import Verb
from haicap.domain.procedures.queries import PublicationRow
from haicap.domain.units import queries as units
from haicap.domain.units.organs import KINDS
from haicap.web.common import exports, paging
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate


def _rows(officer: Officer) -> tuple[PublicationRow, ...]:
    return queries.publications(officer.on)


def _who(who: str, officer: Officer) -> str:
    """Name of a ministry (kind of organ) or of a province (uid)."""
    if who in KINDS:
        return KINDS[who].name
    version = units.register().version(who, officer.on)
    return version.name if version else who


@require_safe
@gate(Verb.SEE_DRAFTS)
def clocks(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Decisions with their two clocks, and sums by who publishes."""
    rows = _rows(officer)
    page = paging.page(request, rows, 50)
    values = {
        "late": [(_who(row.who, officer), row) for row in queries.late(rows)],
        "page": page,
        "rows": [(_who(row.who, officer), row) for row in page.rows],
    }
    return frame.show(request, officer, "procedures/clocks", values)


CLOCKS_HEAD = (
    "code", "name", "who", "decision", "decided_on", "basis_from", "decision_due", "decision_standing", "shown_on",
    "shown_due", "shown_standing",
)  # fmt: skip


@require_safe
@gate(Verb.SEE_DRAFTS)
def clocks_csv(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The same as CSV."""
    lines = [
        (
            row.code, row.name, _who(row.who, officer), row.number, row.decided_on, row.basis_from, row.decision.due_on,
            row.decision.standing.value, row.shown.done_on, row.shown.due_on, row.shown.standing.value,
        )
        for row in _rows(officer)
    ]  # fmt: skip
    return exports.csv_response("dong-ho-cong-bo", CLOCKS_HEAD, lines)


@require_safe
@gate(Verb.SEE_DRAFTS)
def doubts(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Doubts of records in force: how many of each kind, then the records (`?loai=` number of the kind)."""
    found = queries.doubts(officer.on)
    kinds = queries.kinds_of_doubt(found)
    asked = frame.word(request, "loai", 3)
    chosen = int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked) <= len(kinds) else 0
    rows = [row for row in found if not chosen or row.kind == kinds[chosen - 1][0]]
    values = {
        "kinds": [(n, kind, count) for n, (kind, count) in enumerate(kinds, 1)],
        "chosen": chosen,
        "page": paging.page(request, rows, 50),
    }
    return frame.show(request, officer, "procedures/doubts", values)


@require_safe
@gate(Verb.SEE_DRAFTS)
def doubts_csv(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """All doubts as CSV."""
    lines = [(row.code, row.name, row.doubt) for row in queries.doubts(officer.on)]
    return exports.csv_response("dieu-con-ngo", ("code", "name", "doubt"), lines)


@require_safe
@gate(Verb.SEE_DRAFTS)
def essential(request: HttpRequest, officer: Officer) -> HttpResponse:
    """The 25 essential services; those without a code in the catalogue are told as such."""
    rows = queries.essential(officer.on)
    values = {"rows": rows, "without": sum(not row.service.codes for row in rows)}
    return frame.show(request, officer, "procedures/essential", values)
