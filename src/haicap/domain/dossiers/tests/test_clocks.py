"""When it is due: receipt, pauses, extension, holidays; the promise stays, the due instant follows the calendar."""

from __future__ import annotations

from datetime import date

import pytest

from haicap.base.refused import Refused
from haicap.domain.deadlines import jobs as deadlines
from haicap.domain.deadlines import queries as clocks
from haicap.domain.deadlines.actions import Line
from haicap.domain.deadlines.reckoning import read_limit
from haicap.domain.deadlines.tests import make as calendar
from haicap.domain.dossiers import actions, jobs
from haicap.domain.dossiers.actions import Handed
from haicap.domain.dossiers.models import Supplement
from haicap.domain.dossiers.states import FileOrigin, State
from haicap.domain.dossiers.tests import make
from haicap.domain.dossiers.tests.make import CODE, NO_LIMIT, SAME_DAY, at, do, shown
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed
from haicap.kernel.ledger.models import Event

# received, limit of the procedure → promised
PROMISES = [
    ("2025-07-01 09:00", CODE, "2025-07-08 17:00"),  # the first day of the two tiers
    ("2026-11-20 09:00", CODE, "2026-11-30 17:00"),  # 24/11/2026 is a holiday for the first time
    ("2026-02-13 09:00", CODE, "2026-02-27 17:00"),  # Tết Bính Ngọ: 16–20/02
    ("2026-08-28 10:00", CODE, "2026-09-09 17:00"),  # 31/08 swapped off, 01–02/09
    ("2026-11-20 14:59", SAME_DAY, "2026-11-20 17:00"),
    ("2026-11-20 15:00", SAME_DAY, "2026-11-23 17:00"),  # from 15:00 on: the next working day
    ("2026-11-20 23:59", SAME_DAY, "2026-11-23 17:00"),
]


@pytest.mark.parametrize(("received", "code", "promised"), PROMISES)
def test_what_is_promised_at_receipt(w, received, code, promised) -> None:
    row = make.row_of(make.received(w, code, at(received)))
    assert (shown(row.promised_at), shown(row.due_at), row.alarm) == (promised, promised, "")


def test_nothing_is_filed_before_there_are_two_tiers(w) -> None:
    with pytest.raises(Refused) as refused:
        make.received(w, CODE, at("2025-06-30 09:00"))
    assert refused.value.code in ("no_unit", "not_in_force")


def test_an_unknown_limit_promises_nothing_and_says_so(w) -> None:
    row = make.row_of(make.received(w, NO_LIMIT))
    assert (row.promised_at, row.due_at, row.alarm) == (None, None, "no_limit")
    slip = make.whole_of(row).slips[0].data
    assert (slip["promised_at"], slip["time_limit"]) == ("", "")


def test_a_supplement_stops_the_clock_and_the_rest_runs_on(w) -> None:
    row = make.received(w)  # Friday 20/11 09:00, due Monday 30/11 17:00
    asked = make.supplement(w, row, at("2026-11-23 08:00"))
    assert clocks.clock(row.stream).state == "paused"
    given = do(
        actions.supply, asked, w.reception, at("2026-11-30 08:00"), components=[Handed("don", originals=1)]
    )
    assert (given.state, shown(given.due_at)) == (State.RECEIVED, "2026-12-04 17:00")
    assert shown(make.row_of(given).promised_at) == "2026-11-30 17:00"
    kept = Supplement.objects.get(dossier_id=row.id)
    assert (shown(kept.due_before), shown(kept.due_after)) == ("2026-11-30 17:00", "2026-12-04 17:00")


def test_a_supplement_before_receipt_touches_no_clock(w) -> None:
    row = make.supplement(w, make.filed(w))
    assert row.clock == 0
    back = actions.supply(
        code=row.code, seen=row.version, applicant=True, phone=make.PHONE, answer="Đã ký.", actor=make.WEB,
        at=at("2026-11-21 08:00"),
    )  # fmt: skip
    assert (back.state, back.due_at) == (State.REGISTERED, None)
    assert do(actions.receive, back, w.reception, at("2026-11-23 08:00")).clock == 1


def test_what_is_overdue_stays_late_when_something_is_missing(w) -> None:
    row = make.received(w)
    asked = make.supplement(w, row, at("2026-12-01 08:00"))
    assert clocks.clock(row.stream).state == "running"
    given = do(actions.supply, asked, w.reception, at("2026-12-02 08:00"), answer="Đã ký.")
    assert shown(given.due_at) == "2026-11-30 17:00"
    event = Event.objects.filter(stream=row.stream, kind="dossiers.supplied").get()
    assert event.data["due"] == given.due_at.isoformat()
    done = do(actions.stop, given, w.reception, at("2026-12-03 08:00"), reason="Người nộp đề nghị.")
    assert clocks.clock(row.stream).state == "stopped"
    assert done.state == State.STOPPED


def test_nothing_is_promised_for_an_unknown_limit_after_a_supplement_either(w) -> None:
    asked = make.supplement(w, make.received(w, NO_LIMIT), at("2026-11-23 08:00"))
    given = do(actions.supply, asked, w.reception, at("2026-11-24 08:00"), answer="Đã ký.")
    assert (given.due_at, given.alarm) == (None, "no_limit")


DAY = (read_limit("2", "working_days"),)


