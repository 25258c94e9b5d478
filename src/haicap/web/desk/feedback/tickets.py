"""Một phiếu: its page, the forms of its next actions, its files."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from haicap.base.refused import Refused
from haicap.domain.feedback import queries
from haicap.domain.feedback.queries import AnswerRow
from haicap.domain.feedback.states import Ground, Verb
from haicap.domain.law import queries as law
from haicap.kernel.files import queries as files
from haicap.kernel.files.queries import download_headers
from haicap.web.common.feedback import words
from haicap.web.common.law import links
from haicap.web.desk import frame, people
from haicap.web.desk.feedback import offers
from haicap.web.desk.feedback.acts import Act
from haicap.web.desk.feedback.case import Case, opened
from haicap.web.desk.feedback.keeper import Keeper, door, show
from haicap.web.desk.feedback.lines import lines, organ_name
from haicap.web.desk.feedback.story import clocks, since, story
from haicap.web.desk.gate import READ_WRITE


def page(
    request: HttpRequest, case: Case, bound: Act | None = None, *, open_at: str = "", status: int = 200
) -> HttpResponse:
    """The page of a ticket; `bound` is the form that was just refused, `open_at` the one to be open."""
    offered = offers.offered(case)
    forms = [bound if bound is not None and isinstance(bound, act) else act(case) for act in offered]
    if (
        bound is not None and type(bound) not in offered
    ):  # no longer possible: what was typed is shown all the same
        forms.insert(0, bound)
    row, officer = case.row, case.keeper.officer
    alike = queries.near_duplicates(row.text, case.keeper.scope, besides=row.pk)
    first = "" if Verb.DRAFT in case.verbs else offered[0].slug if offered else ""
    values: dict[str, object] = {
        "case": case,
        "row": row,
        "line": lines([row], officer)[0],
        "forms": forms,
        "bound": bound,
        "open_at": bound.slug if bound else open_at or first,
        "may_draft": Verb.DRAFT in case.verbs,
        "clocks": clocks(case),
        "story": story(case),
        "changed": since(case, bound.stale_since) if bound is not None and bound.refused == "stale" else [],
        "channel": words.said(words.CHANNELS, row.channel),
        "ground": words.said(words.GROUNDS, row.ground) if row.ground in set(Ground) else "",
        "rating": words.said(words.RATINGS, row.rating),
        "document_href": links.href(law.document(row.document.slug), row.path) if row.document else "",
        "document_named": queries.printed(law.document(row.document.slug), row.path) if row.document else "",
        "alike": [(round(100 * a.share), one) for a, one in zip(alike, lines((a.ticket for a in alike), officer), strict=True)],
        "files": _files(case),
        "asks": organ_name(row.sender_organ_id, officer) if row.sender_organ_id else "",
        "before": [(one, _cited(one)) for one in case.whole.earlier],
        **_answer(case),
    }  # fmt: skip
    return show(request, case.keeper, "ticket", values, status)


def _files(case: Case) -> Sequence[object]:
    """What was sent along; erased ones are gone."""
    return [files.stored(one.file) for one in case.whole.files] if not case.row.erased_at else []


def _cited(answer: AnswerRow) -> list[tuple[str, str]]:
    return [(c["citation"], links.href(law.document(c["document"]), c["path"])) for c in answer.citations]


def _answer(case: Case) -> dict[str, object]:
    """The answer with its citations linked, and the names of who wrote and who approved it; a draft only for those inside."""
    answer = case.row.answer
    if answer is None or not (case.whole.inside or answer.approved_at):
        return {"answer": None}
    names = people.names({answer.drafted_by, answer.approved_by})
    return {
        "answer": answer, "cited": _cited(answer), "drafter": names.get(answer.drafted_by, ""),
        "approver": names.get(answer.approved_by, ""),
    }  # fmt: skip


@require_safe
@door
def ticket(request: HttpRequest, keeper: Keeper, code: str) -> HttpResponse:
    """Everything about a ticket, and what may be done now (`?viec=` opens one form)."""
    return page(request, opened(code, keeper), open_at=frame.word(request, "viec", 40))


@require_http_methods(READ_WRITE)
@door
def act(request: HttpRequest, keeper: Keeper, code: str, slug: str) -> HttpResponseBase:
    """One next action: shown open on the page of its ticket, done by POST. A refusal keeps what was typed."""
    kind = offers.BY_SLUG.get(slug)
    if kind is None:
        raise Http404
    case = opened(code, keeper)
    if request.method != "POST":
        return page(request, case, open_at=slug)
    form = kind(case, request.POST)
    if not form.is_valid():
        return page(request, case, form, status=400)
    if frame.attempt(form, form.run) is None:
        if form.refused == "stale":  # show it as it is now, with what was typed; sending again then counts
            case = opened(code, keeper)
            form = _again(kind, case, form)
        return page(request, case, form, status=409 if form.refused in ("stale", "not_now") else 400)
    messages.success(request, str(form.said))
    return _after(code, keeper)


def _after(code: str, keeper: Keeper) -> HttpResponseBase:
    """Back to the ticket; to the list when it went where this officer does not see it."""
    try:
        opened(code, keeper)
    except Refused:
        return redirect("desk:tickets")
    return redirect("desk:ticket", code)


def _again(kind: type[Act], case: Case, stale: Act) -> Act:
    """The same form with the same words at the version that counts now."""
    data = QueryDict(mutable=True)
    data.update(stale.data)
    seen, errors = data.get("seen"), stale.non_field_errors()
    data["seen"] = str(case.row.version)
    form = kind(case, data)
    form.is_valid()
    form.add_error(None, list(errors) or [gettext("Phiếu vừa thay đổi. Xin xem lại rồi gửi lần nữa.")])
    form.refused, form.stale_since = "stale", int(seen or 0)
    return form


@require_safe
@door
def file(request: HttpRequest, keeper: Keeper, code: str, file: UUID) -> HttpResponseBase:
    """A file of the ticket: shown when it is a picture or PDF, saved otherwise."""
    case = opened(code, keeper)
    if file not in {one.file for one in case.whole.files} or case.row.erased_at:
        raise Http404
    kept = files.stored(file)
    return StreamingHttpResponse(files.chunks(kept), headers=download_headers(kept, inline=True))
