"""Tệp tải về: what was found as a table, one record, the whole catalogue."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from haicap.domain.procedures import queries
from haicap.domain.procedures.catalogue import Entry
from haicap.web.common import clock, exports
from haicap.web.portal.procedures import asking

HEAD = (
    "code", "name", "field", "levels", "subjects", "online", "known_limit", "complete", "from", "to", "decision",
    "decision_on", "origin", "evidence", "confidence",
)  # fmt: skip
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _found(request: HttpRequest) -> list[Entry]:
    found = queries.search(asking.asked(request, queries.catalogue()), clock.asked_day(request))
    return [hit.entry for hit in found.hits]


def _facts(entry: Entry) -> dict[str, object]:
    return {
        "code": entry.code,
        "name": entry.name,
        "field": entry.field,
        "levels": list(entry.levels),
        "subjects": list(entry.subjects),
        "online": entry.online.value,
        "known_limit": entry.known_limit,
        "complete": entry.complete,
        "from": entry.span.start.isoformat() if entry.span.start else None,
        "to": entry.span.end.isoformat() if entry.span.end else None,
        "decision": entry.decision,
        "decision_on": entry.decision_on.isoformat() if entry.decision_on else None,
        "origin": entry.origin,
        "evidence": entry.evidence.value,
        "confidence": entry.confidence.value if entry.confidence else None,
    }


def _cells(entries: list[Entry]) -> Iterator[list[object]]:
    for entry in entries:
        facts = _facts(entry)
        yield ["|".join(v) if isinstance(v, list) else v for v in (facts[name] for name in HEAD)]


@require_safe
def found_csv(request: HttpRequest) -> HttpResponseBase:
    """The list with its filters as CSV."""
    return exports.csv_response("thu-tuc", HEAD, _cells(_found(request)))


@require_safe
def found_json(request: HttpRequest) -> HttpResponse:
    """The list with its filters as JSON."""
    document: dict[str, object] = {
        "on": clock.asked_day(request).isoformat(),
        "procedures": [_facts(e) for e in _found(request)],
    }
    return _json(document, "thu-tuc")


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One record on a day as JSON. Refused as `queries.record`."""
    on = clock.asked_day(request)
    record = queries.record(code, on)
    document = {"on": on.isoformat(), **_facts(record.entry), "content": record.document}
    return _json(document, f"thu-tuc-{record.entry.code}")


def _json(document: dict[str, object], name: str) -> HttpResponse:
    response = JsonResponse(document, json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.json"'
    return response


@require_safe
def whole(request: HttpRequest, form: str) -> HttpResponseBase:
    """The whole catalogue over time: json (whole records), xlsx or csv (a line each)."""
    if form not in MEDIA_TYPES:
        raise Http404
    prepared = queries.prepared_export(form)
    name = f"thu-tuc-{prepared.generation}.{form}"
    return FileResponse(
        prepared.path.open("rb"), as_attachment=True, filename=name, content_type=MEDIA_TYPES[form]
    )
