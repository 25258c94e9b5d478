"""The packaged facts: every row reads, everything it names exists, and the real cases are as they were met."""

from __future__ import annotations

import csv
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from haicap.base.refused import Refused
from haicap.domain.law import numbers, places
from haicap.domain.law.states import Evidence
from haicap.domain.powers import data as packaged_data
from haicap.domain.powers.conditions import Choice, Interval, written
from haicap.domain.powers.packaged import AssertionRow, PowerRow, Span, read, table
from haicap.domain.powers.states import (
    CLIFF,
    DERIVED,
    OTHER_ORGANS,
    REFORM,
    FindingKind,
    Level,
    Mode,
    Reading,
    Role,
    Sort,
)
from haicap.domain.units.organs import KINDS

DATA = Path(packaged_data.__path__[0])
ROOMS = DATA.parents[1]
TABLES = read()
POWERS = {row.code: row for row in TABLES.powers}
BY_ID = {row.id: row for row in TABLES.assertions}
LAO_CAI = "p:15@2025-07-01"
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)

# (power, role): organs on the day before the reform, organs on it; the 58 moved powers in the order of their list.
MOVED = {
    "dat-dai.pa-dat-nn-to-chuc": ("district_committee", "commune_chairman"),
    "dat-dai.pa-dat-lua-ca-nhan": ("district_committee", "commune_chairman"),
    "dat-dai.thu-hoi": ("district_committee", "commune_chairman"),
    "dat-dai.thong-bao-thu-hoi": ("district_committee", "commune_chairman"),
    "dat-dai.duyet-boi-thuong": ("district_committee", "commune_chairman"),
    "dat-dai.cuong-che": ("district_committee", "commune_chairman"),
    "dat-dai.gia-dat-cu-the": ("district_committee", "commune_chairman"),
    "dat-dai.gia-nha-tai-dinh-cu": ("district_committee", "commune_chairman"),
    "dat-dai.cap-giay-chung-nhan": ("district_committee", "commune_chairman"),
    "dat-dai.xac-dinh-lai-dat-o": ("district_committee", "commune_chairman"),
    "dat-dai.ghi-gia-dat": ("district_committee", "commune_chairman"),
    "dat-dai.hoi-dong-dinh-gia": ("district_committee", "commune_chairman"),
    "dat-dai.giao-thue-chuyen-muc-dich": ("district_committee", "commune_chairman"),
    "dat-dai.gop-dieu-chinh-dat": ("district_committee", "commune_chairman"),
    "dat-dai.hoi-dong-boi-thuong": ("district_chairman", "commune_chairman"),
    "dat-dai.cap-gcn-to-chuc": ("province_committee", "commune_chairman"),
    "ho-tich.nuoc-ngoai": ("district_committee", "commune_committee"),
    "ho-tich.co-so-du-lieu": ("district_office", "commune_committee"),
    "ho-tich.noi-dang-ky": ("", "commune_committee"),
    "chung-thuc.phong-tu-phap": ("district_office", "commune_committee"),
    "cong-chung.bo-nhiem": ("btp", "province_chairman"),
    "cong-chung.mien-nhiem": ("btp", "province_chairman"),
    "cong-chung.bo-nhiem-lai": ("btp", "province_chairman"),
    "cong-chung.cong-nhan-dao-tao": ("btp", "province_chairman"),
    "kinh-doanh.dang-ky-ho-htx": ("district_office", "commune_economy"),
    "tai-san.vo-chu": ("district_office", "commune_committee"),
    "lao-dong.nhu-cau-nuoc-ngoai": ("bnv", "province_chairman"),
    "lao-dong.mien-giay-phep": ("bnv", "province_chairman"),
    "lao-dong.giay-phep": ("bnv", "province_chairman"),
    "nguoi-co-cong.cap-lai-bang": ("district_office", "commune_committee"),
    "nguoi-co-cong.thu-hoi-bang": ("district_committee", "commune_committee"),
    "nguoi-co-cong.xac-nhan-hy-sinh": ("district_committee", "commune_chairman commune_committee"),
    "thi-dua.danh-hieu-xa": ("commune_chairman district_chairman", "commune_chairman"),
    "hoi-quy.quy-xa": ("district_committee", "commune_chairman"),
    "hoi-quy.hoi-xa": ("district_committee", "commune_chairman"),
    "moi-truong.cong-bo-su-co": ("district_committee", "commune_committee"),
    "moi-truong.ke-hoach-ung-pho": ("district_committee", "commune_committee"),
    "moi-truong.boi-thuong-thiet-hai": ("district_committee", "commune_committee"),
    "moi-truong.cong-khai-ke-hoach": ("district_committee", "commune_committee"),
    "moi-truong.chi-huy-ung-pho": ("district_chairman", "commune_chairman"),
    "moi-truong.dang-ky": ("", "commune_chairman"),
    "thuy-loi.moc-ho-chua": ("district_committee", "commune_committee"),
    "xay-dung.giay-phep": ("district_committee province_committee", "commune_committee province_committee"),
    "xay-dung.dia-diem": ("district_committee", "commune_committee"),
    "nha-o.nhaxh-tai-dinh-cu": ("district_committee", "commune_committee"),
    "nha-o.cong-bo-nhaxh": ("district_committee", "commune_committee"),
    "nha-o.ke-hoach-phat-trien": ("district_committee", "commune_committee"),
    "giao-duc.mam-non": ("district_chairman", "commune_chairman"),
    "giao-duc.phi-loi-nhuan": ("district_committee", "commune_chairman province_chairman"),
    "giao-duc.tieu-hoc": ("district_chairman", "commune_chairman"),
    "giao-duc.pho-cap": ("bgddt", "province_chairman"),
    "cong-thuong.nguoi-tieu-dung": ("district_committee", "commune_committee"),
    "cong-thuong.attp": ("bct", "province_committee"),
    "cong-thuong.huan-luyen-vlncn": ("bct", "province_committee"),
    "cong-thuong.dien-luc": ("bct", "province_committee"),
    "cong-thuong.thi-truong": ("bct", "province_committee"),
    "y-te.cong-bo-thuc-pham": ("byt", "health"),
    "to-chuc.don-vi-su-nghiep-xa": ("", ""),
}


