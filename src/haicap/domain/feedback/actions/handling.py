"""Xử lý: accept, sort, ask for more, transfer, refuse, assign, note; by the organ that holds the ticket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers import queries as dossiers
from haicap.domain.feedback import events, policy, queries, rules
from haicap.domain.feedback.actions import clocks
from haicap.domain.feedback.models import Remark, Ticket
from haicap.domain.feedback.queries import Subject
from haicap.domain.feedback.routing import Desk
from haicap.domain.feedback.states import Clock, Ground, Kind, State, Verb, move
from haicap.domain.law import queries as documents
from haicap.domain.units import policy as posts_of
from haicap.domain.units import queries as units
from haicap.kernel.ledger.actions import action
from haicap.kernel.ledger.actions.rows import check_seen, record_on


@dataclass(frozen=True, slots=True)
class Sorting:
    """What a ticket is about, corrected; None: as it is, "" taken away."""

    kind: Kind | None = None
    subject: str | None = None
    unit: str | None = None
    procedure: str | None = None
    document: str | None = None
    path: str | None = None
    field: str | None = None


def remark(row: Ticket, text: str, *, inside: bool, actor: str, at: datetime) -> None:
    """Keep what was written beside the event just recorded; nothing when nothing was written."""
    said = rules.paragraphs(text)
    if said:
        Remark.objects.bulk_create(
            [Remark(ticket=row, seq=row.version, text=said, inside=inside, by=actor, at=at)]
        )


def needed(text: str, sentence: str) -> str:
    """Words without which the verb makes no sense. Refused `no_words`."""
    said = rules.paragraphs(text)
    if not said:
        raise Refused("no_words", sentence)
    return said


@action
def accept(*, code: str, seen: int, actor: str, at: datetime) -> Ticket:
    """Nhận xử lý: the organ says that it is its matter; whoever accepts works on it when nobody else does."""
    row = policy.take(code, actor=actor, verb=Verb.ACCEPT, at=at)
    check_seen(row, seen)
    row.state = move(row.state, Verb.ACCEPT)
    late = clocks.stop(row, Clock.TRIAGE, actor=actor, at=at)
    row.due_at, row.assignee = row.answer_due_at, row.assignee or actor
    record_on(row, events.ACCEPTED, at=at, actor=actor, data={"code": code, "late": late})
    return row


@action
def assign(*, code: str, to: str, seen: int, actor: str, at: datetime) -> Ticket:
    """Giao cho người xử lý của cơ quan. Refused `not_there` for somebody who holds no post in it on the day."""
    row = policy.take(code, actor=actor, verb=Verb.ASSIGN, at=at)
    check_seen(row, seen)
    move(row.state, Verb.ASSIGN)
    _works_there(row, to, at)
    before, row.assignee = row.assignee, to
    record_on(row, events.ASSIGNED, at=at, actor=actor, data={"code": code, "to": to, "from": before})
    return row


def _works_there(row: Ticket, officer: str, at: datetime) -> None:
    if not any(policy.holds(post, row) for post in posts_of.held(officer, today(at))):
        raise Refused(
            "not_there",
            gettext_noop("Người này không giữ vị trí nào ở cơ quan đang giữ phiếu. Xin chọn người khác."),
        )


@action
def sort_ticket(*, code: str, sorting: Sorting, seen: int, actor: str, at: datetime) -> Ticket:
    """Phân loại lại: kind, place, procedure, document. Refused `nothing_new`, `no_unit`, `not_found`."""
    row = policy.take(code, actor=actor, verb=Verb.SORT, at=at)
    check_seen(row, seen)
    move(row.state, Verb.SORT)
    changed = _sorted(row, sorting, at)
    if not changed:
        raise Refused("nothing_new", gettext_noop("Không có gì thay đổi."))
    record_on(row, events.SORTED, at=at, actor=actor, data={"code": code, "fields": changed})
    return row


def _sorted(row: Ticket, sorting: Sorting, at: datetime) -> list[str]:
    place = dossiers.place(sorting.unit, today(at)) if sorting.unit else None
    document = documents.document(sorting.document) if sorting.document else None
    wanted: dict[str, object] = {}
    if sorting.kind is not None:
        wanted["kind"] = sorting.kind.value
    if sorting.unit is not None:
        wanted |= {
            "unit_id": place.unit_id if place else None,
            "province_id": place.province_id if place else None,
        }
    if sorting.document is not None:
        wanted["document_id"] = document.pk if document else None
    if sorting.subject:
        wanted["subject"] = rules.words(sorting.subject, rules.LONGEST_SUBJECT)
    for name, value, longest in (
        ("procedure_code", sorting.procedure, 20), ("path", sorting.path, 200), ("field", sorting.field, 100)
    ):  # fmt: skip
        if value is not None:
            wanted[name] = rules.words(value, longest)
    changed = [name for name, value in wanted.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, wanted[name])
    return [name.removesuffix("_id") for name in changed]


@action
def ask_more(*, code: str, question: str, seen: int, actor: str, at: datetime) -> Ticket:
    """Yêu cầu bổ sung: the sender is asked; the answer's clock waits. Late after five working days, which is recorded."""
    row = policy.take(code, actor=actor, verb=Verb.ASK_MORE, at=at)
    check_seen(row, seen)
    said = needed(question, gettext_noop("Xin viết cần người gửi bổ sung điều gì."))
    row.back_to, row.state = State.IN_WORK, move(row.state, Verb.ASK_MORE)
    late = clocks.stop(row, Clock.TRIAGE, Clock.ASK, actor=actor, at=at)
    clocks.pause(row, actor=actor, at=at)
    row.asked, row.due_at, row.assignee = row.asked + 1, None, row.assignee or actor
    record_on(row, events.ASKED, at=at, actor=actor, data={"code": code, "n": row.asked, "late": late})
    remark(row, said, inside=False, actor=actor, at=at)
    return row


