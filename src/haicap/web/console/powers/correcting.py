"""Sửa và bỏ một quy định: what was believed stays readable; the page says what would change before it does."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from haicap.domain.powers import actions, queries
from haicap.domain.powers.formats.rows import AssertionLine
from haicap.domain.powers.policy import Verb
from haicap.web.common.powers import deciding
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate
from haicap.web.console.powers import entering, shown
from haicap.web.console.powers.forms import CorrectForm, WithdrawForm, correcting


@require_http_methods(entering.READ_WRITE)
@gate(Verb.ENTER)
def correct(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """`viec=thu`: what the correction would change. `viec=ghi`: written; the old row is kept."""
    row = queries.assertion(code)
    power = queries.power(row.power)
    form = correcting(queries.assertion_line(row), officer.on, request.POST or None)
    form.initial["seen"] = power.version
    values: dict[str, object] = {
        "form": form,
        "code": code,
        "power": power,
        "name": deciding.power_name(power),
        "line": shown.line(row, row.since, row.until, officer.on),
    }
    if request.method == "POST" and form.is_valid() and isinstance(form.line, AssertionLine):
        line = form.line
        if request.POST.get("viec") != "ghi":
            values |= _tried(form, line, officer)
        elif frame.attempt(form, lambda: actions.correct_assertion(
            code=code, line=line, why=form.cleaned_data["why"], seen=form.cleaned_data["seen"], actor=officer.actor,
            at=officer.at)) is not None:  # fmt: skip
            return frame.done(
                request, gettext("Đã sửa quy định %(code)s.") % {"code": code}, "power-assertion", code
            )
    return frame.show(request, officer, "powers/correct", values, 400 if form.errors else 200)


def _tried(form: CorrectForm, line: AssertionLine, officer: Officer) -> dict[str, object]:
    found = frame.attempt(form, lambda: queries.rehearse(
        [], [(1, line)], actor=officer.actor, at=officer.at, correcting=True))  # fmt: skip
    if found is None:
        return {}
    for problem in found.problems:
        form.add_error(None, entering.problem_told(problem).sentence)
    return entering.changes(found.run, found.rows, {}) if found.run else {}


@require_http_methods(entering.READ_WRITE)
@gate(Verb.ENTER)
def withdraw(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """The assertion never was so; its row and the reason stay."""
    row = queries.assertion(code)
    power = queries.power(row.power)
    form = WithdrawForm(request.POST or None, initial={"seen": power.version})
    if request.method == "POST" and form.is_valid():
        done = frame.attempt(form, lambda: actions.withdraw_assertion(
            code=code, **form.cleaned_data, actor=officer.actor, at=officer.at))  # fmt: skip
        if done is not None:
            return frame.done(
                request, gettext("Đã bỏ quy định %(code)s.") % {"code": code}, "power-assertion", code
            )
    values = {
        "form": form,
        "code": code,
        "power": power,
        "name": deciding.power_name(power),
        "line": shown.line(row, row.since, row.until, officer.on),
        "children": queries.register().derived_from(code),
    }
    return frame.show(request, officer, "powers/withdraw", values, 400 if form.errors else 200)
