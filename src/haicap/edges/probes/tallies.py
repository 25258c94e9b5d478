"""Ghi kết quả: a check becomes a streak and a count of its day; the streak opens and ends incidents by rule."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db import connection, transaction

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.domain.feedback.actions import incidents
from haicap.domain.feedback.queries import systems
from haicap.domain.feedback.queries.systems import SystemLine
from haicap.domain.feedback.uptime.states import SUCCESSES, Cause
from haicap.edges.probes.models import Check, Day, Watch
from haicap.edges.probes.states import Result, State

log = logging.getLogger("haicap.probes")
ACTOR = "system"
KEPT = timedelta(days=7)
KEPT_DAYS = timedelta(days=800)
SOON = {"already", "stale", "not_now", "not_found"}  # somebody else was faster: the next check looks again
_COUNT = """
INSERT INTO probes_day ("system", "on", good, failed, ms, slowest) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT ("system", "on") DO UPDATE SET good = probes_day.good + excluded.good,
  failed = probes_day.failed + excluded.failed, ms = probes_day.ms + excluded.ms,
  slowest = greatest(probes_day.slowest, excluded.slowest)
"""


def record(result: Result, *, next_at: datetime) -> State:
    """Keep one result and follow the rules; the state the system is in then. An older result than the last is only counted."""
    with transaction.atomic():
        watch = _watch(result.system, next_at)
        _count(result)
        if watch.last_at is not None and watch.last_at >= result.at:
            return State(watch.state)
        _step(watch, result)
        watch.next_at = next_at
        watch.save()
    _follow(watch, result)
    return State(watch.state)


def _watch(system: str, next_at: datetime) -> Watch:
    Watch.objects.bulk_create([Watch(system=system, next_at=next_at)], ignore_conflicts=True)
    return Watch.objects.select_for_update().get(pk=system)


def _count(result: Result) -> None:
    Check.objects.create(
        system=result.system, at=result.at, why=result.why.value, detail=result.detail[:200], ms=result.ms
    )
    ms = result.ms if result.ok else 0
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [result.system, today(result.at), int(result.ok), int(not result.ok), ms, ms])


def _step(watch: Watch, result: Result) -> None:
    state = State.UP if result.ok else State.DOWN
    if watch.state != state:
        watch.state, watch.streak, watch.since = state.value, 0, result.at
    watch.streak += 1
    watch.last_at, watch.ms, watch.why, watch.detail = (
        result.at,
        result.ms,
        result.why.value,
        result.detail[:200],
    )
    if result.until is not None:
        watch.certificate_until = result.until


def _follow(watch: Watch, result: Result) -> None:
    """Open and end incidents; what somebody else did in the meantime is left to the next check."""
    try:
        line = systems.system(watch.system)
    except Refused:
        return  # taken off the list
    with _unless_faster():
        _outage(watch, line, result)
    with _unless_faster():
        _certificate(watch, line, result)


@contextlib.contextmanager
def _unless_faster() -> Iterator[None]:
    try:
        yield
    except Refused as refused:
        if refused.code not in SOON:
            raise


def _outage(watch: Watch, line: SystemLine, result: Result) -> None:
    """So many failures in a row open an outage, unless work was announced; two good checks end it."""
    found = systems.unresolved(line.code, Cause.PROBE)
    if watch.state == State.DOWN and found is None and watch.streak >= line.failures:
        if not systems.working_on(line.code, result.at):
            incidents.open_by_rule(
                system=line.code, cause=Cause.PROBE, why=result.why.value, since=watch.since or result.at, actor=ACTOR,
                at=result.at,
            )  # fmt: skip
    if watch.state == State.UP and found is not None and watch.streak >= SUCCESSES:
        incidents.resolve_incident(code=found.code, seen=found.version, actor=ACTOR, at=result.at)


def _certificate(watch: Watch, line: SystemLine, result: Result) -> None:
    """A warning from so many days before the certificate ends until there is a new one."""
    if result.until is None:
        return
    soon = result.until - result.at <= timedelta(days=line.certificate_days)
    found = systems.unresolved(line.code, Cause.CERTIFICATE)
    if soon and found is None and line.certificate_days:
        incidents.open_by_rule(
            system=line.code, cause=Cause.CERTIFICATE, why=str(today(result.until)), since=result.at, actor=ACTOR,
            at=result.at,
        )  # fmt: skip
    if not soon and found is not None:
        incidents.resolve_incident(code=found.code, seen=found.version, actor=ACTOR, at=result.at)


def sweep(at: datetime) -> int:
    """Worker: raw checks older than a week and days older than two years go; how many checks."""
    Day.objects.filter(on__lt=today(at - KEPT_DAYS)).delete()
    return Check.objects.filter(at__lt=at - KEPT).delete()[0]
