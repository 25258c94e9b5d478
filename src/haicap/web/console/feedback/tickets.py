"""Mọi phiếu mà cán bộ được xem: one list for the ministry and the focal offices; each opens at the desk."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.feedback import policy, queries
from haicap.domain.feedback.policy import Scope
from haicap.domain.feedback.queries import Asked
from haicap.domain.feedback.states import Channel, Kind, State
from haicap.domain.units import queries as units
from haicap.web.common import exports
from haicap.web.common.feedback import words
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate

MOST = 20_000
STAGES = {
    "open": gettext_noop("đang mở"),
    "late": gettext_noop("quá hạn"),
    "soon": gettext_noop("đến hạn trong hai ngày"),
    "nobody": gettext_noop("chưa có người xử lý"),
    "escalated": gettext_noop("đã báo cấp trên"),
    "all": gettext_noop("tất cả"),
}
LEVELS = {
    "nation": gettext_noop("Bạn xem được phiếu của cả nước."),
    "province": gettext_noop("Bạn xem được phiếu của tỉnh mình."),
    "organ": gettext_noop("Bạn xem được phiếu cơ quan mình đang giữ."),
    "counter": gettext_noop("Bạn xem được phiếu trung tâm mình đã ghi."),
    "none": gettext_noop("Bạn không giữ vị trí nào được xem phiếu."),
}
HEAD = ("code", "kind", "channel", "state", "received_at", "due_at", "organ", "subject", "late", "rating")


def _asked(request: HttpRequest) -> Asked:
    """`?giai-doan=`, `loai`, `kenh`, `tim`, `co-quan` (key), `sau` (where the page before ended)."""
    stage, kind = frame.word(request, "giai-doan", 30), frame.word(request, "loai", 20)
    channel, organ = frame.word(request, "kenh", 20), frame.word(request, "co-quan", 18)
    return Asked(
        stage if stage in STAGES or stage in set(State) else "open", kind if kind in set(Kind) else "",
        channel if channel in set(Channel) else "", frame.word(request, "tim", 100),
        int(organ) if organ.isascii() and organ.isdigit() else None, after=_cursor(frame.word(request, "sau", 60)),
    )  # fmt: skip


def _cursor(text: str) -> tuple[datetime | None, int] | None:
    """Where the page before ended. Refused `bad_cursor`."""
    if not text:
        return None
    due, _, key = text.partition("~")
    try:
        if not (key.isascii() and key.isdigit() and len(key) < 19):
            raise ValueError
        at = datetime.fromisoformat(due) if due else None
        if at is not None and at.tzinfo is None:
            raise ValueError
        return at, int(key)
    except ValueError:
        raise Refused(
            "bad_cursor", gettext_noop("Con trỏ đọc tiếp không đúng dạng. Xin đọc lại từ đầu.")
        ) from None


def _first(request: HttpRequest) -> str:
    """The same question from the beginning."""
    rest = request.GET.copy()
    rest.pop("sau", None)
    return f"?{rest.urlencode()}"


def _next(request: HttpRequest, after: tuple[datetime | None, int] | None) -> str:
    if after is None:
        return ""
    due, key = after
    rest = request.GET.copy()
    rest["sau"] = f"{due.isoformat() if due else ''}~{key}"
    return f"?{rest.urlencode()}"


@require_safe
@gate()
def listing(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """Tickets within the officer's reach by what is due first."""
    scope, asked = policy.scope_of(officer.posts), _asked(request)
    found = queries.page(scope, asked, officer.at)
    counts = queries.counts(scope, officer.actor, officer.at)
    names = units.organs_named({t.organ_id for t in found.items}, officer.on)
    stages = [
        (value, gettext(word), counts.get(value), value == asked.stage) for value, word in STAGES.items()
    ]
    values = {
        "rows": [
            (t, words.said(words.KINDS, t.kind), *words.state(t.state), *words.time_left(t.due_at, officer.at), names[t.organ_id].name)
            for t in found.items
        ],
        "stages": stages, "asked": asked, "kinds": words.choices(words.KINDS), "channels": words.choices(words.CHANNELS),
        "states": words.choices(words.STATES), "level": gettext(LEVELS[scope.level]), "next": _next(request, found.after),
        "first": _first(request),
        "query": request.GET.urlencode(), "organ": _organ(asked, officer),
        "filtered": bool(asked.text or asked.kind or asked.channel or asked.organ or asked.stage != "open" or asked.after),
    }  # fmt: skip
    return frame.show(request, officer, "feedback/tickets", values)


def _organ(asked: Asked, officer: Officer) -> str:
    if asked.organ is None:
        return ""
    found = units.organs_named([asked.organ], officer.on).get(asked.organ)
    return found.name if found else ""


@require_safe
@gate()
def listing_csv(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """The same list whole (the first 20,000), without what tells who sent it."""
    return exports.csv_response(
        "phieu-phan-anh", HEAD, _cells(policy.scope_of(officer.posts), _asked(request), officer)
    )


def _cells(scope: Scope, asked: Asked, officer: Officer) -> Iterable[Sequence[object]]:
    left = MOST
    while left > 0:
        found = queries.page(scope, asked, officer.at, size=min(left, 1_000))
        names = units.organs_named({t.organ_id for t in found.items}, officer.on)
        for t in found.items:
            yield (
                t.code, t.kind, t.channel, t.state, t.received_at.isoformat(), t.due_at.isoformat() if t.due_at else "",
                names[t.organ_id].name, t.subject, t.late, t.rating,
            )  # fmt: skip
        left -= len(found.items)
        if found.after is None:
            return
        asked = replace(asked, after=found.after)
