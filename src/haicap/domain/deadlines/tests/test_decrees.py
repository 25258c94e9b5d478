"""A calendar decree from draft to effect and back, through the verbs."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from haicap.base.refused import Refused
from haicap.domain.deadlines import actions, policy, queries
from haicap.domain.deadlines.models import CalendarDay, CalendarDecree
from haicap.domain.deadlines.reckoning import PACKAGED_YEARS, Reckoner, packaged_days
from haicap.domain.deadlines.tests import make
from haicap.domain.deadlines.tests.make import holiday
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed, officer
from haicap.kernel.ledger.models import Event


@pytest.fixture
def drafter(register):
    return appointed("an", "bnv", Role.OFFICER)


@pytest.fixture
def leader(register):
    return appointed("binh", "bnv", Role.LEADER)


def due(received: str, value: str, unit: str = "working_days") -> str:
    answer = Reckoner(queries.calendar_now())(received, value, unit)
    return answer.due or str(answer.problem.code)


def test_the_packaged_calendar_is_the_first_version(register) -> None:
    known = queries.calendar()
    assert (known.version, known.years) == (1, PACKAGED_YEARS)
    assert list(known.special.values()) == packaged_days()
    assert Event.objects.get(stream="deadlines.calendar:1").kind == "deadlines.calendar_loaded"
    with pytest.raises(Refused, match="already_loaded"):
        actions.load_calendar(days=(), years=(2025,), source="x", actor="system", at=make.AT)


def test_an_enacted_day_counts_with_its_document(drafter, leader) -> None:
    assert due("2026-11-25 09:00", "2") == "2026-11-27 17:00"
    decree = make.enacted(drafter, leader, holiday("2026-11-26"))
    assert due("2026-11-25 09:00", "2") == "2026-11-30 17:00"
    known = queries.calendar()
    day = known.special[date(2026, 11, 26)]
    assert (known.version, day.document, day.evidence) == (2, "1/2026/QĐ-TTg, điều 1", "confirmed")
    assert decree.enacted_at == make.AT
    kinds = Event.objects.filter(stream=decree.stream).order_by("seq").values_list("kind", flat=True)
    assert [k.rpartition("_")[2] for k in kinds] == ["drafted", "changed", "enacted"]


def test_withdrawn_what_was_replaced_holds_again(drafter, leader) -> None:
    decree = make.enacted(drafter, leader, holiday("2026-11-24", "ordinary"), holiday("2026-11-26"))
    assert due("2026-11-23 09:00", "1") == "2026-11-24 17:00"
    make.withdrawn(decree, leader)
    known = queries.calendar_now()
    assert known.version == 3
    assert known.special[date(2026, 11, 24)].document == "28/2026/QH16"
    assert date(2026, 11, 26) not in known.special
    assert list(known.special.values()) == packaged_days()
    with pytest.raises(Refused, match="not_now"):
        make.withdrawn(CalendarDecree.objects.get(pk=decree.pk), leader)


def test_what_others_rest_on_is_not_withdrawn(drafter, leader) -> None:
    first = make.enacted(drafter, leader, holiday("2026-11-26"))
    second = make.enacted(drafter, leader, holiday("2026-11-26", "ordinary"), number="2/2026/QĐ-TTg")
    with pytest.raises(Refused, match="built_upon"):
        make.withdrawn(first, leader)
    make.withdrawn(second, leader)
    make.withdrawn(first, leader)
    assert date(2026, 11, 26) not in queries.calendar_now().special


def test_a_new_year_is_opened_by_its_decree(drafter, leader) -> None:
    assert due("2026-12-30 09:00", "5") == "no_calendar"
    decree = make.enacted(drafter, leader, holiday("2027-01-01"), opens=2027)
    assert queries.calendar_now().years == (2025, 2027)
    assert due("2026-12-30 09:00", "5") == "2027-01-07 17:00"
    later = make.enacted(drafter, leader, holiday("2027-04-30"), number="3/2027/QĐ-TTg")
    with pytest.raises(Refused, match="built_upon"):
        make.withdrawn(decree, leader)
    make.withdrawn(later, leader)
    make.withdrawn(decree, leader)
    assert due("2026-12-30 09:00", "5") == "no_calendar"


@pytest.mark.parametrize(
    ("facts", "code"),
    [({"opens": 2028}, "year_gap"), ({"opens": 2026}, "year_known"), ({"number": "một"}, "bad_number")],
)
def test_drafts_that_cannot_be(drafter, facts, code) -> None:
    with pytest.raises(Refused, match=code):
        make.draft(drafter, holiday("2026-11-26"), **facts)


@pytest.mark.parametrize(
    "lines",
    [
        (holiday("2026-11-26"), holiday("2026-11-26")),
        (holiday("2026-11-26", "vacation"),),
        (actions.Line(date(2026, 11, 26), "holiday"),),
        (holiday("2026-11-26", "working"),),
        tuple(actions.Line(date(2026, 1, 1) + timedelta(days=n), "holiday", "x") for n in range(121)),
    ],
    ids=["twice", "unknown kind", "no name", "a weekday made up for", "too many"],
)
def test_days_that_cannot_be(drafter, lines) -> None:
    with pytest.raises(Refused, match="bad_day"):
        make.draft(drafter, *lines)


def test_what_is_not_enacted(drafter, leader) -> None:
    empty = make.draft(drafter)
    with pytest.raises(Refused, match="no_days"):
        actions.enact_decree(pk=empty.pk, seen=empty.version, actor=leader.actor, at=make.AT)
    outside = make.draft(drafter, holiday("2027-01-01"), number="2/2026/QĐ-TTg")
    with pytest.raises(Refused, match="outside_years"):
        actions.enact_decree(pk=outside.pk, seen=outside.version, actor=leader.actor, at=make.AT)
    with pytest.raises(Refused, match="stale"):
        actions.enact_decree(pk=outside.pk, seen=0, actor=leader.actor, at=make.AT)
    make.enacted(drafter, leader, holiday("2026-11-26"), number="4/2026/QĐ-TTg")
    with pytest.raises(Refused, match="already_enacted"):
        make.enacted(drafter, leader, holiday("2026-11-27"), number="4/2026/QĐ-TTg")
    dropped = actions.drop_decree(pk=empty.pk, seen=empty.version, actor=drafter.actor, at=make.AT)
    with pytest.raises(Refused, match="not_now"):
        actions.put_days(pk=dropped.pk, seen=dropped.version, days=(), actor=drafter.actor, at=make.AT)


def test_two_people_of_the_ministry(drafter, leader) -> None:
    own = make.draft(leader, holiday("2026-11-26"))
    with pytest.raises(Refused, match="same_person"):
        actions.enact_decree(pk=own.pk, seen=own.version, actor=leader.actor, at=make.AT)
    strangers = (
        drafter,
        appointed("cuc", "home_affairs", Role.LEADER, "p:79@2025-07-01"),
        appointed("dung", "bnv", Role.LEADER, until=date(2026, 11, 22)),
        officer("em"),
    )
    for person in strangers:
        with pytest.raises(Refused, match="not_yours"):
            actions.enact_decree(pk=own.pk, seen=own.version, actor=person.actor, at=make.AT)
    for person in strangers[1:]:
        with pytest.raises(Refused, match="not_yours"):
            make.draft(person)
        assert not queries.decrees(visible=policy.visible_to(person.actor, date(2026, 11, 22))).exists()


def test_the_database_refuses_to_edit_the_calendar(register) -> None:
    for sql in (
        "UPDATE deadlines_calendarday SET kind = 'ordinary'",
        "DELETE FROM deadlines_calendarday",
        "DELETE FROM deadlines_calendaryear",
    ):
        with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
            connection.cursor().execute(sql)
    assert CalendarDay.objects.count() == len(packaged_days())


WEEK = [[(450, 690), (810, 1020)]] * 5 + [[(480, 690)]] + [[]]


def test_opening_hours_are_the_units_own(register) -> None:
    unit = register.at("26740", date(2026, 11, 22)).uid
    head = appointed("giang", "commune_chairman", Role.LEADER, unit)
    before = due("2026-11-20 16:59", "0.5", "working_hours")
    made = actions.set_opening_hours(
        unit_uid=unit, week=WEEK, since=date(2026, 12, 1), decision="1/TB", actor=head.actor, at=make.AT
    )
    assert queries.opening_hours(unit, date(2026, 11, 30)) is None
    assert queries.opening_hours(unit, date(2026, 12, 1)) == made
    actions.set_opening_hours(
        unit_uid=unit, week=[[]] * 7, since=date(2027, 1, 1), decision="2/TB", actor=head.actor, at=make.AT
    )
    assert [queries.last_day(h) for h in queries.hours_of(unit)] == [None, date(2026, 12, 31)]
    assert due("2026-11-20 16:59", "0.5", "working_hours") == before  # no deadline is reckoned from them
    other = register.at("26737", date(2026, 11, 22)).uid
    for values, code in (
        ({"week": [[(690, 450)], *WEEK[1:]]}, "bad_hours"),
        ({"week": WEEK[:6]}, "bad_hours"),
        ({"since": date(2026, 11, 21)}, "in_the_past"),
        ({"since": date(2026, 12, 15)}, "later_hours"),
        ({"unit_uid": other}, "not_yours"),
    ):
        asked = {"unit_uid": unit, "week": WEEK, "since": date(2027, 2, 1), "decision": "x"} | values
        with pytest.raises(Refused, match=code):
            actions.set_opening_hours(**asked, actor=head.actor, at=make.AT)
