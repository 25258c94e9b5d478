"""The packaged catalogue: what was loaded, what is doubted, how it is found, how it leaves the house."""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import connection

from haicap.base.refused import Refused
from haicap.domain.procedures import actions, queries
from haicap.domain.procedures.catalogue import Asked
from haicap.domain.procedures.content import LAYOUT, FeeKind, read_content
from haicap.domain.procedures.packaged import rows
from haicap.domain.procedures.packaged.authority import organ_of
from haicap.domain.procedures.packaged.catalogue import ORIGIN, package, packaged_rows
from haicap.domain.procedures.packaged.helps import essential_services
from haicap.kernel.ledger.models import Event

NOW = date(2026, 11, 22)
AT = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)


# --- the package ---------------------------------------------------------------------------------------------------
def test_every_row_is_used(packaged) -> None:
    assert len(packaged.proposals) == 2905
    assert packaged.refused == ()


def test_what_has_no_limit_promises_nothing(packaged) -> None:
    unknown = [p for p in packaged.proposals if not any(limit.known for limit in p.content.limits)]
    table = {row["code"]: row for _, row in packaged_rows()}
    assert sum(not row["time_limit"] for row in table.values()) == 1252
    for proposal in unknown:
        assert not table[proposal.code]["time_limit"]
        assert rows.NO_LIMIT in proposal.content.doubts or "doubts" in proposal.document


def test_hours_are_working_hours_unconfirmed(packaged) -> None:
    hours = {row["code"] for _, row in packaged_rows() if row["time_unit"] == "hours"}
    found = [p for p in packaged.proposals if p.code in hours and rows.HOURS in p.content.doubts]
    assert len(hours) == 77
    assert len(found) > 60  # procedures with a complete file of their own say it in their own words
    for p in found:
        assert {part.unit for limit in p.content.limits for part in limit.parts} == {"working_hours"}
        assert {limit.evidence for limit in p.content.limits} == {"unconfirmed"}


def test_a_bare_zero_is_not_free(packaged) -> None:
    bare = {
        row["code"]
        for _, row in packaged_rows()
        if row["fee_note"] == "cổng ghi 0 đồng, không kèm giải thích"
    }
    kinds = Counter(
        f.kind
        for p in packaged.proposals
        if p.code in bare and not p.content.complete
        for f in p.content.fees
    )
    assert set(kinds) == {FeeKind.UNKNOWN}


def test_district_words_are_seen(packaged) -> None:
    found = [p.code for p in packaged.proposals if any("cấp đã bỏ" in d for d in p.content.doubts)]
    assert "1.010385" in found
    assert 10 < len(found) < 60


def test_money_of_rows() -> None:
    def fees(amount: str, note: str):
        document = rows.drawn(
            {"code": "1.000001", "name_vi": "X", "fee_vnd": amount, "fee_note": note}
        ).document
        return [(f.kind, f.amount, f.channel) for f in read_content(document).fees]

    assert fees("20000", "trực tuyến: 10.000") == [
        ("fixed", 20_000, "direct"), ("fixed", 10_000, "online"), ("unknown", None, "post"),
    ]  # fmt: skip
    assert fees("2000", "tính theo trang; mỗi bản") == [("per_page", 2000, None)]
    assert fees("0", "miễn/không thu") == [("free", None, None)]
    assert fees("", "do HĐND cấp tỉnh quy định") == [("local", None, None)]
    assert fees("", "") == []


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ủy ban nhân dân cấp xã", "commune_committee"),
        ("Uỷ ban Nhân dân cấp xã, phường, thị trấn", "commune_committee"),
        ("Chủ tịch UBND cấp xã", "commune_chairman"),
        ("Chủ tịch ủy ban nhân dân cấp tỉnh", "province_chairman"),
        ("Sở Tư Pháp", "justice"),
        ("Sở Nông nghiệp và Môi trường Thành phố Hà Nội", "agriculture_environment"),
        ("Bộ Công an", "bca"),
        ("Công an cấp Xã", ""),
        ("UBND cấp tỉnh/Sở Nội vụ", ""),
        ("UBND cấp tỉnh (Hà Nội ủy quyền Sở Công Thương)", ""),
        ("Uỷ ban nhân dân cấp huyện", ""),
        ("", ""),
    ],
)
def test_names_of_organs(name: str, kind: str) -> None:
    assert organ_of(name) == kind


