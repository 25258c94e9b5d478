"""Danh sách việc: one table, its question in the address; the same as CSV and XLSX; search by anything."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from haicap.base.dates import HANOI
from haicap.base.tables import XlsxWriter
from haicap.domain.dossiers.queries import searching, worklists
from haicap.domain.dossiers.queries.worklists import Asked
from haicap.web.common import exports
from haicap.web.desk import frame, people, words
from haicap.web.desk.gate import Needs, Officer, gate
from haicap.web.desk.worklist import asked as questions
from haicap.web.desk.worklist.lines import Line, lines, names_of

MOST_IN_A_FILE = 20_000
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@gate(Needs.LISTS)
def worklist(request: HttpRequest, officer: Officer) -> HttpResponse:
    """What is to be done, first due first (`?chang= han= thu-tuc= can-bo= kenh= don-vi= loc= sau=`)."""
    asked, after = questions.asked_of(request, officer), questions.cursor_of(request)
    page = worklists.page(officer.scope, asked, officer.at, after=after)
    tally = frame.counted(officer)
    rows = lines(page.items, officer)
    values = {
        "tally": tally,
        "asked": asked,
        "lines": rows,
        "wide": officer.scope.level != "commune",
        "lefts": [(left, tally.of(asked.stage, left)) for left in worklists.TimeLeft],
        "total": tally.of(asked.stage, asked.left),
        "narrowed": any((asked.procedure, asked.officer, asked.channel, asked.unit, asked.text)),
        "procedures": names_of({asked.procedure} - {""}, officer.on),
        "officers": _officers(officer, asked),
        "channels": words.CHANNELS,
        "next": questions.written(page.next) if page.next else "",
        "paged": after is not None,
        "query": questions.without(request, "sau"),
        "unled": questions.without(request, "sau", "han"),
        "batch": officer.personal,
    }
    return frame.show(request, officer, "worklist/list", values)


def _officers(officer: Officer, asked: Asked) -> list[tuple[str, str]]:
    """Whose dossiers may be asked for: colleagues of one's own houses."""
    if officer.scope.level != "commune":
        named = people.names({asked.officer} - {"", "-"})
        return list(named.items())
    found: dict[str, str] = {}
    for post in officer.posts:
        unit_kind = "commune_committee" if post.kind.startswith(("commune", "centre")) else post.kind
        found |= {c.actor: c.name for c in people.at_work(unit_kind, post.unit_id, post.organ_id, officer.on)}
    return sorted(found.items(), key=lambda pair: pair[1])


HEAD = (
    "code", "procedure_code", "procedure", "applicant", "phone", "unit", "state", "channel", "filed_at", "received_at", "due_at",
    "time_left", "officer",
)  # fmt: skip


def _table(request: HttpRequest, officer: Officer) -> Iterator[tuple[str, ...]]:
    asked, after, count = questions.asked_of(request, officer), None, 0
    while count < MOST_IN_A_FILE:
        page = worklists.page(officer.scope, asked, officer.at, after=after, size=500)
        for line in lines(page.items, officer):
            yield _cells(line)
        count, after = count + len(page.items), page.next
        if after is None:
            return


def _cells(line: Line) -> tuple[str, ...]:
    item = line.item
    times = (
        f"{at.astimezone(HANOI):%Y-%m-%d %H:%M}" if at else ""
        for at in (item.filed_at, item.received_at, item.due_at)
    )
    return (
        item.code, item.procedure_code, line.procedure, item.applicant, item.phone, line.unit, line.state,
        words.said(words.CHANNELS, item.channel), *times, line.left.word, line.assignee,
    )  # fmt: skip


@require_safe
@gate(Needs.LISTS)
def as_csv(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The list of the question as CSV, at most 20,000 rows."""
    return exports.csv_response("ho-so", HEAD, _table(request, officer))


@require_safe
@gate(Needs.LISTS)
def as_xlsx(request: HttpRequest, officer: Officer) -> HttpResponse:
    """The same as a workbook; cells are text, never formulas."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ho-so.xlsx"
        writer = XlsxWriter(path)
        for row in [HEAD, *_table(request, officer)]:
            writer.write(row)
        writer.close()
        content = path.read_bytes()
    response = HttpResponse(content, content_type=XLSX)
    response.headers["Content-Disposition"] = 'attachment; filename="ho-so.xlsx"'
    return response


@require_safe
@gate(Needs.LISTS)
def search(request: HttpRequest, officer: Officer) -> HttpResponse:
    """A code, what a scanner read of a slip, a phone, a personal number or a name (`?q=`): one dossier opens at once."""
    text = frame.word(request, "q", 700)
    found = searching.found(officer.scope, text, actor=officer.actor, on=officer.on)
    if found.code and officer.personal:
        return redirect("desk:dossier", found.code)
    if len(found.items) == 1 and officer.personal:
        return redirect("desk:dossier", found.items[0].code)
    values = {
        "q": text,
        "found": found,
        "lines": lines(found.items, officer),
        "wide": officer.scope.level != "commune",
        "batch": False,
    }
    return frame.show(request, officer, "worklist/search", values)
