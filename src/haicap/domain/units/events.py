"""Sự kiện của phòng đơn vị: what is recorded, with its sentence and its facts."""

from __future__ import annotations

from haicap.base.words import gettext_noop
from haicap.kernel.ledger.kinds import Kind

REGISTER_LOADED = Kind(
    "units.register_loaded",
    gettext_noop("Nạp sổ đăng ký đơn vị: %(versions)s phiên bản, %(edges)s quan hệ kế thừa."),
    {"versions": int, "edges": int, "aliases": int, "organs": int, "source": str},
)
ACT_DRAFTED = Kind(
    "units.act_drafted",
    gettext_noop("Lập dự thảo nhập văn bản %(number)s."),
    {"number": str, "corrects": str},
)
ACT_CHANGED = Kind("units.act_changed", gettext_noop("Sửa dự thảo: %(what)s."), {"what": str, "lines": int})
ACT_DROPPED = Kind("units.act_dropped", gettext_noop("Bỏ dự thảo văn bản %(number)s."), {"number": str})
ACT_ENACTED = Kind(
    "units.act_enacted",
    gettext_noop(
        "Ghi văn bản %(number)s, hiệu lực %(effective_on)s: %(born)s đơn vị mới, %(ended)s kết thúc."
    ),
    {"number": str, "effective_on": str, "born": list, "ended": list, "changed": list},
)
ACT_CORRECTED = Kind(
    "units.act_corrected",
    gettext_noop("Văn bản %(number)s được đính chính bởi %(by)s."),
    {"number": str, "by": str},
)
POST_CREATED = Kind(
    "units.post_created", gettext_noop("Lập vị trí %(role)s tại %(organ)s."), {"role": str, "organ": str}
)
OFFICER_APPOINTED = Kind(
    "units.officer_appointed",
    gettext_noop("Bổ nhiệm vào vị trí %(post)s từ %(since)s."),
    {"post": int, "officer": str, "since": str, "until": str},
)
APPOINTMENT_ENDED = Kind(
    "units.appointment_ended",
    gettext_noop("Thôi giữ vị trí %(post)s từ %(until)s."),
    {"post": int, "officer": str, "until": str},
)
CONVERSION_REQUESTED = Kind(
    "units.conversion_requested",
    gettext_noop("Nhận danh sách %(rows)s địa chỉ để chuyển đổi."),
    {"rows": int, "on": str},
)
CONVERSION_ADVANCED = Kind(
    "units.conversion_advanced", gettext_noop("Đã chuyển đổi đến dòng %(done)s."), {"done": int}
)
CONVERSION_FINISHED = Kind(
    "units.conversion_finished", gettext_noop("Chuyển đổi xong %(rows)s dòng."), {"rows": int}
)
CONVERSION_FAILED = Kind(
    "units.conversion_failed", gettext_noop("Chuyển đổi dừng vì lỗi: %(code)s."), {"code": str}
)
CONVERSION_CANCELLED = Kind("units.conversion_cancelled", gettext_noop("Người gửi dừng việc chuyển đổi."), {})
CONVERSION_ERASED = Kind("units.conversion_erased", gettext_noop("Xóa danh sách và kết quả chuyển đổi."), {})
