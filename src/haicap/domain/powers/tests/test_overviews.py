"""The register seen whole: matrix, cliff, what is inside one unit, search."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from haicap.domain.law.states import RelationKind
from haicap.domain.law.tests import make as law
from haicap.domain.powers import queries
from haicap.domain.powers.states import CLIFF, REFORM, Level, Role, Sort
from haicap.domain.powers.tests import make
from haicap.domain.powers.tests.make import NOW, SAPA, line, power
from haicap.domain.units.organs import Role as Post
from haicap.domain.units.tests.make import appointed

pytestmark = pytest.mark.django_db


def total(on: date, level: str) -> int:
    return sum(row.levels[level] for row in queries.matrix(on))


def test_the_matrix_over_the_reform_and_the_cliff(register) -> None:
    eve, last = REFORM - timedelta(days=1), CLIFF - timedelta(days=1)
    assert (total(eve, "district") > 20, total(eve, "commune")) == (True, 0)
    assert (total(REFORM, "district"), total(REFORM, "commune") > 20) == (0, True)
    assert total(CLIFF, "commune") < total(last, "commune") / 2
    for on in (eve, REFORM, NOW, last, CLIFF):
        for row in queries.matrix(on):
            assert sum(row.levels.values()) + row.nobody == row.total
            assert set(row.levels) == {level.value for level in Level}


def test_a_power_whose_provision_never_counts_is_held_by_nobody(register) -> None:
    lan = make.justice()
    make.documents(lan)
    law.enter(lan, law.tie(RelationKind.REPEALS, target_place="art_6", since=make.BASIS))
    make.enter(lan, power(), line(place="art_6"))
    queries.current.now()
    (row,) = (r for r in queries.matrix(NOW) if r.field == "Thử")
    assert (row.nobody, row.total) == (1, 1)


def test_the_cliff_day_by_day(register) -> None:
    lapses = {lapse.on: lapse for lapse in queries.cliff()}
    assert list(lapses) == sorted(lapses)
    fall = lapses[CLIFF]
    assert len(fall.ending) >= 60
    assert fall.bare > 25
    assert fall.bare + fall.left == lapses[REFORM].bare + lapses[REFORM].left
    assert {s.until for s in fall.ending} == {CLIFF}


def test_inside_sa_pa(register) -> None:
    found = queries.inside(SAPA, NOW)
    organs = {o.kind: o for o in found.organs}
    assert organs["commune_committee"].name == "Ủy ban nhân dân phường Sa Pa"
    assert {p.code for p in organs["commune_chairman"].powers} >= {"dat-dai.thu-hoi"}
    assert organs["commune_culture"].functions
    assert all(p.sort is Sort.FUNCTION for o in found.organs for p in o.functions)
    assert "xay-dung.giay-phep" in {p.code for p in organs["commune_committee"].powers}
    assert found.nobody == ()
    assert found.headless == ()  # no post was entered: nothing is known of who leads
    appointed("cuu.chu.tich", "commune_chairman", Post.LEADER, SAPA, until=NOW)
    assert queries.inside(SAPA, NOW).headless == (organs["commune_chairman"].name,)
    assert queries.inside(SAPA, NOW - timedelta(days=1)).headless == ()
    appointed("chu.tich", "commune_chairman", Post.LEADER, SAPA)
    found = queries.inside(SAPA, NOW)
    assert {o.kind: o.heads for o in found.organs}["commune_chairman"] == 1
    assert found.headless == ()
    after = {o.kind: o for o in queries.inside(SAPA, CLIFF).organs}
    assert len(after["commune_chairman"].powers) < len(organs["commune_chairman"].powers)


def test_inside_a_province_and_the_nation(register) -> None:
    province = {o.kind: o for o in queries.inside("p:15@2025-07-01", NOW).organs}
    assert "cong-thuong.huan-luyen-vlncn" in {p.code for p in province["industry_trade"].powers}
    other = {o.kind: o for o in queries.inside("p:79@2025-07-01", NOW).organs}
    assert "cong-thuong.huan-luyen-vlncn" not in {p.code for p in other["industry_trade"].powers}
    nation = {o.kind: o for o in queries.inside("vn", CLIFF).organs}
    assert "cong-thuong.huan-luyen-vlncn" in {p.code for p in nation["bct"].powers}


def test_a_field_two_offices_work_in_is_told(register) -> None:
    lan = make.justice()
    make.documents(lan)
    make.enter(
        lan, power(name="Việc hai nơi cùng làm", attributes={}),
        line("commune_office", units=(SAPA,)), line("commune_culture", place="art_6"),
    )  # fmt: skip
    queries.current.now(), queries.register.now()
    (pair,) = (names for p, names in queries.inside(SAPA, NOW).twice if p.code == make.POWER)
    assert {name.rpartition(" phường ")[2] for name in pair} == {"Sa Pa"}
    assert len(set(pair)) == 2
    assert make.POWER not in {p.code for p, _ in queries.inside(make.SAIGON, NOW).twice}


def test_search_with_marks_and_without(register) -> None:
    for text in ("thu hồi đất", "thu hoi dat", "THU HỒI ĐẤT", "đất hồi"):
        assert "dat-dai.thu-hoi" in {p.code for p in queries.search(text)}
    assert queries.search("thu hồi đất", owner="byt") == []
    assert {p.owner for p in queries.search(owner="bxd")} == {"bxd"}
    assert all(p.sort is Sort.FUNCTION for p in queries.search(sort=Sort.FUNCTION))
    assert queries.search("không có gì như thế") == []


def test_what_an_organ_holds(register) -> None:
    held = {p.code for p, s in queries.held_by("commune_chairman", SAPA, NOW)}
    assert "dat-dai.thu-hoi" in held
    assert "dat-dai.thu-hoi" not in {p.code for p, _ in queries.held_by("commune_chairman", SAPA, CLIFF)}
    roles = [s.row.role for s in queries.stretches("nguoi-co-cong.xac-nhan-hy-sinh")]
    assert roles == sorted(roles, key=list(Role).index)


def test_former_units_documents_end_with_the_bridge(register) -> None:
    lan = make.justice()
    law.enter(
        lan, law.document("5/2024/QĐ-UBND", issuer="ubnd:d:088", owner="", effective_on=date(2024, 1, 1))
    )
    law.found("5/2024/QĐ-UBND")
    assert "5/2024/QĐ-UBND" in {d.number for d in queries.bridged(NOW)}
    assert "5/2024/QĐ-UBND" not in {d.number for d in queries.bridged(CLIFF)}
