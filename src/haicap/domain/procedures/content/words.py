"""Chữ và mức xác minh: bilingual texts and what a fact rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from haicap.base.citation import Citation


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Vietnamese and, when it is translated, in English."""

    vi: str = ""
    en: str = ""

    def __bool__(self) -> bool:
        return bool(self.vi)

    def __str__(self) -> str:
        return self.vi

    def shown(self, language: str) -> str:
        """The text in a language; Vietnamese when there is no other."""
        return self.en if language == "en" and self.en else self.vi


NOTHING = Words()
UNCITED = Citation("")


class Evidence(StrEnum):
    """Mức xác minh: what a fact rests on."""

    CONFIRMED = "confirmed"  # the decision or clause was read
    UNCONFIRMED = "unconfirmed"  # from a public copy or by understanding; shown as “chưa xác minh”
    OURS = "ours"  # our own design (questions of a form, working steps): no source claims it


class Channel(StrEnum):
    """Kênh nộp hồ sơ (Decree 118/2025/NĐ-CP, điều 15)."""

    DIRECT = "direct"  # trực tiếp
    ONLINE = "online"  # trực tuyến
    POST = "post"  # bưu chính công ích


class Level(StrEnum):
    """Cấp thực hiện."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    COMMUNE = "commune"
    OTHER = "other"


class Subject(StrEnum):
    """Đối tượng thực hiện."""

    CITIZEN = "citizen"
    OVERSEAS_VIETNAMESE = "overseas_vietnamese"
    FOREIGNER = "foreigner"
    BUSINESS = "business"
    ORGANIZATION = "organization"
    COOPERATIVE = "cooperative"
    FOREIGN_BUSINESS = "foreign_business"
    FOREIGN_ORGANIZATION = "foreign_organization"
    OFFICIAL = "official"


class Online(StrEnum):
    """Mức dịch vụ công trực tuyến (Decree 42/2022/NĐ-CP, điều 11)."""

    FULL = "full"  # toàn trình
    PARTIAL = "partial"  # một phần
    NONE = "none"
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    """Độ tin cậy của bản ghi: how good the copy is that the record came from."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
