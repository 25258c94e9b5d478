"""Giờ mở cửa của nơi tiếp nhận: kept apart from the legal calendar; no deadline is reckoned from it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import connection

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.deadlines import events, policy
from haicap.domain.deadlines.models import OpeningHours
from haicap.domain.units import queries as units
from haicap.domain.units.models import Unit
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.actions import action, record

Week = Sequence[Sequence[tuple[int, int]]]
_CUT = (
    "UPDATE deadlines_openinghours SET valid = daterange(lower(valid), %s) "
    "WHERE unit_id = %s AND valid @> %s::date AND lower(valid) < %s"
)


def stream_of(unit_uid: str) -> str:
    """The stream of a unit's hours in the ledger."""
    return f"deadlines.hours:{unit_uid}"


@action
def set_opening_hours(
    *, unit_uid: str, week: Week, since: date, decision: str, actor: str, at: datetime
) -> OpeningHours:
    """Hours of a unit's counter from a day on: seven lists (Monday first) of [opens, closes) in minutes.

    Refused `bad_hours`, `not_found`, `not_yours`, `in_the_past` for a day that is over, `later_hours` when other
    hours are set from a later day.
    """
    policy.require_counter(actor, unit_uid, today(at))
    _judge(week)
    if since < today(at):
        raise Refused("in_the_past", gettext_noop("Giờ mở cửa chỉ đổi được từ hôm nay trở đi."))
    unit = Unit.objects.select_for_update().filter(uid=unit_uid).first()
    if unit is None or units.register().version(unit_uid, since) is None:
        raise Refused("not_found", gettext_noop("Không có đơn vị này vào ngày ấy."))
    if OpeningHours.objects.filter(unit=unit, valid__startswith__gte=since).exists():
        raise Refused(
            "later_hours", gettext_noop("Đã có giờ mở cửa ghi từ ngày ấy hoặc sau đó. Xin chọn ngày sau nữa.")
        )
    with connection.cursor() as cursor:
        cursor.execute(_CUT, [since, unit.pk, since, since])
    plain = [[list(span) for span in day] for day in week]
    stream = stream_of(unit_uid)
    data: dict[str, object] = {
        "unit": unit_uid,
        "since": since.isoformat(),
        "week": {str(n): d for n, d in enumerate(plain)},
    }
    head = record(
        stream=stream, head=ledger.head_of(stream), kind=events.HOURS_SET, at=at, actor=actor, data=data
    )
    return OpeningHours.objects.create(
        unit=unit,
        valid=(since, None),
        week=plain,
        decision=nfc(decision)[:200],
        version=head.version,
        head=head.hash,
    )


def _judge(week: Week) -> None:
    fits = len(week) == 7
    for day in week:
        ends = [minute for span in day for minute in span]
        fits = fits and len(day) <= 3 and all(len(s) == 2 for s in day)
        fits = fits and ends == sorted(set(ends)) and all(0 <= m <= 1440 for m in ends)
    if not fits:
        raise Refused(
            "bad_hours",
            gettext_noop("Giờ mở cửa phải theo thứ tự trong ngày, ví dụ 07:30-11:30, 13:30-17:00."),
        )
