"""Trang từ chối: what a person sees when a rule says no."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from haicap.base.refused import Refused

NOT_FOUND = frozenset({"not_found", "no_such", "unknown_code", "gone", "unknown_unit"})
FORBIDDEN = frozenset({"forbidden", "not_yours", "not_allowed", "no_right", "same_person"})
CONFLICT = frozenset({"stale", "not_now", "code_taken", "taken", "overlap", "conflict", "already"})
TOO_MANY = frozenset({"throttled", "too_many", "too_many_tries"})
TOO_LARGE = frozenset({"too_large", "too_big"})
NOT_READY = frozenset({"not_loaded"})
_BY_STATUS = (
    (404, NOT_FOUND),
    (403, FORBIDDEN),
    (409, CONFLICT),
    (429, TOO_MANY),
    (413, TOO_LARGE),
    (503, NOT_READY),
)


def status(code: str) -> int:
    """HTTP status of a refusal code; 400 for all that has no closer one."""
    return next((number for number, codes in _BY_STATUS if code in codes), 400)


def sentence(refused: Refused) -> str:
    """The sentence in the language of the page, its values filled in."""
    template = gettext(refused.template)
    return template % refused.params if refused.params else template


def page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """A whole page: sentence, legal basis, way back (only to this site)."""
    values = {"refused": refused, "sentence": sentence(refused), "back": _back(request)}
    response = render(request, "common/refused.html", values, status=status(refused.code))
    if response.status_code == 503:
        response.headers["Retry-After"] = "5"
    return response


def _back(request: HttpRequest) -> str:
    referer = request.headers.get("Referer", "")
    here = f"{request.scheme}://{request.get_host()}/"
    return "/" + referer.removeprefix(here) if referer.startswith(here) else ""
