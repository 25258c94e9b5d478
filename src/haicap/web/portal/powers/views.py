"""Thẩm quyền: a search for everybody, and one power over time with its clauses. Read only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from haicap.domain.powers import queries
from haicap.domain.powers.queries import Holder, PowerRow, Stretch
from haicap.domain.powers.states import CLIFF, Level, Reading, Role
from haicap.domain.procedures import queries as procedures
from haicap.web.common import exports, paging
from haicap.web.common.drawings import Bars, Lane, draw_bars
from haicap.web.common.drawings import Stretch as Bar
from haicap.web.common.powers import deciding, words
from haicap.web.common.powers.deciding import Clause, Match
from haicap.web.common.powers.place import Asked, asked

SIZE = 50
HEAD = "code name field level unit on decided_by mode citation since until".split()


def _word(request: HttpRequest, name: str, most: int) -> str:
    return request.GET.get(name, "").replace("\0", "").strip()[:most]


def _found(request: HttpRequest, on: date) -> list[Match]:
    """What `?tim=` and `?linh-vuc=` ask for; everything without a question."""
    text, field = _word(request, "tim", 200), _word(request, "linh-vuc", 200)
    if text:
        return [m for m in deciding.find(text, on).powers if field in ("", m.power.field)]
    return [Match(p, None) for p in queries.search(field=field)]


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """Powers with who decides at the asked place (`?noi=`, `?don-vi=`) on the asked day (`?ngay=`)."""
    place, ready = asked(request), queries.loaded()
    text, field = _word(request, "tim", 200), _word(request, "linh-vuc", 200)
    page = paging.page(request, _found(request, place.on) if ready else [], SIZE)
    values = {
        "place": place, "text": text, "field": field, "ready": ready, "page": page,
        "rows": [(m, deciding.power_name(m.power), deciding.names(m.power.code, place.uid, place.on)) for m in page.rows],
        "fields": queries.fields() if ready else [],
        "unnamed": deciding.find(text, place.on).unnamed if text and ready else [],
        "keep": f"{urlencode({'tim': text, 'linh-vuc': field, 'ngay': place.day})}&",
        "query": request.GET.urlencode(),
    }  # fmt: skip
    return render(request, "portal/powers/browse.html", values, status=400 if place.day_error else 200)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponseBase:
    """The same list as CSV, whole."""
    place = asked(request)
    lines = []
    for match in _found(request, place.on):
        p = match.power
        held = deciding.lines(_held(p.code, place), place.on, place.today)
        told = [(h.name, h.mode, h.clause.text, h.since or "", h.until or "") for h in held]
        for row in told or [("", "", "", "", "")]:
            lines.append((p.code, p.name, p.field, p.level.value, place.title, place.on, *row))
    return exports.csv_response("tham-quyen", HEAD, lines)


def _held(code: str, place: Asked) -> list[Holder]:
    return queries.holder(code, place.uid or "vn", place.on, role=deciding.first_role(code))


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the timeline: who, how, by which clause, in which cases, first and last day."""

    role: str
    organ: str
    mode: str
    clause: Clause
    case: str
    since: date | None
    last: date | None
    now: bool


@require_safe
def power(request: HttpRequest, code: str) -> HttpResponse:
    """One power: who decides where and when it was asked, and everybody who ever did, drawn and as a table."""
    found, place = queries.power(code), asked(request)
    case = deciding.case_of(found, {k: _word(request, f"tt-{k}", 60) for k in found.attributes})
    spans = queries.stretches(code)
    held = queries.holder(code, place.uid or "vn", place.on, role=deciding.first_role(code), case=case)
    values = {
        "power": found,
        "name": deciding.power_name(found),
        "owner": deciding.organ_said(found.owner, "", place.on) if found.owner else "",
        "level": words.said(words.LEVELS, found.level),
        "place": place,
        "choices": deciding.choosable(found, case),
        "holders": deciding.lines(held, place.on, place.today),
        "rows": [_row(s, place) for s in spans],
        "drawn": _drawn(spans, place),
        "troubles": deciding.troubles(code, place.uid, place.on),
        "procedures": _procedures(found, place),
        "cliff": CLIFF,
    }
    return render(request, "portal/powers/power.html", values, status=400 if place.day_error else 200)


def _row(s: Stretch, place: Asked) -> Row:
    row = s.row
    begun = s.since is None or s.since <= place.on
    return Row(
        words.said(words.ROLES, row.role), deciding.organ_said(row.organ, row.unit, place.on),
        words.said(words.MODES, row.mode), deciding.clause_of(row, place.on, place.today),
        _case(s), s.since, s.until - timedelta(days=1) if s.until else None,
        begun and (s.until is None or place.on < s.until) and row.reading is Reading.LITERAL,
    )  # fmt: skip


def _case(s: Stretch) -> str:
    """The cases in words, and whether it is only how a letter reads the rule."""
    guided = words.said(words.READINGS, s.row.reading) if s.row.reading is Reading.GUIDED else ""
    return "; ".join(part for part in (deciding.said_case(s.row.condition), guided) if part)


def _drawn(spans: list[Stretch], place: Asked) -> Bars:
    """A lane for every holder in a role; those of the district until the reform among them."""
    lanes: dict[tuple[Role, str, str], list[Bar]] = {}
    for s in spans:
        key = (s.row.role, s.row.organ, s.row.unit)
        css = "unknown" if s.row.reading is Reading.GUIDED else "in_force"
        css = "ended" if s.row.level is Level.DISTRICT and s.until and s.until <= place.on else css
        lanes.setdefault(key, []).append(Bar(s.since, s.until, css, s.row.citation))
    drawn = [
        Lane(f"{words.said(words.ROLES, role)}: {deciding.organ_said(organ, unit, place.on)}", tuple(bars))
        for (role, organ, unit), bars in lanes.items()
    ]
    marks = [(place.today, "today", gettext("hôm nay"))]
    if place.on != place.today:
        marks.append((place.on, "asked", gettext("ngày hỏi")))
    return draw_bars(drawn, marks)


def _procedures(found: PowerRow, place: Asked) -> list[tuple[str, str]]:
    rows = procedures.exercising(found.code)
    if not rows:
        return []
    known = procedures.catalogue()
    entries = [known.at(row.code, place.on) for row in rows]
    return [(e.code, e.name) for e in entries if e is not None]
