"""Điều suy ra từ các bảng kèm theo: the packaged facts go through the engine, and what is known of them comes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from haicap.domain.law import places
from haicap.domain.law.effect import Effects, Link, Place, Work, derive
from haicap.domain.law.formats.rows import DocumentRow, RelationRow, Tables
from haicap.domain.law.packaged import read
from haicap.domain.law.states import BRIDGE_ENDS, DocumentState, Standing

Asking = Callable[[str, str, date], Standing]
START, CLIFF = date(2025, 7, 1), date(2027, 3, 1)


@pytest.fixture(scope="module")
def tables() -> Tables:
    return read()


@pytest.fixture(scope="module")
def effects(tables: Tables) -> Effects:
    ids = {row.number: n for n, row in enumerate(tables.documents)}
    works = [
        Work(n, row.effective_on, row.sunset_on, row.sunset_clause, row.territory, _former(row))
        for n, row in enumerate(tables.documents)
    ]
    held = [Place(ids[row.document], row.place, row.since, row.until) for row in tables.provisions]
    links = [_link(n, row, ids) for n, row in enumerate(tables.relations)]
    return derive(works, held, links)


def _former(row: DocumentRow) -> bool:
    return row.issuer != "" and row.issuer.partition(":")[2] == row.territory != ""


def _link(n: int, row: RelationRow, ids: dict[str, int]) -> Link:
    source, target = ids[row.document], ids[row.target]
    return Link(n, row.kind, source, row.place, target, row.target_place, row.since, row.until, row.territory)


@pytest.fixture(scope="module")
def standing(tables: Tables, effects: Effects) -> Asking:
    ids = {row.number: n for n, row in enumerate(tables.documents)}

    def of(number: str, place: str, on: date) -> Standing:
        return effects.at(ids[number], places.read(place) if place else "", on).standing

    return of


@pytest.mark.parametrize("serial", (120, 121, 122, *range(124, 135), *range(136, 149), 151))
def test_every_decree_ends_at_the_cliff(standing: Asking, serial: int) -> None:
    number = f"{serial}/2025/NĐ-CP"
    assert standing(number, "", START - timedelta(days=1)) is Standing.NOT_YET
    assert standing(number, "", START) is Standing.IN_FORCE
    assert standing(number, "", CLIFF - timedelta(days=1)) is Standing.IN_FORCE
    assert standing(number, "", CLIFF) is Standing.ENDED


@pytest.mark.parametrize(
    ("number", "place", "ends"),
    [
        ("125/2025/NĐ-CP", "điều 6", date(2025, 9, 26)),
        ("128/2025/NĐ-CP", "điều 15 khoản 7", date(2026, 1, 1)),
        ("140/2025/NĐ-CP", "điều 8", date(2026, 7, 1)),
        ("142/2025/NĐ-CP", "điều 35 khoản 5", date(2026, 3, 15)),
        ("143/2025/NĐ-CP", "điều 6", date(2026, 3, 15)),
        ("84/2020/NĐ-CP", "điều 6 khoản 2 điểm b", date(2026, 3, 15)),
        ("144/2025/NĐ-CP", "điều 13", date(2026, 7, 1)),
        ("65/2025/QH15", "", date(2025, 6, 16)),
        ("08/2021/QĐ-UBND", "", date(2025, 11, 20)),
        ("45/2024/QĐ-UBND", "", date(2025, 11, 20)),
        ("50/2014/QH13", "điều 103 khoản 3", date(2026, 7, 1)),
        ("60/2014/QH13", "", CLIFF),
        ("123/2015/NĐ-CP", "điều 29", CLIFF),  # details the law that ends
        ("01/2018/TT-VPCP", "", START),  # details the decree that ended
        ("29/2022/NQ-HĐND", "", BRIDGE_ENDS),
        ("11/2018/NQ-HĐND", "", BRIDGE_ENDS),
    ],
)
def test_known_ends(standing: Asking, number: str, place: str, ends: date) -> None:
    assert standing(number, place, ends - timedelta(days=1)) is not Standing.ENDED
    assert standing(number, place, ends) is Standing.ENDED


def test_a_decree_with_an_article_gone_is_partly_ended(tables: Tables, effects: Effects) -> None:
    ids = {row.number: n for n, row in enumerate(tables.documents)}
    for number, ends in (("125/2025/NĐ-CP", date(2025, 9, 26)), ("140/2025/NĐ-CP", date(2026, 7, 1))):
        assert effects.document(ids[number], ends - timedelta(days=1)) is DocumentState.IN_FORCE
        assert effects.document(ids[number], ends) is DocumentState.PARTLY_ENDED


def test_the_suspended_food_decree(standing: Asking) -> None:
    day = date(2026, 11, 22)
    assert standing("46/2026/NĐ-CP", "", date(2026, 1, 26)) is Standing.IN_FORCE
    assert standing("46/2026/NĐ-CP", "", date(2026, 2, 4)) is Standing.SUSPENDED
    assert standing("46/2026/NĐ-CP", "", day) is Standing.SUSPENDED
    assert standing("15/2018/NĐ-CP", "", date(2026, 2, 3)) is Standing.SUSPENDED
    assert standing("15/2018/NĐ-CP", "", date(2026, 2, 4)) is Standing.IN_FORCE
    assert standing("148/2025/NĐ-CP", "điều 30", date(2026, 2, 3)) is Standing.SUSPENDED
    assert standing("148/2025/NĐ-CP", "điều 30", day) is Standing.IN_FORCE
    assert standing("146/2025/NĐ-CP", "điều 37 khoản 3", date(2026, 1, 30)) is Standing.SUSPENDED
    assert standing("146/2025/NĐ-CP", "điều 37 khoản 5", date(2026, 1, 30)) is Standing.IN_FORCE
    assert standing("148/2025/NĐ-CP", "điều 29", date(2026, 2, 3)) is Standing.IN_FORCE
