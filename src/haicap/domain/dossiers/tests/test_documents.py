"""Giấy tờ: every form prints, the same data the same bytes, and nothing a person wrote is more than text."""

from __future__ import annotations

import io
import re
import struct
import threading
import unicodedata
import zlib
from datetime import UTC, date, datetime
from typing import Any

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from haicap.base.dates import HANOI
from haicap.domain.dossiers.documents import (
    OURS,
    TT03,
    form,
    form_set,
    form_sets,
    needs,
    render_book,
    render_handover_sheet,
    render_receipt,
    render_result,
    render_slip,
    typeset,
)
from haicap.domain.dossiers.documents.codes import code_text, drawing
from haicap.domain.dossiers.documents.glyphs import clean, drawable
from haicap.domain.dossiers.documents.render import slip_tree
from haicap.domain.dossiers.documents.results import Issue
from haicap.domain.dossiers.documents.tree import loose
from haicap.domain.dossiers.tests.papers import PAPERS, RECEIVED, paper
from haicap.domain.procedures.content import BodyLine, Line, ResultTemplate, Source, Words
from haicap.domain.procedures.content.generic import generic_template

EVERY = sorted(PAPERS)
A5, A4, WIDE = (420, 595), (595, 842), (842, 595)


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """What the file says, without its line breaks."""
    return " ".join(" ".join(page.extract_text() for page in read(pdf).pages).replace("\xa0", " ").split())


def letters(text: str) -> str:
    return re.sub(r"\s", "", text)


# --- every form ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("of", "number"), EVERY)
def test_every_form_prints_what_it_was_given(of: str, number: str) -> None:
    pdf = render_slip(number, of, PAPERS[of, number])
    said = letters(text_of(pdf))
    assert letters(form(number, of).title.upper()) in said
    assert letters("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc") in said
    assert letters("Ba Đình, ngày 20 tháng 11 năm 2026") in said
    assert letters("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG PHƯỜNG BA ĐÌNH") in said
    for value in PAPERS[of, number].values():
        if (
            isinstance(value, str)
            and value not in PAPERS[of, number].get("agency", "")
            and "+07:00" not in value
        ):
            shown = (
                value
                if not re.fullmatch(r"\d{4}-\d\d-\d\d", value)
                else f"{date.fromisoformat(value):%d/%m/%Y}"
            )
            assert (
                letters(shown).lower() in said.lower() or value == "H26.15.3"
            )  # the id stands in the QR code


@pytest.mark.parametrize(("of", "number"), EVERY)
def test_the_same_data_give_the_same_bytes(of: str, number: str) -> None:
    assert render_slip(number, of, paper(number, of)) == render_slip(number, of, paper(number, of))


@pytest.mark.parametrize(("of", "number"), EVERY)
def test_papers_are_archival(of: str, number: str) -> None:
    reader = read(render_slip(number, of, PAPERS[of, number]))
    xmp = reader.xmp_metadata
    assert xmp is not None
    packet = xmp.rdf_root.toxml()
    assert re.search(r"pdfaid:part[>=\"]+2", packet)
    assert re.search(r"pdfaid:conformance[>=\"]+B", packet)
    root = reader.trailer["/Root"]
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert root["/Lang"] == "vi"
    assert ("/MarkInfo" in root) == (number != "07"), "tagged for screen readers, except for the book"
    assert reader.metadata is not None
    assert reader.metadata.title == form(number, of).title
    assert reader.metadata.creation_date == datetime(2026, 11, 20, 2, 32, tzinfo=UTC)
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor, "a font is not embedded"


def test_sizes_of_paper() -> None:
    def size(number: str, of: str = TT03) -> tuple[int, int]:
        box = read(render_slip(number, of, PAPERS[of, number])).pages[0].mediabox
        return round(box.width), round(box.height)

    assert {size(number) for number in ("01", "02", "03", "04", "05", "06")} == {A5}
    assert size("07") == WIDE
    assert size("handover", OURS) == A4
    assert size("receipt", OURS) == A5


@pytest.mark.parametrize("number", ["01", "02", "03", "04", "05", "06", "07"])
def test_a_layout_nobody_verified_says_so(number: str) -> None:
    said = text_of(render_slip(number, TT03, PAPERS[TT03, number]))
    assert f"Mẫu số {number}, Thông tư 03/2025/TT-VPCP (phiên bản 1). Bố cục chưa xác minh." in said
    assert form_set(TT03).evidence == "unconfirmed"


