"""Thêm, sửa, ngừng hệ thống; kế hoạch thăm dò; bảo trì báo trước."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.feedback import actions
from haicap.domain.feedback.actions import Plan
from haicap.domain.feedback.queries import systems
from haicap.domain.feedback.systems_policy import Verb, forbidden
from haicap.domain.feedback.uptime.packaged import Line
from haicap.domain.feedback.uptime.states import SystemKind
from haicap.domain.units import queries as units
from haicap.web.common.systems import words
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate
from haicap.web.console.systems.forms import AddForm, FactsForm, PlanForm, RetireForm, WorkForm
from haicap.web.console.systems.views import HANDLING, may_handle

READ_WRITE = require_http_methods(("GET", "HEAD", "POST"))


@READ_WRITE
@gate(Verb.KEEP, operator=True)
def add(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """A system that is not in the list yet."""
    form = AddForm(request.POST or None, initial={"seen": 0, "owner": "province_centre"})
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        made = frame.attempt(
            form, lambda: actions.add_system(line=_line(given, officer), actor=officer.actor, at=officer.at)
        )
        if made is not None:
            return frame.done(request, gettext("Đã thêm hệ thống."), "system", made.code)
    values = {"form": form, "title": gettext("Thêm hệ thống"), "button": gettext("Thêm")}
    return frame.show(request, officer, "systems/form", values, 400 if form.errors else 200)


def _line(given: dict[str, Any], officer: Officer) -> Line:
    return Line(
        given["code"], given["name"], given["name_en"], SystemKind(given["kind"]), given["owner"],
        _province(given["unit"], officer), given["address"], given["contact"], None, given["evidence"], given["source"],
        given["note"],
    )  # fmt: skip


def _province(code: str, officer: Officer) -> str:
    """The identity of the province with this code today. Refused `bad_unit`."""
    if not code:
        return ""
    for version in units.register().provinces(officer.on):
        if version.code == code:
            return version.uid
    raise Refused("bad_unit", gettext_noop("Không có tỉnh, thành phố mang mã này."))


@READ_WRITE
@HANDLING
def change(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Name, organ, address, contact, source."""
    line = _mine(officer, code)
    start = {name: getattr(line, name) for name in FactsForm.base_fields if name != "seen"}
    form = FactsForm(request.POST or None, initial={**start, "seen": line.version})

    def verb() -> object:
        given = dict(form.cleaned_data)
        return actions.change_system(
            code=code, seen=given.pop("seen"), facts=given, actor=officer.actor, at=officer.at
        )

    return _run(request, officer, line, form, verb, gettext("Sửa thông tin"))


@READ_WRITE
@HANDLING
def plan(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """How it is probed, on or off."""
    line = _mine(officer, code)
    start = {name: getattr(line, name) for name in PlanForm.base_fields if name != "seen"}
    form = PlanForm(request.POST or None, initial={**start, "seen": line.version})

    def verb() -> object:
        given = dict(form.cleaned_data)
        seen = given.pop("seen")
        return actions.plan_probe(
            code=code, seen=seen, plan=Plan(**given), actor=officer.actor, at=officer.at
        )

    return _run(request, officer, line, form, verb, gettext("Kế hoạch thăm dò"))


@READ_WRITE
@HANDLING
def work(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Announce planned work; posting `huy=<number>` calls one off."""
    line = _mine(officer, code)
    number = request.POST.get("huy", "")
    if number.isascii() and number.isdigit() and len(number) < 16:
        actions.cancel_work(pk=int(number), actor=officer.actor, at=officer.at)
        return frame.done(request, gettext("Đã hủy đợt bảo trì."), "system", code)
    form = WorkForm(request.POST or None)

    def verb() -> object:
        given = form.cleaned_data
        return actions.plan_work(
            system=code, since=given["since_at"], until=given["until_at"], text=given["text"], actor=officer.actor,
            at=officer.at,
        )  # fmt: skip

    return _run(request, officer, line, form, verb, gettext("Báo trước bảo trì"))


@READ_WRITE
@gate(Verb.KEEP, operator=True)
def retire(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """The system is no more from a day on."""
    line = _mine(officer, code)
    form = RetireForm(request.POST or None, initial={"seen": line.version})

    def verb() -> object:
        given = form.cleaned_data
        return actions.retire_system(
            code=code, on=given["on"], seen=given["seen"], actor=officer.actor, at=officer.at
        )

    return _run(request, officer, line, form, verb, gettext("Ngừng hệ thống"))


def _mine(officer: Officer, code: str) -> systems.SystemLine:
    line = systems.system(code)
    if not may_handle(officer, line):
        raise forbidden()
    return line


def _run(
    request: HttpRequest, officer: Officer, line: systems.SystemLine, form: forms.Form, verb: Callable[[], object], title: str
) -> HttpResponseBase:  # fmt: skip
    if request.method == "POST" and form.is_valid() and frame.attempt(form, verb) is not None:
        return frame.done(request, gettext("Đã ghi."), "system", line.code)
    name = words.named(line.name, line.name_en)
    values = {"form": form, "system": line, "name": name, "title": title, "button": gettext("Ghi")}
    return frame.show(request, officer, "systems/form", values, 400 if form.errors else 200)
