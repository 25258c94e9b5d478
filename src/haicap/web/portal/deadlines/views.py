"""Khi nào đến hạn? A public calculator with its proof; everything stands in the address, so that it can be sent."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from haicap.base.dates import show_date
from haicap.base.refused import Refused
from haicap.domain.deadlines import queries
from haicap.domain.deadlines.reckoning import Proof, prove
from haicap.web.common import exports, proofs, refusals
from haicap.web.portal.deadlines.forms import DeadlineForm


def _proved(form: DeadlineForm) -> Proof | None:
    """The proof of a form that is right; what cannot be reckoned is written on the form."""
    if not form.is_valid() or form.received is None:
        return None
    try:
        return prove(queries.calendar(), form.received, form.parts, form.pauses)
    except Refused as refused:
        if refused.code == "not_loaded":
            raise
        form.add_error(None, refusals.sentence(refused))
        return None


@require_safe
def ask(request: HttpRequest) -> HttpResponse:
    """The question, and below it the answer with its days."""
    asked = bool(request.GET.get("ngay") or request.GET.get("so"))
    form = DeadlineForm(request.GET if asked else None)
    calendar = queries.calendar()
    values: dict[str, object] = {"form": form, "years": calendar.years, "version": calendar.version}
    proof = _proved(form) if asked else None
    if proof is not None:
        values |= {
            "proof": proof,
            "due": proofs.when(proof.due),
            "first_due": proofs.when(proof.first_due),
            "received": proofs.when(proof.received),
            "shifted": proofs.when(proof.shifted),
            "limit": proofs.limit_words(form.parts),
            "rows": proofs.rows(proof),
            "strip": proofs.strip(proof),
            "summary": proofs.summary(proof),
            "query": request.GET.urlencode(),
        }
    status = 400 if form.errors else 200
    return render(request, "portal/deadlines/ask.html", values, status=status)


@require_safe
def export(request: HttpRequest) -> HttpResponseBase:
    """The days of a proof as CSV; back to the question when there is no answer."""
    form = DeadlineForm(request.GET)
    proof = _proved(form)
    if proof is None:
        response = redirect("portal:deadlines")
        response["Location"] += f"?{request.GET.urlencode()}"
        return response
    head = [
        gettext("Ngày"), gettext("Thứ"), gettext("Được tính thế nào"), gettext("Vì sao"), gettext("Văn bản"),
        gettext("Chưa xác minh"),
    ]  # fmt: skip
    lines = (
        (show_date(r.on), r.weekday, r.did, r.why, r.document, gettext("chưa xác minh") if r.evidence == "unconfirmed" else "")
        for r in proofs.rows(proof)
    )  # fmt: skip
    return exports.csv_response("thoi-han", head, lines)
