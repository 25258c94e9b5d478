"""Tables as people hand them in: encodings, broken rows, files that are no tables, bombs."""

from __future__ import annotations

import csv
import io
import unicodedata
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from haicap.base.refused import Refused
from haicap.base.tables import WEB, CsvWriter, Limits, Row, XlsxWriter, address_column, guarded, open_table

TONES = "\u0300\u0309\u0303\u0301\u0323"


def read(data: bytes, limits: Limits = WEB) -> tuple[list[str], list[Row], str]:
    with open_table(io.BytesIO(data), limits=limits) as table:
        return table.columns, list(table.rows), table.encoding


def refused(data: bytes, limits: Limits = WEB) -> str:
    with pytest.raises(Refused) as found:
        read(data, limits)
    assert found.value.sentence
    return found.value.code


def in_1258(text: str) -> bytes:
    """Text as Windows-1258 writes it: tones behind their vowels."""
    out = ""
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        tones = [c for c in parts if c in TONES]
        rest = unicodedata.normalize("NFC", "".join(c for c in parts if c not in TONES))
        out += rest + "".join(tones)
    return out.encode("cp1258")


VIETNAMESE = "id,địa chỉ\n1,Đường Nguyễn Thị Minh Khai\n2,Phường Bến Nghé; Ỷ La; ưỡn ẹo\n"


def test_windows_1258_is_found_and_composed() -> None:
    columns, rows, encoding = read(in_1258(VIETNAMESE))
    assert encoding == "Windows-1258"
    assert columns == ["id", "địa chỉ"]
    assert [r.cells[1] for r in rows] == ["Đường Nguyễn Thị Minh Khai", "Phường Bến Nghé; Ỷ La; ưỡn ẹo"]


def test_other_eight_bit_encodings_are_not_taken_for_vietnamese() -> None:
    assert refused("id,city\n1,Málaga ñandú ü ß\n".encode("cp1252")) == "encoding_unknown"
    assert refused("id,город\n1,Москва\n".encode("cp1251")) == "encoding_unknown"


@given(st.text(alphabet="aăâđêôơưáàảãạếềểễệờứABCĐÊ ,;'\"\n-12", max_size=80))
def test_what_was_written_is_read(text: str) -> None:
    out = io.StringIO(newline="")
    writer = CsvWriter(out)
    for cells in (["id", "address"], ["1", text], ["2", "x"]):
        writer.write(cells)
    _, rows, _ = read(out.getvalue().encode())
    assert [r.cells for r in rows] == [["1", text], ["2", "x"]]
    assert not any(r.problem for r in rows)


@given(st.lists(st.binary(max_size=40), max_size=6))
def test_whatever_lies_between_good_rows_they_are_read(junk: list[bytes]) -> None:
    lines = [line.replace(b"\n", b"").replace(b"\r", b"").replace(b"\0", b"") for line in junk]
    good = ["1,Xã Tân Phú", "2,Phường Đa Kao"] * 200  # so many that the file is still a text
    body = "\n".join(good).encode() + b"\n" + b"".join(line + b"\n" for line in lines) + "9,cuối\n".encode()
    _, rows, _ = read(b"id,address\n" + body)
    assert [r.cells for r in rows[: len(good)]] == [line.split(",") for line in good]
    assert all(r.problem or r.blank or len(r.cells) == 2 for r in rows)


def test_a_cell_may_span_lines_and_an_open_quote_may_not_swallow_the_rest() -> None:
    _, rows, _ = read(b'a,b\n1,"two\r\nlines"\n2,"open\n' + b"3,x\n" * 500)
    assert rows[0] == Row(2, ["1", "two\r\nlines"])
    assert rows[1].problem
    assert rows[1].line == 4
    assert [r.cells for r in rows[2:]] == [["3", "x"]] * 500


def test_rows_know_their_line() -> None:
    _, rows, _ = read(b"a\n1\n\n2\n")
    assert [(r.line, r.blank) for r in rows] == [(2, False), (3, True), (4, False)]


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_the_delimiter_is_found(sign: str) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=sign).writerows([["id", "địa chỉ"], ["1", "Số 5; ngõ 2, Hà Nội"]])
    with open_table(io.BytesIO(text.getvalue().encode()), limits=WEB) as table:
        assert (table.delimiter, table.columns) == (sign, ["id", "địa chỉ"])
        assert next(table.rows).cells == ["1", "Số 5; ngõ 2, Hà Nội"]


def test_limits_are_said() -> None:
    small = Limits(rows=2, columns=3)
    assert refused(b"a\n1\n2\n3\n", small) == "too_many_rows"
    assert refused(b"a,b,c,d\n", small) == "too_many_columns"


def test_in_a_table_of_one_column_commas_belong_to_the_cell() -> None:
    body = b'address\n12 nguyen hue, p ben nghe, q1, tphcm\n"So 5; ngo 2, Ha Noi"\r\n' + (
        b' "A", Q1 ,,\n\n"never, closed\n7 "Cau Go", Ha Noi\r\n'
    )
    columns, rows, _ = read(body)
    assert columns == ["address"]
    assert [r.cells for r in rows] == [
        ["12 nguyen hue, p ben nghe, q1, tphcm"],
        ["So 5; ngo 2, Ha Noi"],
        [' "A", Q1 ,,'],
        [],
        ["never, closed"],
        ['7 "Cau Go", Ha Noi'],
    ]
    assert [bool(r.problem) for r in rows] == [False, False, False, False, True, False]


