"""Trả lời bằng câu đã công khai: by the organ that holds a ticket, or at once by the office that writes it down."""

from __future__ import annotations

from datetime import datetime

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.feedback import events, policy
from haicap.domain.feedback.actions.answering import answered
from haicap.domain.feedback.models import Answer, Ticket
from haicap.domain.feedback.states import REFERABLE, Kind, State, Verb, move
from haicap.domain.units import policy as posts_of
from haicap.kernel.ledger.actions import action
from haicap.kernel.ledger.actions.rows import check_seen, record_on


def _public(code: str) -> Answer:
    found = policy.take_answer(code)
    if found.published_at is None:
        raise Refused("not_public", gettext_noop("Chỉ dùng lại được câu trả lời đã công khai."))
    return found


def _settled(row: Ticket, by: Answer, to: State, *, actor: str, at: datetime) -> Ticket:
    row.state = to
    answered(row, at, actor)
    row.answer, row.ended_at, row.due_at = by, at, None
    data: dict[str, object] = {"code": row.code, "answer": by.code, "late": row.late}
    record_on(row, events.REUSED, at=at, actor=actor, data=data)
    return row


@action
def reuse_answer(*, code: str, answer: str, seen: int, actor: str, at: datetime) -> Ticket:
    """Trả lời bằng câu trả lời đã công khai: no second approval. Refused `not_public` for one that is not published."""
    row = policy.take(code, actor=actor, verb=Verb.REUSE, at=at)
    check_seen(row, seen)
    found = _public(answer)
    return _settled(row, found, move(row.state, Verb.REUSE), actor=actor, at=at)


@action
def refer_answer(*, code: str, answer: str, seen: int, actor: str, at: datetime) -> Ticket:
    """Cho người gửi biết câu trả lời đã công khai, by the office that wrote the ticket down, before anybody accepts it.

    It settles a ticket of their own organ, and questions everybody may ask (REFERABLE), which the sender may open again
    like any answered one. What is for the organ itself stays with it: only recorded that the sender was told.
    Refused `not_found`, `not_yours`, `stale`, `not_now`, `not_public`.
    """
    row = policy.take(code, actor=actor, verb=Verb.REFER, at=at)
    check_seen(row, seen)
    found, to = _public(answer), move(row.state, Verb.REFER)
    own = policy.allows(Verb.REUSE, posts_of.held(actor, today(at)), row)
    if own or Kind(row.kind) in REFERABLE:
        return _settled(row, found, to, actor=actor, at=at)
    record_on(row, events.REFERRED, at=at, actor=actor, data={"code": code, "answer": answer}, fields=[])
    return row
