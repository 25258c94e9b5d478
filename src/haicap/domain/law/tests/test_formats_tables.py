"""Workbooks and JSON: export is import; one bad cell and nothing counts."""

import io
import json
import zipfile
from datetime import date

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings

from haicap.base.refused import Refused
from haicap.base.tables import Limits
from haicap.domain.law.formats import (
    SHEETS,
    DocumentRow,
    Tables,
    TextRow,
    columns,
    drawn,
    kind_of,
    read_tables,
    unresolved,
    write_json,
    write_workbook,
)
from haicap.domain.law.formats.cells import read_row
from haicap.domain.law.states import DocumentKind
from haicap.domain.law.tests.formats_cases import CHAIN, tables

WRITERS = (write_workbook, write_json)


def through(write, rows):
    file = io.BytesIO()
    write(file, rows)
    file.seek(0)
    return read_tables(file)


@pytest.mark.parametrize("write", WRITERS)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=tables())
def test_what_is_written_reads_again(write, rows):
    outcome = through(write, rows)
    assert outcome.problems == ()
    assert outcome.whole() == rows


@pytest.mark.parametrize("write", WRITERS)
def test_a_chain_of_acts_goes_round(write):
    assert through(write, CHAIN).whole() == CHAIN


@pytest.mark.parametrize("write", WRITERS)
def test_a_text_longer_than_a_cell_is_whole(write):
    long = "Điều dài, " * 9_000
    rows = Tables(
        documents=(DocumentRow("940/2025/NĐ-CP"),),
        texts=(
            TextRow("940/2025/NĐ-CP", "art_1", text=long.strip()),
            TextRow("940/2025/NĐ-CP", "art_2", text="ngắn"),
        ),
    )
    assert through(write, rows).whole() == rows


def test_a_formula_is_a_text():
    file = io.BytesIO()
    rows = Tables(documents=(DocumentRow("940/2025/NĐ-CP", title='=HYPERLINK("http://x","y")', note="+1+1"),))
    write_workbook(file, rows)
    with zipfile.ZipFile(file) as packed:
        sheet = packed.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"hyperlink" not in sheet.lower()
    file.seek(0)
    assert read_tables(file).whole() == rows


def book(**sheets):
    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file)
    for name, rows in sheets.items():
        page = workbook.add_worksheet(name)
        for line, row in enumerate(rows):
            page.write_row(line, 0, row)
    workbook.close()
    file.seek(0)
    return file


def places(problems):
    return [(p.sheet, p.row, p.column) for p in problems]


def test_every_bad_cell_is_told_and_nothing_counts():
    outcome = read_tables(
        book(
            documents=[
                ["number", "issued_on", "effective_on", "sunset_on", "kind"],
                ["940/2025/ND-CP", "31/02/2025", "", "", ""],
                ["940/2025/NĐ-CP", "12/06/2025", "2025-07-01", "2025-07-01", ""],
                ["941/2025/NĐ-CP", "2024-06-12", "", "", "circular"],
                ["", "", "", "", "decree"],
                ["942/2025/NĐ-CP", "", "", "", "sắc lệnh"],
            ],
            relations=[
                ["document", "place", "kind", "target", "target_place", "since", "until"],
                ["940/2025/NĐ-CP", "điều 5 điểm f", "repeals", "", "điều", "2026-01-01", "2025-01-01"],
                ["940/2025/NĐ-CP", "art_1", "repeals", "940/2025/NĐ-CP", "điều 1", "", ""],
            ],
        )
    )
    assert outcome.tables == Tables()
    assert places(outcome.problems) == [
        ("documents", 2, "number"),
        ("documents", 2, "issued_on"),
        ("documents", 3, "sunset_on"),
        ("documents", 4, "issued_on"),
        ("documents", 4, "kind"),
        ("documents", 5, "number"),
        ("documents", 6, "kind"),
        ("relations", 2, "place"),
        ("relations", 2, "target"),
        ("relations", 2, "target_place"),
        ("relations", 3, "target"),
    ]
    assert "940/2025/NĐ-CP" in outcome.problems[0].told()
    for problem in outcome.problems:
        assert problem.repair
        assert "%(" not in problem.told()
    with pytest.raises(Refused, match="bad_rows"):
        outcome.whole()


def test_rows_may_not_repeat_or_contradict():
    same = {"number": "15/2025/NQ-HĐND", "issuer": "hdnd:p:48", "issued_on": "2025-02-03"}
    outcome = drawn(
        {
            "documents": [
                (2, same),
                (3, same),
                (4, {**same, "title": "khác"}),
                (5, {**same, "issuer": "hdnd:p:49"}),
                (6, {**same, "issuer": "hdnd:p:49", "issued_on": ""}),
            ],
            "texts": [
                (2, {"document": "940/2025/NĐ-CP", "place": "điều 1", "until": "2026-01-02", "text": "a"}),
                (3, {"document": "940/2025/NĐ-CP", "place": "1", "since": "2026-01-01", "text": "b"}),
                (4, {"document": "940/2025/NĐ-CP", "place": "2", "until": "2026-01-01", "text": "c"}),
                (5, {"document": "940/2025/NĐ-CP", "place": "2", "since": "2026-01-01", "text": "d"}),
            ],
        }
    )
    assert places(outcome.problems) == [
        ("documents", 3, ""),
        ("documents", 4, ""),
        ("documents", 6, "issued_on"),
        ("texts", 3, "since"),
    ]


