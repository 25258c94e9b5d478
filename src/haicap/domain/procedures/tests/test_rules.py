"""Codes, decisions and clocks of publication, as tables."""

from __future__ import annotations

from datetime import date

import pytest

from haicap.base.refused import Refused
from haicap.domain.deadlines.reckoning import packaged_calendar
from haicap.domain.procedures.rules import (
    Decision,
    Publisher,
    check_code,
    check_suffix,
    decision_clock,
    showing_clock,
    working_days_before,
)
from haicap.domain.procedures.states import MOVES, DecisionKind, VersionState, VersionVerb, move

CALENDAR = packaged_calendar()


@pytest.mark.parametrize("code", ["1.001193", " 2.000815 ", "6.006001"])
def test_codes(code: str) -> None:
    assert check_code(code) == code.strip()


@pytest.mark.parametrize(
    "code", ["", "1.00119", "1001193", "1.0011934", "a.001193", "1.001193.H61", "１.００１１９３"]
)
def test_codes_that_are_none(code: str) -> None:
    with pytest.raises(Refused, match="bad_code"):
        check_code(code)


@pytest.mark.parametrize("suffix", ["H61", "H05", "000.00.00.H61"])
def test_suffixes(suffix: str) -> None:
    assert check_suffix(suffix) == suffix


@pytest.mark.parametrize("suffix", ["", "61", "Z61", "H6", "H611", "00.00.H61", "h61"])
def test_suffixes_that_are_none(suffix: str) -> None:
    with pytest.raises(Refused, match="bad_suffix"):
        check_suffix(suffix)


def decided(on: date, basis_from: date | None) -> Decision:
    return Decision("1/QĐ-X", on, "Bộ", DecisionKind.NEW, basis_from=basis_from)


@pytest.mark.parametrize(
    ("publisher", "due"),
    [  # the basis takes effect on Tuesday 01/09/2026, the first of two holidays; 22/08 (Saturday) is worked, 31/08 is not
        (Publisher.PROVINCE, date(2026, 8, 24)),
        (Publisher.MINISTRY, date(2026, 8, 4)),
    ],
)
def test_the_decision_comes_working_days_before_its_basis(publisher: Publisher, due: date) -> None:
    days = {Publisher.PROVINCE: 5, Publisher.MINISTRY: 20}[publisher]
    on, counted = date(2026, 9, 1), 0
    while counted < days:
        on = date.fromordinal(on.toordinal() - 1)
        counted += CALENDAR.is_working(on.toordinal())
    assert working_days_before(CALENDAR, date(2026, 9, 1), days) == on == due
    late = date.fromordinal(due.toordinal() + 1)
    assert decision_clock(publisher, decided(due, date(2026, 9, 1)), CALENDAR).standing == "in_time"
    assert decision_clock(publisher, decided(late, date(2026, 9, 1)), CALENDAR).standing == "late"


def test_what_is_not_known_is_neither_late_nor_in_time() -> None:
    assert decision_clock(Publisher.MINISTRY, None, CALENDAR).standing == "unknown"
    assert decision_clock(Publisher.MINISTRY, decided(date(2026, 5, 4), None), CALENDAR).standing == "unknown"
    assert (
        decision_clock(Publisher.MINISTRY, decided(date(2031, 5, 4), date(2031, 9, 1)), CALENDAR).standing
        == "unknown"
    )
    assert (
        decision_clock(Publisher.MINISTRY, decided(date(2025, 1, 2), date(2025, 1, 6)), CALENDAR).standing
        == "unknown"
    )
    assert showing_clock(Publisher.MINISTRY, None, None, date(2026, 5, 4), CALENDAR).standing == "unknown"
    far = decided(date(2031, 5, 4), None)
    assert showing_clock(Publisher.MINISTRY, far, None, date(2031, 6, 4), CALENDAR).standing == "unknown"


@pytest.mark.parametrize(
    ("shown", "on", "standing"),
    [
        (None, date(2026, 5, 11), "running"),
        (None, date(2026, 5, 12), "overdue"),
        (date(2026, 5, 11), date(2026, 6, 1), "in_time"),
        (date(2026, 5, 12), date(2026, 6, 1), "late"),
    ],
)
def test_the_record_is_public_working_days_after_the_decision(
    shown: date | None, on: date, standing: str
) -> None:
    """A province's decision of Monday 04/05/2026: five working days end on Monday 11/05."""
    clock = showing_clock(Publisher.PROVINCE, decided(date(2026, 5, 4), None), shown, on, CALENDAR)
    assert (clock.due_on, clock.standing) == (date(2026, 5, 11), standing)


def test_the_moves_are_those_of_the_table() -> None:
    for state in VersionState:
        for verb in VersionVerb:
            if (state, verb) in MOVES:
                assert move(state, verb, version=3, seen=3) == MOVES[state, verb]
            else:
                with pytest.raises(Refused, match="not_now"):
                    move(state, verb, version=3, seen=3)
            with pytest.raises(Refused, match="stale"):
                move(state, verb, version=3, seen=2)