def test_numbers_of_sets_differ() -> None:
    assert [each.key for each in form_sets()] == [OURS, "tt01-2018", TT03]
    assert form_set("tt01-2018").titles["05"] == form_set(TT03).titles["06"]
    with pytest.raises(ValueError, match="05"):
        form("05", "tt01-2018")


@pytest.mark.parametrize(
    ("number", "of"), [("08", TT03), ("01", "tt99"), ("01", "../../tt03-2025"), ("", OURS)]
)
def test_forms_there_are_not(number: str, of: str) -> None:
    with pytest.raises(ValueError, match="form"):
        render_slip(number, of, {})


# --- what a form needs --------------------------------------------------------------------------------------
@pytest.mark.parametrize(("of", "number"), EVERY)
def test_every_missing_key_is_named(of: str, number: str) -> None:
    wanted = needs(number, of)
    for key in sorted(wanted.needed | wanted.may_be_empty):
        with pytest.raises(ValueError, match=rf"missing .*\b{key}\b"):
            render_slip(number, of, paper(number, of, **{key: None}))
    for key in wanted.needed:
        with pytest.raises(ValueError, match=rf"\b{key}\b"):
            render_slip(number, of, {**PAPERS[of, number], key: ""})


@pytest.mark.parametrize(("of", "number"), EVERY)
def test_optional_keys_are_optional_and_empty_ones_may_be_empty(of: str, number: str) -> None:
    wanted = needs(number, of)
    bare = {key: value for key, value in PAPERS[of, number].items() if key not in wanted.optional}
    bare |= dict.fromkeys(wanted.may_be_empty, "")
    for key, rows in wanted.rows.items():
        if bare.get(key):
            bare[key] = [{k: v for k, v in row.items() if k not in rows.optional} for row in bare[key]]
    bare |= {key: [] for key in wanted.rows if key in wanted.may_be_empty}
    assert read(render_slip(number, of, bare)).pages


@pytest.mark.parametrize("number", ["01", "02", "03", "04", "05", "06"])
def test_a_form_may_be_told_what_others_of_its_set_say(number: str) -> None:
    everything = {**paper("02"), **paper("04"), **paper("01"), **PAPERS[TT03, number]}
    assert render_slip(number, TT03, {**everything, **paper(number)}).startswith(b"%PDF")


def test_more_rows_than_a_volume() -> None:
    row = PAPERS[TT03, "07"]["rows"][0]
    with pytest.raises(ValueError, match="2001 rows"):
        render_slip("07", TT03, paper("07", rows=[row] * 2001))


def test_unknown_keys_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="unknown promissed_at"):
        render_slip("01", TT03, paper("01", promissed_at=RECEIVED))
    with pytest.raises(ValueError, match="papers 1: unknown nmae"):
        render_slip("01", TT03, paper("01", papers=[{"name": "Tờ khai", "nmae": "x"}]))


@pytest.mark.parametrize(
    ("key", "value", "wrong"),
    [
        ("received_at", "2026-11-20T09:30:00", "received_at"),
        ("received_at", "hôm qua", "received_at"),
        ("received_at", 5, "received_at"),
        ("sets", "1", "sets"),
        ("sets", True, "sets"),
        ("applicant", 7, "applicant"),
        ("applicant", {"$ne": 1}, "applicant"),
        ("applicant", "a" * 20_001, "applicant"),
        ("papers", "Tờ khai", "papers"),
        ("papers", [1], "papers"),
        ("tracking_url", "javascript:\n", "tracking_url"),
        ("tracking_url", "https://x/" + "a" * 700, "tracking_url"),
    ],
)
def test_values_of_the_wrong_kind(key: str, value: Any, wrong: str) -> None:
    with pytest.raises(ValueError, match=wrong):
        render_slip("01", TT03, paper("01", **{key: value}))


def test_python_values_and_their_json_print_alike() -> None:
    at = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)
    assert render_slip("01", TT03, paper("01", received_at=at)) == render_slip("01", TT03, paper("01"))
    days = {"from": date(2026, 11, 1), "to": date(2026, 11, 20)}
    assert render_slip("07", TT03, paper("07", **days)) == render_slip("07", TT03, paper("07"))


# --- hostile text -------------------------------------------------------------------------------------------
MARKUP = [
    "#panic(1)",
    '#read("/etc/passwd")',
    '#import "x.typ": *',
    "*đậm* _nghiêng_ `mã` = tiêu đề",
    "$ 1/0 $ \\ \\u{41} ~ -- --- ...",
    "[nội dung] <nhãn> @nguon // chú thích /* */",
    "<script>alert(1)</script> &lt;b&gt;",
    "\"; DROP TABLE dossiers; --'",
    "{agency} {promised_at:instant} %(code)s {0}",
    "https://example.vn/a-b?c=d#e",
]


