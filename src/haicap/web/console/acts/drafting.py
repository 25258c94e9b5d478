"""Lập, sửa, bỏ, ghi và đính chính một văn bản."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from haicap.domain.units import actions, policy, queries
from haicap.domain.units.policy import Verb
from haicap.domain.units.queries import ActRow
from haicap.web.console import frame
from haicap.web.console.acts.forms import ActForm, ChangeActForm, CorrectForm
from haicap.web.console.forms import Seen
from haicap.web.console.gate import Officer, gate

READ_WRITE = ("GET", "HEAD", "POST")


def act_of(officer: Officer, pk: int) -> ActRow:
    """The act when the officer sees it."""
    return queries.act(pk, visible=policy.visible_to(officer.actor, officer.on))


@require_http_methods(READ_WRITE)
@gate(Verb.DRAFT)
def new(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """A new draft."""
    form = ActForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = frame.attempt(
            form, lambda: actions.draft_act(**form.cleaned_data, actor=officer.actor, at=officer.at)
        )
        if made is not None:
            return frame.done(request, gettext("Đã lập dự thảo. Nay nhập các dòng."), "act-lines", made.pk)
    status = 400 if form.errors else 200
    return frame.show(request, officer, "acts/facts", {"form": form, "act": None}, status)


@require_http_methods(READ_WRITE)
@gate(Verb.DRAFT)
def change(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Facts of a draft."""
    act = act_of(officer, pk)
    names = ("number", "issuer", "title", "signed_on", "effective_on")
    start = {name: getattr(act, name) for name in names} | {"seen": act.version}
    form = ChangeActForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        made = frame.attempt(
            form, lambda: actions.change_act(pk=pk, **form.cleaned_data, actor=officer.actor, at=officer.at)
        )
        if made is not None:
            return frame.done(request, gettext("Đã sửa dự thảo."), "act", pk)
    return frame.show(request, officer, "acts/facts", {"form": form, "act": act}, 400 if form.errors else 200)


def _confirmed(
    request: HttpRequest,
    officer: Officer,
    act: ActRow,
    template: str,
    verb: Callable[[int], object],
    said: str,
) -> HttpResponseBase:
    """A page that asks once more, then one verb."""
    form = Seen(request.POST or None, initial={"seen": act.version})
    if request.method == "POST" and form.is_valid():
        if frame.attempt(form, lambda: verb(form.cleaned_data["seen"])) is not None:
            return frame.done(request, said, "act", act.pk)
    return frame.show(request, officer, template, {"form": form, "act": act}, 400 if form.errors else 200)


@require_http_methods(READ_WRITE)
@gate(Verb.DRAFT)
def drop(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Give a draft up."""

    def verb(seen: int) -> object:
        return actions.drop_act(pk=pk, seen=seen, actor=officer.actor, at=officer.at)

    said = gettext("Đã bỏ dự thảo. Nội dung vẫn đọc được.")
    return _confirmed(request, officer, act_of(officer, pk), "acts/drop", verb, said)


@require_http_methods(READ_WRITE)
@gate(Verb.ENACT)
def enact(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Make a draft count; another person than the drafter, after the check."""
    act = act_of(officer, pk)
    form = Seen(request.POST or None, initial={"seen": act.version})
    if request.method == "POST" and form.is_valid():
        made = frame.attempt(
            form, lambda: actions.enact_act(pk=pk, **form.cleaned_data, actor=officer.actor, at=officer.at)
        )
        if made is not None:
            said = gettext("Đã ghi văn bản vào sổ. Bản đồ mới có từ ngày hiệu lực.")
            return frame.done(request, said, "act", pk)
    findings, result = queries.check_of(act)
    values = {
        "form": form,
        "act": act,
        "findings": findings,
        "plan": result,
        "own": act.drafted_by == officer.actor,
    }
    return frame.show(request, officer, "acts/enact", values, 400 if form.errors else 200)


@require_http_methods(READ_WRITE)
@gate(Verb.DRAFT)
def correct(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Begin the act that corrects this one: a draft with its lines."""
    act = act_of(officer, pk)
    form = CorrectForm(request.POST or None, initial={"seen": act.version})
    if request.method == "POST" and form.is_valid():
        made = frame.attempt(
            form, lambda: actions.correct_act(pk=pk, **form.cleaned_data, actor=officer.actor, at=officer.at)
        )
        if made is not None:
            said = gettext("Đã lập dự thảo đính chính với các dòng của văn bản cũ. Nay sửa chỗ sai.")
            return frame.done(request, said, "act-lines", made.pk)
    return frame.show(
        request, officer, "acts/correct", {"form": form, "act": act}, 400 if form.errors else 200
    )
