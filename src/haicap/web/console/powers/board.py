"""Bảng phát hiện: counts by kind and state, the findings in words, decided and reopened; as a workbook and on paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haicap.base.dates import read_date
from haicap.base.refused import Refused
from haicap.domain.powers import actions, policy, queries
from haicap.domain.powers.formats import workbooks
from haicap.domain.powers.policy import Verb
from haicap.domain.powers.queries import CaseRow
from haicap.domain.powers.states import REFORM, CaseState, FindingKind
from haicap.domain.units import queries as units
from haicap.kernel.accounts import queries as accounts
from haicap.web.common import paging
from haicap.web.common.maps import province_map
from haicap.web.common.powers import deciding, words
from haicap.web.console import frame, record
from haicap.web.console.forms import Seen
from haicap.web.console.gate import Officer, gate
from haicap.web.console.powers import asking, paper, shown
from haicap.web.console.powers.forms import DecideForm

ROWS = 20
READ_WRITE = ("GET", "HEAD", "POST")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the board is asked for; `unit` is a uid."""

    kind: str
    owner: str
    state: str
    place: str
    unit: str
    on: date | None
    on_text: str

    def found(self) -> QuerySet[CaseRow]:
        """The cases."""
        return queries.cases(kind=self.kind, state_=self.state, owner=self.owner, unit=self.unit, on=self.on)


def _asked(request: HttpRequest, officer: Officer) -> Asked:
    kind, state = frame.word(request, "loai", 30), frame.word(request, "trang-thai", 20)
    text, place = frame.word(request, "ngay", 12), frame.word(request, "don-vi", 80)
    found = asking.units_named(place, officer.on)
    if place and not found:
        raise Refused("unknown_unit", asking.NO_UNIT, params={"text": place})
    return Asked(
        kind if kind in set(FindingKind) else "", frame.word(request, "bo", 40),
        state if state in set(CaseState) else "", place, found[0].uid if found else "",
        read_date(text) if text else None, text,
    )  # fmt: skip


