"""Xem lại rồi nộp: every answer with its way back, the declaration, the filing, and what happens next."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.deadlines import queries as deadlines
from haicap.domain.deadlines.reckoning import instant_of, prove
from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.actions import Filing
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.queries import DossierRow
from haicap.domain.dossiers.states import Channel
from haicap.web.common import clock, refusals
from haicap.web.portal.accounts import drawing
from haicap.web.portal.dossiers import access, applicants, asking, braking, forms, shapes
from haicap.web.portal.dossiers.access import Level
from haicap.web.portal.dossiers.papers import checklist
from haicap.web.portal.dossiers.questions import AFTER, Filling, filling

_MISSING = gettext_noop("Xin điền người đứng tên hồ sơ và cách nhận kết quả.")
_UNDECLARED = gettext_noop("Xin cam đoan lời khai đúng sự thật trước khi nộp.")

_AT = {"undeclared": "#cam-doan", "no_applicant": "#nguoi-nop"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Read it all once more; POST files it, once whatever happens."""
    draft = access.draft(request, public_id)
    if draft.filed_as_id is not None:
        return redirect("portal:draft-filed", public_id)
    now = filling(request, public_id)
    if request.method != "POST":
        return _shown(request, now, "")
    try:
        taken = _file(request, now)
    except Refused as refused:
        if refused.code == "already_filed":
            return redirect("portal:draft-filed", public_id)
        if isinstance(refused, queries.BadAnswers):
            return _shown(request, now, "", 400)
        return _shown(
            request, now, refusals.sentence(refused), refusals.status(refused.code), _AT.get(refused.code, "")
        )
    row = queries.by_public_id(taken.public_id)
    if row is not None and access.user_of(request) is None:
        access.keep_dossier(request, row, Level.PHONE)  # just typed here, whole
    return redirect("portal:draft-filed", public_id)


def _file(request: HttpRequest, now: Filling) -> Taken:
    """File it. Refused with what is missing."""
    kept = now.answers.get(applicants.KEPT)
    if not kept:
        raise Refused("no_applicant", _MISSING)
    if request.POST.get("cam-doan") != "1":
        raise Refused("undeclared", _UNDECLARED)
    wrong = asking.wrongs(now.found.content.form, now.answers, now.on)
    if wrong:
        raise Refused("bad_answers", wrong[0].sentence)
    braking.file(request)
    user = access.user_of(request)
    filing = Filing(
        procedure=now.draft.procedure_code,
        unit=now.place.uid,
        applicant=applicants.of(kept, user.actor if user else ""),
        channel=Channel.ONLINE,
        answers=asking.to_file(now.found.content.form, now.answers),
        result_method=applicants.method_of(now.draft),
        language=now.draft.language,
    )
    return actions.file_draft(
        draft=now.draft.public_id, filing=filing, actor=access.actor(request), at=clock.now()
    )


def _shown(request: HttpRequest, now: Filling, error: str, status: int = 200, at: str = "") -> HttpResponse:
    total = len(now.pages) + len(AFTER)
    kept = now.answers.get(applicants.KEPT)
    wanted = checklist(now)
    organ, competent = queries.competent_of(now.found.content, now.place)
    values = now.head | {
        "answered": shapes.answered(now.pages, now.answers),
        "wrong": asking.wrongs(now.found.content.form, now.answers, now.on),
        "error": error,
        "at": at,
        "kept": kept,
        "method": dict(forms.METHODS).get(kept["method"], "") if kept else "",
        "wanted": [w for w in wanted if w.files or w.missing],
        "missing": [w for w in wanted if w.missing],
        "competent": organ.name if organ else competent,
        "number": total,
        "total": total,
    }
    return render(request, "portal/dossiers/check.html", values, status=status)


# --- after it ----------------------------------------------------------------------------------------------------
@never_cache
@require_safe
def filed(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """The code, what happens next and when, what is to be paid."""
    draft = access.draft(request, public_id)
    if draft.filed_as is None:
        return redirect("portal:draft", public_id)
    row, whole = draft.filed_as, queries.whole(draft.filed_as)
    track = request.build_absolute_uri(f"{reverse('portal:track')}?ma={row.code}")
    place = queries.place(queries.uid_of(row.unit_id), today(row.filed_at))
    centre = queries.office(row.received_at_organ_id, clock.today())
    values = {
        "row": row,
        "found": queries.pinned(row.procedure_version_id, row.instance_id, row.procedure_code),
        "place": place,
        "centre": centre,
        "owed": whole.owed,
        "components": whole.components,
        "qr": drawing.qr(track),
        "track": track,
        "if_received": _if_received(row, clock.now()),
        "mine": bool(row.applicant_user),
    }
    return render(request, "portal/dossiers/filed.html", values)


def _if_received(row: DossierRow, at: datetime) -> date | None:
    """The day it would be due if it were received now; None when no limit is known."""
    found = queries.pinned(row.procedure_version_id, row.instance_id, row.procedure_code)
    parts = queries.limit_of(found.content, Channel(row.channel), row.answers)
    if not parts:
        return None
    try:
        return date.fromordinal(prove(deadlines.calendar(), instant_of(at), parts).due[0])
    except Refused:
        return None
