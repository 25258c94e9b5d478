"""Akoma Ntoso: what is written is valid and reads again; files of others; files nobody should trust."""

import hashlib
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from haicap.base.refused import Refused
from haicap.domain.law.formats import DocumentRow, ProvisionRow, RelationRow, Tables, TextRow
from haicap.domain.law.formats.akn import path_of, read_akn, read_path, tree, write_akn
from haicap.domain.law.formats.checks import names_of
from haicap.domain.law.places import order
from haicap.domain.law.states import Evidence, RelationKind
from haicap.domain.law.tests.formats_cases import CHAIN, DECREE, tables

FOLDER = Path(__file__).parent / "akn"
SCHEMA = etree.XMLSchema(etree.parse(str(FOLDER / "akomantoso30.xsd")))
MADE = date(2026, 11, 22)


def written(row, rows, **asked):
    file = io.BytesIO()
    write_akn(file, row, rows, made_on=MADE, **asked)
    return file.getvalue()


def read(data):
    return read_akn(io.BytesIO(data))


def about(row, rows):
    """What an export of one document holds, in the order it is read again."""
    names = names_of(row)
    mine = [r for r in rows.relations if r.document in names]
    undergone = [r for r in rows.relations if r.target in names and r.document not in names]
    return Tables(
        (row,),
        tuple(sorted((p for p in rows.provisions if p.document in names), key=lambda p: order(p.place))),
        tuple(sorted((t for t in rows.texts if t.document in names), key=lambda t: (order(t.place), t.since or date.min))),
        (*mine, *undergone),
    )  # fmt: skip


def in_order(rows):
    return replace(rows, texts=tuple(sorted(rows.texts, key=lambda t: (order(t.place), t.since or date.min))))


def test_the_schema_is_the_one_the_readme_names():
    told = (FOLDER / "README.md").read_text()
    for file in FOLDER.glob("*.xsd"):
        assert hashlib.sha256(file.read_bytes()).hexdigest() in told


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(rows=tables())
def test_what_is_written_is_valid_and_reads_again(rows):
    for row in rows.documents:
        data = written(row, rows)
        assert SCHEMA.validate(etree.fromstring(data)), SCHEMA.error_log
        outcome = read(data)
        assert [problem.told() for problem in outcome.problems] == []
        mine = "ubnd:p:15" if row.issuer == "ubnd:p:15" else ""
        assert in_order(renamed(outcome.whole(), row)) == about(row, rows) if mine else True
        if not mine:
            assert in_order(outcome.whole()) == about(row, rows)


def renamed(rows, row):
    """References of a local document as the rows wrote them: by number alone."""

    def name(text):
        return row.number if text in names_of(row) else text

    return Tables(
        rows.documents,
        tuple(replace(p, document=name(p.document)) for p in rows.provisions),
        tuple(replace(t, document=name(t.document)) for t in rows.texts),
        tuple(replace(r, document=name(r.document), target=name(r.target)) for r in rows.relations),
    )  # fmt: skip


@pytest.mark.parametrize("row", CHAIN.documents, ids=lambda row: row.number)
def test_a_chain_of_acts_goes_round(row):
    assert in_order(read(written(row, CHAIN)).whole()) == about(row, CHAIN)


def test_every_kind_of_relation_goes_round():
    relations = tuple(
        RelationRow(
            "826/2025/NĐ-CP", f"art_{n}", kind, DECREE, "art_1", date(2025, 8, n), date(2026, 8, n), note=kind
        )
        for n, kind in enumerate(RelationKind, 1)
    )
    rows = replace(CHAIN, relations=relations)
    for row in CHAIN.documents:
        assert read(written(row, rows)).whole().relations == relations


def test_versions_and_the_expression_of_a_day():
    rows = Tables(
        (DocumentRow(DECREE),),
        texts=(
            TextRow(DECREE, "art_5", None, date(2025, 8, 15), "cũ\ndòng hai"),
            TextRow(DECREE, "art_5", date(2025, 8, 15), None, "mới"),
        ),
    )
    data = written(rows.documents[0], rows)
    assert b'contains="multipleVersions"' in data
    assert read(data).whole().texts == rows.texts
    for day, text in ((date(2025, 8, 14), rows.texts[0]), (date(2025, 8, 15), rows.texts[1])):
        data = written(rows.documents[0], rows, on=day)
        assert SCHEMA.validate(etree.fromstring(data))
        assert f"vie@{day.isoformat()}".encode() in data
        assert read(data).whole().texts == (text,)


