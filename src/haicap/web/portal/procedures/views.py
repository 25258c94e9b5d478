"""Thủ tục: search, one procedure on a day, its form as a citizen will see it."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haicap.base.dates import show_date
from haicap.base.refused import Refused
from haicap.domain.procedures import queries
from haicap.web.common import clock, paging, refusals
from haicap.web.common.powers import deciding
from haicap.web.common.procedures import pages_shown
from haicap.web.portal.links import day_query
from haicap.web.portal.procedures import asking, pages, places

SIZE = 50


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """The catalogue of a day: `?tim=` words, filters, pages; without a question by life event and field."""
    today = clock.today()
    known = queries.catalogue()
    wanted = asking.asked(request, known)
    values: dict[str, object] = {"asked": wanted, "today": today, "any": asking.any_asked(wanted)}
    try:
        on = clock.asked_day(request)
    except Refused as refused:
        values |= {"day_error": refusals.sentence(refused), "day": request.GET.get("ngay", "")[:40]}
        return render(request, "portal/procedures/browse.html", values, status=400)
    found = queries.search(wanted, on)
    values |= {
        "on": on,
        "day": show_date(on),
        "day_query": day_query(on, today),
        "page": paging.page(request, [hit.entry for hit in found.hits], SIZE),
        "total": found.total,
        "choices": asking.choices(wanted, found, known),
        "chips": asking.chips(request, wanted, known),
        "events": [(event, asking.event_name(event)) for event in known.life_events],
        "fields": sorted(found.fields.items(), key=lambda pair: -pair[1])[:24],
    }
    return render(request, "portal/procedures/browse.html", values)


def _day(request: HttpRequest) -> tuple[date, dict[str, object]]:
    on, today = clock.asked_day(request), clock.today()
    return on, {"on": on, "today": today, "day": show_date(on), "day_query": day_query(on, today)}


def not_on_that_day(
    request: HttpRequest, code: str, refused: Refused, values: dict[str, object]
) -> HttpResponse:
    """The code is known but does not count on the day: say when it does."""
    if refused.code != "not_in_force":
        raise refused
    history = pages.history(queries.history(code), clock.today())
    values |= {"code": code, "history": history}
    return render(request, "portal/procedures/not_in_force.html", values, status=404)


@require_safe
def procedure(request: HttpRequest, code: str) -> HttpResponse:
    """One procedure on a day (`?ngay=`); with `?dia-chi=` where to file it from there."""
    on, values = _day(request)
    address = request.GET.get("dia-chi", "").replace("\0", "").strip()[: places.LONGEST]
    try:
        record, answer = places.record_and_answer(code, address, on)
    except Refused as refused:
        return not_on_that_day(request, code, refused, values)
    values |= pages.values(record, queries.history(code), clock.today())
    unit = answer.places[0].uid if answer and len(answer.places) == 1 else ""
    by_law = deciding.by_law(code, unit, on, clock.today())
    values |= {"address": address, "answer": answer, "by_law": by_law}
    return render(request, "portal/procedures/procedure.html", values)


@require_safe
def form(request: HttpRequest, code: str) -> HttpResponse:
    """The questions of the electronic form, to read; nothing is sent."""
    on, values = _day(request)
    try:
        record = queries.record(code, on)
    except Refused as refused:
        return not_on_that_day(request, code, refused, values)
    values |= {
        "record": record,
        "generic": not record.content.form.pages,
        "form_pages": pages_shown(record.fileable().form),
    }
    return render(request, "portal/procedures/form.html", values)
