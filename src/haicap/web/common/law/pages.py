"""Giá trị của trang văn bản: the asked day and unit read from the address, then what is shown; for every door."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest
from django.utils.http import urlencode
from django.utils.translation import gettext

from haicap.base.dates import show_date
from haicap.domain.law import queries
from haicap.domain.units import queries as units
from haicap.domain.units.addresses import Status
from haicap.domain.units.timeline import check_day
from haicap.web.common import clock
from haicap.web.common.law import files, listing, words
from haicap.web.common.law.shown import shown


def document_values(request: HttpRequest, slug: str, page: str) -> dict[str, object]:
    """A document on `?ngay=`, in `?don-vi=` (code or name of a unit). Refused `not_found`, `bad_date`."""
    doc, on, today = queries.document(slug), clock.asked_day(request), clock.today()
    uid, asked, problem = unit_of(request, on)
    found = shown(doc, on, today, page=page, unit=uid)
    asks = {"ngay": on.isoformat() if on != today else "", "don-vi": asked}
    query = urlencode({name: value for name, value in asks.items() if value})
    return {
        "doc": doc, "shown": found, "on": on, "day": show_date(on), "today": today, "page": page, "slug": slug,
        "asked_unit": asked, "unit_name": words.unit_name(uid, on), "unit_problem": problem,
        "forms": files.labels(files.OF_ONE), "query": f"?{query}" if query else "",
    }  # fmt: skip


def unit_of(request: HttpRequest, on: date) -> tuple[str, str, str]:
    """The unit that is asked about: uid, the words that were typed, and what is wrong with them."""
    asked = listing.word(request, "don-vi")
    if not asked:
        return "", "", ""
    register = units.register()
    if asked.isdigit():
        check_day(on)
        version = register.at(asked, on)
        return (version.uid, asked, "") if version else ("", asked, _nobody(on))
    if register.versions(asked):
        return asked, asked, ""
    province = next((v for v in register.provinces(on) if v.name.casefold() == asked.casefold()), None)
    if province is not None:
        return province.uid, asked, ""
    answer = units.convert_address(asked, on=on)
    if answer.status is Status.UNIQUE:
        return answer.candidates[0].uid, asked, ""
    if answer.candidates:
        names = "; ".join(f"{c.name}, {c.province} ({c.code})" for c in answer.for_page[:6])
        return "", asked, gettext("Tên này có thể là nhiều nơi; xin ghi mã: %(names)s.") % {"names": names}
    return "", asked, _nobody(on)


def _nobody(on: date) -> str:
    return gettext("Ngày %(day)s không có đơn vị nào mang mã hoặc tên này.") % {"day": show_date(on)}
