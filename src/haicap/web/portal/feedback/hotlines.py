"""Đường dây nóng và số khẩn cấp, as pages show them. The catalogue of facts could not confirm the hotline's number."""

from __future__ import annotations

from dataclasses import dataclass

from haicap.base.words import gettext_noop


@dataclass(frozen=True, slots=True)
class Line:
    """A number to call: as it is written, as a telephone dials it, what it is for (a marked sentence)."""

    number: str
    dial: str
    what: str
    evidence: str = "confirmed"


NATIONAL = Line(
    "1800 1096", "18001096", gettext_noop("Tổng đài Cổng Dịch vụ công quốc gia"), evidence="unconfirmed"
)
EMERGENCY = (
    Line("113", "113", gettext_noop("Công an")),
    Line("114", "114", gettext_noop("Chữa cháy, cứu nạn")),
    Line("115", "115", gettext_noop("Cấp cứu y tế")),
)
