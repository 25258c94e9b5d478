"""How a person's row and its record are written together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from haicap.kernel.accounts.models import User
from haicap.kernel.ledger.actions import record
from haicap.kernel.ledger.kinds import Kind


def note(
    user: User,
    kind: Kind,
    *,
    actor: str,
    at: datetime,
    data: Mapping[str, object] | None = None,
    **changes: Any,
) -> User:
    """Record one event of `user` and write `changes` to the row with the new head."""
    head = record(stream=user.stream, head=user.ledger_head, kind=kind, at=at, actor=actor, data=data or {})
    values = {**changes, "version": head.version, "head": head.hash}
    User.objects.filter(pk=user.pk).update(**values)
    for name, value in values.items():
        setattr(user, name, value)
    return user
