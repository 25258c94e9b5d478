"""Lớp thứ hai: time-based codes (RFC 6238) and recovery codes."""

from __future__ import annotations

import hmac
import re
import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp

from haicap.kernel.accounts import sealing
from haicap.kernel.accounts.models import RecoveryCode, Totp, User

ISSUER = "Haicap"
RECOVERY_CODES = 10
_STEP = 30  # seconds
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz0"[:32]


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A second factor being set up: the secret to type and the address to draw as a QR code."""

    secret: str
    uri: str


def new_secret() -> str:
    """A fresh secret (160 bits, base 32)."""
    return pyotp.random_base32()


def enrolment(user: User) -> Enrolment | None:
    """The second factor `user` has begun to set up and not confirmed."""
    row = Totp.objects.filter(user=user, confirmed_at__isnull=True).first()
    if row is None:
        return None
    secret = sealing.unseal(bytes(row.secret))
    return Enrolment(secret, pyotp.TOTP(secret).provisioning_uri(name=user.name or "", issuer_name=ISSUER))


def has_totp(user: User) -> bool:
    """Whether a confirmed second factor guards the account."""
    return Totp.objects.filter(user=user, confirmed_at__isnull=False).exists()


def spend(user: User, code: str, *, at: datetime, confirmed: bool = True) -> bool:
    """Whether `code` is right at `at` (one step of clock difference allowed) and was not used before."""
    digits = re.sub(r"\s", "", code[:40])
    row = Totp.objects.filter(user=user, confirmed_at__isnull=not confirmed).first()
    if row is None or not re.fullmatch(r"[0-9]{6}", digits):
        return False
    totp = pyotp.TOTP(sealing.unseal(bytes(row.secret)))
    now = int(at.timestamp()) // _STEP
    right = [n for n in (now - 1, now, now + 1) if hmac.compare_digest(totp.generate_otp(n), digits)]
    # The guard is in the statement: of two simultaneous uses of one code one wins.
    return (
        bool(right)
        and Totp.objects.filter(pk=row.pk, last_step__lt=right[-1]).update(last_step=right[-1]) == 1
    )


def code_now(user: User, *, at: datetime) -> str:
    """The code that the person's device shows at `at`: for demonstration accounts on the operator's own machine."""
    row = Totp.objects.get(user=user)
    return pyotp.TOTP(sealing.unseal(bytes(row.secret))).generate_otp(int(at.timestamp()) // _STEP)


def new_recovery_codes(user: User) -> tuple[str, ...]:
    """Replace the recovery codes; the new ones are known only to the caller from now on."""
    codes = tuple(_recovery_code() for _ in range(RECOVERY_CODES))
    RecoveryCode.objects.filter(user=user).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=sealing.digest(_bare(c))) for c in codes)
    return codes


def spend_recovery(user: User, code: str) -> bool:
    """Whether `code` is one of the person's recovery codes; it is gone afterwards."""
    return RecoveryCode.objects.filter(user=user, digest=sealing.digest(_bare(code[:60]))).delete()[0] == 1


def recovery_left(user: User) -> int:
    """How many recovery codes are left."""
    return RecoveryCode.objects.filter(user=user).count()


def _recovery_code() -> str:
    text = "".join(secrets.choice(_ALPHABET) for _ in range(16))  # 80 bits
    return "-".join(text[i : i + 4] for i in range(0, 16, 4))


def _bare(code: str) -> str:
    return re.sub(r"[\s-]", "", code).lower()