def test_hostile_rows_are_refused_one_by_one() -> None:
    good = {"code": "1.000001", "name_vi": "Thủ tục"}
    bad = [
        {**good, "code": "1.1"}, {**good, "name_vi": " "}, {**good, "level": "huyện"}, {**good, "time_limit": "-3", "time_unit": "days"},
        {**good, "time_limit": "3", "time_unit": "tuần"}, {**good, "time_limit": "3"}, {**good, "fee_vnd": "1e9"},
        {**good, "online": "maybe"}, {**good, "code": "1.000002", "name_vi": "a\x00b", "documents": "x\x07y"}, good, good,
    ]  # fmt: skip
    found = package(list(enumerate(bad, 2)), {})
    assert [p.line for p in found.proposals] == [11]
    assert [(b.line, b.problem.code) for b in found.refused] == [
        *((n, "bad_row") for n in range(2, 10)), (10, "bad_content"), (12, "double_code"),
    ]  # fmt: skip


# --- in the database -----------------------------------------------------------------------------------------------
pytest_db = pytest.mark.django_db


@pytest_db
def test_the_load_is_one_act(catalogue, packaged) -> None:
    assert len(catalogue.entries) == 2905
    event = Event.objects.get(kind="procedures.catalogue_loaded")
    assert event.data["procedures"] == 2905
    assert event.data["source"] == ORIGIN
    assert {e.origin for e in catalogue.entries} == {ORIGIN}
    with pytest.raises(Refused, match="already_loaded"):
        actions.load_catalogue(actor="system", at=AT, package=packaged)


@pytest_db
def test_days_before_the_two_tiers_have_no_records(catalogue) -> None:
    assert catalogue.at("1.001193", date(2025, 7, 1)) is not None
    assert catalogue.at("1.001193", date(2025, 6, 30)) is None
    assert catalogue.at("1.116410", date(2025, 12, 31)) is None
    assert catalogue.at("1.116410", date(2026, 1, 1)) is not None


@pytest_db
@pytest.mark.parametrize(
    ("text", "code", "within"),
    [
        ("đăng ký khai sinh", "1.001193", 1),
        ("dang ky khai sinh", "1.001193", 1),
        ("DANG KY KHAI SINH", "1.001193", 1),
        ("lam giay khai sinh", "1.001193", 3),
        ("dang ky thuong tru", "1.004222", 1),
        ("nhap ho khau", "1.004222", 3),
        ("giay doc than", "1.004873", 2),
        ("sao y", "2.000815", 3),
        ("1.004222", "1.004222", 1),
        ("1.004222.000.00.00.H61", "1.004222", 1),
        ("tro cap that nghiep", "1.001978", 2),
        ("dang ky ket ho", "1.000894", 5),
        ("sổ đỏ", "1.012783", 3),
        ("so do", "1.012783", 9),
        ("Chứng Thực Di Chúc", "2.001019", 1),
    ],
)
def test_search_without_marks(catalogue, text: str, code: str, within: int) -> None:
    hits = catalogue.search(Asked(text), NOW).hits
    assert code in [hit.entry.code for hit in hits[:within]], [hit.entry.name for hit in hits[:5]]
    assert all(0 < hit.score <= 1 for hit in hits)


@pytest_db
def test_search_finds_nothing_where_nothing_is(catalogue) -> None:
    for text in ("qwertyuiop", "%%%", "'; DROP TABLE", "\x00", "?" * 5000):
        assert catalogue.search(Asked(text), NOW).hits == ()
    assert catalogue.search(Asked("khai sinh"), date(2020, 1, 1)).total == 0


@pytest_db
def test_filters_agree_with_counting(catalogue) -> None:
    by_field = catalogue.search(Asked(field="Hộ tịch"), NOW)
    assert by_field.total == sum(row["field_vi"] == "Hộ tịch" for _, row in packaged_rows())
    communes = catalogue.search(Asked(level="commune"), NOW)
    assert communes.total == sum("commune" in row["level"].split("|") for _, row in packaged_rows())
    assert sum(catalogue.fields(NOW).values()) == sum(bool(row["field_vi"]) for _, row in packaged_rows())
    event = catalogue.search(Asked(life_event="ket_hon"), NOW)
    assert "1.000894" in {hit.entry.code for hit in event.hits}
    names = [hit.entry.name for hit in by_field.hits]
    assert len(names) == len(by_field.hits) > 20