def on(row: AssertionRow, day: date) -> bool:
    return (row.since is None or row.since <= day) and (row.until is None or day < row.until)


def exercising(power: str, day: date, unit: str = "") -> list[AssertionRow]:
    """Who exercises a power: what holds on the day, without those whose derived assertion holds in their place."""
    alive = [r for r in TABLES.assertions if r.power == power and on(r, day) and r.unit in ("", unit)]
    replaced = {row.parent for row in alive}
    return [row for row in alive if row.id not in replaced]


# --- every row --------------------------------------------------------------------------------------------------------
def test_ids_and_codes_are_unique_and_short() -> None:
    assert len(POWERS) == len(TABLES.powers)
    assert len(BY_ID) == len(TABLES.assertions)
    assert len({row.id for row in TABLES.cases}) == len(TABLES.cases)
    assert len({row.procedure for row in TABLES.procedures}) == len(TABLES.procedures)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*", c) for c in POWERS)
    assert max(map(len, POWERS)) <= 40
    assert all(re.fullmatch(r"A-\d{3}", row.id) for row in TABLES.assertions)


def test_organs_are_known_at_their_level() -> None:
    for row in TABLES.assertions:
        level = KINDS[row.organ].level if row.organ in KINDS else OTHER_ORGANS[row.organ][0]
        assert row.level == level, row.id
    assert {row.owner for row in TABLES.powers} <= {k.code for k in KINDS.values() if k.level == Level.NATION}


def test_units_exist_in_the_register_of_units() -> None:
    with (ROOMS / "units" / "data" / "units.csv").open(encoding="utf-8") as file:
        units = {row["uid"] for row in csv.DictReader(file)}
    assert {row.unit for row in (*TABLES.assertions, *TABLES.cases) if row.unit} <= units


