"""Which power a procedure exercises: loaded once, said, taken back; what the catalogue publishes against the law."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from haicap.base.kept import Kept
from haicap.base.refused import Refused
from haicap.domain.law.states import Evidence
from haicap.domain.powers import actions as powers
from haicap.domain.powers import queries as held
from haicap.domain.powers.packaged import read as packaged
from haicap.domain.powers.rules import stands_for
from haicap.domain.powers.states import CaseState, Gone, Role
from haicap.domain.procedures import actions, jobs, queries
from haicap.domain.procedures.actions import ExerciseLine
from haicap.domain.procedures.tests import make
from haicap.domain.units.organs import Role as Post
from haicap.domain.units.tests.make import appointed
from haicap.kernel.ledger.queries import history

TODAY = date(2026, 11, 22)
WORK_PERMIT, BUILDING, BIRTH = "1.014199", "1.013225", "1.001193"
POWER = "ho-tich.co-so-du-lieu"


@pytest.fixture(autouse=True)
def _loaded(catalogue):
    """The packaged registers."""


@pytest.fixture
def officer():
    return appointed("lan", "btp", Post.OFFICER)


def line(code: str = BIRTH, power: str = POWER, **more) -> ExerciseLine:
    return ExerciseLine(code, power, more.pop("role", Role.DECIDE), **more)


def say(actor, **more):
    made = actions.name_power(line=line(**more), actor=actor.actor, at=make.AT)
    forget()
    return made


def forget() -> None:
    """See what was just written; a door does within a second."""
    for kept in Kept.everything:
        kept.recheck()


def test_every_packaged_line_is_loaded_once() -> None:
    wanted = {(p.procedure, p.power, p.role) for p in packaged().procedures}
    found = {(r.code, r.power, r.role) for p in packaged().powers for r in queries.exercising(p.code)}
    assert found == wanted and len(wanted) == 109
    assert jobs.load_powers(make.AT) == 0
    with pytest.raises(Refused, match="đã được nạp"):
        actions.load_powers(lines=[], source="x", actor="system", at=make.AT)


def test_it_is_said_and_taken_back_and_said_again(officer) -> None:
    before = queries.without_power(TODAY)
    assert not queries.power_of(BIRTH) and BIRTH in {e.code for e in before.entries}
    events = len(history("procedures.catalogue:1"))
    say(officer, evidence=Evidence.CONFIRMED, source="120/2025/NĐ-CP, điều 4")
    (row,) = queries.power_of(BIRTH)
    assert [row] == queries.powers_said(BIRTH)
    assert (row.power, row.evidence, row.source) == (POWER, Evidence.CONFIRMED, "120/2025/NĐ-CP, điều 4")
    assert [r.code for r in queries.exercising(POWER)].count(BIRTH) == 1
    assert len(queries.without_power(TODAY).entries) == len(before.entries) - 1
    with pytest.raises(Refused) as twice:
        say(officer)
    assert twice.value.code == "there_already"
    actions.drop_power(
        code=BIRTH, power=POWER, role=Role.DECIDE, condition="", actor=officer.actor, at=make.AT
    )
    forget()
    assert not queries.power_of(BIRTH)
    say(officer)
    assert len(queries.power_of(BIRTH)) == 1 and len(history("procedures.catalogue:1")) == events + 3


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"power": "khong-co"}, "not_found"),
        ({"code": "9.999999"}, "not_found"),
        ({"condition": "khoan in"}, "bad_condition"),
        ({"condition": "khoan in {3}"}, "unknown_attribute"),
        ({"power": "xay-dung.giay-phep", "condition": "khoan in {9}"}, "unknown_value"),
        ({"power": "xay-dung.giay-phep", "condition": "1 <= khoan < 3"}, "unknown_attribute"),
        ({"evidence": Evidence.CONFIRMED}, "no_source"),
        ({"note": "x" * 501}, "too_long"),
    ],
)
def test_what_cannot_be_said(officer, more, code) -> None:
    with pytest.raises(Refused) as refused:
        say(officer, **more)
    assert refused.value.code == code


def test_who_may_say_it() -> None:
    construction, other = appointed("cao", "bxd", Post.OFFICER), appointed("duc", "bct", Post.OFFICER)
    commune = appointed("kha", "commune_committee", Post.LEADER, "c:03006@2025-07-01")
    clerk, keeper = appointed("tam", "bxd", Post.RECEPTION), appointed("nga", "bnv", Post.OFFICER)
    building = {"power": "xay-dung.giay-phep", "condition": "khoan in {3}"}
    for stranger in (other, commune, clerk):
        with pytest.raises(Refused) as refused:
            say(stranger, **building)
        assert refused.value.code == "not_yours"
    assert say(construction, **building).condition == "khoan in {3}"
    actions.drop_power(
        code=BIRTH, power="xay-dung.giay-phep", role=Role.DECIDE, condition="khoan in {3}", actor=keeper.actor, at=make.AT
    )  # fmt: skip
    with pytest.raises(Refused) as gone:
        actions.drop_power(
            code=BIRTH, power="xay-dung.giay-phep", role=Role.DECIDE, condition="khoan in {3}", actor=keeper.actor,
            at=make.AT,
        )  # fmt: skip
    assert gone.value.code == "not_found"


def test_the_case_a_condition_settles() -> None:
    (row,) = queries.power_of(BUILDING)
    assert row.condition == "khoan in {3}" and row.case == {"khoan": "3"}
    assert queries.power_of(WORK_PERMIT)[0].case == {}


def test_a_committee_stands_for_who_acts_in_it_and_not_the_other_way() -> None:
    assert stands_for("commune_committee", "commune_economy")
    assert stands_for("commune_committee", "commune_chairman")
    assert stands_for("province_committee", "province_chairman")
    assert not stands_for("home_affairs", "province_chairman")
    assert not stands_for("commune_economy", "commune_committee")
    assert not stands_for("commune_committee", "province_chairman")
    assert not stands_for("commune_committee", "commune_council")
    assert not stands_for("commune_committee", "district_committee")


def test_published_organs_against_those_of_the_law() -> None:
    said = {p.code: p for p in queries.published(TODAY)}
    assert said[WORK_PERMIT].organs == ("home_affairs",)
    assert said["1.013231"].organs == ()  # an organ the platform does not know: nothing is said of it
    assert dict(said[BUILDING].case) == {"khoan": "3"}
    found = {c.note: c for c in held.cases(kind="catalogue_differs")}
    assert set(found) == {
        "1.013803", "1.013804", "1.013806", "1.014196", "1.014197", "1.014198", "1.014199", "1.014200", "1.014201",
    }  # fmt: skip
    assert all(said[code].organs in (("justice",), ("home_affairs",)) for code in found)
    for case in found.values():
        organs = {held.assertion(code).organ for code in case.assertions}
        assert organs == {"province_chairman"}


def test_a_finding_comes_and_goes_with_what_the_catalogue_says(officer) -> None:
    say(
        officer, code=BIRTH, power="lao-dong.giay-phep"
    )  # published: committee of the commune; by law: of the province
    later = make.AT + timedelta(minutes=1)
    assert powers.check_register(actor="system", at=later) == (1, 0)
    (case,) = [c for c in held.cases(kind="catalogue_differs") if c.note == BIRTH]
    assert case.state == CaseState.OPEN
    actions.drop_power(
        code=BIRTH, power="lao-dong.giay-phep", role=Role.DECIDE, condition="", actor=officer.actor, at=later
    )
    forget()
    assert powers.check_register(actor="system", at=later + timedelta(minutes=1)) == (0, 1)
    case = held.case(case.pk)
    assert (case.state, case.gone_why) == (CaseState.GONE, Gone.CATALOGUE)


def test_without_power_is_narrowed_with_or_without_marks() -> None:
    every = queries.without_power(TODAY)
    marked, bare = (queries.without_power(TODAY, text=t) for t in ("khai sinh", "KHAI SINH"))
    assert 0 < len(marked.entries) < len(every.entries) < every.in_force
    assert [e.code for e in marked.entries] == [e.code for e in bare.entries]
    field = marked.entries[0].field
    assert {e.field for e in queries.without_power(TODAY, field=field).entries} == {field}
    assert all("commune" in e.levels for e in queries.without_power(TODAY, level="commune").entries)
