"""Tổ công tác thường trực: set up, on duty, away, hand over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from psycopg.types.range import DateRange

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.dossiers.policy import COMMUNE_WORK, PROVINCE_WORK
from haicap.domain.feedback import events, policy, rules
from haicap.domain.feedback.actions.filing import fresh
from haicap.domain.feedback.actions.routes import days_text, overlapping
from haicap.domain.feedback.models import Absence, Duty, Force, RoutesHead, Ticket
from haicap.domain.feedback.states import OPEN
from haicap.domain.units import policy as posts_of
from haicap.domain.units.policy import Held
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.actions import action, record
from haicap.kernel.ledger.actions.rows import changed, check_seen, lock_head, record_on


def _days(since: date, until: date | None) -> DateRange:
    if until is not None and until <= since:
        raise Refused("bad_days", gettext_noop("Ngày kết thúc phải sau ngày bắt đầu."))
    return DateRange(since, until)


@action
def set_up_force(
    *, organ: int, name: str, since: date, actor: str, at: datetime, fields: Sequence[str] = (), phone: str = "",
    until: date | None = None,
) -> Force:  # fmt: skip
    """Lập tổ công tác của một cơ quan (key of the organ), by its leaders. Refused `not_yours`, `no_words`, `bad_days`."""
    policy.require_roster(actor, organ, today(at))
    said = rules.words(name, 200)
    if not said:
        raise Refused("no_words", gettext_noop("Xin đặt tên tổ công tác."))
    head = lock_head(RoutesHead)
    row = Force(
        code=f"tct-{fresh(6).lower()}", name=said, organ_id=organ, fields=[rules.words(f, 100) for f in fields if f.strip()],
        phone=rules.words(phone, 40), valid=_days(since, until),
    )  # fmt: skip
    record_on(
        row, events.FORCE_SET_UP, at=at, actor=actor, data={"code": row.code, "name": said, "organ": organ}
    )
    changed(head)
    return row


@action
def end_force(*, code: str, until: date, seen: int, actor: str, at: datetime) -> Force:
    """The force answers no more from `until` on; tickets go to the organ itself."""
    row = policy.take_force(code, actor=actor, at=at)
    check_seen(row, seen)
    head = lock_head(RoutesHead)
    row.valid = _days(row.valid.lower, until)
    record_on(row, events.FORCE_ENDED, at=at, actor=actor, data={"code": code})
    changed(head)
    return row


@action
def put_on_duty(
    *, code: str, officer: str, since: date, until: date | None, seen: int, actor: str, at: datetime
) -> Force:
    """Phân công trực: an officer of the organ on days [since, until). Refused `not_there`, `already_on`, `bad_days`."""
    row = policy.take_force(code, actor=actor, at=at)
    check_seen(row, seen)
    if row.organ_id not in {post.organ_id for post in posts_of.held(officer, max(since, today(at)))}:
        raise Refused(
            "not_there",
            gettext_noop("Người này không giữ vị trí nào ở cơ quan vào ngày trực. Xin chọn người khác."),
        )
    days = _days(since, until)
    if Duty.objects.filter(
        overlapping(since, until), force=row, officer=officer, ended_at__isnull=True
    ).exists():
        raise Refused("already_on", gettext_noop("Người này đã có lịch trực trong những ngày ấy."))
    head = lock_head(RoutesHead)
    data: dict[str, object] = {
        "code": code,
        "officer": officer,
        "days": days_text(since, until),
        "change": "on",
    }
    record_on(row, events.FORCE_ROSTERED, at=at, actor=actor, data=data)
    Duty.objects.bulk_create([Duty(force=row, officer=officer, days=days)])
    changed(head)
    return row


@action
def take_off_duty(*, code: str, duty: int, seen: int, actor: str, at: datetime) -> Force:
    """Take a line off the roster. Refused `not_found`."""
    row = policy.take_force(code, actor=actor, at=at)
    check_seen(row, seen)
    line = Duty.objects.filter(pk=duty, force=row, ended_at__isnull=True).first()
    if line is None:
        raise Refused("not_found", gettext_noop("Không có dòng trực này."))
    head = lock_head(RoutesHead)
    line.ended_at = at
    line.save(update_fields=["ended_at"])
    data: dict[str, object] = {
        "code": code, "officer": line.officer, "days": days_text(line.days.lower, line.days.upper), "change": "off"
    }  # fmt: skip
    record_on(row, events.FORCE_ROSTERED, at=at, actor=actor, data=data)
    changed(head)
    return row


@action
def note_absence(
    *, officer: str, since: date, until: date | None, stand_in: str, actor: str, at: datetime
) -> Absence:
    """Vắng mặt: by the officer, or a leader of an organ they work in; a stand-in takes what would come to them.

    Refused `not_yours`, `not_there` (a stand-in of another house: they would be handed what they may not see),
    `same_person`, `bad_days`.
    """
    on = today(at)
    theirs = posts_of.held(officer, on)
    if actor != officer and not any(policy.may_roster(posts_of.held(actor, on), p.organ_id) for p in theirs):
        raise policy.not_yours()
    if not theirs or (stand_in and not _together(theirs, posts_of.held(stand_in, on))):
        raise Refused(
            "not_there", gettext_noop("Người này không giữ vị trí nào vào ngày ấy. Xin chọn người khác.")
        )
    if stand_in == officer:
        raise Refused("same_person", gettext_noop("Người thay thế phải là người khác."))
    head = lock_head(RoutesHead)
    row = Absence.objects.create(officer=officer, stand_in=stand_in, days=_days(since, until))
    stream = f"feedback.absence:{officer}"
    data: dict[str, object] = {"officer": officer, "days": days_text(since, until), "stand_in": stand_in}
    record(
        stream=stream, head=ledger.head_of(stream), kind=events.ABSENCE_NOTED, at=at, actor=actor, data=data
    )
    changed(head)
    return row


def _together(one: Iterable[Held], other: Iterable[Held]) -> bool:
    """Whether two officers are of one organ, or of one house."""
    houses, theirs = (frozenset(COMMUNE_WORK), frozenset(PROVINCE_WORK)), tuple(other)
    return any(
        p.organ_id == q.organ_id
        or (p.unit_uid == q.unit_uid and any({p.organ_kind, q.organ_kind} <= house for house in houses))
        for p in one
        for q in theirs
    )


@action
def hand_over(*, organ: int, giver: str, taker: str, actor: str, at: datetime) -> int:
    """Bàn giao: every open ticket of one officer of the organ to another; how many. By the giver or a leader.

    Refused `not_yours`, `not_there`, `nothing_new` when there is none.
    """
    on = today(at)
    if actor != giver:
        policy.require_roster(actor, organ, on)
    if organ not in {post.organ_id for post in posts_of.held(taker, on)}:
        raise Refused(
            "not_there", gettext_noop("Người nhận không giữ vị trí nào ở cơ quan này. Xin chọn người khác.")
        )
    rows = (
        Ticket.objects.select_for_update()
        .filter(organ_id=organ, assignee=giver, state__in=list(OPEN))
        .order_by("pk")
    )
    held = list(rows)
    if not held or giver == taker:
        raise Refused("nothing_new", gettext_noop("Không có phiếu nào để bàn giao."))
    for row in held:
        row.assignee = taker
        data: dict[str, object] = {"code": row.code, "to": taker, "from": giver}
        record_on(row, events.ASSIGNED, at=at, actor=actor, data=data, fields=["assignee"])
    stream = f"feedback.handing:{organ}"
    facts: dict[str, object] = {"organ": organ, "from": giver, "to": taker, "tickets": len(held)}
    record(
        stream=stream, head=ledger.head_of(stream), kind=events.HANDED_OVER, at=at, actor=actor, data=facts
    )
    return len(held)
