"""Chuyển đổi hàng loạt: hand in, follow, take, stop, erase."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from haicap.domain.units import jobs, queries
from haicap.domain.units.queries import conversions

pytestmark = pytest.mark.django_db

GOOD = 'id,address\n1,"Phường Bến Nghé, Quận 1, TP.HCM"\n2,"=HYPERLINK(1)"\n3,Phường Cửa Nam Hà Nội\n'


@pytest.fixture(autouse=True)
def _place(register, settings, tmp_path):
    settings.FILES_ROOT = tmp_path / "files"


def send(client, body, name="ds.csv", **more):
    data = body if isinstance(body, bytes) else body.encode()
    return client.post("/chuyen-doi/", {"file": SimpleUploadedFile(name, data), **more})


def work():
    for pk in queries.open_conversions():
        jobs.work_through(pk)


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def test_from_file_to_result(client):
    sent = send(client, GOOD)
    assert sent.status_code == 302
    page = sent.headers["Location"]
    waiting = client.get(page)
    assert "đang chờ" in waiting.content.decode() and "noscript" in waiting.content.decode()
    assert waiting.headers["X-Robots-Tag"] == "noindex"
    assert client.get(f"{page}ket-qua/").status_code == 404
    work()
    done = client.get(page).content.decode()
    assert "Tải kết quả (CSV)" in done and "http-equiv" not in done
    result = client.get(f"{page}ket-qua/")
    assert result.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(body(result).decode("utf-8-sig"))))
    assert [r["id"] for r in rows] == ["1", "2", "3"]
    assert rows[0]["status"] == "unique" and rows[0]["code"] == "26740"
    assert rows[1]["address"] == "'=HYPERLINK(1)", "a spreadsheet must not run it"
    assert rows[2]["status"] == "ambiguous" and "|" in rows[2]["candidates"]


@pytest.mark.parametrize(
    ("encoding", "said"), [("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp1258", "1258")]
)
def test_encodings_are_found_and_said(client, encoding, said):
    import unicodedata

    text = 'address\n"Phường Bến Nghé, Quận 1, TP.HCM"\n'
    if encoding == "cp1258":
        marks = "\u0300\u0301\u0303\u0309\u0323"
        text = "".join(
            unicodedata.normalize("NFC", "".join(c for c in full if c not in marks))
            + "".join(c for c in full if c in marks)
            for full in (unicodedata.normalize("NFD", c) for c in text)
        )
    page = send(client, text.encode(encoding)).headers["Location"]
    assert said in client.get(page).content.decode()
    work()
    assert "26740" in body(client.get(f"{page}ket-qua/")).decode("utf-8-sig")


def test_a_plain_list_of_lines_is_a_table_of_one_column(client):
    plain = "12 nguyen hue, p ben nghe, q1, tphcm"
    page = send(client, f"address\n{plain}\n").headers["Location"]
    work()
    (row,) = csv.DictReader(io.StringIO(body(client.get(f"{page}ket-qua/")).decode("utf-8-sig")))
    assert (row["address"], row["status"], row["code"]) == (plain, "unique", "26740")


def test_excel_in_excel_out(client, tmp_path):
    import xlsxwriter
    from python_calamine import CalamineWorkbook

    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Họ tên", "Địa chỉ"])
    sheet.write_row(1, 0, ["Lan", "Phường Bến Nghé, Quận 1, TP.HCM"])
    book.close()
    page = send(client, (tmp_path / "a.xlsx").read_bytes(), "a.xlsx").headers["Location"]
    work()
    assert "Tải kết quả (Excel)" in client.get(page).content.decode()
    out = CalamineWorkbook.from_filelike(io.BytesIO(body(client.get(f"{page}ket-qua/"))))
    rows = out.get_sheet_by_index(0).to_python()
    assert rows[1][1].startswith("Phường Bến Nghé") and "26740" in rows[1]


def test_the_result_in_the_other_form(client, tmp_path, monkeypatch):
    from python_calamine import CalamineWorkbook

    page = send(client, GOOD).headers["Location"]
    assert client.get(f"{page}ket-qua-khac/").status_code == 404, "not yet"
    work()
    assert "Tải kết quả (Excel)" in client.get(page).content.decode()
    sheet = client.get(f"{page}ket-qua-khac/")
    assert 'filename="ket-qua.xlsx"' in sheet.headers["Content-Disposition"]
    data = body(sheet)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    assert rows[1][:2] == ["1", "Phường Bến Nghé, Quận 1, TP.HCM"] and "26740" in rows[1]
    assert rows[2][1] == "=HYPERLINK(1)", "a text in a sheet, which runs nothing"
    assert rows == [
        [cell.removeprefix("'") for cell in row]
        for row in csv.reader(io.StringIO(body(client.get(f"{page}ket-qua/")).decode("utf-8-sig")))
    ]

    back = send(client, data, "a.xlsx", column="address").headers["Location"]
    work()
    text = client.get(f"{back}ket-qua-khac/")
    assert 'filename="ket-qua.csv"' in text.headers["Content-Disposition"]
    again = list(csv.reader(io.StringIO(body(text).decode("utf-8-sig"))))
    assert [row[0] for row in again] == ["id", "1", "2", "3"]
    assert again[2][1] == "'=HYPERLINK(1)"

    monkeypatch.setattr(conversions, "MOST_IN_OTHER_FORM", 2)
    assert client.get(f"{page}ket-qua-khac/").status_code == 404
    assert "Tải kết quả (Excel)" not in client.get(page).content.decode()
    client.post(f"{page}xoa/")
    assert client.get(f"{page}ket-qua-khac/").status_code == 404


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"", "a.csv", "Tệp không có nội dung"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 400, "a.csv", "không phải"),
        (b"PK\x03\x04" + b"\x00" * 400, "a.xlsx", "XLSX"),
        (b"\xff\xfe\x00", "a.csv", "id_file"),
        (b"ten,tuoi\nLan,3\n", "a.csv", "Không thấy cột địa chỉ"),
        (b"address\n", "a.csv", "id_file"),
        (b"%PDF-1.7\n%\xe2\xe3", "a.csv", "không phải"),
    ],
)
def test_what_is_no_list_is_said_at_the_field(client, data, name, said):
    response = send(client, data, name)
    page = response.content.decode()
    assert response.status_code == 400
    assert said in page and 'role="alert"' in page


def test_column_is_chosen_by_name(client):
    text = "ten,noi o cu\nLan,Phường Bến Nghé Quận 1 TP.HCM\n"
    wrong = send(client, text, column="khong co")
    assert "Các cột hiện có" in wrong.content.decode()
    assert send(client, text, column="noi o cu").status_code == 302


def test_bad_days_are_said_at_the_field(client):
    assert "không phải là ngày" in send(client, GOOD, on="32/13/2025").content.decode()
    assert "trước mốc dữ liệu" in send(client, GOOD, on="01/01/1999").content.decode()


def test_too_large_files_are_refused_before_reading(client, settings):
    settings.UPLOAD_LIMIT = 1024
    assert "lớn hơn" in send(client, GOOD + "x" * 2000).content.decode()


def test_unreadable_rows_are_listed_by_line(client):
    page = send(client, "id,address\n1,Phường Bến Nghé Quận 1 TP.HCM\n2,a,b,c\n").headers["Location"]
    work()
    shown = client.get(page).content.decode()
    assert "Các dòng không đọc được" in shown and "Dòng 3:" in shown


def test_stopping_and_erasing(client):
    page = send(client, GOOD).headers["Location"]
    assert client.get(f"{page}dung/").status_code == 405
    client.post(f"{page}dung/")
    assert "đã dừng" in client.get(page).content.decode()
    assert client.post(f"{page}dung/").status_code == 409, "it has ended already"
    client.post(f"{page}xoa/")
    gone = client.get(page).content.decode()
    assert "đã xóa" in gone and "ds.csv" not in gone
    assert client.get(f"{page}ket-qua/").status_code == 404


def test_links_cannot_be_guessed(client):
    page = send(client, GOOD).headers["Location"]
    key = page.rstrip("/").rsplit("/", 1)[-1]
    assert len(key) >= 20
    for wrong in (key[:-1], key + "x", key.swapcase(), "1", "..%2f", "%00"):
        assert client.get(f"/chuyen-doi/{wrong}/").status_code == 404


def test_the_part_that_changes_is_the_one_of_the_page(client):
    page = send(client, GOOD).headers["Location"]
    part = client.get(f"{page}trang-thai/").content.decode()
    assert part.lstrip().startswith('<div id="trang-thai"') and "<html" not in part


def test_english(client):
    page = send(client, GOOD).headers["Location"]
    work()
    shown = client.get("/en" + page).content.decode()
    assert "Download the result (CSV)" in shown


def test_half_an_upload_is_refused_in_words(client):
    """A multipart body cut off in the middle."""
    cut = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\naddress\nPh'
    response = client.generic("POST", "/chuyen-doi/", cut, "multipart/form-data; boundary=x")
    assert response.status_code in (302, 400)
    assert queries.open_conversions() == () or response.status_code == 302
