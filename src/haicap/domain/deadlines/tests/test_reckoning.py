"""Deadlines: the contract's edges by name, and random cases against the oracle."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta

import pytest

from haicap.base.refused import Refused
from haicap.domain.deadlines.reckoning import (
    Limit,
    LimitUnit,
    Reckoner,
    due,
    packaged_calendar,
    read_limit,
    resumed_due,
)
from haicap.domain.deadlines.tests.oracle import Oracle

CALENDAR = packaged_calendar()
ORACLE = Oracle({on: day.working for on, day in CALENDAR.special.items()})
ANSWER = Reckoner(CALENDAR)


def instant(at: datetime) -> tuple[int, int]:
    return at.toordinal(), at.hour * 60 + at.minute


def moment(at: tuple[int, int]) -> datetime:
    return datetime.combine(date.fromordinal(at[0]), datetime.min.time()) + timedelta(minutes=at[1])


@pytest.mark.parametrize(
    ("received", "value", "unit", "expected"),
    [
        ("2026-08-28 10:00", "3", "working_days", "2026-09-07 17:00"),  # Quốc khánh with a swapped Monday
        ("2026-08-21 10:00", "1", "working_days", "2026-08-22 17:00"),  # the swapped-in Saturday works
        ("2026-02-13 16:59", "5", "working_days", "2026-02-27 17:00"),  # Tết
        (
            "2026-02-13 17:00",
            "1",
            "working_days",
            "2026-02-24 17:00",
        ),  # 17:00 lies outside: received on 23/02
        ("2026-11-23 12:00", "4", "working_hours", "2026-11-23 17:00"),  # noon lies outside
        ("2026-11-23 08:00", "4", "working_hours", "2026-11-23 12:00"),  # due at the close of the morning
        ("2026-11-23 16:59", "0.5", "working_hours", "2026-11-25 08:29"),  # 24/11 is a holiday since 2026
        ("2026-11-20 09:00", "0.5", "working_days", "2026-11-20 14:00"),
        ("2026-11-20 09:00", "1.5", "working_days", "2026-11-25 12:00"),
        ("2026-11-20 14:59", "", "same_day", "2026-11-20 17:00"),
        ("2026-11-20 15:00", "", "same_day", "2026-11-23 17:00"),
        ("2026-11-21 09:00", "9", "same_day", "2026-11-23 17:00"),  # a Saturday: shifted to Monday morning
        ("2026-11-19 09:00", "2", "days", "2026-11-23 17:00"),  # 21/11 is a Saturday
        ("2026-01-31 09:00", "1", "months", "2026-03-02 17:00"),  # received Saturday → Monday 02/02 → 02/03
        ("2026-03-31 09:00", "1", "months", "2026-05-04 17:00"),  # 30/04 and what follows are off
    ],
)
def test_edges(received: str, value: str, unit: str, expected: str) -> None:
    assert ANSWER(received, value, unit).due == expected


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("2026-11-20 09:00", "0", "days"), "bad_limit"),
        (("2026-11-20 09:00", "-1", "days"), "bad_limit"),
        (("2026-11-20 09:00", "1.5", "days"), "bad_limit"),
        (("2026-11-20 09:00", "0.25", "working_days"), "bad_limit"),
        (("2026-11-20 09:00", "nan", "working_days"), "bad_limit"),
        (("2026-11-20 09:00", "1e999999", "working_days"), "bad_limit"),
        (("2026-11-20 09:00", "99999999999999999999", "days"), "bad_limit"),
        (("2026-11-20 09:00", "năm", "days"), "bad_limit"),
        (("2026-11-20 09:00", "", "days"), "bad_limit"),
        (("2026-11-20 09:00", "5", "weeks"), "bad_unit"),
        (("2026-02-30 09:00", "5", "days"), "bad_instant"),
        (("2026-11-20 24:00", "5", "days"), "bad_instant"),
        (("20/11/2026", "5", "days"), "bad_instant"),
        (("2024-12-31 09:00", "5", "days"), "no_calendar"),
        (("2026-12-31 16:00", "1", "working_days"), "no_calendar"),
        (("2026-12-31 17:00", "", "same_day"), "no_calendar"),
        (("2026-12-20 09:00", "12", "months"), "no_calendar"),
        (("2026-11-20 09:00", "5", "days", "2026-11-20 08:59", "2026-11-21 08:00"), "paused_before_receipt"),
        (
            ("2026-11-20 09:00", "1", "working_days", "2026-11-23 17:00", "2026-11-25 08:00"),
            "paused_too_late",
        ),
        (("2026-11-20 09:00", "5", "days", "2026-11-20 10:00", ""), "still_paused"),
        (("2026-11-20 09:00", "5", "days", "", "2026-11-20 10:00"), "no_pause"),
        (("2026-11-20 09:00", "5", "days", "2026-11-20 10:00", "2026-11-20 09:59"), "resumed_before_pause"),
    ],
)
def test_what_has_no_answer_says_why(words: tuple[str, ...], code: str) -> None:
    answer = ANSWER(*words)
    assert answer.due == ""
    assert answer.problem is not None
    assert answer.problem.code == code


def test_random_cases_against_the_oracle() -> None:
    dice = random.Random(20261122)
    asked = 0
    while asked < 600:
        received = datetime(2025, 1, 1) + timedelta(minutes=dice.randrange(2 * 525_600))
        unit = dice.choice(list(LimitUnit))
        halves = (
            dice.randrange(1, 41) if unit in ("working_days", "working_hours") else 2 * dice.randrange(1, 40)
        )
        limit = Limit(2 * dice.randrange(1, 13) if unit == "months" else halves, unit)
        try:
            first = due(CALENDAR, instant(received), limit)
        except Refused as refused:
            assert refused.code == "no_calendar"
            continue
        expected = ORACLE.due(received, limit.halves / 2, unit)
        assert moment(first) == expected, (received, limit)
        paused = received + timedelta(minutes=dice.randrange(30_000))
        resumed = paused + timedelta(minutes=dice.randrange(20_000))
        if paused < expected < datetime(2026, 8, 1) and resumed < datetime(2026, 9, 1):
            again = resumed_due(CALENDAR, instant(received), first, instant(paused), instant(resumed))
            assert moment(again) == ORACLE.resumed(expected, paused, resumed), (
                received,
                limit,
                paused,
                resumed,
            )
        asked += 1


def test_a_pause_of_no_length_changes_nothing() -> None:
    for minute in range(0, 2_000, 37):
        received = datetime(2026, 3, 2, 8) + timedelta(minutes=minute)
        for unit, value in (("working_days", "3"), ("working_hours", "9.5"), ("days", "6")):
            first = due(CALENDAR, instant(received), read_limit(value, unit))
            shifted = CALENDAR.shift(*instant(received))
            assert resumed_due(CALENDAR, instant(received), first, shifted, shifted) == first


def test_working_days_between_two_days() -> None:
    first, last = CALENDAR.first, CALENDAR.end - 1
    dice = random.Random(11)
    for _ in range(200):
        after = dice.randint(first, last)
        until = dice.randint(after, last)
        assert CALENDAR.between(after, until) == sum(map(CALENDAR.is_working, range(after + 1, until + 1)))
    with pytest.raises(Refused):
        CALENDAR.between(first, last + 1)
    with pytest.raises(Refused):
        CALENDAR.between(first - 1, last)