@require_safe
@gate()
def board(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Findings (`?loai=`, `bo`, `don-vi`, `trang-thai`, `ngay` alive on it), with counts by kind and state."""
    asked = _asked(request, officer)
    page = paging.page(request, list(asked.found()), ROWS)
    counts = queries.figures()
    values = {
        "asked": asked,
        "unit": units.register().version(asked.unit, officer.on) if asked.unit else None,
        "page": page,
        "rows": [_row(case, officer) for case in page.rows],
        "figures": _figures(counts),
        "states": words.choices(words.STATES),
        "kinds": words.choices(words.KINDS),
        "owners": _owners(),
        "checked_at": queries.checked_at(),
        "stale": queries.stale(officer.on),
        "filtered": any((asked.kind, asked.owner, asked.state, asked.place, asked.on)),
        "query": request.GET.urlencode(),
        "most": max((sum(states.values()) for states in counts.values()), default=1),
    }
    return frame.show(request, officer, "powers/board", values)


def _figures(table: Mapping[str, Mapping[str, int]]) -> list[tuple[str, str, list[tuple[str, int]], int]]:
    """kind, its word, (state, count) of every state, open and decided together."""
    return [
        (
            kind, words.said(words.KINDS, kind), [(s, table.get(kind, {}).get(s, 0)) for s in words.STATES],
            sum(n for s, n in table.get(kind, {}).items() if s != CaseState.GONE),
        )
        for kind in words.KINDS
        if kind in table
    ]  # fmt: skip


def _owners() -> list[tuple[str, str]]:
    found = {p.owner for p in queries.register().powers.values() if p.owner}
    return sorted(((o, shown.ministry(o)) for o in found), key=lambda pair: pair[1])


def _row(case: CaseRow, officer: Officer) -> dict[str, object]:
    places, more = shown.places_of(case.units, officer.on)
    return {
        "case": case,
        "told": shown.of_case(case),
        "name": deciding.power_name(queries.register().powers[case.power.code]),
        "places": places,
        "more": more,
        "cases": shown.case_in_words(case.condition),
        "tone": words.TONES[case.state],
        "state": words.said(words.STATES, case.state),
        "owner": shown.ministry(case.owner),
    }


@require_safe
@gate()
def finding(request: HttpRequest, officer: Officer, pk: int) -> HttpResponse:
    """One finding: what is wrong, on what it rests, where, until when, what was decided, its history."""
    case = queries.case(pk)
    return _page(request, officer, case, DecideForm(initial={"seen": case.version}))


def _page(
    request: HttpRequest, officer: Officer, case: CaseRow, form: DecideForm, status: int = 200
) -> HttpResponse:
    known = queries.register()
    held = [known.assertions[code] for code in case.assertions if code in known.assertions]
    days = {s.row.code: s for s in queries.stretches(case.power.code)}
    lines = [
        shown.line(r, days[r.code].since if r.code in days else r.since, days[r.code].until if r.code in days else r.until, officer.on)
        for r in held
    ]  # fmt: skip
    provinces = {
        p.uid for uid in case.units if (p := units.register().province_of(uid, max(officer.on, REFORM)))
    }
    names = accounts.display_names({case.decided_by}) if case.decided_by else {}
    values = {
        **_row(case, officer),
        "lines": lines,
        "loose": [c for c in case.citations if c not in {r.citation for r in held}],
        "map": province_map(units.register(), officer.on, here=provinces) if provinces else None,
        "gone_why": words.said(words.GONE, case.gone_why) if case.gone_why else "",
        "who": names.get(case.decided_by) or case.decided_by,
        "form": form,
        "may_decide": Verb.DECIDE in officer.rights and policy.may_decide(officer.posts, case.owner),
        "story": record.story(case.stream),
    }
    return frame.show(request, officer, "powers/finding", values, status)


@require_http_methods(("POST",))
@gate(Verb.DECIDE)
def decide(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """Accepted with a reason, to be amended, or answered by guidance."""
    form = DecideForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        done = frame.attempt(form, lambda: actions.decide_case(
            pk=pk, state=CaseState(given["state"]), decision=given["decision"], seen=given["seen"], actor=officer.actor,
            at=officer.at))  # fmt: skip
        if done is not None:
            return frame.done(request, gettext("Đã ghi quyết định."), "power-finding", pk)
    return _page(request, officer, queries.case(pk), form, 400)


@require_POST
@gate(Verb.DECIDE)
def reopen(request: HttpRequest, officer: Officer, pk: int) -> HttpResponseBase:
    """The way back from a decision."""
    form = Seen(request.POST)
    if not form.is_valid():
        raise Http404
    actions.reopen_case(pk=pk, seen=form.cleaned_data["seen"], actor=officer.actor, at=officer.at)
    return frame.done(request, gettext("Đã mở lại."), "power-finding", pk)


HEAD = (
    "id", "kind", "reason", "power", "power_name", "ministry", "role", "wrong", "todo", "since", "until", "case", "units",
    "citations", "state", "decision", "found_at", "gone_at", "gone_why",
)  # fmt: skip


@require_safe
@gate()
def board_xlsx(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The findings asked for as a workbook."""
    rows = []
    for case in _asked(request, officer).found():
        told = shown.of_case(case)
        rows.append((
            case.pk, told.kind, told.reason, case.power.code, case.power.name, shown.ministry(case.owner),
            words.said(words.ROLES, case.role), told.wrong, told.todo, case.since, case.until, case.condition,
            "|".join(case.units) or gettext("cả nước"), "; ".join(case.citations), words.said(words.STATES, case.state),
            case.decision, case.found_at.isoformat(timespec="seconds"),
            case.gone_at.isoformat(timespec="seconds") if case.gone_at else "",
            words.said(words.GONE, case.gone_why) if case.gone_why else "",
        ))  # fmt: skip
    return shown.xlsx("phat-hien-tham-quyen", workbooks.table(HEAD, rows, "findings"))


@require_safe
@gate()
def board_pdf(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The findings asked for on paper, for a meeting: A4, by ministry."""
    asked = _asked(request, officer)
    content = paper.printed(
        list(asked.found()),
        paper.question(asked.kind, asked.owner, asked.state, asked.unit, asked.on),
        officer,
    )
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="phat-hien-tham-quyen.pdf"'
    return response
