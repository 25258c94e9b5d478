"""Chữ của hồ sơ: states, channels, ways and roles as officers say them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from haicap.base.words import gettext_noop
from haicap.domain.dossiers.queries.worklists import Stage, TimeLeft
from haicap.domain.procedures.content import TimeLimit
from haicap.web.common.proofs import limit_words

STATES: Mapping[int, str] = {
    1: gettext_noop("Chờ tiếp nhận"),
    2: gettext_noop("Đã tiếp nhận"),
    3: gettext_noop("Đã từ chối"),
    4: gettext_noop("Đang xử lý"),
    5: gettext_noop("Chờ bổ sung"),
    6: gettext_noop("Chờ nộp phí"),
    7: gettext_noop("Người nộp đã rút"),
    8: gettext_noop("Đã dừng giải quyết"),
    9: gettext_noop("Chờ trả kết quả"),
    10: gettext_noop("Đã trả kết quả"),
}
TONES: Mapping[int, str] = {
    1: "warn",
    3: "late",
    5: "warn",
    6: "warn",
    7: "calm",
    8: "late",
    9: "ok",
    10: "ok",
}
STAGES: Mapping[str, str] = {
    Stage.ALL: gettext_noop("Tất cả đang mở"),
    Stage.NEW: gettext_noop("Chờ tiếp nhận"),
    Stage.RECEIVED: gettext_noop("Đã tiếp nhận"),
    Stage.WORK: gettext_noop("Đang xử lý"),
    Stage.SIGN: gettext_noop("Chờ ký, phát hành"),
    Stage.SUPPLEMENT: gettext_noop("Chờ bổ sung"),
    Stage.PAYING: gettext_noop("Chờ nộp phí"),
    Stage.DONE: gettext_noop("Chờ trả kết quả"),
}
LEFTS: Mapping[str, str] = {
    TimeLeft.LATE: gettext_noop("Trễ hạn"),
    TimeLeft.TODAY: gettext_noop("Đến hạn hôm nay"),
    TimeLeft.SOON: gettext_noop("Trong 2 ngày làm việc"),
    TimeLeft.CALM: gettext_noop("Còn hạn"),
    TimeLeft.NONE: gettext_noop("Không tính giờ"),
}
LEFT_TONES: Mapping[str, str] = {
    TimeLeft.LATE: "late", TimeLeft.TODAY: "warn", TimeLeft.SOON: "calm", TimeLeft.CALM: "ok", TimeLeft.NONE: "",
}  # fmt: skip
CHANNELS: Mapping[int, str] = {
    1: gettext_noop("trực tiếp"),
    2: gettext_noop("trực tuyến"),
    3: gettext_noop("bưu chính"),
}
METHODS: Mapping[str, str] = {
    "counter": gettext_noop("tại nơi nộp hồ sơ"),
    "online": gettext_noop("bản điện tử"),
    "post": gettext_noop("qua bưu chính"),
}
OUTCOMES: Mapping[str, str] = {
    "granted": gettext_noop("chấp thuận"),
    "denied": gettext_noop("không chấp thuận"),
}
ORIGINS: Mapping[str, str] = {
    "handed": gettext_noop("bản giấy"),
    "scanned": gettext_noop("đã quét tại quầy"),
    "uploaded": gettext_noop("tệp gửi lên"),
    "reused": gettext_noop("dùng lại"),
    "store": gettext_noop("từ kho dữ liệu cá nhân"),
    "data": gettext_noop("thay bằng dữ liệu"),
}
PAYMENTS: Mapping[str, str] = {
    "asked": gettext_noop("chưa xong"),
    "paid": gettext_noop("đã nộp"),
    "failed": gettext_noop("không thành công"),
    "expired": gettext_noop("hết hạn"),
}
ALARMS: Mapping[str, str] = {
    "no_limit": gettext_noop("Chưa biết thời hạn giải quyết nên không hẹn ngày."),
    "no_calendar": gettext_noop("Chưa có lịch làm việc cho ngày đến hạn nên không hẹn ngày."),
}
FORMS: Mapping[str, str] = {
    "01": gettext_noop("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    "02": gettext_noop("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    "03": gettext_noop("Phiếu từ chối tiếp nhận giải quyết hồ sơ"),
    "04": gettext_noop("Văn bản xin lỗi và đề nghị gia hạn"),
    "05": gettext_noop("Thông báo dừng giải quyết hồ sơ"),
    "06": gettext_noop("Phiếu kiểm soát quá trình giải quyết hồ sơ"),
}


def case_of(limit: TimeLimit) -> str:
    """A time limit and the case it is for, short enough for a choice."""
    length = limit_words(limit.parts) or gettext("chưa biết")
    case = limit.case or limit.note or gettext("trường hợp")
    return f"{length}: {case}"[:160]


def said(words: Mapping[Any, str], value: object) -> str:
    """A value in the language of the page; the bare value when it has no word."""
    found = words.get(value)
    return gettext(found) if found else str(value if value is not None else "")
