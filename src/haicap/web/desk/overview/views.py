"""Hôm nay, Lãnh đạo: what a day or a period brought, what is late and with whom; every figure leads to its rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from haicap.base.dates import HANOI, read_date
from haicap.base.kept import Notes
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers.queries import custody, overviews, worklists
from haicap.domain.feedback import queries as tickets
from haicap.domain.procedures import queries as procedures
from haicap.domain.units import queries as units
from haicap.web.common import refusals
from haicap.web.desk import frame, people
from haicap.web.desk.batch.views import organs_of
from haicap.web.desk.feedback import leading
from haicap.web.desk.feedback.keeper import counted, keeper_of
from haicap.web.desk.feedback.lines import lines as ticket_lines
from haicap.web.desk.gate import Needs, Officer, gate
from haicap.web.desk.overview import tiles
from haicap.web.desk.overview.coming import coming
from haicap.web.desk.worklist.lines import lines

MOST_DAYS, MOST_DAYS_OF_NATION = 366, 31
TITLES = {
    "received": gettext_noop("Đã tiếp nhận"),
    "online": gettext_noop("Nộp trực tuyến"),
    "returned": gettext_noop("Đã trả kết quả"),
    "late": gettext_noop("Trả kết quả trễ hạn"),
    "refused": gettext_noop("Từ chối"),
    "left": gettext_noop("Dừng, rút"),
}


@dataclass(frozen=True, slots=True)
class Period:
    """Days [first, last], both counted."""

    first: date
    last: date

    @property
    def since(self) -> datetime:
        """Its first instant."""
        return datetime.combine(self.first, time(), HANOI)

    @property
    def until(self) -> datetime:
        """The instant after its last day."""
        return datetime.combine(self.last + timedelta(days=1), time(), HANOI)


# Of the nation as this process had them last: a month of it is a pass over every dossier of the month.
_national: Notes[dict[Period, overviews.Figures]] = Notes(
    dict, seconds=60, full=lambda noted: len(noted) > 500
)
_holding: Notes[dict[tuple[str, int], Sequence[overviews.Load]]] = Notes(dict, seconds=5)


@dataclass(frozen=True, slots=True)
class Row:
    """Open work of one key in words."""

    load: overviews.Load
    name: str
    query: str


def period_of(request: HttpRequest, officer: Officer) -> Period:
    """`?tu= den=`, today when nothing is asked. Refused `bad_date`, `bad_period`."""
    first, last = frame.word(request, "tu", 20), frame.word(request, "den", 20)
    found = Period(read_date(first) if first else officer.on, read_date(last) if last else officer.on)
    most = MOST_DAYS_OF_NATION if officer.scope.level == "nation" else MOST_DAYS
    if not timedelta(0) <= found.last - found.first < timedelta(days=most):
        raise Refused(
            "bad_period",
            gettext_noop("Kỳ xem từ 1 đến %(most)s ngày, ngày đầu trước ngày cuối."),
            params={"most": most},
        )
    return found


def _choices(officer: Officer) -> list[tuple[str, Period]]:
    on = officer.on
    return [
        (gettext("Hôm nay"), Period(on, on)),
        (gettext("7 ngày"), Period(on - timedelta(days=6), on)),
        (gettext("Tháng này"), Period(on.replace(day=1), on)),
    ]


def rows_by(officer: Officer, by: str, limit: int = 100) -> list[Row]:
    """Open work by a key, with its name and what narrows a list to it."""
    loads = _loads(officer, by, limit)
    if by == "officer":
        names = people.names({load.key for load in loads})
        return [
            Row(w, names.get(w.key, "") or gettext("chưa phân công"), f"can-bo={w.key or '-'}") for w in loads
        ]
    if by == "procedure":
        known = procedures.catalogue()
        entries = {w.key: known.history(w.key) for w in loads}
        return [
            Row(w, entries[w.key][-1].name if entries[w.key] else w.key, f"thu-tuc={w.key}") for w in loads
        ]
    register = units.register()
    return [
        Row(w, register.title(w.key, officer.on), f"don-vi={w.key}" if by == "unit" else "") for w in loads
    ]


def _figures(officer: Officer, period: Period) -> overviews.Figures:
    """What the period brought within the scope; the nation's up to a minute old."""
    if officer.scope.level != "nation":
        return overviews.figures(officer.scope, period.since, period.until, officer.on)
    noted = _national()
    if period not in noted:
        noted[period] = overviews.figures(officer.scope, period.since, period.until, officer.on)
    return noted[period]


