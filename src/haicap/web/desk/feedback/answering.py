"""Trang soạn câu trả lời: citations found in the register of law, earlier answers beside, the public text looked at first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from haicap.base.refused import Refused
from haicap.base.text import fold
from haicap.domain.feedback import actions, policy, queries
from haicap.domain.feedback.queries import TicketRow
from haicap.domain.feedback.states import State, Verb, possible
from haicap.domain.law import places
from haicap.domain.law import queries as law
from haicap.domain.law.queries import Hit
from haicap.web.common import refusals
from haicap.web.common.law import links
from haicap.web.common.law import words as law_words
from haicap.web.desk import frame
from haicap.web.desk.feedback.answer_form import AnswerForm, Chosen, personal, split
from haicap.web.desk.feedback.case import Case, opened
from haicap.web.desk.feedback.keeper import Keeper, door, show
from haicap.web.desk.feedback.lines import lines
from haicap.web.desk.gate import READ_WRITE

MOST_FOUND = 12


@dataclass
class Desk:
    """The page between two requests: nothing of it is kept until it is saved."""

    case: Case
    form: AnswerForm
    chosen: Chosen
    place: str = ""  # "điều 5 khoản 1", for the next citation
    sought: str = ""
    error: str = ""


@require_http_methods(READ_WRITE)
@door
def answer(request: HttpRequest, keeper: Keeper, code: str) -> HttpResponseBase:
    """Write the answer. POST `lam`: tim, them:SLUG|PLACE, bo:SLUG|PLACE, mau:ANSWER, xem, luu, trinh."""
    case = opened(code, keeper)
    if Verb.DRAFT not in case.verbs:
        raise policy.not_yours()
    if request.method != "POST":
        return _shown(request, Desk(case, AnswerForm(case), Chosen.of_draft(case)))
    desk = Desk(case, AnswerForm(case, request.POST), Chosen.of_form(case, request.POST))
    desk.place, desk.sought = request.POST.get("dieu", "")[:120], request.POST.get("tim", "")[:200]
    do, _, what = request.POST.get("lam", "luu")[:500].partition(":")
    if do in ("luu", "trinh"):
        return _saved(request, desk, submit=do == "trinh")
    {"them": _add, "bo": _drop, "mau": _copy}.get(do, _nothing)(desk, what)
    if do != "mau":  # shown again as typed; what is missing is told when it is saved
        desk.form = AnswerForm(case, initial={name: desk.form.said(name) for name in desk.form.fields})
    return _shown(request, desk)


def _nothing(desk: Desk, what: str) -> None:
    """Only look."""


def _add(desk: Desk, what: str) -> None:
    slug, path = split(what)
    try:
        path = path or (places.read(desk.place) if desk.place.strip() else "")
        law.document(slug)
    except Refused as refused:
        desk.error = refusals.sentence(refused)
        return
    desk.chosen = replace(desk.chosen, cited=tuple(dict.fromkeys([*desk.chosen.cited, (slug, path)])))
    desk.place = ""


def _drop(desk: Desk, what: str) -> None:
    gone = split(what)
    desk.chosen = replace(desk.chosen, cited=tuple(c for c in desk.chosen.cited if c != gone))


def _copy(desk: Desk, what: str) -> None:
    """An earlier answer as a beginning: its words and what it cites."""
    found = queries.public_answer(what[:40])
    if found is None:
        desk.error = gettext("Không có câu trả lời này.")
        return
    cited = [*desk.chosen.cited, *((c["document"], c["path"]) for c in found.citations)]
    desk.chosen = replace(desk.chosen, cited=tuple(dict.fromkeys(cited)))
    values: dict[str, Any] = {name: desk.form.said(name) for name in desk.form.fields}
    desk.form = AnswerForm(
        desk.case, initial=values | {"text": found.public_text, "public_question": found.public_question}
    )


def _saved(request: HttpRequest, desk: Desk, *, submit: bool) -> HttpResponseBase:
    officer, chosen, code = desk.case.keeper.officer, desk.chosen, desk.case.code
    if not desk.form.is_valid():
        return _shown(request, desk, 400)
    draft = chosen.draft(desk.form)
    made = frame.attempt(
        desk.form,
        lambda: actions.draft_answer(
            codes=[c for c, _ in chosen.tickets],
            draft=draft,
            seen=dict(chosen.tickets),
            actor=officer.actor,
            at=officer.at,
        ),
    )
    if made is None:
        fresh = opened(code, desk.case.keeper)  # versions as they are now, so that sending again counts
        desk.case, desk.chosen = fresh, replace(chosen, tickets=_fresh(fresh, chosen))
        return _shown(request, desk, 409 if desk.form.refused == "stale" else 400)  # type: ignore[attr-defined]
    now = opened(code, desk.case.keeper)
    if submit and now.row.state == State.IN_WORK:
        actions.submit_answer(code=code, seen=now.row.version, actor=officer.actor, at=officer.at)
        messages.success(request, gettext("Đã trình duyệt."))
        return redirect("desk:ticket", code)
    messages.success(request, gettext("Đã lưu câu trả lời. Chưa ai ngoài cơ quan thấy."))
    return redirect("desk:ticket-answer", code)


def _fresh(case: Case, chosen: Chosen) -> tuple[tuple[str, int], ...]:
    """The chosen tickets at the versions that count now; those this officer sees no more are left out."""
    found = []
    for code, _seen in chosen.tickets:
        try:
            found.append(
                (code, opened(code, case.keeper).row.version if code != case.code else case.row.version)
            )
        except Refused:
            continue
    return tuple(found)


def _others(desk: Desk) -> list[TicketRow]:
    """Tickets one answer may be for too: near ones of the same organ that may be drafted on, and those chosen already."""
    row, scope = desk.case.row, desk.case.keeper.scope
    rows = {
        like.ticket.code: like.ticket for like in queries.near_duplicates(row.text, scope, besides=row.pk)
    }
    rows |= {other.code: other for other in queries.together_with(row) if other.pk != row.pk}
    posts = desk.case.keeper.posts
    return [
        other for other in rows.values()
        if other.organ_id == row.organ_id and Verb.DRAFT in possible(other.state) and policy.allows(Verb.DRAFT, posts, other)
    ]  # fmt: skip


def _hits(sought: str, on: date) -> list[Hit]:
    """Documents for a citation; the one of exactly this number first."""
    wanted = sought.strip()
    found = law.search(wanted, on=on) if wanted else []
    return sorted(found, key=lambda hit: fold(hit.doc.number) != fold(wanted))[:MOST_FOUND]


def _shown(request: HttpRequest, desk: Desk, status: int = 200) -> HttpResponse:
    case, officer = desk.case, desk.case.keeper.officer
    others = _others(desk)
    picked = {code for code, _ in desk.chosen.tickets}
    hits = _hits(desk.sought, officer.on)
    values = {
        "case": case,
        "row": case.row,
        "line": lines([case.row], officer)[0],
        "form": desk.form,
        "chosen": desk.chosen,
        "cited": desk.chosen.shown(),
        "place": desk.place,
        "sought": desk.sought,
        "hits": [(h, law_words.placed(h.doc, h.path), links.href(h.doc, h.path)) for h in hits],
        "error": desk.error,
        "personal": personal(desk.form, [case.row, *others], desk.chosen.kept),
        "published": desk.form.published,
        "others": [(line, line.ticket.code in picked) for line in lines(others, officer)],
        "said": [remark for remark in case.whole.remarks if not remark.inside],
    }
    return show(request, case.keeper, "answer_page", values, status)
