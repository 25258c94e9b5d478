"""Tài khoản mới, quên mật khẩu: ask for a link, open it. Every name gets the same answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods

from haicap.base.refused import Refused
from haicap.kernel.accounts import letters
from haicap.kernel.accounts.letters import Purpose
from haicap.web.common import clients, clock
from haicap.web.portal.accounts.forms import Ask, NewPassword, Register


def _ask(request: HttpRequest, purpose: Purpose) -> HttpResponse:
    form = Ask.of(request)
    sent = False
    if request.method == "POST" and form.is_valid():
        try:
            letters.ask(
                purpose=purpose,
                name=form.cleaned_data["name"],
                address=clients.address(request),
                language=get_language() or "vi",
                at=clock.now(),
            )
            sent = True
        except Refused as refused:
            form.refuse(refused, "name")
    values = {"form": form, "sent": sent, "purpose": purpose.value}
    return render(request, "portal/accounts/ask.html", values, status=400 if form.errors else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Ask for a new account."""
    return _ask(request, Purpose.REGISTER)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a new password."""
    return _ask(request, Purpose.RESET)


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def register_link(request: HttpRequest, ticket: str) -> HttpResponse:
    """Open the link of a new account: name and password."""
    at = clock.now()
    name = letters.name_to_register(ticket, at=at)
    form = Register.of(request)
    if request.method == "POST" and form.is_valid():
        try:
            letters.register(ticket=ticket, **form.cleaned_data, at=at)
            messages.success(request, _("Đã tạo tài khoản. Xin đăng nhập."))
            return redirect("portal:sign-in")
        except Refused as refused:
            form.refuse(refused, "password")
    values = {"form": form, "name": name}
    return render(request, "portal/accounts/new.html", values, status=400 if form.errors else 200)


@never_cache
@sensitive_post_parameters()
@sensitive_variables()
@require_http_methods(["GET", "HEAD", "POST"])
def reset_link(request: HttpRequest, ticket: str) -> HttpResponse:
    """Open the link of a forgotten password: a new one."""
    at = clock.now()
    user = letters.user_to_reset(ticket, at=at)
    form = NewPassword.of(request)
    if request.method == "POST" and form.is_valid():
        try:
            letters.reset(ticket=ticket, password=form.cleaned_data["password"], at=at)
            messages.success(request, _("Đã đặt mật khẩu mới. Mọi phiên cũ đã kết thúc. Xin đăng nhập."))
            return redirect("portal:sign-in")
        except Refused as refused:
            form.refuse(refused, "password")
    values = {"form": form, "name": user.name}
    return render(request, "portal/accounts/new.html", values, status=400 if form.errors else 200)
