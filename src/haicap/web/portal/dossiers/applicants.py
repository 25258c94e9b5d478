"""Người đứng tên hồ sơ: filled in from the answers, read once more, and how the result shall come."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from haicap.base.refused import Refused
from haicap.domain.dossiers import actions, rules
from haicap.domain.dossiers.queries import DraftRow
from haicap.domain.dossiers.states import ResultMethod
from haicap.web.common import clock, refusals
from haicap.web.portal.dossiers import access, forms
from haicap.web.portal.dossiers.questions import AFTER, Filling, filling, known

KEPT = "_nguoi_nop"  # among the answers of a draft; never filed as one
_FIELDS = {
    "no_name": "name",
    "bad_kind": "kind",
    "bad_number": "number",
    "bad_phone": "phone",
    "bad_email": "email",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def applicant(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Who it is for, and how they are reached."""
    now = filling(request, public_id)
    form = forms.Applicant(request.POST if request.method == "POST" else None, initial=_initial(request, now))
    if request.method == "POST" and form.is_valid() and _judged(form):
        actions.save_draft(
            draft=public_id,
            answers={KEPT: form.cleaned_data},
            page="nguoi-nop" if "de-sau" in request.POST else "xem-lai",
            actor=access.actor(request),
            at=clock.now(),
        )
        return redirect("portal:draft-later" if "de-sau" in request.POST else "portal:draft-check", public_id)
    total = len(now.pages) + len(AFTER)
    values = now.head | {"form": form, "number": total - 1, "total": total}
    return render(request, "portal/dossiers/applicant.html", values, status=400 if form.errors else 200)


def _initial(request: HttpRequest, now: Filling) -> dict[str, Any]:
    """What was said before: here, in the answers, in the account."""
    found = known(request, now)
    address = ", ".join(part for part in (found.get("residence_detail"), found.get("residence")) if part)
    filled: dict[str, Any] = {
        "name": found.get("full_name", ""),
        "kind": "person",
        "number": found.get("person_id", ""),
        "phone": found.get("phone", ""),
        "email": found.get("email", ""),
        "address": address,
        "method": ResultMethod.ONLINE.value,
    }
    return {**filled, **now.answers.get(KEPT, {})}


def _judged(form: forms.Applicant) -> bool:
    """Whether a dossier can be filed for them; what is wrong is written at its field."""
    data = form.cleaned_data
    if data["method"] == ResultMethod.POST.value and not data["address"].strip():
        form.add_error("address", gettext("Xin ghi địa chỉ để gửi kết quả qua bưu chính."))
    try:
        rules.applicant(of(data))
    except Refused as refused:
        form.add_error(_FIELDS.get(refused.code), refusals.sentence(refused))
    return not form.errors


def of(kept: dict[str, Any], user: str = "") -> rules.Applicant:
    """The applicant as a filing wants it."""
    names = ("name", "kind", "number", "phone", "email", "address", "proxy")
    return rules.Applicant(user=user, **{name: str(kept.get(name, "")) for name in names})


def method_of(draft: DraftRow) -> ResultMethod:
    """How the result shall come."""
    return ResultMethod(draft.answers.get(KEPT, {}).get("method", ResultMethod.COUNTER.value))
