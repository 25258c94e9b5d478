"""Sự kiện của phòng phản ánh: what is recorded, with its sentence and its facts. No personal text."""

from __future__ import annotations

from haicap.base.words import gettext_noop
from haicap.kernel.ledger.kinds import Kind

FILED = Kind(
    "feedback.filed",
    gettext_noop("Tiếp nhận phiếu %(code)s, chuyển %(organ_name)s."),
    {
        "code": str, "kind": str, "channel": str, "organ": int, "organ_name": str, "rule": str, "unit": str,
        "due": str, "files": int, "repeat_of": str,
    },
)  # fmt: skip
ACCEPTED = Kind("feedback.accepted", gettext_noop("Nhận xử lý phiếu %(code)s."), {"code": str, "late": bool})
ASSIGNED = Kind(
    "feedback.assigned",
    gettext_noop("Giao phiếu %(code)s cho người xử lý."),
    {"code": str, "to": str, "from": str},
)
SORTED = Kind(
    "feedback.sorted",
    gettext_noop("Phân loại lại phiếu %(code)s: %(fields)s."),
    {"code": str, "fields": list},
)
ASKED = Kind(
    "feedback.asked",
    gettext_noop("Yêu cầu người gửi bổ sung phiếu %(code)s (lần %(n)s)."),
    {"code": str, "n": int, "late": bool},
)
SUPPLIED = Kind(
    "feedback.supplied",
    gettext_noop("Người gửi bổ sung phiếu %(code)s."),
    {"code": str, "files": int, "due": str},
)
WRITTEN = Kind(
    "feedback.written", gettext_noop("Người gửi viết thêm vào phiếu %(code)s."), {"code": str, "files": int}
)
TRANSFERRED = Kind(
    "feedback.transferred",
    gettext_noop("Chuyển phiếu %(code)s từ %(from_name)s đến %(organ_name)s."),
    {
        "code": str, "organ": int, "organ_name": str, "from_organ": int, "from_name": str, "rule": str,
        "late": bool, "due": str,
    },
)  # fmt: skip
REFUSED = Kind(
    "feedback.refused",
    gettext_noop("Từ chối phiếu %(code)s: %(ground)s."),
    {"code": str, "ground": str, "late": bool},
)
DRAFTED = Kind(
    "feedback.drafted",
    gettext_noop("Soạn câu trả lời %(answer)s cho phiếu %(code)s."),
    {"code": str, "answer": str},
)
SUBMITTED = Kind(
    "feedback.submitted",
    gettext_noop("Trình duyệt câu trả lời %(answer)s của phiếu %(code)s."),
    {"code": str, "answer": str},
)
SENT_BACK = Kind(
    "feedback.sent_back", gettext_noop("Trả lại câu trả lời %(answer)s để sửa."), {"code": str, "answer": str}
)
APPROVED = Kind(
    "feedback.approved",
    gettext_noop("Duyệt và gửi câu trả lời %(answer)s của phiếu %(code)s."),
    {"code": str, "answer": str, "late": bool, "public": bool},
)
PUBLISHED = Kind(
    "feedback.published",
    gettext_noop("Công khai câu trả lời %(answer)s."),
    {"code": str, "answer": str, "late": bool, "piece": str},
)
KEPT_PRIVATE = Kind(
    "feedback.kept_private",
    gettext_noop("Không công khai câu trả lời %(answer)s."),
    {"code": str, "answer": str},
)
REUSED = Kind(
    "feedback.reused",
    gettext_noop("Trả lời phiếu %(code)s bằng câu trả lời đã công khai %(answer)s."),
    {"code": str, "answer": str, "late": bool},
)
REFERRED = Kind(
    "feedback.referred",
    gettext_noop(
        "Nơi ghi phiếu %(code)s cho người gửi biết câu trả lời đã công khai %(answer)s; cơ quan vẫn trả lời."
    ),
    {"code": str, "answer": str},
)
NOTED = Kind("feedback.noted", gettext_noop("Ghi chú nội bộ cho phiếu %(code)s."), {"code": str})
LINKED = Kind(
    "feedback.linked",
    gettext_noop("Gắn phiếu %(code)s với sự cố %(incident)s."),
    {"code": str, "incident": str},
)
WITHDRAWN = Kind("feedback.withdrawn", gettext_noop("Người gửi rút phiếu %(code)s."), {"code": str})
RATED = Kind(
    "feedback.rated", gettext_noop("Người gửi đánh giá phiếu %(code)s."), {"code": str, "rating": str}
)
REOPENED = Kind(
    "feedback.reopened",
    gettext_noop("Mở lại phiếu %(code)s."),
    {"code": str, "organ": int, "organ_name": str, "due": str},
)
REPEATED = Kind(
    "feedback.repeated",
    gettext_noop("Người gửi phản ánh lại việc của phiếu %(code)s bằng phiếu %(by)s: tính là chưa hài lòng."),
    {"code": str, "by": str},
)
ESCALATED = Kind(
    "feedback.escalated",
    gettext_noop("Báo cấp trên phiếu %(code)s quá hạn (mức %(level)s)."),
    {"code": str, "level": int},
)
MOVED = Kind(
    "feedback.moved",
    gettext_noop("Phiếu %(code)s chuyển sang %(organ_name)s vì %(from_name)s đã kết thúc hoạt động."),
    {"code": str, "organ": int, "organ_name": str, "from_organ": int, "from_name": str},
)
ERASED = Kind("feedback.erased", gettext_noop("Xoá dữ liệu cá nhân của phiếu %(code)s."), {"code": str})
RECKONED_ANEW = Kind(
    "feedback.reckoned_anew",
    gettext_noop("Tính lại hạn của %(moved)s phiếu theo lịch mới."),
    {"generation": int, "moved": int},
)

