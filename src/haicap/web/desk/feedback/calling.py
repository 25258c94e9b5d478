"""Đường dây nóng: written down while the caller talks; beside the form their earlier tickets and what is answered already."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.domain.feedback import actions, queries
from haicap.domain.feedback.actions import Filed
from haicap.domain.feedback.queries import Subject, TicketRow
from haicap.domain.feedback.rules import Sender, sender
from haicap.domain.feedback.states import Kind, State
from haicap.domain.units import queries as units
from haicap.web.common import refusals
from haicap.web.common.feedback import words
from haicap.web.desk.feedback.calling_form import AT, CallForm
from haicap.web.desk.feedback.keeper import Keeper, door, show
from haicap.web.desk.feedback.lines import lines
from haicap.web.desk.gate import READ_WRITE

KEY = "feedback.key"  # of the last ticket written down: told once, on the page after it


def _start(keeper: Keeper) -> dict[str, Any]:
    """A commune's own officer is mostly called about the commune; a province's or ministry's about any place."""
    register, on = units.register(), keeper.officer.on
    own = next((p.unit_uid for p in keeper.posts if len(register.path(p.unit_uid, on)) > 1), "")
    return {"place": register.title(own, on)} if own else {}


@require_http_methods(READ_WRITE)
@door
def call(request: HttpRequest, keeper: Keeper) -> HttpResponseBase:
    """One screen. POST `lam=xem` only looks again; `tra-loi=` code answers at once with an answer that is public."""
    if request.method != "POST":
        return _shown(request, keeper, CallForm(keeper, initial=_start(keeper)))
    form = CallForm(keeper, request.POST)
    if request.POST.get("lam") == "xem":
        return _shown(request, keeper, CallForm(keeper, initial=_typed(form)))
    if not form.is_valid():
        return _shown(request, keeper, form, 400)
    try:
        filed = actions.file_ticket(filing=form.filing(), actor=keeper.actor, at=keeper.officer.at)
    except Refused as refused:
        if refused.code == "already_filed":
            messages.warning(request, refusals.sentence(refused))
            return redirect("desk:tickets")
        form.add_error(AT.get(refused.code), refusals.sentence(refused))
        return _shown(request, keeper, form, 400)
    request.session[KEY] = [filed.code, filed.key]
    answer = request.POST.get("tra-loi", "")[:40]
    if answer:
        _answered(request, keeper, filed, answer)
    return redirect("desk:called", filed.code)


def _typed(form: CallForm) -> dict[str, Any]:
    return {name: form.said(name) for name in form.fields if form.said(name)}


def _answered(request: HttpRequest, keeper: Keeper, filed: Filed, answer: str) -> None:
    """The ticket stands whatever becomes of it."""
    try:
        row = actions.refer_answer(
            code=filed.code, answer=answer, seen=1, actor=keeper.actor, at=keeper.officer.at
        )
    except Refused as refused:
        said = gettext("Phiếu đã được ghi nhưng chưa trả lời được ngay: %(why)s") % {
            "why": refusals.sentence(refused)
        }
        messages.warning(request, said)
    else:
        _say(request, row)


def _say(request: HttpRequest, row: TicketRow) -> None:
    """Settled, or why not: what is for the organ itself stays with it."""
    if row.state == State.ANSWERED:
        messages.success(request, gettext("Đã ghi phiếu và trả lời bằng câu trả lời đã công khai."))
    else:
        kind = words.said(words.KINDS, row.kind)
        said = gettext(
            "Đã ghi là người gửi được biết câu trả lời đã công khai. Phiếu loại “%(kind)s” phải do cơ quan có thẩm quyền trả lời nên còn mở."
        )
        messages.info(request, said % {"kind": kind})


def _shown(request: HttpRequest, keeper: Keeper, form: CallForm, status: int = 200) -> HttpResponse:
    return show(request, keeper, "call", {"form": form, "hotline": True, **beside(keeper, form)}, status)


@require_POST
@door
def call_beside(request: HttpRequest, keeper: Keeper) -> HttpResponse:
    """What stands beside the form, alone: asked for while one types. By POST: nothing of a caller goes into an address."""
    form = CallForm(keeper, request.POST)
    return render(
        request, "desk/feedback/beside.html", {"form": form, "keeper": keeper, **beside(keeper, form)}
    )


def beside(keeper: Keeper, form: CallForm) -> dict[str, object]:
    """Earlier tickets of the caller, the place, whom it will go to, what is like it, what was answered in public."""
    officer, text, spot = keeper.officer, form.said("text"), form.spot()
    phone, email = _spelled(form.said("phone"), form.said("email"))
    earlier = queries.earlier(keeper.scope, phone=phone, email=email) if phone or email else []
    likes = queries.near_duplicates(text, keeper.scope) if text else []
    return {
        "known": bool(phone or email),
        "earlier": lines(earlier, officer),
        "spot": spot,
        "goes_to": _goes_to(form, spot.uid, keeper) if not spot.open else "",
        "likes": [
            (round(100 * like.share), line)
            for like, line in zip(likes, lines((x.ticket for x in likes), officer), strict=True)
        ],
        "answers": queries.likely_answers(text),
    }


def _spelled(phone: str, email: str) -> tuple[str, str]:
    """As they are kept; nothing while they are still being typed."""
    try:
        read = sender(Sender("", nfc(phone), nfc(email)), Kind.INCIDENT)
    except Refused:
        return "", ""
    return read.phone, read.email


def _goes_to(form: CallForm, uid: str, keeper: Keeper) -> str:
    kind = form.said("kind")
    if kind not in {k.value for k in Kind}:
        return ""
    try:
        found = queries.routed(Subject(Kind(kind), uid, form.said("procedure")[:20]), keeper.officer.on)
    except Refused as refused:
        return refusals.sentence(refused)
    return found.desk.name


@require_safe
@door
def called(request: HttpRequest, keeper: Keeper, code: str) -> HttpResponse:
    """Written down: the code and, once, the key to read out; a slip to print."""
    whole = queries.whole(code, actor=keeper.actor, on=keeper.officer.on)
    told = request.session.pop(KEY, None)
    key = told[1] if isinstance(told, list) and told[0] == code else ""
    row = whole.ticket
    values = {
        "row": row,
        "key": f"{key[:4]}-{key[4:]}" if key else "",
        "line": lines([row], keeper.officer)[0],
    }
    return show(request, keeper, "called", values)
