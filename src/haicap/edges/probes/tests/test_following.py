"""From checks to streaks, days and incidents; the worker's round."""

from __future__ import annotations

import ssl
import time
from datetime import UTC, date, datetime, timedelta

import pytest

from haicap.domain.feedback import actions
from haicap.domain.feedback.actions import Plan
from haicap.domain.feedback.queries import systems
from haicap.domain.feedback.uptime.states import Cause, IncidentState
from haicap.edges.probes import jobs, queries, tallies
from haicap.edges.probes.guarding import rules_of
from haicap.edges.probes.models import Check, Watch
from haicap.edges.probes.running import Runner
from haicap.edges.probes.states import Result, State, Why
from haicap.edges.probes.tests import targets

AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SYSTEM = "tthc-15"


@pytest.fixture
def listed(register):
    jobs.load_packaged(AT)
    actions.plan_probe(
        code=SYSTEM, plan=Plan(True, "http://127.0.0.1:9/", every_minutes=1, timeout_seconds=2), seen=0,
        actor="system", at=AT,
    )  # fmt: skip


@pytest.fixture
def slots():
    """What is wired, put back afterwards."""
    runner, own = jobs._slots.runner, jobs._slots.own
    yield jobs._slots
    jobs._slots.runner, jobs._slots.own = runner, own


def at(minutes: float) -> datetime:
    return AT + timedelta(minutes=minutes)


def put(minutes: float, why: Why = Why.NONE, until: datetime | None = None) -> State:
    return tallies.record(Result(SYSTEM, at(minutes), why, 120, "", until), next_at=at(minutes + 1))


def test_three_failures_open_an_incident_and_two_good_checks_end_it(listed) -> None:
    for n in (0, 1):
        assert put(n, Why.TIMEOUT) is State.DOWN
    assert systems.unresolved(SYSTEM, Cause.PROBE) is None
    put(2, Why.STATUS)
    found = systems.unresolved(SYSTEM, Cause.PROBE)
    assert found is not None and (found.opened_at, found.why) == (at(0), "status")
    put(3, Why.STATUS)
    assert len(systems.incidents(system=SYSTEM)) == 1
    assert put(4) is State.UP
    assert systems.unresolved(SYSTEM, Cause.PROBE) is not None
    put(5)
    (line,) = systems.incidents(system=SYSTEM)
    assert (line.state, line.repair_time) == (IncidentState.RESOLVED, timedelta(minutes=5))
    for n in (6, 7, 8):
        put(n, Why.TIMEOUT)
    (line,) = systems.incidents(system=SYSTEM)
    assert (line.state, line.reopened) == (IncidentState.OPEN, 1)


def test_a_certificate_near_its_end_warns_until_there_is_a_new_one(listed) -> None:
    put(0, until=at(0) + timedelta(days=15))
    assert systems.unresolved(SYSTEM, Cause.CERTIFICATE) is None
    put(1, until=at(0) + timedelta(days=14))
    put(2, until=at(0) + timedelta(days=14))
    (line,) = systems.incidents(system=SYSTEM)
    assert (line.cause, line.impact, line.why) == ("certificate", "warning", "2026-12-07")
    put(3, until=at(0) + timedelta(days=90))
    assert systems.unresolved(SYSTEM, Cause.CERTIFICATE) is None


def test_announced_work_opens_no_incident(listed) -> None:
    actions.plan_work(system=SYSTEM, since=at(0), until=at(4), text="Nâng cấp", actor="system", at=at(-1))
    for n in range(4):
        put(n, Why.NO_CONNECTION)
    assert systems.unresolved(SYSTEM, Cause.PROBE) is None
    put(4, Why.NO_CONNECTION)
    assert systems.unresolved(SYSTEM, Cause.PROBE) is not None


def test_days_are_counted_in_viet_nam_and_raw_checks_kept_a_week(listed) -> None:
    put(0)
    put(1, Why.TIMEOUT)
    put(60 * 15)  # 00:00 of the 24th in Viet Nam
    counts = queries.days([SYSTEM], since=date(2026, 11, 22), until=date(2026, 11, 24))[SYSTEM]
    assert [(c.good, c.failed, c.ms) for c in counts] == [(0, 0, 0), (1, 1, 120), (1, 0, 120)]
    assert counts[0].share is None and queries.availability(counts) == pytest.approx(2 / 3)
    assert Check.objects.count() == 3
    assert tallies.sweep(at(60 * 24 * 7 + 2)) == 2
    assert queries.days([SYSTEM], since=date(2026, 11, 23), until=date(2026, 11, 23))[SYSTEM][0].failed == 1


def test_an_older_result_is_counted_but_does_not_turn_back_the_state(listed) -> None:
    put(5)
    assert put(4, Why.TIMEOUT) is State.UP
    assert Watch.objects.get(pk=SYSTEM).streak == 1
    assert Check.objects.count() == 2


def test_what_was_not_checked_for_hours_is_not_known(listed) -> None:
    put(0)
    assert queries.standings(at(10))[SYSTEM].state is State.UP
    assert queries.standings(at(60 * 4))[SYSTEM].state is State.UNKNOWN


def test_the_round_asks_what_is_due_and_never_waits(listed, slots) -> None:
    with targets.server(targets.hang) as dead, targets.server(targets.answer()) as alive:
        for code, port in ((SYSTEM, alive), ("tthc-79", dead)):
            line = systems.system(code)
            actions.plan_probe(
                code=code, seen=line.version, actor="system", at=AT,
                plan=Plan(True, f"http://127.0.0.1:{port}/", every_minutes=1, timeout_seconds=5),
            )  # fmt: skip
        slots.runner = Runner(rules_of(["127.0.0.0/8"]), ssl.create_default_context())
        slots.own = lambda: True
        began = time.monotonic()
        assert jobs.tick(at(0)) == 1  # ourselves
        jobs.tick(at(6))  # the others begin, spread over their first minutes
        assert time.monotonic() - began < 4  # less than the target that hangs may take
        assert slots.runner.busy() <= {SYSTEM, "tthc-79"}
        found = 0
        while found < 1 + 2 and time.monotonic() - began < 60:
            found += jobs.tick(at(6)) if found == 0 else jobs.tick(at(6.5))
            time.sleep(0.05)
        known = queries.standings(at(7))
        assert known[SYSTEM].state is State.UP
        assert (known["tthc-79"].state, known["tthc-79"].why) == (State.DOWN, Why.TIMEOUT)
        assert known["haicap"].state is State.UP


def test_nothing_is_asked_while_probes_are_off(listed, slots) -> None:
    slots.runner, slots.own = None, lambda: False
    with targets.server(targets.answer()) as port:
        actions.plan_probe(
            code=SYSTEM,
            seen=1,
            actor="system",
            at=AT,
            plan=Plan(True, f"http://127.0.0.1:{port}/", every_minutes=1),
        )
        assert jobs.tick(at(30)) == 1
        assert jobs.run_now([systems.system(SYSTEM)], at=at(31)) == []
    assert not Check.objects.filter(system=SYSTEM).exists()
    assert queries.standings(at(31))["haicap"].why is Why.OWN


def test_a_worker_that_was_killed_leaves_its_claim_for_two_minutes(listed, slots) -> None:
    lines = [systems.system(SYSTEM)]
    jobs._claimed(lines, at(0))
    assert jobs._claimed(lines, at(10)) == [SYSTEM]
    assert jobs._claimed(lines, at(11)) == []
    assert jobs._claimed(lines, at(12)) == [SYSTEM]
