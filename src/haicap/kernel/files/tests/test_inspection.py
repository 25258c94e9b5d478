"""What may become part of a dossier, and what is refused with what to do about it. Read from the bytes alone."""

import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from haicap.base.refused import Refused
from haicap.kernel.files import inspection, media
from haicap.kernel.files.states import Finding
from haicap.kernel.files.tests.papers import (
    CATALOG,
    JS,
    docx,
    jpeg,
    odt,
    overlapping,
    packed,
    pdf,
    png,
    relation,
    stream,
    webp,
)


def look(tmp_path, content, name="name"):
    path = tmp_path / name
    path.write_bytes(content)
    return inspection.look(path, media.of(path))


OBJECTS = b"3 0 " + JS
HONEST = {
    "pdf": pdf(stream(b"/Filter /FlateDecode", zlib.compress(b"BT (Khai sinh) Tj ET"))),
    "pdf opening at a page": pdf(catalog=CATALOG.replace(b">>", b"/OpenAction [2 0 R /Fit] >>")),
    "pdf with a link": pdf(b"<< /S /URI /URI (https://example.vn) >>"),
    "pdf with packed objects": pdf(
        stream(b"/Type /ObjStm /Filter /FlateDecode", zlib.compress(b"3 0 << >>"))
    ),
    "pdf in base 85": pdf(stream(b"/Filter [/ASCII85Decode /FlateDecode]", b"GhQ~>")),
    "jpeg": jpeg(4000, 3000),
    "jpeg of a large phone": jpeg(16320, 12240),
    "jpeg with what a phone appends": jpeg() + b"MotionPhoto" + b"\0\0\0\x18ftypmp42" + bytes(500),
    "png": png(1000, 800),
    "webp": webp(4000, 3000),
    "docx": docx(("docProps/app.xml", b"<a/>"), ("word/media/image1.png", png())),
    "docx with a link": docx(("word/_rels/document.xml.rels", relation("hyperlink", "https://example.vn"))),
    "docx with a chart": docx(
        ("word/embeddings/Microsoft_Excel_Sheet1.xlsx", packed(("xl/workbook.xml", b"")))
    ),
    "odt": odt(("Configurations2/accelerator/current.xml", b"")),
}
HOSTILE = {
    "empty archive": (packed(), Finding.PACKED),
    "html": (b"<!doctype html><script>alert(1)</script>", Finding.KIND),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", Finding.KIND),
    "program": (b"MZ\x90\0" + bytes(200), Finding.KIND),
    "program of Linux": (b"\x7fELF" + bytes(200), Finding.KIND),
    "shell": (b"#!/bin/sh\nrm -rf /\n", Finding.KIND),
    "gif with jar": (b"GIF89a" + bytes(50) + packed(("A.class", b"\xca\xfe\xba\xbe")), Finding.KIND),
    "heic": (b"\0\0\0\x18ftypheic" + bytes(100), Finding.HEIC),
    "old word, or locked": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), Finding.OLD_OFFICE),
    "zip": (packed(("a.pdf", pdf())), Finding.PACKED),
    "rar": (b"Rar!\x1a\x07\x01\0", Finding.PACKED),
    # macros
    "docm": (docx(("word/vbaProject.bin", b"\xd0\xcf")), Finding.MACROS),
    "docm by another name": (docx(("word/VBAPROJECT.BIN", b"\xd0\xcf")), Finding.MACROS),
    "docm by its type": (docx(types=b'<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'),
                         Finding.MACROS),
    "macros under another name": (docx(("word/x.bin", b""), types=b'<Default ContentType="application/vnd.ms-office.vbaProject"/>'),
                                  Finding.MACROS),
    "macros of an inner sheet": (docx(("word/embeddings/a.xlsx", packed(("xl/vbaProject.bin", b"")))), Finding.MACROS),
    "xlm": (packed(("[Content_Types].xml", b""), ("xl/workbook.xml", b""), ("xl/macrosheets/sheet1.xml", b"")), Finding.MACROS),
    "odt with basic": (odt(("Basic/Standard/Module1.xml", b"")), Finding.MACROS),
    "odt with python": (odt(("Scripts/python/a.py", b"")), Finding.MACROS),
    "xlsb": (packed(("[Content_Types].xml", b""), ("xl/workbook.bin", b"")), Finding.KIND),
    # what is fetched or started
    "remote template": (docx(("word/_rels/settings.xml.rels", relation("attachedTemplate", "http://192.0.2.1/t.dotm"))),
                        Finding.LINKED),
    "remote object": (docx(("word/_rels/document.xml.rels", relation("oleObject", "mhtml:http://192.0.2.1/x"))), Finding.LINKED),
    "embedded program": (docx(("word/embeddings/oleObject1.bin", b"\xd0\xcf")), Finding.LINKED),
    "program among parts": (docx(("word/media/a.exe", b"MZ")), Finding.LINKED),
    "dde": (docx(("word/footer1.xml", b"<w:instrText>DDEAUTO c:\\cmd.exe</w:instrText>")), Finding.LINKED),
    "a billion laughs": (docx(("word/footer1.xml", b'<!DOCTYPE lolz [<!ENTITY lol "lol">]><a/>')), Finding.LINKED),
    "the same in UTF-16": (docx(("word/footer1.xml", '<!DOCTYPE lolz [<!ENTITY lol "lol">]><a/>'.encode("utf-16"))),
                           Finding.LINKED),
    "locked odt": (odt(("META-INF/manifest.xml", b"<manifest:encryption-data/>")), Finding.LOCKED),
    # names in archives
    "path upward": (docx(("../../etc/cron.d/x", b"")), Finding.DAMAGED),
    "absolute path": (docx(("/etc/passwd", b"")), Finding.DAMAGED),
    "path of Windows": (docx(("..\\..\\autoexec.bat", b"")), Finding.DAMAGED),
    "drive": (docx(("C:evil", b"")), Finding.DAMAGED),
    # PDF
    "javascript": (pdf(JS), Finding.ACTIVE),
    "javascript, escaped": (pdf(JS.replace(b"/JavaScript", b"/Java#53cript")), Finding.ACTIVE),
    "javascript by name": (pdf(catalog=CATALOG.replace(b">>", b"/Names << /#4aavaScript 3 0 R >> >>")), Finding.ACTIVE),
    "javascript, packed": (pdf(stream(b"/Type /ObjStm /Filter /FlateDecode", zlib.compress(OBJECTS))), Finding.ACTIVE),
    "javascript, packed and not said": (pdf(stream(b"/Filter/FlateDecode", zlib.compress(bytes(70_000) + OBJECTS))), Finding.ACTIVE),
    "javascript, in digits": (pdf(stream(b"/Filter [/ASCIIHexDecode /FlateDecode]", zlib.compress(OBJECTS).hex().encode() + b">")),
                              Finding.ACTIVE),
    "javascript in digits alone": (pdf(stream(b"/Type/ObjStm/Filter /#41HxDecode /AHx", OBJECTS.hex().encode() + b">")),
                                   Finding.ACTIVE),
    "objects packed in an odd way": (pdf(stream(b"/Type /ObjStm /Filter /LZWDecode", b"\x80\x0b")), Finding.ACTIVE),
    "launch": (pdf(b"<< /S /Launch /F (cmd.exe) >>"), Finding.ACTIVE),
    "embedded": (pdf(b"<< /Type /EmbeddedFile >>"), Finding.ACTIVE),
    "embedded by name": (pdf(catalog=CATALOG.replace(b">>", b"/Names << /EmbeddedFiles 4 0 R >> >>")), Finding.ACTIVE),
    "film": (pdf(b"<< /Subtype /RichMedia >>"), Finding.ACTIVE),
    "sends a form": (pdf(b"<< /S /SubmitForm /F (http://192.0.2.1) >>"), Finding.ACTIVE),
    "locked pdf": (pdf(trailer=b"/Encrypt 5 0 R"), Finding.LOCKED),
    "pdf and zip": (pdf() + packed(("a.txt", b"x")), Finding.TWO_KINDS),
    "pdf and page": (pdf(b"(<script>alert(1)</script>)"), Finding.TWO_KINDS),
    "pdf cut off": (pdf()[:-8], Finding.DAMAGED),
    # pictures
    "pixel bomb png": (png(60_000, 60_000), Finding.TOO_MANY_PIXELS),
    "pixel bomb jpeg": (jpeg(60_000, 60_000), Finding.TOO_MANY_PIXELS),
    "pixel bomb webp": (webp(16_000, 16_000), Finding.TOO_MANY_PIXELS),
    "one long line": (png(1, 2_000_000_000), Finding.TOO_MANY_PIXELS),
    "no width": (png(0, 8), Finding.DAMAGED),
    "jpeg and page": (jpeg(comment=b"<script>alert(document.cookie)</script>"), Finding.TWO_KINDS),
    "jpeg and php": (jpeg(comment=b"<?php system($_GET[0]); ?>"), Finding.TWO_KINDS),
    "jpeg and zip": (jpeg() + packed(("a.txt", b"x")), Finding.TWO_KINDS),
    "png and jar": (png() + packed(("A.class", b"x")), Finding.TWO_KINDS),
    "jpeg cut off": (jpeg()[:-2], Finding.DAMAGED),
    "only the mark": (b"\xff\xd8\xff", Finding.DAMAGED),
    "png cut off": (png()[:-12], Finding.DAMAGED),
    "webp cut off": (webp()[:-4], Finding.DAMAGED),
}  # fmt: skip


