"""Tài khoản cán bộ: made, locked, opened again, given a new first password or second factor by operators."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from haicap.domain.units.policy import Verb
from haicap.kernel.accounts import actions, factors, letters
from haicap.kernel.accounts import queries as accounts
from haicap.kernel.accounts.models import User
from haicap.web.common import clients, paging
from haicap.web.console import frame, record
from haicap.web.console.gate import Officer, gate
from haicap.web.console.home.views import seats
from haicap.web.console.officers.forms import OfficerForm

READ_WRITE = ("GET", "HEAD", "POST")
MOST = 500
_SYLLABLES = "ba be bi bo bu da de di do du ga go ha he hi ho hu ka ke ki la le li lo lu ma me mi mo mu na ne ni no nu ra re ri ro ru sa se si so ta te ti to tu va ve vi vo".split()


def first_password() -> str:
    """A password to be read out once: five groups of letters and digits (about 60 bits)."""
    groups = ["".join(secrets.choice(_SYLLABLES) for _ in range(2)) for _ in range(4)]
    return "-".join([*groups, f"{secrets.randbelow(10_000_000):07d}"])


@require_safe
@gate(Verb.SEE_OFFICERS, operator=True)
def officers(request: HttpRequest, officer: Officer) -> HttpResponse:
    """Officers by name (`?tim=`); operators see locked accounts too."""
    text = frame.word(request, "tim", 80)
    found = accounts.officers(text, locked=officer.operator, limit=MOST)
    values = {"page": paging.page(request, found, 50), "text": text}
    return frame.show(request, officer, "officers/list", values)


@require_safe
@gate(Verb.SEE_OFFICERS, operator=True)
def officer(request: HttpRequest, officer: Officer, officer_id: UUID) -> HttpResponse:
    """One officer: posts; for operators the account, its keys and its story."""
    person = accounts.officer(officer_id)
    values: dict[str, object] = {"person": person, "seats": seats(person.pk, officer.on)}
    if officer.operator:
        values |= {
            "factor": factors.has_totp(person),
            "keys": accounts.tokens_of(person, at=officer.at),
            "story": record.story(person.stream)[:50],
        }
    return frame.show(request, officer, "officers/officer", values)


@require_http_methods(READ_WRITE)
@gate(operator=True)
def new(request: HttpRequest, officer: Officer) -> HttpResponseBase:
    """A new account; its first password goes by a link, or is shown this once."""
    form = OfficerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        password = "" if facts["email"] else first_password()
        made = frame.attempt(
            form,
            lambda: actions.create_officer(**facts, password=password, actor=officer.actor, at=officer.at),
        )
        if made is not None:
            if password:
                return _shown_once(request, officer, made, password)
            _send_link(request, made, officer)
            return frame.done(
                request, gettext("Đã lập tài khoản và gửi đường dẫn đặt mật khẩu."), "officer", made.public_id
            )
    return frame.show(request, officer, "officers/new", {"form": form}, 400 if form.errors else 200)


def _shown_once(request: HttpRequest, officer: Officer, person: User, password: str) -> HttpResponse:
    return frame.show(request, officer, "officers/password", {"person": person, "password": password})


def _send_link(request: HttpRequest, person: User, officer: Officer) -> None:
    letters.ask(
        purpose=letters.Purpose.RESET,
        name=person.name or "",
        address=clients.address(request),
        language=get_language() or "vi",
        at=officer.at,
    )


def _done(request: HttpRequest, officer_id: UUID, verb: Callable[[], object], said: str) -> HttpResponseBase:
    verb()
    return frame.done(request, said, "officer", officer_id)


@require_POST
@gate(operator=True)
def lock(request: HttpRequest, officer: Officer, officer_id: UUID) -> HttpResponseBase:
    """Lock an account: sessions and keys stop at once."""

    def verb() -> object:
        return actions.lock(user=officer_id, actor=officer.actor, at=officer.at)

    return _done(request, officer_id, verb, gettext("Đã khóa tài khoản; mọi phiên và khóa truy cập đã dừng."))


@require_POST
@gate(operator=True)
def unlock(request: HttpRequest, officer: Officer, officer_id: UUID) -> HttpResponseBase:
    """Open a locked account."""

    def verb() -> object:
        return actions.unlock(user=officer_id, actor=officer.actor, at=officer.at)

    return _done(request, officer_id, verb, gettext("Đã mở khóa tài khoản."))


@require_POST
@gate(operator=True)
def reset_factor(request: HttpRequest, officer: Officer, officer_id: UUID) -> HttpResponseBase:
    """Take the second factor of a lost device away; the officer enrols again at the next sign-in."""

    def verb() -> object:
        return actions.drop_totp(user=officer_id, actor=officer.actor, at=officer.at)

    said = gettext("Đã bỏ bộ tạo mã cũ. Lần đăng nhập tới cán bộ phải đăng ký bộ mới.")
    return _done(request, officer_id, verb, said)


@require_POST
@gate(operator=True)
def reset_password(request: HttpRequest, officer: Officer, officer_id: UUID) -> HttpResponseBase:
    """A new first password, shown this once; all sessions of the officer end."""
    password = first_password()
    person = actions.set_password(user=officer_id, password=password, actor=officer.actor, at=officer.at)
    return _shown_once(request, officer, person, password)
