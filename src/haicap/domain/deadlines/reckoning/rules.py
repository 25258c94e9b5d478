"""Quy tắc đã dùng: the rules a deadline rests on, each with its basis and how sure that basis is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from haicap.base.citation import Citation
from haicap.base.words import gettext_noop
from haicap.domain.deadlines.reckoning.calendar import Calendar
from haicap.domain.deadlines.reckoning.limits import Limit, LimitUnit
from haicap.domain.deadlines.reckoning.reckon import Instant, due

CONFIRMED, UNCONFIRMED = "confirmed", "unconfirmed"
_NOT_READ = gettext_noop("Theo hiểu biết chung; văn bản chưa được đọc.")
_OWN = gettext_noop("Cách hiểu của hệ thống; chưa thấy văn bản quy định.")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as people read it; `note` says why it is unconfirmed."""

    code: str
    sentence: str
    citation: Citation
    evidence: str = CONFIRMED
    note: str = ""


OUTSIDE = Rule(
    "outside_hours",
    gettext_noop("Nhận ngoài giờ làm việc thì tính như nhận vào lúc mở cửa kế tiếp."),
    Citation(""), UNCONFIRMED, _OWN,
)  # fmt: skip
FIRST_DAY = Rule(
    "first_day",
    gettext_noop("Ngày nhận hồ sơ không tính; tính từ ngày tiếp theo."),
    Citation("91/2015/QH13", "điều 147 khoản 2"), UNCONFIRMED, _NOT_READ,
)  # fmt: skip
WORKING_DAYS = Rule(
    "working_days",
    gettext_noop("Chỉ tính ngày làm việc: không tính thứ Bảy, Chủ nhật, ngày lễ, ngày nghỉ hoán đổi; thứ Bảy làm bù là ngày làm việc."),
    Citation("45/2019/QH14", "điều 111–112"), UNCONFIRMED, _NOT_READ,
)  # fmt: skip
CLOSES = Rule(
    "ends_at_close",
    gettext_noop("Hạn là giờ đóng cửa (17:00) của ngày cuối."),
    Citation(""), UNCONFIRMED, _OWN,
)  # fmt: skip
MOVES = Rule(
    "day_off_moves",
    gettext_noop("Ngày cuối là ngày nghỉ thì hạn là ngày làm việc kế tiếp."),
    Citation("91/2015/QH13", "điều 148 khoản 5"),
)  # fmt: skip
MONTHS = Rule(
    "months",
    gettext_noop("Tháng tính đến ngày cùng số của tháng cuối, hoặc ngày cuối tháng khi tháng ấy không có ngày đó."),
    Citation(""), UNCONFIRMED, _OWN,
)  # fmt: skip
HOURS = Rule(
    "working_hours",
    gettext_noop("Giờ làm việc chạy theo phút trong giờ hành chính kể từ lúc nhận; 8 giờ là một ngày."),
    Citation(""), UNCONFIRMED, _OWN,
)  # fmt: skip
SAME_DAY = Rule(
    "same_day",
    gettext_noop("Nhận trước 15:00 trả trong ngày; từ 15:00 trả trong ngày làm việc kế tiếp."),
    Citation("118/2025/NĐ-CP", "điều 17"),
)  # fmt: skip
SUM = Rule(
    "sum",
    gettext_noop("Nhiều phần nối tiếp nhau: lúc hết phần trước là lúc nhận của phần sau."),
    Citation(""), UNCONFIRMED, _OWN,
)  # fmt: skip
PAUSE = Rule(
    "pause",
    gettext_noop("Tạm dừng giữ nguyên số phút làm việc còn lại; chạy tiếp từ giờ làm việc đầu tiên sau khi tiếp tục."),
    Citation("766/QĐ-TTg"), UNCONFIRMED, _NOT_READ,
)  # fmt: skip

_OF_UNIT = {
    LimitUnit.WORKING_DAYS: (FIRST_DAY, WORKING_DAYS, CLOSES),
    LimitUnit.WORKING_HOURS: (HOURS, WORKING_DAYS),
    LimitUnit.DAYS: (FIRST_DAY, CLOSES),
    LimitUnit.MONTHS: (FIRST_DAY, MONTHS, CLOSES),
    LimitUnit.SAME_DAY: (SAME_DAY, CLOSES),
}
EVERY = (OUTSIDE, FIRST_DAY, WORKING_DAYS, CLOSES, MOVES, MONTHS, HOURS, SAME_DAY, SUM, PAUSE)


def rules_of(
    calendar: Calendar, received: Instant, parts: Sequence[Limit], pauses: Sequence[object]
) -> tuple[Rule, ...]:
    """The rules that were used, in the order they came to bear, each once."""
    found: list[Rule] = []
    at = received
    for part in parts:
        if calendar.shift(*at) != at and at == received:
            found.append(OUTSIDE)
        if part.unit is LimitUnit.WORKING_DAYS and part.half:
            found.append(HOURS)
        found += [r for r in _OF_UNIT[part.unit] if part.whole or r is not FIRST_DAY]
        at = due(calendar, at, part)
        if part.unit in (LimitUnit.DAYS, LimitUnit.MONTHS):
            found.append(MOVES)
    if len(parts) > 1:
        found.append(SUM)
    if pauses:
        found.append(PAUSE)
    return tuple(dict.fromkeys(found))
