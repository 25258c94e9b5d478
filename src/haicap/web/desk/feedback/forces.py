"""Tổ công tác: who is on duty today and this week, rosters, absences with stand-ins, handing over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from haicap.base.dates import Span, read_date
from haicap.base.refused import Refused
from haicap.domain.feedback import policy, queries
from haicap.domain.feedback.queries import ForceRow, Tables
from haicap.domain.units import queries as units
from haicap.web.desk import frame, people
from haicap.web.desk.feedback.force_forms import (
    Away,
    End,
    ForceForm,
    HandOver,
    Options,
    PutOn,
    SetUp,
    TakeOff,
)
from haicap.web.desk.feedback.keeper import Keeper, door, show
from haicap.web.desk.feedback.lines import organ_name
from haicap.web.desk.gate import READ_WRITE

WEEK = 7


@dataclass(frozen=True, slots=True)
class ForceLine:
    """A force with its week: for each day the names of whoever answers, stand-ins in the place of those away."""

    force: ForceRow
    organ: str
    here: bool
    today: tuple[str, ...]
    days: tuple[tuple[date, tuple[str, ...]], ...]
    mine: bool  # the officer leads its organ


@dataclass(frozen=True, slots=True)
class Gone:
    """An absence as people read it; the last day is counted."""

    name: str
    since: date | None
    until: date | None
    stand_in: str


def _staff(organ: int, on: date) -> dict[str, str]:
    """Who holds a post in the organ on the day: opaque id → name."""
    return {str(a.officer.public_id): a.officer.display_name for a in units.held_by(organ, on)}


def _colleagues(keeper: Keeper) -> dict[str, str]:
    found: dict[str, str] = {}
    for organ in keeper.organs:
        found |= _staff(organ, keeper.officer.on)
    return dict(sorted(found.items(), key=lambda pair: pair[1]))


def _leads(keeper: Keeper, organ: int) -> bool:
    return policy.may_roster(keeper.posts, organ)


def _monday(request: HttpRequest, keeper: Keeper) -> date:
    """`?tuan=` any day of the week; this week when it is not given or no date."""
    try:
        day = (
            read_date(frame.word(request, "tuan", 20))
            if frame.word(request, "tuan", 20)
            else keeper.officer.on
        )
    except Refused:
        day = keeper.officer.on
    first = date(2000, 1, 3)
    day = min(max(day, first), date(2100, 1, 1))
    return day - timedelta(days=day.weekday())


def _last(span: Span) -> date | None:
    return span.end - timedelta(days=1) if span.end else None


def _line(keeper: Keeper, known: Tables, force: ForceRow, monday: date, names: dict[str, str]) -> ForceLine:
    on = keeper.officer.on

    def duty(day: date) -> tuple[str, ...]:
        here = (known.present(d.officer, day) for d in force.duties if day in d.span and day in force.span)
        return tuple(
            dict.fromkeys(names.get(who, "–") if who else gettext("vắng, chưa có người thay") for who in here)
        )

    days = tuple((monday + timedelta(days=n), duty(monday + timedelta(days=n))) for n in range(WEEK))
    return ForceLine(
        force, organ_name(force.organ, keeper.officer), on in force.span, duty(on), days, _leads(keeper, force.organ)
    )  # fmt: skip


def _own_forces(keeper: Keeper, known: Tables) -> list[ForceRow]:
    """Forces of one's own organs; the focal offices see those of every organ they look over."""
    if keeper.scope.level == "nation":
        return [force for rows in known.forces.values() for force in rows]
    organs = set(keeper.organs)
    if keeper.scope.level == "province":
        organs |= {o.pk for o in units.organs_of(keeper.scope.province, keeper.officer.on)}
    return [force for organ in sorted(organs) for force in known.forces.get(organ, ())]


def _options(names: dict[str, str], empty: str = "") -> Options:
    return [*([("", empty)] if empty else []), *names.items()]


