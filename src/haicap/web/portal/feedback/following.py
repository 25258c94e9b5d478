"""Theo dõi phiếu: by code and key or digits of the phone, or as one's own; its page, its files, all of mine."""

from __future__ import annotations

import re
from urllib.parse import quote
from uuid import UUID

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.feedback import queries, states
from haicap.domain.feedback.actions import Proof
from haicap.domain.feedback.queries import TicketRow
from haicap.domain.feedback.states import OPEN, Ground, State, Verb
from haicap.domain.units import queries as units
from haicap.kernel.accounts.models import User
from haicap.kernel.files import queries as stored
from haicap.web.common import clock, paging, refusals
from haicap.web.common.feedback import words
from haicap.web.portal.accounts.mine import signed_in
from haicap.web.portal.feedback import access, braking, subjects, telling
from haicap.web.portal.feedback.access import Seen
from haicap.web.portal.feedback.forms import Follow

SIZE = 20
_WRONG = gettext_noop("Không có phiếu nào với mã và khóa hoặc số này. Xin xem lại cả hai.")
_LED = {Ground.COMPLAINT: subjects.COMPLAINTS, Ground.DENUNCIATION: subjects.DENUNCIATIONS}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Which ticket (`?ma=`), and what shows that it is one's own; the same answer whatever was wrong."""
    form = Follow(
        request.POST if request.method == "POST" else None, {"ma": _spelled(request.GET.get("ma", ""))}
    )
    status = 400 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            return redirect("portal:ticket", _proved(request, form))
        except Refused as refused:
            form.add_error(None, refusals.sentence(refused))
            status = refusals.status(refused.code)
    return render(request, "portal/feedback/follow.html", {"form": form}, status=status)


def _spelled(text: str) -> str:
    """A code as people type it, in its one spelling."""
    plain = re.sub(r"[\s–—]", "", text[:80]).upper().replace("-", "")
    return f"{plain[:8]}-{plain[8:16]}" if len(plain) >= 16 else plain


def _proved(request: HttpRequest, form: Follow) -> str:
    """The code, opened in this browser. Refused `not_found`, `too_many_tries`."""
    code, told = _spelled(form.cleaned_data["ma"]), form.cleaned_data["khoa"].strip()
    digits = re.sub(r"[\s.\-()+]", "", told)
    phone = digits if digits.isdigit() else ""
    held = braking.guess(request, code, key=not phone)
    try:
        queries.followed(code, key=told, phone=phone)
    except Refused as refused:
        raise Refused("not_found", _WRONG) from refused
    braking.right(held)
    access.keep(request, code, Proof(key=told, phone=phone))
    return code


@never_cache
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Done at this computer."""
    access.forget(request)
    return redirect("portal:ticket-follow")


@never_cache
@require_safe
def ticket(request: HttpRequest, code: str) -> HttpResponse:
    """One ticket, proved to be one's own; otherwise the question for its key."""
    try:
        seen = access.seen(request, code)
    except Refused:
        here = redirect("portal:ticket-follow")
        here["Location"] += f"?ma={quote(_spelled(code))}"
        return here
    response = render(request, "portal/feedback/ticket.html", _values(seen))
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _values(seen: Seen) -> dict[str, object]:
    row, on = seen.whole.ticket, clock.today()
    tone, state = words.state(row.state)
    may = states.possible(row.state)
    told = row.answer is not None and row.answer.approved_at is not None
    promise = telling.promise(row)
    runs = row.state in OPEN and not told and not (promise and promise.paused)
    rest = words.time_left(row.answer_due_at, clock.now()) if runs else ("calm", "")
    return {
        "row": row,
        "seen": seen,
        "tone": tone,
        "state": state,
        "kind": words.said(words.KINDS, row.kind),
        "turn": telling.turn(row),
        "question": telling.question(seen.whole),
        "line": telling.line(row),
        "story": telling.story(seen.whole),
        "organ": units.organ(row.organ_id, on).name,
        "promise": promise,
        "left": rest,
        "answer": row.answer if told else None,
        "before": [(one, telling.grounds(one.citations)) for one in seen.whole.earlier],
        "grounds": telling.grounds(row.answer.citations) if told and row.answer else (),
        "files": [(one.file, stored.stored(one.file).original_name) for one in seen.whole.files],
        "led": subjects.led(_LED[Ground(row.ground)], on) if row.ground in _LED else (),
        "may_supply": Verb.SUPPLY in may,
        "may_withdraw": Verb.WITHDRAW in may,
        "may_rate": Verb.RATE in may,
        "may_reopen": Verb.REOPEN in may,
        "rating": words.said(words.RATINGS, row.rating) if row.rating else "",
        "ended": row.state in states.ENDED,
        "owner": seen.proof == Proof(),
    }


@never_cache
@require_safe
def file(request: HttpRequest, code: str, public_id: UUID) -> StreamingHttpResponse:
    """A file the sender sent with it. Refused `not_found`, `infected`, `file_missing`."""
    seen = access.seen(request, code)
    if public_id not in {one.file for one in seen.whole.files}:
        raise Refused("not_found", gettext_noop("Không có tệp này, hoặc tệp đã bị xoá."))
    row = stored.stored(public_id)
    response = StreamingHttpResponse(stored.chunks(row))
    for name, value in stored.download_headers(row).items():
        response.headers[name] = value
    return response


@require_safe
@signed_in
def mine(request: HttpRequest, user: User) -> HttpResponse:
    """Everything I sent with my account, the latest first."""
    page = paging.page(request, queries.of_sender(user.actor), SIZE)
    rows = [(row, *words.state(row.state), _mine_now(row)) for row in page.rows]
    return render(request, "portal/feedback/mine.html", {"page": page, "rows": rows})


def _mine_now(row: TicketRow) -> bool:
    return row.state == State.AWAITING_MORE
