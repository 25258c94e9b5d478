"""ELI: addresses lead there and back; a document in the words of the ontology."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haicap.base.refused import Refused
from haicap.domain.law.formats import DocumentRow
from haicap.domain.law.formats.eli import INVERSE, PROPERTIES, described, path_of, read_path
from haicap.domain.law.states import DocumentState, RelationKind
from haicap.domain.law.tests.formats_cases import CHAIN, DECREE
from haicap.domain.law.tests.test_numbers import PATTERNS
from haicap.domain.law.tests.test_places import PATHS

ADDRESSES = [
    (("140/2025/NĐ-CP",), "/eli/vn/nd/2025/140/vi"),
    (("140/2025/NĐ-CP", "cp", date(2025, 6, 12)), "/eli/vn/nd/2025/140/vi"),
    (("140/2025/NĐ-CP", "", None, "art_5__para_1"), "/eli/vn/nd/2025/140/vi/art_5/para_1"),
    (("72/2025/QH15",), "/eli/vn/qh15/2025/72/vi"),
    (("002/2025/TT-BNV",), "/eli/vn/tt-bnv/2025/002/vi"),
    (("66.25/2026/NQ-CP",), "/eli/vn/nq-cp/2026/66.25/vi"),
    (("303/NQ-CP", "", date(2025, 10, 3)), "/eli/vn/nq-cp/2025-10-03/303/vi"),
    (("303/NQ-CP",), "/eli/vn/nq-cp/-/303/vi"),
    (("15/2025/NQ-HĐND", "hdnd:p:48"), "/eli/vn/nq-hdnd/hdnd:p:48/2025/15/vi"),
    (("1883/QĐ-UBND", "ubnd:c:25270@2025-07-01"), "/eli/vn/qd-ubnd/ubnd:c:25270@2025-07-01/-/1883/vi"),
    (("60-NQ/TW",), "/eli/vn/~nq-tw/-/60/vi"),
    (("12-CV/BCĐ",), "/eli/vn/~cv-bcd/-/12/vi"),
    (("12/CV-BCĐ",), "/eli/vn/cv-bcd/-/12/vi"),
    (("191/2005/TTLT/BQP-BLĐTBXH-BTC",), "/eli/vn/ttlt~bqp-bldtbxh-btc/2005/191/vi"),
    (("Hiến pháp 2013",), "/eli/vn/hien-phap/2013/1/vi"),
]


@pytest.mark.parametrize(("asked", "path"), ADDRESSES, ids=str)
def test_addresses(asked, path):
    assert path_of(*asked) == path
    assert read_path(path).number == asked[0]


def test_every_pattern_of_numbers_has_an_address_of_its_own():
    addresses = {path_of(row[0]) for row in PATTERNS}
    assert len(addresses) == len(PATTERNS)
    for row in PATTERNS:
        assert read_path(path_of(row[0])).number == row[0]
        assert path_of(row[0]).isascii()


ISSUERS = st.sampled_from(["", "ubnd:p:15", "hdnd:c:25270@2025-07-01", "Ban quản lý/dự án", "nd"])


@given(st.sampled_from([row[0] for row in PATTERNS]), ISSUERS, st.none() | st.dates(date(1990, 1, 1)), PATHS)
def test_addresses_lead_back(number, issuer, issued_on, place):
    found = read_path("https://haicap.example" + path_of(number, issuer, issued_on, place))
    assert (found.number, found.issuer, found.place) == (number, issuer, place)
    assert found.issued_on in (issued_on, None)


@pytest.mark.parametrize(
    "address",
    ["", "/eli", "/eli/vn", "/eli/vn/nd", "/eli/fr/nd/2025/140", "/eli/vn/nd/2025", "/eli/vn/nd/2025/x/vi", "/eli/vn/xyz/2025/1/vi",
     "/eli/vn/nd/2025/140/en", "/eli/vn/nd/2025/140/vi/art_x", "/eli/vn/nd/2025/140/vi/para_1", "/eli/vn/nd/a/b/140/vi", "x" * 9000],
)  # fmt: skip
def test_addresses_of_nothing_are_refused(address):
    with pytest.raises(Refused, match="bad_address"):
        read_path(address)


def test_a_document_in_the_words_of_the_ontology():
    told = described(
        CHAIN.documents[0], CHAIN.relations, state=DocumentState.PARTLY_ENDED, base="https://a.vn"
    )
    assert json.loads(json.dumps(told)) == told
    assert told["@id"] == "https://a.vn/eli/vn/nd/2025/940/vi"
    assert told["id_local"] == DECREE
    assert told["type_document"] == "decree"
    assert told["date_document"]["@value"] == "2025-06-12"
    assert told["first_date_entry_in_force"]["@value"] == "2025-07-01"
    assert told["date_no_longer_in_force"]["@value"] == "2027-03-01"
    assert told["in_force"]["@id"].endswith("#InForce-partiallyInForce")
    assert told["passed_by"] == "Chính phủ"
    assert told["based_on"] == [{"@id": "https://a.vn/eli/vn/qh15/2025/72/vi/art_11"}]
    assert told["amended_by"] == [{"@id": "https://a.vn/eli/vn/nd/2025/826/vi/art_1"}]
    assert told["repealed_by"] == [{"@id": "https://a.vn/eli/vn/nd/2025/826/vi/art_2"}]
    other = described(CHAIN.documents[1], CHAIN.relations)
    assert other["amends"] == [{"@id": "/eli/vn/nd/2025/940/vi/art_5/para_2"}]
    assert other["repeals"] == [{"@id": "/eli/vn/nd/2025/940/vi/art_6"}]


def test_what_is_not_known_is_left_out():
    told = described(DocumentRow("137/CV-BCĐ"))
    assert set(told) == {"@context", "@id", "@type", "id_local", "type_document", "passed_by", "jurisdiction"}


def test_every_kind_of_relation_has_a_property_and_its_inverse():
    assert set(PROPERTIES) == set(RelationKind)
    assert set(PROPERTIES.values()) == set(INVERSE)
