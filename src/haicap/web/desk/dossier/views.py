"""Một hồ sơ: its page, the forms of its next actions, its files and papers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from haicap.base.refused import Refused
from haicap.domain.deadlines import queries as deadlines
from haicap.domain.deadlines.reckoning import read_parts
from haicap.domain.dossiers.queries import saying
from haicap.domain.dossiers.queries.worklists import bounds
from haicap.kernel.files import queries as files
from haicap.kernel.files.queries import download_headers
from haicap.web.common import proofs
from haicap.web.desk import frame, people
from haicap.web.desk.dossier import acts
from haicap.web.desk.dossier.case import Case, opened
from haicap.web.desk.dossier.forms import Act
from haicap.web.desk.dossier.story import since, steps_of, story
from haicap.web.desk.gate import READ_WRITE, Needs, Officer, gate
from haicap.web.desk.powers import today
from haicap.web.desk.remaining import remaining


def page(
    request: HttpRequest, case: Case, bound: Act | None = None, *, open_at: str = "", status: int = 200
) -> HttpResponse:
    """The page of a dossier; `bound` is the form that was just refused, `open_at` the one to be open."""
    offered = acts.offered(case)
    forms = [bound if bound is not None and isinstance(bound, act) else act(case) for act in offered]
    if (
        bound is not None and type(bound) not in offered
    ):  # no longer possible: what was typed is shown all the same
        forms.insert(0, bound)
    row = case.row
    values: dict[str, object] = {
        "case": case,
        "row": row,
        "whole": case.whole,
        "forms": forms,
        "bound": bound,
        "open_at": bound.slug if bound else open_at or (offered[0].slug if offered else ""),
        "left": remaining(row.state, row.due_at, bounds(case.officer.at)),
        "steps": steps_of(case),
        "answers": _answers(case),
        "story": story(case),
        "names": people.names({row.assignee, *(s.asked_by for s in case.whole.supplements)}),
        "assignee": people.names({row.assignee}).get(row.assignee, ""),
        "changed": since(case, bound.stale_since) if bound is not None and bound.refused == "stale" else [],
        "panel": today.of_case(case),
        **_deadline(case),
    }
    return frame.show(request, case.officer, "dossier/dossier", values, status)


def _answers(case: Case) -> list[tuple[str, str]]:
    """The form as it was filled in, question by question."""
    form = case.pinned.content.form
    labels, said = saying.labels(form), saying.said(form, case.row.answers)
    return [(labels[key], text) for key, text in said.items()]


def _deadline(case: Case) -> dict[str, object]:
    """The strip of the days of its clock; nothing before receipt and where nothing is promised."""
    if not case.row.clock:
        return {}
    clock = deadlines.clock(case.row.stream, case.row.clock)
    if clock is None:
        return {}
    try:
        proof = deadlines.proof_of(clock)
    except Refused:
        return {}
    return {"strip": proofs.strip(proof), "summary": proofs.summary(proof), "proof": proofs.rows(proof),
            "limit": proofs.limit_words(read_parts(clock.parts))}  # fmt: skip


@require_safe
@gate(Needs.PERSONAL)
def dossier(request: HttpRequest, officer: Officer, code: str) -> HttpResponse:
    """Everything about a dossier, and what may be done now (`?viec=` opens one form)."""
    return page(request, opened(code, officer), open_at=frame.word(request, "viec", 40))


@require_http_methods(READ_WRITE)
@gate(Needs.PERSONAL)
def act(request: HttpRequest, officer: Officer, code: str, slug: str) -> HttpResponse:
    """One next action: shown open on the page of its dossier, done by POST. A refusal keeps what was typed."""
    kind = acts.BY_SLUG.get(slug)
    if kind is None:
        raise Http404
    case = opened(code, officer)
    if request.method != "POST":
        return page(request, case, open_at=slug)
    form = kind(case, request.POST, request.FILES)
    if not form.is_valid():
        return page(request, case, form, status=400)
    if frame.attempt(form, form.run) is None:
        if form.refused == "stale":  # show it as it is now, with what was typed; sending again then counts
            case = opened(code, officer)
            form = again(kind, case, form)
        return page(request, case, form, status=409 if form.refused in ("stale", "not_now") else 400)
    messages.success(request, str(form.said))
    return redirect("desk:dossier", code)


def again(kind: Callable[[Case, QueryDict], Act], case: Case, stale: Act) -> Act:
    """The same form with the same words at the version that counts now."""
    data = QueryDict(mutable=True)
    data.update(stale.data)
    seen, errors = data.get("seen"), stale.non_field_errors()
    data["seen"] = str(case.row.version)
    form = kind(case, data)
    form.is_valid()
    form.add_error(None, list(errors) or [gettext("Hồ sơ vừa thay đổi. Xin xem lại rồi gửi lần nữa.")])
    form.refused, form.stale_since = "stale", int(seen or 0)
    return form


@require_safe
@gate(Needs.PERSONAL)
def component(request: HttpRequest, officer: Officer, code: str, file: UUID) -> HttpResponseBase:
    """A paper of the dossier: shown when it is a picture or PDF, saved otherwise."""
    case = opened(code, officer)
    kept = next((c.file for c in case.whole.components if c.file and c.file.public_id == file), None)
    if kept is None:
        raise Http404
    return _sent(kept)


@require_safe
@gate(Needs.PERSONAL)
def result(request: HttpRequest, officer: Officer, code: str, result: UUID) -> HttpResponseBase:
    """A signed result as PDF."""
    case = opened(code, officer)
    found = next((r for r in case.whole.results if r.public_id == result and r.file_id), None)
    if found is None or found.file is None:
        raise Http404
    return _sent(found.file)


def _sent(kept: Any) -> StreamingHttpResponse:
    return StreamingHttpResponse(files.chunks(kept), headers=download_headers(kept, inline=True))
