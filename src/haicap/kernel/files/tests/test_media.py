"""What a file is, by its bytes; and what becomes of its name. No database."""

import io
import json
import os
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from haicap.base.refused import Refused
from haicap.kernel.files import media, names

TABLE = "số,tên\n1,Hà Nội\n2,Huế\n"


def zipped(entries, **more):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **more) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return out.getvalue()


def workbook():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet().write_row(0, 0, ["address", "ghi chú"])
    book.close()
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.4 ...", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg"),
        (b"GIF89a..", "image/gif"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"\0\0\0\x18ftypisom", "video/mp4"),
        (b"MZ\x90\0", "application/x-msdownload"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
        (workbook(), media.XLSX),
        (zipped([("[Content_Types].xml", ""), ("xl/workbook.xml", ""), ("xl/vbaProject.bin", "")]),
         "application/vnd.ms-office.macro-enabled"),
        (zipped([("[Content_Types].xml", ""), ("word/document.xml", "")]),
         "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        (zipped([("mimetype", "application/vnd.oasis.opendocument.text")]), "application/vnd.oasis.opendocument.text"),
        (zipped([("mimetype", "text/html")]), media.ZIP),
        (zipped([("a.txt", "a")]), media.ZIP),
        (zipped([]), media.ZIP),
        (TABLE.encode(), media.CSV),
        (TABLE.encode("utf-8-sig"), media.CSV),
        (TABLE.encode("utf-16"), media.CSV),
        ("tên;số\nHa Noi;1\n".encode("cp1258", "replace"), media.CSV),
        (b"a\tb\n1\t2\n", media.CSV),
        ("Kính gửi ủy ban,\ntôi tên là\n".encode(), media.PLAIN),
        (b'{"a": [1, 2]}', "application/json"),
        (b"[1, 2", media.PLAIN),
        (b"<?xml version='1.0'?><a/>", "application/xml"),
        (b"<?xml version='1.0'?><svg/>", "image/svg+xml"),
        (b" \n<!-- x --><SVG/>", "image/svg+xml"),
        (b"<!DOCTYPE html><p>", "text/html"),
        (b"<script>alert(1)</script>", "text/html"),
        (b"\x01\x02\x03", media.UNKNOWN),
        (b"abc\0def", media.UNKNOWN),
        ("ề".encode() * 40_000, media.PLAIN),
    ],
)  # fmt: skip
def test_kinds_come_from_the_content(tmp_path, content, kind):
    path = tmp_path / "name.exe"
    path.write_bytes(content)
    assert media.of(path) == kind


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.binary(max_size=200).map(lambda b: b"PK\x03\x04" + b)))
def test_no_bytes_break_the_reader(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(content)
    try:
        assert "/" in media.of(path)
    except Refused as refused:
        assert refused.code in {"bad_archive", "archive_too_large"}


def judge(tmp_path, content):
    path = tmp_path / "archive"
    path.write_bytes(content)
    with pytest.raises(Refused) as caught:
        media.of(path)
    return caught.value.code


def test_bombs_are_refused(tmp_path, monkeypatch):
    assert judge(tmp_path, zipped([("a", b"\0" * 30_000_000)])) == "archive_too_large"
    monkeypatch.setattr(media, "ENTRIES_LIMIT", 10)
    assert judge(tmp_path, zipped([(f"{n}", b"") for n in range(11)])) == "archive_too_large"


def test_an_archive_that_lies_about_its_size_is_refused(tmp_path):
    content = bytearray(zipped([("a", b"\0" * 30_000_000)]))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = content.index(mark) + offset
        content[at : at + 4] = (1000).to_bytes(4, "little")
    assert judge(tmp_path, bytes(content)) == "bad_archive"


def test_locked_and_cut_archives_are_refused(tmp_path):
    content = zipped([("a", os.urandom(1000))])
    assert judge(tmp_path, content[:-30]) == "bad_archive"
    locked = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + offset] |= 1
    assert judge(tmp_path, bytes(locked)) == "bad_archive"


@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("C:\\Users\\x\\Đơn xin.pdf", "Đơn xin.pdf"),
        ("/etc/passwd", "passwd"),
        ("..", "tep"),
        ("", "tep"),
        (".htaccess", "htaccess"),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a\r\nb<c>.txt", "ab_c_.txt"),
        ("nul.txt", "_nul.txt"),
        ("CON", "_CON"),
        ("com1 .pdf", "_com1 .pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("....//....//x.pdf", "x.pdf"),
        ("\ud800.pdf", "pdf"),
        ("ten\u2028.pdf\u202e", "ten.pdf"),
        ("đ" * 2000 + ".pdf", "đ" * 116 + ".pdf"),
        ("x" * 500 + ".xlsx", "x" * 115 + ".xlsx"),
        ("a" + "\u0301" + ".txt", "á.txt"),
    ],
)
def test_names_are_data(given_name, name):
    assert names.kept(given_name) == name


@given(st.text(max_size=300))
def test_no_name_steers_anything(text):
    clean = names.kept(text)
    assert 0 < len(clean) <= names.LONGEST
    assert not set(clean) & set('/\\<>:"|?*\r\n\0')
    header = names.disposition(text, "application/pdf", inline=False)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2


def test_a_download_ends_in_what_it_is():
    assert names.sent("hoa don.pdf", "application/x-msdownload") == "hoa don.pdf.bin"
    assert names.sent("hoa don.PDF", "application/pdf") == "hoa don.PDF"
    assert names.sent("don", media.XLSX) == "don.xlsx"
    assert json.dumps(names.sent("x.csv", media.PLAIN)) == '"x.csv"'
