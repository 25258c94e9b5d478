"""Chữ của hệ thống và sự cố: kinds, impacts, states, and why a check failed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from django.utils.translation import get_language, gettext, ngettext

from haicap.base.words import gettext_noop
from haicap.domain.feedback.queries.systems import IncidentLine

KINDS: Mapping[str, str] = {
    "own": gettext_noop("Nền tảng này"),
    "national": gettext_noop("Hệ thống quốc gia"),
    "ministry": gettext_noop("Hệ thống của bộ, ngành"),
    "province": gettext_noop("Hệ thống của tỉnh, thành phố"),
    "other": gettext_noop("Hệ thống khác"),
}
IMPACTS: Mapping[str, tuple[str, str]] = {  # tone of the mark, word
    "down": ("late", gettext_noop("không hoạt động")),
    "degraded": ("warn", gettext_noop("chậm hoặc lỗi một phần")),
    "warning": ("calm", gettext_noop("cảnh báo")),
}
CAUSES: Mapping[str, str] = {
    "probe": gettext_noop("thăm dò không đạt"),
    "certificate": gettext_noop("chứng thư sắp hết hạn"),
    "hand": gettext_noop("ghi bằng tay"),
}
STATES: Mapping[str, tuple[str, str]] = {
    "open": ("late", gettext_noop("chưa ai nhận")),
    "acknowledged": ("warn", gettext_noop("đang khắc phục")),
    "resolved": ("ok", gettext_noop("đã khắc phục")),
}
WHYS: Mapping[str, str] = {
    "": "",
    "bad_address": gettext_noop("địa chỉ thăm dò không dùng được"),
    "blocked": gettext_noop("địa chỉ không được phép thăm dò"),
    "unknown_host": gettext_noop("không tìm thấy tên máy chủ"),
    "no_connection": gettext_noop("không kết nối được"),
    "timeout": gettext_noop("không trả lời trong thời gian cho phép"),
    "certificate": gettext_noop("chứng thư không hợp lệ"),
    "tls": gettext_noop("kết nối bảo mật bị lỗi"),
    "garbage": gettext_noop("trả lời không đúng dạng"),
    "redirects": gettext_noop("chuyển hướng quá nhiều lần"),
    "status": gettext_noop("mã trả lời khác mong đợi"),
    "text": gettext_noop("thiếu nội dung mong đợi"),
    "own": gettext_noop("nền tảng chưa sẵn sàng"),
}


def said(words: Mapping[str, str], value: object) -> str:
    """A value in words; what this release does not know as it stands."""
    found = words.get(str(value), str(value))
    return gettext(found) if found else ""


def toned(words: Mapping[str, tuple[str, str]], value: object) -> tuple[str, str]:
    """Tone and word."""
    tone, word = words.get(str(value), ("calm", str(value)))
    return tone, gettext(word)


def kind(value: str) -> str:
    """A kind of system in words."""
    return said(KINDS, value)


def impact(value: str) -> str:
    """An impact in words."""
    return toned(IMPACTS, value)[1]


def named(name: str, name_en: str) -> str:
    """A system's name in the language of the page."""
    return name_en if name_en and get_language() == "en" else name


def told(incident: IncidentLine) -> str:
    """What happened: as somebody wrote it, or by the rule that found it."""
    if incident.text:
        return incident.text
    if incident.cause == "certificate":
        return gettext("Chứng thư bảo mật hết hạn ngày %(day)s.") % {"day": incident.why}
    return gettext("Thăm dò nhiều lần liền không đạt: %(why)s.") % {"why": said(WHYS, incident.why)}


def lasting(span: timedelta | None) -> str:
    """ "2 giờ 5 phút": days, hours and minutes; at least a minute."""
    if span is None:
        return ""
    minutes = max(round(span.total_seconds() / 60), 1)
    days, hours, minutes = minutes // 1440, minutes % 1440 // 60, minutes % 60
    parts = [
        (gettext("1 ngày") if days == 1 else gettext("%(n)s ngày") % {"n": days}) if days else "",
        ngettext("%(n)s giờ", "%(n)s giờ", hours) % {"n": hours} if hours else "",
        ngettext("%(n)s phút", "%(n)s phút", minutes) % {"n": minutes} if minutes and not days else "",
    ]
    return " ".join(part for part in parts if part)
