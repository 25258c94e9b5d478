"""What nobody presses a button for: late goes up, clocks follow the calendar, ended organs let go, the absent are passed over."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from psycopg.types.range import DateRange

from haicap.base.refused import Refused
from haicap.domain.deadlines import jobs as recomputing
from haicap.domain.deadlines import queries as clocks
from haicap.domain.deadlines.actions import Line
from haicap.domain.deadlines.tests import make as calendar
from haicap.domain.dossiers import queries as dossiers
from haicap.domain.feedback import actions, jobs, queries
from haicap.domain.feedback.states import Kind, State
from haicap.domain.feedback.tests import make
from haicap.domain.feedback.tests.make import MORNING, at, do, filed, row, shown
from haicap.domain.units.models import Organ
from haicap.domain.units.organs import Role
from haicap.domain.units.tests.make import appointed, organ
from haicap.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db
ON = MORNING.date()


def test_late_goes_up_step_by_step(w) -> None:
    made = filed()
    assert jobs.escalate(at("2026-11-25 17:00")) == 0  # the very instant is still in time
    assert jobs.escalate(at("2026-11-25 17:01")) == 1
    assert jobs.escalate(at("2026-11-25 18:00")) == 0  # told once
    assert jobs.escalate(at("2026-12-01 09:00")) == 1
    assert jobs.escalate(at("2026-12-20 09:00")) == 0  # no higher
    ticket = row(made.code)
    assert (ticket.escalation, ticket.late) == (
        2,
        False,
    )  # nobody took it up, but the answer is promised for 14 December


def test_an_organ_that_ended_lets_go(w) -> None:
    made = filed()
    promised = row(made.code).answer_due_at
    ended = Organ.objects.get(pk=w.committee)
    ended.valid = DateRange(ended.valid.lower, ON + timedelta(days=1))
    ended.save(update_fields=["valid"])
    assert jobs.leave_ended_organs(MORNING) == 0  # it still exists on its last day
    dossiers.forget()
    assert jobs.leave_ended_organs(MORNING + timedelta(days=1)) == 1
    ticket = row(made.code)
    assert ticket.organ_id != w.committee and ticket.state == State.RECEIVED
    assert (ticket.answer_due_at, ticket.hop) == (promised, 0)  # the promise to the sender stays
    assert queries.orphans(ON + timedelta(days=1)) == []


def test_who_is_on_duty_gets_it_and_a_stand_in_for_the_absent(w) -> None:
    team = actions.set_up_force(
        organ=organ("btp").pk, name="Tổ thường trực Bộ Tư pháp", since=ON, actor=w.minister.actor, at=MORNING
    )
    other = appointed("khac", "btp", Role.OFFICER)
    actions.put_on_duty(
        code=team.code,
        officer=w.ministry.actor,
        since=ON,
        until=None,
        seen=team.version,
        actor=w.minister.actor,
        at=MORNING,
    )
    queries.tables.forget()
    made = filed(actor=w.officer.actor, kind=Kind.LOCALITY)
    assert row(made.code).assignee == w.ministry.actor
    actions.note_absence(
        officer=w.ministry.actor,
        since=ON,
        until=ON + timedelta(days=3),
        stand_in=other.actor,
        actor=w.ministry.actor,
        at=MORNING,
    )
    queries.tables.forget()
    second = filed(
        actor=w.officer.actor, kind=Kind.LOCALITY, text="Câu hỏi khác hẳn về một điều khác của văn bản."
    )
    assert row(second.code).assignee == other.actor
    assert (
        queries.tables().present(w.ministry.actor, ON + timedelta(days=3)) == w.ministry.actor
    )  # back on that day
    assert (
        actions.hand_over(
            organ=organ("btp").pk,
            giver=w.ministry.actor,
            taker=other.actor,
            actor=w.ministry.actor,
            at=MORNING,
        )
        == 1
    )
    assert row(made.code).assignee == other.actor


def test_stand_ins_in_a_circle_end_with_nobody(w) -> None:
    other = appointed("khac", "btp", Role.OFFICER)
    for giver, taker in ((w.ministry, other), (other, w.ministry)):
        actions.note_absence(
            officer=giver.actor, since=ON, until=None, stand_in=taker.actor, actor=giver.actor, at=MORNING
        )
    queries.tables.forget()
    assert queries.tables().present(w.ministry.actor, ON) == ""


def test_rosters_are_the_leaders(w) -> None:
    with pytest.raises(Refused, match="not_yours"):
        actions.set_up_force(organ=organ("btp").pk, name="X", since=ON, actor=w.ministry.actor, at=MORNING)
    team = actions.set_up_force(organ=organ("btp").pk, name="X", since=ON, actor=w.minister.actor, at=MORNING)
    with pytest.raises(Refused, match="not_there"):
        actions.put_on_duty(
            code=team.code,
            officer=w.officer.actor,
            since=ON,
            until=None,
            seen=team.version,
            actor=w.minister.actor,
            at=MORNING,
        )


def test_routes_are_kept_by_the_focal_offices(w) -> None:
    def line(who, province: str):
        return actions.set_route(
            organs=["home_affairs"], since=ON, kind="officer", province=province, actor=who.actor, at=MORNING
        )

    with pytest.raises(Refused, match="not_yours"):
        line(w.officer, w.lao_cai)
    with pytest.raises(Refused, match="not_yours"):
        line(w.province, "")
    made = line(w.province, w.lao_cai)
    queries.tables.forget()
    assert row(filed(kind=Kind.OFFICER).code).organ.kind == "home_affairs"
    actions.end_route(
        code=made.code, until=ON + timedelta(days=1), seen=made.version, actor=w.province.actor, at=MORNING
    )
    queries.tables.forget()
    later = filed(
        MORNING + timedelta(days=1), kind=Kind.OFFICER, text="Cán bộ khác, việc khác hẳn so với hôm qua."
    )
    assert row(later.code).organ.kind == "province_office"
    with pytest.raises(Refused, match="bad_organ"):
        actions.set_route(organs=["khong_co"], since=ON, province="", actor=w.focal.actor, at=MORNING)


def test_clocks_follow_a_new_holiday(w) -> None:
    made = filed()
    drafter, leader = appointed("lich", "bnv", Role.OFFICER), appointed("nghi", "bnv", Role.LEADER)
    assert shown(row(made.code).answer_due_at) == "2026-12-14 17:00"
    calendar.enacted(drafter, leader, Line(date(2026, 12, 1), "holiday", "Ngày thử", "điều 1"))
    clocks.forget()
    recomputing.work()
    jobs.follow_calendar(Event.objects.filter(kind="deadlines.recomputed").latest("id").pk)
    assert shown(row(made.code).answer_due_at) == "2026-12-15 17:00"
    assert row(made.code).version == 1  # a recompute moves no ticket's version


def test_erased_when_ended_only(w) -> None:
    made = make.answered(w)
    with pytest.raises(Refused, match="not_now"):
        do(actions.erase_ticket, made.code, w.leader)
    do(actions.publish_answer, made.code, w.officer)
    do(actions.erase_ticket, made.code, w.leader)
    ticket = row(made.code)
    assert (ticket.sender_phone, ticket.text, ticket.signature) == ("", "", [])
    with pytest.raises(Refused, match="not_found"):
        queries.followed(made.code, phone="5678")