@pytest_db
def test_a_record_can_always_be_filed(loaded_catalogue, db) -> None:
    thin = queries.record("3.000439", NOW)
    assert not thin.content.form.pages
    fileable = thin.fileable()
    assert fileable.form.pages
    assert fileable.result_template.layout == LAYOUT
    assert sum(s.share for s in fileable.workflow.steps) == 1
    assert queries.record("1.001193", NOW).fileable() == queries.record("1.001193", NOW).content


@pytest_db
def test_codes_that_are_not_there(loaded_catalogue, db) -> None:
    with pytest.raises(Refused, match="not_found"):
        queries.record("9.999999", NOW)
    with pytest.raises(Refused, match="not_in_force"):
        queries.record("1.001193", date(2024, 1, 1))


@pytest_db
def test_who_decides_for_my_unit(loaded_catalogue, register) -> None:
    saigon = register.at("26740", NOW)
    found = queries.competent_organs(queries.record("1.001193", NOW), saigon.uid, NOW)
    assert [c.name for c in found] == ["Ủy ban nhân dân phường Sài Gòn"]
    police = queries.competent_organs(queries.record("1.012566", NOW), saigon.uid, NOW)
    assert all(c.organ is None and c.name for c in police)


@pytest_db
def test_the_essential_services_are_25_and_none_is_invented(catalogue) -> None:
    services = essential_services()
    assert [s.number for s in services] == list(range(1, 26))
    for service in services:
        for code in service.codes:
            assert catalogue.at(code, NOW) is not None, code
    assert {s.number for s in services if not s.codes} >= {21, 24, 25}
    assert [len(row.entries) for row in queries.essential(NOW)] == [len(s.codes) for s in services]


@pytest_db
def test_life_events_and_synonyms_are_of_the_catalogue(catalogue) -> None:
    assert len(catalogue.life_events) >= 15
    for event in catalogue.life_events:
        assert event.codes
        assert all(catalogue.at(code, NOW) for code in event.codes)
    for said, _meant in catalogue.synonyms:
        assert catalogue.search(Asked(said + " "), NOW).total > 0, said


@pytest_db
def test_exports_hold_everything(loaded_catalogue, db, tmp_path: Path) -> None:
    assert queries.write_catalogue("json", tmp_path / "a.json", NOW) == 2905
    whole = json.loads((tmp_path / "a.json").read_text())
    assert len(whole["procedures"]) == 2905
    birth = next(p for p in whole["procedures"] if p["code"] == "1.001193")
    assert read_content(birth["content"]).complete
    assert queries.write_catalogue("csv", tmp_path / "a.csv") == 2905
    with (tmp_path / "a.csv").open(encoding="utf-8") as file:
        table = {row["code"]: row for row in csv.DictReader(file)}
    assert table["1.001193"]["decision"] == ""
    assert table["1.001193"]["origin"] == ORIGIN
    export = queries.prepared_export("xlsx")
    assert export.path.stat().st_size > 100_000
    assert queries.prepared_export("xlsx").path == export.path


@pytest_db
def test_an_export_imported_again_changes_nothing(loaded_catalogue, db, tmp_path: Path) -> None:
    queries.write_catalogue("json", tmp_path / "a.json", NOW)
    report = queries.dry_run(io.BytesIO((tmp_path / "a.json").read_bytes()), NOW)
    assert Counter(row.outcome for row in report.rows) == {"same": 2905}


@pytest_db
def test_the_database_holds_what_the_package_says(catalogue, packaged) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.code, v.content::text FROM procedures_procedureversion v"
            " JOIN procedures_procedure p ON p.id = v.procedure_id WHERE v.origin <> ''"
        )
        held = {code: json.loads(content) for code, content in cursor.fetchall()}
    assert held == {p.code: p.document for p in packaged.proposals}
