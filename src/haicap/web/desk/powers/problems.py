"""Vướng mắc: an officer reports a rule that is missing, contradictory or unclear, and reads what was answered."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haicap.base.citation import Citation
from haicap.base.refused import Refused
from haicap.domain.feedback import actions as feedback
from haicap.domain.feedback import queries as tickets
from haicap.domain.feedback.actions import Filed, Filing, Proof
from haicap.domain.feedback.rules import Sender
from haicap.domain.feedback.states import Channel, Kind
from haicap.domain.law import actions, places, queries
from haicap.domain.law.queries import Doc
from haicap.domain.law.states import ProblemKind
from haicap.domain.units import policy as units
from haicap.web.common import refusals
from haicap.web.common.law import links
from haicap.web.common.law import words as law_words
from haicap.web.desk import frame
from haicap.web.desk.gate import READ_WRITE, Needs, Officer, gate
from haicap.web.desk.powers.forms import ProblemForm

NATION = "vn"


@require_safe
@gate(Needs.LISTS)
def problems(request: HttpRequest, officer: Officer) -> HttpResponse:
    """What I reported, newest first, with the answers, and the ticket whose clock runs for it."""
    mine = queries.problems(raised_by=officer.actor)
    asked = tickets.of_problems([p.code for p in mine])
    rows = [
        (
            p, law_words.placed(p.doc, p.path), links.href(p.doc, p.path), law_words.said(law_words.PROBLEM_KINDS, p.kind),
            law_words.said(law_words.PROBLEMS, p.state), law_words.TONES.get(p.state, "calm"),
            law_words.organ(p.owner) if p.owner else "", law_words.named(p.mended_by) if p.mended_by else "",
            asked.get(p.code),
        )
        for p in mine
    ]  # fmt: skip
    return frame.show(
        request, officer, "powers/problems", {"rows": rows, "title": gettext("Vướng mắc của tôi")}
    )


@require_http_methods(READ_WRITE)
@gate(Needs.LISTS)
def new(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Report one: `?van-ban=` name of the document's page and `?dieu=` place, or `?so=` its number to look it up."""
    slug, number = frame.word(request, "van-ban", 120), frame.word(request, "so", 120)
    values: dict[str, object] = {"number": number, "title": gettext("Báo vướng mắc")}
    if not slug:
        if number:
            values["found"] = _numbered(number)
        return frame.show(request, officer, "powers/problem_find", values)
    doc = queries.document(slug)
    path = frame.word(request, "dieu", 120)
    form = ProblemForm(
        request.POST if request.method == "POST" else None, {"place": places.written(path) if path else ""}
    )
    if request.method == "POST" and form.is_valid():
        made = frame.attempt(form, lambda: _reported(form, doc, officer))
        if made is not None:
            return frame.done(request, gettext("Đã gửi vướng mắc tới cơ quan trả lời."), "problems")
    known = [
        (p, law_words.placed(p.doc, p.path), law_words.said(law_words.PROBLEMS, p.state))
        for p in queries.problems(doc=doc)
        if not path or p.path == path
    ]
    values |= {
        "doc": doc, "named": law_words.named(doc), "form": form, "known": known[:5], "href": links.href(doc, path),
        "owner": law_words.organ(doc.owner) if doc.owner else "",
    }  # fmt: skip
    return frame.show(request, officer, "powers/problem", values, 400 if form.errors else 200)


def _numbered(number: str) -> list[tuple[Doc, str]]:
    """Documents of a number; several provinces may share one."""
    return [(f.doc, law_words.named(f.doc)) for f in queries.resolve(Citation(number))]


def _reported(form: ProblemForm, doc: Doc, officer: Officer) -> Filed:
    """A question of a locality: a ticket with a clock at whoever answers for the document, and a problem at its clause."""
    given = form.cleaned_data
    path = places.read(given["place"]) if given["place"] else ""
    post = next(iter(units.held(officer.actor, officer.on)), None)
    unit = post.unit_uid if post is not None and post.unit_uid != NATION else ""
    filing = Filing(
        Kind.LOCALITY, given["question"], law_words.placed(doc, path), Sender(officer.user.display_name, user=officer.actor),
        Channel.DESK, unit, document=doc.slug, path=path, problem=ProblemKind(given["kind"]),
    )  # fmt: skip
    return feedback.file_ticket(filing=filing, actor=officer.actor, at=officer.at)


@require_POST
@gate(Needs.LISTS)
def withdraw(request: HttpRequest, officer: Officer, code: str) -> HttpResponseBase:
    """Take one of mine back while nobody has answered."""
    seen, ticket = request.POST.get("seen", ""), tickets.of_problems([code.replace("\0", "")]).get(code)
    try:
        if ticket is not None:  # its problem goes with it
            feedback.withdraw_ticket(code=ticket.code, proof=Proof(), actor=officer.actor, at=officer.at)
            return frame.done(request, gettext("Đã rút vướng mắc."), "problems")
        actions.withdraw_problem(
            code=code, seen=int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0,
            actor=officer.actor, at=officer.at,
        )  # fmt: skip
    except Refused as refused:
        if refusals.status(refused.code) in frame.ELSEWHERE:
            raise
        messages.warning(request, refusals.sentence(refused))
        return redirect("desk:problems")
    return frame.done(request, gettext("Đã rút vướng mắc."), "problems")
