"""Sự cố: opened by rule or by hand, acknowledged, told about, resolved, reopened, written up."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import connection

from haicap.base.dates import today
from haicap.base.personal import hidden
from haicap.base.refused import Refused
from haicap.base.text import nfc
from haicap.base.words import gettext_noop
from haicap.domain.feedback import systems_policy as policy
from haicap.domain.feedback.models.systems import Incident, IncidentNote, System
from haicap.domain.feedback.uptime import events, states
from haicap.domain.feedback.uptime.states import UNRESOLVED, Cause, Impact, IncidentVerb
from haicap.kernel.ledger.actions import action
from haicap.kernel.ledger.actions.rows import check_seen, record_on

LONGEST = 4000
_ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@action
def open_incident(
    *, system: str, impact: Impact, text: str, since: datetime, actor: str, at: datetime, ticket: str = ""
) -> Incident:
    """Mở sự cố bằng tay, also from a ticket. Refused `not_found`, `not_yours`, `no_words`, `too_long`, `bad_span`."""
    row = policy.take_system(system, actor=actor, at=at)
    if since > at:
        raise Refused("bad_span", gettext_noop("Sự cố không thể bắt đầu sau lúc này."))
    return _opened(
        row,
        cause=Cause.HAND,
        impact=impact,
        why="",
        text=in_words(text),
        since=since,
        ticket=ticket,
        actor=actor,
        at=at,
    )


@action
def open_by_rule(
    *, system: str, cause: Cause, why: str, since: datetime, actor: str, at: datetime
) -> Incident:
    """Mở hoặc mở lại theo quy tắc: so many failed checks, or a certificate near its end.

    An outage within the calm minutes of the last one reopens that. Refused `not_found`, `not_yours`, `already` (open).
    """
    row = policy.take_system(system, actor=actor, at=at)
    last = Incident.objects.filter(system=row, cause=cause.value).order_by("-opened_at", "-pk").first()
    if last is not None and last.state in UNRESOLVED:
        raise Refused("already", gettext_noop("Sự cố này đang mở."))
    if last is not None and last.resolved_at and states.flapping(at - last.resolved_at, row.calm_minutes):
        return _reopened(
            policy.take_incident(last.code, actor=actor, at=at), why=why, by_rule=True, actor=actor, at=at
        )
    impact = Impact.DOWN if cause is Cause.PROBE else Impact.WARNING
    return _opened(
        row, cause=cause, impact=impact, why=why, text="", since=since, ticket="", actor=actor, at=at
    )


@action
def acknowledge_incident(*, code: str, seen: int, actor: str, at: datetime) -> Incident:
    """Nhận xử lý. Refused `not_found`, `not_yours`, `stale`, `not_now`."""
    row = _taken(code, IncidentVerb.ACKNOWLEDGE, seen, actor, at)
    row.owner, row.acknowledged_at = actor, row.acknowledged_at or at
    data: dict[str, object] = {"code": code, "seconds": _seconds(row.acknowledged_at - row.opened_at)}
    record_on(row, events.INCIDENT_ACKNOWLEDGED, at=at, actor=actor, data=data)
    return row


@action
def note_incident(*, code: str, text: str, public: bool, seen: int, actor: str, at: datetime) -> Incident:
    """Ghi diễn biến; public ones stand on the status page. Refused as above, `no_words`, `too_long`."""
    row = _taken(code, IncidentVerb.NOTE, seen, actor, at)
    note = IncidentNote(incident=row, at=at, actor=actor, text=in_words(text), public=public)
    IncidentNote.objects.bulk_create([note])
    record_on(row, events.INCIDENT_NOTED, at=at, actor=actor, data={"code": code, "public": public})
    return row


@action
def resolve_incident(*, code: str, seen: int, actor: str, at: datetime) -> Incident:
    """Khắc phục xong. Refused `not_found`, `not_yours`, `stale`, `not_now`."""
    row = _taken(code, IncidentVerb.RESOLVE, seen, actor, at)
    row.resolved_at = max(at, row.opened_at)
    by_rule = actor == policy.SYSTEM
    data: dict[str, object] = {
        "code": code, "seconds": _seconds(row.resolved_at - row.opened_at), "by_rule": by_rule
    }  # fmt: skip
    record_on(row, events.INCIDENT_RESOLVED, at=at, actor=actor, data=data)
    return row


@action
def reopen_incident(*, code: str, why: str, seen: int, actor: str, at: datetime) -> Incident:
    """Mở lại: it was not mended. Refused `not_found`, `not_yours`, `stale`, `not_now`, `already`."""
    row = policy.take_incident(code, actor=actor, at=at)
    check_seen(row, seen)
    others = Incident.objects.filter(system=row.system, cause=row.cause, state__in=list(UNRESOLVED))
    if row.cause != Cause.HAND and others.exclude(pk=row.pk).exists():
        raise Refused("already", gettext_noop("Hệ thống này đang có sự cố khác cùng nguyên nhân đang mở."))
    return _reopened(row, why=hidden(nfc(why[:1000]))[:200], by_rule=False, actor=actor, at=at)


@action
def write_up_incident(*, code: str, text: str, seen: int, actor: str, at: datetime) -> Incident:
    """Nguyên nhân và bài học, once it is over; may be written anew. Refused as above, `no_words`, `too_long`."""
    row = _taken(code, IncidentVerb.WRITE_UP, seen, actor, at)
    row.write_up = in_words(text)
    record_on(row, events.INCIDENT_WRITTEN_UP, at=at, actor=actor, data={"code": code})
    return row


def in_words(text: str) -> str:
    """The text, neither empty nor too long. Refused `no_words`, `too_long`."""
    words = nfc(text.replace("\0", "")).strip()
    if not words:
        raise Refused("no_words", gettext_noop("Xin viết bằng lời."))
    if len(words) > LONGEST:
        raise Refused("too_long", gettext_noop("Xin viết không quá %(n)s ký tự."), params={"n": LONGEST})
    return words


def _opened(
    system: System, *, cause: Cause, impact: Impact, why: str, text: str, since: datetime, ticket: str, actor: str,
    at: datetime,
) -> Incident:  # fmt: skip
    year = today(at).year
    row = Incident(
        code=f"SC-{year}-{_next(year):04d}", system=system, cause=cause.value, impact=impact.value, why=why[:200],
        text=text, ticket=ticket, opened_by=actor, opened_at=since,
    )  # fmt: skip
    data: dict[str, object] = {
        "code": row.code, "system": system.code, "cause": row.cause, "impact": row.impact, "why": row.why,
        "ticket": ticket, "since": since.isoformat(),
    }  # fmt: skip
    record_on(row, events.INCIDENT_OPENED, at=at, actor=actor, data=data)
    return row


def _reopened(row: Incident, *, why: str, by_rule: bool, actor: str, at: datetime) -> Incident:
    row.state = states.move(row.state, IncidentVerb.REOPEN).value
    row.resolved_at, row.reopened, row.owner = None, row.reopened + 1, ""
    data: dict[str, object] = {"code": row.code, "by_rule": by_rule, "why": why}
    record_on(row, events.INCIDENT_REOPENED, at=at, actor=actor, data=data)
    return row


def _taken(code: str, verb: IncidentVerb, seen: int, actor: str, at: datetime) -> Incident:
    row = policy.take_incident(code, actor=actor, at=at)
    check_seen(row, seen)
    row.state = states.move(row.state, verb).value
    return row


def _next(year: int) -> int:
    """The next number of the year, one writer at a time."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE_AT_A_TIME, [f"feedback.incidents:{year}"])
    last = Incident.objects.filter(code__startswith=f"SC-{year}-").order_by("-pk").first()
    return int(last.code.rsplit("-", 1)[1]) + 1 if last else 1


def _seconds(span: timedelta) -> int:
    return max(int(span.total_seconds()), 0)
