"""Khóa truy cập cho máy: an officer's own keys; operators may take keys of others back."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from haicap.kernel.accounts import actions
from haicap.kernel.accounts import queries as accounts
from haicap.kernel.accounts.states import Scope
from haicap.web.console import frame
from haicap.web.console.gate import Officer, gate
from haicap.web.console.officers.forms import KeyForm


@require_http_methods(("GET", "HEAD", "POST"))
@gate()
def keys(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """My keys; posting issues one, which is shown this once."""
    form = KeyForm(request.POST or None)
    secret = ""
    if request.method == "POST" and form.is_valid():
        scopes = [Scope(s) for s in form.cleaned_data["scopes"]]
        made = frame.attempt(
            form,
            lambda: actions.issue_token(
                user=officer.user.public_id,
                label=form.cleaned_data["label"],
                scopes=scopes,
                days=form.cleaned_data["days"],
                actor=officer.actor,
                at=officer.at,
            ),
        )
        if made is not None:
            secret, form = made[1], KeyForm()
    values = {"form": form, "secret": secret, "keys": accounts.tokens_of(officer.user, at=officer.at)}
    return frame.show(request, officer, "officers/keys", values, 400 if form.errors else 200)


@require_POST
@gate()
def revoke(request: HttpRequest, officer: Officer, token: UUID) -> HttpResponseBase:
    """Take one of my keys back."""
    actions.revoke_token(user=officer.user.public_id, token=token, actor=officer.actor, at=officer.at)
    return frame.done(request, gettext("Đã thu hồi khóa; nó dừng từ lần gọi tới."), "officer-keys")


@require_POST
@gate(operator=True)
def revoke_of(request: HttpRequest, officer: Officer, officer_id: UUID, token: UUID) -> HttpResponseBase:
    """Take a key of another officer back."""
    actions.revoke_token(user=officer_id, token=token, actor=officer.actor, at=officer.at)
    return frame.done(request, gettext("Đã thu hồi khóa; nó dừng từ lần gọi tới."), "officer", officer_id)
