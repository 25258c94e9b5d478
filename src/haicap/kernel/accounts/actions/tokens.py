"""Verbs on keys for machines."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from haicap.base.ids import uuid7
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.kernel.accounts import events, sealing
from haicap.kernel.accounts.actions.writing import note
from haicap.kernel.accounts.models import Token
from haicap.kernel.accounts.names import display
from haicap.kernel.accounts.policy import Verb, take
from haicap.kernel.accounts.states import Scope
from haicap.kernel.ledger.actions import action

PREFIX = "haicap_"
LONGEST_DAYS = 366
MOST = 20


@action
def issue_token(
    *, user: UUID, label: str, scopes: Collection[Scope], days: int, actor: str, at: datetime
) -> tuple[Token, str]:
    """Cấp khoá truy cập: the row and the secret, which nobody can show again.

    Refused `bad_span`, `too_many_tokens`.
    """
    row = take(user, actor, Verb.ISSUE_TOKEN)
    if not 1 <= days <= LONGEST_DAYS:
        raise Refused("bad_span", gettext_noop("Khoá truy cập có hạn từ 1 đến 366 ngày."))
    if Token.objects.filter(user=row, revoked_at__isnull=True, expires_at__gt=at).count() >= MOST:
        raise Refused("too_many_tokens", gettext_noop("Bạn đã có 20 khoá còn hạn. Xin thu hồi bớt."))
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        public_id=uuid7(),
        user=row,
        label=display(label, 100),
        digest=sealing.digest(secret),
        scopes=sorted({s.value for s in scopes} | {Scope.READ.value}),
        created_at=at,
        expires_at=at + timedelta(days=days),
    )
    facts = {
        "token": str(token.public_id),
        "scopes": token.scopes,
        "expires_at": token.expires_at.isoformat(),
    }
    note(row, events.TOKEN_ISSUED, actor=actor, at=at, data=facts)
    return token, secret


@action
def revoke_token(*, user: UUID, token: UUID, actor: str, at: datetime) -> None:
    """Thu hồi khoá truy cập: it stops with the next call. Refused `not_found`."""
    row = take(user, actor, Verb.REVOKE_TOKEN)
    if not Token.objects.filter(user=row, public_id=token, revoked_at__isnull=True).update(revoked_at=at):
        raise Refused("not_found", gettext_noop("Không có khoá truy cập này, hoặc khoá đã bị thu hồi."))
    note(row, events.TOKEN_REVOKED, actor=actor, at=at, data={"token": str(token)})
