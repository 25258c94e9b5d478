"""Nộp phí, lệ phí: see what is owed, go to the gateway, come back. What counts is what the gateway tells our server."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from haicap.base.refused import Refused
from haicap.domain.dossiers import actions, queries, rules
from haicap.domain.dossiers.queries import Attempt
from haicap.domain.dossiers.states import PaymentState
from haicap.edges.payments import gateway, notices
from haicap.edges.payments.gateway import Gateway, Notice, Order, Outcome
from haicap.web.common import clients, clock, refusals
from haicap.web.portal.dossiers import access, braking
from haicap.web.portal.dossiers.access import Level, Seen
from haicap.web.portal.payments.forms import Find


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest) -> HttpResponse:
    """Which dossier (`?ma=`), what is owed, and with `buoc=tra` on to the gateway. What was proved is not asked again."""
    code = rules.read_code((request.POST if request.method == "POST" else request.GET).get("ma", "")[:80])
    seen, known = _seen(request, code), gateway.offered()
    form = Find.of(request, proved=seen is not None)
    try:
        if seen is None and form.is_bound and form.is_valid():
            seen = _prove(request, code, form.cleaned_data["dien_thoai"])
        if seen is None:
            return _asked(request, form, known, 400 if form.is_bound else 200)
        if request.POST.get("buoc") == "tra" and known is not None and known.reachable():
            return redirect(_start(request, known, seen))
        return _shown(request, seen, known)
    except Refused as refused:
        if not form.is_bound:
            raise
        form.add_error(None, refusals.sentence(refused))
        return _asked(request, form, known, refusals.status(refused.code))


def _seen(request: HttpRequest, code: str) -> Seen | None:
    """A dossier this browser has proved to be its own: by account, or by the whole phone; None when it has not."""
    try:
        return access.seen(request, code, Level.PHONE) if code else None
    except Refused:
        return None


def _prove(request: HttpRequest, code: str, phone: str) -> Seen:
    """By code and the whole phone. Refused `not_found` whatever was wrong, `too_many_tries`."""
    held = braking.guess(request, code, whole=True)
    queries.owed(code, actor=access.actor(request), phone=phone)
    braking.right(held)
    access.keep_dossier(request, queries.tracked(code, phone), Level.PHONE)
    return access.seen(request, code, Level.PHONE)


def _asked(request: HttpRequest, form: Find, known: Gateway | None, status: int) -> HttpResponse:
    return render(request, "portal/payments/ask.html", {"form": form, "gateway": known}, status=status)


def _shown(request: HttpRequest, seen: Seen, known: Gateway | None) -> HttpResponse:
    """What is owed, and how to pay it. A gateway that does not answer: said so, and nothing begun."""
    owed = queries.owed(seen.row.code, actor=access.actor(request), phone=seen.phone)
    down = known is not None and owed.left > 0 and not known.reachable()
    values = {"owed": owed, "gateway": known, "down": down}
    return render(request, "portal/payments/owed.html", values, status=503 if down else 200)


def _start(request: HttpRequest, known: Gateway, seen: Seen) -> str:
    """Write down the attempt, then the address of the gateway."""
    at = clock.now()
    begun = actions.ask_payment(
        code=seen.row.code, provider=known.key, phone=seen.phone, actor=access.actor(request), at=at
    )
    return known.start(
        Order(
            reference=begun.reference,
            amount=begun.amount,
            about=f"Thanh toan ho so {seen.row.code}",
            return_url=request.build_absolute_uri(reverse("portal:payment-back", args=[known.key])),
            address=clients.address(request),
            at=begun.asked_at,
            until=begun.expires_at or at,
            language=get_language() or "vi",
        )
    )


@never_cache
@require_safe
def back(request: HttpRequest, provider: str) -> HttpResponse:
    """Back from the gateway: believed only when its signature is right, and paid only when our server was told so too."""
    known = gateway.named(provider)
    if known is None:
        raise Http404
    try:
        notice = known.returned(notices.read_query(str(request.META.get("QUERY_STRING", ""))))
        attempt = queries.attempt(notice.reference, known.key)
    except Refused as refused:
        return render(request, "portal/payments/unproved.html", {"refused": refused}, status=400)
    values = {
        "notice": notice,
        "attempt": attempt,
        "gateway": known,
        "standing": _standing(notice, attempt),
    }
    name = "standing" if request.headers.get("HX-Request") else "back"
    return render(request, f"portal/payments/{name}.html", values)


def _standing(notice: Notice, attempt: Attempt) -> str:
    """What the page says: paid by our own record alone; else what the browser carried, which proves no payment."""
    if attempt.state == PaymentState.PAID:
        return "paid"
    if attempt.doubted or notice.outcome is Outcome.DOUBTED:
        return "doubted"
    return "failed" if notice.outcome is Outcome.FAILED else "waiting"
