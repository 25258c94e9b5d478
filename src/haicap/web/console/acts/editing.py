"""Dòng của dự thảo: added, changed, removed, imported as a table; and the check with its dry run."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haicap.domain.units import actions, queries
from haicap.domain.units.policy import Verb
from haicap.domain.units.queries import ActRow
from haicap.domain.units.rearrangement import Finding, Line
from haicap.web.common import exports, paging
from haicap.web.common.maps import province_map
from haicap.web.console import frame
from haicap.web.console.acts import pages, tables, words
from haicap.web.console.acts.drafting import READ_WRITE, act_of
from haicap.web.console.acts.forms import LineForm, TableForm
from haicap.web.console.acts.lines import filled, filled_all, shown
from haicap.web.console.acts.views import drawing, outline
from haicap.web.console.forms import Seen
from haicap.web.console.gate import Officer, gate

ROWS = 100


def _findings(act: ActRow) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = defaultdict(list)
    for finding in queries.check_of(act)[0]:
        found[finding.line].append(finding)
    return found


def _table(
    request: HttpRequest, officer: Officer, act: ActRow, form: LineForm, n: int = 0, status: int = 200
) -> HttpResponse:
    """The lines with their names and findings, and the form for one of them."""
    lines = queries.lines_of(act.pk)
    found = _findings(act)
    page = paging.page(request, shown(lines, queries.map_before(act), act.effective_on), ROWS)
    rows = [(row, found.get(row.line.n, [])) for row in page.rows]
    values = {
        "act": act, "form": form, "n": n, "page": page, "rows": rows, "whole": found.get(0, []),
        "faulty": len([n for n in found if n]), "total": len(lines),
    }  # fmt: skip
    return frame.show(request, officer, "acts/lines", values, status)


def _put(
    request: HttpRequest, officer: Officer, pk: int, n: int, start: dict[str, object]
) -> HttpResponseBase:
    act = act_of(officer, pk)
    form = LineForm(request.POST or None, initial={"relation": "whole", **start, "seen": act.version})
    if request.method == "POST" and form.is_valid():
        others, before = queries.lines_of(pk), queries.map_before(act)
        line = filled(form.line(n), others, before, act.effective_on)
        made = frame.attempt(
            form,
            lambda: actions.put_line(
                pk=pk, seen=form.cleaned_data["seen"], line=line, actor=officer.actor, at=officer.at
            ),
        )
        if made is not None:
            return frame.done(request, gettext("Đã ghi dòng."), "act-lines", pk)
    return _table(request, officer, act, form, n, 400 if form.errors else 200)


@require_http_methods(READ_WRITE)
@gate(Verb.DRAFT)
def lines(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """The table of a draft; posting adds a line."""
    return _put(request, officer, pk, 0, {})


@require_http_methods(READ_WRITE)
@gate(Verb.DRAFT)
def line(request: HttpRequest, officer: Officer, pk: int, n: int) -> HttpResponseBase:
    """One line of a draft, to be changed."""
    act = act_of(officer, pk)
    held = next((found for found in queries.lines_of(act.pk) if found.n == n), None)
    if held is None:
        raise Http404
    return _put(request, officer, pk, n, {k: v for k, v in asdict(held).items() if k != "n"})


@require_POST
@gate(Verb.DRAFT)
def drop_line(request: HttpRequest, officer: Officer, pk: int, n: int) -> HttpResponseBase:
    """Remove a line."""
    form = Seen(request.POST)
    if not form.is_valid():
        raise Http404
    actions.drop_line(pk=pk, n=n, **form.cleaned_data, actor=officer.actor, at=officer.at)
    return frame.done(request, gettext("Đã bỏ dòng."), "act-lines", pk)


@require_http_methods(READ_WRITE)
@gate(Verb.DRAFT)
def table(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """A whole table in place of the lines there are; nothing is written unless every row can be read."""
    act = act_of(officer, pk)
    form = TableForm(request.POST or None, request.FILES or None, initial={"seen": act.version})
    report: tables.Report | None = None
    if request.method == "POST" and form.is_valid():
        report = frame.attempt(
            form, lambda: tables.read(form.cleaned_data["file"], form.cleaned_data["pasted"])
        )
        if report is not None and report.good:
            made = frame.attempt(
                form, lambda: _replace(officer, act, form.cleaned_data["seen"], report.lines)
            )
            if made is not None:
                said = gettext("Đã nhập %(n)s dòng thay cho bảng cũ.") % {"n": len(report.lines)}
                return frame.done(request, said, "act-lines", pk)
    values = {
        "act": act,
        "form": form,
        "report": report,
        "columns": words.COLUMNS,
        "total": len(queries.lines_of(pk)),
    }
    bad = bool(form.errors) or (report is not None and not report.good)
    return frame.show(request, officer, "acts/table", values, 400 if bad else 200)


def _replace(officer: Officer, act: ActRow, seen: int, given: list[Line]) -> object:
    lines = filled_all(given, queries.map_before(act), act.effective_on)
    return actions.put_lines(pk=act.pk, seen=seen, lines=lines, actor=officer.actor, at=officer.at)


@require_safe
@gate(Verb.DRAFT)
def template(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The table to fill in, with two rows that show how."""
    return exports.csv_response("mau-dong-van-ban", list(words.COLUMNS.values()), tables.EXAMPLE)


@require_safe
@gate(Verb.DRAFT, Verb.ENACT)
def check(request: HttpRequest, officer: Officer, pk: int) -> HttpResponse:
    """What keeps a draft from counting; or, when nothing does, what it would change."""
    act = act_of(officer, pk)
    findings, result = queries.check_of(act)
    values: dict[str, object] = {"act": act, "findings": findings, "plan": result}
    if result is not None:
        before, order = queries.map_before(act), queries.order_of(act)
        made, day = pages.changes_planned(result), act.effective_on
        ended = [v.uid for v in result.ended]
        values |= drawing(request, made, day)
        values |= {
            "outline": outline(made),
            "counts": pages.counts(result, before, day),
            "followers": paging.page(request, pages.followers(result, order, before), ROWS),
            "reused": pages.reused_codes(result, before, day),
            "map": province_map(before, order.eve, here=pages.touched_provinces(result, before, day)),
            "organs": queries.organs_in_units(ended, day),
            "appointments": queries.appointments_in_units(ended, day),
        }
    return frame.show(request, officer, "acts/check", values)
