"""Checks of an act before it counts: every way a table can be wrong, on the real map."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from haicap.domain.units.rearrangement import Line, Order, check, plan
from haicap.domain.units.tests.make_lines import line
from haicap.domain.units.timeline.packaged import packaged_register

DAY = date(2027, 1, 1)
SAIGON, TAN_DINH, BEN_THANH = "26740", "26737", "26743"


@pytest.fixture(scope="module")
def map_():
    return packaged_register()


def order(*lines: Line, on: date = DAY) -> Order:
    return Order("1/NQ", on, [replace(given, n=n) for n, given in enumerate(lines, 1)])


def codes(map_, *lines: Line, on: date = DAY) -> list[str]:
    return [f.code for f in check(order(*lines, on=on), map_)]


def merge(*from_codes: str, to: str = SAIGON, name: str = "Sài Gòn") -> list[Line]:
    return [line(code, "whole", to, name) for code in from_codes]


def test_a_merger_of_two_wards_is_clean_and_plans_a_new_unit(map_) -> None:
    given = order(*merge(SAIGON, TAN_DINH))
    assert check(given, map_) == ()
    result = plan(given, map_)
    assert [v.uid for v in result.born] == ["c:26740@2027-01-01"]
    assert sorted(v.code for v in result.ended) == [TAN_DINH, SAIGON]
    assert result.changed == ()
    assert [(e.from_uid, e.to_uid, e.relation) for e in result.edges] == [
        ("c:26740@2025-07-01", "c:26740@2027-01-01", "whole"),
        ("c:26737@2025-07-01", "c:26740@2027-01-01", "whole"),
    ]
    assert all(after.span.end == DAY for _, after in result.closed)


def test_a_rename_keeps_the_unit(map_) -> None:
    result = plan(order(line(SAIGON, "renamed", SAIGON, "Bến Nghé")), map_)
    assert (result.born, result.ended) == ((), ())
    assert [(v.uid, v.name) for v in result.changed] == [("c:26740@2025-07-01", "Phường Bến Nghé")]


def test_a_division_names_all_parts_and_one_rest(map_) -> None:
    parts = [line(SAIGON, "part", TAN_DINH, "Tân Định"), line(TAN_DINH, "whole", TAN_DINH, "Tân Định")]
    assert codes(map_, *parts) == ["territory_left"]
    rest = line(SAIGON, "rest", SAIGON, "Sài Gòn")
    assert codes(map_, *parts, rest) == []
    assert codes(map_, *parts, rest, line(SAIGON, "rest", BEN_THANH, "Bến Thành")) == [
        "one_rest",
        "code_taken",
    ]
    assert codes(map_, *parts, line(SAIGON, "whole", SAIGON, "Sài Gòn")) == [
        "whole_and_more",
        "one_rest",
        "people_do_not_add_up",
    ]


def test_people_must_add_up(map_) -> None:
    both = [
        line(SAIGON, "part", TAN_DINH, "Tân Định", people_share="all"),
        line(SAIGON, "rest", SAIGON, "Sài Gòn", people_share="all"),
        line(TAN_DINH, "whole", TAN_DINH, "Tân Định"),
    ]
    assert codes(map_, *both) == ["people_do_not_add_up"]
    none = [replace(b, people_share="none") if b.relation != "whole" else b for b in both]
    assert codes(map_, *none) == ["people_do_not_add_up"]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (line("99999", "whole", SAIGON, "Sài Gòn"), ["unknown_unit", "code_taken"]),
        (line("2674", "whole", SAIGON, "Sài Gòn"), ["bad_code"]),
        (line(SAIGON, "merged", SAIGON, "Sài Gòn"), ["bad_word"]),
        (line(SAIGON, "renamed", SAIGON, "  "), ["no_name"]),
        (line(SAIGON, "renamed", SAIGON, "Sài Gòn", clause=""), ["no_clause"]),
        (line(SAIGON, "renamed", SAIGON, "Sài Gòn", to_kind="thị trấn"), ["bad_kind"]),
        (line(SAIGON, "renamed", SAIGON, "Sài Gòn", to_kind="tỉnh"), ["bad_kind"]),
        (line(SAIGON, "renamed", TAN_DINH, "Sài Gòn"), ["code_taken"]),
        (line(SAIGON, "renamed", SAIGON, "Sài Gòn", to_parent_code="98"), ["no_parent"]),
        (line(SAIGON, "whole", SAIGON, "Sài Gòn", people_share="part"), ["whole_is_all"]),
        (line("79", "whole", SAIGON, "Sài Gòn"), ["other_tier", "code_taken", "no_parent"]),
    ],
)
def test_each_fault_is_named(map_, given: Line, expected: list[str]) -> None:
    assert codes(map_, given) == expected


def test_an_act_without_lines_or_before_the_facts(map_) -> None:
    assert codes(map_) == ["no_lines"]
    assert "before_horizon" in codes(map_, *merge(SAIGON), on=date(2018, 1, 1))


def test_a_unit_that_changed_later_is_refused(map_) -> None:
    """Long Thành became a ward on 30 April 2026: an act effective before that day comes too late."""
    given = line("26368", "renamed", "26368", "Long Thành", to_kind="xã", to_parent_code="75")
    assert codes(map_, given, on=date(2026, 1, 1)) == ["changed_later"]
    assert codes(map_, given, on=date(2026, 5, 1)) == []


def test_two_descriptions_of_one_target(map_) -> None:
    given = [line(SAIGON, "whole", SAIGON, "Sài Gòn"), line(TAN_DINH, "whole", SAIGON, "Bến Nghé")]
    assert codes(map_, *given) == ["described_twice"]


def test_a_unit_that_absorbs_another_is_a_new_unit(map_) -> None:
    given = [line(SAIGON, "kept", SAIGON, "Sài Gòn"), line(TAN_DINH, "whole", SAIGON, "Sài Gòn")]
    assert codes(map_, *given) == ["continues_and_merges"]


def test_communes_follow_a_province_that_goes_whole(map_) -> None:
    words = {"to_kind": "tỉnh", "to_parent_code": "VN"}
    lines = [line(code, "whole", "11", "Điện Biên", **words) for code in ("11", "12")]
    result = plan(order(*lines), map_)
    children = len(map_.children("p:11", DAY)) + len(map_.children("p:12", DAY))
    assert check(order(*lines), map_) == ()
    assert len(result.changed) == children
    assert {v.parent_uid for v in result.changed} == {"p:11@2027-01-01"}


def test_communes_of_a_divided_province_must_be_named(map_) -> None:
    words = {"to_kind": "tỉnh", "to_parent_code": "VN"}
    lines = [line("11", "part", "12", "Lai Châu", **words), line("11", "rest", "11", "Điện Biên", **words)]
    lines.append(line("12", "whole", "12", "Lai Châu", **words))
    assert codes(map_, *lines) == ["children_left", "children_left"]
