"""Nhập một nghị định: a table looked through row by row, reckoned with, then entered whole or not at all."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from haicap.domain.powers import actions, queries
from haicap.domain.powers.formats import cells, tables, workbooks
from haicap.domain.powers.formats.problems import Problem
from haicap.domain.powers.policy import Verb
from haicap.domain.units import queries as units
from haicap.web.common.citations import written
from haicap.web.common.powers import deciding, words
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate
from haicap.web.console.powers import shown
from haicap.web.console.powers.forms import TableForm

READ_WRITE = ("GET", "HEAD", "POST")
SHOWN = 300
MOST_KEPT = 1_500_000  # letters of rows that go back and forth with the page


@dataclass(frozen=True, slots=True)
class Told:
    """Something wrong in a file, in words."""

    sheet: str
    line: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Shift:
    """Who would hold a power from a day on, before and after."""

    power: str
    role: str
    on: object
    before: Sequence[str]
    after: Sequence[str]


def problem_told(problem: Problem) -> Told:
    """A problem in the language of the page."""
    template = gettext(problem.template)
    sentence = template % problem.params if problem.params else template
    return Told(problem.sheet, problem.line, problem.column, sentence)


@require_http_methods(READ_WRITE)
@gate(Verb.ENTER)
def table(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """`viec=thu`: every bad row, or what would change; nothing written. `viec=nhap`: entered."""
    form = TableForm(request.POST or None, request.FILES or None)
    values: dict[str, object] = {"form": form, "columns": cells.columns(cells.ASSERTIONS)}
    bad = False
    if request.method == "POST" and form.is_valid():
        read = frame.attempt(form, lambda: _read(form, officer))
        if read is not None:
            run = frame.attempt(form, lambda: queries.rehearse(
                read.powers, read.assertions, actor=officer.actor, at=officer.at))  # fmt: skip
            problems = [*read.problems, *(run.problems if run else ())]
            bad = bool(problems)
            if run and not problems and request.POST.get("viec") == "nhap":
                entered = frame.attempt(form, lambda: _enter(form, read, officer))
                if entered is not None:
                    n = len(entered)
                    said = ngettext("Đã nhập %(n)s quy định.", "Đã nhập %(n)s quy định.", n) % {"n": n}
                    return frame.done(request, said, "powers")
            values |= _report(read, problems) | (
                changes(run.run, run.rows, _names(read)) if run and run.run else {}
            )
            values["counts"] = (run.new_powers, len(run.rows)) if run else (0, 0)
            values["kept"] = "" if problems else _kept(read)
    return frame.show(request, officer, "powers/table", values, 400 if form.errors or bad else 200)


def _read(form: TableForm, officer: Officer) -> tables.Outcome:
    register, on = units.register(), officer.on
    file, pasted = form.cleaned_data["file"], form.cleaned_data["pasted"]
    if file:
        return tables.read(io.BytesIO(file.read()), register, on)
    if pasted.strip():
        return tables.read_pasted(pasted, register, on)
    return tables.read(io.BytesIO(form.cleaned_data["kept"].encode("utf-8", "replace")), register, on)


def _enter(form: TableForm, read: tables.Outcome, officer: Officer) -> list[str]:
    file = form.cleaned_data["file"]
    return actions.enter(
        powers=[line for _, line in read.powers], assertions=[line for _, line in read.assertions],
        source=(file.name if file else "") or gettext("bảng nhập ở trang quản trị"), actor=officer.actor, at=officer.at,
    )  # fmt: skip


def _report(read: tables.Outcome, problems: Sequence[Problem]) -> dict[str, object]:
    return {
        "looked": True,
        "problems": [problem_told(p) for p in problems[:SHOWN]],
        "problem_count": len(problems),
        "unused": read.unused,
    }


def _names(read: tables.Outcome) -> dict[str, str]:
    return {line.code: line.name for _, line in read.powers}


def _kept(read: tables.Outcome) -> str:
    """The rows as JSON for the second step; "" when they are too many to send along."""
    lists = {
        name: [dict(zip(cells.columns(name), cells.cells(line), strict=True)) for _, line in rows]
        for name, rows in ((cells.POWERS, read.powers), (cells.ASSERTIONS, read.assertions))
    }
    text = json.dumps(lists, ensure_ascii=False)
    return text if len(text) <= MOST_KEPT else ""


def changes(
    run: queries.DryRun, rows: Sequence[queries.AssertionRow], names: Mapping[str, str]
) -> dict[str, object]:
    """What a dry run says: new holders, findings that go, findings that come.

    rows, names  assertions and names of powers that the register does not have yet
    """
    fresh = {row.code: row for row in rows}
    return {
        "run": run,
        "shifts": [_shift(s) for s in run.shifts[:SHOWN]],
        "closed": [(f, shown.of_finding(f, names)) for f in run.closed[:SHOWN]],
        "opened": [(f, shown.of_finding(f, names, fresh)) for f in run.opened[:SHOWN]],
    }


def _shift(found: queries.Shift) -> Shift:
    def named(rows: Sequence[queries.AssertionRow]) -> list[str]:
        return [
            f"{deciding.organ_said(r.organ, r.unit, found.on)} ({words.said(words.MODES, r.mode)}, {written(r.citation)})"
            for r in rows
        ]

    return Shift(
        deciding.power_name(found.power), words.said(words.ROLES, found.role), found.on, named(found.before),
        named(found.after),
    )  # fmt: skip


@require_safe
@gate(Verb.ENTER)
def template(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The workbook to fill in, with lists to choose from and a row that shows how."""
    return shown.xlsx("mau-nhap-tham-quyen", workbooks.template())
