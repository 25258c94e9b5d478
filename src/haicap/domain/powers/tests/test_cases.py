"""Findings as cases: kept in step with the register and the law, decided by people, gone with the reason."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from haicap.base.refused import Refused
from haicap.domain.law import actions as law_actions
from haicap.domain.law.models import Relation
from haicap.domain.law.states import RelationKind
from haicap.domain.law.tests import make as law
from haicap.domain.powers import actions, jobs, queries
from haicap.domain.powers.models import Case
from haicap.domain.powers.states import CaseState, FindingKind, Gone, Level, Mode, Reason
from haicap.domain.powers.tests import make
from haicap.domain.powers.tests.make import AT, POWER, SAIGON, SAPA, delegated, line, minutes, power
from haicap.domain.units.organs import Role as Post
from haicap.domain.units.tests import make as units
from haicap.domain.units.tests.make_lines import line as change
from haicap.kernel.ledger import queries as ledger
from haicap.kernel.ledger.models import Event

pytestmark = pytest.mark.django_db
K = FindingKind
REPEAL = law.LATER


@pytest.fixture
def lan(register):
    lan = make.justice()
    make.documents(lan)
    return lan


def told(power: str = POWER) -> list[tuple[str, str, date | None, date | None, str]]:
    return sorted((c.kind, c.reason, c.since, c.until, c.condition) for c in make.cases(power))


def covered(lan) -> None:
    """A power somebody holds on every day since the reform, so that nothing is wrong with it."""
    words = {"document": "", "place": "", "citation": "Quyết định cũ"}
    make.enter(lan, power(), line(id="M"), line(id="OLD", until=make.BASIS, **words))
    make.check(minutes(1))
    assert told() == []


# --- the law moves, the findings follow ---------------------------------------------------------------------------------
def test_a_repeal_empties_the_seat_and_its_withdrawal_fills_it(lan) -> None:
    covered(lan)
    law.enter(lan, law.tie(RelationKind.REPEALS, target_place="art_5"))
    assert queries.stale(make.NOW)
    assert (make.held(date(2026, 11, 30)), make.held(REPEAL)) == (["commune_committee"], [])
    assert make.check(minutes(2)) == (1, 0)
    (case,) = make.cases()
    assert (case.kind, case.reason, case.since, case.until) == (K.OMISSION, Reason.LAPSED, REPEAL, None)
    assert (case.units, case.assertions, case.owner, case.state) == ([], ["M"], "bxd", CaseState.OPEN)
    pk = Relation.objects.latest("pk").pk
    law_actions.withdraw_relation(pk=pk, why="Nhầm", actor=lan.actor, at=minutes(3))
    assert make.check(minutes(4)) == (0, 1)
    case.refresh_from_db()
    assert (case.state, case.gone_why, case.gone_at) == (CaseState.GONE, Gone.LAW, minutes(4))
    assert make.held(REPEAL) == ["commune_committee"]


def test_a_case_that_comes_back_is_the_same_one(lan) -> None:
    covered(lan)
    tie = law.tie(RelationKind.REPEALS, target_place="art_5")
    law.enter(lan, tie)
    make.check(minutes(2))
    (case,) = make.cases()
    actions.decide_case(
        pk=case.pk, state=CaseState.ACCEPTED, decision="Đúng ý", seen=0, actor=lan.actor, at=minutes(3)
    )
    pk = Relation.objects.latest("pk").pk
    law_actions.withdraw_relation(pk=pk, why="Nhầm", actor=lan.actor, at=minutes(4))
    make.check(minutes(5))
    law.enter(lan, tie, at=minutes(6))
    assert make.check(minutes(7)) == (0, 0)
    (again,) = make.cases()
    assert (again.pk, again.state, again.decision, again.gone_at) == (case.pk, CaseState.OPEN, "", None)
    assert [e.kind for e in ledger.history(again.stream)] == ["powers.case_decided"]


def test_why_a_case_is_gone(lan) -> None:
    make.enter(lan, power(), line(condition="tang < 12"))
    make.check(minutes(1))
    assert {c.condition for c in make.cases() if c.reason == Reason.CASE_HOLE} == {"12 <= tang < 100"}
    (code,) = make.enter(
        lan, line("province_committee", Level.PROVINCE, condition="12 <= tang"), at=minutes(2)
    )
    make.check(minutes(3))
    gone = Case.objects.get(power__code=POWER, reason=Reason.CASE_HOLE)
    assert (gone.state, gone.gone_why, gone.gone_by) == (CaseState.GONE, Gone.ENTERED, [code])
    make.correct(lan, code, minutes(4), condition="13 <= tang")
    make.check(minutes(5))
    (hole,) = (c for c in make.cases() if c.reason == Reason.CASE_HOLE)
    assert hole.condition == "12 <= tang < 13"
    make.correct(lan, code, minutes(6), condition="12 <= tang")
    make.check(minutes(7))
    hole.refresh_from_db()
    assert (hole.gone_why, hole.gone_by) == (Gone.CORRECTED, [code])


def test_a_provision_that_never_counted_leaves_an_omission(lan) -> None:
    law.enter(
        lan,
        law.document("931/2026/NĐ-CP"),
        law.tie(RelationKind.REPEALS, target="931/2026/NĐ-CP", since=make.BASIS),
    )
    make.enter(lan, power(), line(document="931/2026/NĐ-CP", place=""))
    make.check()
    (case,) = make.cases()
    assert (case.kind, case.since, case.until, case.units) == (K.OMISSION, date(2025, 7, 1), None, [])


def test_two_holders_and_a_letter(lan) -> None:
    make.enter(lan, power(), line(id="M"), line("province_committee", Level.PROVINCE, id="P", place="art_6"))
    make.check(minutes(1))
    (case,) = make.cases(kind=K.OVERLAP)
    assert (case.since, case.until, case.assertions) == (make.BASIS, None, ["M", "P"])
    assert len(case.citations) == 2
    make.enter(lan, delegated("M", id="C", unit=SAPA), at=minutes(2))
    make.correct(lan, "P", minutes(3), condition="nhom in {A} and 5 <= tang < 9")
    make.check(minutes(4))
    (narrow,) = make.cases(kind=K.OVERLAP)
    assert narrow.condition == "nhom in {A} and 5 <= tang < 9"


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (K.CHAIN_NO_END, {"until": None}),
        (K.CHAIN_INSTRUMENT, {"mode": Mode.DELEGATION, "document": "9/UBND-VP"}),
        (K.CHAIN_BURDEN, {"added_days": 2}),
        (K.CHAIN_RECEIVER, {"organ": "bxd", "level": Level.NATION}),
        (K.CHAIN_NOT_HOLDER, {"parent": "LATE"}),
        (K.CHAIN_BEYOND_BASIS, {"parent": "SHORT"}),
        (K.CHAIN_REAUTHORISED, {"parent": "C"}),
    ],
)
def test_faults_of_chains(lan, kind: K, facts) -> None:
    law.enter(lan, law.document("9/UBND-VP", issuer=f"ubnd:{make.LAO_CAI}", owner=""))
    make.enter(
        lan, power(), line("province_committee", Level.PROVINCE, id="M"), delegated("M", id="C", unit=SAIGON),
        line("province_committee", Level.PROVINCE, id="LATE", since=date(2026, 6, 1), condition="tang < 1"),
        line("province_committee", Level.PROVINCE, id="SHORT", until=date(2026, 6, 1), condition="1 <= tang < 2"),
    )  # fmt: skip
    words = {"organ": "commune_economy", "level": Level.COMMUNE, "parent": "M"} | facts
    words |= {"condition": {"LATE": "tang < 1", "SHORT": "1 <= tang < 2"}.get(words["parent"], "")}
    make.enter(lan, delegated(words.pop("parent"), id="X", unit=SAIGON, **words))
    make.check()
    assert [c.assertions[0] for c in make.cases(kind=kind)] == ["X"]
    assert make.cases(kind=kind)[0].units == [SAIGON]


# --- edges of days ----------------------------------------------------------------------------------------------------
def test_days_of_the_reform_and_of_the_cliff(lan) -> None:
    law.enter(
        lan,
        law.document(
            "931/2025/NĐ-CP",
            issued_on=date(2025, 6, 12),
            effective_on=date(2025, 7, 1),
            sunset_on=date(2027, 3, 1),
        ),
    )
    words = {"document": "931/2025/NĐ-CP", "place": ""}
    old = {"document": "", "place": "", "citation": "Quyết định cũ"}
    make.enter(
        lan, power(), line("district_committee", Level.DISTRICT, id="D", **old), line(id="M", **words),
        power("thu.hai"), line("district_committee", Level.DISTRICT, power="thu.hai", **old),
    )  # fmt: skip
    make.check()
    days = (date(2025, 6, 30), date(2025, 7, 1), date(2027, 2, 28), date(2027, 3, 1))
    holders = [make.held(on) for on in days]
    assert holders == [["district_committee"], ["commune_committee"], ["commune_committee"], []]
    assert (K.OMISSION, Reason.LAPSED, days[3], None, "") in told()
    assert [c.since for c in make.cases(kind=K.CLIFF)] == [days[3]]
    (orphan,) = make.cases("thu.hai", kind=K.OMISSION)
    assert (orphan.reason, orphan.since, orphan.until) == (Reason.NO_SUCCESSOR, days[1], None)
    assert [c.since for c in make.cases("thu.hai", kind=K.HOLDER_ABOLISHED)] == [days[1]]
    for on, number in ((days[0], 0), (days[1], 2)):
        assert len(make.cases("thu.hai", on=on)) == number


# --- the map moves ------------------------------------------------------------------------------------------------------
DAY = date(2027, 1, 1)
SAIGON_CODE, TAN_DINH_CODE, TAN_DINH = "26740", "26737", "c:26737@2025-07-01"


def merge() -> None:
    """Phường Tân Định goes into a new Phường Sài Gòn on DAY."""
    drafter, leader = units.appointed("ve", "bnv", Post.OFFICER), units.appointed("ky", "bnv", Post.LEADER)
    units.enacted(
        drafter, leader, change(SAIGON_CODE, "whole", SAIGON_CODE, "Sài Gòn"),
        change(TAN_DINH_CODE, "whole", SAIGON_CODE, "Sài Gòn"),
    )  # fmt: skip


def test_units_that_are_born_and_dissolved(lan) -> None:
    covered(lan)
    make.enter(lan, power("thu.hai"), line(power="thu.hai", units=(TAN_DINH,)))
    make.check(minutes(2))
    everywhere = len(queries.current.now().ground.units)
    merge()
    assert queries.stale(make.NOW)
    make.check(minutes(3))
    assert told() == []  # a dissolved unit misses nobody, a new one has the holder of all
    new = f"c:{SAIGON_CODE}@2027-01-01"
    assert make.held(DAY, new) == ["commune_committee"]
    assert [make.held(on, TAN_DINH) for on in (date(2026, 12, 31), DAY)] == [["commune_committee"], []]
    assert [make.held(on, new) for on in (date(2026, 12, 31),)] == [[]]
    assert len(queries.current.now().ground.units) == everywhere + 1
    missing = {c.since: c.units for c in make.cases("thu.hai", kind=K.OMISSION)}
    assert any(new in found for found in missing.values())
    assert not any(TAN_DINH in found for since, found in missing.items() if since and since >= DAY)
    (gone,) = make.cases("thu.hai", kind=K.HOLDER_ABOLISHED)
    assert (gone.since, gone.units) == (DAY, [TAN_DINH])


def test_a_decision_is_kept_while_units_change(lan) -> None:
    covered(lan)
    law.enter(lan, law.tie(RelationKind.REPEALS, target_place="art_5"))
    make.enter(lan, line(units=(SAPA,), place="art_6"))
    make.check(minutes(2))
    (case,) = make.cases(kind=K.OMISSION)
    before = list(case.units)
    case = actions.decide_case(
        pk=case.pk,
        state=CaseState.TO_BE_AMENDED,
        decision="Chờ nghị định",
        seen=0,
        actor=lan.actor,
        at=minutes(3),
    )
    merge()
    make.check(minutes(4))
    case.refresh_from_db()
    assert (case.state, case.decision, case.version) == (CaseState.TO_BE_AMENDED, "Chờ nghị định", 1)
    assert case.units != before or len(make.cases(kind=K.OMISSION)) > 1


# --- decisions ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def case(lan):
    make.enter(lan, power(), line())
    make.check()
    return make.cases()[0]


def refuse(code: str, call, **facts) -> None:
    before = Event.objects.count()
    with pytest.raises(Refused, match=code):
        call(at=AT, **facts)
    assert Event.objects.count() == before


def test_a_case_is_decided_in_words_and_opened_again(lan, case) -> None:
    words = {"pk": case.pk, "state": CaseState.ANSWERED, "actor": lan.actor}
    refuse("no_words", actions.decide_case, decision=" ", seen=0, **words)
    refuse("too_long", actions.decide_case, decision="x" * 4001, seen=0, **words)
    refuse("stale", actions.decide_case, decision="x", seen=3, **words)
    refuse("not_found", actions.decide_case, decision="x", seen=0, **words | {"pk": 0})
    refuse("not_decided", actions.reopen_case, pk=case.pk, seen=0, actor=lan.actor)
    row = actions.decide_case(decision="Xem công văn của ông A", seen=0, at=AT, **words)
    refuse("stale", actions.reopen_case, pk=case.pk, seen=0, actor=lan.actor)
    row = actions.reopen_case(pk=case.pk, seen=1, actor=lan.actor, at=AT)
    assert (row.state, row.decision, row.decided_at) == (CaseState.OPEN, "", None)
    events = ledger.history(row.stream)
    assert [e.kind for e in events] == ["powers.case_decided", "powers.case_reopened"]
    assert "công văn" not in str([e.data for e in events])


def test_what_is_gone_is_not_decided(lan, case) -> None:
    actions.withdraw_assertion(code=case.assertions[0], why="x", seen=0, actor=lan.actor, at=minutes(5))
    make.check(minutes(6))
    case.refresh_from_db()
    assert (case.state, case.gone_why) == (CaseState.GONE, Gone.CORRECTED)
    refuse(
        "gone",
        actions.decide_case,
        pk=case.pk,
        state=CaseState.ACCEPTED,
        decision="x",
        seen=0,
        actor=lan.actor,
    )


@pytest.mark.parametrize(
    ("sql", "constraint"),
    [
        ("kind = 'x'", "case_kind"),
        ("state = 'x', decision = 'x', decided_by = 'x', decided_at = now()", "case_state"),
        ("state = 'gone'", "case_gone_with_reason"),
        ("gone_at = now()", "case_gone_with_reason"),
        ("state = 'accepted'", "case_decided_in_words"),
    ],
)
def test_what_the_database_refuses(case, sql: str, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE powers_case SET {sql} WHERE id = {case.pk}")


# --- the worker ---------------------------------------------------------------------------------------------------------
def test_findings_follow_events_once(lan) -> None:
    make.enter(lan, power(), line())
    event = Event.objects.latest("id")
    before = Event.objects.filter(kind="powers.checked").count()
    jobs.follow(event.pk)
    assert make.cases()
    assert not queries.stale(make.NOW)
    jobs.follow(event.pk)
    assert jobs.catch_up(AT) == 0
    assert Event.objects.filter(kind="powers.checked").count() == before + 1


def test_a_check_of_the_same_second_sees_what_came(lan) -> None:
    make.enter(lan, power(), line())
    queries.current()  # somebody looked just now
    law.enter(lan, law.tie(RelationKind.REPEALS, target_place="art_5"))
    make.check()
    assert any(c.since == REPEAL for c in make.cases(kind=K.OMISSION))


def test_some_powers_alone(lan) -> None:
    make.enter(lan, power(), line(), power("thu.hai"), line(power="thu.hai"))
    make.check(powers=["thu.hai"])
    assert make.cases("thu.hai")
    assert make.cases() == []
    assert queries.stale(make.NOW)
