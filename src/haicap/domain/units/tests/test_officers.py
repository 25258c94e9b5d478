"""Posts and appointments: rights on the day before, on the day, and after."""

from __future__ import annotations

from datetime import date

import pytest

from haicap.base.refused import Refused
from haicap.domain.units import actions, policy, queries
from haicap.domain.units.organs import Role
from haicap.domain.units.policy import Verb
from haicap.domain.units.tests import make

HCM, SAIGON = "p:79@2025-07-01", "c:26740@2025-07-01"


@pytest.fixture
def department(register):
    return make.appointed("lan", "home_affairs", Role.OFFICER, HCM)


def post_in(kind: str, uid: str, *, single: bool = True):
    return actions.create_post(
        organ=make.organ(kind, uid).pk,
        role=Role.LEADER,
        title="Giám đốc",
        single=single,
        actor="system",
        at=make.AT,
    )


def appoint(post, officer, actor: str, since: date = date(2026, 1, 1), until: date | None = None):
    return actions.appoint(
        post=post.pk,
        officer=officer.actor,
        since=since,
        until=until,
        decision="5/QĐ",
        actor=actor,
        at=make.AT,
    )


def test_rights_begin_and_end_with_the_appointment(register) -> None:
    person = make.appointed("mai", "bnv", Role.LEADER, since=date(2026, 3, 1), until=date(2026, 9, 1))
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 8, 31), date(2026, 9, 1)]
    assert [policy.may(person.actor, Verb.ENACT, day) for day in days] == [False, True, True, False]


def test_strangers_hold_nothing(register) -> None:
    for actor in ("", "system", "x' OR 1=1", "00000000-0000-0000-0000-000000000000"):
        assert policy.held(actor, date(2026, 11, 22)) == ()


def test_a_department_appoints_in_its_province_only(department) -> None:
    inside, outside = post_in("commune_centre", SAIGON), post_in("home_affairs", "p:01")
    person = make.officer("nga")
    assert appoint(inside, person, department.actor).post == inside
    with pytest.raises(Refused, match="not_yours"):
        appoint(outside, person, department.actor)


def test_a_chairman_appoints_in_the_own_commune_only(register) -> None:
    chair = make.appointed("oanh", "commune_chairman", Role.LEADER, SAIGON)
    person = make.officer("phuc")
    assert appoint(post_in("commune_centre", SAIGON), person, chair.actor)
    with pytest.raises(Refused, match="not_yours"):
        appoint(post_in("commune_centre", "c:26743@2025-07-01"), person, chair.actor)


def test_a_single_post_has_one_holder_a_day(department) -> None:
    post = post_in("commune_centre", SAIGON)
    appoint(post, make.officer("quy"), department.actor, date(2026, 1, 1), date(2026, 6, 1))
    with pytest.raises(Refused, match="post_taken"):
        appoint(post, make.officer("son"), department.actor, date(2026, 5, 31))
    assert appoint(post, make.officer("tam"), department.actor, date(2026, 6, 1))


def test_ending_an_appointment(department) -> None:
    held = appoint(post_in("commune_centre", SAIGON), make.officer("uyen"), department.actor)
    ended = actions.end_appointment(
        pk=held.pk, seen=held.version, until=date(2026, 7, 1), actor=department.actor, at=make.AT
    )
    assert ended.valid.upper == date(2026, 7, 1)
    with pytest.raises(Refused, match="stale"):
        actions.end_appointment(
            pk=held.pk, seen=1, until=date(2026, 6, 1), actor=department.actor, at=make.AT
        )
    with pytest.raises(Refused, match="bad_span"):
        actions.end_appointment(
            pk=held.pk, seen=ended.version, until=date(2026, 8, 1), actor=department.actor, at=make.AT
        )


def test_no_appointment_before_the_organ_exists(department) -> None:
    with pytest.raises(Refused, match="outside_organ"):
        appoint(post_in("commune_centre", SAIGON), make.officer("van"), department.actor, date(2025, 6, 30))


def test_a_dissolved_organ_gives_no_rights(register) -> None:
    from haicap.domain.units.tests.make_lines import line

    clerk = make.appointed("xuan", "commune_office", Role.OFFICER, "c:26737@2025-07-01")
    drafter, leader = make.appointed("y", "bnv", Role.OFFICER), make.appointed("z", "bnv", Role.LEADER)
    make.enacted(
        drafter,
        leader,
        line("26740", "whole", "26740", "Sài Gòn"),
        line("26737", "whole", "26740", "Sài Gòn"),
    )
    assert policy.held(clerk.actor, date(2026, 12, 31))
    assert policy.held(clerk.actor, date(2027, 1, 1)) == ()


def test_a_post_is_made_once(department) -> None:
    post_in("commune_centre", SAIGON)
    with pytest.raises(Refused, match="post_exists"):
        post_in("commune_centre", SAIGON)


def test_posts_and_holders_are_listed(department) -> None:
    post = post_in("commune_centre", SAIGON)
    held = appoint(post, make.officer("anh"), department.actor)
    organ = make.organ("commune_centre", SAIGON)
    assert list(queries.posts_of(organ.pk)) == [post]
    assert list(queries.held_by(organ.pk, date(2026, 11, 22))) == [held]
    assert list(queries.held_by(organ.pk, date(2025, 12, 31))) == []
