"""Thời hạn giải quyết: a value and its unit, or a sum of them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop

LONGEST = 3_660  # longer than any limit of law; more is a slip of the keyboard


class LimitUnit(StrEnum):
    """Đơn vị tính."""

    WORKING_DAYS = "working_days"  # ngày làm việc
    WORKING_HOURS = "working_hours"  # giờ làm việc, 8 = một ngày
    DAYS = "days"  # ngày
    MONTHS = "months"  # tháng
    SAME_DAY = "same_day"  # trong ngày


HALVES = (LimitUnit.WORKING_DAYS, LimitUnit.WORKING_HOURS)


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit counted in halves: `halves` = 2 × value (ignored for same_day)."""

    halves: int
    unit: LimitUnit

    @property
    def whole(self) -> int:
        """The whole part of the value."""
        return self.halves // 2

    @property
    def half(self) -> bool:
        """True when a half is left over."""
        return self.halves % 2 == 1


def read_limit(value: str, unit: str) -> Limit:
    """Read a limit as written. Refused `bad_unit`, `bad_limit` with the repair.

    value: decimal text, "5" or "0.5" (comma accepted); whole for days and months; ignored for same_day.
    """
    try:
        kind = LimitUnit(unit.strip())
    except ValueError:
        raise Refused(
            "bad_unit",
            gettext_noop("Đơn vị “%(unit)s” không có. Dùng một trong: %(units)s."),
            params={"unit": unit[:30], "units": ", ".join(LimitUnit)},
        ) from None
    if kind is LimitUnit.SAME_DAY:
        return Limit(0, kind)
    try:
        number = Decimal(value.strip().replace(",", "."))
        halves = number * 2
        fits = number.is_finite() and 0 < number <= LONGEST and halves == int(halves)
    except (InvalidOperation, ValueError, OverflowError):
        fits = False
    if not fits or (int(halves) % 2 and kind not in HALVES):
        raise Refused(
            "bad_limit",
            gettext_noop(
                "Thời hạn “%(value)s” không dùng được. Xin ghi số lớn hơn 0; nửa ngày hoặc nửa giờ ghi 0.5."
            ),
            params={"value": value[:20]},
        )
    return Limit(int(halves), kind)
