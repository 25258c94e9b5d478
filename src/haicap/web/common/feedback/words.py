"""Chữ của phiếu phản ánh: kinds, channels, states, grounds, routing; and how much time is left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext, ngettext

from haicap.base.dates import today
from haicap.base.words import gettext_noop
from haicap.domain.feedback.routing import HOLDER, OWNER, SYSTEM_OWNER
from haicap.domain.feedback.states import Channel, Clock, Ground, Kind, Rating, State
from haicap.web.common.law import words as law

KINDS: Mapping[str, str] = {
    Kind.RULE: gettext_noop("Quy định, chính sách"),
    Kind.PROCEDURE: gettext_noop("Thủ tục, hồ sơ"),
    Kind.OFFICER: gettext_noop("Thái độ, hành vi của cán bộ"),
    Kind.LOCALITY: gettext_noop("Địa phương hỏi về quy định"),
    Kind.INCIDENT: gettext_noop("Sự cố hệ thống thông tin"),
    Kind.RECOMMENDATION: gettext_noop("Kiến nghị với Chính phủ"),
}
CHANNELS: Mapping[str, str] = {
    Channel.PORTAL: gettext_noop("Cổng thông tin"),
    Channel.PHONE: gettext_noop("Điện thoại"),
    Channel.DESK: gettext_noop("Trực tiếp"),
    Channel.MAIL: gettext_noop("Thư điện tử"),
    Channel.API: gettext_noop("Hệ thống khác"),
}
STATES: Mapping[str, str] = {
    State.RECEIVED: gettext_noop("mới tiếp nhận"),
    State.IN_WORK: gettext_noop("đang xử lý"),
    State.AWAITING_MORE: gettext_noop("chờ người gửi bổ sung"),
    State.AWAITING_APPROVAL: gettext_noop("chờ duyệt trả lời"),
    State.AWAITING_PUBLICATION: gettext_noop("đã trả lời, chờ công khai"),
    State.ANSWERED: gettext_noop("đã trả lời"),
    State.REFUSED: gettext_noop("từ chối"),
    State.WITHDRAWN: gettext_noop("người gửi đã rút"),
}
TONES: Mapping[str, str] = {  # tone of the mark of a state
    State.RECEIVED: "warn",
    State.IN_WORK: "calm",
    State.AWAITING_MORE: "calm",
    State.AWAITING_APPROVAL: "warn",
    State.AWAITING_PUBLICATION: "warn",
    State.ANSWERED: "ok",
    State.REFUSED: "late",
    State.WITHDRAWN: "calm",
}
CLOCKS: Mapping[str, str] = {
    Clock.TRIAGE: gettext_noop("nhận xử lý, chuyển hoặc từ chối"),
    Clock.ASK: gettext_noop("yêu cầu bổ sung"),
    Clock.ANSWER: gettext_noop("trả lời"),
    Clock.PUBLISH: gettext_noop("công khai câu trả lời"),
}
GROUNDS: Mapping[str, str] = {
    Ground.COMPLAINT: gettext_noop("là khiếu nại, giải quyết theo Luật Khiếu nại"),
    Ground.DENUNCIATION: gettext_noop("là tố cáo, giải quyết theo Luật Tố cáo"),
    Ground.COURT: gettext_noop("đã có bản án hoặc quyết định có hiệu lực"),
    Ground.NO_CONTENT: gettext_noop("không có nội dung"),
    Ground.ABUSE: gettext_noop("xúc phạm, quảng cáo hoặc gửi lặp có chủ ý"),
    Ground.ANSWERED_BEFORE: gettext_noop("đã được trả lời"),
    Ground.OUTSIDE: gettext_noop("ngoài phạm vi cơ quan hành chính nhà nước"),
}
RATINGS: Mapping[str, str] = {
    Rating.NONE: gettext_noop("chưa đánh giá"),
    Rating.LIKE: gettext_noop("hài lòng"),
    Rating.DISLIKE: gettext_noop("chưa hài lòng"),
}
LEVELS: Mapping[str, str] = {
    "commune": gettext_noop("cấp xã"),
    "province": gettext_noop("cấp tỉnh"),
    "nation": gettext_noop("trung ương"),
}
ROUTED_TO: Mapping[str, str] = {
    HOLDER: gettext_noop("cơ quan có thẩm quyền giải quyết"),
    OWNER: gettext_noop("cơ quan chịu trách nhiệm về văn bản"),
    SYSTEM_OWNER: gettext_noop("cơ quan chủ quản hệ thống"),
}
SOON = timedelta(days=2)


def said(table: Mapping[str, str], value: object) -> str:
    """A value in the language of the page; the value itself when this release does not know it."""
    text = str(value)
    return gettext(table[text]) if text in table else text


def choices(table: Mapping[str, str]) -> list[tuple[str, str]]:
    """(value, words) of a whole table, for a list to choose from."""
    return [(str(value), gettext(word)) for value, word in table.items()]


def state(value: str) -> tuple[str, str]:
    """Tone and word of a state."""
    return TONES.get(value, "calm"), said(STATES, value)


def receiver(organ: str) -> str:
    """A kind of organ of the routing table in words."""
    return gettext(ROUTED_TO[organ]) if organ in ROUTED_TO else law.organ(organ)


def time_left(due: datetime | None, at: datetime) -> tuple[str, str]:
    """Tone and words for what is left until a due instant, in days of the calendar; ("calm", "") without one."""
    if due is None:
        return "calm", ""
    days = (today(due) - today(at)).days
    if due < at:
        late = ngettext("quá hạn %(n)s ngày", "quá hạn %(n)s ngày", -days) % {"n": -days}
        return "late", late if days else gettext("quá hạn hôm nay")
    left = ngettext("còn %(n)s ngày", "còn %(n)s ngày", days) % {"n": days}
    return ("warn" if due - at < SOON else "ok"), left if days else gettext("đến hạn hôm nay")
