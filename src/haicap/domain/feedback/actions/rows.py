"""Dòng phiếu khi tiếp nhận: the two statements of intake: what is known of a sender, and the ticket as it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from haicap.domain.feedback.rules import Sender
from haicap.kernel.ledger import statements

REPEAT_WITHIN = timedelta(days=90)
# An hour's count, whether the number was used, and the sender's latest tickets that ended. Each partial index of senders
# asks that its column is not empty: said here, so that a plan made for any value may use it.
_KNOWN = """
SELECT s.sent, s.there, e.id, e.code, e.text
FROM (SELECT coalesce((SELECT f.count FROM feedback_source f
                       WHERE f.source = %s AND f.hour = date_trunc('hour', %s::timestamptz)), 0) AS sent,
             EXISTS (SELECT 1 FROM feedback_ticket n WHERE n.public_id = %s::uuid) AS there) s
LEFT JOIN LATERAL (
  SELECT t.id, t.code, t.text, t.ended_at FROM feedback_ticket t
  WHERE (t.sender_phone = %s AND t.sender_phone <> '' OR t.sender_email = %s AND t.sender_email <> ''
         OR t.sender_user = %s AND t.sender_user <> '')
    AND t.state IN ('answered', 'refused') AND t.ended_at >= %s AND t.erased_at IS NULL
  ORDER BY t.ended_at DESC LIMIT 20) e ON true
ORDER BY e.ended_at DESC
"""
_COUNTED = """
WITH counted AS (
  INSERT INTO feedback_source (source, hour, count) VALUES (%s, date_trunc('hour', %s::timestamptz), 1)
  ON CONFLICT (source, hour) DO UPDATE SET count = feedback_source.count + 1 RETURNING count)
"""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A ticket of the same sender that ended."""

    pk: int
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Known:
    """sent  tickets of the source in this hour; there: the number was used before; earlier: the latest first."""

    sent: int
    there: bool
    earlier: Sequence[Earlier]


def known(source: bytes, number: UUID | None, said: Sender, at: datetime) -> Known:
    """What is known before a ticket is written. One statement."""
    found = statements.rows(
        _KNOWN, [source, at, number, said.phone, said.email, said.user, at - REPEAT_WITHIN]
    )
    sent, there = found[0][:2]
    return Known(sent, there, [Earlier(*row[2:]) for row in found if row[2] is not None])


@cache
def _insert(columns: tuple[str, ...], counted: bool) -> str:
    names, marks = ", ".join(f'"{c}"' for c in columns), ", ".join(["%s"] * len(columns))
    said = "(SELECT count FROM counted)" if counted else "0"
    return f"{_COUNTED if counted else ''}INSERT INTO feedback_ticket ({names}) VALUES ({marks}) RETURNING id, {said}"


def insert(values: Mapping[str, Any], source: bytes, at: datetime) -> tuple[int, int]:
    """Write a ticket and count it for its source: its id, and how many the source has sent in this hour. One statement.

    The count comes last of what a filing writes: whoever sends much at once waits there for the end of the one before.
    """
    before = [source, at] if source else []
    pk, sent = statements.rows(_insert(tuple(values), bool(source)), [*before, *values.values()])[0]
    return pk, sent
