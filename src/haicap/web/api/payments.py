"""Tin báo thanh toán: where a gateway tells our server what became of a payment. No session, no form, no token: a signature."""

from __future__ import annotations

import json

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from haicap.edges.payments import gateway, notices
from haicap.web.common import clock


@require_safe
def notified(request: HttpRequest, provider: str) -> HttpResponse:
    """Judge and note one notice; the answer is the gateway's own document, always with status 200."""
    known = gateway.named(provider)
    if known is None:
        raise Http404
    query = notices.read_query(str(request.META.get("QUERY_STRING", "")))
    answer = known.answer(notices.confirm(known, query, at=clock.now()))
    return HttpResponse(json.dumps(answer), content_type="application/json")
