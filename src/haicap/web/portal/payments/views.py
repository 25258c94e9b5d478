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
from haicap.domain.dossiers.queries import Attempt, Owed
from haicap.domain.dossiers.states import PaymentState
from haicap.edges.payments import gateway, notices
from haicap.edges.payments.gateway import Gateway, Notice, Order, Outcome
from haicap.kernel.accounts import sealing, throttles
from haicap.kernel.accounts.models import User
from haicap.web.common import clients, clock, refusals
from haicap.web.portal.payments.forms import Find

TRIES = 10  # of one address a quarter of an hour; each needs the code and the whole telephone number
STRANGER = "public"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest) -> HttpResponse:
    """Which dossier (`?ma=`), what is owed, and with `buoc=tra` on to the gateway."""
    form = Find.of(request)
    known = gateway.offered()
    if request.method != "POST" or not form.is_valid():
        return _asked(request, form, known, 400 if form.is_bound else 200)
    code, phone = rules.read_code(form.cleaned_data["ma"]), form.cleaned_data["dien_thoai"]
    try:
        owed = _owed(request, code, phone)
        if request.POST.get("buoc") == "tra" and known is not None and known.reachable():
            return redirect(_start(request, known, code, phone))
    except Refused as refused:
        form.refuse(refused)
        return _asked(request, form, known, refusals.status(refused.code))
    return _shown(request, owed, known, phone)


def _asked(request: HttpRequest, form: Find, known: Gateway | None, status: int) -> HttpResponse:
    return render(request, "portal/payments/ask.html", {"form": form, "gateway": known}, status=status)


def _shown(request: HttpRequest, owed: Owed, known: Gateway | None, phone: str) -> HttpResponse:
    """What is owed, and how to pay it. A gateway that does not answer: said so, and nothing begun."""
    down = known is not None and owed.left > 0 and not known.reachable()
    values = {"owed": owed, "gateway": known, "down": down, "phone": phone}
    return render(request, "portal/payments/owed.html", values, status=503 if down else 200)


def _actor(request: HttpRequest) -> str:
    return request.user.actor if isinstance(request.user, User) else STRANGER


def _owed(request: HttpRequest, code: str, phone: str) -> Owed:
    """What is owed on one's own dossier. Refused `not_found` whatever was wrong, `too_many_tries`."""
    limit = throttles.Limit(sealing.keyed("throttle", "payment", clients.address(request)), TRIES)
    try:
        return queries.owed(code, actor=_actor(request), phone=phone)
    except Refused as refused:
        if refused.code == "not_found":
            throttles.count([limit], at=clock.now())
        raise


def _start(request: HttpRequest, known: Gateway, code: str, phone: str) -> str:
    """Write down the attempt, then the address of the gateway."""
    at = clock.now()
    begun = actions.ask_payment(code=code, provider=known.key, phone=phone, actor=_actor(request), at=at)
    return known.start(
        Order(
            reference=begun.reference,
            amount=begun.amount,
            about=f"Thanh toan ho so {code}",
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
