"""Clocks through their verbs, and what a change of the calendar does to them."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from haicap.base.kept import clock as clock_of_memory
from haicap.base.refused import Refused
from haicap.domain.deadlines import actions, jobs, queries
from haicap.domain.deadlines.actions import recomputing
from haicap.domain.deadlines.models import Clock, ClockDate, Recompute
from haicap.domain.deadlines.queries.clocks import pairs
from haicap.domain.deadlines.reckoning import instant_of, moment_of, read_parts, replayed
from haicap.domain.deadlines.tests import make
from haicap.domain.deadlines.tests.make import AT, S, clock, follow, here, holiday, shown, start, tick
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.kernel.ledger.actions import NothingRecorded
from haicap.kernel.ledger.models import Event


@pytest.fixture
def drafter(register):
    return appointed("an", "bnv", Role.OFFICER)


@pytest.fixture
def leader(register):
    return appointed("binh", "bnv", Role.LEADER)


def test_a_life(register) -> None:
    assert shown(start("2026-11-20 09:00", "4w").due_at) == "2026-11-27 17:00"
    tick(actions.pause_clock, "2026-11-23 10:00")
    assert clock().state == "paused"
    told = tick(actions.resume_clock, "2026-11-25 10:00")
    assert (shown(told.due_at), told.alarm) == ("2026-11-30 17:00", "")
    row = clock()
    assert (row.state, shown(row.due_at), shown(row.promised_at)) == (
        "running",
        "2026-11-30 17:00",
        "2026-11-27 17:00",
    )
    assert shown(tick(actions.stop_clock, "2026-11-30 11:00").due_at) == "2026-11-30 17:00"
    assert clock().state == "stopped"
    assert moment_of(queries.proof_of(clock()).due) == row.due_at


def test_one_statement_each(register) -> None:
    start("2026-11-20 09:00", "4w", stream="warm:1")
    for n, (verb, at, values) in enumerate((
        (actions.start_clock, "2026-11-20 09:00", {"received_at": here("2026-11-20 09:00"), "parts": read_parts("4w")}),
        (actions.pause_clock, "2026-11-23 10:00", {}),
        (actions.resume_clock, "2026-11-25 10:00", {}),
        (actions.stop_clock, "2026-11-26 10:00", {}),
    )):  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            tick(verb, at, **values)
        mine = [q["sql"] for q in asked if "deadlines_clock" in q["sql"]]
        assert len(mine) == (2 if n == 2 else 1), mine


def test_several_clocks_of_a_stream_start_together_or_not_at_all(register) -> None:
    limits = {1: read_parts("2w"), 2: read_parts("5w"), 3: ()}
    values = {"received_at": here("2026-11-20 09:00"), "limits": limits}
    tick(actions.start_clocks, "2026-11-20 09:00", **values, stream="warm:1")
    with CaptureQueriesContext(connection) as asked:
        told = tick(actions.start_clocks, "2026-11-20 09:00", **values)
    assert len([q for q in asked if "deadlines_clock" in q["sql"]]) == 1
    assert [shown(told[n].due_at) for n in limits] == ["2026-11-25 17:00", "2026-11-30 17:00", ""]
    for n in limits:
        row = queries.clock(S, n)
        assert row is not None
        assert (row.due_at, row.promised_at, row.alarm) == (told[n].due_at, told[n].due_at, told[n].alarm)
        assert row.state == ("running" if told[n].due_at else "no_limit")
    with pytest.raises(Refused, match="already_started"):
        tick(actions.start_clocks, "2026-11-20 09:00", **values)
    with pytest.raises(Refused, match="already_started"):  # one of them runs: the other does not begin either
        tick(actions.start_clocks, "2026-11-20 09:00", **(values | {"limits": {3: limits[1], 4: limits[2]}}))
    assert queries.clock(S, 4) is None


def test_a_clock_belongs_to_a_verb_that_records(register) -> None:
    with pytest.raises(NothingRecorded):
        actions.start_clock(
            stream=S, received_at=here("2026-11-20 09:00"), parts=read_parts("4w"), actor="x", at=AT
        )
    assert queries.clock(S) is None


@pytest.mark.parametrize(
    ("verbs", "code"),
    [
        ([("pause", "2026-11-20 08:59")], "paused_before_receipt"),
        ([("pause", "2026-11-27 17:00")], "paused_too_late"),
        ([("pause", "2026-11-23 09:00"), ("pause", "2026-11-23 10:00")], "paused_twice"),
        ([("pause", "2026-11-23 09:00"), ("resume", "2026-11-23 08:59")], "resumed_before_pause"),
        (
            [("pause", "2026-11-23 09:00"), ("resume", "2026-11-25 09:00"), ("pause", "2026-11-25 08:00")],
            "paused_twice",
        ),
        ([("resume", "2026-11-23 09:00")], "not_paused"),
        ([("stop", "2026-11-23 09:00"), ("stop", "2026-11-23 10:00")], "already_stopped"),
        ([("stop", "2026-11-23 09:00"), ("pause", "2026-11-23 10:00")], "already_stopped"),
        ([("stop", "2026-11-23 09:00"), ("resume", "2026-11-23 10:00")], "already_stopped"),
    ],
)
def test_what_a_clock_refuses(register, verbs, code) -> None:
    start("2026-11-20 09:00", "4w")
    done = {"pause": actions.pause_clock, "resume": actions.resume_clock, "stop": actions.stop_clock}
    for name, at in verbs[:-1]:
        tick(done[name], at)
    before = Clock.objects.filter(stream=S).values().get()
    name, at = verbs[-1]
    with pytest.raises(Refused, match=code):
        tick(done[name], at)
    assert Clock.objects.filter(stream=S).values().get() == before


def test_unknown_clocks_and_the_same_twice(register) -> None:
    for verb in (actions.pause_clock, actions.resume_clock, actions.stop_clock):
        with pytest.raises(Refused, match="not_found"):
            tick(verb, "2026-11-23 09:00")
    start("2026-11-20 09:00", "4w")
    with pytest.raises(Refused, match="already_started"):
        start("2026-11-20 09:00", "5w")


def test_no_limit_is_an_alarm_and_no_promise(register) -> None:
    told = start("2026-11-20 09:00", "")
    assert (told.due_at, told.alarm) == (None, "no_limit")
    assert [c.stream for c in queries.alarms()] == [S]
    tick(actions.pause_clock, "2026-11-23 09:00")
    tick(actions.resume_clock, "2026-11-25 09:00")
    assert (clock().state, clock().promised_at) == ("no_limit", None)
    told = tick(actions.set_limit, "2026-11-25 10:00", parts=read_parts("4w"))
    assert shown(told.due_at) == "2026-11-30 17:00"
    assert (clock().state, shown(clock().promised_at)) == ("running", "2026-11-30 17:00")
    with pytest.raises(Refused, match="limit_known"):
        tick(actions.set_limit, "2026-11-25 10:00", parts=read_parts("4w"))


def test_a_year_without_calendar_is_an_alarm_until_it_has_one(drafter, leader) -> None:
    assert start("2026-12-28 09:00", "10w").alarm == "no_calendar"
    decree = make.enacted(drafter, leader, holiday("2027-01-01"), opens=2027)
    follow()
    assert (clock().state, shown(clock().due_at), clock().promised_at) == (
        "running",
        "2027-01-12 17:00",
        None,
    )
    make.withdrawn(decree, leader)
    follow()
    assert (clock().state, clock().alarm, clock().due_at) == ("no_limit", "no_calendar", None)
    moved = [(shown(d.old_due), shown(d.new_due)) for d in queries.dates_of(S)]
    assert moved == [("", "2027-01-12 17:00"), ("2027-01-12 17:00", "")]
    assert Recompute.objects.get(generation=3).alarms == 1


def test_the_promise_stays_beside_the_new_date(drafter, leader) -> None:
    start("2026-11-20 09:00", "4w")
    start("2026-11-20 09:00", "1w", stream="tests.thing:2")
    tick(actions.stop_clock, "2026-11-20 10:00", stream="tests.thing:2")
    make.enacted(drafter, leader, holiday("2026-11-26"))
    assert shown(clock().due_at) == "2026-11-27 17:00"  # until the worker comes
    follow()
    row = clock()
    assert (shown(row.promised_at), shown(row.due_at)) == ("2026-11-27 17:00", "2026-11-30 17:00")
    assert row.calendar_version == 2
    assert [(d.calendar_version, shown(d.old_due), shown(d.new_due)) for d in queries.dates_of(S)] == [
        (2, "2026-11-27 17:00", "2026-11-30 17:00")
    ]
    assert not queries.dates_of("tests.thing:2")
    done = Recompute.objects.get(generation=2)
    assert (done.clocks, done.moved, done.later, done.earlier) == (1, 1, 1, 0)
    events = Event.objects.filter(stream="deadlines.calendar:1").values_list("kind", flat=True)
    assert list(events.order_by("seq")) == ["deadlines.calendar_loaded", "deadlines.recomputed"]
    assert Event.objects.filter(stream=S).count() == 1  # what is timed does not move
    follow()
    assert ClockDate.objects.count() == 1


def test_paused_clocks_are_replayed(drafter, leader) -> None:
    start("2026-11-20 09:00", "4w")
    tick(actions.pause_clock, "2026-11-23 10:00")
    make.enacted(drafter, leader, holiday("2026-11-26"))
    follow()
    assert (clock().state, shown(clock().due_at)) == ("paused", "2026-11-30 17:00")
    told = tick(actions.resume_clock, "2026-11-25 10:00")
    assert shown(told.due_at) == "2026-12-01 17:00"


def test_a_verb_with_an_old_calendar_in_memory_reads_it_anew(drafter, leader) -> None:
    queries.calendar()
    held = queries.calendar()
    make.enacted(drafter, leader, holiday("2026-11-26"))
    queries.calendar._held = (1, held)  # as in another process, within its second
    queries.calendar._checked = clock_of_memory()
    assert shown(start("2026-11-20 09:00", "4w").due_at) == "2026-11-30 17:00"
    assert clock().calendar_version == 2


def many(dice: random.Random, number: int) -> None:
    for n in range(number):
        received = here("2026-11-02 00:00") + timedelta(minutes=dice.randrange(19 * 1440))
        limit = dice.choice(
            ["3w", "10w", "0.5w", "4.5w", "20h", "3.5h", "7d", "1m", "s", "10d+3w", "80w", "60d"]
        )
        stream = f"tests.many:{n:04d}"
        told = start(f"{received:%Y-%m-%d %H:%M}", limit, stream=stream)
        if told.due_at and dice.random() < 0.4:
            stop = received + (told.due_at - received) * dice.random()
            tick(actions.pause_clock, f"{stop:%Y-%m-%d %H:%M}", stream=stream)
            if dice.random() < 0.6:
                tick(actions.resume_clock, f"{stop + timedelta(hours=30):%Y-%m-%d %H:%M}", stream=stream)


def disagreeing() -> list[str]:
    """Clocks that do not stand where the engine puts each of them by itself."""
    known, wrong = queries.calendar_now(), []
    for row in Clock.objects.exclude(state="stopped"):
        try:
            due = replayed(known, instant_of(row.received_at), read_parts(row.parts), pairs(row.pauses))
        except Refused:
            due = None
        if (moment_of(due) if due else None) != row.due_at:
            wrong.append(f"{row.stream} {row.parts} {row.received_at} {row.pauses} {row.due_at} {due}")
    return wrong


def test_sets_agree_with_the_engine_clock_by_clock(drafter, leader) -> None:
    many(random.Random(3), 250)
    assert not disagreeing()
    first = make.enacted(drafter, leader, holiday("2026-11-12"), holiday("2026-11-14", "working"))
    planned = queries.preview(
        first
    )  # of an enacted decree: what withdrawing it would move, before it was followed
    follow()
    assert not disagreeing()
    second = make.draft(
        drafter, holiday("2026-12-01"), holiday("2027-01-01"), number="2/2026/QĐ-TTg", opens=2027
    )
    planned = queries.preview(second)
    assert planned.moved == sum(count for _, _, count in planned.by_day()) > 50
    second = actions.enact_decree(pk=second.pk, seen=second.version, actor=leader.actor, at=AT)
    follow()
    assert not disagreeing()
    assert Recompute.objects.get(generation=3).moved == planned.moved
    planned = queries.preview(first)
    make.withdrawn(first, leader)
    follow()
    assert not disagreeing()
    assert Recompute.objects.get(generation=4).moved == planned.moved
    make.withdrawn(second, leader)
    follow()
    assert not disagreeing()


def test_cut_off_anywhere_it_goes_on_and_doubles_nothing(drafter, leader, monkeypatch) -> None:
    many(random.Random(4), 120)
    make.enacted(drafter, leader, holiday("2026-11-26"), holiday("2026-12-04"))
    monkeypatch.setattr(recomputing, "PAGES", 1)
    found = recomputing.task()
    assert found is not None
    assert recomputing.recompute(found, stopping=lambda: True) is None
    part = ClockDate.objects.count()
    assert recomputing.task() == found
    make.enacted(
        drafter, leader, holiday("2026-12-08"), number="2/2026/QĐ-TTg"
    )  # and the calendar moves on meanwhile
    with pytest.raises(Refused, match="stale"):
        recomputing.recompute(found)
    follow()
    assert not disagreeing()
    assert ClockDate.objects.filter(calendar_version=2).count() == part
    assert not Recompute.objects.filter(finished_at=None).exists()
    assert Event.objects.filter(kind="deadlines.recomputed").count() == 1
    with pytest.raises(Refused, match="not_now"):
        actions.finish_recompute(generation=3, clocks=0, actor="system", at=AT)


def test_the_database_keeps_what_must_not_be_false(register) -> None:
    start("2026-11-20 09:00", "4w")
    for sql in (
        "UPDATE deadlines_clock SET due_at = NULL",
        "UPDATE deadlines_clock SET state = 'stopped'",
        "UPDATE deadlines_clock SET state = 'late'",
        "UPDATE deadlines_clock SET alarm = 'no_limit'",
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            connection.cursor().execute(sql)
    for sql in (
        "UPDATE deadlines_clock SET promised_at = due_at + interval '1 day'",
        "UPDATE deadlines_clock SET received_at = now()",
        "DELETE FROM deadlines_clockdate",
        "UPDATE deadlines_clockdate SET new_due = NULL",
    ):
        with pytest.raises(DatabaseError, match="stay"), transaction.atomic():
            connection.cursor().execute(sql)


def test_nothing_to_do_is_done_at_once(register) -> None:
    jobs.pick_up(AT)
    jobs.work()
    assert recomputing.task() is None
