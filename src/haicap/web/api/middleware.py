"""Lối riêng của API: its calls pass neither sessions nor cookies nor forms, and are counted, sized and labelled here."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import resolve

from haicap.base.refused import Refused
from haicap.web.api import problems
from haicap.web.api.clients import (
    READS,
    WRONG_TOKEN,
    Allowance,
    Client,
    allowances,
    client_of,
    prove,
    too_many,
)
from haicap.web.common import clients

PREFIX = "/api/v1/"
PAGES = ("/api/v1/docs",)  # for people: with the site's language, frame and styles
_EXPOSED = "ETag, Link, Location, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-Request-Id"
_FORM_OVERHEAD = 64 * 1024


class Machines:
    """Answers calls of the API right here; everything else goes on to the middleware of the pages.

    A call has no session: who calls shows by a token or by the network address. Read calls may come from any web page
    (CORS), since they carry no cookies and return what is public or what the caller's own token opens; writes may not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        path = request.path_info
        if not path.startswith(PREFIX) or path.rstrip("/") in PAGES:
            return self.get_response(request)
        only_head = request.method == "HEAD"
        if only_head:
            request.method = "GET"  # calls are declared for GET; what they say is dropped at the end
        try:
            response = self._counted(request)
        except Exception as error:
            response = problems.of_error(request, error)
        _label(request, response)
        return _head_of(response) if only_head else response

    def _counted(self, request: HttpRequest) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _preflight()
        match = resolve(request.path_info)
        client = self._client(request, match.route)
        allowance = allowances.spend(client)
        response: HttpResponseBase
        if allowance.wait:
            response = _too_many(request, allowance)
        elif _too_large(request):
            response = problems.problem(request, 413, "too_large", problems.TOO_LARGE)
        else:
            request.resolver_match = match
            request.haicap_client = client  # type: ignore[attr-defined]  # read by `holder_of`
            response = _proved(request, _answer(request, match.func, match.args, match.kwargs))
        response.headers["X-RateLimit-Limit"] = str(allowance.limit)
        response.headers["X-RateLimit-Remaining"] = str(allowance.remaining)
        response.headers["X-RateLimit-Reset"] = str(allowance.reset)
        return response

    @staticmethod
    def _client(request: HttpRequest, route: str) -> Client:
        """Who calls; a wrong token counts against the address it came from."""
        try:
            return client_of(request, route=route)
        except Refused:
            anonymous = Client(clients.network(request), settings.API_RATE)
            if allowances.spend(anonymous, WRONG_TOKEN).wait:
                return anonymous
            raise


def _answer(
    request: HttpRequest,
    view: Callable[..., HttpResponseBase],
    args: tuple[object, ...],
    kwargs: dict[str, object],
) -> HttpResponseBase:
    try:
        response = view(request, *args, **kwargs)
    except Exception as error:
        return problems.of_error(request, error)
    if response.status_code == 405:
        return problems.wrong_method(request, response.headers.get("Allow", ""))
    return response


def _proved(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """The answer; that the token is wrong instead, where the verb was not reached that would have asked for it."""
    try:
        prove(request)
    except Refused as refused:
        return problems.of_refusal(request, refused)
    return response


def _head_of(response: HttpResponseBase) -> HttpResponse:
    """The same answer without its body."""
    head = HttpResponse(status=response.status_code, headers=dict(response.headers))
    if isinstance(response, HttpResponse):
        head.headers["Content-Length"] = str(len(response.content))
    response.close()
    return head


def _too_large(request: HttpRequest) -> bool:
    """A body that is longer than any upload may be is refused before a byte of it is read."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return said.isdigit() and int(said) > settings.UPLOAD_LIMIT + _FORM_OVERHEAD


def _too_many(request: HttpRequest, allowance: Allowance) -> HttpResponse:
    refused = too_many(allowance)
    response = problems.of_refusal(request, refused)
    response.headers["Retry-After"] = str(allowance.wait)
    return response


def _preflight() -> HttpResponse:
    response = HttpResponse(status=204)
    response.headers["Access-Control-Allow-Methods"] = "GET, HEAD"
    response.headers["Access-Control-Allow-Headers"] = "Authorization, If-None-Match, Accept-Language"
    response.headers["Access-Control-Max-Age"] = "86400"
    return response


def _label(request: HttpRequest, response: HttpResponseBase) -> None:
    if request.method in READS:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = _EXPOSED
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
    response.headers.setdefault("Cache-Control", "no-store")
    if isinstance(response, HttpResponse):  # said here, so that the server need not send it in pieces
        response.headers.setdefault("Content-Length", str(len(response.content)))