def test_an_extension_counts_from_the_old_due_instant(w) -> None:
    row = do(
        actions.extend, make.taken_up(w), w.officer, at("2026-11-27 08:00"), parts=DAY, reason="Chờ xác minh."
    )
    assert (shown(row.due_at), row.clock, row.extensions) == ("2026-12-02 17:00", 2, 1)
    assert shown(make.row_of(row).promised_at) == "2026-11-30 17:00"
    first, second = clocks.clock(row.stream, 1), clocks.clock(row.stream, 2)
    assert (first.state, second.state) == ("stopped", "running")
    slip = make.whole_of(row).slips[-1]
    assert (slip.form, slip.data["promised_at"][:10], slip.data["new_promised_at"][:10]) == (
        "04",
        "2026-11-30",
        "2026-12-02",
    )
    with pytest.raises(Refused) as refused:
        do(actions.extend, row, w.officer, at("2026-12-01 08:00"), parts=DAY, reason="Lần nữa.")
    assert refused.value.code == "extended_once"
    asked = make.supplement(w, row, at("2026-12-01 08:00"))
    assert clocks.clock(row.stream, 2).state == "paused"
    assert do(actions.supply, asked, w.reception, at("2026-12-02 08:00"), answer="Đủ.").due_at > row.due_at


ADDED = [
    ("1", "working_days", "2026-12-01 17:00"),
    ("0.5", "working_days", "2026-12-01 12:00"),
    ("4", "working_hours", "2026-12-01 12:00"),
    ("3", "days", "2026-12-03 17:00"),
    ("1", "months", "2026-12-30 17:00"),
]


@pytest.mark.parametrize(("value", "unit", "due"), ADDED)
def test_what_is_added_counts_from_the_day_after(w, value, unit, due) -> None:
    parts = (read_limit(value, unit),)
    row = do(actions.extend, make.taken_up(w), w.officer, at("2026-11-27 08:00"), parts=parts, reason="Chờ.")
    assert shown(row.due_at) == due


LATEST = [("2026-11-30 16:59", ""), ("2026-11-30 17:00", "too_late"), ("2026-11-30 17:01", "too_late")]


@pytest.mark.parametrize(("when", "code"), LATEST)
def test_form_04_leaves_before_the_deadline_not_at_it(w, when, code) -> None:
    row = make.taken_up(w)
    try:
        do(actions.extend, row, w.officer, at(when), parts=DAY, reason="Chờ xác minh.")
        found = ""
    except Refused as refused:
        found = refused.code
    assert found == code


def test_what_promises_nothing_is_not_extended(w) -> None:
    with pytest.raises(Refused) as refused:
        do(actions.extend, make.taken_up(w, NO_LIMIT), w.officer, parts=DAY, reason="Chờ.")
    assert refused.value.code == "no_due"


def test_waiting_for_money_stops_the_clock(w) -> None:
    row = do(actions.request_payment, make.received(w, make.PAID), w.reception, at("2026-11-23 08:00"))
    assert (row.state, clocks.clock(row.stream).state) == (State.PAYING, "paused")
    do(actions.take_payment, row, w.reception, at("2026-11-25 08:00"))
    now = make.row_of(row)
    assert (now.state, shown(now.due_at), shown(now.promised_at)) == (
        State.RECEIVED, "2026-12-01 17:00", "2026-11-30 17:00",
    )  # fmt: skip


ENDS = {
    "refuse": lambda w, r: do(actions.refuse, r, w.reception, reason="Không thuộc thẩm quyền."),
    "stop": lambda w, r: do(actions.stop, r, w.reception, reason="Người nộp đề nghị."),
    "withdraw": lambda w, r: do(actions.withdraw, r, w.reception),
}


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("state", [State.REGISTERED, State.RECEIVED, State.SUPPLEMENT])
def test_whatever_ends_a_dossier_ends_its_clock(w, end, state) -> None:
    if (end, state) == ("refuse", State.SUPPLEMENT):
        return  # not a move of the law (test_moves)
    row = ENDS[end](w, make.in_state(w, state))
    clock = clocks.clock(row.stream)
    assert clock is None if state is State.REGISTERED else clock.state == "stopped"
    assert make.row_of(row).ended_at is not None


def test_on_time_and_late_are_told_at_the_end(w) -> None:
    for when, on_time in (("2026-11-30 17:00", True), ("2026-11-30 17:01", False)):
        row = make.decided(w)
        row = do(actions.finish, row, w.officer, at(when), on_paper=True)
        event = Event.objects.get(stream=row.stream, kind="dossiers.finished")
        assert event.data["on_time"] is on_time


def test_a_new_holiday_moves_what_is_due_and_nothing_that_was_promised(w) -> None:
    moved, ended = make.received(w), make.done(w)
    drafter, leader = appointed("lich", "bnv", Role.OFFICER), appointed("nghi", "bnv", Role.LEADER)
    calendar.enacted(drafter, leader, Line(date(2026, 11, 25), "holiday", "Ngày thử", "điều 1"))
    clocks.forget()
    deadlines.work()
    event = Event.objects.filter(kind="deadlines.recomputed").latest("id")
    jobs.follow_calendar(event.pk)
    row = make.row_of(moved)
    assert (shown(row.due_at), shown(row.promised_at)) == ("2026-12-01 17:00", "2026-11-30 17:00")
    assert row.version == moved.version
    jobs.follow_calendar(event.pk)  # told twice: the same
    assert shown(make.row_of(moved).due_at) == "2026-12-01 17:00"
    assert shown(make.row_of(ended).due_at) == "2026-11-30 17:00"
    taken = do(actions.take_up, make.row_of(moved), w.officer)
    assert shown(taken.due_at) == "2026-12-01 17:00"


def test_papers_found_later_set_the_flags_when_they_come(w) -> None:
    row = make.supplement(w, make.received(w))
    before = make.row_of(row)
    assert (before.digitised, before.reused, before.from_store) == (False, False, False)
    parts = [Handed("don", origin=FileOrigin.SCANNED), Handed("anh", origin=FileOrigin.STORE)]
    now = make.row_of(do(actions.supply, row, w.reception, components=parts))
    assert (now.digitised, now.reused, now.from_store) == (True, False, True)