@pytest.mark.parametrize("content", HONEST.values(), ids=HONEST)
def test_papers_people_have_are_fit(tmp_path, content):
    found = look(tmp_path, content, "ten.exe")  # the name says nothing
    assert found is Finding.FIT
    inspection.documents_only(found)


@pytest.mark.parametrize(("content", "finding"), HOSTILE.values(), ids=HOSTILE)
def test_what_could_harm_is_refused_with_what_to_do(tmp_path, content, finding):
    found = look(tmp_path, content, "don.pdf")
    assert found is finding
    with pytest.raises(Refused) as caught:
        inspection.documents_only(found)
    assert caught.value.code == f"file_{finding}"
    assert any(word in caught.value.sentence for word in ("Hãy", "hãy"))  # every refusal says the repair


def test_a_packed_part_of_a_pdf_is_not_unpacked_without_end(tmp_path, monkeypatch):
    monkeypatch.setattr(inspection.pdf, "ONE_STREAM", 2_000_000)
    bomb = zlib.compress(bytes(3_000_000))
    assert look(tmp_path, pdf(stream(b"/Filter /FlateDecode", bomb))) is Finding.TOO_LARGE_INSIDE
    monkeypatch.setattr(inspection.pdf, "ONE_STREAM", 64_000_000)
    monkeypatch.setattr(inspection.pdf, "ALL_STREAMS", 5_000_000)
    two = [stream(b"/Filter /FlateDecode", bomb)] * 2
    assert look(tmp_path, pdf(*two)) is Finding.TOO_LARGE_INSIDE
    scanned = stream(b"/Subtype /Image /Filter /FlateDecode", zlib.compress(bytes(30_000_000)))
    assert look(tmp_path, pdf(scanned)) is Finding.FIT  # a page scanned without loss


