"""Proofs, sums and pauses: every day accounted for, and the same end as the reckoning, on random cases."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from haicap.base.refused import Refused
from haicap.domain.deadlines.reckoning import (
    Limit,
    LimitUnit,
    Mark,
    after_pauses,
    due_of_sum,
    packaged_calendar,
    prove,
    read_instant,
    read_parts,
    replayed,
    shown,
    sum_of,
    written_parts,
)
from haicap.domain.deadlines.tests.oracle import Oracle
from haicap.domain.deadlines.tests.test_reckoning import instant, moment

CALENDAR = packaged_calendar()
ORACLE = Oracle({on: day.working for on, day in CALENDAR.special.items()})
HALVES = (LimitUnit.WORKING_DAYS, LimitUnit.WORKING_HOURS)


@st.composite
def limits(draw: st.DrawFn) -> Limit:
    unit = draw(st.sampled_from(list(LimitUnit)))
    if unit is LimitUnit.SAME_DAY:
        return Limit(0, unit)
    if unit is LimitUnit.MONTHS:
        return Limit(2 * draw(st.integers(1, 4)), unit)
    return Limit(draw(st.integers(1, 40)) * (1 if unit in HALVES else 2), unit)


instants = st.integers(0, 400 * 1440).map(lambda n: datetime(2025, 1, 1) + timedelta(minutes=n))
sums = st.lists(limits(), min_size=1, max_size=3)
gaps = st.lists(st.tuples(st.integers(0, 6_000), st.integers(0, 12_000)), max_size=3)


def by_oracle(received: datetime, parts: list[Limit], gaps: list[tuple[int, int]]):
    """(due instant, pauses) of the oracle; pauses that would begin too late are left out."""
    due = received
    for part in parts:
        due = ORACLE.due(due, part.halves / 2, part.unit)
    pauses, since = [], received
    for before, length in gaps:
        paused = since + timedelta(minutes=before)
        if paused >= due:
            break
        since = paused + timedelta(minutes=length)
        due = ORACLE.resumed(due, paused, since)
        pauses.append((paused, since))
    return due, pauses


@settings(max_examples=120, deadline=None)
@given(instants, sums, gaps)
def test_sums_and_pauses_against_the_oracle(received, parts, gaps) -> None:
    due, pauses = by_oracle(received, parts, gaps)
    assume(due < datetime(2026, 12, 1))
    first = due_of_sum(CALENDAR, instant(received), parts)
    stops = [(instant(a), instant(b)) for a, b in pauses]
    assert moment(after_pauses(CALENDAR, instant(received), first, stops)) == due
    assert replayed(CALENDAR, instant(received), parts, stops) == instant(due)
    proof = prove(CALENDAR, instant(received), parts, stops)
    assert moment(proof.due) == due
    assert proof.first_due == first


@settings(max_examples=120, deadline=None)
@given(instants, limits())
def test_every_day_is_accounted_for(received, limit) -> None:
    proof = prove(CALENDAR, instant(received), [limit])
    days = [d.on for d in proof.days]
    assert days == list(range(instant(received)[0], proof.due[0] + 1))
    assert [d.due for d in proof.days] == [False] * (len(days) - 1) + [True]
    counted = [d for d in proof.days if d.mark is Mark.COUNTED]
    if limit.unit is LimitUnit.WORKING_HOURS:
        assert sum(d.minutes for d in counted) == limit.halves * 30
    elif limit.unit is LimitUnit.WORKING_DAYS:
        assert max((d.number for d in counted), default=0) == limit.whole
        assert sum(d.minutes for d in counted) == 240 * limit.half
    elif limit.unit is LimitUnit.DAYS:
        assert max(d.number for d in counted) == limit.whole
    for d in proof.days:
        if d.mark is Mark.OFF:
            assert not CALENDAR.is_working(d.on) or limit.unit is LimitUnit.SAME_DAY
        if d.minutes:
            assert CALENDAR.is_working(d.on)


@settings(max_examples=100, deadline=None)
@given(instants, st.integers(1, 60).map(lambda n: Limit(n, LimitUnit.WORKING_HOURS)), gaps)
def test_minutes_before_and_after_a_pause_make_the_whole(received, limit, gaps) -> None:
    _, pauses = by_oracle(received, [limit], gaps)
    proof = prove(CALENDAR, instant(received), [limit], [(instant(a), instant(b)) for a, b in pauses])
    assert sum(d.minutes for d in proof.days) == limit.halves * 30


def test_a_sum_hands_over_at_the_end_of_each_part() -> None:
    """The second part is received at the opening of the 3rd of March, which is its uncounted first day."""
    parts = sum_of([("3", "days"), ("2", "working_days")])
    due = due_of_sum(CALENDAR, read_instant("2026-02-27 09:00"), parts)
    assert shown(*due) == "2026-03-05 17:00"
    proof = prove(CALENDAR, read_instant("2026-02-27 09:00"), parts)
    assert [(str(date.fromordinal(d.on))[5:], d.mark.value, d.part) for d in proof.days] == [
        ("02-27", "first", 0), ("02-28", "counted", 0), ("03-01", "counted", 0), ("03-02", "counted", 0),
        ("03-03", "first", 1), ("03-04", "counted", 1), ("03-05", "counted", 1),
    ]  # fmt: skip
    assert [r.code for r in proof.rules] == ["first_day", "ends_at_close", "working_days", "sum"]


def test_the_proof_names_holidays_with_their_documents() -> None:
    proof = prove(CALENDAR, read_instant("2026-11-23 09:00"), read_parts("1w"))
    skipped = proof.days[1]
    assert (skipped.mark, skipped.why) == (Mark.OFF, "holiday")
    assert skipped.day is not None
    assert (skipped.day.name, skipped.day.document) == ("Ngày Văn hóa Việt Nam", "28/2026/QH16")
    assert (
        prove(CALENDAR, read_instant("2025-04-25 09:00"), read_parts("3w")).unconfirmed[0].kind == "working"
    )


def test_an_open_pause_stands_where_it_stood() -> None:
    at = read_instant("2026-11-20 09:00")
    proof = prove(CALENDAR, at, read_parts("4w"), [(read_instant("2026-11-23 10:00"), None)])
    assert proof.paused
    assert shown(*proof.due) == "2026-11-27 17:00"
    assert [d.mark for d in proof.days][-2:] == [Mark.COUNTED, Mark.PAUSED]


@pytest.mark.parametrize(
    "text", ["", "5", "w", "5x", "0w", "1.5d", "5w+", "99999w", "5w 3d", "-1w", "1w+" * 8 + "1w"]
)
def test_short_forms_that_say_nothing(text) -> None:
    with pytest.raises(Refused, match="bad_limit"):
        read_parts(text)


@given(sums)
def test_short_forms_come_back(parts) -> None:
    assert list(read_parts(written_parts(parts))) == parts


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        ([], "no_limit"),
        ([("1", "days")] * 9, "too_many_parts"),
        ([("0", "days")], "bad_limit"),
        ([("1", "w")], "bad_unit"),
    ],
)
def test_sums_that_are_refused(parts, code) -> None:
    with pytest.raises(Refused, match=code):
        sum_of(parts)


def test_pauses_that_cannot_be() -> None:
    at, parts = read_instant("2026-11-20 09:00"), read_parts("4w")
    day = [read_instant(f"2026-11-{n} 09:00") for n in (23, 25, 26)]
    for pauses, code in (
        ([(day[0], day[2]), (day[1], day[2])], "paused_twice"),
        ([(day[2], day[1])], "resumed_before_pause"),
        ([(read_instant("2026-11-20 08:59"), day[1])], "paused_before_receipt"),
        ([(read_instant("2026-11-27 17:00"), None)], "paused_too_late"),
    ):
        with pytest.raises(Refused, match=code):
            prove(CALENDAR, at, parts, pauses)
    late = [(read_instant("2026-11-28 09:00"), read_instant("2026-11-30 09:00"))]
    with pytest.raises(Refused, match="paused_too_late"):
        prove(CALENDAR, at, parts, late)
    assert replayed(CALENDAR, at, parts, late) == due_of_sum(
        CALENDAR, at, parts
    )  # granted once, nothing left to keep
