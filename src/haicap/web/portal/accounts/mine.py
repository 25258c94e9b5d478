"""Tài khoản của tôi: sessions, second factor, password."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haicap.base.refused import Refused
from haicap.kernel.accounts import actions, factors, sessions, signing_in
from haicap.kernel.accounts.models import User
from haicap.kernel.accounts.states import UserKind
from haicap.web.common import clients, clock
from haicap.web.portal.accounts.forms import ChangePassword, Code, Erase

P = ParamSpec("P")


def signed_in(
    page: Callable[Concatenate[HttpRequest, User, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Pages for whoever is signed in; the person comes as second argument."""

    @wraps(page)
    def run(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not isinstance(request.user, User):
            return redirect_to_login(request.get_full_path(), reverse("portal:sign-in"))
        return page(request, request.user, *args, **kwargs)

    return never_cache(run)


@require_safe
@signed_in
def account(request: HttpRequest, user: User) -> HttpResponse:
    """Who I am here, where I am signed in, what guards me."""
    values = {
        "officer": user.kind == UserKind.OFFICER,
        "sessions": sessions.sessions_of(user, current=request.session.session_key, at=clock.now()),
        "has_totp": factors.has_totp(user),
        "codes_left": factors.recovery_left(user),
    }
    return render(request, "portal/accounts/account.html", values)


@require_POST
@signed_in
def end_session(request: HttpRequest, user: User, public_id: UUID) -> HttpResponse:
    """End one of my sessions."""
    sessions.end_session(user, public_id)
    messages.success(request, _("Đã kết thúc phiên."))
    return redirect("portal:account")


@require_POST
@signed_in
def end_others(request: HttpRequest, user: User) -> HttpResponse:
    """End all my sessions but this one."""
    sessions.end_sessions(user, but=request.session.session_key)
    messages.success(request, _("Đã kết thúc mọi phiên khác."))
    return redirect("portal:account")


@require_POST
@signed_in
def begin_enrolment(request: HttpRequest, user: User) -> HttpResponse:
    """Begin to set up a second factor."""
    actions.enrol_totp(user=user.public_id, actor=user.actor, at=clock.now())
    return redirect("portal:enrol")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def drop_factor(request: HttpRequest, user: User) -> HttpResponse:
    """Take the second factor off, with a code of it. Officers keep theirs."""
    if user.kind == UserKind.OFFICER or not factors.has_totp(user):
        return redirect("portal:account")
    form = Code.of(request)
    if request.method == "POST" and form.is_valid():
        at = clock.now()
        try:
            signing_in.verify_second_factor(user=user, code=form.cleaned_data["code"], at=at)
            actions.drop_totp(user=user.public_id, actor=user.actor, at=at)
            messages.success(request, _("Đã tắt xác thực hai lớp."))
            return redirect("portal:account")
        except Refused as refused:
            form.refuse(refused, "code")
    return render(request, "portal/accounts/drop.html", {"form": form}, status=400 if form.errors else 200)


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def change_password(request: HttpRequest, user: User) -> HttpResponse:
    """A new password, knowing the current one."""
    form = ChangePassword.of(request)
    if request.method == "POST" and form.is_valid():
        try:
            signing_in.change_password(
                request, user, **form.cleaned_data, address=clients.address(request), at=clock.now()
            )
            messages.success(request, _("Đã đổi mật khẩu. Các phiên khác đã kết thúc."))
            return redirect("portal:account")
        except Refused as refused:
            form.refuse(refused, "password" if refused.code == "weak_password" else "current")
    return render(
        request, "portal/accounts/password.html", {"form": form}, status=400 if form.errors else 200
    )


@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def erase(request: HttpRequest, user: User) -> HttpResponse:
    """A citizen's account and what names the person go; records keep the opaque id."""
    if user.kind == UserKind.OFFICER:
        return redirect("portal:account")
    form = Erase.of(request)
    if not user.has_usable_password():
        del form.fields["password"]  # came by an outside identity: there is none to ask for
    if request.method == "POST" and form.is_valid():
        at = clock.now()
        try:
            if "password" in form.fields:
                signing_in.authenticate_password(
                    name=user.name or "",
                    password=form.cleaned_data["password"],
                    address=clients.address(request),
                    at=at,
                )
            actions.erase(user=user.public_id, actor=user.actor, at=at)
            sessions.leave(request)
            messages.success(request, _("Đã xóa tài khoản và thông tin cá nhân của bạn."))
            return redirect("portal:home")
        except Refused as refused:
            form.refuse(refused)
    return render(request, "portal/accounts/erase.html", {"form": form}, status=400 if form.errors else 200)
