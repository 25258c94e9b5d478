"""Bộ nhớ đệm: answers read from the register carry its generation as their ETag, so an unchanged one costs nothing."""

from __future__ import annotations

import functools
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from haicap.domain.units import queries
from haicap.web.common import clock
from haicap.web.common.context import product_version

FRESH = "public, max-age=60, must-revalidate"

View = Callable[..., HttpResponseBase]


def register_tag() -> str:
    """The ETag of everything read from the register now: program, state of the register, and today.

    Today is part of it because an answer without `on` means today.
    """
    return f'"{product_version()}-{queries.register().generation}-{clock.today():%Y%m%d}"'


def matches(request: HttpRequest, tag: str) -> bool:
    """Whether the client already has it (If-None-Match)."""
    asked = request.headers.get("If-None-Match", "")
    return asked == "*" or tag in {part.strip().removeprefix("W/") for part in asked.split(",")}


def of_register(view: View) -> View:
    """Give a view of the register its ETag; 304 without further work when the client has it already."""

    @functools.wraps(view)
    def tagged(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        tag = register_tag()
        response = HttpResponse(status=304) if matches(request, tag) else view(request, *args, **kwargs)
        if response.status_code in (200, 304):
            response.headers["ETag"] = tag
            response.headers["Cache-Control"] = FRESH
        return response

    return tagged
