"""Chữ hiển thị cho giá trị của sổ đăng ký: relations, shares, tiers and kinds in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from haicap.base.words import gettext_noop

RELATIONS = {
    "whole": gettext_noop("nhập toàn bộ"),
    "part": gettext_noop("nhập một phần"),
    "rest": gettext_noop("phần còn lại"),
    "kept": gettext_noop("giữ nguyên"),
    "renamed": gettext_noop("đổi tên"),
    "kind_changed": gettext_noop("đổi loại"),
}
SHARES = {
    "all": gettext_noop("toàn bộ"),
    "part": gettext_noop("một phần"),
    "none": gettext_noop("không"),
    "unknown": gettext_noop("chưa rõ"),
}
TIERS = {
    "nation": gettext_noop("cả nước"),
    "province": gettext_noop("cấp tỉnh"),
    "district": gettext_noop("cấp huyện"),
    "commune": gettext_noop("cấp xã"),
    "area": gettext_noop("khu vực"),
}
KINDS = {
    "quốc gia": gettext_noop("quốc gia"),
    "tỉnh": gettext_noop("tỉnh"),
    "thành phố trực thuộc trung ương": gettext_noop("thành phố trực thuộc trung ương"),
    "quận": gettext_noop("quận"),
    "huyện": gettext_noop("huyện"),
    "thị xã": gettext_noop("thị xã"),
    "thành phố thuộc tỉnh": gettext_noop("thành phố thuộc tỉnh"),
    "xã": gettext_noop("xã"),
    "phường": gettext_noop("phường"),
    "thị trấn": gettext_noop("thị trấn"),
    "đặc khu": gettext_noop("đặc khu"),
    "khu vực": gettext_noop("khu vực"),
}


def _said(words: dict[str, str], value: str) -> str:
    return gettext(words[value]) if value in words else value


def relation(value: str) -> str:
    """How one unit went into another."""
    return _said(RELATIONS, value)


def share(value: str) -> str:
    """How much of the area or the people."""
    return _said(SHARES, value)


def tier(value: str) -> str:
    """Level of a unit."""
    return _said(TIERS, value)


def kind(value: str) -> str:
    """Kind of a unit ("phường")."""
    return _said(KINDS, value)


def said(words: Mapping[str, str], value: object) -> str:
    """A value in words, in the language of the page; the value itself when this release has no word for it."""
    text = str(value)
    return gettext(words[text]) if text in words else text