SOURCES_FORGOTTEN = Kind(
    "feedback.sources_forgotten", gettext_noop("Xoá %(rows)s số đếm nguồn gửi đã cũ."), {"rows": int}
)
ROUTES_LOADED = Kind(
    "feedback.routes_loaded", gettext_noop("Nạp bảng phân luồng: %(rules)s dòng."), {"rules": int}
)
ROUTE_SET = Kind(
    "feedback.route_set",
    gettext_noop("Đặt dòng phân luồng %(code)s: %(organs)s."),
    {"code": str, "organs": list, "kind": str, "province": str},
)
ROUTE_ENDED = Kind(
    "feedback.route_ended", gettext_noop("Dòng phân luồng %(code)s hết hiệu lực."), {"code": str}
)

FORCE_SET_UP = Kind(
    "feedback.force_set_up",
    gettext_noop("Lập tổ công tác %(name)s."),
    {"code": str, "name": str, "organ": int},
)
FORCE_ENDED = Kind("feedback.force_ended", gettext_noop("Tổ công tác %(code)s kết thúc."), {"code": str})
FORCE_ROSTERED = Kind(
    "feedback.force_rostered",
    gettext_noop("Phân công trực tổ %(code)s: %(days)s."),
    {"code": str, "officer": str, "days": str, "change": str},
)
ABSENCE_NOTED = Kind(
    "feedback.absence_noted",
    gettext_noop("Ghi nhận vắng mặt %(days)s."),
    {"officer": str, "days": str, "stand_in": str},
)
HANDED_OVER = Kind(
    "feedback.handed_over",
    gettext_noop("Bàn giao %(tickets)s phiếu."),
    {"organ": int, "from": str, "to": str, "tickets": int},
)

OF_TICKETS = (
    FILED, ACCEPTED, ASSIGNED, SORTED, ASKED, SUPPLIED, WRITTEN, TRANSFERRED, REFUSED, DRAFTED, SUBMITTED, SENT_BACK, APPROVED,
    PUBLISHED, KEPT_PRIVATE, REUSED, REFERRED, NOTED, LINKED, WITHDRAWN, RATED, REOPENED, REPEATED, ESCALATED, MOVED, ERASED,
)  # fmt: skip
