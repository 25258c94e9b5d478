"""Bộ nhớ đệm: answers read from the register carry its generation as their ETag, so an unchanged one costs nothing."""

from __future__ import annotations

import functools
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from haicap.domain.guidance import queries as guidance
from haicap.domain.law import queries as law
from haicap.domain.powers import queries as powers
from haicap.domain.powers.queries.touching import known_cases
from haicap.domain.procedures import queries as procedures
from haicap.domain.units import queries as units
from haicap.web.common import clock
from haicap.web.common.context import product_version

FRESH = "public, max-age=60, must-revalidate"

View = Callable[..., HttpResponseBase]


def register_tag() -> str:
    """The ETag of everything read from the register now: program, state of the register, and today.

    Today is part of it because an answer without `on` means today.
    """
    return f'"{product_version()}-{units.register().generation}-{clock.today():%Y%m%d}"'


def matches(request: HttpRequest, tag: str) -> bool:
    """Whether the client already has it (If-None-Match)."""
    asked = request.headers.get("If-None-Match", "")
    return asked == "*" or tag in {part.strip().removeprefix("W/") for part in asked.split(",")}


def catalogue_tag() -> str:
    """The ETag of everything read from the catalogue of procedures; the register names its organs and provinces."""
    state = f"{units.register().generation}.{procedures.catalogue().generation}"
    return f'"{product_version()}-p{state}-{clock.today():%Y%m%d}"'


def law_tag() -> str:
    """The ETag of everything read from the register of documents."""
    return f'"{product_version()}-l{_word(law.corpus.state())}-{clock.today():%Y%m%d}"'


def powers_tag() -> str:
    """The ETag of everything read from the register of powers: holders follow from law, units and catalogue too."""
    state = f"{_word(powers.current.state())}.{_word(known_cases.state())}"
    return f'"{product_version()}-w{state}-{clock.today():%Y%m%d}"'


def guidance_tag() -> str:
    """The ETag of everything read of guidance: what it cites changes with the register of documents and with the day."""
    state = f"{_word(guidance.shelf.state())}.{_word(law.corpus.state())}"
    return f'"{product_version()}-g{state}-{clock.today():%Y%m%d}"'


def _word(state: object) -> str:
    return ".".join(map(str, state)) if isinstance(state, tuple) else str(state)


def of_law(view: View) -> View:
    """Give a view of the register of documents its ETag."""
    return _tagged(view, law_tag)


def of_guidance(view: View) -> View:
    """Give a view of guidance its ETag."""
    return _tagged(view, guidance_tag)


def of_powers(view: View) -> View:
    """Give a view of the register of powers its ETag."""
    return _tagged(view, powers_tag)


def of_register(view: View) -> View:
    """Give a view of the register its ETag; 304 without further work when the client has it already."""
    return _tagged(view, register_tag)


def of_catalogue(view: View) -> View:
    """The same for a view of the catalogue of procedures."""
    return _tagged(view, catalogue_tag)


def _tagged(view: View, tag_of: Callable[[], str]) -> View:
    @functools.wraps(view)
    def tagged(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        tag = tag_of()
        response = HttpResponse(status=304) if matches(request, tag) else view(request, *args, **kwargs)
        if response.status_code in (200, 304):
            response.headers["ETag"] = tag
            response.headers["Cache-Control"] = FRESH
        return response

    return tagged
