"""Cẩm nang tải về: one PDF, one HTML file."""

from __future__ import annotations

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from haicap.web.common import clock
from haicap.web.common.guidance import book

TYPES = {"pdf": "application/pdf", "html": "text/html; charset=utf-8"}


@require_safe
def book_file(request: HttpRequest, form: str) -> FileResponse:
    """The handbook of today as a file to keep; made once for each state of the texts."""
    if form not in TYPES:
        raise Http404
    path = book.prepared(form, on=clock.today(), at=clock.now(), base=settings.SITE_URL)
    response = FileResponse(
        path.open("rb"), content_type=TYPES[form], as_attachment=True, filename=f"cam-nang.{form}"
    )
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
