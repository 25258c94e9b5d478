"""Rút hồ sơ, đánh giá, và lấy giấy tờ về: what an applicant does when it is over, or shall be."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import actions, queries, states
from haicap.domain.dossiers.queries import exports
from haicap.domain.dossiers.states import Verb
from haicap.kernel.files import names
from haicap.kernel.files import queries as stored
from haicap.web.common import clock, refusals
from haicap.web.portal.dossiers import access, braking, forms
from haicap.web.portal.dossiers.access import Level, Seen

_WRONG = gettext_noop("Số này không đúng với hồ sơ, hoặc hồ sơ không ghi số nào.")


def _number(request: HttpRequest, seen: Seen, text: str) -> None:
    """The number of whom it is for. Refused `not_found`, `too_many_tries`."""
    held = braking.guess(request, f"number {seen.row.code}", whole=True)
    if not text or "".join(text.split()) != seen.row.applicant_number:
        raise Refused("not_found", _WRONG)
    braking.right(held)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Sure? Without an account also the number of whom it is for."""
    seen = access.seen(request, code, Level.PHONE)
    row, owner = seen.row, seen.level is Level.OWNER
    if Verb.WITHDRAW not in states.possible(row.state, decided=row.decided):
        messages.info(request, gettext("Hồ sơ này không còn rút được."))
        return redirect("portal:dossier", code)
    form = forms.Number(request.POST if request.method == "POST" else None)
    form.fields["so"].required = not owner
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            _withdraw(request, seen, "" if owner else form.cleaned_data["so"])
            messages.success(request, gettext("Đã rút hồ sơ."))
            return redirect("portal:dossier", code)
        except Refused as refused:
            form.add_error(None if owner else "so", refusals.sentence(refused))
            status = refusals.status(refused.code)
    values = {"row": row, "form": form, "owner": owner, "numbered": bool(row.applicant_number)}
    return render(
        request,
        "portal/dossiers/withdraw.html",
        values,
        status=400 if form.errors and status == 200 else status,
    )


def _withdraw(request: HttpRequest, seen: Seen, number: str) -> None:
    if seen.level is not Level.OWNER:
        _number(request, seen, number)
    version = request.POST.get("seen", "")
    actions.withdraw(
        code=seen.row.code,
        seen=int(version) if version.isascii() and version.isdigit() and len(version) < 9 else -1,
        applicant=True,
        phone=seen.phone,
        number=number,
        actor=access.actor(request),
        at=clock.now(),
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest, code: str) -> HttpResponse:
    """One proof more, to take papers home: the number of whom it is for."""
    seen = access.seen(request, code, Level.PHONE)
    if seen.level >= Level.PERSON:
        return redirect("portal:dossier", code)
    form, status = forms.Number(request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        try:
            _number(request, seen, form.cleaned_data["so"])
            access.keep_dossier(request, seen.row, Level.PERSON)
            return redirect("portal:dossier", code)
        except Refused as refused:
            form.add_error("so", refusals.sentence(refused))
            status = refusals.status(refused.code)
    values = {"row": seen.row, "form": form, "numbered": bool(seen.row.applicant_number)}
    return render(
        request, "portal/dossiers/prove.html", values, status=400 if form.errors and status == 200 else status
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, code: str) -> HttpResponse:
    """Was it done well? Once."""
    seen = access.seen(request, code, Level.PHONE)
    if Verb.RATE not in states.possible(seen.row.state, decided=seen.row.decided):
        messages.info(request, gettext("Hồ sơ được đánh giá khi đã có kết quả."))
        return redirect("portal:dossier", code)
    form, status = forms.Rate(request.POST if request.method == "POST" else None), 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.rate(
                code=seen.row.code,
                satisfied=form.cleaned_data["hai_long"] == "yes",
                comment=form.cleaned_data["y_kien"],
                phone=seen.phone,
                actor=access.actor(request),
                at=clock.now(),
            )
            messages.success(request, gettext("Cảm ơn bạn đã đánh giá."))
            return redirect("portal:dossier", code)
        except Refused as refused:
            form.add_error(None, refusals.sentence(refused))
            status = refusals.status(refused.code)
    values = {"row": seen.row, "form": form}
    return render(
        request, "portal/dossiers/rate.html", values, status=400 if form.errors and status == 200 else status
    )


# --- papers to take home -----------------------------------------------------------------------------------------
@never_cache
@require_safe
def slip(request: HttpRequest, code: str, public_id: UUID) -> HttpResponse:
    """A slip, set in type from what it said when it was made."""
    seen = access.seen(request, code, Level.PERSON)
    found = next((s for s in queries.whole(seen.row).slips if s.public_id == public_id), None)
    if found is None:
        raise Refused("not_found", gettext_noop("Không có phiếu này."))
    pdf = exports.slip_pdf(found)
    response = HttpResponse(pdf, content_type="application/pdf")
    name = f"{code}-mau-{found.form}.pdf"
    response.headers["Content-Disposition"] = names.disposition(name, "application/pdf", inline=False)
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@never_cache
@require_safe
def result(request: HttpRequest, code: str, public_id: UUID) -> StreamingHttpResponse:
    """A signed result, as it was signed."""
    seen = access.seen(request, code, Level.PERSON)
    found = next((r for r in queries.whole(seen.row).results if r.public_id == public_id), None)
    if found is None or found.file is None:
        raise Refused("not_found", gettext_noop("Không có kết quả này."))
    response = StreamingHttpResponse(stored.chunks(found.file))
    for name, value in stored.download_headers(found.file).items():
        response.headers[name] = value
    return response