def test_days_are_in_order_and_district_bodies_end_with_the_districts() -> None:
    for row in (*TABLES.assertions, *TABLES.cases):
        assert row.since is None or row.until is None or row.since < row.until, row.id
    for row in TABLES.assertions:
        assert row.level != Level.DISTRICT or row.until == REFORM, row.id


def test_the_lapse_of_the_decrees_is_left_to_the_law_room() -> None:
    ends = {row.id: row for row in TABLES.assertions if row.until == CLIFF}
    assert {row.mode for row in ends.values()} == {Mode.AUTHORISATION}


def test_derived_assertions_rest_on_an_older_one_of_the_same_power() -> None:
    for row in TABLES.assertions:
        assert bool(row.parent) == (row.mode in DERIVED), row.id
        if row.parent:
            parent = BY_ID[row.parent]
            assert (parent.power, parent.role) == (row.power, row.role), row.id
            assert int(row.parent[2:]) < int(row.id[2:]), "no cycles"
            assert parent.since is None or (row.since is not None and parent.since <= row.since), row.id
            assert parent.until is None, row.id
            assert parent.mode != Mode.AUTHORISATION, row.id


def test_conditions_stay_inside_the_attributes_of_their_power() -> None:
    rows = [(r.power, r.condition) for r in (*TABLES.assertions, *TABLES.procedures, *TABLES.cases)]
    told = [(power, term) for power, condition in rows for term in condition.terms]
    assert len(told) >= 15
    for power, term in told:
        domain = POWERS[power].attributes[term.attribute]
        if isinstance(term.of, Choice):
            assert not isinstance(domain, Span) and set(term.of.values) <= set(domain)
        else:
            assert isinstance(term.of, Interval) and isinstance(domain, Span)


def test_citations_can_be_read() -> None:
    for row in TABLES.assertions:
        assert bool(row.document) != bool(row.citation), row.id
        if row.document:
            assert numbers.parse(row.document).printed == row.document, row.id
        if row.place:
            assert places.written(places.read(row.place)) == row.place, row.id
    for case in TABLES.cases:
        for letter in case.letters:
            numbers.parse(letter)


def test_every_power_has_a_holder_and_every_row_a_power() -> None:
    assert {row.power for row in TABLES.assertions} == set(POWERS)
    assert {row.power for row in TABLES.procedures} <= set(POWERS)
    assert {row.power for row in TABLES.cases} - {""} <= set(POWERS)


def test_procedures_are_in_the_catalogue_and_their_role_is_held_today() -> None:
    with (ROOMS / "procedures" / "data" / "procedures.csv").open(encoding="utf-8-sig") as file:
        catalogue = {row["code"] for row in csv.DictReader(file)}
    today = date(2026, 11, 22)
    for row in TABLES.procedures:
        assert row.procedure in catalogue
        assert any(r.role == row.role for r in exercising(row.power, today)), row.procedure


# --- how sure -----------------------------------------------------------------------------------------------------------
def test_marks_are_kept() -> None:
    sort = {row.code: row.sort for row in TABLES.powers}
    counted = Counter((sort[row.power], row.evidence) for row in TABLES.assertions)
    assert counted == {
        (Sort.POWER, Evidence.CONFIRMED): 61,
        (Sort.POWER, Evidence.UNCONFIRMED): 73,
        (Sort.POWER, Evidence.DOUBTFUL): 6,
        (Sort.FUNCTION, Evidence.CONFIRMED): 34,
        (Sort.FUNCTION, Evidence.UNCONFIRMED): 75,
        (Sort.FUNCTION, Evidence.DOUBTFUL): 3,
    }
    readme = (DATA / "README.md").read_text(encoding="utf-8")
    for mark in Evidence:
        row = [sum(1 for p in TABLES.powers if (p.sort, p.evidence) == (sort_, mark)) for sort_ in Sort] + [
            counted[sort_, mark] for sort_ in Sort
        ]
        assert f"| {mark} | {' | '.join(map(str, row))} |" in readme


