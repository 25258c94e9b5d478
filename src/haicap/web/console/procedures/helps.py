"""Giúp tìm: synonyms and life events."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haicap.domain.procedures import actions, queries
from haicap.domain.procedures.policy import Verb
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate
from haicap.web.console.procedures.forms import LifeEventForm, SynonymForm


def _page(
    request: HttpRequest, officer: Officer, *, synonym: SynonymForm | None = None, event: LifeEventForm | None = None
) -> HttpResponseBase:  # fmt: skip
    known = queries.catalogue()
    key = frame.word(request, "sua", 40)
    held = next((e for e in known.life_events if e.key == key), None)
    start = (
        {"key": held.key, "name": held.name, "name_en": held.name_en, "codes": " ".join(held.codes)}
        if held
        else {}
    )
    bad = synonym is not None or event is not None
    values = {
        "synonyms": known.synonyms,
        "events": known.life_events,
        "synonym": synonym or SynonymForm(),
        "event": event or LifeEventForm(initial=start),
        "editing": held,
    }
    return frame.show(request, officer, "procedures/helps", values, 400 if bad else 200)


@require_safe
@gate(Verb.CURATE)
def helps(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Both lists; `?sua=` a life event to change."""
    return _page(request, officer)


def _written(
    request: HttpRequest, officer: Officer, form: forms.Form, verb: Callable[[], object], said: str
) -> HttpResponseBase | None:  # fmt: skip
    if form.is_valid() and frame.attempt(form, verb) is not None:
        return frame.done(request, said, "procedure-helps")
    return None


@require_POST
@gate(Verb.CURATE)
def synonym(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """One more."""
    form = SynonymForm(request.POST)
    made = _written(request, officer, form, lambda: actions.add_synonym(
        **form.cleaned_data, actor=officer.actor, at=officer.at), gettext("Đã thêm từ đồng nghĩa."))  # fmt: skip
    return made or _page(request, officer, synonym=form)


@require_http_methods(["POST"])
@gate(Verb.CURATE)
def synonym_drop(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """One less."""
    form = SynonymForm(request.POST)
    if not form.is_valid():
        raise Http404
    actions.drop_synonym(**form.cleaned_data, actor=officer.actor, at=officer.at)
    return frame.done(request, gettext("Đã bỏ từ đồng nghĩa."), "procedure-helps")


@require_POST
@gate(Verb.CURATE)
def life_event(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """A life event, new or in place of what it was."""
    form = LifeEventForm(request.POST)

    def verb() -> object:
        given = form.cleaned_data
        return actions.put_life_event(
            key=given["key"], name=given["name"], name_en=given["name_en"], codes=form.wanted(), actor=officer.actor,
            at=officer.at,
        )  # fmt: skip

    made = _written(request, officer, form, verb, gettext("Đã ghi sự kiện đời sống."))
    return made or _page(request, officer, event=form)


@require_POST
@gate(Verb.CURATE)
def life_event_drop(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Take a life event away."""
    actions.drop_life_event(key=request.POST.get("key", "")[:40], actor=officer.actor, at=officer.at)
    return frame.done(request, gettext("Đã bỏ sự kiện đời sống."), "procedure-helps")