def test_a_place_without_text_says_so_and_gives_none():
    rows = Tables(
        (DocumentRow(DECREE),), (ProvisionRow(DECREE, "art_5", "Đầu đề", evidence=Evidence.DOUBTFUL),)
    )
    data = written(rows.documents[0], rows)
    assert b'<content status="unknown"><p/></content>' in data
    assert read(data).whole() == rows
    bare = Tables((DocumentRow("137/CV-BCĐ"),))
    data = written(bare.documents[0], bare)
    assert SCHEMA.validate(etree.fromstring(data))
    assert read(data).whole() == bare


@pytest.mark.parametrize(
    ("asked", "path"),
    [
        ({"number": "140/2025/NĐ-CP", "issued_on": date(2025, 6, 12)}, "/akn/vn/act/nd/2025-06-12/140"),
        (
            {"number": "140/2025/NĐ-CP", "issued_on": date(2025, 6, 12), "language": "vie", "on": date(2025, 12, 30),
             "place": "art_5__para_1__point_a"},
            "/akn/vn/act/nd/2025-06-12/140/vie@2025-12-30/!main~art_5__para_1__point_a",
        ),
        ({"number": "140/2025/NĐ-CP", "language": "vie"}, "/akn/vn/act/nd/2025/140/vie@"),
        ({"number": "303/NQ-CP"}, "/akn/vn/doc/nq-cp/undated/303"),
        ({"number": "303/NQ-CP", "issued_on": date(2025, 10, 3)}, "/akn/vn/doc/nq-cp/2025-10-03/303"),
        ({"number": "15/2025/NQ-HĐND", "issuer": "hdnd:p:48"}, "/akn/vn/act/nq-hdnd/hdnd:p:48/2025/15"),
        ({"number": "60-NQ/TW"}, "/akn/vn/doc/~nq-tw/undated/60"),
        ({"number": "5/BXD-QLĐT"}, "/akn/vn/doc/BXD-QL%C4%90T/undated/5"),
        ({"number": "Hiến pháp 2013"}, "/akn/vn/act/hien-phap/2013/1"),
    ],
)  # fmt: skip
def test_addresses_lead_back(asked, path):
    assert path_of(**asked) == path
    found = read_path(path)
    assert (found.number, found.issuer, found.place) == (
        asked["number"],
        asked.get("issuer", ""),
        asked.get("place", ""),
    )
    assert (found.issued_on, found.language, found.on) == (
        asked.get("issued_on"),
        asked.get("language", ""),
        asked.get("on"),
    )


@pytest.mark.parametrize(
    "end", ["#art_5", "~art_5", "/!main~art_5", "/vie@2025-12-30/!main~art_5", "/vie/~art_5"]
)
def test_a_place_may_stand_in_several_ways(end):
    assert read_path("https://x.vn/akn/vn/act/nd/2025-06-12/140" + end).place == "art_5"


@pytest.mark.parametrize(
    "address",
    ["", "/akn", "/akn/vn/act", "/akn/vn/act/nd/2025", "/akn/fr/act/nd/2025/140", "/akn/vn/act/xyz/2025/1", "/akn/vn/law/nd/2025/1",
     "/akn/vn/act/nd/2025/140/vie@x", "/akn/vn/act/nd/2025/140/!main~art_x", "/akn/vn/act/nd/2025/140/a/b/c", "x" * 5000],
)  # fmt: skip
def test_addresses_of_nothing_are_refused(address):
    with pytest.raises(Refused, match="bad_address"):
        read_path(address)


FOREIGN = """<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">
 <act name="act"><meta>
  <identification source="#x">
   <FRBRWork><FRBRthis value="/akn/vn/act/nd/2025-06-12/940/!main"/><FRBRuri value="/akn/vn/act/nd/2025-06-12/940"/>
    <FRBRdate date="2025-06-12" name="enactment"/><FRBRauthor href="#cp"/><FRBRcountry value="vn"/>
    <FRBRnumber value="940"/></FRBRWork>
  </identification>
  <lifecycle source="#x"><eventRef eId="e1" date="2025-07-01" source="#x" type="generation" refersTo="#inForce"/>
   <eventRef eId="e2" date="2026-01-01" source="#x" type="amendment"/></lifecycle>
  <analysis source="#x"><passiveModifications>
   <textualMod type="insertion" eId="m"><source href="/akn/vn/act/nd/2025-08-15/826/!main~art_1"/>
    <destination href="#art_5__para_1"/><force period="#t"/></textualMod></passiveModifications></analysis>
  <temporalData source="#x"><temporalGroup eId="t"><timeInterval start="#e2" refersTo="#f"/></temporalGroup></temporalData>
 </meta>
 <preface><p><docTitle>Nghị định về
   đất</docTitle></p></preface>
 <body><chapter eId="chp_II"><num>Chương II</num><heading>Cụ thể</heading>
  <article eId="chp_II__art_5"><num>Điều 5.</num><heading>Thẩm quyền</heading>
   <paragraph eId="chp_II__art_5__para_1"><num>1.</num><intro><p>Ủy ban
      nhân dân:</p></intro>
    <point eId="x"><num>đ)</num><content><p>Quyết <b>định</b>;</p><blockList><item><num>-</num><p>một</p></item></blockList></content></point>
   </paragraph></article></chapter></body></act></akomaNtoso>"""


