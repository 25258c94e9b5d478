"""Numbers of documents: every pattern that sources use, what they say, and numbers in running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haicap.base.citation import Citation
from haicap.base.refused import Refused
from haicap.domain.law.numbers import (
    ISSUERS,
    KIND_LETTERS,
    find_citations,
    fold,
    issuer_name,
    parse,
    rank,
    repaired,
    slug,
)
from haicap.domain.law.states import DocumentKind as K
from haicap.domain.units.organs.kinds import KINDS, MINISTRIES

# number, kind, issuer, year, term, unit, normative, party
PATTERNS = [
    ("72/2025/QH15", None, "qh", 2025, 15, "", True, False),
    ("76/2025/UBTVQH15", None, "ubtvqh", 2025, 15, "", True, False),
    ("1656/NQ-UBTVQH15", K.STANDING_RESOLUTION, "ubtvqh", None, 15, "", False, False),
    ("150/2025/NĐ-CP", K.DECREE, "cp", 2025, None, "", True, False),
    ("303/NQ-CP", K.GOVERNMENT_RESOLUTION, "cp", None, None, "", False, False),
    ("37/2026/NQ-CP", K.GOVERNMENT_RESOLUTION, "cp", 2026, None, "", True, False),
    ("66.25/2026/NQ-CP", K.GOVERNMENT_RESOLUTION, "cp", 2026, None, "", True, False),
    ("15/2025/QĐ-TTg", K.PM_DECISION, "ttg", 2025, None, "", True, False),
    ("759/QĐ-TTg", K.PM_DECISION, "ttg", None, None, "", False, False),
    ("03/2025/TT-VPCP", K.CIRCULAR, "vpcp", 2025, None, "", True, False),
    ("01/2025/TT-BNV", K.CIRCULAR, "bnv", 2025, None, "", True, False),
    ("002/2025/TT-BNV", K.CIRCULAR, "bnv", 2025, None, "", True, False),
    ("026.55/2026/TT-BTC", K.CIRCULAR, "btc", 2026, None, "", True, False),
    ("128/2025/QĐ-UBND", K.COMMITTEE_DECISION, "ubnd", 2025, None, "", True, False),
    ("1883/QĐ-UBND", K.COMMITTEE_DECISION, "ubnd", None, None, "", False, False),
    ("61/2025/QĐ-CTUBND", K.CHAIRMAN_DECISION, "ctubnd", 2025, None, "", True, False),
    ("15/2025/NQ-HĐND", K.COUNCIL_RESOLUTION, "hdnd", 2025, None, "", True, False),
    ("14/NQ-HĐND", K.COUNCIL_RESOLUTION, "hdnd", None, None, "", False, False),
    ("04/2025/NQ-HĐTP", K.COURT_RESOLUTION, "hdtp", 2025, None, "", True, False),
    ("2418/QĐ-BNNMT", K.MINISTER_DECISION, "bnnmt", None, None, "", False, False),
    ("33/2003/QĐ-BQP", K.MINISTER_DECISION, "bqp", 2003, None, "", True, False),
    ("41/VBHN-BNNMT", K.CONSOLIDATION, "bnnmt", None, None, "", False, False),
    ("73/2026/VBHN-NĐ-BNNMT", K.CONSOLIDATION, "bnnmt", 2026, None, "", False, False),
    ("92/CĐ-TTg", K.DISPATCH, "ttg", None, None, "", False, False),
    ("33/CT-TTg", K.DIRECTIVE, "ttg", None, None, "", False, False),
    ("412/TB-VPCP", K.NOTICE, "vpcp", None, None, "", False, False),
    ("8945/BC-BNV", K.REPORT, "bnv", None, None, "", False, False),
    ("48/TTr-BXD", K.SUBMISSION, "bxd", None, None, "", False, False),
    ("137/CV-BCĐ", K.LETTER, "bcd", None, None, "", False, False),
    ("09/CV-BCĐ", K.LETTER, "bcd", None, None, "", False, False),
    ("12-CV/BCĐ", K.LETTER, "bcd", None, None, "", False, False),
    ("4205/BTC-NSNN", K.LETTER, "btc", None, None, "NSNN", False, False),
    ("9600/BXD-KTQLXD", K.LETTER, "bxd", None, None, "KTQLXD", False, False),
    ("8981/KBNN-CSPC", K.LETTER, "kbnn", None, None, "CSPC", False, False),
    ("6620/UBND-VX", K.LETTER, "ubnd", None, None, "VX", False, False),
    ("1814/BNV", K.LETTER, "bnv", None, None, "", False, False),
    ("123/SXD-QLN", K.LETTER, "construction", None, None, "QLN", False, False),
    ("60-NQ/TW", K.PARTY, "tw", None, None, "", False, True),
    ("183-KL/TW", K.PARTY, "tw", None, None, "", False, True),
    ("02-KH/BCĐTW", K.PARTY, "bcdtw", None, None, "", False, True),
    ("15662-CV/VPTW", K.PARTY, "vptw", None, None, "", False, True),
    ("12/2025/L-CTN", K.PRESIDENT_ORDER, "ctn", 2025, None, "", True, False),
    ("191/2005/TTLT/BQP-BLĐTBXH-BTC", K.JOINT_CIRCULAR, "bqp", 2005, None, "", True, False),
    ("08A/2020/NĐ-CP", K.DECREE, "cp", 2020, None, "", True, False),
    ("Hiến pháp 2013", K.CONSTITUTION, "qh", 2013, None, "", True, False),
]


@pytest.mark.parametrize(
    ("printed", "kind", "issuer", "year", "term", "unit", "normative", "party"), PATTERNS
)
def test_every_pattern(printed, kind, issuer, year, term, unit, normative, party):
    number = parse(printed)
    assert number.printed == printed
    assert (number.kind, number.issuer, number.year, number.term) == (kind, issuer, year, term)
    assert (number.unit, number.normative, number.party) == (unit, normative, party)
    assert number.known
    assert kind in (*number.kinds, None)
    assert repaired(printed) == printed
    assert parse(f"  {printed}\n") == number


def test_what_the_letters_say_besides():
    assert parse("002/2025/TT-BNV").serial == "002"
    assert parse("66.25/2026/NQ-CP").serial == "66.25"
    assert parse("002/2025/TT-BNV") != parse("02/2025/TT-BNV")
    assert parse("73/2026/VBHN-NĐ-BNNMT").consolidates is K.DECREE
    assert parse("41/VBHN-BNNMT").consolidates is None
    assert parse("191/2005/TTLT/BQP-BLĐTBXH-BTC").others == ("bldtbxh", "btc")
    assert parse("72/2025/QH15").kinds == (K.LAW, K.ASSEMBLY_RESOLUTION)
    assert parse("76/2025/UBTVQH15").kinds == (K.STANDING_RESOLUTION, K.ORDINANCE)
    assert not parse("01/2025/TT-XYZ").known


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("140/2025/ND-CP", "140/2025/NĐ-CP"),
        ("140/2025/nđ-cp", "140/2025/NĐ-CP"),
        ("số 140/2025/NĐ - CP", "140/2025/NĐ-CP"),
        ("Số: 140/2025/NĐ–CP", "140/2025/NĐ-CP"),
        ("140 / 2025 / NĐ－CP", "140/2025/NĐ-CP"),
        ("１４０/2025/NĐ-CP", "140/2025/NĐ-CP"),
        ("128/2025/QD-UBND", "128/2025/QĐ-UBND"),
        ("15/2025/NQ-HDND", "15/2025/NQ-HĐND"),
        ("48/TTR-BXD", "48/TTr-BXD"),
        ("92/cd-ttg", "92/CĐ-TTg"),
        ("12-CV/BCD", "12-CV/BCĐ"),
        ("31/2025/QĐ-TT", "31/2025/QĐ-TTg"),
        ("76/2025/ubtvqh15", "76/2025/UBTVQH15"),
        ("07/2025/TT-BGDDT", "07/2025/TT-BGDĐT"),
        ("41/vbhn-bnnmt", "41/VBHN-BNNMT"),
    ],
)
def test_a_misspelt_number_is_refused_with_the_right_one(typed, printed):
    with pytest.raises(Refused, match="bad_number") as caught:
        parse(typed)
    assert printed in caught.value.sentence
    assert repaired(typed) == printed
    assert fold(typed) == fold(printed) or "TT" in typed


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "bad_number"),
        ("140", "bad_number"),
        ("01/07/2025", "bad_number"),
        ("140/2025/NĐCP", "bad_number"),
        ("140/2025/ABC", "bad_number"),
        ("01/QĐHT", "bad_number"),
        ("16/2024/NQ-", "bad_number"),
        ("x" * 500, "bad_number"),
        ("1/" * 500, "bad_number"),
        ("Nghị định 140/2025/NĐ-CP", "bad_number"),
        ("140/NĐ-CP", "bad_number_year"),
        ("72/QH15", "bad_number_year"),
        ("140/1025/NĐ-CP", "bad_number_year"),
        ("140/2025/NĐ-BTC", "bad_number_issuer"),
        ("140/2025/NĐ", "bad_number_issuer"),
        ("9/L-CP", "bad_number_issuer"),
    ],
)
def test_what_is_no_number_is_refused_with_the_repair(text, code):
    with pytest.raises(Refused) as caught:
        parse(text)
    assert caught.value.code == code
    assert "%(" not in caught.value.sentence
    assert repaired(text) == ""


SERIALS = st.one_of(
    st.integers(1, 99999).map(str), st.integers(1, 99).map("{:03d}".format), st.tuples(st.integers(1, 99), st.integers(1, 99)).map(lambda p: f"{p[0]}.{p[1]}")
)  # fmt: skip
YEARS = st.integers(1946, 2090)
MINISTRY_LETTERS = st.sampled_from([i.letters for i in ISSUERS.values() if i.sort == "ministry"])
NUMBERS = st.one_of(
    st.builds("{}/{}/NĐ-CP".format, SERIALS, YEARS),
    st.builds("{}/{}/QH{}".format, SERIALS, YEARS, st.integers(1, 20)),
    st.builds("{}/{}/TT-{}".format, SERIALS, YEARS, MINISTRY_LETTERS),
    st.builds("{}/{}-{}".format, SERIALS, st.sampled_from(["QĐ", "TB", "BC", "TTr", "KH"]), MINISTRY_LETTERS),
    st.builds("{}/{}-{}".format, SERIALS, MINISTRY_LETTERS, st.sampled_from(["KTN", "V.I", "TCCB"])),
    st.builds("{}-{}/{}".format, SERIALS, st.sampled_from(["NQ", "KL", "CV", "QĐ"]), st.sampled_from(["TW", "VPTW", "TU"])),
    st.sampled_from([row[0] for row in PATTERNS if row[0][0].isdigit()]),
)  # fmt: skip


@given(NUMBERS)
def test_a_number_is_read_whole(printed):
    number = parse(printed)
    assert number.printed == printed
    assert printed.startswith(number.serial)
    assert number.normative <= (number.year is not None)
    assert number.kind is None or number.kinds == (number.kind,)


@given(NUMBERS)
def test_folding_and_slugs_are_stable(printed):
    assert fold(fold(printed)) == fold(printed)
    assert fold(printed.upper()) == fold(printed) == fold(f"số {printed}")
    assert slug(slug(printed)) == slug(printed)
    assert slug(printed).isascii()


@given(NUMBERS, NUMBERS)
def test_folding_keeps_different_numbers_apart(a, b):
    if a != b:
        assert fold(a) != fold(b)


@given(NUMBERS, st.sampled_from(["", "điều 5", "điều 5 khoản 1 điểm đ", "chương II mục 1", "phụ lục I"]))
def test_a_citation_is_found_again_in_a_sentence(printed, clause):
    citation = Citation(printed, clause)
    text = f"Căn cứ {citation}; theo quy định."
    found = find_citations(text)
    assert [c for _, _, c in found] == [citation]
    start, end, _ = found[0]
    assert text[start:end] == str(citation)


@given(st.text(alphabet="140/2025-NĐCP điều khoả1,;(số)TW", max_size=80))
def test_citations_of_any_text_are_disjoint(text):
    end = 0
    for start, stop, citation in find_citations(text):
        assert end <= start < stop <= len(text)
        assert parse(citation.act).known
        end = stop


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "theo điểm a khoản 1 Điều 5 Nghị định 151/2025/NĐ-CP.",
            [("điểm a khoản 1 Điều 5 Nghị định 151/2025/NĐ-CP", "151/2025/NĐ-CP, điều 5 khoản 1 điểm a")],
        ),
        (
            "khoản 2 Điều 4 Luật Tổ chức chính quyền địa phương số 72/2025/QH15, Thông tư 03/2025/TT-VPCP",
            [
                (
                    "khoản 2 Điều 4 Luật Tổ chức chính quyền địa phương số 72/2025/QH15",
                    "72/2025/QH15, điều 4 khoản 2",
                ),
                ("03/2025/TT-VPCP", "03/2025/TT-VPCP"),
            ],
        ),
        (
            "điểm a, b khoản 1 và khoản 3 Điều 5 của Nghị định số 151/2025/ND-CP",
            [
                ("điểm a", "151/2025/NĐ-CP, điều 5 khoản 1 điểm a"),
                ("b khoản 1", "151/2025/NĐ-CP, điều 5 khoản 1 điểm b"),
                ("khoản 3 Điều 5 của Nghị định số 151/2025/ND-CP", "151/2025/NĐ-CP, điều 5 khoản 3"),
            ],
        ),
        (
            "Nghị định 151/2025/NĐ-CP, điểm a khoản 1 Điều 5 Nghị định 140/2025/NĐ-CP",
            [
                ("151/2025/NĐ-CP", "151/2025/NĐ-CP"),
                ("điểm a khoản 1 Điều 5 Nghị định 140/2025/NĐ-CP", "140/2025/NĐ-CP, điều 5 khoản 1 điểm a"),
            ],
        ),
        ("Nghị định số 140/2025/ NĐ - CP - Luật", [("140/2025/ NĐ - CP", "140/2025/NĐ-CP")]),
        ("Kết luận 183-KL/TW (137/CV-BCĐ)", [("183-KL/TW", "183-KL/TW"), ("137/CV-BCĐ", "137/CV-BCĐ")]),
        ("140/2025/NĐ-CP.Theo đó", [("140/2025/NĐ-CP", "140/2025/NĐ-CP")]),
        ("mẫu 01/TB-HT, 02/TEM, 01-PhulucII, ngày 01/07/2025, 24/7", []),
        ("tại https://a.vn/140/2025/NĐ-CP", []),
        ("Điều 5. Nghị định 140/2025/NĐ-CP", [("140/2025/NĐ-CP", "140/2025/NĐ-CP")]),
    ],
)
def test_citations_in_running_text(text, found):
    assert [(text[start:end], str(citation)) for start, end, citation in find_citations(text)] == found


def test_rank_follows_the_law():
    ordered = [
        K.CONSTITUTION, K.LAW, K.ORDINANCE, K.PRESIDENT_ORDER, K.DECREE, K.PM_DECISION, K.COURT_RESOLUTION, K.CIRCULAR,
        K.JOINT_CIRCULAR, K.COUNCIL_RESOLUTION, K.COMMITTEE_DECISION, K.CHAIRMAN_DECISION,
    ]  # fmt: skip
    ranks = [rank(kind, True) for kind in ordered]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) == len(ranks)
    assert ranks[0] == 1
    assert rank(K.LAW, True) == rank(K.ASSEMBLY_RESOLUTION, True)
    assert rank(K.ORDINANCE, True) == rank(K.STANDING_RESOLUTION, True)
    assert rank(K.DECREE, True) == rank(K.GOVERNMENT_RESOLUTION, True)
    assert rank(K.COUNCIL_RESOLUTION, True, commune=True) > rank(K.CHAIRMAN_DECISION, True)
    for kind in (K.LETTER, K.DISPATCH, K.PARTY, K.CONSOLIDATION, K.NOTICE):
        assert rank(kind, True) == rank(kind, False) == 0
    assert rank(K.GOVERNMENT_RESOLUTION, False) == 0


def test_issuers_are_the_organs_of_the_units_room():
    for ministry in MINISTRIES:
        assert issuer_name(ministry.code) == ministry.name
    departments = {issuer.code for issuer in ISSUERS.values() if issuer.sort == "department"}
    assert departments <= set(KINDS)
    assert issuer_name("ubnd:p:15") == "Ủy ban nhân dân"
    assert issuer_name("nobody") == ""
    assert all(letters == letters.strip() for letters in KIND_LETTERS)
