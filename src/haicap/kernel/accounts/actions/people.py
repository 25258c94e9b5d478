"""Verbs on people: to come, to change, to be locked, to be forgotten."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from haicap.base.ids import uuid7
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.kernel.accounts import events, passwords, policy, sessions
from haicap.kernel.accounts.actions.writing import note
from haicap.kernel.accounts.models import Identity, MailRequest, RecoveryCode, Token, Totp, User
from haicap.kernel.accounts.names import NameKind, display, login_name
from haicap.kernel.accounts.policy import Verb, take
from haicap.kernel.accounts.states import Factor, UserKind
from haicap.kernel.ledger.actions.recording import STALE, action

SELF = "self"  # the actor of a registration: the person who comes to be
_TAKEN = gettext_noop("Tên đăng nhập này đã có người dùng. Xin chọn tên khác.")


@action
def register_citizen(
    *, name: str, password: str, display_name: str, actor: str, at: datetime, email: str = ""
) -> User:
    """Tạo tài khoản công dân. The caller has made sure that the name is theirs (a link sent to the e-mail).

    Refused `bad_name`, `name_taken`, `weak_password`.
    """
    spelled, kind = login_name(name)
    address = spelled if kind is NameKind.EMAIL else email
    return _create(
        UserKind.CITIZEN, spelled, display_name, address, passwords.hashed(password, name=spelled), actor, at
    )


@action
def create_officer(
    *,
    name: str,
    display_name: str,
    actor: str,
    at: datetime,
    email: str = "",
    password: str = "",
    is_operator: bool = False,
) -> User:
    """Tạo tài khoản cán bộ, by an operator. Without password the officer sets one by a link sent to `email`.

    Refused `not_yours`, `bad_name`, `name_taken`, `weak_password`. Posts are given in `units`, not here.
    """
    policy.require_operator(actor)
    spelled, kind = login_name(name)
    secret = passwords.hashed(password, name=spelled) if password else make_password(None)
    address = email or (spelled if kind is NameKind.EMAIL else "")
    return _create(
        UserKind.OFFICER, spelled, display_name, address, secret, actor, at, is_operator=is_operator
    )


def _create(
    kind: UserKind,
    name: str,
    display_name: str,
    email: str,
    password: str,
    actor: str,
    at: datetime,
    *,
    is_operator: bool = False,
) -> User:
    if email:
        email = _email(email)
    user = User(
        public_id=uuid7(),
        kind=kind.value,
        name=name,
        display_name=display(display_name),
        email=email,
        password=password,
        is_operator=is_operator,
        created_at=at,
    )
    try:
        with transaction.atomic():
            User.objects.bulk_create([user])
    except IntegrityError:
        raise Refused("name_taken", _TAKEN) from None
    who = user.actor if actor == SELF else actor
    return note(user, events.REGISTERED, actor=who, at=at, data={"kind": kind.value, "operator": is_operator})


def _email(text: str) -> str:
    try:
        name, kind = login_name(text)
    except Refused:
        kind = NameKind.WORD
    if kind is not NameKind.EMAIL:
        raise Refused("bad_email", gettext_noop("Địa chỉ thư điện tử không đúng dạng."))
    return name


@action
def sign_in(*, user: UUID, factor: Factor, actor: str, at: datetime) -> User:
    """Ghi việc đăng nhập: the proofs were given (`signing_in`); this is the record."""
    row = take(user, actor, Verb.SIGN_IN)
    return note(row, events.SIGNED_IN, actor=actor, at=at, data={"factor": factor.value})


@action
def set_password(*, user: UUID, password: str, actor: str, at: datetime, keep: str | None = None) -> User:
    """Đặt mật khẩu mới and end all sessions but the one with the cookie `keep`. Refused `weak_password`."""
    row = take(user, actor, Verb.SET_PASSWORD)
    secret = passwords.hashed(password, name=row.name or "")
    sessions.end_sessions(row, but=keep)
    return note(row, events.PASSWORD_SET, actor=actor, at=at, password=secret)


@action
def rename(*, user: UUID, display_name: str, actor: str, at: datetime) -> User:
    """Sửa tên hiển thị."""
    row = take(user, actor, Verb.RENAME)
    return note(row, events.RENAMED, actor=actor, at=at, display_name=display(display_name))


@action
def set_operator(*, user: UUID, operator: bool, actor: str, at: datetime) -> User:
    """Cho hoặc thôi quyền quản lý tài khoản. Only officers; Refused `not_an_officer`."""
    row = take(user, actor, Verb.SET_OPERATOR)
    if operator and row.kind != UserKind.OFFICER:
        raise Refused("not_an_officer", gettext_noop("Chỉ cán bộ mới được giao quản lý tài khoản."))
    return note(
        row, events.OPERATOR_SET, actor=actor, at=at, data={"operator": operator}, is_operator=operator
    )


@action
def lock(*, user: UUID, actor: str, at: datetime) -> User:
    """Khoá tài khoản: no sign-in, sessions end at once, tokens stop."""
    row = take(user, actor, Verb.LOCK)
    if row.actor == actor:
        raise Refused("not_yourself", gettext_noop("Bạn không thể tự khoá tài khoản của mình."))
    sessions.end_sessions(row)
    return note(row, events.LOCKED, actor=actor, at=at, is_active=False)


@action
def unlock(*, user: UUID, actor: str, at: datetime) -> User:
    """Mở khoá tài khoản."""
    row = take(user, actor, Verb.UNLOCK)
    return note(row, events.UNLOCKED, actor=actor, at=at, is_active=True)


@action
def erase(*, user: UUID, actor: str, at: datetime) -> None:
    """Xoá thông tin cá nhân: what names the person goes; the opaque id stays, so that records stay whole."""
    row = take(user, actor, Verb.ERASE)
    sessions.end_sessions(row)
    for rows in (Totp, RecoveryCode, Identity):
        rows.objects.filter(user=row).delete()
    Token.objects.filter(user=row).update(label="", revoked_at=at)
    MailRequest.objects.filter(name__in=[row.name, row.email]).delete()
    note(
        row,
        events.ERASED,
        actor=actor,
        at=at,
        name=None,
        display_name="",
        email="",
        password=make_password(None),
        is_active=False,
        is_operator=False,
        erased_at=at,
    )


@action
def join_identity(*, provider: str, subject: str, display_name: str, actor: str, at: datetime) -> User:
    """Người đăng nhập bằng định danh ngoài: the citizen of this identity, made when first seen.

    Refused `account_locked`.
    """
    found = Identity.objects.filter(provider=provider, subject=subject).select_related("user").first()
    if found is not None:
        row = take(found.user.public_id, found.user.actor, Verb.SIGN_IN)
        return note(row, events.SIGNED_IN, actor=row.actor, at=at, data={"factor": Factor.IDENTITY.value})
    name = f"{provider}.{uuid7().hex}"
    row = _create(UserKind.CITIZEN, name, display_name, "", make_password(None), actor, at)
    try:
        Identity.objects.create(user=row, provider=provider, subject=subject)
    except IntegrityError:  # the same person came twice at the same moment: the second try finds the account
        raise Refused("stale", STALE) from None
    return note(row, events.IDENTITY_JOINED, actor=row.actor, at=at, data={"provider": provider})