def _loads(officer: Officer, by: str, limit: int) -> Sequence[overviews.Load]:
    """Open work by a key within the scope; the nation's up to five seconds old."""
    if officer.scope.level != "nation":
        return overviews.loads(officer.scope, by, officer.at, limit)
    noted = _holding()
    if (by, limit) not in noted:
        noted[by, limit] = overviews.loads(officer.scope, by, officer.at, limit)
    return noted[by, limit]


def _days(period: Period) -> dict[str, str]:
    return {"tu": period.first.isoformat(), "den": period.last.isoformat()}


def _now(tally: worklists.Tally) -> list[tiles.Tile]:
    every, left = worklists.Stage.ALL, worklists.TimeLeft
    return tiles.of_now(tally.of(every, left.LATE), tally.of(every, left.TODAY))


@require_safe
@gate(Needs.PERSONAL)
def today(request: HttpRequest, officer: Officer) -> HttpResponse:
    """My unit today: what came and went, what is late or due, who has what, what is on its way."""
    day = Period(officer.on, officer.on)
    tally = frame.counted(officer)
    arriving = len(custody.arriving(sorted(organs_of(officer))))
    came = tiles.of_period(_figures(officer, day), _days(day), linked=officer.leads)[:3]
    on_the_way = (reverse("desk:handovers"), arriving, gettext("đang trên đường đến"), "", "")
    mine = worklists.page(officer.scope, worklists.Asked(officer=officer.actor), officer.at, size=10).items
    keeper = keeper_of(officer)
    asked = tickets.Asked("mine", actor=officer.actor)
    answering = tickets.page(keeper.scope, asked, officer.at, size=10).items
    values = {
        "tally": tally,
        "kpis": [*_now(tally), on_the_way, *came],
        "ticket_kpis": leading.of_now(counted(keeper)),
        "coming": coming(lines(mine, officer), ticket_lines(answering, officer)),
        "officers": rows_by(officer, "officer"),
        "wide": False,
        "batch": False,
    }
    return frame.show(request, officer, "overview/today", values)


@require_safe
@gate(Needs.OVERVIEW)
def leader(request: HttpRequest, officer: Officer) -> HttpResponse:
    """The leader's view of a day or a period, with what is behind each figure (`?tu= den= xem=`)."""
    error = ""
    try:
        period = period_of(request, officer)
    except Refused as refused:
        error, period = refusals.sentence(refused), Period(officer.on, officer.on)
    kind = frame.word(request, "xem", 20)
    shown = (
        overviews.rows_of(officer.scope, kind, period.since, period.until, officer.on)
        if kind in TITLES
        else []
    )
    tally, level = frame.counted(officer), officer.scope.level
    values = {
        "tally": tally,
        "kpis": [*tiles.of_period(_figures(officer, period), _days(period), linked=True), *_now(tally)],
        "period": period,
        "choices": _choices(officer),
        "error": error,
        "kind": kind if kind in TITLES else "",
        "title": gettext(TITLES[kind]) if kind in TITLES else "",
        "lines": lines(shown, officer),
        "most": overviews.MOST,
        "officers": rows_by(officer, "officer") if officer.personal else [],
        "places": rows_by(officer, "unit" if level == "province" else "province")
        if level != "commune"
        else [],
        "procedures": rows_by(officer, "procedure", 15),
        "wide": level != "commune",
        "batch": False,
    }
    return frame.show(request, officer, "overview/leader", values, 400 if error else 200)
