"""Cửa vào: every page of the console asks here first. An officer, two factors, and a right of the day."""

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

from haicap.domain.deadlines import policy as calendar
from haicap.domain.feedback import systems_policy as systems
from haicap.domain.guidance import policy as guidance
from haicap.domain.law import policy as law
from haicap.domain.powers import policy as powers
from haicap.domain.procedures import policy as procedures
from haicap.domain.units import policy
from haicap.domain.units.policy import Held
from haicap.kernel.accounts import factors
from haicap.kernel.accounts.models import User
from haicap.kernel.accounts.states import UserKind
from haicap.web.common import clock

Page = Callable[..., HttpResponseBase]


@dataclass(frozen=True, slots=True)
class Policy:
    """What a page asks of the officer: one of `verbs`, or being an operator; nothing means any officer."""

    verbs: tuple[StrEnum, ...] = ()
    operator: bool = False

    def allows(self, officer: Officer) -> bool:
        """Whether the officer may open the page at all; what may be done there is judged by the verb itself."""
        if not self.verbs and not self.operator:
            return True
        return bool(officer.rights.intersection(self.verbs)) or (self.operator and officer.operator)


@dataclass(frozen=True, slots=True)
class Officer:
    """Who asks: the account, the instant and day of the question, posts held that day and what they allow."""

    user: User
    at: datetime
    on: date
    posts: tuple[Held, ...]
    rights: frozenset[StrEnum]

    @property
    def actor(self) -> str:
        """The opaque id events carry."""
        return self.user.actor

    @property
    def operator(self) -> bool:
        """Whether this account keeps the accounts of others."""
        return self.user.is_operator


def gate(*verbs: StrEnum, operator: bool = False) -> Callable[[Page], Page]:
    """Let only officers in who signed in with two factors and may do one of `verbs` (or are operators).

    The page gets the officer as second argument. A house test walks all addresses for `__haicap_policy__`.
    """
    asked = Policy(verbs, operator)

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
            at = clock.now()
            posts = policy.held(user.actor, clock.today())
            rights = frozenset[StrEnum]().union(
                policy.rights(posts),
                calendar.rights(posts),
                procedures.rights_of(posts),
                powers.rights_of(posts),
                law.rights_of(posts),
                guidance.rights_of(posts),
                systems.rights_of(posts),
            )
            officer = Officer(user, at, clock.today(), posts, rights)
            if not asked.allows(officer):
                return _closed(request, "right", officer)
            return page(request, officer, **values)

        run.__haicap_policy__ = asked  # type: ignore[attr-defined]  # read by the house tests
        return never_cache(run)

    return wrap


def _closed(request: HttpRequest, why: str, officer: Officer | None = None) -> HttpResponse:
    """The page that says why not, and who can help."""
    return render(request, "console/closed.html", {"why": why, "officer": officer}, status=403)