def test_the_same_number_in_two_provinces_is_lawful():
    lists = {
        "documents": [
            (2, {"number": "15/2025/NQ-HĐND", "issuer": "hdnd:p:48"}),
            (3, {"number": "15/2025/NQ-HĐND", "issuer": "hdnd:p:49"}),
        ],
        "relations": [
            (2, {"document": "15/2025/NQ-HĐND", "kind": "cites", "target": "1/2020/NĐ-CP"}),
            (3, {"document": "15/2025/NQ-HĐND | hdnd:p:48", "kind": "cites", "target": "2/2020/NĐ-CP"}),
        ],
    }
    outcome = drawn(lists)
    assert outcome.problems == ()
    found = list(unresolved(outcome.lined(), lambda named: int(named == "2/2020/NĐ-CP")))
    assert places(found) == [("relations", 2, "document"), ("relations", 2, "target")]
    assert "Nhiều văn bản" in found[0].told()
    assert "Không có văn bản" in found[1].told()


@pytest.mark.parametrize(
    ("number", "title", "kind"),
    [
        ("72/2025/QH15", "Luật Tổ chức chính quyền địa phương", DocumentKind.LAW),
        ("202/2025/QH15", "Nghị quyết về sắp xếp đơn vị", DocumentKind.ASSEMBLY_RESOLUTION),
        ("76/2025/UBTVQH15", "Nghị quyết về sắp xếp", DocumentKind.STANDING_RESOLUTION),
        ("02/2020/UBTVQH14", "Pháp lệnh ưu đãi", DocumentKind.ORDINANCE),
        ("940/2025/NĐ-CP", "", DocumentKind.DECREE),
        ("72/2025/QH15", "Về việc gì đó", None),
        ("76/2025/UBTVQH15", "Luật lạ", None),
    ],
)
def test_the_kind_follows_from_number_or_title(number, title, kind):
    assert kind_of(DocumentRow(number, title=title)) is kind
    problems = drawn({"documents": [(2, {"number": number, "title": title})]}).problems
    assert places(problems) == ([] if kind else [("documents", 2, "kind")])


def test_headings_in_vietnamese_and_dates_of_a_spreadsheet():
    file = io.BytesIO()
    workbook = xlsxwriter.Workbook(file)
    page = workbook.add_worksheet("Văn bản")
    page.write_row(0, 0, ["Số, ký hiệu".replace(",", ""), "Ngày ban hành", "Trích yếu"])
    page.write(1, 0, "940/2025/NĐ-CP")
    page.write_datetime(1, 1, date(2025, 6, 12), workbook.add_format({"num_format": "dd/mm/yyyy"}))
    page.write(1, 2, "Về đất")
    workbook.close()
    file.seek(0)
    assert read_tables(file).whole().documents == (
        DocumentRow("940/2025/NĐ-CP", issued_on=date(2025, 6, 12), title="Về đất"),
    )


def test_unknown_sheets_and_columns_are_problems():
    outcome = read_tables(
        book(documents=[["number", "màu", "number"], ["940/2025/NĐ-CP", "", ""]], thuế=[["x"]])
    )
    assert places(outcome.problems) == [
        ("thuế", 0, ""),
        ("documents", 1, "màu".replace("à", "a")),
        ("documents", 1, "number"),
    ]
    bad = json.dumps({"documents": [{"number": 5, "x": ""}, 7], "y": []}).encode()
    assert places(read_tables(io.BytesIO(bad)).problems) == [
        ("y", 0, ""), ("documents", 1, "number"), ("documents", 1, "x"), ("documents", 1, "number"), ("documents", 2, ""),
        ("documents", 2, "number"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "bad_json"),
        (b"[1]", "bad_json"),
        (b"[" * 100_000, "bad_json"),
        (b'{"format": "other"}', "bad_json"),
        (b"{}", "no_rows"),
        (b"PK\x03\x04 broken", "bad_xlsx"),
        (b"\xff\xfe\x00", "bad_json"),
    ],
)
def test_what_is_no_file_of_rows_is_refused(data, code):
    with pytest.raises(Refused, match=code):
        read_tables(io.BytesIO(data))


def test_files_too_large_are_refused():
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * 3_000_000)
    bomb.seek(0)
    with pytest.raises(Refused, match="unpacks_too_large"):
        read_tables(bomb, limits=Limits(rows=10, unpacked=1_000_000))
    many = book(documents=[["number"], *([f"{n}/NQ-CP"] for n in range(1, 40))])
    with pytest.raises(Refused, match="too_many_rows"):
        read_tables(many, limits=Limits(rows=20))
    listed = json.dumps({"documents": [{"number": "1/NQ-CP"}] * 40}).encode()
    with pytest.raises(Refused, match="too_many_rows"):
        read_tables(io.BytesIO(listed), limits=Limits(rows=20))
    with pytest.raises(Refused, match="too_many_rows"):
        read_tables(io.BytesIO(json.dumps({"documents": [{}] * 20_001}).encode()))


def test_broken_letters_and_control_characters():
    data = json.dumps({"documents": [{"number": "940/2025/NĐ-CP", "title": "a\ud800"}]}).encode()
    assert places(read_tables(io.BytesIO(data)).problems) == [("documents", 1, "title")]
    data = json.dumps({"documents": [{"number": "940/2025/NĐ-CP", "title": "a\x00b"}]}).encode()
    assert read_tables(io.BytesIO(data)).whole().documents[0].title == "ab"


def test_the_columns_are_those_of_the_contract():
    assert list(SHEETS) == ["documents", "provisions", "texts", "relations", "owed"]
    assert columns("texts") == ("document", "place", "since", "until", "text", "evidence", "source")


def test_cells_carry_no_marks_of_direction() -> None:
    turned = {"document": "1/2026/NĐ-CP", "text": "Điều 1.\n\u202eKhông\u202c được"}
    row, problems = read_row("texts", 1, turned)
    assert problems == []
    assert row is not None and row.text == "Điều 1.\nKhông được"
