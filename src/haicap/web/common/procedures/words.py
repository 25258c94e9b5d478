"""Chữ của thủ tục: what the values of the catalogue are called in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language, gettext

from haicap.base.money import figures
from haicap.base.words import gettext_noop
from haicap.domain.deadlines.reckoning import Limit, LimitUnit
from haicap.domain.procedures.content import Condition, Field, Form, Words, limit_value

LEVELS = {
    "ministry": gettext_noop("bộ, cơ quan trung ương"),
    "province": gettext_noop("cấp tỉnh"),
    "commune": gettext_noop("cấp xã"),
    "other": gettext_noop("cơ quan khác"),
}
SUBJECTS = {
    "citizen": gettext_noop("công dân Việt Nam"),
    "overseas_vietnamese": gettext_noop("người Việt Nam định cư ở nước ngoài"),
    "foreigner": gettext_noop("người nước ngoài"),
    "business": gettext_noop("doanh nghiệp"),
    "organization": gettext_noop("tổ chức"),
    "cooperative": gettext_noop("hợp tác xã"),
    "foreign_business": gettext_noop("doanh nghiệp có vốn nước ngoài"),
    "foreign_organization": gettext_noop("tổ chức nước ngoài"),
    "official": gettext_noop("cán bộ, công chức, viên chức"),
}
ONLINE = {
    "full": gettext_noop("trực tuyến toàn trình"),
    "partial": gettext_noop("trực tuyến một phần"),
    "none": gettext_noop("không trực tuyến"),
    "unknown": gettext_noop("chưa rõ mức trực tuyến"),
}
CHANNELS = {
    "direct": gettext_noop("trực tiếp"),
    "online": gettext_noop("trực tuyến"),
    "post": gettext_noop("bưu chính công ích"),
    "": gettext_noop("mọi cách nộp"),
}
CONFIDENCE = {
    "high": gettext_noop("bản sao tốt"),
    "medium": gettext_noop("bản sao trung bình"),
    "low": gettext_noop("bản sao kém"),
}
STATES = {
    "draft": gettext_noop("dự thảo"),
    "review": gettext_noop("chờ công bố"),
    "published": gettext_noop("đã công bố"),
    "replaced": gettext_noop("đã được thay"),
    "repealed": gettext_noop("đã bãi bỏ"),
    "dropped": gettext_noop("đã bỏ"),
}
DECISIONS = {
    "new": gettext_noop("mới ban hành"),
    "amended": gettext_noop("sửa đổi, bổ sung"),
    "replaced": gettext_noop("thay thế"),
    "repealed": gettext_noop("bãi bỏ"),
    "standardised": gettext_noop("chuẩn hóa"),
}
STEPS = {
    "receive": gettext_noop("tiếp nhận"),
    "assign": gettext_noop("phân công"),
    "examine": gettext_noop("thẩm định"),
    "consult": gettext_noop("lấy ý kiến, xác minh"),
    "review": gettext_noop("soát xét"),
    "sign": gettext_noop("ký kết quả"),
    "issue": gettext_noop("phát hành"),
    "return": gettext_noop("trả kết quả"),
}
ROLES = {
    "leader": gettext_noop("người đứng đầu"),
    "deputy": gettext_noop("cấp phó"),
    "officer": gettext_noop("công chức chuyên môn"),
    "reception": gettext_noop("tiếp nhận và trả kết quả"),
}
SECTIONS = {
    "name": gettext_noop("Tên thủ tục"),
    "field": gettext_noop("Lĩnh vực"),
    "levels": gettext_noop("Cấp thực hiện"),
    "competent": gettext_noop("Cơ quan có thẩm quyền"),
    "authority": gettext_noop("Cơ quan thực hiện"),
    "cooperating": gettext_noop("Cơ quan phối hợp"),
    "subjects": gettext_noop("Đối tượng"),
    "online": gettext_noop("Mức trực tuyến"),
    "channels": gettext_noop("Cách nộp"),
    "anywhere": gettext_noop("Không phụ thuộc địa giới"),
    "limits": gettext_noop("Thời hạn"),
    "fees": gettext_noop("Phí, lệ phí"),
    "papers": gettext_noop("Thành phần hồ sơ"),
    "sets": gettext_noop("Số bộ hồ sơ"),
    "form": gettext_noop("Biểu mẫu điện tử"),
    "workflow": gettext_noop("Các bước"),
    "order": gettext_noop("Trình tự thực hiện"),
    "requirements": gettext_noop("Yêu cầu, điều kiện"),
    "results": gettext_noop("Kết quả"),
    "result_template": gettext_noop("Mẫu kết quả"),
    "legal_basis": gettext_noop("Căn cứ pháp lý"),
    "keywords": gettext_noop("Từ khóa"),
    "description": gettext_noop("Mô tả"),
    "evidence": gettext_noop("Mức xác minh"),
    "confidence": gettext_noop("Độ tin cậy"),
    "source": gettext_noop("Nguồn"),
    "doubts": gettext_noop("Điều còn ngờ"),
}
CHANGES = {
    "added": gettext_noop("thêm"),
    "removed": gettext_noop("bỏ"),
    "changed": gettext_noop("sửa"),
    "moved": gettext_noop("đổi thứ tự"),
}
STANDINGS = {
    "in_time": gettext_noop("đúng hạn"),
    "late": gettext_noop("trễ hạn"),
    "running": gettext_noop("còn trong hạn"),
    "overdue": gettext_noop("quá hạn, chưa làm"),
    "unknown": gettext_noop("chưa tính được"),
}
_ONE = {
    LimitUnit.WORKING_DAYS: gettext_noop("1 ngày làm việc"),
    LimitUnit.WORKING_HOURS: gettext_noop("1 giờ làm việc"),
    LimitUnit.DAYS: gettext_noop("1 ngày"),
    LimitUnit.MONTHS: gettext_noop("1 tháng"),
}
_MANY = {
    LimitUnit.WORKING_DAYS: gettext_noop("%(n)s ngày làm việc"),
    LimitUnit.WORKING_HOURS: gettext_noop("%(n)s giờ làm việc"),
    LimitUnit.DAYS: gettext_noop("%(n)s ngày"),
    LimitUnit.MONTHS: gettext_noop("%(n)s tháng"),
}
SAME_DAY = gettext_noop("trong ngày")
YES_NO = {"yes": gettext_noop("có"), "no": gettext_noop("không")}


def said(words: Mapping[str, str], value: object) -> str:
    """The word for a value; the value itself when this release has none."""
    key = "" if value is None else str(value)
    return gettext(words[key]) if key in words else key


def text(words: Words) -> str:
    """A bilingual text in the language of the page."""
    return words.shown(get_language() or "vi")


def limit(part: Limit) -> str:
    """ "5 ngày làm việc", "0,5 ngày làm việc", "trong ngày"."""
    if part.unit is LimitUnit.SAME_DAY:
        return gettext(SAME_DAY)
    value = limit_value(part)
    if value == "1":
        return gettext(_ONE[part.unit])
    return gettext(_MANY[part.unit]) % {"n": value if get_language() == "en" else value.replace(".", ",")}


def dong(amount: int) -> str:
    """ "50.000 đồng"."""
    number = f"{amount:,}" if get_language() == "en" else figures(amount)
    return gettext("%(n)s đồng") % {"n": number}


def condition(asked: Condition, form: Form) -> str:
    """When something applies, as the form's own questions and answers; empty when it always does."""
    fields = form.fields()
    return "; ".join(
        f"{_asked(fields.get(term.key), term.key)} {'≠' if term.negated else '='} "
        + ", ".join(_answer(fields.get(term.key), value) for value in term.values)
        for term in asked.terms
    )


def _asked(field: Field | None, key: str) -> str:
    return f"“{text(field.label).rstrip('?').strip()}”" if field else key


def _answer(field: Field | None, value: str) -> str:
    option = next((o for o in field.options if o.key == value), None) if field else None
    return text(option.label) if option else said(YES_NO, value)
