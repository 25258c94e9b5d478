"""Giấy tờ in ra: slips as they were made, the control slip, receipts and hand-over sheets as PDF."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from haicap.domain.dossiers import queries
from haicap.domain.dossiers.queries import exports
from haicap.web.desk.gate import Needs, Officer, gate


def pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF shown in the browser, where it is printed from; never kept by caches."""
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
@gate(Needs.PERSONAL)
def slip(request: HttpRequest, officer: Officer, public_id: UUID) -> HttpResponse:
    """A slip of a dossier one may see, as it was made."""
    found = queries.slip(public_id, actor=officer.actor, on=officer.on)
    name = f"{found.dossier.code}-{found.form}-{found.n}"
    return pdf(exports.slip_pdf(found), name)


@require_safe
@gate(Needs.PERSONAL)
def control(request: HttpRequest, officer: Officer, code: str) -> HttpResponse:
    """Form 06: through whose hands a dossier went."""
    return pdf(exports.control_pdf(code, actor=officer.actor, at=officer.at), f"{code}-06")


@require_safe
@gate(Needs.PERSONAL)
def receipt(request: HttpRequest, officer: Officer, public_id: UUID) -> HttpResponse:
    """The receipt of a payment."""
    return pdf(exports.receipt_pdf(public_id, actor=officer.actor, on=officer.on), f"bien-nhan-{public_id}")


@require_safe
@gate(Needs.PERSONAL)
def sheet(request: HttpRequest, officer: Officer, number: UUID) -> HttpResponse:
    """A hand-over sheet, A4."""
    return pdf(exports.sheet_pdf(number, actor=officer.actor, on=officer.on), f"ban-giao-{number}")
