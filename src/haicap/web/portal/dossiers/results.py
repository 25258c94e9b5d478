"""Kiểm tra kết quả: whoever holds a paper sees by its QR whether it counts, and whether a file is the one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from haicap.base.dates import HANOI
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import queries
from haicap.domain.dossiers.queries import ResultRow
from haicap.web.common import clock, refusals
from haicap.web.portal.dossiers import braking

if TYPE_CHECKING:  # it takes half a second to import; only a check pays for it
    from haicap.domain.dossiers.signing import Verdict

LARGEST = 50 * 1024 * 1024  # bytes: no paper of ours is larger


@dataclass(frozen=True, slots=True)
class Compared:
    """What an uploaded file is. same: byte for byte; signed, said: whether its signature holds, in words."""

    same: bool
    signed: bool
    said: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, key: str) -> HttpResponse:
    """The paper behind a QR code; nothing of it that the paper does not say itself."""
    row = queries.result_by_key(key)
    error, compared = "", None
    if request.method == "POST":
        try:
            compared = _compared(request, row)
        except Refused as refused:
            error = refusals.sentence(refused)
    values = {
        "result": row,
        "found": queries.pinned(
            row.dossier.procedure_version_id, row.dossier.instance_id, row.dossier.procedure_code
        ),
        "initials": initials(row.dossier.applicant_name),
        "error": error,
        "compared": compared,
    }
    response = render(request, "portal/dossiers/result.html", values, status=400 if error else 200)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _compared(request: HttpRequest, row: ResultRow) -> Compared:
    """Hash and signature of an uploaded file; it is not kept."""
    upload = request.FILES.get("tep")
    if upload is None:
        raise Refused("no_file", gettext_noop("Xin chọn một tệp."))
    braking.check(request)
    if (upload.size or 0) > LARGEST:
        raise Refused("too_large", gettext_noop("Tệp quá lớn nên không phải là kết quả này."))
    proof = queries.proved(row, b"".join(upload.chunks()), at=clock.now())
    verdict = proof.signature
    if verdict is None:
        return Compared(proof.same, False, "")
    return Compared(proof.same, verdict.valid, _said(verdict))


def _said(verdict: Verdict) -> str:
    """The signature in words."""
    if verdict.valid:
        at = f"{verdict.signed_at.astimezone(HANOI):%d/%m/%Y %H:%M}" if verdict.signed_at else ""
        said = gettext("Chữ ký số hợp lệ: %(signer)s, %(organ)s, lúc %(at)s.")
        return said % {"signer": verdict.signer_name, "organ": verdict.organ, "at": at}
    if not verdict.signer_name:
        return gettext("Tệp không có chữ ký số đọc được.")
    if not verdict.intact or not verdict.covers_whole_file:
        return gettext("Tệp đã bị sửa hoặc thêm sau khi ký.")
    return gettext("Chữ ký số không do cơ quan của hệ thống này cấp.")


def initials(name: str) -> str:
    """ "N.V.A.": enough for whoever holds the paper, nothing for others."""
    return "".join(f"{part[0]}." for part in name.split()[:6])
