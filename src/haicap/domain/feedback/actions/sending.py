"""Việc của người gửi: supply what was asked, withdraw, rate, reopen; by account, by key, or by the phone they left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.feedback import events, policy
from haicap.domain.feedback.actions import clocks
from haicap.domain.feedback.actions.filing import attach
from haicap.domain.feedback.actions.handling import needed, remark
from haicap.domain.feedback.models import Answer, EarlierAnswer, Ticket
from haicap.domain.feedback.states import Clock, Kind, Rating, State, Verb, move
from haicap.domain.law import actions as law
from haicap.domain.law import queries as documents
from haicap.domain.law.states import ProblemState
from haicap.domain.units import queries as units
from haicap.kernel.ledger.actions import action
from haicap.kernel.ledger.actions.rows import record_on

REOPEN_WITHIN = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that somebody is the sender: the key told at filing, or the last digits of the phone; or their account.

    email  the address a letter came from that answers one of ours; whoever gives it has seen to that
    """

    key: str = ""
    phone: str = ""
    email: str = ""


def _own(code: str, proof: Proof, actor: str, at: datetime) -> Ticket:
    return policy.take_own(code, actor=actor, at=at, key=proof.key, phone=proof.phone, email=proof.email)


@action
def supply_more(
    *, code: str, text: str, proof: Proof, actor: str, at: datetime, files: Sequence[UUID] = ()
) -> Ticket:
    """Bổ sung: what was asked for; the answer's clock runs again with the time that was left. Refused `not_now`."""
    row = _own(code, proof, actor, at)
    said = needed(text, gettext_noop("Xin viết nội dung bổ sung."))
    row.state, row.back_to = move(row.state, Verb.SUPPLY, back_to=row.back_to), ""
    clocks.resume(row, actor=actor, at=at)
    row.due_at = row.answer_due_at
    data: dict[str, object] = {"code": code, "files": len(files), "due": clocks.due_text(row.due_at)}
    record_on(row, events.SUPPLIED, at=at, actor=actor, data=data)
    remark(row, said, inside=False, actor=actor, at=at)
    attach(row.pk, files, actor=actor, at=at)
    return row


@action
def withdraw_ticket(*, code: str, proof: Proof, actor: str, at: datetime) -> Ticket:
    """Rút phiếu while nobody has answered."""
    row = _own(code, proof, actor, at)
    row.state = move(row.state, Verb.WITHDRAW)
    clocks.stop(row, Clock.ANSWER, Clock.ASK, Clock.TRIAGE, actor=actor, at=at)
    row.ended_at, row.due_at = at, None
    _taken_back_at_its_clause(row, actor=actor, at=at)
    record_on(row, events.WITHDRAWN, at=at, actor=actor, data={"code": code})
    return row


def _taken_back_at_its_clause(row: Ticket, *, actor: str, at: datetime) -> None:
    """A question of a locality stands at its clause too: nobody answers there what was taken back here."""
    if row.kind == Kind.LOCALITY and row.problem_code:
        found = documents.problem(row.problem_code)
        if found.state is ProblemState.OPEN:
            law.withdraw_problem(code=row.problem_code, seen=found.version, actor=actor, at=at)


@action
def rate_answer(*, code: str, rating: Rating, proof: Proof, actor: str, at: datetime) -> Ticket:
    """Hài lòng hay không; may be changed. The public answer counts each sender once."""
    row = _own(code, proof, actor, at)
    move(row.state, Verb.RATE)
    if rating is Rating.NONE or rating.value == row.rating:
        raise Refused("nothing_new", gettext_noop("Không có gì thay đổi."))
    before, row.rating = row.rating, rating.value
    row.dissatisfied = rating is Rating.DISLIKE
    if row.answer_id is not None:
        _count(row.answer_id, before, -1)
        _count(row.answer_id, rating.value, 1)
    record_on(row, events.RATED, at=at, actor=actor, data={"code": code, "rating": rating.value})
    return row


def _count(answer: int, rating: str, by: int) -> None:
    column = {Rating.LIKE.value: "likes", Rating.DISLIKE.value: "dislikes"}.get(rating)
    if column:
        Answer.objects.filter(pk=answer).update(**{column: F(column) + by})


@action
def reopen(*, code: str, reason: str, proof: Proof, actor: str, at: datetime) -> Ticket:
    """Mở lại within 90 days: the answer did not settle it. Counts as not satisfied; clocks begin anew."""
    row = _own(code, proof, actor, at)
    said = needed(reason, gettext_noop("Xin viết điều chưa được giải quyết."))
    ended = row.ended_at or row.answered_at
    if ended is not None and at - ended > REOPEN_WITHIN:
        raise Refused(
            "too_late", gettext_noop("Phiếu đã đóng quá 90 ngày. Xin gửi phiếu mới và ghi mã phiếu này.")
        )
    if row.erased_at is not None:
        raise Refused(
            "not_now",
            gettext_noop("Phiếu đã đóng. Xin gửi phiếu mới và ghi mã phiếu này, hoặc mở lại phiếu."),
        )
    if row.state == State.AWAITING_PUBLICATION:
        clocks.stop(row, Clock.PUBLISH, actor=actor, at=at)
    row.state = move(row.state, Verb.REOPEN)
    if (
        row.answer_id is not None
    ):  # the sender and whoever answers now go on reading it, marked as the earlier one
        EarlierAnswer(ticket=row, answer_id=row.answer_id, answered_at=row.answered_at or at).save()
    row.hop, row.escalation, row.dissatisfied = row.hop + 1, 0, True
    row.answer_id = row.answered_at = row.ended_at = None
    row.ground = row.back_to = ""
    clocks.begin(row, actor=actor, at=at)
    data: dict[str, object] = {
        "code": code, "organ": row.organ_id, "organ_name": units.organ(row.organ_id, today(at)).name,
        "due": clocks.due_text(row.answer_due_at),
    }  # fmt: skip
    record_on(row, events.REOPENED, at=at, actor=actor, data=data)
    remark(row, said, inside=False, actor=actor, at=at)
    return row
