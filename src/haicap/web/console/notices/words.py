"""Chữ của tin gửi đi: states, channels and what a message tells."""

from __future__ import annotations

from haicap.base.words import gettext_noop
from haicap.edges.notices.states import Channel, State

STATES = {  # tone of the mark, word
    State.FAILED: ("late", gettext_noop("không gửi được")),
    State.WAITING: ("warn", gettext_noop("đang chờ gửi")),
    State.SENT: ("ok", gettext_noop("đã gửi đi")),
    State.DROPPED: ("calm", gettext_noop("bỏ, không gửi")),
}
CHANNELS = {
    Channel.EMAIL: gettext_noop("Thư điện tử"),
    Channel.SMS: gettext_noop("Tin nhắn SMS"),
    Channel.ZALO: gettext_noop("Tin nhắn Zalo"),
}
TEMPLATES = {
    "filed": gettext_noop("hồ sơ đã gửi"),
    "received": gettext_noop("đã tiếp nhận"),
    "supplement": gettext_noop("cần bổ sung giấy tờ"),
    "resumed": gettext_noop("đã nhận bổ sung"),
    "payment": gettext_noop("cần nộp phí, lệ phí"),
    "paid": gettext_noop("đã nhận phí, lệ phí"),
    "extended": gettext_noop("xin lỗi, hẹn lại ngày"),
    "refused": gettext_noop("bị từ chối"),
    "ready": gettext_noop("đã có kết quả"),
    "returned": gettext_noop("đã trả kết quả"),
    "stopped": gettext_noop("dừng giải quyết"),
    "withdrawn": gettext_noop("đã rút"),
    "digest": gettext_noop("tin buổi sáng cho cán bộ"),
}
