"""Đăng nhập bằng định danh ngoài (VNeID và loại như thế): off to the provider, and back."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.kernel.accounts import actions, identity, sessions
from haicap.kernel.accounts.identity import IdentityProvider
from haicap.web.common import clients, clock

_MEMORY = "portal_identity"


def _provider(key: str) -> IdentityProvider:
    found = identity.provider(key)
    if found is None:
        raise Http404
    return found


def _return_to(request: HttpRequest, key: str) -> str:
    return request.build_absolute_uri(reverse("portal:identity-back", args=[key]))


@never_cache
@require_safe
def start(request: HttpRequest, key: str) -> HttpResponse:
    """Send the browser to the provider; a link, not a form, for the policy lets forms go to this site only."""
    begun = _provider(key).start(return_to=_return_to(request, key))
    request.session[_MEMORY] = {"key": key, **begun.memory}
    return redirect(begun.url)


@never_cache
@require_safe
def back(request: HttpRequest, key: str) -> HttpResponse:
    """The browser comes back: judged against what this session remembered, once."""
    provider = _provider(key)
    memory = request.session.pop(_MEMORY, None)
    if not memory or memory.get("key") != key:
        raise Refused(
            "identity_failed",
            gettext_noop("Lần đăng nhập này đã dùng rồi hoặc bắt đầu từ nơi khác. Xin đăng nhập lại từ đầu."),
        )
    person = provider.finish(query=request.GET.dict(), memory=memory, return_to=_return_to(request, key))
    at = clock.now()
    user = actions.join_identity(
        provider=person.provider,
        subject=person.subject,
        display_name=person.display_name,
        actor=actions.SELF,
        at=at,
    )
    agent = request.headers.get("User-Agent", "")
    sessions.begin(request, user, address=clients.address(request), agent=agent, at=at)
    return redirect("portal:account")
