"""Trang phím tắt."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from haicap.web.desk import frame
from haicap.web.desk.gate import Needs, Officer, gate


@require_safe
@gate(Needs.LISTS)
def keys(request: HttpRequest, officer: Officer) -> HttpResponse:
    """The keys of the desk; with JavaScript the same stands in a dialog on every page."""
    return frame.show(request, officer, "keys", {})
