"""Lỗi cho máy: refusals and faults as problem documents (RFC 9457), in Vietnamese or English."""

from __future__ import annotations

import json
import logging
from collections.abc import Sequence

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation import gettext
from ninja.errors import HttpError, ValidationError

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers.queries import BadAnswers
from haicap.web.api.tables import BadTable
from haicap.web.common import refusals

log = logging.getLogger("haicap.api")

MEDIA_TYPE = "application/problem+json"
_STATUS = {
    "before_horizon": 404,
    "not_in_force": 404,
    "feed_restarted": 410,
    "list_changed": 410,
    "not_loaded": 503,
    "bad_token": 401,
    "token_needed": 401,
    "scope_missing": 403,
    "key_reused": 422,
    "bad_answers": 422,
    "already_filed": 409,
    "bad_rows": 422,
    "encoding_unknown": 422,
    "not_a_table": 422,
    "bad_xlsx": 422,
}
NO_SUCH_PATH = gettext_noop("Không có địa chỉ này trong API. Xem /api/v1/docs.")
WRONG_METHOD = gettext_noop("Địa chỉ này không nhận phương thức %(method)s.")
TOO_LARGE = gettext_noop(
    "Nội dung gửi lên quá lớn. Danh sách dài xin gửi dưới dạng tệp tới /api/v1/conversions."
)
UNREADABLE = gettext_noop("Không đọc được nội dung gửi lên: nội dung phải là JSON đúng dạng.")
BAD_PARAMETERS = gettext_noop("Tham số không đúng dạng; xem “errors”.")
NOT_READY = gettext_noop("Cơ sở dữ liệu đang khởi động lại. Xin thử lại sau ít giây.")
OUR_FAULT = gettext_noop("Lỗi này là của chúng tôi và đã được ghi lại. Xin thử lại sau ít phút.")

_KNOWN: tuple[tuple[type[Exception] | tuple[type[Exception], ...], int, str, str], ...] = (
    (RequestDataTooBig, 413, "too_large", TOO_LARGE),
    (Http404, 404, "no_such_path", NO_SUCH_PATH),
    ((HttpError, SuspiciousOperation), 400, "unreadable", UNREADABLE),
    ((OperationalError, InterfaceError), 503, "not_ready", NOT_READY),
)


def language_of(request: HttpRequest) -> str:
    """Language the client asks for by Accept-Language; Vietnamese when it asks for none we have."""
    return translation.get_language_from_request(request) if request.headers.get("Accept-Language") else "vi"


def problem(
    request: HttpRequest,
    status: int,
    code: str,
    sentence: str,
    *,
    params: dict[str, object] | None = None,
    errors: Sequence[dict[str, object]] = (),
    citation: str = "",
) -> HttpResponse:
    """A problem document. `sentence` is a Vietnamese msgid, a %-template over `params`."""
    language = language_of(request)
    with translation.override(language):
        said = gettext(sentence)
    document: dict[str, object] = {
        "type": f"/api/v1/docs#{code}",
        "title": code.replace("_", " "),
        "status": status,
        "detail": said % params if params else said,
        "instance": request.path,
        "code": code,
    }
    if citation:
        document["citation"] = citation
    if errors:
        document["errors"] = list(errors)
    response = HttpResponse(json.dumps(document, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)
    response.headers["Content-Language"] = language
    response.headers["Vary"] = "Accept-Language"
    response.headers["Cache-Control"] = "no-store"
    if status == 503:
        response.headers["Retry-After"] = "5"
    return response


def of_refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The problem a refusal becomes."""
    status = _STATUS.get(refused.code) or refusals.status(refused.code)
    citation = str(refused.citation) if refused.citation else ""
    errors: Sequence[dict[str, object]] = ()
    if isinstance(refused, BadAnswers):
        errors = _answers(request, refused)
    elif isinstance(refused, BadTable):
        errors = _rows(request, refused)
    return problem(
        request, status, refused.code, refused.template, params=dict(refused.params), citation=citation, errors=errors
    )  # fmt: skip


def _rows(request: HttpRequest, refused: BadTable) -> list[dict[str, object]]:
    """Every row that is wrong: its table, line and column, and what to do about it."""
    with translation.override(language_of(request)):
        return [
            {
                "where": [part for part in (wrong.sheet, str(wrong.line or ""), wrong.column) if part],
                "what": " ".join(
                    gettext(t) % wrong.params if wrong.params else gettext(t) for t in wrong.said
                ),
            }
            for wrong in refused.wrong
        ]


def _answers(request: HttpRequest, refused: BadAnswers) -> list[dict[str, object]]:
    """Every answer that is wrong: its question and what to do about it."""
    with translation.override(language_of(request)):
        return [
            {"where": p.place.split("."), "what": gettext(p.template) % p.params} for p in refused.problems
        ]


def of_parameters(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Parameters that do not have the declared shape: each with its place and what is wrong with it."""
    found: list[dict[str, object]] = [
        {"where": [str(part) for part in e.get("loc", ())], "what": str(e.get("msg", ""))}
        for e in error.errors
    ]
    return problem(request, 422, "bad_parameters", BAD_PARAMETERS, errors=found)


def of_error(request: HttpRequest, error: Exception) -> HttpResponse:
    """The problem any exception becomes; what we did not expect is logged and answers 500."""
    match error:
        case Refused():
            return of_refusal(request, error)
        case ValidationError():
            return of_parameters(request, error)
        case HttpError() if error.status_code != 400:
            return problem(request, error.status_code, "http", str(error))
    for kinds, status, code, sentence in _KNOWN:
        if isinstance(error, kinds):
            if status >= 500:
                log.error("api: %s", code, exc_info=error)
            return problem(request, status, code, sentence)
    log.error("api: unexpected error", exc_info=error)
    return problem(request, 500, "our_fault", OUR_FAULT)


def wrong_method(request: HttpRequest, allowed: str) -> HttpResponse:
    """405 with what is allowed."""
    response = problem(
        request, 405, "wrong_method", WRONG_METHOD, params={"method": str(request.method)[:10]}
    )
    response.headers["Allow"] = allowed
    return response
