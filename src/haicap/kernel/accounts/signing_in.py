"""Đăng nhập: the steps a door walks, from a typed password to a session.

`authenticate_password` → `Next.DONE` (`complete`), `Next.SECOND_FACTOR` (`sessions.await_second_factor`, then
`verify_second_factor`, `complete`) or `Next.ENROL` (the same wait, then `actions.enrol_totp`, `confirm_enrolment`,
`complete`). Unknown name, wrong password and locked account get the same answer after the same work.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.kernel.accounts import actions, factors, passwords, sealing, sessions, throttles
from haicap.kernel.accounts.models import User
from haicap.kernel.accounts.names import login_name
from haicap.kernel.accounts.states import Factor, UserKind

WRONG = gettext_noop("Tên đăng nhập hoặc mật khẩu không đúng.")


class Next(StrEnum):
    """Bước tiếp theo của việc đăng nhập."""

    DONE = "done"
    SECOND_FACTOR = "second_factor"
    ENROL = "enrol"  # an officer without second factor sets one up before anything else


@dataclass(frozen=True, slots=True)
class Passed:
    """The password was right; `next` says what is still missing."""

    user: User
    next: Next


def authenticate_password(*, name: str, password: str, address: str, at: datetime) -> Passed:
    """Judge a name and password typed at `address` (the client's network address).

    Refused `sign_in_failed` (one answer for all reasons) or `too_many_tries`.
    """
    try:
        spelled = login_name(name)[0]
    except Refused:
        spelled = f"?{sealing.keyed('no name', ascii(name[:300])).hex()}"  # nobody's, but looked up and braked alike
    limits = throttles.sign_in_limits(spelled, address)
    throttles.count(limits, at=at)
    user = User.objects.filter(name=spelled).first()
    if not passwords.right(user, password) or user is None or not user.is_active:
        raise Refused("sign_in_failed", WRONG)
    throttles.clear(
        [limits[0], limits[2]]
    )  # the address keeps its count: one's own account must not reset it
    return Passed(user, _next(user))


def _next(user: User) -> Next:
    if factors.has_totp(user):
        return Next.SECOND_FACTOR
    return Next.ENROL if user.kind == UserKind.OFFICER else Next.DONE


def verify_second_factor(*, user: User, code: str, at: datetime) -> Factor:
    """Judge six digits, or a recovery code, and use it up. Refused `code_wrong`, `too_many_tries`."""
    limits = throttles.second_factor_limits(user.actor)
    throttles.count(limits, at=at)
    if factors.spend(user, code, at=at):
        found = Factor.TOTP
    else:
        actions.use_recovery(user=user.public_id, code=code, actor=user.actor, at=at)
        found = Factor.RECOVERY
    throttles.clear(limits)
    return found


def confirm_enrolment(*, user: User, code: str, at: datetime) -> tuple[str, ...]:
    """Judge the first code of a new second factor; the recovery codes. Refused `code_wrong`, `too_many_tries`."""
    limits = throttles.second_factor_limits(user.actor)
    throttles.count(limits, at=at)
    codes = actions.confirm_totp(user=user.public_id, code=code, actor=user.actor, at=at)
    throttles.clear(limits)
    return codes


def complete(
    request: HttpRequest, user: User, *, factor: Factor, address: str, agent: str, at: datetime
) -> None:
    """Record the sign-in and begin a new session on this browser. Refused `account_locked`."""
    sessions.begin(
        request,
        actions.sign_in(user=user.public_id, factor=factor, actor=user.actor, at=at),
        address=address,
        agent=agent,
        at=at,
    )


def change_password(
    request: HttpRequest, user: User, *, current: str, password: str, address: str, at: datetime
) -> None:
    """Change one's own password, knowing the current one; all other sessions end, this one gets a new key.

    Refused `sign_in_failed`, `too_many_tries`, `weak_password`.
    """
    limits = throttles.sign_in_limits(user.name or "", address)
    throttles.count(limits, at=at)
    if not passwords.right(user, current):
        raise Refused("sign_in_failed", gettext_noop("Mật khẩu hiện tại không đúng."))
    throttles.clear([limits[0]])
    changed = actions.set_password(
        user=user.public_id, password=password, actor=user.actor, at=at, keep=request.session.session_key
    )
    update_session_auth_hash(request, changed)
