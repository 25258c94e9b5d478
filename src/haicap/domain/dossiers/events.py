"""Sự kiện của hồ sơ: what is recorded, its sentence, its facts, and what it means for the clock and for whose turn it is.

Never personal text: ids, codes, counts and instants only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from haicap.base.words import gettext_noop
from haicap.kernel.ledger.kinds import Kind

FILED = Kind(
    "dossiers.filed",
    gettext_noop("Nộp hồ sơ %(code)s, thủ tục %(procedure)s, kênh %(channel)s."),
    {
        "code": str,
        "procedure": str,
        "channel": int,
        "version": int,
        "unit": str,
        "organ": int,
        "components": int,
    },
)
RECEIVED = Kind(
    "dossiers.received",
    gettext_noop("Tiếp nhận, hẹn trả kết quả %(due)s."),
    {"due": str, "alarm": str, "version": int, "slip": int, "charges": int},
)
SUPPLEMENT_ASKED = Kind(
    "dossiers.supplement_asked",
    gettext_noop("Yêu cầu bổ sung lần %(n)s: %(items)s mục."),
    {"n": int, "items": int, "approver": str, "slip": int},
)
SUPPLIED = Kind(
    "dossiers.supplied",
    gettext_noop("Đã bổ sung lần %(n)s: %(components)s giấy tờ; hẹn trả %(due)s."),
    {"n": int, "components": int, "due": str},
)
PAYMENT_ASKED = Kind(
    "dossiers.payment_asked", gettext_noop("Yêu cầu nộp %(amount)s đồng."), {"amount": int, "charges": int}
)
PAYMENT_BEGUN = Kind(
    "dossiers.payment_begun",
    gettext_noop("Bắt đầu thanh toán %(amount)s đồng qua %(provider)s."),
    {"payment": str, "amount": int, "provider": str},
)
PAYMENT_NOTED = Kind(
    "dossiers.payment_noted",
    gettext_noop("Thanh toán %(amount)s đồng qua %(provider)s: %(state)s."),
    {"payment": str, "amount": int, "provider": str, "state": str, "refund": bool},
)
SETTLED = Kind(
    "dossiers.settled", gettext_noop("Đã nộp đủ phí, lệ phí; hẹn trả %(due)s."), {"due": str, "amount": int}
)
CHARGE_WAIVED = Kind(
    "dossiers.charge_waived",
    gettext_noop("Miễn khoản %(key)s: %(amount)s đồng."),
    {"key": str, "amount": int},
)
REFUNDED = Kind(
    "dossiers.refunded", gettext_noop("Đã hoàn lại %(amount)s đồng."), {"payment": str, "amount": int}
)
FORWARDED = Kind(
    "dossiers.forwarded",
    gettext_noop("Chuyển hồ sơ từ cơ quan %(origin)s đến cơ quan %(to)s."),
    {"n": int, "origin": int, "to": int, "papers": bool, "sheet": str},
)
TAKEN_OVER = Kind("dossiers.taken_over", gettext_noop("Nhận bàn giao lần %(n)s."), {"n": int, "organ": int})
TAKEN_UP = Kind(
    "dossiers.taken_up", gettext_noop("Bắt đầu xử lý ở bước %(step)s."), {"step": str, "assignee": str}
)
ASSIGNED = Kind("dossiers.assigned", gettext_noop("Phân công xử lý."), {"assignee": str, "before": str})
ADVANCED = Kind(
    "dossiers.advanced",
    gettext_noop("Chuyển từ bước %(before)s sang bước %(step)s."),
    {"before": str, "step": str, "place": int, "assignee": str},
)
CONSULTED = Kind(
    "dossiers.consulted", gettext_noop("Lấy ý kiến cơ quan %(organ)s."), {"consultation": str, "organ": int}
)
CONSULTATION_ANSWERED = Kind(
    "dossiers.consultation_answered",
    gettext_noop("Có ý kiến của cơ quan %(organ)s."),
    {"consultation": str, "organ": int},
)
EXTENDED = Kind(
    "dossiers.extended",
    gettext_noop("Xin lỗi và gia hạn: từ %(before)s đến %(due)s."),
    {"before": str, "due": str, "added": str, "slip": int},
)
REFUSED = Kind("dossiers.refused", gettext_noop("Từ chối hồ sơ."), {"slip": int})
STOPPED = Kind("dossiers.stopped", gettext_noop("Dừng giải quyết hồ sơ."), {"slip": int})
WITHDRAWN = Kind("dossiers.withdrawn", gettext_noop("Người nộp rút hồ sơ."), {"where": str})
DECIDED = Kind(
    "dossiers.decided",
    gettext_noop("Quyết định: %(outcome)s."),
    {"outcome": str, "finished": bool, "result": str},
)
SIGNED = Kind(
    "dossiers.signed",
    gettext_noop("Ký kết quả số %(number)s."),
    {"result": str, "number": str, "sha256": str},
)
FINISHED = Kind("dossiers.finished", gettext_noop("Xử lý xong, chờ trả kết quả."), {"on_time": bool})
HANDED_OUT = Kind("dossiers.handed_out", gettext_noop("Trả kết quả: %(method)s."), {"method": str})
COPIED = Kind(
    "dossiers.copied", gettext_noop("Cấp bản sao kết quả số %(number)s."), {"result": str, "number": str}
)
REVOKED = Kind(
    "dossiers.revoked", gettext_noop("Thu hồi kết quả số %(number)s."), {"result": str, "number": str}
)
RATED = Kind("dossiers.rated", gettext_noop("Người nộp đánh giá."), {"satisfied": bool})
PRINTED = Kind("dossiers.printed", gettext_noop("Lập phiếu mẫu %(form)s."), {"form": str, "slip": int})
COMPONENT_ADDED = Kind(
    "dossiers.component_added",
    gettext_noop("Thêm thành phần %(paper)s."),
    {"component": str, "paper": str, "origin": str},
)
CONSULTATION_REMINDED = Kind(
    "dossiers.consultation_reminded",
    gettext_noop("Nhắc cơ quan %(organ)s trả lời ý kiến."),
    {"consultation": str, "organ": int},
)
ERASED = Kind(
    "dossiers.erased",
    gettext_noop("Xóa thông tin cá nhân khi hết thời hạn lưu trữ; %(files)s tệp được bỏ."),
    {"files": int},
)
CORRECTED = Kind("dossiers.corrected", gettext_noop("Sửa thông tin liên hệ: %(what)s."), {"what": str})
RECKONED_ANEW = Kind(
    "dossiers.reckoned_anew",
    gettext_noop("Lịch làm việc thành phiên bản %(generation)s: hạn của %(moved)s hồ sơ theo lịch mới."),
    {"generation": int, "moved": int},
)
LOADED = Kind(
    "dossiers.loaded",
    gettext_noop("Nạp %(dossiers)s hồ sơ."),
    {"dossiers": int, "first": str, "last": str, "source": str},
)
DRAFT_BEGUN = Kind(
    "dossiers.draft_begun", gettext_noop("Bắt đầu khai thủ tục %(procedure)s."), {"procedure": str}
)
DRAFT_SAVED = Kind("dossiers.draft_saved", gettext_noop("Lưu bản nháp ở trang %(page)s."), {"page": str})
DRAFT_DROPPED = Kind("dossiers.draft_dropped", gettext_noop("Bỏ bản nháp."), {})
DRAFTS_EXPIRED = Kind(
    "dossiers.drafts_expired", gettext_noop("Xóa %(drafts)s bản nháp quá hạn."), {"drafts": int}
)
AGENCY_NAMED = Kind(
    "dossiers.agency_named",
    gettext_noop("Mã định danh của đơn vị %(unit)s là %(identifier)s."),
    {"unit": str, "identifier": str, "evidence": str},
)
AGENCIES_LOADED = Kind(
    "dossiers.agencies_loaded", gettext_noop("Nạp %(agencies)s mã định danh."), {"agencies": int}
)


class Turn(StrEnum):
    """Đến lượt ai."""

    OFFICE = "office"
    APPLICANT = "applicant"
    NOBODY = "nobody"
    SAME = "same"


class ClockEffect(StrEnum):
    """Đồng hồ."""

    NONE = "none"
    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    EXTEND = "extend"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Effect:
    """What an event means: whose turn it is then, what the clock does, whether the applicant is told."""

    turn: Turn = Turn.SAME
    clock: ClockEffect = ClockEffect.NONE
    tell: bool = False


EFFECTS: Mapping[str, Effect] = {
    FILED.name: Effect(Turn.OFFICE, tell=True),
    RECEIVED.name: Effect(Turn.OFFICE, ClockEffect.START, tell=True),
    SUPPLEMENT_ASKED.name: Effect(Turn.APPLICANT, ClockEffect.PAUSE, tell=True),
    SUPPLIED.name: Effect(Turn.OFFICE, ClockEffect.RESUME, tell=True),
    PAYMENT_ASKED.name: Effect(Turn.APPLICANT, ClockEffect.PAUSE, tell=True),
    SETTLED.name: Effect(Turn.OFFICE, ClockEffect.RESUME, tell=True),
    EXTENDED.name: Effect(Turn.OFFICE, ClockEffect.EXTEND, tell=True),
    REFUSED.name: Effect(Turn.NOBODY, ClockEffect.STOP, tell=True),
    STOPPED.name: Effect(Turn.NOBODY, ClockEffect.STOP, tell=True),
    WITHDRAWN.name: Effect(Turn.NOBODY, ClockEffect.STOP, tell=True),
    FINISHED.name: Effect(Turn.APPLICANT, ClockEffect.STOP, tell=True),
    HANDED_OUT.name: Effect(Turn.NOBODY, tell=True),
}
TELLING = (*(name for name, effect in EFFECTS.items() if effect.tell), DECIDED.name)
# What may stand in the stream of a dossier.
KINDS = tuple(
    kind.name
    for kind in (
        FILED, RECEIVED, SUPPLEMENT_ASKED, SUPPLIED, PAYMENT_ASKED, PAYMENT_BEGUN, PAYMENT_NOTED,
        SETTLED, CHARGE_WAIVED, REFUNDED, FORWARDED, TAKEN_OVER, TAKEN_UP, ASSIGNED, ADVANCED, CONSULTED,
        CONSULTATION_ANSWERED, EXTENDED, REFUSED, STOPPED, WITHDRAWN, DECIDED, SIGNED, FINISHED,
        HANDED_OUT, COPIED, REVOKED, RATED, PRINTED, COMPONENT_ADDED, CORRECTED, CONSULTATION_REMINDED, ERASED,
    )
)  # fmt: skip
