"""Quyền trên tài khoản: who may change whose account. The only way to get a row one may change."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.kernel.accounts.models import User

SYSTEM = "system"  # the command line and the worker


class Verb(StrEnum):
    """Việc làm trên một tài khoản."""

    SIGN_IN = "sign_in"
    SET_PASSWORD = "set_password"  # noqa: S105  # a word, not a secret
    RENAME = "rename"
    SET_OPERATOR = "set_operator"
    ENROL_TOTP = "enrol_totp"
    CONFIRM_TOTP = "confirm_totp"
    DROP_TOTP = "drop_totp"
    USE_RECOVERY = "use_recovery"
    LOCK = "lock"
    UNLOCK = "unlock"
    ERASE = "erase"
    ISSUE_TOKEN = "issue_token"  # noqa: S105  # a word, not a secret
    REVOKE_TOKEN = "revoke_token"  # noqa: S105  # a word, not a secret


OWN = frozenset(Verb) - {Verb.SET_OPERATOR, Verb.LOCK, Verb.UNLOCK}
OPERATOR = frozenset(
    {
        Verb.SET_PASSWORD,
        Verb.RENAME,
        Verb.SET_OPERATOR,
        Verb.DROP_TOTP,
        Verb.LOCK,
        Verb.UNLOCK,
        Verb.ERASE,
        Verb.REVOKE_TOKEN,
    }
)
_NOT_FOUND = gettext_noop("Không có tài khoản này.")
_NOT_YOURS = gettext_noop("Bạn không có quyền làm việc này với tài khoản này.")
_LOCKED = gettext_noop("Tài khoản này đã bị khoá hoặc đã xoá.")


def take(pk: UUID, actor: str, verb: Verb) -> User:
    """The account, locked until the end of the transaction. Refused `not_found`, `not_yours`, `account_locked`."""
    user = User.objects.select_for_update().filter(public_id=pk).first()
    if user is None or user.erased_at is not None:
        raise Refused("not_found", _NOT_FOUND)
    if not may(actor, verb, user):
        raise Refused("not_yours", _NOT_YOURS)
    if not user.is_active and verb not in {Verb.UNLOCK, Verb.ERASE, Verb.LOCK, Verb.REVOKE_TOKEN}:
        raise Refused("account_locked", _LOCKED)
    return user


def may(actor: str, verb: Verb, user: User) -> bool:
    """Whether `actor` may do `verb` to `user`: oneself, an operator, or the system."""
    if actor == SYSTEM or (actor == user.actor and verb in OWN):
        return True
    return verb in OPERATOR and is_operator(actor)


def is_operator(actor: str) -> bool:
    """Whether `actor` keeps accounts of others."""
    if actor == SYSTEM:
        return True
    try:
        public_id = UUID(actor)
    except ValueError:
        return False
    return User.objects.filter(public_id=public_id, is_operator=True, is_active=True).exists()


def require_operator(actor: str) -> None:
    """Refused `not_yours` unless `actor` keeps accounts of others."""
    if not is_operator(actor):
        raise Refused("not_yours", _NOT_YOURS)
