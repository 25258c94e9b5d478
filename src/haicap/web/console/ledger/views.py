"""Sổ ghi: events as sentences, the proof that nothing was altered, deliveries that wait for a person."""

from __future__ import annotations

import time
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from haicap.base.dates import HANOI, read_date, show_date
from haicap.base.refused import Refused
from haicap.domain.units.policy import Verb
from haicap.kernel.ledger import queries
from haicap.kernel.ledger.exports import verify_database
from haicap.kernel.ledger.jobs import release
from haicap.kernel.ledger.kinds import every_kind
from haicap.web.common import exports, refusals
from haicap.web.console import frame, record
from haicap.web.console.gate import Officer, gate

ROWS = 50
MOST_IN_A_FILE = 50_000
MOST_TO_VERIFY = 500_000  # events; more take longer than a page may wait


def _asked(request: HttpRequest) -> dict[str, Any]:
    """The question of the page; Refused `bad_date`."""
    day = request.GET.get("ngay", "").strip()
    between = None
    if day:
        start = datetime.combine(read_date(day), datetime.min.time(), HANOI)
        between = (start, start + timedelta(days=1))
    return {
        "stream": frame.word(request, "chuoi", 200),
        "kind": frame.word(request, "loai", 100),
        "between": between,
    }


def _before(request: HttpRequest) -> int | None:
    text = request.GET.get("truoc", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


@require_safe
@gate(Verb.SEE_RECORD, operator=True)
def events(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Events newest first (`?chuoi=` stream, `?loai=` kind, `?ngay=` day recorded, `?truoc=` older than)."""
    values: dict[str, object] = {
        "kinds": every_kind(),
        "stream": frame.word(request, "chuoi", 200),
        "kind": frame.word(request, "loai", 100),
        "day": frame.word(request, "ngay", 20),
    }
    try:
        found = queries.browse(**_asked(request), before=_before(request), limit=ROWS + 1)
    except Refused as refused:
        values |= {"error": refusals.sentence(refused), "events": []}
        return frame.show(request, officer, "ledger/events", values, 400)
    query = request.GET.copy()
    query.pop("truoc", None)
    values |= {
        "events": record.told(found[:ROWS]),
        "older": found[ROWS - 1].id if len(found) > ROWS else None,
        "query": query.urlencode(),
        "paged": "truoc" in request.GET,
    }
    return frame.show(request, officer, "ledger/events", values)


@require_safe
@gate(Verb.SEE_RECORD, operator=True)
def events_csv(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The same events as a file, at most 50,000."""
    found = record.told(queries.browse(**_asked(request), limit=MOST_IN_A_FILE))
    head = [
        gettext("Chuỗi"), gettext("Số"), gettext("Loại"), gettext("Lúc"), gettext("Ghi lúc"),
        gettext("Người làm"), gettext("Việc"), gettext("Mã băm"),
    ]  # fmt: skip
    rows = (
        (e.stream, e.seq, e.kind, e.at.isoformat(), e.recorded_at.isoformat(), e.who, e.sentence, e.hash)
        for e in found
    )
    return exports.csv_response("so-ghi", head, rows)


@require_http_methods(("GET", "HEAD", "POST"))
@gate(Verb.SEE_RECORD, operator=True)
def verify(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Recompute every hash of the ledger; the result names the first event that does not hold."""
    size = queries.size()
    values: dict[str, object] = {
        "size": size,
        "large": size > MOST_TO_VERIFY,
        "anchor": queries.last_anchor(),
    }
    if request.method == "POST" and size <= MOST_TO_VERIFY:
        began = time.monotonic()
        report = verify_database()
        values |= {
            "report": report,
            "findings": [f.told(gettext) for f in report.findings],
            "seconds": round(time.monotonic() - began, 1),
        }
    return frame.show(request, officer, "ledger/verify", values)


@require_http_methods(("GET", "HEAD", "POST"))
@gate(operator=True)
def deliveries(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """What could not be delivered; posting tries the marked ones again."""
    if request.method == "POST":
        ids = [int(n) for n in request.POST.getlist("viec") if n.isascii() and n.isdigit() and len(n) < 19]
        release(ids)
        return frame.done(request, gettext("Việc giao sẽ được thử lại ngay."), "ledger-deliveries")
    values = {"stuck": queries.stuck(), "waiting": queries.waiting()}
    return frame.show(request, officer, "ledger/deliveries", values)


@require_safe
@gate(Verb.SEE_RECORD, operator=True)
def anchors(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Anchors of the ledger, to be compared with the copies kept elsewhere."""
    rows = [(a, bytes(a.hash).hex()) for a in queries.anchors()]
    return frame.show(request, officer, "ledger/anchors", {"anchors": rows, "day": show_date(officer.on)})
