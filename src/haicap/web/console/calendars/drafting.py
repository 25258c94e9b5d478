"""Lập, sửa, bỏ, ghi và thu hồi một văn bản lịch."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from haicap.base.refused import Refused
from haicap.domain.deadlines import actions, queries
from haicap.domain.deadlines.policy import Verb
from haicap.domain.deadlines.queries import DecreeRow
from haicap.domain.deadlines.states import DecreeState
from haicap.web.common import refusals
from haicap.web.console import frame
from haicap.web.console.calendars import tables
from haicap.web.console.calendars.forms import ChangeDecreeForm, DecreeForm, TableForm, WithdrawForm
from haicap.web.console.calendars.views import decree_of
from haicap.web.console.forms import Seen
from haicap.web.console.gate import Officer, gate

READ_WRITE = ("GET", "HEAD", "POST")


@require_http_methods(READ_WRITE)
@gate(Verb.DRAFT_CALENDAR)
def new(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """A new draft."""
    form = DecreeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = frame.attempt(
            form, lambda: actions.draft_decree(**form.cleaned_data, actor=officer.actor, at=officer.at)
        )
        if made is not None:
            return frame.done(
                request, gettext("Đã lập dự thảo. Nay nhập các ngày."), "calendar-table", made.pk
            )
    values = {"form": form, "decree": None, "years": queries.calendar().years}
    return frame.show(request, officer, "calendars/facts", values, 400 if form.errors else 200)


@require_http_methods(READ_WRITE)
@gate(Verb.DRAFT_CALENDAR)
def change(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Facts of a draft."""
    found = decree_of(officer, pk)
    names = ("number", "issuer", "title", "signed_on", "opens_year")
    start = {name: getattr(found, name) for name in names} | {"seen": found.version}
    form = ChangeDecreeForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        made = frame.attempt(
            form,
            lambda: actions.change_decree(pk=pk, **form.cleaned_data, actor=officer.actor, at=officer.at),
        )
        if made is not None:
            return frame.done(request, gettext("Đã sửa dự thảo."), "calendar-decree", pk)
    values = {"form": form, "decree": found, "years": queries.calendar().years}
    return frame.show(request, officer, "calendars/facts", values, 400 if form.errors else 200)


@require_http_methods(READ_WRITE)
@gate(Verb.DRAFT_CALENDAR)
def table(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """All days of a draft at once; nothing is written while one row cannot be read."""
    found = decree_of(officer, pk)
    start = {"seen": found.version, "pasted": tables.written(queries.days_of(pk))}
    form = TableForm(request.POST or None, request.FILES or None, initial=start)
    report = None
    if request.method == "POST" and form.is_valid():
        report = _read(form)
        if report is not None and report.good:
            lines, seen = report.lines, form.cleaned_data["seen"]
            made = frame.attempt(
                form,
                lambda: actions.put_days(pk=pk, seen=seen, days=lines, actor=officer.actor, at=officer.at),
            )
            if made is not None:
                return frame.done(request, gettext("Đã ghi các ngày vào dự thảo."), "calendar-decree", pk)
        elif report is not None and not report.bad:
            form.add_error("pasted", gettext("Bảng không có dòng nào dưới dòng tên cột."))
    wrong = form.errors or (report is not None and report.bad)
    values = {"form": form, "decree": found, "report": report}
    return frame.show(request, officer, "calendars/table", values, 400 if wrong else 200)


def _read(form: TableForm) -> tables.Report | None:
    try:
        return tables.read(form.cleaned_data.get("file"), form.cleaned_data.get("pasted", ""))
    except Refused as refused:
        form.add_error("file" if form.cleaned_data.get("file") else "pasted", refusals.sentence(refused))
        return None


def _confirmed(
    request: HttpRequest, officer: Officer, found: DecreeRow, template: str, form: Seen,
    verb: Callable[[], object], said: str,
) -> HttpResponseBase:  # fmt: skip
    """A page that asks once more, then one verb."""
    if request.method == "POST" and form.is_valid():
        if frame.attempt(form, verb) is not None:
            return frame.done(request, said, "calendar-decree", found.pk)
    values = {
        "form": form, "decree": found, "days": queries.days_of(found.pk), "own": found.drafted_by == officer.actor,
    }  # fmt: skip
    return frame.show(request, officer, template, values, 400 if form.errors else 200)


@require_http_methods(READ_WRITE)
@gate(Verb.ENACT_CALENDAR)
def enact(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Make a draft count."""
    found = decree_of(officer, pk)
    form = Seen(request.POST or None, initial={"seen": found.version})
    said = gettext("Đã ghi văn bản. Các đồng hồ đang mở được tính lại ở phía sau.")
    return _confirmed(request, officer, found, "calendars/enact", form, lambda: actions.enact_decree(
        pk=pk, seen=form.cleaned_data["seen"], actor=officer.actor, at=officer.at), said)  # fmt: skip


@require_http_methods(READ_WRITE)
@gate(Verb.DRAFT_CALENDAR)
def drop(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Give up a draft."""
    found = decree_of(officer, pk)
    form = Seen(request.POST or None, initial={"seen": found.version})
    return _confirmed(request, officer, found, "calendars/drop", form, lambda: actions.drop_decree(
        pk=pk, seen=form.cleaned_data["seen"], actor=officer.actor, at=officer.at), gettext("Đã bỏ dự thảo."))  # fmt: skip


@require_http_methods(READ_WRITE)
@gate(Verb.ENACT_CALENDAR)
def withdraw(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Take an enacted decree back."""
    found = decree_of(officer, pk)
    if found.state != DecreeState.ENACTED and request.method != "POST":
        return frame.done(
            request, gettext("Văn bản này không còn hiệu lực trong lịch."), "calendar-decree", pk
        )
    form = WithdrawForm(request.POST or None, initial={"seen": found.version})
    said = gettext("Đã thu hồi văn bản. Các đồng hồ đang mở được tính lại ở phía sau.")
    return _confirmed(request, officer, found, "calendars/withdraw", form, lambda: actions.withdraw_decree(
        pk=pk, **form.cleaned_data, actor=officer.actor, at=officer.at), said)  # fmt: skip
