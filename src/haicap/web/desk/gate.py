"""Cửa vào: every page of the desk asks here first. An officer, two factors, and a post of the day that has dossiers."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render, resolve_url
from django.views.decorators.cache import never_cache

from haicap.domain.dossiers import policy
from haicap.domain.dossiers.policy import Post, Scope
from haicap.domain.units.organs import Role
from haicap.kernel.accounts import factors
from haicap.kernel.accounts.models import User
from haicap.kernel.accounts.states import UserKind
from haicap.web.common import clock

Page = Callable[..., HttpResponseBase]
READ_WRITE = ("GET", "HEAD", "POST")


class Needs(StrEnum):
    """What a page asks of the posts. Whether a verb may be done to a dossier is judged by the verb itself."""

    LISTS = "lists"  # anything to list, also without personal text
    PERSONAL = "personal"  # dossiers one may see whole
    COUNTER = "counter"  # a post at a centre
    OVERVIEW = "overview"  # leads an organ, or looks over a province or the nation
    TICKETS = (
        "tickets"  # any post of the day: who may see or do what with a ticket is judged by the feedback room
    )


@dataclass(frozen=True, slots=True)
class Officer:
    """Who asks: the account, the instant and day of the question, posts of that day and what they let one list."""

    user: User
    at: datetime
    on: date
    posts: tuple[Post, ...]
    scope: Scope

    @property
    def actor(self) -> str:
        """The opaque id events carry."""
        return self.user.actor

    @property
    def counter(self) -> Post | None:
        """The post at a centre, the first when there are several."""
        return next(iter(policy.at_counter(self.posts)), None)

    @property
    def personal(self) -> bool:
        """Whether lists show personal text."""
        return self.scope.personal

    @property
    def leads(self) -> bool:
        """Whether the view over a period is theirs."""
        leading = any(post.role in (Role.LEADER, Role.DEPUTY) for post in self.posts)
        return self.scope.level in ("province", "nation") or (leading and self.scope.level != "none")

    def may(self, needs: Needs) -> bool:
        """Whether the posts open a page."""
        return {
            Needs.LISTS: self.scope.level != "none",
            Needs.PERSONAL: self.scope.personal,
            Needs.COUNTER: self.counter is not None,
            Needs.OVERVIEW: self.leads,
            Needs.TICKETS: bool(self.posts),
        }[needs]


def officer_of(user: User) -> Officer:
    """An officer as of now. One statement."""
    at, on = clock.now(), clock.today()
    posts = policy.posts_of(user.actor, on)
    return Officer(user, at, on, posts, policy.scope_of(posts))


def gate(needs: Needs) -> Callable[[Page], Page]:
    """Let only officers in who signed in with two factors and whose posts of the day open the page.

    The page gets the officer as second argument. A house test walks all addresses for `__haicap_policy__`.
    """

    def wrap(page: Page) -> Page:
        @functools.wraps(page)
        def run(request: HttpRequest, **values: object) -> HttpResponseBase:
            user = request.user
            if not isinstance(user, User):
                return redirect_to_login(request.get_full_path(), resolve_url(settings.LOGIN_URL))
            if user.kind != UserKind.OFFICER:
                return _closed(request, "citizen")
            if not factors.has_totp(user):
                return _closed(request, "factor")
            officer = officer_of(user)
            if not officer.may(needs):
                return _closed(request, "right", officer)
            return page(request, officer, **values)

        run.__haicap_policy__ = needs  # type: ignore[attr-defined]  # read by the house tests
        return never_cache(run)

    return wrap


def _closed(request: HttpRequest, why: str, officer: Officer | None = None) -> HttpResponse:
    """The page that says why not, and who can help."""
    return render(request, "desk/closed.html", {"why": why, "officer": officer}, status=403)
