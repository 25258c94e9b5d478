"""Một lần: a request that may be sent twice is carried out once, and answered the same each time.

Nothing is asked beforehand: the verb runs, and its answer is kept under the caller's key by the last statement of the
same transaction. Only who finds the key taken, or is refused by the verb, looks whether an answer is kept already.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import Error

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.kernel.ledger import statements
from haicap.kernel.ledger.actions.recording import action

KEPT_FOR = timedelta(days=7)
_KEY = re.compile(r"[!-~]{8,200}")
_KEEP = """
INSERT INTO ledger_reply (actor, key, fingerprint, answer, at) VALUES (%s, %s, %s, %s, %s)
"""
_KEPT = "SELECT fingerprint, answer FROM ledger_reply WHERE actor = %s AND key = %s"
_SWEEP = "DELETE FROM ledger_reply WHERE (actor, key) IN (SELECT actor, key FROM ledger_reply WHERE at < %s LIMIT %s)"


class _Taken(Exception):
    """Another request kept its answer under this key first; everything done here is rolled back."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked: the caller's own key, and the fingerprint (SHA-256) of the request it stands for."""

    key: str
    fingerprint: bytes


def once(*, asked: Asked, work: Callable[[], str], actor: str, at: datetime) -> str:
    """The answer of `work`, or the one kept from the first time; `work` calls one verb and may run and be undone.

    asked.key  8 to 200 visible ASCII characters, the caller's own for seven days. The answer holds no personal text.
    Refused `bad_key`, `key_reused` (kept for another request), and as `work` when nothing is kept.
    """
    if _KEY.fullmatch(asked.key) is None:
        raise Refused(
            "bad_key", gettext_noop("Idempotency-Key gồm 8 đến 200 chữ cái, chữ số hoặc dấu không có dấu tiếng Việt.")
        )  # fmt: skip
    try:
        return _first(asked=asked, work=work, actor=actor, at=at)
    except (_Taken, Refused) as reason:
        answer = _kept(asked, actor)
        if answer is not None:
            return answer
        if isinstance(reason, Refused):
            raise
        raise Refused(
            "stale", gettext_noop("Yêu cầu trùng khóa vừa bị xóa theo thời hạn. Xin gửi lại.")
        ) from reason


@action
def _first(*, asked: Asked, work: Callable[[], str], actor: str, at: datetime) -> str:
    """Verb and key in one transaction. A second one with the key waits here until the first has ended."""
    answer = work()
    statements.later(_KEEP, [actor, asked.key, asked.fingerprint, answer, at], refuse=_was_taken)
    return answer


def _was_taken(error: Error) -> _Taken | None:
    return _Taken() if statements.constraint_of(error) == "ledger_reply_pkey" else None


def _kept(asked: Asked, actor: str) -> str | None:
    row = statements.one(_KEPT, [actor, asked.key])
    if row is None:
        return None
    if bytes(row[0]) != asked.fingerprint:
        raise Refused(
            "key_reused", gettext_noop("Idempotency-Key này đã dùng cho một yêu cầu khác. Xin dùng khóa mới.")
        )
    return str(row[1])


def forget_replies(at: datetime, *, most: int = 10_000) -> int:
    """Answers kept longer than seven days go, piece by piece; how many went."""
    gone, piece = 0, most
    while piece == most:
        piece = statements.run(_SWEEP, [at - KEPT_FOR, most])
        gone += piece
    return gone
