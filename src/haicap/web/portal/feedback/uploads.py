"""Tệp gửi kèm: taken in before anything else on the page is judged, so that they need not be chosen twice."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from django.utils.translation import gettext

from haicap.base.refused import Refused
from haicap.domain.feedback import rules
from haicap.kernel.files import queries as stored
from haicap.web.common import refusals
from haicap.web.portal.dossiers import attaching
from haicap.web.portal.feedback.drafting import File

ACCEPT = attaching.ACCEPT


def take(request: HttpRequest, have: Sequence[File], name: str = "tep") -> tuple[tuple[File, ...], str]:
    """The files there are now, without those to be left out (`bo-tep`), and what was wrong with one that came."""
    kept = [f for n, f in enumerate(have) if str(n) != request.POST.get("bo-tep", "")]
    for upload in request.FILES.getlist(name):
        if len(kept) >= rules.MOST_FILES:
            return tuple(kept), gettext("Một phiếu có nhiều nhất %(n)s tệp.") % {"n": rules.MOST_FILES}
        try:
            file = attaching.receive(request, upload)
        except Refused as refused:
            return tuple(kept), f"{(upload.name or '')[:80]}: {refusals.sentence(refused)}"
        kept.append(File(str(file), stored.stored(file).original_name))
    return tuple(kept), ""
