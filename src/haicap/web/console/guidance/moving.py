"""Một bản: as readers see it, beside the version before, and what may be done with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from haicap.domain.guidance import actions, queries
from haicap.domain.guidance.policy import NEEDS
from haicap.domain.guidance.queries import VersionLine
from haicap.domain.guidance.states import MOVES, VersionState, VersionVerb
from haicap.web.common.guidance import words, written
from haicap.web.console import frame
from haicap.web.console.forms import Seen
from haicap.web.console.gate import Officer, gate
from haicap.web.console.guidance.comparing import compared
from haicap.web.console.guidance.forms import ConfirmForm, PublishForm, ReturnForm, WithdrawForm

V = VersionVerb
FORMS: Mapping[VersionVerb, type[Seen]] = {
    V.SUBMIT: Seen, V.PUBLISH: PublishForm, V.RETURN: ReturnForm, V.WITHDRAW: WithdrawForm, V.CONFIRM: ConfirmForm,
    V.DROP: Seen,
}  # fmt: skip
VERBS: Mapping[VersionVerb, Callable[..., object]] = {
    V.SUBMIT: actions.submit_draft, V.PUBLISH: actions.publish, V.RETURN: actions.return_draft,
    V.WITHDRAW: actions.withdraw, V.CONFIRM: actions.confirm_review, V.DROP: actions.drop_draft,
}  # fmt: skip


@require_http_methods(("GET", "HEAD", "POST"))
@gate()
def version(request: HttpRequest, officer: Officer, code: str, number: int) -> HttpResponseBase:
    """One version; `viec` names the step: submit, publish, return, withdraw, confirm, drop."""
    every = queries.versions(code)
    line = queries.draft(code, number)
    offered = _offered(line, officer)
    work = request.POST.get("viec", "")
    bound = {
        verb: kind(request.POST if verb == work else None, initial=_start(line, officer))
        for verb, kind in offered.items()
    }
    form = bound.get(VersionVerb(work)) if work in set(VersionVerb) else None
    if request.method == "POST" and form is None:  # somebody else did it, or it was never theirs to do
        return frame.done(request, gettext("Bản này không còn ở bước đó."), "guidance-version", code, number)
    if (
        form is not None
        and form.is_valid()
        and _tried(form, VersionVerb(work), code, number, officer) is not None
    ):
        queries.shelf.now()
        return frame.done(request, gettext("Đã ghi."), "guidance-version", code, number)
    before = next(
        (other for other in every if other.number < number and other.state != VersionState.DROPPED), None
    )
    values = {
        "line": line, "forms": {verb.value: f for verb, f in bound.items()}, "state": words.said(words.STATES, line.state),
        "edits": line.state == VersionState.DRAFT and NEEDS[V.EDIT] in officer.rights, "own": line.drafted_by == officer.actor,
        "text": written.html(line.draft.body, level=3), "before": before, "differences": compared(before, line) if before else [],
        "audiences": ", ".join(words.said(words.AUDIENCES, a) for a in line.draft.audiences),
    }  # fmt: skip
    return frame.show(
        request, officer, "guidance/version", values, 400 if form is not None and form.errors else 200
    )


def _offered(line: VersionLine, officer: Officer) -> dict[VersionVerb, type[Seen]]:
    """Steps the state and the officer's rights allow; nobody publishes their own words."""
    state = VersionState(line.state)
    own = line.drafted_by == officer.actor
    return {
        verb: kind for verb, kind in FORMS.items()
        if (state, verb) in MOVES and NEEDS[verb] in officer.rights and not (verb is V.PUBLISH and own)
    }  # fmt: skip


def _start(line: VersionLine, officer: Officer) -> dict[str, object]:
    return {"seen": line.seen, "since": officer.on, "until": None, "review_by": line.draft.review_by}


def _tried(form: Seen, verb: VersionVerb, code: str, number: int, officer: Officer) -> object | None:
    given: forms.Form = form
    data = dict(form.cleaned_data)
    return frame.attempt(
        given, lambda: VERBS[verb](code=code, number=number, **data, actor=officer.actor, at=officer.at)
    )
