"""Niêm kín: keys made from SECRET_KEY for what must be read again (second factors) and for what must only be matched."""

from __future__ import annotations

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core import signing

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop


def _key(secret: str, purpose: str) -> bytes:
    return hmac.digest(secret.encode(), f"haicap.accounts.{purpose}".encode(), "sha256")


def _box() -> MultiFernet:
    return _box_of((str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)))


@lru_cache(maxsize=4)
def _box_of(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_key(s, "seal"))) for s in secrets])


def seal(text: str) -> bytes:
    """Encrypt a short text."""
    return _box().encrypt(text.encode())


def unseal(sealed: bytes) -> str:
    """Decrypt; RuntimeError when SECRET_KEY was changed without keeping the old one as a fallback."""
    try:
        return _box().decrypt(sealed).decode()
    except InvalidToken as error:
        raise RuntimeError(
            "a second factor cannot be read: HAICAP_SECRET_KEY is not the one it was kept with"
        ) from error


def keyed(purpose: str, *parts: str) -> bytes:
    """A keyed hash (32 bytes): matches equal parts, tells nothing about them."""
    return hmac.digest(_key(settings.SECRET_KEY, purpose), "\x1f".join(parts).encode(), "sha256")


def digest(secret: str) -> bytes:
    """SHA-256 of a random secret of 80 bits or more (tokens, recovery codes)."""
    return hashlib.sha256(secret.encode()).digest()


def ticket(purpose: str, facts: dict[str, Any], *, at: datetime) -> str:
    """A signed text for a link; whoever holds it proves that we gave it."""
    return signing.dumps({**facts, "at": at.isoformat()}, salt=f"haicap.accounts.{purpose}", compress=True)


def read_ticket(purpose: str, text: str, *, at: datetime, valid: timedelta) -> dict[str, Any]:
    """The facts of a ticket. Refused `bad_link` when it is not ours, of another purpose, or too old."""
    try:
        facts: dict[str, Any] = signing.loads(text[:2000], salt=f"haicap.accounts.{purpose}")
        age = at - datetime.fromisoformat(facts.pop("at"))
    except (signing.BadSignature, ValueError, KeyError, TypeError, AttributeError):
        raise bad_link() from None
    if not timedelta() <= age <= valid:
        raise bad_link()
    return facts


def bad_link() -> Refused:
    """The one answer to every link that does not open."""
    return Refused(
        "bad_link",
        gettext_noop("Đường dẫn này không đúng, đã dùng rồi hoặc đã hết hạn. Xin yêu cầu gửi lại thư mới."),
    )
