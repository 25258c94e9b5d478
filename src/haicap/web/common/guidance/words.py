"""Chữ của bài: kinds, audiences, topics, states and reasons in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language, gettext

from haicap.base.dates import show_date
from haicap.base.words import gettext_noop
from haicap.domain.guidance.queries import Flagged, Piece
from haicap.domain.guidance.states import PARTS
from haicap.web.common import citations

KINDS = {
    "article": gettext_noop("bài cẩm nang"),
    "answer": gettext_noop("hỏi đáp"),
    "notice": gettext_noop("thông báo"),
}
AUDIENCES = {
    "citizen": gettext_noop("người dân"),
    "commune": gettext_noop("cán bộ xã"),
    "province": gettext_noop("cán bộ tỉnh"),
    "ministry": gettext_noop("bộ, ngành"),
}
TOPICS = {
    "mot-cua": gettext_noop("nộp và nhận hồ sơ"),
    "giay-to": gettext_noop("giấy tờ"),
    "dia-chi": gettext_noop("địa chỉ cũ và mới"),
    "ho-tich": gettext_noop("hộ tịch"),
    "chung-thuc": gettext_noop("chứng thực"),
    "cu-tru": gettext_noop("cư trú, nghĩa vụ quân sự"),
    "dat-dai": gettext_noop("đất đai"),
    "xay-dung": gettext_noop("xây dựng"),
    "kinh-doanh": gettext_noop("kinh doanh"),
    "truc-tuyen": gettext_noop("nộp trực tuyến"),
    "thoi-han": gettext_noop("thời hạn"),
    "phan-anh": gettext_noop("phản ánh, khiếu nại"),
    "tham-quyen": gettext_noop("thẩm quyền, ủy quyền"),
    "can-bo": gettext_noop("tổ chức, cán bộ"),
    "tai-chinh": gettext_noop("ngân sách, tài sản"),
}
STATES = {
    "draft": gettext_noop("đang soạn"),
    "submitted": gettext_noop("chờ duyệt"),
    "published": gettext_noop("đang áp dụng"),
    "replaced": gettext_noop("đã thay bằng bản mới"),
    "withdrawn": gettext_noop("đã rút"),
    "dropped": gettext_noop("đã bỏ"),
}
BEHAVIOURS = {
    "answer": gettext_noop("đã trả lời"),
    "clarify": gettext_noop("đã hỏi lại"),
    "refuse": gettext_noop("không trả lời được"),
}
SETTLED = {
    "synonym": gettext_noop("thêm từ đồng nghĩa"),
    "article": gettext_noop("đã có bài trả lời"),
    "dropped": gettext_noop("không cần xử lý"),
}
_FLAGS = {
    "ended": gettext_noop("%(place)s hết hiệu lực từ %(day)s"),
    "suspended": gettext_noop("%(place)s ngưng hiệu lực từ %(day)s"),
    "resumed": gettext_noop("%(place)s có hiệu lực từ %(day)s"),
    "amended": gettext_noop("%(place)s được sửa đổi từ %(day)s"),
    "review": gettext_noop("quá ngày phải rà soát (%(day)s)"),
}
_BY = gettext_noop("%(what)s (theo %(by)s)")


def said(words: Mapping[str, str], value: str) -> str:
    """A word for a value; the value itself when there is none."""
    return gettext(words[value]) if value in words else value


def part(number: int) -> str:
    """Name of a part of the handbook."""
    return gettext(PARTS[number])


def flag(flagged: Flagged) -> str:
    """Why a piece is being looked at again."""
    place = citations.written(flagged.citation) if flagged.citation else ""
    what = gettext(_FLAGS[flagged.kind]) % {"place": place, "day": show_date(flagged.since)}
    return gettext(_BY) % {"what": what, "by": citations.act(flagged.by)} if flagged.by else what


def title(piece: Piece) -> str:
    """The title in the language of the page, where there is one."""
    return piece.title_en if get_language() == "en" and piece.title_en else piece.title


def summary(piece: Piece) -> str:
    """The summary likewise."""
    return piece.summary_en if get_language() == "en" and piece.summary_en else piece.summary
