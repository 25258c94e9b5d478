"""Whether the organ of a dossier holds the power today: every standing, and what it costs."""

from __future__ import annotations

from datetime import date

import pytest

from haicap.domain.dossiers import queries
from haicap.domain.dossiers.queries import Office, Standing, competence
from haicap.domain.procedures import queries as procedures

TODAY, CLIFF = date(2026, 11, 22), date(2027, 3, 1)
SAPA, LAO_CAI = "c:03006@2025-07-01", "15"
BUILDING, WORK_PERMIT, HOUSEHOLD, BIRTH = "1.013225", "1.014199", "1.001612", "1.004873"


@pytest.fixture(autouse=True)
def _loaded(register):
    procedures.catalogue()


def office(kind: str, uid: str = SAPA) -> Office:
    return queries.place(uid, TODAY).offices[kind]


def test_the_committee_holds_the_building_permit() -> None:
    found = competence(BUILDING, SAPA, office("commune_committee"), TODAY)
    assert found.standing is Standing.HOLDS and not found.warns
    assert [h.name(TODAY) for h in found.holders] == ["Ủy ban nhân dân phường Sa Pa"]
    assert found.exercise is not None and found.exercise.case == {"khoan": "3"}


def test_an_office_of_the_committee_is_the_same_house() -> None:
    found = competence(HOUSEHOLD, SAPA, office("commune_committee"), TODAY)
    assert found.standing is Standing.SAME_HOUSE and not found.warns
    assert [h.organ for h in found.holders] == ["commune_economy"]


def test_another_organ_is_warned_of() -> None:
    found = competence(WORK_PERMIT, SAPA, office("home_affairs"), TODAY)
    assert found.standing is Standing.OTHER and found.warns
    assert [h.organ for h in found.holders] == ["province_chairman"]
    chairman = office("province_chairman")
    assert competence(WORK_PERMIT, SAPA, chairman, TODAY).standing is Standing.HOLDS


def test_the_same_kind_of_another_unit_is_another_organ() -> None:
    elsewhere = office("commune_committee", "c:03013@2025-07-01")
    assert competence(BUILDING, SAPA, elsewhere, TODAY).standing is Standing.OTHER


def test_the_day_counts() -> None:
    organ = office("commune_committee")
    assert competence(BUILDING, SAPA, organ, date(2027, 2, 28)).standing is Standing.HOLDS
    after = competence(BUILDING, SAPA, organ, CLIFF)
    assert after.standing is Standing.NOBODY and after.warns and not after.holders


def test_where_nothing_can_be_compared_nothing_is_said() -> None:
    assert competence(BUILDING, SAPA, None, TODAY).standing is Standing.NOT_KNOWN
    assert competence(BIRTH, SAPA, office("commune_committee"), TODAY).standing is Standing.UNNAMED
    assert competence("9.999999", SAPA, None, TODAY).standing is Standing.UNNAMED
    assert competence(BUILDING, "c:99999", None, TODAY).standing is Standing.UNNAMED


def test_it_asks_the_database_nothing(django_assert_num_queries) -> None:
    organ = office("home_affairs")
    competence(WORK_PERMIT, SAPA, organ, TODAY)
    with django_assert_num_queries(0):
        for _ in range(20):
            competence(WORK_PERMIT, SAPA, organ, TODAY)
