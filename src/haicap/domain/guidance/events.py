"""Sự kiện của phòng hướng dẫn: what is recorded, with its sentence and its facts."""

from __future__ import annotations

from haicap.base.words import gettext_noop
from haicap.kernel.ledger.kinds import Kind

LOADED = Kind(
    "guidance.loaded",
    gettext_noop("Nạp cẩm nang, hỏi đáp, thông báo kèm theo: %(pieces)s bài."),
    {"pieces": int, "source": str},
)
DRAFTED = Kind(
    "guidance.drafted", gettext_noop("Soạn bản %(number)s của bài %(code)s."), {"code": str, "number": int}
)
EDITED = Kind(
    "guidance.edited",
    gettext_noop("Sửa bản nháp %(number)s của bài %(code)s."),
    {"code": str, "number": int, "fields": list},
)
SUBMITTED = Kind(
    "guidance.submitted",
    gettext_noop("Trình duyệt bản %(number)s của bài %(code)s."),
    {"code": str, "number": int},
)
RETURNED = Kind(
    "guidance.returned",
    gettext_noop("Trả lại bản %(number)s của bài %(code)s để sửa."),
    {"code": str, "number": int},
)
PUBLISHED = Kind(
    "guidance.published",
    gettext_noop("Công bố bản %(number)s của bài %(code)s, áp dụng từ %(since)s."),
    {"code": str, "number": int, "since": str, "source": str, "drafted_by": str},
)
WITHDRAWN = Kind(
    "guidance.withdrawn",
    gettext_noop("Rút bài %(code)s từ ngày %(until)s."),
    {"code": str, "number": int, "until": str},
)
CONFIRMED = Kind(
    "guidance.confirmed",
    gettext_noop("Đã rà soát bài %(code)s: vẫn đúng; rà soát lại trước %(review_by)s."),
    {"code": str, "number": int, "review_by": str},
)
DROPPED = Kind(
    "guidance.dropped", gettext_noop("Bỏ bản nháp %(number)s của bài %(code)s."), {"code": str, "number": int}
)
FLAGGED = Kind(
    "guidance.flagged",
    gettext_noop("Các bài cần rà soát: thêm %(raised)s, bớt %(gone)s."),
    {"raised": int, "gone": int, "on": str, "codes": list},  # at most 200 codes
)
QUESTION_NOTED = Kind(
    "guidance.question_noted",
    gettext_noop("Ghi nhận câu hỏi gửi trợ lý (%(behaviour)s)."),
    {"behaviour": str, "first": str, "thumb": str},
)
QUESTION_SETTLED = Kind(
    "guidance.question_settled",
    gettext_noop("Đã xử lý câu hỏi gửi trợ lý: %(how)s."),
    {"how": str, "piece": str},
)
CHANGING = (LOADED.name, PUBLISHED.name, WITHDRAWN.name, CONFIRMED.name, FLAGGED.name)