def test_a_file_of_others():
    rows = read(FOREIGN.encode()).whole()
    assert rows.documents == (
        DocumentRow(
            DECREE, issued_on=date(2025, 6, 12), title="Nghị định về đất", effective_on=date(2025, 7, 1)
        ),
    )
    assert rows.provisions == (
        ProvisionRow(DECREE, "chap_II", "Cụ thể"),
        ProvisionRow(DECREE, "art_5", "Thẩm quyền"),
    )
    assert rows.texts == (
        TextRow(DECREE, "art_5__para_1", text="Ủy ban nhân dân:"),
        TextRow(DECREE, "art_5__para_1__point_đ", text="Quyết định;\n- một"),
    )
    assert rows.relations == (
        RelationRow(
            "826/2025/NĐ-CP", "art_1", RelationKind.AMENDS, DECREE, "art_5__para_1", date(2026, 1, 1)
        ),
    )


def test_every_wrong_place_is_told_with_its_line_and_nothing_counts():
    bad = (
        FOREIGN.replace('eId="chp_II__art_5"><num>Điều 5.', 'eId="a"><num>Điều năm.')
        .replace("/826/!main~art_1", "/826/!main~art_x")
        .replace('date="2025-06-12" name', 'date="2025-06-31" name')
        .replace('value="940"', 'value="?"').replace('nd/2025-06-12/940', 'nd/x')
    )  # fmt: skip
    outcome = read(bad.encode())
    assert outcome.tables == Tables()
    assert [(p.sheet, p.row, p.column) for p in outcome.problems] == [
        ("documents", 5, "number"), ("documents", 5, "issued_on"), ("provisions", 19, "place"), ("relations", 12, "document"),
    ]  # fmt: skip
    assert all("%(" not in problem.told() for problem in outcome.problems)


@pytest.mark.parametrize(
    ("change", "sheet"),
    [
        (("textualMod type=\"insertion\"", "scopeMod type=\"exceptionOfScope\""), "relations"),
        (("</body>", "</body><attachments/>"), "provisions"),
    ],
)  # fmt: skip
def test_what_has_no_row_of_ours_is_told(change, sheet):
    text = FOREIGN.replace(*change).replace(
        "</textualMod>", "</scopeMod>" if sheet == "relations" else "</textualMod>"
    )
    assert [p.sheet for p in read(text.encode()).problems] == [sheet]


BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (BOMB.encode(), "xml_doctype"),
        (OUTSIDE.encode(), "xml_doctype"),
        (b"<a>" * 10_000, "xml_too_large"),
        (b"", "bad_xml"),
        (b"<a><b></a>", "bad_xml"),
        (b"\xff\xfe<", "bad_xml"),
        (b'<?xml version="1.0" encoding="x-no-such"?><a/>', "bad_xml"),
        (b"<a>&x;</a>", "bad_xml"),
        (b"<a/>", "not_akn"),
        (FOREIGN.replace("akn/3.0", "akn/9.9").encode(), "not_akn"),
        (
            FOREIGN.replace("<act name", "<judgement name").replace("</act>", "</judgement>").encode(),
            "not_akn",
        ),
    ],
)
def test_files_nobody_should_trust(data, code):
    with pytest.raises(Refused, match=code):
        read(data)


def test_a_file_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(tree, "LARGEST", 1000)
    with pytest.raises(Refused, match="xml_too_large"):
        read(FOREIGN.encode())
    monkeypatch.setattr(tree, "LARGEST", 1_000_000)
    monkeypatch.setattr(tree, "MOST_ELEMENTS", 10)
    with pytest.raises(Refused, match="xml_too_large"):
        read(FOREIGN.encode())


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(FOREIGN) - 1), st.sampled_from(["", "<", '"', "ộ", "\0", "art_", "#"]))
def test_a_damaged_file_is_refused_or_told_never_broken(place, sign):
    try:
        outcome = read((FOREIGN[:place] + sign + FOREIGN[place + 1 :]).encode())
    except Refused:
        return
    assert outcome.problems or outcome.tables.documents