def test_what_is_not_certain_says_why_and_everything_says_where_from() -> None:
    for row in (*TABLES.powers, *TABLES.assertions, *TABLES.cases, *TABLES.procedures):
        assert row.source, row
    for row in TABLES.assertions:
        if row.evidence is Evidence.DOUBTFUL:
            assert row.note, row.id
        if row.evidence is Evidence.CONFIRMED and row.since == REFORM and row.mode is Mode.DELIMITATION:
            assert row.place or row.reading is Reading.GUIDED, row.id
        if "bên thứ ba" in row.source:
            assert row.evidence is not Evidence.CONFIRMED, row.id


# --- the moved powers ---------------------------------------------------------------------------------------------------
def test_all_moved_powers_are_here_in_their_order() -> None:
    assert len(MOVED) == 58
    assert [row.code for row in TABLES.powers][:58] == list(MOVED)


@pytest.mark.parametrize("power", MOVED)
def test_who_held_it_before_and_after(power: str) -> None:
    before, after = MOVED[power]
    assert sorted({row.organ for row in exercising(power, BEFORE)}) == before.split()
    assert sorted({row.organ for row in exercising(power, AFTER)}) == after.split()


def test_nobody_of_a_district_holds_anything_after_the_reform() -> None:
    held = [r for r in TABLES.assertions if on(r, AFTER) and r.level == Level.DISTRICT]
    assert held == []


def test_public_service_units_moved_later() -> None:
    power = "to-chuc.don-vi-su-nghiep-xa"
    assert exercising(power, date(2025, 10, 31)) == []
    assert [r.organ for r in exercising(power, date(2025, 11, 1))] == ["commune_committee"]


def test_what_the_centre_gave_falls_back_to_it() -> None:
    """The older provision yields to the decree and counts again after it: the ministry's assertion has no end."""
    for power, (before, _) in MOVED.items():
        if before in KINDS and KINDS[before].level == Level.NATION:
            [root] = [
                r
                for r in TABLES.assertions
                if r.power == power and r.role == Role.DECIDE and r.organ == before and r.until is None
            ]
            assert any(r.parent == root.id and r.mode == Mode.DELEGATION for r in TABLES.assertions)


# --- the real cases -----------------------------------------------------------------------------------------------------
def test_construction_permits_collide_with_the_guidance() -> None:
    alive = exercising("xay-dung.giay-phep", date(2026, 1, 1))
    said = {(r.organ, r.reading, written(r.condition), r.document) for r in alive}
    assert said == {
        ("province_committee", Reading.LITERAL, "khoan in {2}", "50/2014/QH13"),
        ("commune_committee", Reading.LITERAL, "khoan in {2,3}", "140/2025/NĐ-CP"),
        ("commune_committee", Reading.GUIDED, "khoan in {3}", "9516/BXD-KTQLXD"),
        ("province_committee", Reading.GUIDED, "khoan in {2}", "9600/BXD-KTQLXD"),
    }
    [case] = [c for c in TABLES.cases if c.power == "xay-dung.giay-phep"]
    assert (case.kind, written(case.condition)) == (FindingKind.OVERLAP, "khoan in {2}")
    assert case.letters == ("9516/BXD-KTQLXD", "9600/BXD-KTQLXD")


@pytest.mark.parametrize(
    ("day", "unit", "organ"),
    [
        (date(2025, 6, 30), LAO_CAI, "bct"),
        (date(2025, 7, 1), LAO_CAI, "province_committee"),
        (date(2025, 11, 5), LAO_CAI, "province_committee"),
        (date(2025, 11, 6), LAO_CAI, "industry_trade"),
        (date(2025, 11, 6), "p:01", "province_committee"),
        (date(2027, 2, 28), LAO_CAI, "industry_trade"),
        (date(2027, 3, 1), LAO_CAI, "province_committee"),  # the decree's own end is the law room's
    ],
)
def test_explosives_go_down_a_chain_for_a_time(day: date, unit: str, organ: str) -> None:
    assert [r.organ for r in exercising("cong-thuong.huan-luyen-vlncn", day, unit)] == [organ]


