"""The packaged register in a real database: counts, constraints, and what the database itself refuses."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from importlib import resources

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError

from haicap.base.refused import Refused
from haicap.domain.units import actions, queries
from haicap.domain.units.timeline.rows import read_packaged

AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def execute(sql: str, *params: object) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, params)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_counts_are_those_of_the_provenance(register) -> None:
    checks = json.loads((resources.files("haicap.domain.units") / "data" / "checks.json").read_text())
    for day, expected in checks["at"].items():
        counts = register.counts(date.fromisoformat(day))
        assert sum(counts["commune"].values()) == expected["commune"]
        assert counts["commune"] == expected["commune_by_kind"]
        assert counts["province"] == expected["province_by_kind"]
        assert sum(counts["district"].values()) == expected["district"]


def test_a_second_load_is_refused(register) -> None:
    versions, edges, aliases = read_packaged()
    with pytest.raises(Refused, match="already_loaded"):
        actions.load_register(
            actor="system", at=AT, versions=versions, edges=edges, aliases=aliases, source="again"
        )


NEW_VERSION = """
INSERT INTO units_unitversion (unit_id, tier, kind, name, short_name, sort_key, code, parent_id, valid, clause, evidence,
                               note, recorded_at)
SELECT {unit}, tier, kind, name, short_name, sort_key, {code}, {parent}, {valid}, 'x', 'unconfirmed', {note}, now()
FROM units_unitversion WHERE code = '26740' AND upper_inf(valid)
"""


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"code": "'99999'"}, "unit_one_version_a_day"),
        ({"unit": "(SELECT id FROM units_unit WHERE uid = 'c:26734')"}, "unit_one_holder_of_a_code"),
        ({"unit": "(SELECT id FROM units_unit WHERE uid = 'c:26734')", "code": "'1'"}, "unit_code_fits_tier"),
        (
            {"unit": "(SELECT id FROM units_unit WHERE uid = 'c:26734')", "code": "'99999'", "note": "''"},
            "unit_act_or_source",
        ),
        (
            {
                "unit": "(SELECT id FROM units_unit WHERE uid = 'c:26734')",
                "code": "'99999'",
                "parent": "(SELECT id FROM units_unit WHERE uid = 'd:760')",
            },
            "would have no parent",
        ),
    ],
)
def test_the_database_refuses(register, change: dict[str, str], constraint: str) -> None:
    words = {
        "unit": "unit_id",
        "code": "code",
        "parent": "parent_id",
        "valid": "valid",
        "note": "'nguồn'",
    } | change
    with pytest.raises(IntegrityError, match=constraint):
        execute(NEW_VERSION.format(**words))


def test_the_register_is_never_edited(register) -> None:
    for sql in (
        "UPDATE units_unitversion SET name = 'X' WHERE code = '26740'",
        "DELETE FROM units_unitversion WHERE code = '26740'",
        "UPDATE units_lineage SET clause = '' WHERE id = (SELECT min(id) FROM units_lineage)",
        "DELETE FROM units_lineage WHERE id = (SELECT min(id) FROM units_lineage)",
    ):
        with pytest.raises(DatabaseError, match="never edited"):
            execute(sql)


def test_a_reform_edge_without_clause_is_refused(register) -> None:
    with pytest.raises(IntegrityError, match="lineage_reform_cited"):
        execute(
            "INSERT INTO units_lineage (from_unit_id, to_unit_id, effective_on, relation, area_share, people_share, clause,"
            " evidence, note, recorded_at) SELECT a.id, b.id, '2025-07-01', 'whole', 'all', 'all', '', 'unconfirmed', 'x',"
            " now() FROM units_unit a, units_unit b WHERE a.uid = 'c:00001' AND b.uid = 'c:26740@2025-07-01'"
        )


def test_every_reform_edge_is_cited(register) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM units_lineage WHERE effective_on = '2025-07-01' AND clause <> ''"
        )
        assert cursor.fetchone() == (10_635,)


def test_organs_by_rule(register) -> None:
    on = date(2026, 11, 22)
    saigon = register.at("26740", on)
    kinds = [o.kind for o in queries.organs_of(saigon.uid, on)]
    assert kinds == [
        "commune_council", "commune_committee", "commune_chairman", "commune_office", "commune_culture",
        "commune_economy", "commune_centre",
    ]  # fmt: skip
    assert queries.service_centre(saigon.uid, on).name == "Trung tâm Phục vụ hành chính công phường Sài Gòn"
    ba_dinh = register.at("00004", on)
    assert queries.service_centre(ba_dinh.uid, on).kind == "centre_branch"
    assert queries.organs_of("c:26740", date(2025, 6, 30)) == ()
    assert len(queries.ministries(on)) == 17


def test_an_organ_outlives_the_change_of_kind(register) -> None:
    long_thanh = register.at("26368", date(2026, 11, 22))
    before = {o.kind: (o.pk, o.name) for o in queries.organs_of(long_thanh.uid, date(2026, 4, 29))}
    after = {o.kind: (o.pk, o.name) for o in queries.organs_of(long_thanh.uid, date(2026, 4, 30))}
    assert before["commune_committee"][1] == "Ủy ban nhân dân xã Long Thành"
    assert after["commune_committee"][1] == "Ủy ban nhân dân phường Long Thành"
    assert {k: pk for k, (pk, _) in before.items()} == {k: pk for k, (pk, _) in after.items()}
    assert after["commune_economy"][1] == "Phòng Kinh tế, Hạ tầng và Đô thị phường Long Thành"


def test_what_came_with_no_act_says_so(register) -> None:
    for version in register.every():
        assert version.citation.act or version.note
    changed = [v for v in register.every() if v.span.start and v.span.start.year == 2026]
    assert len(changed) == 25
    assert {v.evidence for v in changed} == {"unconfirmed"}
