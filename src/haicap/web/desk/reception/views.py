"""Nhận hồ sơ: the procedure is found by typing, the rest is one screen; received and numbered in one go."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from haicap.base.refused import Refused
from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.queries import Pinned, searching
from haicap.domain.dossiers.queries.rows import Item
from haicap.domain.dossiers.rules import phone as spelled_phone
from haicap.domain.procedures import queries as procedures
from haicap.domain.procedures.catalogue import Asked, Entry
from haicap.web.common import refusals
from haicap.web.common.procedures.shown import shown
from haicap.web.desk import frame
from haicap.web.desk.dossier.case import opened
from haicap.web.desk.gate import READ_WRITE, Needs, Officer, gate
from haicap.web.desk.powers.today import Panel, panel
from haicap.web.desk.reception.forms import ReceptionForm, places
from haicap.web.desk.worklist.lines import lines

FOUND = 12


def _matching(text: str, officer: Officer) -> list[Entry]:
    """Procedures by code or words, those that offices in the province settle."""
    if not text.strip():
        return []
    hits = procedures.search(Asked(text=text), officer.on).hits
    return [hit.entry for hit in hits[:FOUND]]


@require_safe
@gate(Needs.COUNTER)
def find(request: HttpRequest, officer: Officer) -> HttpResponse:
    """The found procedures alone, as one types (`?q=`)."""
    values = {
        "entries": _matching(frame.word(request, "q", 200), officer),
        "q": frame.word(request, "q", 200),
    }
    return render(request, "desk/reception/found.html", values)


@require_http_methods(READ_WRITE)
@gate(Needs.COUNTER)
def reception(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """One screen (`?thu-tuc=` code, `?q=` words for it). POST: receive, unless it looks like one that is open."""
    code, text = frame.word(request, "thu-tuc", 20)[:8], frame.word(request, "q", 200)
    if not code:
        values = {"entries": _matching(text, officer), "q": text, "nothing": bool(text)}
        return frame.show(request, officer, "reception/find", values)
    own, _found = places(officer)
    try:
        pinned = queries.to_file(code, queries.place(own, officer.on).province_uid, officer.on)
    except Refused as refused:
        values = {"entries": [], "q": code, "nothing": False, "error": refusals.sentence(refused)}
        return frame.show(request, officer, "reception/find", values, refusals.status(refused.code))
    if request.method != "POST":
        return _shown(request, officer, pinned, ReceptionForm(officer, pinned))
    return _posted(request, officer, pinned)


def _posted(request: HttpRequest, officer: Officer, pinned: Pinned) -> HttpResponseBase:
    form = ReceptionForm(officer, pinned, request.POST, request.FILES)
    if not form.is_valid():
        return _shown(request, officer, pinned, form, 400)
    alike = [] if request.POST.get("trung") else _alike(officer, form)
    if alike:
        return _shown(request, officer, pinned, form, 409, alike)
    taken = frame.attempt(form, lambda: _take_in(form, officer))
    if taken is None:
        before = queries.by_public_id(form.cleaned_data["opaque"]) if form.cleaned_data["opaque"] else None
        if before is not None and getattr(form, "refused", "") == "already_filed":
            return redirect("desk:received", before.code)
        return _shown(request, officer, pinned, form, 400)
    return redirect("desk:received", taken.code)


def _take_in(form: ReceptionForm, officer: Officer) -> Taken:
    given = form.cleaned_data
    limit = int(given["limit"]) if given.get("limit") else None
    return actions.take_in(
        filing=form.filing(), limit=limit, pages=given.get("pages") or 1, copies=given.get("copies") or 1, actor=officer.actor,
        at=officer.at,
    )  # fmt: skip


def _alike(officer: Officer, form: ReceptionForm) -> list[Item]:
    """Open dossiers of the same procedure by the same person."""
    given = form.cleaned_data
    try:
        phone = spelled_phone(given["phone"])
    except Refused:
        phone = ""
    number = given["number"].replace(" ", "").replace(".", "")
    return searching.alike(
        officer.scope, procedure=form.pinned.code, number=number, phone=phone, name=given["name"]
    )


def _shown(
    request: HttpRequest,
    officer: Officer,
    pinned: Pinned,
    form: ReceptionForm,
    status: int = 200,
    alike: list[Item] | None = None,
) -> HttpResponse:
    values = {
        "pinned": pinned,
        "form": form,
        "shown": shown(pinned.content),
        "alike": lines(alike or [], officer),
        "panel": _panel(officer, pinned, form),
        "wide": False,
        "batch": False,
    }
    return frame.show(request, officer, "reception/one", values, status)


def _panel(officer: Officer, pinned: Pinned, form: ReceptionForm) -> Panel | None:
    """Who holds the power today at the unit chosen, beside whom the dossier would go to."""
    chosen = str(form["unit"].value() or "")
    own, found = places(officer)
    place = queries.place(chosen if chosen in dict(found) else own, officer.on)
    office, name = queries.competent_of(pinned.content, place)
    return panel(pinned.code, place.uid, office, name, officer.on)


@require_safe
@gate(Needs.COUNTER)
def received(request: HttpRequest, officer: Officer, code: str) -> HttpResponse:
    """Just received: the code, when it is due, the slip to print, and what comes next."""
    case = opened(code, officer)
    slip = next((s for s in case.whole.slips if s.form == "01"), None)
    values = {
        "case": case,
        "row": case.row,
        "slip": slip,
        "whole": case.whole,
        "title": gettext("Đã tiếp nhận"),
    }
    return frame.show(request, officer, "reception/received", values)
