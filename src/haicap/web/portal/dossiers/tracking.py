"""Theo dõi: by code and digits of the phone, or as one's own; the story, whose turn it is, the day with its proof."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.deadlines import queries as deadlines
from haicap.domain.dossiers import queries, rules, states
from haicap.domain.dossiers.queries import DossierRow, DraftRow, Whole
from haicap.domain.dossiers.states import State, Verb
from haicap.kernel.accounts.models import User
from haicap.web.common import clock, paging, proofs, refusals
from haicap.web.portal.accounts.mine import signed_in
from haicap.web.portal.dossiers import access, braking, telling
from haicap.web.portal.dossiers.access import Level, Seen
from haicap.web.portal.dossiers.forms import Track

SIZE = 20
_WRONG = gettext_noop("Không có hồ sơ nào với mã và số điện thoại này. Xin xem lại cả hai.")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: HttpRequest) -> HttpResponse:
    """Which dossier, and the digits (`?ma=`); the same answer for a wrong code and wrong digits."""
    asked = rules.one_line(request.GET.get("ma", "")[:80], 80)
    form = Track(request.POST) if request.method == "POST" else Track(initial={"ma": asked})
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("portal:dossier", _proved(request, form).code)
        except Refused as refused:
            form.add_error(None, refusals.sentence(refused))
            status = refusals.status(refused.code)
            return render(request, "portal/dossiers/track.html", {"form": form}, status=status)
    return render(request, "portal/dossiers/track.html", {"form": form}, status=400 if form.is_bound else 200)


def _proved(request: HttpRequest, form: Track) -> DossierRow:
    """The dossier, opened in this browser as far as was proved. Refused `not_found`, `too_many_tries`."""
    code, digits = form.cleaned_data["ma"], form.cleaned_data["so"]
    try:
        phone = rules.phone(digits)
    except Refused:
        phone = ""  # four digits, or nothing that could be a phone
    held = braking.guess(request, code, whole=bool(phone))
    try:
        row = queries.tracked(code, digits)
    except Refused as refused:
        raise Refused("not_found", _WRONG) from refused
    braking.right(held)
    whole = bool(phone) and phone == row.applicant_phone
    access.keep_dossier(request, row, Level.PHONE if whole else Level.DIGITS)
    return row


@never_cache
@require_safe
def dossier(request: HttpRequest, code: str) -> HttpResponse:
    """One dossier, as far as it was proved to be one's own."""
    try:
        seen = access.seen(request, code)
    except Refused:
        here = redirect("portal:track")
        here["Location"] += f"?ma={rules.read_code(code)}"
        return here
    whole = queries.whole(seen.row)
    values = _values(seen, whole) | _clock(seen.row)
    response = render(request, "portal/dossiers/dossier.html", values)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _values(seen: Seen, whole: Whole) -> dict[str, object]:
    row, on = seen.row, clock.today()
    tone, state = telling.state(row)
    known = seen.level >= Level.PHONE
    may = states.possible(row.state, decided=row.decided)
    organ, centre = queries.office(row.organ_id, on), queries.office(row.received_at_organ_id, on)
    return {
        "row": row,
        "found": queries.pinned(row.procedure_version_id, row.instance_id, row.procedure_code),
        "seen": seen,
        "known": known,
        "owner": seen.level is Level.OWNER,
        "tone": tone,
        "state": state,
        "turn": telling.turn(row),
        "mine_now": telling.applicants_turn(row),
        "story": telling.story(whole),
        "competent": organ.name if organ else row.competent_name,
        "centre": centre,
        "owed": 0 if telling.over(row) else whole.owed,
        "asked": whole.supplements[-1]
        if known and row.state == State.SUPPLEMENT and whole.supplements
        else None,
        "may_supply": Verb.SUPPLY in may,
        "may_withdraw": Verb.WITHDRAW in may,
        "may_rate": Verb.RATE in may and whole.rating is None,
        "rating": whole.rating,
        "papers": seen.level >= Level.PERSON,
        "slips": [(slip, telling.slip_name(slip.form)) for slip in whole.slips] if known else (),
        "results": [r for r in whole.results if r.file_id is not None] if known else (),
        "components": whole.components if seen.level >= Level.PERSON else (),
        "reason": _reason(whole) if known else "",
        "late": telling.late(row, clock.now()),
    }


def _reason(whole: Whole) -> str:
    """Why it was refused or stopped, as the slip says."""
    if whole.row.state not in (State.REFUSED, State.STOPPED) or not whole.slips:
        return ""
    return str(whole.slips[-1].data.get("reason", ""))


def _clock(row: DossierRow) -> dict[str, object]:
    """The day with its proof; nothing when none is promised."""
    found = deadlines.clock(row.stream, row.clock) if row.clock else None
    if found is None or row.due_at is None:
        return {}
    try:
        proof = deadlines.proof_of(found)
    except Refused:
        return {}
    return {
        "proof": proof,
        "strip": proofs.strip(proof),
        "summary": proofs.summary(proof),
        "paused": found.state == "paused",
    }


@require_safe
@signed_in
def mine(request: HttpRequest, user: User) -> HttpResponse:
    """Everything I filed, and what I began."""
    page = paging.page(request, list(queries.own(user.actor)), SIZE)
    rows = [(row, _name(row), *telling.state(row), telling.applicants_turn(row)) for row in page.rows]
    drafts = [(draft, _draft_name(draft)) for draft in queries.drafts_of(user.actor)[:SIZE]]
    values = {"page": page, "rows": rows, "drafts": drafts}
    return render(request, "portal/dossiers/mine.html", values)


def _name(row: DossierRow) -> str:
    return queries.pinned(row.procedure_version_id, row.instance_id, row.procedure_code).name


def _draft_name(draft: DraftRow) -> str:
    """What is being filed; only its code when the procedure has ended meanwhile."""
    try:
        return queries.to_file(draft.procedure_code, "", clock.today()).name
    except Refused:
        return draft.procedure_code
