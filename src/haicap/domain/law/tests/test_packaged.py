"""Các bảng kèm theo: everything reads, everything named is there, marks are kept, and what follows is what is known."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from importlib import resources

import pytest

from haicap.domain.law import places
from haicap.domain.law.formats.rows import SHEETS, DocumentRow, Tables
from haicap.domain.law.numbers import parse
from haicap.domain.law.packaged import read, read_sheet
from haicap.domain.law.packaged.reading import packaged_lines
from haicap.domain.law.states import DocumentKind, Evidence, RelationKind
from haicap.domain.units.organs import KINDS
from haicap.domain.units.timeline.packaged import packaged_register
from haicap.domain.units.timeline.register import Register

DECREES = tuple(f"{n}/2025/NĐ-CP" for n in (120, 121, 122, *range(124, 135), *range(136, 149), 151))
SECOND_HAND = (
    "bản ghi công khai của bên thứ ba",
    "hiểu biết chung",
    "danh mục thủ tục",
    "dữ liệu của nền tảng",
    "",
)
START, CLIFF = date(2025, 7, 1), date(2027, 3, 1)


@pytest.fixture(scope="module")
def tables() -> Tables:
    return read()


@pytest.fixture(scope="module")
def register() -> Register:
    return packaged_register()


@pytest.fixture(scope="module")
def by_number(tables: Tables) -> dict[str, list[DocumentRow]]:
    found: dict[str, list[DocumentRow]] = {}
    for row in tables.documents:
        found.setdefault(row.number, []).append(row)
    return found


def named(by_number: dict[str, list[DocumentRow]], name: str) -> list[DocumentRow]:
    """The rows a cell names: a number, or "number | issuer | date"."""
    number, issuer, day = [part.strip() for part in [*name.split("|"), "", ""][:3]]
    return [
        row
        for row in by_number.get(number, [])
        if issuer in ("", row.issuer) and day in ("", str(row.issued_on))
    ]


# --- reading -----------------------------------------------------------------------------------------------------
def test_every_row_of_every_file_reads(tables: Tables) -> None:
    for sheet in SHEETS:
        lines = list(csv.reader(packaged_lines(sheet)))
        assert len(tables.of(sheet)) == len(lines) - 1
    sizes = {sheet: len(tables.of(sheet)) for sheet in SHEETS}
    assert sizes == {"documents": 1454, "provisions": 272, "texts": 0, "relations": 134, "owed": 19}


def test_no_text_is_made_up(tables: Tables) -> None:
    assert tables.texts == ()


@pytest.mark.parametrize(
    ("sheet", "column", "cell"),
    [
        ("relations", "kind", "thay"),
        ("relations", "since", "2025-13-01"),
        ("provisions", "place", "điều không"),
        ("documents", "evidence", ""),
        ("owed", "kind", ""),
    ],
)
def test_a_bad_cell_names_its_line(sheet: str, column: str, cell: str) -> None:
    head, first = list(csv.reader(packaged_lines(sheet)))[:2]
    first[head.index(column)] = cell
    with pytest.raises(ValueError, match=f"{sheet}, line 2"):
        read_sheet(sheet, [",".join(head) + "\n", ",".join(f'"{c}"' for c in first) + "\n"])


def test_other_columns_are_refused() -> None:
    with pytest.raises(ValueError, match="columns"):
        read_sheet("texts", ["document,place\n"])


def test_the_tables_tell_nothing_of_where_they_were_made() -> None:
    folder = resources.files("haicap.domain.law") / "data"
    for file in folder.iterdir():
        text = file.read_text(encoding="utf-8").lower()
        for word in ("/work", "github", "file id", "/tmp", "\r"):
            assert word not in text, (file.name, word)


# --- documents ---------------------------------------------------------------------------------------------------
def test_numbers_are_printed_as_the_grammar_reads_them(tables: Tables) -> None:
    for row in tables.documents:
        number = parse(row.number)
        assert number.printed == row.number
        assert row.kind is not None
        assert number.kind in (None, row.kind), row.number
        if number.kinds and number.kind is None:
            assert row.kind in number.kinds, row.number
        assert row.issuer or number.issuer, row.number


def test_identity_is_number_issuer_and_day(tables: Tables) -> None:
    seen = Counter((row.number, row.issuer, row.issued_on) for row in tables.documents)
    assert max(seen.values()) == 1


def test_issuers_and_territories_are_units(tables: Tables, register: Register) -> None:
    local = 0
    for row in tables.documents:
        body, colon, uid = row.issuer.partition(":")
        for unit in filter(None, (uid if colon else "", row.territory)):
            assert register.versions(unit), (row.number, unit)
        if colon:
            local += 1
            assert body in ("ubnd", "hdnd", "ctubnd")
        if row.kind in (DocumentKind.COMMITTEE_DECISION, DocumentKind.COUNCIL_RESOLUTION):
            assert colon, row.number
    assert local == 31


def test_documents_of_former_units_know_their_former_area(tables: Tables, register: Register) -> None:
    former = {}
    for row in tables.documents:
        uid = row.issuer.partition(":")[2]
        if uid and register.versions(uid)[-1].span.end is not None:
            former[row.number] = (row.territory, uid)
    assert set(former) == {
        "01/2025/NQ-HĐND", "08/2021/QĐ-UBND", "11/2018/NQ-HĐND", "1159/QĐ-UBND", "29/2022/NQ-HĐND", "45/2024/QĐ-UBND",
    }  # fmt: skip
    assert all(territory == uid for territory, uid in former.values())


def test_owners_are_ministries(tables: Tables) -> None:
    for row in tables.documents:
        assert not row.owner or KINDS[row.owner].level == "nation", row.number


def test_days_are_in_order(tables: Tables) -> None:
    for row in tables.documents:
        days = [day for day in (row.issued_on, row.effective_on) if day]
        assert days == sorted(days), row.number
        if row.sunset_on and row.effective_on:
            assert row.effective_on < row.sunset_on
        year = parse(row.number).year
        if year and row.issued_on:
            assert row.issued_on.year == year, row.number
    for since, until in [(r.since, r.until) for r in tables.provisions] + [
        (r.since, r.until) for r in tables.relations
    ]:
        assert not since or not until or since < until


# --- marks -------------------------------------------------------------------------------------------------------
def test_only_what_a_page_shows_is_confirmed(tables: Tables) -> None:
    for row in tables:
        if row.evidence is Evidence.CONFIRMED:
            assert row.source not in SECOND_HAND, row
        assert row.source, row


def test_a_doubt_says_what_it_is(tables: Tables) -> None:
    for row in tables:
        if row.evidence is Evidence.DOUBTFUL:
            assert getattr(row, "note", ""), row


def test_marks_by_count(tables: Tables) -> None:
    marks = Counter(row.evidence for row in tables.documents)
    assert marks == {Evidence.UNCONFIRMED: 1326, Evidence.CONFIRMED: 118, Evidence.DOUBTFUL: 10}


# --- names -------------------------------------------------------------------------------------------------------
def test_every_name_means_exactly_one_document(
    tables: Tables, by_number: dict[str, list[DocumentRow]]
) -> None:
    names = {row.document for row in tables.provisions}
    names |= {name for row in tables.relations for name in (row.document, row.target)}
    names |= {name for row in tables.owed for name in (row.document, row.fulfilled_by)}
    for name in names - {""}:
        assert len(named(by_number, name)) == 1, name


def test_every_place_that_is_named_has_a_row(tables: Tables) -> None:
    rows = Counter((row.document, row.place) for row in tables.provisions)
    assert max(rows.values()) == 1
    wanted = {(row.document, row.place) for row in tables.relations}
    wanted |= {(row.target, row.target_place) for row in tables.relations}
    wanted |= {(row.document, row.place) for row in tables.owed}
    wanted |= {(row.number, row.sunset_clause) for row in tables.documents}
    assert {(name, place) for name, place in wanted if place} <= set(rows)
    assert all(places.valid(place) for _, place in rows)


def test_relations_are_entered_once(tables: Tables) -> None:
    seen = Counter((r.document, r.place, r.kind, r.target, r.target_place, r.since) for r in tables.relations)
    assert max(seen.values()) == 1


def test_nothing_acts_before_it_was_issued(tables: Tables, by_number: dict[str, list[DocumentRow]]) -> None:
    for row in tables.relations:
        source = by_number[row.document][0]
        if row.since and source.issued_on:
            assert row.since >= source.issued_on, row


def test_holders_are_ministries_or_classes(tables: Tables) -> None:
    for row in tables.owed:
        assert row.holder.startswith("class:") or KINDS[row.holder].level == "nation", row
        assert row.subject


# --- what it must hold -------------------------------------------------------------------------------------------
def test_the_28_decrees(tables: Tables, by_number: dict[str, list[DocumentRow]]) -> None:
    assert len(DECREES) == 28
    for number in DECREES:
        (row,) = by_number[number]
        assert (row.kind, row.effective_on, row.sunset_on) == (DocumentKind.DECREE, START, CLIFF)
        assert row.owner, number
        assert row.issued_on in (None, date(2025, 6, 11), date(2025, 6, 12))
    extended = [r for r in tables.relations if r.kind is RelationKind.EXTENDS]
    assert extended == []  # none is known


def test_places_of_the_moved_powers(tables: Tables) -> None:
    held = {(row.document, row.place) for row in tables.provisions}
    points = "abcdđeghi"
    assert {("151/2025/NĐ-CP", f"art_5__para_1__point_{p}") for p in points} <= held
    for number, place in (
        ("120/2025/NĐ-CP", "điều 4"),
        ("125/2025/NĐ-CP", "điều 44 khoản 5"),
        ("128/2025/NĐ-CP", "điều 8 khoản 2"),
        ("129/2025/NĐ-CP", "điều 20"),
        ("131/2025/NĐ-CP", "điều 28"),
        ("140/2025/NĐ-CP", "điều 4 khoản 1"),
        ("146/2025/NĐ-CP", "điều 24 khoản 1"),
        ("146/2025/NĐ-CP", "phụ lục XI"),
        ("136/2025/NĐ-CP", "chương IX"),
        ("50/2014/QH13", "điều 103 khoản 3"),
        ("72/2025/QH15", "điều 11 khoản 2 điểm g"),
        ("120/2020/NĐ-CP", "điều 24"),
    ):
        assert (number, places.read(place)) in held, (number, place)
