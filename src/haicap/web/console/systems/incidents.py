"""Sự cố: list, file, one, opened by hand."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from haicap.domain.feedback import actions
from haicap.domain.feedback.queries import systems
from haicap.domain.feedback.queries.systems import IncidentLine
from haicap.domain.feedback.systems_policy import forbidden
from haicap.domain.feedback.uptime.states import Impact, IncidentState, possible
from haicap.kernel.accounts import queries as people
from haicap.web.common import exports, paging
from haicap.web.common.systems import words
from haicap.web.console import frame, record
from haicap.web.console.forms import Seen
from haicap.web.console.gate import Officer
from haicap.web.console.systems.forms import NoteForm, OpenForm, WhyForm, WriteUpForm
from haicap.web.console.systems.views import HANDLING, may_handle, told

MOST = 5000
HEAD = (
    "code", "system", "cause", "impact", "state", "why", "text", "opened_at", "acknowledged_at", "resolved_at",
    "seconds_to_acknowledge", "seconds_to_repair", "reopened", "ticket",
)  # fmt: skip


@require_safe
@HANDLING
def listing(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Incidents, newest first (`?trang-thai=`)."""
    state = frame.word(request, "trang-thai", 20)
    state = state if state in set(IncidentState) else ""
    found = [told(line) for line in systems.incidents(state=state, limit=MOST)]
    values = {
        "page": paging.page(request, found, 50),
        "states": [(s.value, words.toned(words.STATES, s)[1], s.value == state) for s in IncidentState],
        "state": state,
    }
    return frame.show(request, officer, "systems/incidents", values)


@require_safe
@HANDLING
def export(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The same as a table."""
    return exports.csv_response("su-co", HEAD, (_cells(line) for line in systems.incidents(limit=MOST)))


def _cells(line: IncidentLine) -> tuple[object, ...]:
    times = (line.opened_at, line.acknowledged_at, line.resolved_at)
    spans = (line.acknowledge_time, line.repair_time)
    return (
        line.code, line.system, line.cause, line.impact, line.state, line.why, line.text,
        *(t.isoformat() if t else "" for t in times), *(int(s.total_seconds()) if s is not None else "" for s in spans),
        line.reopened, line.ticket,
    )  # fmt: skip


@require_http_methods(("GET", "HEAD", "POST"))
@HANDLING
def by_hand(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Open an incident (`?phieu=` the ticket it comes from)."""
    system = systems.system(code)
    if not may_handle(officer, system):
        raise forbidden()
    start = {"since_at": officer.at, "impact": Impact.DOWN, "ticket": frame.word(request, "phieu", 40)}
    form = OpenForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        made = frame.attempt(form, lambda: actions.open_incident(
            system=code, impact=Impact(given["impact"]), text=given["text"], since=given["since_at"],
            ticket=given["ticket"], actor=officer.actor, at=officer.at))  # fmt: skip
        if made is not None:
            return frame.done(request, gettext("Đã mở sự cố."), "system-incident", made.code)
    name = words.named(system.name, system.name_en)
    values = {
        "form": form,
        "system": system,
        "name": name,
        "title": gettext("Mở sự cố"),
        "button": gettext("Mở sự cố"),
    }
    return frame.show(request, officer, "systems/form", values, 400 if form.errors else 200)


FORMS: Mapping[str, type[Seen]] = {
    "acknowledge": Seen, "note": NoteForm, "resolve": Seen, "reopen": WhyForm, "write_up": WriteUpForm
}  # fmt: skip


@require_http_methods(("GET", "HEAD", "POST"))
@HANDLING
def one(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """One incident; `viec` names what is done."""
    line, asked = systems.incident(code), request.POST.get("viec", "")
    start = {"seen": line.version, "text": line.write_up if asked == "write_up" else ""}
    shown = {
        name: made(request.POST if name == asked else None, initial=start) for name, made in FORMS.items()
    }
    shown["write_up"].initial["text"] = line.write_up
    form = shown.get(asked)
    if request.method == "POST" and form is not None and form.is_valid():
        if frame.attempt(form, _verb(asked, officer, code, form)) is not None:
            return frame.done(request, gettext("Đã ghi."), "system-incident", code)
    may = may_handle(officer, systems.system(line.system))
    steps = possible(line.state) if may else frozenset()
    _, name, impact, state, text, repaired = told(line)
    values = {
        "line": line, "name": name, "impact": impact, "state": state, "text": text, "forms": shown, "may": may,
        "steps": {verb.value for verb in steps}, "cause": words.said(words.CAUSES, line.cause),
        "acknowledged": words.lasting(line.acknowledge_time), "repaired": repaired,
        "people": people.display_names({line.owner, line.opened_by, *(n.actor for n in line.notes)}),
        "tickets": systems.tickets_of(code), "story": record.story(f"feedback.incident:{code}"),
    }  # fmt: skip
    return frame.show(
        request, officer, "systems/incident", values, 400 if any(f.errors for f in shown.values()) else 200
    )


def _verb(asked: str, officer: Officer, code: str, form: Seen) -> Callable[[], object]:
    given = form.cleaned_data
    who = {"code": code, "seen": given["seen"], "actor": officer.actor, "at": officer.at}
    verbs: Mapping[str, Callable[[], object]] = {
        "acknowledge": lambda: actions.acknowledge_incident(**who),
        "note": lambda: actions.note_incident(text=given["text"], public=given["public"], **who),
        "resolve": lambda: actions.resolve_incident(**who),
        "reopen": lambda: actions.reopen_incident(why=given["why"], **who),
        "write_up": lambda: actions.write_up_incident(text=given["text"], **who),
    }
    return verbs[asked]
