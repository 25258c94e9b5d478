"""Xử lý: taken up, assigned, moved from step to step, others consulted, the time extended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from haicap.base.dates import today
from haicap.base.ids import uuid7
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.deadlines.reckoning import Limit, written_parts
from haicap.domain.dossiers import events, policy, queries, rules, states
from haicap.domain.dossiers.actions import clocks, rows, slips
from haicap.domain.dossiers.actions.receiving import needed
from haicap.domain.dossiers.models import Consultation
from haicap.domain.dossiers.policy import Taken
from haicap.domain.dossiers.states import SETTLING, ResultMethod, Verb
from haicap.domain.procedures.content import StepKind
from haicap.kernel.ledger.actions import action, record


@action
def take_up(*, code: str, actor: str, at: datetime, seen: int, assignee: str = "") -> Taken:
    """Bắt đầu xử lý: state 4, at the first step that is no reception; it lies with `assignee` or oneself."""
    row = policy.take(code, actor=actor, verb=Verb.TAKE_UP, at=at)
    state = states.move(row.state, Verb.TAKE_UP, version=row.version, seen=seen)
    found = queries.pinned(row.procedure_version_id, row.instance_id, row.procedure_code)
    steps = found.content.workflow.steps
    step = next((n for n, s in enumerate(steps) if s.kind is not StepKind.RECEIVE), 0)
    who = _worker(row, assignee or actor, at)
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.TAKEN_UP, at=at, actor=actor,
        on_behalf_of=policy.acting_for(Verb.TAKE_UP, row),
        data={"step": steps[step].key, "assignee": who},
    )  # fmt: skip
    return rows.update(row, head, state=int(state), step=step, assignee=who)


def _worker(row: Taken, who: str, at: datetime) -> str:
    """Somebody who may work on it. Refused `not_a_worker`."""
    if not policy.allows(Verb.TAKE_UP, policy.posts_of(who, today(at)), row):
        raise Refused(
            "not_a_worker",
            gettext_noop("Người được phân công không giữ vị trí xử lý hồ sơ này vào hôm nay."),
            SETTLING,
        )
    return who


@action
def assign(*, code: str, actor: str, at: datetime, seen: int, assignee: str) -> Taken:
    """Phân công: it lies with another officer. Refused `not_a_worker`, and as usual."""
    row = policy.take(code, actor=actor, verb=Verb.ASSIGN, at=at)
    states.move(row.state, Verb.ASSIGN, version=row.version, seen=seen)
    who = _worker(row, assignee, at)
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.ASSIGNED, at=at, actor=actor,
        data={"assignee": who, "before": row.assignee},
    )  # fmt: skip
    return rows.update(row, head, assignee=who)


@action
def advance(
    *, code: str, actor: str, at: datetime, seen: int, back: bool = False, assignee: str = "", note: str = ""
) -> Taken:
    """Chuyển bước: to the next working step of the version (`back`: to the one before, with a note).

    Refused `last_step`, `first_step`, `no_reason`, `not_a_worker`, and as usual.
    """
    row = policy.take(code, actor=actor, verb=Verb.ADVANCE, at=at)
    states.move(row.state, Verb.ADVANCE, version=row.version, seen=seen, decided=row.decided_at is not None)
    found = queries.pinned(row.procedure_version_id, row.instance_id, row.procedure_code)
    steps = found.content.workflow.steps
    place = row.step - 1 if back else row.step + 1
    if back:
        needed(note, gettext_noop("Trả lại bước trước phải ghi lý do."))
        if place < 0 or steps[place].kind is StepKind.RECEIVE:
            raise Refused("first_step", gettext_noop("Đây là bước xử lý đầu tiên."))
    elif place >= len(steps) or steps[place].kind is StepKind.RETURN:
        raise Refused("last_step", gettext_noop("Đây là bước cuối. Hãy ra quyết định hoặc kết thúc xử lý."))
    who = _worker(row, assignee, at) if assignee else ""
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.ADVANCED, at=at, actor=actor,
        data={"before": found.step(row.step).key, "step": steps[place].key, "place": place, "assignee": who},
    )  # fmt: skip
    rows.update(row, head, step=place, assignee=who)
    rows.remark(row, note, actor=actor, at=at)
    return row


@action
def consult(
    *,
    code: str,
    actor: str,
    at: datetime,
    seen: int,
    organ: int,
    question: str,
    wanted_by: date | None = None,
) -> Taken:
    """Lấy ý kiến another organ; the clock goes on. Refused `no_organ`, `no_reason`."""
    row = policy.take(code, actor=actor, verb=Verb.CONSULT, at=at)
    states.move(row.state, Verb.CONSULT, version=row.version, seen=seen, decided=row.decided_at is not None)
    asked = needed(question, gettext_noop("Cần ghi nội dung hỏi ý kiến."))
    if queries.office(organ, today(at)) is None:
        raise Refused("no_organ", gettext_noop("Không có cơ quan này."))
    made = Consultation.objects.create(
        public_id=uuid7(),
        dossier_id=row.id,
        organ_id=organ,
        question=asked,
        asked_by=actor,
        asked_at=at,
        wanted_by=wanted_by,
    )
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.CONSULTED, at=at, actor=actor,
        data={"consultation": str(made.public_id), "organ": organ},
    )  # fmt: skip
    return rows.update(row, head)


@action
def answer_consultation(*, code: str, consultation: UUID, actor: str, at: datetime, answer: str) -> Taken:
    """Trả lời ý kiến, by somebody of the organ that was asked. Refused `not_found`, `answered`, `no_reason`."""
    row = policy.take_consulted(code, consultation, actor=actor, at=at)
    states.move(row.state, Verb.CORRECT, version=row.version, seen=row.version)  # not of an ended dossier
    asked = Consultation.objects.get(public_id=consultation)
    if asked.answered_at is not None:
        raise Refused("answered", gettext_noop("Câu hỏi này đã có trả lời."))
    said = needed(answer, gettext_noop("Cần ghi ý kiến trả lời."))
    Consultation.objects.filter(pk=asked.pk).update(answer=said, answered_by=actor, answered_at=at)
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.CONSULTATION_ANSWERED, at=at, actor=actor,
        data={"consultation": str(consultation), "organ": asked.organ_id},
    )  # fmt: skip
    return rows.update(row, head)


@action
def remind_consultation(*, code: str, consultation: UUID, actor: str, at: datetime) -> Taken:
    """Nhắc trả lời ý kiến: noted on the question, once a day at most. Refused `not_found`, `answered`, `reminded`."""
    row = policy.take(code, actor=actor, verb=Verb.CONSULT, at=at)
    asked = Consultation.objects.filter(public_id=consultation, dossier_id=row.id).first()
    if asked is None:
        raise policy.not_found()
    if asked.answered_at is not None:
        raise Refused("answered", gettext_noop("Câu hỏi này đã có trả lời."))
    if today(asked.reminded_at or asked.asked_at) == today(at):
        raise Refused("reminded", gettext_noop("Hôm nay đã hỏi hoặc đã nhắc rồi. Xin chờ đến ngày mai."))
    Consultation.objects.filter(pk=asked.pk).update(reminded_at=at)
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.CONSULTATION_REMINDED, at=at, actor=actor,
        data={"consultation": str(consultation), "organ": asked.organ_id},
    )  # fmt: skip
    return rows.update(row, head)


@action
def extend(*, code: str, actor: str, at: datetime, seen: int, parts: Sequence[Limit], reason: str) -> Taken:
    """Xin lỗi và gia hạn, form 04: the added limit counts from the old due instant. Once, and before it is due.

    Refused `too_late` (form 04 leaves before the deadline, not after), `extended_once`, `no_due`, `no_reason`.
    """
    row = policy.take(code, actor=actor, verb=Verb.EXTEND, at=at)
    states.move(row.state, Verb.EXTEND, version=row.version, seen=seen, decided=row.decided_at is not None)
    why = needed(reason, gettext_noop("Văn bản xin lỗi phải nêu lý do chậm."))
    before = row.due_at
    if before is None or not row.clock or not parts:
        raise Refused(
            "no_due", gettext_noop("Hồ sơ chưa có ngày hẹn, hoặc chưa ghi thời gian gia hạn."), SETTLING
        )
    if at >= before:
        raise Refused(
            "too_late",
            gettext_noop("Đã đến hạn: văn bản xin lỗi và đề nghị gia hạn phải gửi trước khi hết hạn."),
            SETTLING,
        )
    if row.extensions:
        raise Refused(
            "extended_once", gettext_noop("Hồ sơ đã gia hạn một lần; không gia hạn thêm."), SETTLING
        )
    told, changes = clocks.extend(row, parts, actor=actor, at=at)
    found = queries.pinned(row.procedure_version_id, row.instance_id, row.procedure_code)
    due = clocks.due_text(told)
    slip = slips.made(
        row, "04", found, actor=actor, at=at, number=row.version + 1, reason=why, reasons=[why],
        promised_at=before.isoformat(), new_promised_at=due, return_way=rules.RETURNED[ResultMethod(row.result_method)],
    )  # fmt: skip
    head = record(
        stream=row.stream, head=row.ledger_head, kind=events.EXTENDED, at=at, actor=actor,
        on_behalf_of=policy.acting_for(Verb.EXTEND, row),
        data={"before": before.isoformat(), "due": due, "added": written_parts(parts), "slip": row.version + 1},
    )  # fmt: skip
    return rows.update(row, head, slip=slip, extensions=1, **changes)
