"""Một ô, một câu hỏi: where do I live now?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from haicap.base.dates import show_date
from haicap.base.refused import Refused
from haicap.domain.units import queries
from haicap.web.common import clock, refusals
from haicap.web.portal.addresses.pages import shown

LONGEST = 1000
EXAMPLES = (
    "12 Nguyễn Huệ, P. Bến Nghé, Q.1, TP.HCM",
    "xa Loc Ninh, Binh Phuoc",
    "Phường Cửa Nam, Hà Nội",
    "Thị trấn Sa Pa, Lào Cai",
)


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """The question, and under it the answer (`?q=` text, `?ngay=` day, today when not given)."""
    text = request.GET.get("q", "").strip()
    today = clock.today()
    values: dict[str, object] = {"text": text[:LONGEST], "examples": EXAMPLES, "today": today}
    try:
        on = clock.asked_day(request)
    except Refused as refused:
        values |= {"day_error": refusals.sentence(refused), "day": request.GET.get("ngay", "")[:40]}
        return render(request, "portal/addresses/ask.html", values, status=400)
    values |= {"on": on, "day": show_date(on)}
    if text:
        register = queries.register()
        result = shown(register, text, queries.convert_address(text, on=on), on, today)
        only = result.places[0] if len(result.places) == 1 else None
        centre = queries.service_centre(only.version.uid, on) if only else None
        values |= {"result": result, "only": only, "centre": centre}
    return render(request, "portal/addresses/ask.html", values)
