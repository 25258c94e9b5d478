"""Việc nền của thăm dò: the list of systems is loaded once, what is due is asked, what was found is written down."""

from __future__ import annotations

import logging
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import DatabaseError, transaction

from haicap.base.dates import today
from haicap.base.refused import Refused
from haicap.domain.feedback.actions import systems as actions
from haicap.domain.feedback.queries import systems
from haicap.domain.feedback.queries.systems import SystemLine
from haicap.domain.feedback.uptime import packaged
from haicap.domain.feedback.uptime.states import SystemKind
from haicap.domain.units import queries as units
from haicap.edges.probes import fetching, guarding, tallies
from haicap.edges.probes.models import Watch
from haicap.edges.probes.running import AT_ONCE, Runner
from haicap.edges.probes.states import Plan, Result, Why

log = logging.getLogger("haicap.probes")
LEASE = timedelta(minutes=2)  # after this a system whose worker was killed is asked again


@dataclass(slots=True)
class _Slots:
    runner: Runner | None = None  # None: nothing but ourselves is asked
    own: Callable[[], bool] = lambda: True


_slots = _Slots()


def wire(*, enabled: bool, networks: Sequence[str], authorities: str, own: Callable[[], bool]) -> None:
    """Fill the slots: whether others are asked at all, which private networks may be, whom TLS trusts besides, whether we
    ourselves are ready. ValueError for networks that are none."""
    rules = guarding.rules_of(networks)
    _slots.runner = Runner(rules, fetching.context(authorities)) if enabled else None
    _slots.own = own


def enabled() -> bool:
    """Whether other systems are asked at all."""
    return _slots.runner is not None


def load_packaged(at: datetime) -> int:
    """Load the packaged list of systems unless there is one; how many. Safe to call again."""
    if systems.loaded() or not units.loaded():
        return 0
    try:
        number = actions.load_systems(lines=packaged.read(), actor=tallies.ACTOR, at=at)
    except Refused as refused:
        if refused.code != "already_loaded":  # another worker was faster
            raise
        return 0
    log.info("feedback: %s systems loaded", number)
    return number


def tick(at: datetime) -> int:
    """Write down what was found, begin what is due; how many results. Waits for nobody."""
    plans = {line.code: line for line in systems.plans(today(at))}
    found = _slots.runner.collect() if _slots.runner is not None else []
    for result in found:
        _record(result, plans.get(result.system))
    own = [line for line in plans.values() if line.kind is SystemKind.OWN]
    asked = [line for line in plans.values() if line.kind is not SystemKind.OWN]
    found += [_own(line, at) for line in own if line.code in _claimed([line], at)]
    if _slots.runner is not None:
        free = max(AT_ONCE - len(_slots.runner.busy()), 0)
        for code in _claimed(asked, at, limit=free):
            _slots.runner.offer(plan_of(plans[code]), at=at)
    return len(found)


def run_now(lines: Sequence[SystemLine], *, at: datetime) -> Sequence[Result]:
    """Ask these systems now and wait for the answers, for the command line; nothing but ourselves when probes are off."""
    found = [_own(line, at) for line in lines if line.kind is SystemKind.OWN]
    if _slots.runner is None:
        return found
    others = [plan_of(line) for line in lines if line.kind is not SystemKind.OWN and line.probe_url]
    by_code = {line.code: line for line in lines}
    for result in _slots.runner.all(others, at=at):
        _record(result, by_code.get(result.system))
        found.append(result)
    return found


def sweep(at: datetime) -> None:
    """Remove what is old."""
    tallies.sweep(at)


def plan_of(line: SystemLine) -> Plan:
    """What is asked of a system."""
    return Plan(line.code, line.probe_url, line.timeout_seconds, line.expect_status, line.expect_text)


def _record(result: Result, line: SystemLine | None) -> None:
    every = timedelta(minutes=line.every_minutes if line else 5)
    tallies.record(result, next_at=result.at + every)


def _own(line: SystemLine, at: datetime) -> Result:
    """Ourselves, without the network: whether the database answers and the registers are there."""
    began, why = time.monotonic(), Why.NONE
    try:
        why = Why.NONE if _slots.own() else Why.OWN
    except (DatabaseError, Refused):
        why = Why.OWN
    result = Result(line.code, at, why, round((time.monotonic() - began) * 1000))
    _record(result, line)
    return result


def _claimed(lines: Sequence[SystemLine], at: datetime, limit: int = 1) -> list[str]:
    """Codes of those that are due, ours until the lease ends. New ones begin spread over their period."""
    if not lines or limit < 1:
        return []
    codes = {line.code: line for line in lines}
    known = set(Watch.objects.filter(pk__in=codes).values_list("pk", flat=True))
    new = [Watch(system=c, next_at=at + _spread(codes[c])) for c in codes if c not in known]
    Watch.objects.bulk_create(new, ignore_conflicts=True)
    with transaction.atomic():
        rows = Watch.objects.select_for_update(skip_locked=True).filter(pk__in=codes, next_at__lte=at)
        due = [row.system for row in rows.order_by("next_at")[:limit]]
        Watch.objects.filter(pk__in=due).update(next_at=at + LEASE)
    return due


def _spread(line: SystemLine) -> timedelta:
    if line.kind is SystemKind.OWN:
        return timedelta()
    return timedelta(seconds=zlib.crc32(line.code.encode()) % min(line.every_minutes * 60, 300))
