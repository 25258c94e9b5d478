"""Đăng nhập: password, second factor, out again. What is judged is judged in `kernel.accounts`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from haicap.base.refused import Refused
from haicap.domain.dossiers import policy as dossiers
from haicap.kernel.accounts import actions, factors, identity, sessions, signing_in
from haicap.kernel.accounts.models import User
from haicap.kernel.accounts.signing_in import Next
from haicap.kernel.accounts.states import Factor, UserKind
from haicap.web.common import clients, clock, refusals
from haicap.web.portal.accounts import drawing
from haicap.web.portal.accounts.forms import Code, SignIn

_NEXT = "portal_next"
_HOMES = {UserKind.OFFICER: "console:home", UserKind.CITIZEN: "portal:account"}


def _remember(request: HttpRequest) -> None:
    """Keep where the person wanted to go, when it is a page of this site."""
    wanted = request.GET.get("next", "")
    if wanted and url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        request.session[_NEXT] = wanted


def _home(user: User) -> str:
    """Officers who see dossiers whole begin at the desk, the others at the console."""
    if user.kind == UserKind.OFFICER and dossiers.visible_to(user.actor, clock.today()).personal:
        return "desk:list"
    return _HOMES[UserKind(user.kind)]


def _complete(request: HttpRequest, user: User, factor: Factor) -> str:
    """Begin the session; the address to go on to."""
    wanted = str(request.session.pop(_NEXT, "")) or reverse(_home(user))
    agent = request.headers.get("User-Agent", "")
    signing_in.complete(
        request, user, factor=factor, address=clients.address(request), agent=agent, at=clock.now()
    )
    return wanted


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The first step: name and password, or a provider who knows the person."""
    form, status = SignIn.of(request), 200
    if request.method != "POST":
        _remember(request)
    elif not form.is_valid():
        status = 400
    else:
        try:
            return redirect(_after_password(request, form))
        except Refused as refused:
            form.refuse(refused)
            status = refusals.status(refused.code)
    values = {"form": form, "providers": identity.providers()}
    return render(request, "portal/accounts/sign_in.html", values, status=status)


def _after_password(request: HttpRequest, form: SignIn) -> str:
    """Judge name and password; the address of the next step."""
    at = clock.now()
    passed = signing_in.authenticate_password(**form.cleaned_data, address=clients.address(request), at=at)
    if passed.next is Next.DONE:
        return _complete(request, passed.user, Factor.PASSWORD)
    sessions.await_second_factor(request, passed.user, at=at)
    if passed.next is Next.ENROL:
        actions.enrol_totp(user=passed.user.public_id, actor=passed.user.actor, at=at)
        return reverse("portal:enrol")
    return reverse("portal:second-factor")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """The second step: six digits, or a recovery code."""
    at = clock.now()
    user = sessions.awaiting_second_factor(request, at=at)
    if user is None:
        return redirect("portal:sign-in")
    form = Code.of(request)
    if request.method == "POST" and form.is_valid():
        try:
            factor = signing_in.verify_second_factor(user=user, code=form.cleaned_data["code"], at=at)
            return redirect(_complete(request, user, factor))
        except Refused as refused:
            form.refuse(refused, "code")
    status = 400 if form.errors else 200
    return render(request, "portal/accounts/second_factor.html", {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def enrol(request: HttpRequest) -> HttpResponse:
    """Set up the second factor: on the way in (officers), or from one's own account."""
    at = clock.now()
    signed_in = request.user if isinstance(request.user, User) else None
    user = signed_in or sessions.awaiting_second_factor(request, at=at)
    begun = factors.enrolment(user) if user else None
    if user is None or begun is None:
        return redirect("portal:account" if signed_in else "portal:sign-in")
    form = Code.of(request)
    if request.method == "POST" and form.is_valid():
        try:
            codes = signing_in.confirm_enrolment(user=user, code=form.cleaned_data["code"], at=at)
        except Refused as refused:
            form.refuse(refused, "code")
        else:
            wanted = reverse("portal:account") if signed_in else _complete(request, user, Factor.TOTP)
            return render(request, "portal/accounts/recovery.html", {"codes": codes, "next": wanted})
    values = {"form": form, "secret": drawing.grouped(begun.secret), "qr": drawing.qr(begun.uri)}
    return render(request, "portal/accounts/enrol.html", values, status=400 if form.errors else 200)


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Out, on this browser."""
    sessions.leave(request)
    return redirect("portal:home")
