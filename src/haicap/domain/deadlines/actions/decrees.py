"""Văn bản lịch: drafted as a table, enacted by another person, withdrawn when it falls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.deadlines import events, policy, queries
from haicap.domain.deadlines.actions.calendar import ask_recompute, lock_head
from haicap.domain.deadlines.models import CalendarDay, CalendarDecree, CalendarYear, DecreeDay
from haicap.domain.deadlines.models.calendar import KINDS
from haicap.domain.deadlines.states import DecreeState, DecreeVerb, move_decree
from haicap.kernel.ledger.actions import action, record
from haicap.kernel.ledger.chain import Head
from haicap.kernel.ledger.kinds import Kind

MOST_DAYS = 120  # of one decree; more is a table of something else
_SUPERSEDE_DAYS = (
    "UPDATE deadlines_calendarday SET superseded_at = %s, superseded_by_id = %s "
    'WHERE superseded_at IS NULL AND "on" = ANY(%s)'
)
_SUPERSEDE_YEAR = (
    "UPDATE deadlines_calendaryear SET superseded_at = %s WHERE superseded_at IS NULL AND made_by_id = %s"
)
# What comes back when a decree is withdrawn: the rows it had replaced hold again, as new beliefs.
_REOPEN = """
INSERT INTO deadlines_calendarday ("on", kind, name, document, evidence, note, made_by_id, recorded_at)
SELECT "on", kind, name, document, evidence, note, made_by_id, %(at)s FROM deadlines_calendarday
WHERE superseded_by_id = %(decree)s AND id NOT IN (SELECT unnest(%(own)s::bigint[]))
"""


@dataclass(frozen=True, slots=True)
class Line:
    """Dòng: a day and what it is (models KINDS); name as people call it; place in the document."""

    on: date
    kind: str
    name: str = ""
    clause: str = ""


def _record(decree: CalendarDecree, kind: Kind, *, at: datetime, actor: str, data: dict[str, object]) -> None:
    head = record(
        stream=decree.stream, head=Head(decree.version, bytes(decree.head)), kind=kind, at=at, actor=actor, data=data,
    )  # fmt: skip
    decree.version, decree.head = head.version, head.hash
    decree.save()


def _number(number: str) -> str:
    text = nfc(number)
    if not text or len(text) > 60 or "/" not in text:
        raise Refused(
            "bad_number", gettext_noop("Số văn bản phải ghi đủ như trên văn bản, ví dụ 28/2026/QH16.")
        )
    return text


def _opens(year: int | None) -> int | None:
    """A new year must follow or precede the known ones. Refused `year_gap`, `year_known`."""
    if year is None:
        return None
    first, last = queries.calendar().years
    if first <= year <= last:
        raise Refused(
            "year_known",
            gettext_noop("Năm %(year)s đã có lịch; để trống ô này và chỉ ghi những ngày thay đổi."),
            params={"year": year},
        )
    if year not in (first - 1, last + 1):
        raise Refused(
            "year_gap",
            gettext_noop("Lịch có từ %(first)s đến %(last)s; năm mới phải liền trước hoặc liền sau."),
            params={"first": first, "last": last},
        )
    return year


@action
def draft_decree(
    *, number: str, issuer: str, title: str, signed_on: date | None, opens_year: int | None,
    actor: str, at: datetime,
) -> CalendarDecree:  # fmt: skip
    """Begin a draft. Refused `bad_number`, `not_yours`, `year_known`, `year_gap`."""
    policy.require(actor, policy.Verb.DRAFT_CALENDAR, today(at))
    decree = CalendarDecree.objects.create(
        number=_number(number), issuer=nfc(issuer)[:200], title=nfc(title)[:1000], signed_on=signed_on,
        opens_year=_opens(opens_year), drafted_by=actor,
    )  # fmt: skip
    _record(decree, events.DECREE_DRAFTED, at=at, actor=actor, data={"number": decree.number})
    return decree


def _changing(pk: int, *, seen: int, actor: str, at: datetime) -> CalendarDecree:
    decree = policy.take_decree(pk, actor=actor, verb=DecreeVerb.CHANGE, at=at)
    move_decree(DecreeState(decree.state), DecreeVerb.CHANGE, version=decree.version, seen=seen)
    return decree


@action
def change_decree(
    *, pk: int, seen: int, number: str, issuer: str, title: str, signed_on: date | None,
    opens_year: int | None, actor: str, at: datetime,
) -> CalendarDecree:  # fmt: skip
    """Change the facts of a draft."""
    decree = _changing(pk, seen=seen, actor=actor, at=at)
    decree.number, decree.issuer, decree.title = _number(number), nfc(issuer)[:200], nfc(title)[:1000]
    decree.signed_on, decree.opens_year = signed_on, _opens(opens_year)
    data: dict[str, object] = {"what": "facts", "days": decree.days.count()}
    _record(decree, events.DECREE_CHANGED, at=at, actor=actor, data=data)
    return decree


@action
def put_days(*, pk: int, seen: int, days: Sequence[Line], actor: str, at: datetime) -> CalendarDecree:
    """Replace all days of a draft. Refused `bad_day` for a day twice, an unknown kind, a name that is missing."""
    decree = _changing(pk, seen=seen, actor=actor, at=at)
    _judge(days)
    decree.days.all().delete()
    DecreeDay.objects.bulk_create(
        DecreeDay(decree=decree, on=d.on, kind=d.kind, name=nfc(d.name)[:200], clause=nfc(d.clause)[:200])
        for d in sorted(days, key=lambda d: d.on)
    )
    data: dict[str, object] = {"what": "table", "days": len(days)}
    _record(decree, events.DECREE_CHANGED, at=at, actor=actor, data=data)
    return decree


def _judge(days: Sequence[Line]) -> None:
    if len(days) > MOST_DAYS:
        raise Refused(
            "bad_day", gettext_noop("Bảng có quá %(most)s ngày. Xin xem lại."), params={"most": MOST_DAYS}
        )
    seen: set[date] = set()
    for day in days:
        shown = {"day": f"{day.on:%d/%m/%Y}"}
        if day.on in seen:
            raise Refused("bad_day", gettext_noop("Ngày %(day)s có hai lần. Xin bỏ một."), params=shown)
        seen.add(day.on)
        if day.kind not in KINDS:
            raise Refused(
                "bad_day", gettext_noop("Ngày %(day)s thiếu loại. Xin chọn một loại."), params=shown
            )
        if day.kind != "ordinary" and not day.name.strip():
            raise Refused(
                "bad_day", gettext_noop("Ngày %(day)s thiếu tên, ví dụ “Quốc khánh”."), params=shown
            )
        if day.kind == "working" and day.on.weekday() < 5:
            raise Refused(
                "bad_day",
                gettext_noop("Ngày %(day)s vốn là ngày làm việc. “Làm bù” chỉ dùng cho thứ Bảy, Chủ nhật."),
                params=shown,
            )


@action
def drop_decree(*, pk: int, seen: int, actor: str, at: datetime) -> CalendarDecree:
    """Give up a draft; it stays readable."""
    decree = policy.take_decree(pk, actor=actor, verb=DecreeVerb.DROP, at=at)
    decree.state = move_decree(DecreeState(decree.state), DecreeVerb.DROP, version=decree.version, seen=seen)
    _record(decree, events.DECREE_DROPPED, at=at, actor=actor, data={"number": decree.number})
    return decree


@action
def enact_decree(*, pk: int, seen: int, actor: str, at: datetime) -> CalendarDecree:
    """Make a draft count: its days replace what held, a new version of the calendar, a recompute asked for.

    Refused `same_person` for the drafter, `no_days` for an empty one, `outside_years`, `already_enacted`.
    """
    decree = policy.take_decree(pk, actor=actor, verb=DecreeVerb.ENACT, at=at)
    decree.state = move_decree(DecreeState(decree.state), DecreeVerb.ENACT, version=decree.version, seen=seen)
    head = lock_head()
    queries.calendar_now()
    _opens(decree.opens_year)
    days = list(decree.days.order_by("on"))
    _fits(decree, days)
    if decree.opens_year is not None:
        CalendarYear.objects.create(year=decree.opens_year, made_by=decree, recorded_at=at)
    with connection.cursor() as cursor:
        cursor.execute(_SUPERSEDE_DAYS, [at, decree.pk, [d.on for d in days]])
    CalendarDay.objects.bulk_create(_row(decree, day, at) for day in days)
    since = min([d.on for d in days] + ([date(decree.opens_year, 1, 1)] if decree.opens_year else []))
    number = ask_recompute(head, decree=decree.pk, since_on=since, actor=actor, at=at)
    decree.enacted_at = at
    data: dict[str, object] = {"number": decree.number, "days": len(days), "generation": number}
    _record(decree, events.DECREE_ENACTED, at=at, actor=actor, data=data)
    return decree


def _row(decree: CalendarDecree, day: DecreeDay, at: datetime) -> CalendarDay:
    document = f"{decree.number}, {day.clause}" if day.clause else decree.number
    return CalendarDay(
        on=day.on, kind=day.kind, name=day.name, document=document, evidence="confirmed", made_by=decree, recorded_at=at
    )  # fmt: skip


def _fits(decree: CalendarDecree, days: Sequence[DecreeDay]) -> None:
    if not days:
        raise Refused("no_days", gettext_noop("Văn bản chưa có ngày nào. Xin nhập các ngày trước."))
    first, last = queries.calendar().years
    years = {*range(first, last + 1), decree.opens_year}
    outside = next((d.on for d in days if d.on.year not in years), None)
    if outside is not None:
        raise Refused(
            "outside_years",
            gettext_noop(
                "Ngày %(day)s thuộc năm chưa có lịch. Ghi năm ấy ở ô “Mở lịch năm” hoặc bỏ ngày này."
            ),
            params={"day": f"{outside:%d/%m/%Y}"},
        )
    same = CalendarDecree.objects.filter(
        number=decree.number, issuer=decree.issuer, state=DecreeState.ENACTED
    )
    if same.exists():
        raise Refused(
            "already_enacted",
            gettext_noop("Văn bản này đã được ghi. Nếu ghi sai, xin thu hồi rồi ghi lại."),
        )


@action
def withdraw_decree(*, pk: int, seen: int, reason: str, actor: str, at: datetime) -> CalendarDecree:
    """Take a decree back: what it had replaced holds again, a new version of the calendar, a recompute asked for.

    Refused `built_upon` when a later decree changed one of its days or rests in the year it opened.
    """
    decree = policy.take_decree(pk, actor=actor, verb=DecreeVerb.WITHDRAW, at=at)
    decree.state = move_decree(
        DecreeState(decree.state), DecreeVerb.WITHDRAW, version=decree.version, seen=seen
    )
    head = lock_head()
    own = list(CalendarDay.objects.filter(made_by=decree, superseded_at=None).values_list("pk", "on"))
    year = queries.opened_year(decree.pk)
    _nothing_rests_on(decree, len(own), year)
    with connection.cursor() as cursor:
        cursor.execute(_SUPERSEDE_DAYS, [at, decree.pk, [on for _, on in own]])
        cursor.execute(_REOPEN, {"decree": decree.pk, "at": at, "own": [i for i, _ in own]})
        cursor.execute(_SUPERSEDE_YEAR, [at, decree.pk])
    since = min([on for _, on in own] + ([date(year, 1, 1)] if year else []))
    number = ask_recompute(head, decree=decree.pk, since_on=since, actor=actor, at=at)
    data: dict[str, object] = {
        "number": decree.number, "reason": nfc(reason)[:300] or "–", "generation": number,
    }  # fmt: skip
    _record(decree, events.DECREE_WITHDRAWN, at=at, actor=actor, data=data)
    return decree


def _nothing_rests_on(decree: CalendarDecree, own: int, year: int | None) -> None:
    made = decree.days.count()
    strangers = CalendarDay.objects.filter(superseded_at=None).exclude(made_by=decree)
    first, last = queries.calendar_now().years
    if own != made or (
        year is not None and (strangers.filter(on__year=year).exists() or first < year < last)
    ):
        raise Refused(
            "built_upon",
            gettext_noop("Văn bản sau đã thay đổi tiếp các ngày này. Xin thu hồi văn bản sau trước."),
        )
