"""Bổ sung: what is asked for, a file at a time, an answer in words, then all of it at once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.actions import Handed
from haicap.domain.dossiers.queries import SupplementRow
from haicap.domain.dossiers.states import FileOrigin, State
from haicap.kernel.files import actions as files
from haicap.kernel.files import queries as stored
from haicap.web.common import clock, refusals
from haicap.web.portal.dossiers import access, attaching
from haicap.web.portal.dossiers.access import Level, Seen
from haicap.web.portal.dossiers.papers import OTHER

_HELD = "portal_supplements"  # files sent and not yet handed in, by code of the dossier
MOST = 20
LONGEST = 4000


def _sent(request: HttpRequest, code: str) -> list[dict[str, str]]:
    held: Mapping[str, list[dict[str, str]]] = request.session.get(_HELD, {})
    return list(held.get(code, []))


def _hold(request: HttpRequest, code: str, sent: list[dict[str, str]]) -> None:
    held = {k: v for k, v in request.session.get(_HELD, {}).items() if k != code}
    request.session[_HELD] = held | ({code: sent} if sent else {})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def supply(request: HttpRequest, code: str) -> HttpResponse:
    """What is missing; one file a form; the last form hands everything in."""
    seen = access.seen(request, code, Level.PHONE)
    whole = queries.whole(seen.row)
    if seen.row.state != State.SUPPLEMENT or not whole.supplements:
        messages.info(request, gettext("Hồ sơ này hiện không chờ bổ sung."))
        return redirect("portal:dossier", code)
    asked, errors, status = whole.supplements[-1], {}, 200
    if request.method == "POST":
        step = next((s for s in ("tep", "bo", "gui") if s in request.POST), "gui")
        try:
            return _STEPS[step](request, seen, asked)
        except Refused as refused:
            errors = {"tep" if step == "tep" else "tra-loi": refusals.sentence(refused)}
            status = refusals.status(refused.code)
    values = {
        "row": seen.row,
        "asked": asked,
        "items": list(enumerate(asked.items)),
        "sent": list(enumerate(_sent(request, code))),
        "errors": errors,
        "said": request.POST.get("tra-loi", "")[:LONGEST],
        "accept": attaching.ACCEPT,
    }
    return render(request, "portal/dossiers/supply.html", values, status=status)


def _item(asked: SupplementRow, text: str) -> tuple[str, str]:
    """(paper, name) of the item a file answers; another paper when none was picked."""
    items: list[dict[str, Any]] = asked.items
    if text.isascii() and text.isdigit() and int(text[:4]) < len(items):
        one = items[int(text[:4])]
        return one["paper"] or OTHER, one["name"] or one["what"][:200]
    return OTHER, gettext_noop("Giấy tờ bổ sung")


def _take(request: HttpRequest, seen: Seen, asked: SupplementRow) -> HttpResponse:
    upload, sent = request.FILES.get("tep-gui"), _sent(request, seen.row.code)
    if upload is None:
        raise Refused("no_file", gettext_noop("Xin chọn một tệp hoặc chụp một ảnh."))
    if len(sent) >= MOST:
        raise Refused(
            "too_many", gettext_noop("Một lần bổ sung nhiều nhất %(most)s tệp."), params={"most": MOST}
        )
    paper, name = _item(asked, request.POST.get("muc", ""))
    file = attaching.receive(request, upload)
    shown = stored.stored(file).original_name
    _hold(request, seen.row.code, [*sent, {"file": str(file), "paper": paper, "name": name, "shown": shown}])
    messages.success(request, gettext("Đã nhận tệp. Bấm “Gửi bổ sung” khi đã đủ."))
    return redirect("portal:supply", seen.row.code)


def _remove(request: HttpRequest, seen: Seen, asked: SupplementRow) -> HttpResponse:
    sent, text = _sent(request, seen.row.code), request.POST.get("bo", "")
    if text.isascii() and text.isdigit() and int(text[:4]) < len(sent):
        gone = sent.pop(int(text[:4]))
        files.forget(file=UUID(gone["file"]), actor=access.actor(request), at=clock.now())
        _hold(request, seen.row.code, sent)
    return redirect("portal:supply", seen.row.code)


def _hand_in(request: HttpRequest, seen: Seen, asked: SupplementRow) -> HttpResponse:
    version = request.POST.get("seen", "")
    actions.supply(
        code=seen.row.code,
        seen=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else -1,
        components=[
            Handed(one["paper"], one["name"], copies=1, file=UUID(one["file"]), origin=FileOrigin.UPLOADED)
            for one in _sent(request, seen.row.code)
        ],
        answer=request.POST.get("tra-loi", "").replace("\r\n", "\n")[: LONGEST + 1],
        applicant=True,
        phone=seen.phone,
        actor=access.actor(request),
        at=clock.now(),
    )
    _hold(request, seen.row.code, [])
    messages.success(request, gettext("Đã gửi bổ sung. Thời hạn giải quyết chạy tiếp từ bây giờ."))
    return redirect("portal:dossier", seen.row.code)


_STEPS = {"tep": _take, "bo": _remove, "gui": _hand_in}
