"""Bổ nhiệm: posts and the people who hold them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from psycopg.types.range import DateRange

from haicap.base.dates import show_date
from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.units import events, policy
from haicap.domain.units.models import Appointment, Organ, Post
from haicap.domain.units.organs import Role
from haicap.kernel.accounts.models import User
from haicap.kernel.accounts.states import UserKind
from haicap.kernel.ledger.actions import action, record
from haicap.kernel.ledger.chain import Head

SYSTEM = "system"  # installs the first officers of a new platform; no person signs in as it


def _organ(pk: int, *, actor: str, at: datetime) -> Organ:
    if actor == SYSTEM:
        return Organ.objects.get(pk=pk)
    return policy.take_organ(pk, actor=actor, at=at)


@action
def create_post(*, organ: int, role: Role, title: str, single: bool, actor: str, at: datetime) -> Post:
    """A seat in an organ. Refused `not_yours`, `no_title`, `post_exists`."""
    place = _organ(organ, actor=actor, at=at)
    title = nfc(title)[:120]
    if not title:
        raise Refused(
            "no_title", gettext_noop("Thiếu tên vị trí, ví dụ “Giám đốc” hoặc “Công chức tư pháp - hộ tịch”.")
        )
    if Post.objects.filter(organ=place, title=title).exists():
        raise Refused("post_exists", gettext_noop("Cơ quan đã có vị trí này."))
    post = Post.objects.create(organ=place, role=role, title=title, single=single)
    data: dict[str, object] = {"role": role.value, "organ": f"{place.kind}:{place.pk}"}
    record(
        stream=f"units.post:{post.pk}", head=Head(), kind=events.POST_CREATED, at=at, actor=actor, data=data
    )
    return post


@action
def appoint(
    *, post: int, officer: str, since: date, until: date | None, decision: str, actor: str, at: datetime
) -> Appointment:
    """An officer (public id) holds a post on [since, until), by a decision.

    Refused `not_yours`, `not_an_officer`, `bad_span`, `outside_organ`, `no_decision`, `post_taken`.
    """
    seat = Post.objects.select_related("organ").filter(pk=post).first()
    if seat is None:
        raise Refused("not_found", gettext_noop("Không có vị trí này."))
    organ = _organ(seat.organ_id, actor=actor, at=at)
    person = _officer(officer)
    decision = nfc(decision)[:80]
    _check_span(organ, since, until)
    if not decision:
        raise Refused("no_decision", gettext_noop("Thiếu số quyết định bổ nhiệm."))
    try:
        with transaction.atomic():
            made = Appointment.objects.create(
                post=seat,
                officer=person,
                valid=DateRange(since, until, "[)"),
                decision=decision,
                single=seat.single,
            )
    except IntegrityError as error:
        raise Refused(
            "post_taken",
            gettext_noop(
                "Vị trí này đã có người giữ, hoặc người này đã giữ nó, vào một phần thời gian trên."
            ),
        ) from error
    data: dict[str, object] = {
        "post": seat.pk, "officer": str(person.public_id), "since": show_date(since), "until": show_date(until),
    }  # fmt: skip
    head = record(
        stream=made.stream, head=Head(), kind=events.OFFICER_APPOINTED, at=at, actor=actor, data=data
    )
    _keep(made, head)
    return made


def _keep(made: Appointment, head: Head) -> None:
    made.version, made.head = head.version, head.hash
    made.save(update_fields=["version", "head", "valid"])


def _officer(public_id: str) -> User:
    try:
        person = User.objects.filter(public_id=UUID(public_id), kind=UserKind.OFFICER, is_active=True).first()
    except ValueError:
        person = None
    if person is None:
        raise Refused("not_an_officer", gettext_noop("Không có cán bộ này, hoặc tài khoản đã khóa."))
    return person


def _check_span(organ: Organ, since: date, until: date | None) -> None:
    if until is not None and until <= since:
        raise Refused("bad_span", gettext_noop("Ngày thôi giữ phải sau ngày bắt đầu."))
    ends: date | None = organ.valid.upper
    if (organ.valid.lower is not None and since < organ.valid.lower) or (ends is not None and since >= ends):
        raise Refused(
            "outside_organ",
            gettext_noop("Cơ quan chỉ hoạt động từ %(start)s đến %(end)s."),
            params={"start": show_date(organ.valid.lower), "end": show_date(ends) or "nay"},
        )


@action
def end_appointment(*, pk: int, seen: int, until: date, actor: str, at: datetime) -> Appointment:
    """The officer holds the post until (not including) a day. Refused `stale`, `bad_span`, `not_yours`."""
    held = policy.take_appointment(pk, actor=actor, at=at)
    if seen != held.version:
        raise Refused(
            "stale",
            gettext_noop("Nội dung này đã thay đổi từ khi bạn mở trang. Xin tải lại trang rồi làm lại."),
        )
    if until <= held.valid.lower or (held.valid.upper is not None and until > held.valid.upper):
        raise Refused("bad_span", gettext_noop("Ngày thôi giữ phải nằm trong thời gian bổ nhiệm."))
    held.valid = DateRange(held.valid.lower, until, "[)")
    data: dict[str, object] = {
        "post": held.post_id, "officer": str(held.officer.public_id), "until": show_date(until),
    }  # fmt: skip
    head = Head(held.version, bytes(held.head))
    _keep(
        held,
        record(stream=held.stream, head=head, kind=events.APPOINTMENT_ENDED, at=at, actor=actor, data=data),
    )
    return held
