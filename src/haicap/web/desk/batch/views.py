"""Bàn giao, phân công: many dossiers at once, on one sheet; those that arrive are confirmed by scanning their codes."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haicap.base.refused import Refused
from haicap.domain.dossiers import actions, policy, queries
from haicap.domain.dossiers.policy import COMMUNE_WORK, PROVINCE_WORK
from haicap.domain.dossiers.queries import custody, searching
from haicap.domain.dossiers.states import State
from haicap.domain.procedures import queries as procedures
from haicap.domain.units import queries as units
from haicap.web.common import refusals
from haicap.web.desk import frame, people
from haicap.web.desk.gate import READ_WRITE, Needs, Officer, gate

MOST = 200


def organs_of(officer: Officer) -> set[int]:
    """Organs whose arrivals the officer confirms: one's own, and those of one's house."""
    found = {post.organ_id for post in officer.posts}
    for post in officer.posts:
        house = next((h for h in (COMMUNE_WORK, PROVINCE_WORK) if post.kind in h), ())
        if house:
            rows = units.organs_of(queries.uid_of(post.unit_id), officer.on)
            found |= {row.pk for row in rows if row.kind in house}
    return found


def chosen(request: HttpRequest) -> list[tuple[str, int]]:
    """Codes of the ticked rows with the versions they were shown at."""
    found = []
    for text in request.POST.getlist("ho-so")[:MOST]:
        code, _, seen = text.partition("@")
        found.append((code, int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 9 else 0))
    return found


def named(rows: Iterable[custody.OnTheWay]) -> list[tuple[custody.OnTheWay, str]]:
    """Rows with the names of their procedures."""
    names = {
        (r.procedure_code, r.procedure_version): next(
            (e.name for e in procedures.history(r.procedure_code) if e.pk == r.procedure_version),
            r.procedure_code,
        )
        for r in rows
    }
    return [(r, names[r.procedure_code, r.procedure_version]) for r in rows]


@require_http_methods(READ_WRITE)
@gate(Needs.PERSONAL)
def handovers(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """What is on its way here, to be confirmed row by row or by scanning (`ma`: codes, one a line)."""
    error, typed = "", ""
    if request.method == "POST":
        typed = request.POST.get("ma", "")[:20_000]
        codes = [code for code, _ in chosen(request)]
        codes += [searching.code_in(line) or line.strip()[:60] for line in typed.splitlines() if line.strip()]
        try:
            if not codes:
                raise Refused("nothing_chosen", gettext("Chưa chọn hoặc quét hồ sơ nào."))
            number = actions.take_over(codes=codes[:MOST], actor=officer.actor, at=officer.at)
        except Refused as refused:
            error = refusals.sentence(refused)
        else:
            said = ngettext("Đã nhận bàn giao %(n)s hồ sơ.", "Đã nhận bàn giao %(n)s hồ sơ.", number) % {
                "n": number
            }
            return frame.done(request, said, "handovers")
    rows = custody.arriving(sorted(organs_of(officer)))
    values = {
        "rows": named(rows),
        "names": people.names({r.sent_by for r in rows}),
        "questions": queries.open_consultations(sorted(organs_of(officer)))[:MOST],
        "error": error,
        "typed": typed,
    }
    return frame.show(request, officer, "batch/handovers", values, 400 if error else 200)


@require_POST
@gate(Needs.PERSONAL)
def forward(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The ticked rows go to their competent organs (decided ones back to the centre), on one sheet."""
    codes = [code for code, _ in chosen(request)]
    sheet = actions.forward(codes=codes, actor=officer.actor, at=officer.at)
    messages.success(request, gettext("Đã lập phiếu bàn giao. In hai bản, mỗi bên giữ một bản."))
    return redirect("desk:sheet", sheet)


@require_safe
@gate(Needs.PERSONAL)
def sheet(request: HttpRequest, officer: Officer, number: UUID) -> HttpResponse:
    """A hand-over sheet, for either side."""
    rows = custody.on_sheet(number)
    mine = organs_of(officer)
    sides = {side for row in rows for side in (row.origin, row.to)}
    if not rows or not (
        mine & sides or officer.actor == rows[0].sent_by or officer.scope.level == "province"
    ):
        raise policy.not_found()
    if officer.scope.level == "province":  # leaders of this province, not of another
        queries.look(rows[0].code, actor=officer.actor, on=officer.on)
    values = {
        "rows": named(rows),
        "first": rows[0],
        "goals": sorted({r.to for r in rows}),
        "sender": people.names({rows[0].sent_by}).get(rows[0].sent_by, ""),
        "number": str(number)[-12:].upper(),
    }
    return frame.show(request, officer, "batch/sheet", values)


@require_POST
@gate(Needs.PERSONAL)
def assign(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The ticked rows lie with one officer: received ones are taken up, those in hand assigned. Each by itself."""
    who, done, failed = request.POST.get("can-bo", "")[:40] or officer.actor, 0, []
    for code, seen in chosen(request):
        try:
            row = queries.look(code, actor=officer.actor, on=officer.on)
            verb = actions.take_up if row.state == State.RECEIVED else actions.assign
            verb(code=code, seen=seen, assignee=who, actor=officer.actor, at=officer.at)
            done += 1
        except Refused as refused:
            failed.append(f"{code[:60]}: {refusals.sentence(refused)}")
    if done:
        said = ngettext("Đã giao %(n)s hồ sơ.", "Đã giao %(n)s hồ sơ.", done) % {"n": done}
        messages.success(request, said)
    for sentence in failed[:20]:
        messages.warning(request, sentence)
    if not done and not failed:
        messages.warning(request, gettext("Chưa chọn hồ sơ nào."))
    return redirect("desk:list")
