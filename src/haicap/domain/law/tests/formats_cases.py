"""Rows for the tests of formats: any rows a file may hold, and a set of fictional acts."""

from datetime import date, timedelta

from hypothesis import strategies as st

from haicap.domain.law.formats import DocumentRow, OwedRow, ProvisionRow, RelationRow, Tables, TextRow
from haicap.domain.law.states import DocumentKind, Evidence, RelationKind

WORDS = st.text(alphabet=st.sampled_from("aăđĐôƯộ1 =+-@_x0041&<>\"'%|"), max_size=12).map(
    lambda t: " ".join(t.split())
)
DAYS = st.none() | st.dates(date(2010, 1, 1), date(2030, 1, 1))
PLACES = st.sampled_from(
    ["", "art_5", "art_5a__para_1", "art_5__para_1__point_đ", "chap_II__sec_1", "annex", "annex_II__art_1"]
)
NUMBERS = st.builds(lambda n, form: form % n, st.integers(1, 999), st.sampled_from(
    ["%d/2025/NĐ-CP", "%d/NQ-CP", "%02d/2025/TT-BNV", "%d/QĐ-UBND", "%d-KL/TW", "%d/BXD-KTQLXD"]))  # fmt: skip
EVIDENCE = st.sampled_from(Evidence)
LONG = st.text(alphabet="aộ\n =", max_size=40).map(str.strip).filter(bool)


@st.composite
def spans(draw):
    since = draw(DAYS)
    until = draw(st.none() | st.integers(1, 900))
    return since, (since or date(2020, 1, 1)) + timedelta(until) if until else None


@st.composite
def tables(draw):
    """Tables without a problem: numbers unique, days in order, one text a place."""
    numbers = draw(st.lists(NUMBERS, min_size=1, max_size=4, unique=True))
    return Tables(
        tuple(draw(_document(number)) for number in numbers),
        tuple(_unique(draw(st.lists(_provision(numbers), max_size=3)), lambda r: (r.document, r.place))),
        tuple(_unique(draw(st.lists(_text(numbers), max_size=3)), lambda r: (r.document, r.place))),
        tuple(_unique(draw(st.lists(_relation(numbers), max_size=4)), lambda r: (r.document, r.place, r.kind, r.target, r.target_place))),
        tuple(_unique(draw(st.lists(_owed(numbers), max_size=2)), lambda r: (r.document, r.place))),
    )  # fmt: skip


def _unique(rows, key):
    return {key(row): row for row in rows}.values()


@st.composite
def _document(draw, number):
    since, until = draw(spans())
    issued = draw(st.none() | st.dates(date(2025, 1, 1), date(2025, 12, 31)))
    return DocumentRow(
        number, draw(st.sampled_from(["", "ubnd:p:15", "Ban quản lý"] if "/QĐ-UBND" in number else [""])), issued, None, draw(WORDS), since, until,
        draw(PLACES), draw(st.sampled_from(["", "p:15", "d:080", "c:25270@2025-07-01"])), draw(st.sampled_from(["", "bnv"])),
        draw(WORDS), draw(WORDS), draw(EVIDENCE), draw(WORDS), draw(WORDS),
    )  # fmt: skip


@st.composite
def _provision(draw, numbers):
    place = draw(PLACES.filter(bool))
    return ProvisionRow(
        draw(st.sampled_from(numbers)), place, draw(WORDS), *draw(spans()), draw(EVIDENCE), draw(WORDS)
    )


@st.composite
def _text(draw, numbers):
    return TextRow(draw(st.sampled_from(numbers)), draw(PLACES), *draw(spans()), draw(LONG), draw(EVIDENCE))


@st.composite
def _relation(draw, numbers):
    since, until = draw(spans())
    kind = draw(st.sampled_from(RelationKind))
    if kind is RelationKind.EXTENDS and until is None:
        until = date(2031, 1, 1)
    target = draw(st.sampled_from(["1/2020/NĐ-CP", "15/2025/NQ-HĐND | hdnd:p:48 | 2025-02-03"]))
    return RelationRow(
        draw(st.sampled_from(numbers)), draw(PLACES), kind, target, draw(PLACES), since, until,
        draw(st.sampled_from(["", "p:10"])), draw(EVIDENCE), draw(WORDS), draw(WORDS),
    )  # fmt: skip


@st.composite
def _owed(draw, numbers):
    return OwedRow(
        draw(st.sampled_from(numbers)), draw(PLACES), draw(st.sampled_from(DocumentKind)), draw(WORDS.filter(bool)),
        draw(WORDS), draw(DAYS), draw(st.sampled_from(["", "2/2025/TT-BNV"])),
    )  # fmt: skip


DECREE = "940/2025/NĐ-CP"
CHAIN = Tables(  # a fictional decree, amended and partly repealed
    documents=(
        DocumentRow(
            DECREE, issued_on=date(2025, 6, 12), title="Nghị định về đất thử nghiệm", effective_on=date(2025, 7, 1),
            sunset_on=date(2027, 3, 1), sunset_clause="art_30__para_2", owner="bnnmt", evidence=Evidence.CONFIRMED,
        ),
        DocumentRow("826/2025/NĐ-CP", issued_on=date(2025, 8, 15), effective_on=date(2025, 8, 15)),
    ),
    provisions=(
        ProvisionRow(DECREE, "chap_II", "Quy định cụ thể"),
        ProvisionRow(DECREE, "art_5", "Thẩm quyền của Ủy ban nhân dân cấp xã"),
        ProvisionRow(DECREE, "art_6", until=date(2026, 1, 1)),
    ),
    texts=(
        TextRow(DECREE, "art_5__para_1__point_đ", text="đ) Chữ < & > thử\nhai dòng"),
        TextRow(DECREE, "art_5__para_2", date(2025, 8, 15), None, "Khoản đã sửa."),
    ),
    relations=(
        RelationRow("826/2025/NĐ-CP", "art_1", RelationKind.AMENDS, DECREE, "art_5__para_2", date(2025, 8, 15)),
        RelationRow("826/2025/NĐ-CP", "art_2", RelationKind.REPEALS, DECREE, "art_6", date(2026, 1, 1), note="một phần"),
        RelationRow(DECREE, "", RelationKind.BASIS, "72/2025/QH15", "art_11"),
    ),
)  # fmt: skip