@action
def transfer(*, code: str, kind: str, unit: str, reason: str, seen: int, actor: str, at: datetime) -> Ticket:
    """Chuyển đến cơ quan có thẩm quyền: an organ (kind, uid of its unit or "vn") that exists on the day; clocks begin anew.

    Refused `no_organ_there`, `already_there`, `no_words` without a reason.
    """
    row = policy.take(code, actor=actor, verb=Verb.TRANSFER, at=at)
    check_seen(row, seen)
    said = needed(reason, gettext_noop("Xin viết lý do chuyển."))
    desk = queries.desk(kind, Subject(Kind(row.kind), unit=unit), today(at))
    if desk is None:
        raise Refused(
            "no_organ_there", gettext_noop("Không có cơ quan này vào hôm nay. Xin chọn cơ quan khác.")
        )
    if desk.pk == row.organ_id:
        raise Refused("already_there", gettext_noop("Phiếu đang ở chính cơ quan này."))
    row.state = move(row.state, Verb.TRANSFER)
    late = clocks.stop(row, Clock.ANSWER, Clock.ASK, Clock.TRIAGE, actor=actor, at=at)
    before = row.organ_id
    to_desk(row, desk, actor=actor, at=at)
    facts: dict[str, object] = {
        "code": code, "organ": desk.pk, "organ_name": desk.name, "from_organ": before,
        "from_name": units.organ(before, today(at)).name, "rule": "", "late": late,
        "due": clocks.due_text(row.answer_due_at),
    }  # fmt: skip
    record_on(row, events.TRANSFERRED, at=at, actor=actor, data=facts)
    remark(row, said, inside=True, actor=actor, at=at)
    return row


def to_desk(row: Ticket, desk: Desk, *, actor: str, at: datetime) -> None:
    """A new hop at an organ: whoever is on duty there, clocks from now."""
    force, here = queries.tables().on_duty(desk.pk, row.field, today(at))
    row.organ_id, row.hop, row.escalation = desk.pk, row.hop + 1, 0
    row.force_id = force.pk if force else None
    row.assignee = here[sum(row.code.encode()) % len(here)] if here else ""
    row.back_to, row.answer = "", None  # a draft of the organ before stays with its other tickets
    clocks.begin(row, actor=actor, at=at)


@action
def refuse(*, code: str, ground: Ground, reason: str, seen: int, actor: str, at: datetime) -> Ticket:
    """Từ chối có lý do: complaints and denunciations are led to their own law. Late after two working days."""
    row = policy.take(code, actor=actor, verb=Verb.REFUSE, at=at)
    check_seen(row, seen)
    said = needed(reason, gettext_noop("Xin viết lý do để người gửi biết phải làm gì tiếp."))
    row.state = move(row.state, Verb.REFUSE)
    late = clocks.stop(row, Clock.ANSWER, Clock.ASK, Clock.TRIAGE, actor=actor, at=at)
    row.ground, row.ended_at, row.due_at = ground.value, at, None
    row.late = row.late or late
    record_on(
        row, events.REFUSED, at=at, actor=actor, data={"code": code, "ground": ground.value, "late": late}
    )
    remark(row, said, inside=False, actor=actor, at=at)
    return row


@action
def note(*, code: str, text: str, seen: int, actor: str, at: datetime) -> Ticket:
    """Ghi chú nội bộ: never shown to the sender or the public."""
    row = policy.take(code, actor=actor, verb=Verb.NOTE, at=at)
    check_seen(row, seen)
    said = needed(text, gettext_noop("Xin viết ghi chú."))
    record_on(row, events.NOTED, at=at, actor=actor, data={"code": code})
    remark(row, said, inside=True, actor=actor, at=at)
    return row