@pytest.mark.parametrize("hostile", MARKUP)
def test_text_is_never_markup(hostile: str) -> None:
    pdf = render_slip("01", TT03, paper("01", applicant=hostile, agency=hostile, papers=[{"name": hostile}]))
    said = letters(text_of(pdf))
    assert said.count(letters(hostile)) == 2
    assert letters(hostile).upper() in said.upper()
    assert letters(hostile) in letters(text_of(render_slip("04", TT03, paper("04", agency=hostile))))


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("An\0 Bình", "An Bình"),
        ("An\x1b[31m Bình", "An[31m Bình"),
        ("An\u202egnaoH", "AngnaoH"),
        ("\u200fAn\u2066 Bình\u2069", "An Bình"),
        ("An 😀 Bình", "An □ Bình"),
        ("阮文安", "□□□"),
        ("An\ue000", "An□"),
        ("An\ud800 Bình", "An Bình"),
        ("Nguyê\u0303n A\u0301nh", "Nguyễn Ánh"),
        ("An\t\t  Bình\u3000Minh", "An Bình Minh"),
        ("\ufeffAn\u200b\u00ad", "An"),
        ("🏳️‍🌈", "□□"),
    ],
)
def test_signs_that_cannot_be_printed(written: str, printed: str) -> None:
    assert clean(written) == printed
    assert letters(printed) in letters(text_of(render_slip("01", TT03, paper("01", applicant=written))))


def test_every_vietnamese_letter_is_drawn() -> None:
    vowels = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    for letter in [unicodedata.normalize("NFC", v + t) for v in vowels for t in tones] + list("đĐ₫–—“”…□"):
        assert letter in drawable(), letter


@pytest.mark.parametrize(
    ("part", "times"), [("W", 2000), ("Nguyễn ", 285), ("Ạ-", 1000), ("/", 2000), (").", 1000)]
)
@pytest.mark.parametrize("number", ["01", "06"])
def test_names_of_two_thousand_letters_stay_on_the_paper(number: str, part: str, times: int) -> None:
    name = part * times
    data = paper(number, applicant=name, agency=name)
    if number == "01":
        data |= {"submitter": name, "papers": [{"name": name, "originals": 1}]}
    else:
        data |= {"hops": [{"from": name, "to": name, "at": RECEIVED}]}
    said = letters(text_of(render_slip(number, TT03, data)))
    assert said.lower().count(part.strip().lower()) >= times * {"01": 4, "06": 4}[number]
    for picture in typeset.png(slip_tree(number, TT03, data), ppi=36):
        assert all(white for white in margins(picture)), "something stands in the margin"


def margins(picture: bytes) -> list[bool]:
    """Line by line: whether the outer 10 mm on both sides of a page are blank (36 dots an inch)."""
    edge = round(10 / 25.4 * 36)
    return [set(line[:edge] + line[-edge:]) == {255} for line in grey(picture)]


def grey(picture: bytes) -> list[bytes]:
    """Lines of a PNG (8 bits a channel), a byte a dot: its first channel."""
    width, height, depth, colour = struct.unpack_from(">IIBB", picture, 16)
    assert (depth, colour) in ((8, 2), (8, 6))
    step = 3 if colour == 2 else 4
    packed, at = b"", 8
    while at < len(picture):
        (length,) = struct.unpack_from(">I", picture, at)
        packed += picture[at + 8 : at + 8 + length] if picture[at + 4 : at + 8] == b"IDAT" else b""
        at += length + 12
    raw, row = zlib.decompress(packed), bytes(width * step)
    found = []
    for n in range(height):
        start = n * (width * step + 1)
        row = unfiltered(raw[start], raw[start + 1 : start + 1 + width * step], row, step)
        found.append(row[::step])
    return found


def unfiltered(kind: int, line: bytes, above: bytes, step: int) -> bytes:
    """A line of a PNG without its filter."""
    out = bytearray(line)
    for i in range(len(out)):
        left, up, corner = (out[i - step], above[i], above[i - step]) if i >= step else (0, above[i], 0)
        near = min((left, up, corner), key=lambda v: abs(left + up - corner - v))
        out[i] = (out[i] + (0, left, up, (left + up) // 2, near)[kind]) & 255
    return bytes(out)


def test_the_eye_for_margins_sees() -> None:
    tree = slip_tree("04", TT03, PAPERS[TT03, "04"])
    tree["blocks"].insert(0, {"k": "line", "label": "x", "value": "W" * 200, "strong": False})
    assert not all(margins(typeset.png(tree, ppi=36)[0])), "a run that cannot break must be seen"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=120), st.text(max_size=60))
