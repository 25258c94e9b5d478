"""Vướng mắc của quy định: reported, answered by the ministry that answers for the rule, mended by an act."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from haicap.domain.law import actions, places, queries
from haicap.domain.law.policy import JUSTICE, Verb
from haicap.domain.law.queries import ProblemLine
from haicap.domain.law.states import ProblemKind, ProblemState
from haicap.web.common import paging
from haicap.web.common.law import listing as asking
from haicap.web.common.law import words
from haicap.web.console import frame, record
from haicap.web.console.forms import Seen
from haicap.web.console.gate import Officer, gate
from haicap.web.console.law.forms import AnswerForm, ReportForm, SettleForm
from haicap.web.console.law.owed import slug_of

READ_WRITE = ("GET", "HEAD", "POST")


@require_safe
@gate()
def listing(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Problems for my ministry first; `?cua=toi` mine, `?cua=tat-ca` all; `?trang-thai=`."""
    whose, state = asking.word(request, "cua", 10), asking.word(request, "trang-thai", 20)
    whose = whose or ("bo" if Verb.ANSWER in officer.rights else "toi")
    state = state if state in set(ProblemState) else ""
    found = queries.problems(state=state, raised_by=officer.actor if whose == "toi" else "")
    if whose == "bo":
        found = [line for line in found if may_answer(officer, line)]
    found.sort(key=lambda line: line.state is not ProblemState.OPEN)  # what waits comes first, newest first
    values = {
        "page": paging.page(request, found, 50), "whose": whose, "state": state, "states": words.PROBLEMS.items(),
        "whoses": [("bo", gettext("Cơ quan tôi trả lời")), ("toi", gettext("Tôi đã báo")), ("tat-ca", gettext("Tất cả"))],
    }  # fmt: skip
    return frame.show(request, officer, "law/problems", values)


def may_answer(officer: Officer, line: ProblemLine) -> bool:
    """Whether the officer is of the ministry that answers; the Ministry of Justice where none is known."""
    return Verb.ANSWER in officer.rights and any(
        p.organ_kind == (line.owner or JUSTICE) for p in officer.posts
    )


@require_http_methods(READ_WRITE)
@gate()
def one(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """One problem; `viec`: tra-loi (answer), sua (mended by an act), rut (withdrawn by its reporter)."""
    line, work = queries.problem(code), request.POST.get("viec", "")
    made: dict[str, type[Seen]] = {"tra-loi": AnswerForm, "sua": SettleForm, "rut": Seen}
    start = {"seen": line.version, "answer": line.answer}
    shown = {name: form(request.POST if name == work else None, initial=start) for name, form in made.items()}
    form = shown.get(work)
    if request.method == "POST" and form is not None and form.is_valid():
        if frame.attempt(form, _verb(work, officer, code, form)) is not None:
            return frame.done(request, gettext("Đã ghi."), "law-problem", code)
    open_still = line.state in (ProblemState.OPEN, ProblemState.ANSWERED)
    values = {
        "line": line, "answering": shown["tra-loi"], "mending": shown["sua"], "withdrawing": shown["rut"],
        "may": open_still and may_answer(officer, line),
        "own": line.raised_by == officer.actor and line.state is ProblemState.OPEN,
        "place": words.placed(line.doc, line.path), "from_organ": from_organ(line), "story": record.story(f"law.problem:{code}"),
    }  # fmt: skip
    bad = any(f.errors for f in shown.values())
    return frame.show(request, officer, "law/problem", values, 400 if bad else 200)


def from_organ(line: ProblemLine) -> str:
    """The organ that reported: "Ủy ban nhân dân phường Sa Pa"."""
    kind, _, uid = line.raised_for.partition("@")
    unit = words.unit_name(uid)
    name = words.organ(kind)
    return f"{name} ({unit})" if unit and uid != "vn" else name


def _verb(work: str, officer: Officer, code: str, form: Seen) -> Callable[[], object]:
    given = form.cleaned_data
    who = {"code": code, "seen": given["seen"], "actor": officer.actor, "at": officer.at}
    if work == "tra-loi":
        return lambda: actions.answer_problem(answer=given["answer"], **who)
    if work == "sua":
        return lambda: actions.mend_problem(slug=slug_of(given["document"]), **who)
    return lambda: actions.withdraw_problem(**who)


@require_http_methods(READ_WRITE)
@gate(Verb.REPORT)
def report(request: HttpRequest, officer: Officer, slug: str) -> HttpResponseBase:
    """Report a rule that is missing, contradictory or unclear (`?vi-tri=` its place)."""
    doc = queries.document(slug)
    asked = asking.word(request, "vi-tri", 120)
    start = {"place": places.written(asked) if asked and places.valid(asked) else ""}
    form = ReportForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        row = frame.attempt(form, lambda: _report(officer, slug, form))
        if row is not None:
            return frame.done(request, gettext("Đã gửi vướng mắc."), "law-problem", row.code)
    values = {"doc": doc, "name": words.named(doc), "form": form}
    return frame.show(request, officer, "law/report", values, 400 if form.errors else 200)


def _report(officer: Officer, slug: str, form: forms.Form) -> ProblemLine:
    given = form.cleaned_data
    row = actions.report_problem(
        slug=slug, path=places.read(given["place"]), kind=ProblemKind(given["kind"]), question=given["question"],
        actor=officer.actor, at=officer.at,
    )  # fmt: skip
    return queries.problem(row.code)
