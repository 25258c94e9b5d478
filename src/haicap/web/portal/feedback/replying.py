"""Việc của người gửi: supply what was asked, withdraw, rate the answer, open it again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.feedback import actions, rules, states
from haicap.domain.feedback.states import DECREE, Rating, Verb
from haicap.web.common import clock, refusals
from haicap.web.portal.feedback import access, telling, uploads
from haicap.web.portal.feedback.access import Seen
from haicap.web.portal.feedback.drafting import File

_MORE = "portal_ticket_more"  # what was typed and sent, and not yet handed in, by code of the ticket
_NOT_SURE = gettext_noop(
    "Để rút phiếu hoặc đánh giá, xin mở phiếu bằng khóa bạn nhận khi gửi, hoặc bằng tài khoản đã gửi."
)

_NOT_ABLE = gettext_noop("4 số cuối chỉ để xem. Xin mở phiếu bằng khóa hoặc cả số điện thoại để trả lời.")


def _closed(request: HttpRequest, seen: Seen, verb: Verb) -> HttpResponse | None:
    """Back to the ticket when its state does not allow it."""
    row = seen.whole.ticket
    if verb in states.possible(row.state):
        return None
    messages.info(request, gettext("Phiếu không còn ở bước làm được việc này."))
    return redirect("portal:ticket", row.code)


def _able(seen: Seen) -> None:
    """The last digits only look. Refused `not_yours`."""
    if not seen.able:
        raise Refused("not_yours", _NOT_ABLE, DECREE)


def _sure(seen: Seen) -> None:
    """Digits of the phone are known to the office that is rated. Refused `not_yours`."""
    if not seen.sure:
        raise Refused("not_yours", _NOT_SURE, DECREE)


# --- supply ------------------------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def supply(request: HttpRequest, code: str) -> HttpResponse:
    """What was asked, an answer in words, files; what was sent is kept until it is handed in."""
    seen = access.seen(request, code)
    _able(seen)
    away = _closed(request, seen, Verb.SUPPLY)
    if away is not None:
        return away
    text, files = _held(request, code)
    errors: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        text = request.POST.get("noi-dung", "").replace("\0", "")[: rules.LONGEST_TEXT + 1]
        files, bad = uploads.take(request, files)
        _hold(request, code, text, files)
        errors = {"tep": bad} if bad else {}
        if "gui" in request.POST and not errors:
            try:
                return _handed_in(request, seen, text, files)
            except Refused as refused:
                errors, status = {"ke": refusals.sentence(refused)}, refusals.status(refused.code)
    values = {
        "row": seen.whole.ticket,
        "question": telling.question(seen.whole),
        "text": text,
        "files": list(enumerate(files)),
        "errors": errors,
        "said_wrong": errors.get("ke", ""),
        "accept": uploads.ACCEPT,
    }
    return render(
        request, "portal/feedback/supply.html", values, status=400 if errors and status == 200 else status
    )


def _held(request: HttpRequest, code: str) -> tuple[str, tuple[File, ...]]:
    held: Mapping[str, Any] = request.session.get(_MORE, {})
    text, files = held.get(code, ("", ()))
    return text, tuple(File(*one) for one in files)


def _hold(request: HttpRequest, code: str, text: str, files: tuple[File, ...]) -> None:
    held = {k: v for k, v in request.session.get(_MORE, {}).items() if k != code}
    request.session[_MORE] = held | {code: (text, [(f.id, f.name) for f in files])} if text or files else held


def _handed_in(request: HttpRequest, seen: Seen, text: str, files: tuple[File, ...]) -> HttpResponse:
    code = seen.whole.ticket.code
    actions.supply_more(
        code=code,
        text=text,
        proof=seen.proof,
        files=[UUID(f.id) for f in files],
        actor=access.actor(request),
        at=clock.now(),
    )
    _hold(request, code, "", ())
    messages.success(request, gettext("Đã gửi bổ sung. Thời hạn trả lời chạy tiếp từ bây giờ."))
    return redirect("portal:ticket", code)


# --- withdraw, rate, reopen --------------------------------------------------------------------------------------
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Sure?"""
    seen = access.seen(request, code)
    _sure(seen)
    away = _closed(request, seen, Verb.WITHDRAW)
    if away is not None:
        return away
    if request.method == "POST":
        actions.withdraw_ticket(code=code, proof=seen.proof, actor=access.actor(request), at=clock.now())
        messages.success(request, gettext("Đã rút phiếu."))
        return redirect("portal:ticket", code)
    return render(request, "portal/feedback/withdraw.html", {"row": seen.whole.ticket})


@never_cache
@require_POST
def rate(request: HttpRequest, code: str) -> HttpResponse:
    """Content with the answer, or not; may be changed."""
    seen = access.seen(request, code)
    _sure(seen)
    away = _closed(request, seen, Verb.RATE)
    if away is not None:
        return away
    value = request.POST.get("danh-gia", "")
    rating = Rating(value) if value in set(Rating) else Rating.NONE
    try:
        actions.rate_answer(
            code=code, rating=rating, proof=seen.proof, actor=access.actor(request), at=clock.now()
        )
        messages.success(request, gettext("Cảm ơn bạn đã đánh giá."))
    except Refused as refused:
        if refused.code != "nothing_new":
            raise
    return redirect("portal:ticket", code)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, code: str) -> HttpResponse:
    """What the answer did not settle."""
    seen = access.seen(request, code)
    _able(seen)
    away = _closed(request, seen, Verb.REOPEN)
    if away is not None:
        return away
    text, error, status = "", "", 200
    if request.method == "POST":
        text = request.POST.get("noi-dung", "").replace("\0", "")[: rules.LONGEST_TEXT + 1]
        try:
            actions.reopen(
                code=code, reason=text, proof=seen.proof, actor=access.actor(request), at=clock.now()
            )
            messages.success(request, gettext("Đã mở lại phiếu. Cơ quan phải xem và trả lời lại."))
            return redirect("portal:ticket", code)
        except Refused as refused:
            error, status = refusals.sentence(refused), refusals.status(refused.code)
    values = {"row": seen.whole.ticket, "text": text, "said_wrong": error}
    return render(request, "portal/feedback/reopen.html", values, status=status)
