"""Cơ quan ban hành: the letters of a number → who issued it.

Codes of bodies that `units.organs` knows are its organ-kind codes; bodies that no longer exist keep codes of their own.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What kind of body it is: the forms it may issue follow from it."""

    STATE = "state"  # Quốc hội, Chủ tịch nước, Chính phủ, Thủ tướng
    MINISTRY = "ministry"  # bộ, cơ quan ngang bộ, tòa án, viện kiểm sát, kiểm toán
    AGENCY = "agency"  # what belongs to a ministry, or a standing committee of several
    LOCAL = "local"  # council, committee, chairman of a unit
    DEPARTMENT = "department"  # sở
    PARTY = "party"


@dataclass(frozen=True, slots=True)
class Issuer:
    """letters as printed in numbers; termed: the number of the term follows (QH15)."""

    letters: str
    code: str
    name: str
    sort: Sort
    termed: bool = False
    former: bool = False


def _state(letters: str, code: str, name: str, *, termed: bool = False) -> Issuer:
    return Issuer(letters, code, name, Sort.STATE, termed)


def _all(sort: Sort, rows: tuple[tuple[str, str, str], ...], *, former: bool = False) -> tuple[Issuer, ...]:
    return tuple(Issuer(letters, code, name, sort, former=former) for letters, code, name in rows)


_TABLE = (
    _state("QH", "qh", "Quốc hội", termed=True),
    _state("UBTVQH", "ubtvqh", "Ủy ban Thường vụ Quốc hội", termed=True),
    _state("CTN", "ctn", "Chủ tịch nước"),
    _state("CP", "cp", "Chính phủ"),
    _state("TTg", "ttg", "Thủ tướng Chính phủ"),
    _state("HĐBT", "hdbt", "Hội đồng Bộ trưởng"),
    *_all(
        Sort.MINISTRY,
        (
            ("BQP", "bqp", "Bộ Quốc phòng"),
            ("BCA", "bca", "Bộ Công an"),
            ("BNG", "bng", "Bộ Ngoại giao"),
            ("BNV", "bnv", "Bộ Nội vụ"),
            ("BTP", "btp", "Bộ Tư pháp"),
            ("BTC", "btc", "Bộ Tài chính"),
            ("BCT", "bct", "Bộ Công Thương"),
            ("BNNMT", "bnnmt", "Bộ Nông nghiệp và Môi trường"),
            ("BXD", "bxd", "Bộ Xây dựng"),
            ("BVHTTDL", "bvhttdl", "Bộ Văn hóa, Thể thao và Du lịch"),
            ("BKHCN", "bkhcn", "Bộ Khoa học và Công nghệ"),
            ("BGDĐT", "bgddt", "Bộ Giáo dục và Đào tạo"),
            ("BYT", "byt", "Bộ Y tế"),
            ("BDTTG", "bdttg", "Bộ Dân tộc và Tôn giáo"),
            ("VPCP", "vpcp", "Văn phòng Chính phủ"),
            ("TTCP", "ttcp", "Thanh tra Chính phủ"),
            ("NHNN", "nhnn", "Ngân hàng Nhà nước Việt Nam"),
            ("TANDTC", "tandtc", "Tòa án nhân dân tối cao"),
            ("HĐTP", "hdtp", "Hội đồng Thẩm phán Tòa án nhân dân tối cao"),
            ("VKSNDTC", "vksndtc", "Viện kiểm sát nhân dân tối cao"),
            ("KTNN", "ktnn", "Kiểm toán Nhà nước"),
        ),
    ),
    *_all(
        Sort.MINISTRY,
        (
            ("BKHĐT", "bkhdt", "Bộ Kế hoạch và Đầu tư"),
            ("BGTVT", "bgtvt", "Bộ Giao thông vận tải"),
            ("BTNMT", "btnmt", "Bộ Tài nguyên và Môi trường"),
            ("BNNPTNT", "bnnptnt", "Bộ Nông nghiệp và Phát triển nông thôn"),
            ("BTTTT", "btttt", "Bộ Thông tin và Truyền thông"),
            ("BLĐTBXH", "bldtbxh", "Bộ Lao động - Thương binh và Xã hội"),
            ("UBDT", "ubdt", "Ủy ban Dân tộc"),
        ),
        former=True,
    ),
    *_all(
        Sort.AGENCY,
        (
            ("VPQH", "vpqh", "Văn phòng Quốc hội"),
            ("VPCTN", "vpctn", "Văn phòng Chủ tịch nước"),
            ("KBNN", "kbnn", "Kho bạc Nhà nước"),
            ("BCĐ", "bcd", "Ban Chỉ đạo"),
            ("BHXH", "bhxh", "Bảo hiểm xã hội Việt Nam"),
            ("TCT", "tct", "Tổng cục Thuế"),
            ("TCHQ", "tchq", "Tổng cục Hải quan"),
            ("UBTWMTTQVN", "mttq", "Ủy ban Trung ương Mặt trận Tổ quốc Việt Nam"),
        ),
    ),
    *_all(
        Sort.LOCAL,
        (
            ("HĐND", "hdnd", "Hội đồng nhân dân"),
            ("UBND", "ubnd", "Ủy ban nhân dân"),
            ("UB", "ubnd", "Ủy ban nhân dân"),
            ("CTUBND", "ctubnd", "Chủ tịch Ủy ban nhân dân"),
        ),
    ),
    *_all(
        Sort.DEPARTMENT,
        (
            ("SNV", "home_affairs", "Sở Nội vụ"),
            ("STP", "justice", "Sở Tư pháp"),
            ("STC", "finance", "Sở Tài chính"),
            ("SCT", "industry_trade", "Sở Công Thương"),
            ("SNNMT", "agriculture_environment", "Sở Nông nghiệp và Môi trường"),
            ("SXD", "construction", "Sở Xây dựng"),
            ("SKHCN", "science_technology", "Sở Khoa học và Công nghệ"),
            ("SVHTTDL", "culture", "Sở Văn hóa, Thể thao và Du lịch"),
            ("SGDĐT", "education", "Sở Giáo dục và Đào tạo"),
            ("SYT", "health", "Sở Y tế"),
        ),
    ),
    *_all(
        Sort.PARTY,
        (
            ("TW", "tw", "Ban Chấp hành Trung ương, Bộ Chính trị, Ban Bí thư"),
            ("VPTW", "vptw", "Văn phòng Trung ương Đảng"),
            ("BCĐTW", "bcdtw", "Ban Chỉ đạo Trung ương"),
            ("BTCTW", "btctw", "Ban Tổ chức Trung ương"),
            ("BNCTW", "bnctw", "Ban Nội chính Trung ương"),
            ("BCSĐ", "bcsd", "Ban cán sự đảng"),
            ("UBKTTW", "ubkttw", "Ủy ban Kiểm tra Trung ương"),
            ("TU", "tu", "Tỉnh ủy, Thành ủy"),
            ("ĐU", "du", "Đảng ủy"),
        ),
    ),
)
BY_LETTERS = {issuer.letters: issuer for issuer in _TABLE}
ISSUERS: dict[str, Issuer] = {}
for _issuer in _TABLE:
    ISSUERS.setdefault(_issuer.code, _issuer)  # the letters of today come before older ones


def issuer_name(code: str) -> str:
    """The Vietnamese name of an issuer by its code, "ubnd:p:15" as "Ủy ban nhân dân"; "" when it is not known."""
    known = ISSUERS.get(code.partition(":")[0])
    return known.name if known else ""
