"""Loại cơ quan: the closed list of organ kinds, and the roles of posts.

Names of departments rest on Decree 150/2025/NĐ-CP (in force 1 July 2025). What could not be read in the text itself
is marked unconfirmed and shown so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from haicap.base.words import gettext_noop
from haicap.domain.units.timeline import CONFIRMED, UNCONFIRMED

LAW = "72/2025/QH15"
ORGANISATION = "150/2025/NĐ-CP"
ONE_STOP = "118/2025/NĐ-CP"
MINISTRY_LAW = "176/2025/QH15"
NOT_READ = gettext_noop("Tên cơ quan theo hiểu biết chung; văn bản chưa được đọc.")


class Role(StrEnum):
    """Vai trò của vị trí: rights are read from it, together with the organ and the day."""

    LEADER = "leader"  # chairman, head, director
    DEPUTY = "deputy"
    OFFICER = "officer"  # công chức chuyên môn
    RECEPTION = "reception"  # cán bộ tiếp nhận và trả kết quả


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of organ: `name` is a pattern over {unit} (name of the unit, kind word in lower case)."""

    code: str
    level: str  # nation | province | commune
    name: str
    basis: str
    evidence: str = CONFIRMED
    note: str = ""


def _department(code: str, name: str) -> Kind:
    return Kind(code, "province", f"{name} {{unit}}", ORGANISATION, UNCONFIRMED, NOT_READ)


PROVINCE = (
    Kind("province_council", "province", "Hội đồng nhân dân {unit}", LAW),
    Kind("province_committee", "province", "Ủy ban nhân dân {unit}", LAW),
    Kind("province_chairman", "province", "Chủ tịch Ủy ban nhân dân {unit}", LAW),
    _department("home_affairs", "Sở Nội vụ"),
    _department("justice", "Sở Tư pháp"),
    _department("finance", "Sở Tài chính"),
    _department("industry_trade", "Sở Công Thương"),
    _department("agriculture_environment", "Sở Nông nghiệp và Môi trường"),
    _department("construction", "Sở Xây dựng"),
    _department("science_technology", "Sở Khoa học và Công nghệ"),
    _department("culture", "Sở Văn hóa, Thể thao và Du lịch"),
    _department("education", "Sở Giáo dục và Đào tạo"),
    _department("health", "Sở Y tế"),
    _department("inspectorate", "Thanh tra"),
    _department("province_office", "Văn phòng Ủy ban nhân dân"),
)
PROVINCE_PLANNING = _department("planning_architecture", "Sở Quy hoạch - Kiến trúc")
PROVINCE_CENTRE = Kind("province_centre", "province", "Trung tâm Phục vụ hành chính công {unit}", ONE_STOP)

COMMUNE = (
    Kind("commune_council", "commune", "Hội đồng nhân dân {unit}", LAW),
    Kind("commune_committee", "commune", "Ủy ban nhân dân {unit}", LAW),
    Kind("commune_chairman", "commune", "Chủ tịch Ủy ban nhân dân {unit}", LAW),
    Kind("commune_office", "commune", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân {unit}", ORGANISATION),
    Kind("commune_culture", "commune", "Phòng Văn hóa - Xã hội {unit}", ORGANISATION, UNCONFIRMED, NOT_READ),
)
COMMUNE_ECONOMY = Kind("commune_economy", "commune", "Phòng Kinh tế {unit}", ORGANISATION)
COMMUNE_URBAN = Kind("commune_economy", "commune", "Phòng Kinh tế, Hạ tầng và Đô thị {unit}", ORGANISATION)
COMMUNE_CENTRE = Kind("commune_centre", "commune", "Trung tâm Phục vụ hành chính công {unit}", ONE_STOP)
BRANCH_CENTRE = Kind(
    "centre_branch",
    "commune",
    "Điểm phục vụ hành chính công tại {unit}",
    ONE_STOP,
    UNCONFIRMED,
    gettext_noop("Trung tâm một cấp của tỉnh, thành phố; tên và nơi đặt chi nhánh do địa phương quyết định."),
)


def _ministry(code: str, name: str) -> Kind:
    return Kind(code, "nation", name, MINISTRY_LAW, UNCONFIRMED, NOT_READ)


MINISTRIES = (
    _ministry("bqp", "Bộ Quốc phòng"),
    _ministry("bca", "Bộ Công an"),
    _ministry("bng", "Bộ Ngoại giao"),
    _ministry("bnv", "Bộ Nội vụ"),
    _ministry("btp", "Bộ Tư pháp"),
    _ministry("btc", "Bộ Tài chính"),
    _ministry("bct", "Bộ Công Thương"),
    _ministry("bnnmt", "Bộ Nông nghiệp và Môi trường"),
    _ministry("bxd", "Bộ Xây dựng"),
    _ministry("bvhttdl", "Bộ Văn hóa, Thể thao và Du lịch"),
    _ministry("bkhcn", "Bộ Khoa học và Công nghệ"),
    _ministry("bgddt", "Bộ Giáo dục và Đào tạo"),
    _ministry("byt", "Bộ Y tế"),
    _ministry("bdttg", "Bộ Dân tộc và Tôn giáo"),
    _ministry("vpcp", "Văn phòng Chính phủ"),
    _ministry("ttcp", "Thanh tra Chính phủ"),
    _ministry("nhnn", "Ngân hàng Nhà nước Việt Nam"),
)
KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        *MINISTRIES,
        *PROVINCE,
        PROVINCE_PLANNING,
        PROVINCE_CENTRE,
        *COMMUNE,
        COMMUNE_ECONOMY,
        COMMUNE_CENTRE,
        BRANCH_CENTRE,
    )
}