@pytest.mark.parametrize("heading", ["address", "địa chỉ", '"địa chỉ"', "\ufeffaddress"])
@given(st.lists(st.text(alphabet="aơ ,;\t'\"12", min_size=1, max_size=30), min_size=1, max_size=30))
def test_one_column_is_read_as_it_was_written(heading: str, cells: list[str]) -> None:
    plain = [cell for cell in cells if not cell.startswith('"')]
    _, rows, _ = read("\n".join([heading, *plain, ""]).encode())
    assert [r.cells for r in rows] == [[cell] for cell in plain]
    assert not any(r.problem for r in rows)


# --- sheets -------------------------------------------------------------------------------------------------------
def sheet(fill: object) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    fill(book.add_worksheet())  # type: ignore[operator]
    book.close()
    return out.getvalue()


SHEET = sheet(lambda page: [page.write_row(n, 0, ["id", "địa chỉ", 1.5, "x" * n]) for n in range(20)])


def test_a_sheet_is_read_as_texts() -> None:
    def fill(page: xlsxwriter.worksheet.Worksheet) -> None:
        page.write_row(1, 1, ["id", "địa chỉ"])
        page.write(2, 1, 7.0)
        page.write_string(2, 2, "=x")
        page.write(4, 1, 1.5)
        page.write_boolean(4, 2, True)

    columns, rows, encoding = read(sheet(fill))
    assert encoding == "XLSX"
    assert columns[-2:] == ["id", "địa chỉ"]
    assert [r.cells[-2:] for r in rows] == [["7", "=x"], [], ["1.5", "TRUE"]]
    assert [r.line for r in rows] == [3, 4, 5]


def test_two_cells_far_apart_are_refused_before_they_are_unfolded() -> None:
    def fill(page: xlsxwriter.worksheet.Worksheet) -> None:
        page.write(0, 0, "address")
        page.write(1_048_575, 16_383, "x")

    assert refused(sheet(fill)) == "too_many_rows"


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 3_000_000)
    assert bomb.stat().st_size < 10_000
    assert refused(bomb.read_bytes(), Limits(rows=10, unpacked=1_000_000)) == "unpacks_too_large"


def test_half_a_sheet_and_other_archives_are_refused(tmp_path: Path) -> None:
    whole = sheet(lambda page: page.write(0, 0, "address"))
    assert refused(whole[: len(whole) // 2]) == "bad_xlsx"
    other = tmp_path / "x.zip"
    with zipfile.ZipFile(other, "w") as packed:
        packed.writestr("word/document.xml", "x")
    assert refused(other.read_bytes()) == "not_a_table"


@given(st.data())
def test_a_sheet_with_wrong_bytes_is_read_or_refused(data: st.DataObject) -> None:
    whole = bytearray(SHEET)
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    try:
        read(bytes(whole))
    except Refused as found:
        assert found.sentence


def test_a_written_sheet_holds_texts_alone(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    writer = XlsxWriter(path)
    cells = ["=1+1", "http://x.vn", "5", "a\x07b", "'x"]
    for row in (["a", "b", "c", "d", "e"], cells, [], cells):
        writer.write(row)
    writer.close()
    _, rows, _ = read(path.read_bytes())
    assert [r.cells for r in rows] == [
        ["=1+1", "http://x.vn", "5", "ab", "'x"],
        [],
        ["=1+1", "http://x.vn", "5", "ab", "'x"],
    ]
    with zipfile.ZipFile(path) as packed:
        assert b"<f>" not in packed.read("xl/worksheets/sheet1.xml")


# --- the column of addresses, formulas ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("columns", "wanted", "place"),
    [
        (["id", "address"], None, 1),
        (["ĐỊA CHỈ", "Address"], None, 1),
        (["Tên", "Địa chỉ thường trú cũ"], None, 1),
        (["Nơi ở"], None, 0),
        (["anything"], None, 0),
        (["a", "b"], "B", 1),
    ],
)
def test_the_column_of_addresses(columns: list[str], wanted: str | None, place: int) -> None:
    assert address_column(columns, wanted) == place


@pytest.mark.parametrize(
    ("columns", "wanted"),
    [(["a", "b"], None), (["12 Lê Lợi, Q1"], None), (["a"], "b"), (["address 1", "address 2"], None)],
)
def test_no_column_is_guessed(columns: list[str], wanted: str | None) -> None:
    with pytest.raises(Refused) as found:
        address_column(columns, wanted)
    assert columns[0][:10] in found.value.sentence


def test_formulas_are_made_harmless_for_people() -> None:
    assert [guarded(c) for c in ("=1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "＝1", "x=", "")] == [
        "'=1", "'+1", "'-1", "'@x", "'\tx", "'\rx", "'\nx", "'＝1", "x=", "",
    ]  # fmt: skip
