"""Theo dõi: what nobody presses a button for: overdue goes up, clocks follow the calendar, tickets leave organs that ended."""

from __future__ import annotations

from datetime import datetime

from django.db import connection, transaction
from django.db.models import ProtectedError

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.domain.feedback import events, policy, queries
from haicap.domain.feedback.models import Answer, Attachment, Remark, Source, Ticket
from haicap.domain.feedback.queries.following import BEHIND
from haicap.domain.feedback.states import Verb, move
from haicap.domain.units import queries as units
from haicap.kernel.files import actions as stored
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.actions import action, record
from haicap.kernel.ledger.actions.rows import check_seen, record_on

STREAM = "feedback.calendar:all"
SOURCES = "feedback.sources:all"
AT_ONCE = 5_000
LEVELS = 2  # 1: leaders of the organ; 2: the focal office above
_LOCK = f"SELECT t.id {BEHIND} ORDER BY t.id LIMIT %s FOR UPDATE OF t SKIP LOCKED"
_FOLLOW = """
UPDATE feedback_ticket t
SET answer_due_at = a.due_at, alarm = a.alarm,
    due_at = CASE t.state WHEN 'received' THEN r.due_at WHEN 'awaiting_more' THEN NULL
                          WHEN 'awaiting_publication' THEN t.due_at ELSE a.due_at END
FROM deadlines_clock a, deadlines_clock r
WHERE t.id = ANY(%s) AND a.stream = 'feedback.ticket:' || t.public_id AND a.n = t.hop * 4 + 3
  AND r.stream = a.stream AND r.n = t.hop * 4 + 1
"""
_FOLLOW_PUBLISHING = """
UPDATE feedback_ticket t SET due_at = p.due_at FROM deadlines_clock p
WHERE t.id = ANY(%s) AND t.state = 'awaiting_publication' AND p.stream = 'feedback.ticket:' || t.public_id AND p.n = t.hop * 4 + 4
"""


@action
def follow_calendar(*, generation: int, actor: str, at: datetime) -> int:
    """Copy the due instants of clocks that a version of the calendar moved; how many. Again as long as any is behind."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [generation, AT_ONCE])
        ids = [row[0] for row in cursor.fetchall()]
        cursor.execute(_FOLLOW, [ids])
        moved = int(cursor.rowcount)
        cursor.execute(_FOLLOW_PUBLISHING, [ids])
    record(
        stream=STREAM, head=ledger.head_of(STREAM), kind=events.RECKONED_ANEW, at=at, actor=actor,
        data={"generation": generation, "moved": moved},
    )  # fmt: skip
    return moved


@action
def escalate(*, code: str, actor: str, at: datetime) -> Ticket:
    """Báo cấp trên a ticket past its due instant: one level up each time. Refused `not_now` when it is not late any more."""
    row = policy.take_any(code)
    move(row.state, Verb.ESCALATE)
    if row.due_at is None or row.due_at >= at or row.escalation >= LEVELS:
        raise Refused("not_now", "")
    row.escalation += 1
    row.late = row.late or (row.answer_due_at is not None and row.answer_due_at < at)
    record_on(
        row, events.ESCALATED, at=at, actor=actor, data={"code": code, "level": row.escalation},
        fields=["escalation", "late"],
    )  # fmt: skip
    return row


@action
def move_from_ended(*, code: str, actor: str, at: datetime) -> Ticket:
    """Chuyển phiếu khỏi cơ quan đã kết thúc: routed again by what it is about as of today; its promise stays as it was.

    Refused `not_now` when its organ exists.
    """
    row, on = policy.take_any(code), today(at)
    if not queries.ended(row.organ_id, on):
        raise Refused("not_now", "")
    before, due, promised, hop = row.organ_id, row.due_at, row.answer_due_at, row.hop
    desk = queries.successor(row, on)
    force, here = queries.tables().on_duty(desk.pk, row.field, on)
    row.organ_id, row.force_id = desk.pk, force.pk if force else None
    row.assignee = here[sum(row.code.encode()) % len(here)] if here else ""
    row.due_at, row.answer_due_at, row.hop = due, promised, hop
    facts: dict[str, object] = {
        "code": code, "organ": desk.pk, "organ_name": desk.name, "from_organ": before,
        "from_name": units.organ(before, on).name,
    }  # fmt: skip
    record_on(row, events.MOVED, at=at, actor=actor, data=facts)
    return row


@action
def erase_ticket(*, code: str, seen: int, actor: str, at: datetime) -> Ticket:
    """Xoá dữ liệu cá nhân của phiếu đã đóng: sender, words, files, what only they were answered; figures and the ledger
    stay. Letters about it are erased by whoever wrote them."""
    row = policy.take(code, actor=actor, verb=Verb.ERASE, at=at)
    check_seen(row, seen)
    move(row.state, Verb.ERASE)
    row.sender_name = row.sender_phone = row.sender_email = row.sender_user = ""
    row.text = row.about = row.place_text = row.dossier_code = ""
    row.subject, row.signature, row.erased_at = "—", [], at
    Remark.objects.filter(ticket=row).update(text="—")
    record_on(row, events.ERASED, at=at, actor=actor, data={"code": code})
    for answer in queries.answers_of(row):
        _forget_answer(row, answer)
    _forget_files(row, actor, at)
    return row


def _forget_answer(row: Ticket, given: Answer) -> None:
    """The words of an answer nobody else received; what was published stays."""
    others = Ticket.objects.filter(erased_at__isnull=True).exclude(pk=row.pk)
    if others.filter(answer=given).exists() or others.filter(earlier_answers__answer=given).exists():
        return
    answer = policy.take_answer(given.code)
    if answer.published_at is None:
        answer.public_question = answer.public_text = ""
    answer.text = answer.public_text or "—"
    answer.save(update_fields=["text", "public_question", "public_text"])


def _forget_files(row: Ticket, actor: str, at: datetime) -> None:
    """The files themselves; one that a dossier holds too stays there."""
    gone = list(Attachment.objects.filter(ticket=row).values_list("file", flat=True))
    Attachment.objects.filter(ticket=row).delete()
    for file in gone:
        try:
            with transaction.atomic():
                stored.forget(file=file, actor=actor, at=at)
        except ProtectedError:
            continue
        except Refused as refused:
            if refused.code != "not_found":
                raise


@action
def forget_sources(*, actor: str, at: datetime) -> int:
    """Counts of hours gone by go; how many. Only when `queries.old_sources` says that there are some."""
    gone: int = Source.objects.filter(hour__lt=at - queries.SOURCES_FOR).delete()[0]
    record(
        stream=SOURCES, head=ledger.head_of(SOURCES), kind=events.SOURCES_FORGOTTEN, at=at, actor=actor,
        data={"rows": gone},
    )  # fmt: skip
    return gone
