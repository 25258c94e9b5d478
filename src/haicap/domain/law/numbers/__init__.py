"""Số và ký hiệu văn bản: the grammar of document numbers. Pure.

    parse("140/2025/NĐ-CP") → Number(serial="140", year=2025, kind=DECREE, issuer="cp", normative=True, …)
    repaired("số 140/2025/ND - CP") == "140/2025/NĐ-CP";  fold(…) for search only;  slug(…) for addresses
    find_citations("theo điểm a khoản 1 Điều 5 Nghị định 151/2025/NĐ-CP") → [(5, 53, Citation(…))]

A number alone is no identity: every province has its own 15/2025/NQ-HĐND. Identity is number, issuer and date.
"""

from haicap.domain.law.numbers.citations import find_citations
from haicap.domain.law.numbers.forms import KIND_LETTERS, rank
from haicap.domain.law.numbers.issuers import ISSUERS, Issuer, issuer_name
from haicap.domain.law.numbers.reading import FIRST_YEAR, LAST_YEAR, Number, parse, repaired
from haicap.domain.law.numbers.spelling import fold, slug

__all__ = [
    "FIRST_YEAR",
    "ISSUERS",
    "KIND_LETTERS",
    "LAST_YEAR",
    "Issuer",
    "Number",
    "find_citations",
    "fold",
    "issuer_name",
    "parse",
    "rank",
    "repaired",
    "slug",
]