def test_any_text_makes_a_paper(one: str, other: str) -> None:
    data = paper("02", applicant="x" + one, reason=other, wanted=[{"what": "x" + one, "why": "x" + other}])
    assert render_slip("02", TT03, data).startswith(b"%PDF-1.7")
    assert all(char in drawable() or char == "\n" for char in clean(one))


def test_long_runs_may_break_and_short_ones_not() -> None:
    assert loose("Nguyễn Văn An") == "Nguyễn Văn An"
    assert loose("H26.15.3-261120-0127", 8).replace("\u200b", "") == "H26.15.3-261120-0127"
    assert all(len(piece) <= 8 for piece in loose("a" * 100, 8).split("\u200b"))


# --- QR codes -----------------------------------------------------------------------------------------------
def test_the_code_says_the_address_or_the_fields() -> None:
    qr = form("01", TT03).qr
    fields = "H26.15.3-261120-0127|2026-11-20T09:30+07:00|2026-11-25T17:00+07:00|H26.15.3"
    assert code_text(qr, PAPERS[TT03, "01"]) == fields
    assert (
        code_text(qr, paper("01", promised_at="", agency_id=None))
        == "H26.15.3-261120-0127|2026-11-20T09:30+07:00||"
    )
    address = "https://dichvu.example.vn/h/H26.15.3-261120-0127"
    assert code_text(qr, paper("01", tracking_url=address)) == address
    assert code_text((), PAPERS[TT03, "07"]) == ""
    assert drawing("") == ""


def test_a_field_cannot_forge_its_neighbour() -> None:
    assert code_text(("code", "agency_id"), {"code": "A|B\n", "agency_id": "H1"}) == "AB|H1"
    assert code_text(("code", "agency_id"), {"code": "Đà|Nẵng", "agency_id": "H1"}) == "danang|H1"


def test_the_code_stands_upper_left() -> None:
    """The strip of 20 mm at the left margin is dense black from 36 to 50 mm below the edge; the right one is not."""
    lines = grey(typeset.png(slip_tree("01", TT03, PAPERS[TT03, "01"]), ppi=127)[0])  # 5 dots a millimetre

    def dense(left: int, right: int) -> set[int]:
        strip = [line[left * 5 : right * 5] for line in lines]
        return {n // 5 for n, dots in enumerate(strip) if sum(dot < 128 for dot in dots) > len(dots) * 0.3}

    assert set(range(36, 50)) <= dense(12, 32)
    assert not set(range(36, 50)) & dense(116, 136)


def test_the_alternative_text_of_the_code() -> None:
    reader = read(render_slip("01", TT03, PAPERS[TT03, "01"]))
    figures = [node for node in structure(reader) if node.get("/S") == "/Figure"]
    assert [node["/Alt"] for node in figures] == ["Mã QR"]


def structure(reader: pypdf.PdfReader) -> list[Any]:
    found: list[Any] = []
    waiting: list[Any] = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict):
            found.append(node)
            waiting += [node["/K"]] if "/K" in node else []
    return found


# --- long papers --------------------------------------------------------------------------------------------
def test_a_long_list_goes_on_with_its_heading() -> None:
    papers = [{"name": f"Giấy tờ số {n}", "originals": 1} for n in range(1, 121)]
    reader = read(render_slip("01", TT03, paper("01", papers=papers)))
    pages = [" ".join(page.extract_text().replace("\xa0", " ").split()) for page in reader.pages]
    assert len(pages) > 2
    whole = " ".join(pages)
    assert all(f"Giấy tờ số {n} " in whole for n in range(1, 121))
    assert all("Tên giấy tờ" in page for page in pages if "Giấy tờ số" in page)
    assert all(f"Trang {n}/{len(pages)}" in page for n, page in enumerate(pages, 1))
    assert "NGƯỜI TIẾP NHẬN HỒ SƠ" in pages[-1]
    assert "Trần Văn Minh" in pages[-1], "the name stands with its title"


