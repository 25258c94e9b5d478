"""Có gì thay đổi giữa hai ngày: the page and its CSV, at every door."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.html import strip_tags

from haicap.base.dates import show_date
from haicap.base.refused import Refused
from haicap.domain.law import queries
from haicap.web.common import clock, exports, paging, refusals
from haicap.web.common.law import listing

ROWS = 100
HEAD = ("day", "document", "place", "title", "before", "after", "reason", "evidence")


def values(request: HttpRequest, page: str) -> tuple[dict[str, object], int]:
    """Values of the page and its status: a day that is none is told beside the form."""
    try:
        start, end = listing.days(request)
    except Refused as refused:
        asked = {name: listing.word(request, name, 20) for name in ("tu", "den")}
        return {**asked, "error": refusals.sentence(refused)}, 400
    found = paging.page(request, queries.changes(start, end), ROWS)
    rows = listing.changed(found.rows, page)
    shown = paging.Page(rows, found.number, found.count, found.total, found.first, found.last)
    return {"tu": show_date(start), "den": show_date(end), "found": shown, "today": clock.today()}, 200


def csv(request: HttpRequest) -> HttpResponseBase:
    """All changes between the two days. Refused `bad_date`."""
    start, end = listing.days(request)
    found = queries.changes(start, end)
    lines = (
        (
            change.on.isoformat(), change.doc.number, change.path, change.doc.title, change.before.value,
            change.after.value, strip_tags(" ".join(step.sentence for step in row.why)), change.doc.evidence.value,
        )
        for change, row in zip(found, listing.changed(found, "portal:law-document"), strict=True)
    )  # fmt: skip
    return exports.csv_response(f"hieu-luc-{start.isoformat()}-{end.isoformat()}", HEAD, lines)
