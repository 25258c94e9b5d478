"""Căn cứ ở mọi nơi: every act that the platform cites, in its tables and in its program, is among the packaged ones."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

import haicap
from haicap.base.refused import Refused
from haicap.domain.law import places
from haicap.domain.law.formats.rows import DocumentRow, Tables
from haicap.domain.law.numbers import repaired
from haicap.domain.law.packaged import read

# a whole string that is a normative number, or its part before the place: "118/2025/NĐ-CP", "45/2019/QH14, điều 112"
STRING = re.compile(r'"([0-9]+/(?:[0-9]{4}/)?(?:QH|NĐ-CP|QĐ-TTg|TT-)[A-ZĐ0-9]*)[",]')


@pytest.fixture(scope="module")
def tables() -> Tables:
    return read()


@pytest.fixture(scope="module")
def by_number(tables: Tables) -> dict[str, list[DocumentRow]]:
    found: dict[str, list[DocumentRow]] = {}
    for row in tables.documents:
        found.setdefault(row.number, []).append(row)
    return found


def other_table(package: str, name: str) -> list[dict[str, str]]:
    text = (resources.files(package) / "data" / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(text.splitlines(keepends=True)))


def test_acts_the_platform_cites_are_there(by_number: dict[str, list[DocumentRow]]) -> None:
    """Acts of units, of the calendar, of the rules of reckoning, and the legal basis of procedures."""
    cited = {
        act.strip()
        for name in ("units.csv", "lineage.csv", "changes_2026.csv")
        for row in other_table("haicap.domain.units", name)
        for act in row["act"].split("|")
    }
    cited |= {row["document"].partition(",")[0] for row in other_table("haicap.domain.deadlines", "days.csv")}
    cited |= set(acts_in_the_code())
    missing = {act for act in cited if act and act not in by_number}
    assert not missing
    left = set()
    for row in other_table("haicap.domain.procedures", "procedures.csv"):
        for act in filter(None, (part.strip() for part in row["legal_basis"].split(";"))):
            if act not in by_number and _repaired(act) not in by_number:
                left.add(act)
    assert left == {"T", "L", "N", "S", "21/2008/TTLT-", "158/2011/TT"}


def acts_in_the_code() -> Iterator[str]:
    """Numbers of acts that stand in strings of the program, where no example is given."""
    root = Path(haicap.__file__).parent
    for file in root.rglob("*.py"):
        if not {"tests", "numbers", "formats", "migrations"} & set(file.relative_to(root).parts):
            yield from STRING.findall(file.read_text(encoding="utf-8"))


def _repaired(act: str) -> str:
    """The number a cut one stands for ("…/QĐ-TT"), itself where none is known."""
    try:
        return repaired(act)
    except Refused:
        return act


def test_what_the_register_of_powers_cites_is_there(
    tables: Tables, by_number: dict[str, list[DocumentRow]]
) -> None:
    """The document of every packaged assertion, and its place where one is known."""
    held = {(row.document, row.place) for row in tables.provisions}
    rows = other_table("haicap.domain.powers", "assertions.csv")
    assert rows
    for row in rows:
        if row["document"]:
            assert len(by_number.get(row["document"], [])) == 1, row
        if row["place"]:
            assert (row["document"], places.read(row["place"])) in held, row
