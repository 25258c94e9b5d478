"""Gọi việc: what every writing call of dossiers shares: who calls, the key of a repeated request, the answer."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.params.functions import Header

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import queries
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.rules import read_code
from haicap.domain.units import queries as units
from haicap.kernel.accounts.states import Scope
from haicap.kernel.ledger.actions import Asked, once
from haicap.web.api.clients import PROVING, Client, NotHeld, claimed, holder_of, prove
from haicap.web.api.dossier_shapes import OrganIn
from haicap.web.api.units import held
from haicap.web.common import clock

# One router for all: a path belongs to one, and the named paths (bulk, forward, feed) come before {code}.
router = Router(tags=["Hồ sơ"])
Document = dict[str, Any]
KEY = Header(
    "", alias="Idempotency-Key", description="Khóa riêng của yêu cầu; gửi lại cùng khóa: cùng câu trả lời."
)
_JSON = "application/json; charset=utf-8"


def text(at: datetime | None) -> str | None:
    """An instant as the API writes it."""
    return at.isoformat() if at else None


def taken(row: Taken) -> Document:
    """What a verb answers: no personal text, so that it may be kept for repeated requests."""
    return {
        "code": row.code,
        "state": row.state,
        "version": row.version,
        "step": row.step,
        "due_at": text(row.due_at),
        "promised_at": text(row.promised_at),
        "alarm": row.alarm,
    }


def done(request: HttpRequest, verb: Callable[[Client, datetime], Taken], *, key: str = "") -> HttpResponse:
    """Carry out one verb for the holder of a token that may write; with a key once, however often it is sent."""
    return carried(request, lambda who, at: taken(verb(who, at)), key=key)


def proving(path: str) -> None:
    """Calls of a path (as Django spells it) go through `done` or `carried`, which ask for their token."""
    PROVING.add(f"api/v1/{path}")


def carried(
    request: HttpRequest, verb: Callable[[Client, datetime], Document], *, key: str = ""
) -> HttpResponse:
    """The same for a verb that answers something else. The token is asked for with the verb's first statement."""
    try:
        answer = _carried(request, verb, key)
    except NotHeld:
        prove(request)
        answer = _carried(request, verb, key)
    return HttpResponse(answer, content_type=_JSON)


def _carried(request: HttpRequest, verb: Callable[[Client, datetime], Document], key: str) -> str:
    client, at = holder_of(request, Scope.WRITE), clock.now()

    def work() -> str:
        claimed(request, at)
        return json.dumps(verb(client, at), separators=(",", ":"))

    if not key:
        return work()
    return once(asked=Asked(key, fingerprint(request)), work=work, actor=client.actor, at=at)


def fingerprint(request: HttpRequest, part: str = "") -> bytes:
    """What tells one request from another: method, path and body; or a `part` of the body."""
    body = part.encode() if part else request.body
    return hashlib.sha256(f"{request.method} {request.path}\n".encode() + body).digest()


def spelled(code: str) -> str:
    """A code in its one spelling; one that nobody has for what is no code."""
    return read_code(code) or "?"


def uid_of(code: str, on: date) -> str:
    """The identity of the commune, province or nation that holds a code. Refused `bad_code`, `unknown_code`."""
    return "vn" if code.strip().upper() == "VN" else held(units.register(), code, on).uid


def centre_of(code: str, on: date) -> int | None:
    """The centre of a unit; None for "". Refused `no_organ`."""
    if not code.strip():
        return None
    place = queries.place(uid_of(code, on), on)
    if place.centre is None:
        raise _no_organ()
    return place.centre.pk


def organ_of(organ: OrganIn, on: date) -> int:
    """An organ by its unit and kind. Refused `no_organ`."""
    uid = uid_of(organ.unit, on)
    found = next((row.pk for row in units.organs_of(uid, on) if row.kind == organ.kind), None)
    if found is None:
        raise _no_organ()
    return found


def _no_organ() -> Refused:
    return Refused("no_organ", gettext_noop("Không có cơ quan này."))