def test_fifteen_procedures_of_lao_cai_go_to_two_receivers() -> None:
    deed = [r for r in TABLES.assertions if r.document == "2218/QĐ-UBND"]
    assert {(r.organ, r.unit, r.since, r.until, r.mode) for r in deed} == {
        ("agriculture_environment", LAO_CAI, date(2025, 12, 4), CLIFF, Mode.AUTHORISATION),
        ("commune_chairman", LAO_CAI, date(2025, 12, 4), CLIFF, Mode.AUTHORISATION),
    }


def test_food_safety_of_lao_cai_is_shared_by_branch() -> None:
    power = "an-toan-thuc-pham.quan-ly-dia-ban"
    assert [r.organ for r in exercising(power, date(2025, 11, 19), LAO_CAI)] == ["province_committee"]
    shared = exercising(power, date(2025, 11, 20), LAO_CAI)
    values = [term.of.values for r in shared for term in r.condition.terms if isinstance(term.of, Choice)]
    assert sorted(v for group in values for v in group) == sorted(POWERS[power].attributes["nganh"])


# --- functions of organs ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("level", [Level.COMMUNE, Level.PROVINCE, Level.NATION])
def test_clear_people_clear_work(level: Level) -> None:
    """In every unit each field has one organ, and each organ that is organised there has a field."""
    with (ROOMS / "units" / "data" / "units.csv").open(encoding="utf-8") as file:
        provinces = [r["uid"] for r in csv.DictReader(file) if r["tier"] == "province" and not r["valid_to"]]
    functions = [p.code for p in TABLES.powers if p.sort is Sort.FUNCTION and p.level is level]
    assert len(functions) >= 14
    today = date(2026, 11, 22)
    for unit in provinces:
        for function in functions:
            assert len(exercising(function, today, unit)) == 1, (function, unit)
    at_work = {r.organ for r in TABLES.assertions if r.power in functions}
    leaders = {"council", "committee", "chairman"}
    expected = {k.code for k in KINDS.values() if k.level == level and k.code.split("_")[-1] not in leaders}
    assert at_work == expected - {"province_centre"}


def test_one_stop_shops_are_branches_where_the_province_has_one_centre() -> None:
    branches = {r.unit for r in TABLES.assertions if r.organ == "centre_branch"}
    assert branches == {"p:01", "p:22"}


# --- reading ------------------------------------------------------------------------------------------------------------
HEAD = "code,sort,name,name_en,field,attributes,level,owner,evidence,source,note\n"


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("a.b,power,A,,,,village,btp,confirmed,s,", "level"),
        ("a.b,power,A,,,{x},commune,btp,confirmed,s,", "attributes"),
        ('a.b,power,A,,,"{""x"": [5, 5]}",commune,btp,confirmed,s,', "attributes"),
        ('a.b,power,A,,,"{""x"": []}",commune,btp,confirmed,s,', "attributes"),
        ("a.b,power,A,,,,commune,btp,sure,s,", "evidence"),
        ("a.b,power,A,,,,commune,btp,confirmed,s", "note"),
    ],
)
def test_a_slip_of_the_pen_is_told_with_its_place(row: str, column: str) -> None:
    with pytest.raises(Refused) as refused:
        list(table("powers.csv", PowerRow, HEAD + row + "\n"))
    assert refused.value.code == "bad_row"
    assert (refused.value.params["line"], refused.value.params["column"]) == (2, column)
    assert "powers.csv dòng 2" in refused.value.sentence


def test_numeric_attributes_are_half_open_spans() -> None:
    row = 'a.b,power,A,,,"{""so_tang"": [0, 200]}",commune,btp,confirmed,s,'
    [power] = table("powers.csv", PowerRow, HEAD + row + "\n")
    assert power.attributes == {"so_tang": Span(0, 200)}


def test_other_columns_are_refused() -> None:
    with pytest.raises(Refused, match="bad_columns"):
        list(table("powers.csv", PowerRow, "code,name\na,b\n"))