def test_a_book_of_a_thousand() -> None:
    row = PAPERS[TT03, "07"]["rows"][0]
    rows = ({**row, "code": f"H26.15.3-261120-{n:04d}"} for n in range(1, 1001))
    head = {key: value for key, value in PAPERS[TT03, "07"].items() if key != "rows"}
    reader = read(render_book(rows, head))
    first, middle, last = (reader.pages[n].extract_text() for n in (0, len(reader.pages) // 2, -1))
    assert letters("H26.15.3-261120-0001") in letters(first)
    assert letters("H26.15.3-261120-1000") in letters(last)
    assert "Tổng số: 1.000 hồ sơ" in " ".join(last.split())
    assert all("Người nộp" in page for page in (first, middle, last)), "the heading goes along"


def test_an_empty_book_says_so() -> None:
    assert "Không có hồ sơ nào." in text_of(render_slip("07", TT03, paper("07", rows=[])))


# --- sheets of our own --------------------------------------------------------------------------------------
def test_a_receipt_says_the_amount_twice_and_what_it_is_not() -> None:
    said = text_of(render_receipt(PAPERS[OURS, "receipt"]))
    assert "Tổng cộng: 37.005 đồng" in said
    assert "Bằng chữ: Ba mươi bảy nghìn không trăm linh năm đồng" in said
    assert "không phải hóa đơn hay chứng từ thuế" in said


def test_a_receipt_must_add_up() -> None:
    with pytest.raises(ValueError, match=r"37005.*38000"):
        render_receipt(paper("receipt", OURS, total=38_000))


def test_the_handover_sheet_counts() -> None:
    assert "Tổng số: 1 hồ sơ." in text_of(render_handover_sheet(PAPERS[OURS, "handover"]))


# --- results ------------------------------------------------------------------------------------------------
AT = datetime(2026, 11, 20, 15, 0, tzinfo=HANOI)
ISSUE = Issue(AT, "https://dichvu.example.vn/kq/7Q2M44KD", "TM. Ủy ban nhân dân\nChủ tịch", "Ba Đình")
VALUES: dict[str, Any] = {
    Source.APPLICANT: "Nguyễn Thị Hồng Hạnh",
    Source.DOSSIER_CODE: "H26.15.3-261120-0127",
    Source.PROCEDURE: "Cấp bản sao trích lục",
    Source.DECIDED_ON: date(2026, 11, 20),
    Source.NUMBER: "231/2026",
    Source.ORGAN: "Ủy ban nhân dân phường Ba Đình",
    Source.SIGNER: "Phạm Quốc Bảo",
}


def test_a_result_from_its_template() -> None:
    pdf = render_result(generic_template("Bản sao trích lục"), VALUES, ISSUE)
    said = text_of(pdf)
    for part in (
        "BẢN SAO TRÍCH LỤC", "ỦY BAN NHÂN DÂN PHƯỜNG BA ĐÌNH", "Số: 231/2026", "Nguyễn Thị Hồng Hạnh", "20/11/2026",
        "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH", "Phạm Quốc Bảo", "không phải mẫu chính thức",
    ):  # fmt: skip
        assert letters(part) in letters(said), part
    assert pdf == render_result(generic_template("Bản sao trích lục"), VALUES, ISSUE)


@pytest.mark.parametrize("key", sorted(VALUES))
def test_a_result_names_what_it_misses(key: str) -> None:
    with pytest.raises(ValueError, match=re.escape(key)):
        render_result(generic_template("Kết quả"), {**VALUES, key: ""}, ISSUE)


def test_answers_nobody_gave_leave_their_line_out() -> None:
    body = (
        BodyLine(Line.TEXT, Words("Xác nhận các thông tin sau:")),
        BodyLine(Line.VALUE, Words("Con thứ mấy"), "thu_tu"),
        BodyLine(Line.VALUE, Words("Đã kết hôn"), "ket_hon"),
        BodyLine(Line.VALUE, Words("Ngôn ngữ"), "ngon_ngu"),
        BodyLine(Line.VALUE, Words("Ghi chú"), "ghi_chu"),
    )
    template = ResultTemplate(title=Words("Giấy xác nhận"), body=body)
    values = {**VALUES, "thu_tu": 2, "ket_hon": False, "ngon_ngu": ["Việt", "Tày"], Source.NUMBER: None}
    said = text_of(render_result(template, values, ISSUE))
    assert "Con thứ mấy: 2" in said
    assert "Đã kết hôn: Không" in said
    assert "Ngôn ngữ: Việt, Tày" in said
    assert "Ghi chú" not in said
    assert "Số:" not in said


def test_no_template_no_result() -> None:
    with pytest.raises(ValueError, match="no title"):
        render_result(ResultTemplate(), VALUES, ISSUE)


# --- many at once -------------------------------------------------------------------------------------------
def test_threads_print_their_own_papers() -> None:
    names = [f"Người nộp số {n}" for n in range(12)]
    alone = [render_slip("01", TT03, paper("01", applicant=name)) for name in names]
    together: dict[str, bytes] = {}

    def work(name: str) -> None:
        together[name] = render_slip("01", TT03, paper("01", applicant=name))

    threads = [threading.Thread(target=work, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[name] for name in names] == alone
