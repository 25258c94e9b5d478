"""Giờ mở cửa của nơi tiếp nhận mà cán bộ phụ trách."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from haicap.domain.deadlines import actions, policy, queries
from haicap.domain.deadlines.policy import Verb
from haicap.domain.units import queries as units
from haicap.web.common import days
from haicap.web.console import frame
from haicap.web.console.calendars.forms import HoursForm, week_fields
from haicap.web.console.gate import Officer, gate

USUAL = [[(480, 720), (780, 1020)]] * 5 + [[], []]


@require_http_methods(("GET", "HEAD", "POST"))
@gate(Verb.SET_HOURS)
def hours(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Hours of the counter (`?don-vi=` uid, when the officer leads several): as they were, as they will be."""
    register = units.register()
    own = sorted(policy.counters_of(officer.actor, officer.on))
    wanted = frame.word(request, "don-vi", 100)
    uid = wanted if wanted in own else own[0]
    rows = queries.hours_of(uid)
    start = week_fields(rows[0].week if rows else USUAL)
    form = HoursForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        values = {name: form.cleaned_data[name] for name in ("since", "decision", "week")}
        made = frame.attempt(
            form,
            lambda: actions.set_opening_hours(unit_uid=uid, **values, actor=officer.actor, at=officer.at),
        )
        if made is not None:
            return frame.done(request, gettext("Đã ghi giờ mở cửa."), "calendar-hours")
    shown = {
        "form": form,
        "fields": [form[f"day{n}"] for n in range(7)],
        "title": register.title(uid, officer.on),
        "own": [(u, register.title(u, officer.on)) for u in own],
        "uid": uid,
        "rows": [(row, queries.last_day(row), list(_week(row.week))) for row in rows],
    }
    return frame.show(request, officer, "calendars/hours", shown, 400 if form.errors else 200)


def _week(week: list[list[tuple[int, int]]]) -> list[tuple[str, str]]:
    fields = week_fields(week)
    return [(gettext(days.WEEKDAYS[n]), fields[f"day{n}"]) for n in range(7)]
