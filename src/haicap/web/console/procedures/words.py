"""Chữ của ô chọn: what the values of the editor's lists are called."""

from __future__ import annotations

from django.utils.translation import gettext

from haicap.base.words import gettext_noop
from haicap.domain.units.organs import KINDS
from haicap.web.common.procedures import words
from haicap.web.common.procedures.forms import TYPES

CHOICES = {
    **words.CHANNELS,
    **words.STEPS,
    **words.ROLES,
    **TYPES,
    "working_days": gettext_noop("ngày làm việc"),
    "working_hours": gettext_noop("giờ làm việc"),
    "days": gettext_noop("ngày"),
    "months": gettext_noop("tháng"),
    "same_day": gettext_noop("trong ngày"),
    "fixed": gettext_noop("một mức"),
    "per_page": gettext_noop("theo trang"),
    "per_copy": gettext_noop("theo bản"),
    "capped": gettext_noop("theo trang, có mức cao nhất"),
    "local": gettext_noop("địa phương quy định"),
    "free": gettext_noop("không thu"),
    "unknown": gettext_noop("chưa rõ"),
    "document": gettext_noop("giấy tờ"),
    "note": gettext_noop("ghi chú, không phải giấy tờ"),
    "confirmed": gettext_noop("đã xác minh"),
    "unconfirmed": gettext_noop("chưa xác minh"),
    "ours": gettext_noop("do nền tảng soạn"),
    "full_name": gettext_noop("họ và tên"),
    "birth_date": gettext_noop("ngày sinh"),
    "sex": gettext_noop("giới tính"),
    "nationality": gettext_noop("quốc tịch"),
    "ethnicity": gettext_noop("dân tộc"),
    "residence": gettext_noop("xã, phường thường trú"),
    "residence_detail": gettext_noop("số nhà, đường nơi thường trú"),
    "stay": gettext_noop("xã, phường tạm trú"),
    "stay_detail": gettext_noop("số nhà, đường nơi tạm trú"),
}


def said(value: str) -> str:
    """A value in words; a kind of organ by its name; a dash for none."""
    if not value:
        return "–"
    if value in KINDS:
        return KINDS[value].name.replace("{unit}", "").strip()
    return gettext(CHOICES[value]) if value in CHOICES else value
