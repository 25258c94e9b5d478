"""Đơn vị: browse by province, one unit on a day, and who held a code when."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haicap.base.dates import show_date
from haicap.base.text import fold
from haicap.domain.units import queries
from haicap.domain.units.timeline import HORIZON, Version, check_day
from haicap.web.common import clock, paging, sorting
from haicap.web.common.maps import province_map
from haicap.web.portal.links import day_query, leading
from haicap.web.portal.units import pages


def _day_values(request: HttpRequest) -> dict[str, object]:
    on, today = clock.asked_day(request), clock.today()
    check_day(on)
    return {"on": on, "today": today, "day": show_date(on), "day_query": day_query(on, today)}


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """Provinces of a day on a map and in a table (`?xep=`); with `?tim=` units of all levels by name."""
    values = _day_values(request)
    on, today = clock.asked_day(request), clock.today()
    register = queries.register()
    rows = pages.province_rows(register, on, today)
    order = sorting.asked(request, pages.PROVINCE_ORDERS, "ten")
    wanted = request.GET.get("tim", "").strip()[:80]
    if wanted:
        found = pages.search(register, fold(wanted), on, today)
        page = paging.page(request, found, 50)
        values |= {"found": page, "steps": pages.with_above(register, page.rows, on), "wanted": wanted}
    else:
        counts = {row.version.uid: float(row.communes) for row in rows}
        notes = {row.version.uid: str(row.communes) for row in rows}
        values["map"] = province_map(register, on, href=leading(on, today), values=counts, notes=notes)
    values |= {
        "rows": sorting.in_order(rows, order, pages.PROVINCE_ORDERS),
        "order": order,
        "counts": pages.counts(register, on),
    }
    return render(request, "portal/units/browse.html", values)


@require_safe
def unit(request: HttpRequest, code: str) -> HttpResponse:
    """Whoever holds `code` on the asked day: facts, time, lineage, children, organs."""
    values = _day_values(request)
    on, today = clock.asked_day(request), clock.today()
    register = queries.register()
    version = register.at(code, on)
    holders = [pages.holder(register, v, today) for v in register.holders(code)]
    values |= {"code": code, "holders": holders}
    if version is None:
        if not holders:
            raise Http404
        return render(request, "portal/units/nobody.html", values, status=404)
    organs = queries.organs_of(version.uid, on)
    values |= pages.unit_values(register, version, on, today)
    values |= {"organs": organs, "others": _others(holders, version)}
    return render(request, "portal/units/unit.html", values)


def _others(holders: list[pages.Holder], version: Version) -> list[pages.Holder]:
    return [holder for holder in holders if holder.version.uid != version.uid]


@require_safe
def code_history(request: HttpRequest, code: str) -> HttpResponse:
    """Who held this code when."""
    today = clock.today()
    register = queries.register()
    register.at(code, today)  # refuses a malformed code in words
    holders = [pages.holder(register, v, today) for v in register.holders(code)]
    if not holders:
        raise Http404
    values = {"code": code, "holders": holders, "today": today, "horizon": HORIZON}
    return render(request, "portal/units/code.html", values)
