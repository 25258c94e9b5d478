"""Verbs on the second factor."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.kernel.accounts import events, factors, sealing
from haicap.kernel.accounts.actions.writing import note
from haicap.kernel.accounts.factors import Enrolment
from haicap.kernel.accounts.models import RecoveryCode, Totp
from haicap.kernel.accounts.policy import SYSTEM, Verb, take
from haicap.kernel.ledger.actions import action

WRONG_CODE = gettext_noop("Mã không đúng hoặc đã dùng. Xin chờ mã mới trên thiết bị rồi nhập lại.")


@action
def enrol_totp(*, user: UUID, actor: str, at: datetime, secret: str = "") -> Enrolment:
    """Bắt đầu xác thực hai lớp: a new secret, which counts once `confirm_totp` has seen a code of it.

    secret: base 32, chosen by the system alone (demonstration accounts). Refused `already_enrolled`.
    """
    row = take(user, actor, Verb.ENROL_TOTP)
    if secret and actor != SYSTEM:
        raise ValueError("only the system chooses a secret")
    if factors.has_totp(row):
        raise Refused("already_enrolled", gettext_noop("Tài khoản này đã bật xác thực hai lớp."))
    Totp.objects.filter(user=row).delete()
    Totp.objects.create(user=row, secret=sealing.seal(secret or factors.new_secret()))
    note(row, events.TOTP_OFFERED, actor=actor, at=at)
    begun = factors.enrolment(row)
    assert begun is not None
    return begun


@action
def confirm_totp(*, user: UUID, code: str, actor: str, at: datetime) -> tuple[str, ...]:
    """Bật xác thực hai lớp: the device shows the right code; the recovery codes are given this once.

    Refused `code_wrong`.
    """
    row = take(user, actor, Verb.CONFIRM_TOTP)
    if not factors.spend(row, code, at=at, confirmed=False):
        raise Refused("code_wrong", WRONG_CODE)
    Totp.objects.filter(user=row).update(confirmed_at=at)
    codes = factors.new_recovery_codes(row)
    note(row, events.TOTP_CONFIRMED, actor=actor, at=at)
    return codes


@action
def drop_totp(*, user: UUID, actor: str, at: datetime) -> None:
    """Tắt xác thực hai lớp: by oneself, or by an operator for a lost device. Officers must enrol again to sign in."""
    row = take(user, actor, Verb.DROP_TOTP)
    Totp.objects.filter(user=row).delete()
    RecoveryCode.objects.filter(user=row).delete()
    note(row, events.TOTP_DROPPED, actor=actor, at=at)


@action
def use_recovery(*, user: UUID, code: str, actor: str, at: datetime) -> int:
    """Dùng một mã dự phòng; how many are left. Refused `code_wrong`."""
    row = take(user, actor, Verb.USE_RECOVERY)
    if not factors.spend_recovery(row, code):
        raise Refused("code_wrong", WRONG_CODE)
    left = factors.recovery_left(row)
    note(row, events.RECOVERY_USED, actor=actor, at=at, data={"left": left})
    return left