@pytest.mark.parametrize(
    "content", [overlapping(), docx(("word/a.xml", bytes(30_000_000)))], ids=["overlapping", "ratio"]
)
def test_bombs_are_refused_before_any_look(tmp_path, content):
    path = tmp_path / "bomb"
    path.write_bytes(content)
    with pytest.raises(Refused) as caught:
        media.of(path)
    assert caught.value.code == "archive_too_large"


def test_an_archive_in_an_archive_is_never_opened(tmp_path):
    inner = packed(("0", bytes(19_000_000)))
    nested = docx(*[(f"word/embeddings/{n}.xlsx", inner) for n in range(3)])
    assert look(tmp_path, nested) is Finding.FIT


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([HONEST["pdf"], jpeg(), png(), webp(), docx(), odt()]),
    st.lists(st.tuples(st.integers(0, 4000), st.binary(min_size=1, max_size=6)), max_size=6),
    st.integers(0, 4000),
)
def test_no_bytes_break_the_look(tmp_path_factory, content, changes, cut):
    broken = bytearray(content)
    for place, with_what in changes:
        broken[place % len(broken) : place % len(broken) + len(with_what)] = with_what
    path = tmp_path_factory.getbasetemp() / "broken"
    path.write_bytes(bytes(broken[: cut or None]) or b"x")
    try:
        assert isinstance(inspection.look(path, media.of(path)), Finding)
    except Refused as refused:
        assert refused.code in {"bad_archive", "archive_too_large"}
