"""Trang về cuộc sắp xếp: the reform drawn, the table under it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haicap.domain.units import queries
from haicap.web.common import clock, exports, sorting, vocabulary
from haicap.web.common.maps import BEFORE_REFORM, province_map
from haicap.web.portal.links import leading, unit_href, version_href
from haicap.web.portal.units.figures import REFORM, ProvinceFigures, figures

ORDERS: Mapping[str, Callable[[ProvinceFigures], Any]] = {
    "ten": lambda row: row.version.sort_key,
    "truoc": lambda row: row.communes_before,
    "sau": lambda row: row.communes_after,
    "con": lambda row: row.share_left,
}


def _parts(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(vocabulary.kind(kind), n) for kind, n in sorted(counts.items(), key=lambda item: -item[1])]


@require_safe
def reform(request: HttpRequest) -> HttpResponse:
    """From 63 provinces and three levels to 34 and two."""
    today = clock.today()
    register = queries.register()
    found = figures(register, today)
    order = sorting.asked(request, ORDERS, "ten")
    rows = sorting.in_order(found.provinces, order, ORDERS)
    before, after = found.before, found.after
    values = {
        "figures": found,
        "totals": {tier: (sum(before[tier].values()), sum(after[tier].values())) for tier in before},
        "before_parts": _parts(before["commune"]),
        "after_parts": _parts(after["commune"]),
        "most": sum(before["commune"].values()),
        "most_after": max((row.communes_before for row in rows), default=1),
        "rows": [(row, unit_href(row.version.code, REFORM, today)) for row in rows],
        "doubtful": [(v, version_href(v, today)) for v in found.doubtful],
        "order": order,
        "map": province_map(
            register,
            REFORM,
            href=leading(REFORM, today),
            values={row.version.uid: float(len(row.former)) for row in rows},
            notes={row.version.uid: ", ".join(f.name for f in row.former) for row in rows},
        ),
        "day_before": BEFORE_REFORM,
        "reform_day": REFORM,
    }
    return render(request, "portal/units/reform.html", values)


HEAD = ("code", "province", "made_of", "communes_2025_06_30", "communes_2025_07_01", "act", "clause")


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The table as CSV."""
    lines = (
        (
            row.version.code,
            row.version.name,
            "; ".join(f.name for f in row.former),
            row.communes_before,
            row.communes_after,
            row.version.citation.act,
            row.version.citation.clause,
        )
        for row in figures(queries.register(), clock.today()).provinces
    )
    return exports.csv_response("cai-cach-2025", HEAD, lines)
