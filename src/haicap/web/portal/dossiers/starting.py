"""Bắt đầu nộp: what it takes first, then where, then a phone number; a signed-in person is not asked for that."""

from __future__ import annotations

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import actions, queries, rules
from haicap.domain.dossiers.queries import DraftRow, Pinned
from haicap.domain.procedures.content import Online
from haicap.web.common import clock, refusals
from haicap.web.common.procedures import shown
from haicap.web.portal.dossiers import access, braking, places
from haicap.web.portal.dossiers.forms import LONGEST, Phone, Resume
from haicap.web.portal.dossiers.places import Choice, Where

_CODE = re.compile(r"[0-9A-Za-z.]{1,40}")


def _head(found: Pinned) -> dict[str, object]:
    return {"found": found, "code": found.code, "shown": shown(found.content)}


def _asked(code: str) -> Pinned:
    """The procedure as the nation has it today. Refused `not_found`, `not_in_force`."""
    if not _CODE.fullmatch(code):
        raise Refused("not_found", gettext_noop("Không có thủ tục mang mã này."))
    return queries.to_file(code, "", clock.today())


@require_safe
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Time, fee and papers of a procedure before anything is asked."""
    found = _asked(code)
    values = _head(found) | {
        "closed": places.why_not_online(found),
        "partial": found.content.online is Online.PARTIAL,
        "unknown": found.content.online is Online.UNKNOWN,
        "questions": len(found.content.form.pages),
        "signed_in": access.user_of(request) is not None,
    }
    return render(request, "portal/dossiers/start.html", values)


def _choice(request: HttpRequest) -> Choice | None:
    """The place picked (`?don-vi=` code of a unit today)."""
    data = request.POST if request.method == "POST" else request.GET
    return places.at(data.get("don-vi", "").strip(), clock.today())


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Where do you live? `?dia-chi=` an address, old or new; picked with `?don-vi=` when it may be several."""
    on, address = clock.today(), rules.one_line(request.GET.get("dia-chi", "")[:LONGEST], LONGEST)
    values = _head(_asked(code)) | {"address": address[: places.LONGEST]}
    chosen, answer = _choice(request), places.read(address, on) if address else None
    if chosen is None and answer is not None:
        chosen = answer.only
        values["choices"] = () if chosen else answer.choices
        values["reason"] = answer.reason
    if "dia-chi" in request.GET and not address:
        values["reason"] = gettext("Xin ghi địa chỉ của bạn.")
    if chosen is not None:
        values |= _told(places.where(code, chosen, on), request)
    wrong = bool(values.get("reason")) and chosen is None and not values.get("choices")
    unpicked = "chon" in request.GET and bool(values.get("choices"))
    values |= {"wrong": wrong, "unpicked": unpicked}
    return render(request, "portal/dossiers/place.html", values, status=400 if wrong or unpicked else 200)


def _told(where: Where, request: HttpRequest) -> dict[str, object]:
    return {
        "where": where,
        "shown": shown(where.found.content),
        "closed": places.why_not_online(where.found),
        "signed_in": access.user_of(request) is not None,
    }


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """The phone (of somebody without account), and the draft begins."""
    chosen = _choice(request)
    if chosen is None:
        return redirect("portal:file-place", code)
    where = places.where(code, chosen, clock.today())
    if places.why_not_online(where.found):  # the page before says so
        here = redirect("portal:file-place", code)
        here["Location"] += f"?don-vi={chosen.code}"
        return here
    user = access.user_of(request)
    form = Phone(request.POST if request.method == "POST" else None)
    if user is not None:
        form.fields["dien_thoai"].required = False
    values = _head(where.found) | {"where": where, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "portal/dossiers/phone.html", values, status=400 if form.is_bound else 200)
    try:
        draft = _begun(request, where, str(form.cleaned_data["dien_thoai"]))
    except Refused as refused:
        form.add_error("dien_thoai", refusals.sentence(refused))
        return render(request, "portal/dossiers/phone.html", values, status=refusals.status(refused.code))
    access.keep_draft(request, draft)
    return redirect("portal:draft", draft.public_id)


def _begun(request: HttpRequest, where: Where, phone: str) -> DraftRow:
    braking.begin(request)
    user = access.user_of(request)
    return actions.begin_draft(
        procedure=where.found.code[:8],
        unit=where.unit,
        user=user.actor if user else "",
        phone=phone,
        language=get_language() or "vi",
        actor=access.actor(request),
        at=clock.now(),
    )


# --- going on another time ---------------------------------------------------------------------------------------
_WRONG = gettext_noop("Không có bản nháp nào với mã và số điện thoại này, hoặc bản nháp đã quá 30 ngày.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest) -> HttpResponse:
    """Code of the draft and the whole phone; the same answer whatever was wrong."""
    form = Resume(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(
            request, "portal/dossiers/resume.html", {"form": form}, status=400 if form.is_bound else 200
        )
    try:
        held = braking.guess(request, form.cleaned_data["ma"], whole=True)
        draft = _found(form.cleaned_data["ma"], form.cleaned_data["dien_thoai"])
    except Refused as refused:
        form.add_error(None, refusals.sentence(refused))
        status = refusals.status(refused.code)
        return render(request, "portal/dossiers/resume.html", {"form": form}, status=status)
    braking.right(held)
    access.keep_draft(request, draft)
    return redirect("portal:draft", draft.public_id)


def _found(code: str, phone: str) -> DraftRow:
    try:
        return queries.draft_by(code.replace(" ", ""), phone)
    except Refused as refused:
        raise Refused("not_found", _WRONG) from refused


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget what this browser may open."""
    access.forget_dossiers(request)
    messages.success(request, gettext("Máy này không còn mở được hồ sơ và bản nháp vừa xem."))
    return redirect("portal:track")