@require_http_methods(READ_WRITE)
@door
def forces(request: HttpRequest, keeper: Keeper) -> HttpResponseBase:
    """Who answers, week by week (`?tuan=`); POST `viec` = lap, vang, ban-giao."""
    leading = [
        (str(organ), organ_name(organ, keeper.officer)) for organ in keeper.organs if _leads(keeper, organ)
    ]
    mine = [(str(organ), organ_name(organ, keeper.officer)) for organ in keeper.organs]
    staff = _colleagues(keeper)
    away = staff if leading else {keeper.actor: staff.get(keeper.actor, "")}
    made: dict[str, ForceForm] = {
        "vang": Away(keeper, _data(request, "vang"), officer=_options(away), stand_in=_options(staff, gettext("chưa có"))),
        "ban-giao": HandOver(
            keeper, _data(request, "ban-giao"), organ=mine, giver=_options(away), taker=_options(staff)
        ),
    }  # fmt: skip
    if leading:
        made["lap"] = SetUp(keeper, _data(request, "lap"), organ=leading)
    done = _posted(request, made, "forces")
    return done or _shown(request, keeper, made)


def _data(request: HttpRequest, slug: str) -> object:
    return request.POST if request.method == "POST" and request.POST.get("viec") == slug else None


def _posted(
    request: HttpRequest, made: dict[str, ForceForm], page: str, *args: object
) -> HttpResponseBase | None:
    """Call the verb of the form that was sent; None when there is something to mend, or nothing was sent."""
    form = made.get(request.POST.get("viec", ""))
    if request.method != "POST" or form is None:
        return None
    if not form.is_valid() or frame.attempt(form, form.run) is None:
        return None
    return frame.done(request, str(form.said), page, *args)


def _shown(request: HttpRequest, keeper: Keeper, made: dict[str, ForceForm]) -> HttpResponse:
    known, monday = queries.tables.now(), _monday(request, keeper)
    rows = _own_forces(keeper, known)
    actors = {d.officer for f in rows for d in f.duties} | set(_colleagues(keeper))
    actors |= {stand_in for who in actors for _span, stand_in in known.absences.get(who, ())}
    names = people.names(actors)
    lines = [_line(keeper, known, force, monday, names) for force in rows]
    on = keeper.officer.on
    gone = [
        Gone(names.get(who, "–"), span.start, _last(span), names.get(stand_in, ""))
        for who in sorted(actors, key=lambda a: names.get(a, ""))
        for span, stand_in in known.absences.get(who, ())
        if span.end is None or span.end > on
    ]  # fmt: skip
    values = {
        "lines": [line for line in lines if line.here or line.mine],
        "week": [monday + timedelta(days=n) for n in range(WEEK)],
        "before": monday - timedelta(days=WEEK),
        "after": monday + timedelta(days=WEEK),
        "gone": gone,
        "forms": made,
        "setting_up": made.get("lap"),
        "away": made["vang"],
        "handing": made["ban-giao"],
        "today": on,
    }
    return show(request, keeper, "forces", values, 400 if any(f.errors for f in made.values()) else 200)


def _force(keeper: Keeper, code: str) -> ForceRow:
    found = next((f for f in _own_forces(keeper, queries.tables.now()) if f.code == code), None)
    if found is None:
        raise Http404
    return found


@require_http_methods(READ_WRITE)
@door
def force(request: HttpRequest, keeper: Keeper, code: str) -> HttpResponseBase:
    """One force and its roster; POST `viec` = truc, bo, ket-thuc, by leaders of its organ."""
    row = _force(keeper, code)
    staff, on = _staff(row.organ, keeper.officer.on), keeper.officer.on
    made: dict[str, ForceForm] = {}
    if _leads(keeper, row.organ):
        made = {
            "truc": PutOn(keeper, row, _data(request, "truc"), officer=_options(staff)),
            "bo": TakeOff(keeper, row, _data(request, "bo")),
            "ket-thuc": End(keeper, row, _data(request, "ket-thuc")),
        }
    elif request.method == "POST":
        raise policy.not_yours()
    done = _posted(request, made, "force", code)
    if done is not None:
        return done
    names = people.names({d.officer for d in row.duties}) | staff
    duties = [
        (d, names.get(d.officer, "–"), d.span.start, _last(d.span)) for d in row.duties if d.span.end is None or d.span.end > on
    ]  # fmt: skip
    values = {
        "force": row, "organ": organ_name(row.organ, keeper.officer), "duties": duties, "until": _last(row.span),
        "putting": made.get("truc"), "ending": made.get("ket-thuc"), "taking": made.get("bo"),
    }  # fmt: skip
    return show(request, keeper, "force", values, 400 if any(f.errors for f in made.values()) else 200)
