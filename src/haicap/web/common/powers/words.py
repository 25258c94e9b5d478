"""Chữ của sổ thẩm quyền: roles, ways of holding, kinds of findings and their states, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext

from haicap.base.words import gettext_noop
from haicap.web.common import vocabulary

ROLES = {
    "decide": gettext_noop("quyết định"),
    "sign": gettext_noop("ký"),
    "appraise": gettext_noop("thẩm định, tham mưu"),
    "receive": gettext_noop("tiếp nhận"),
    "consult": gettext_noop("cho ý kiến"),
    "supervise": gettext_noop("giám sát"),
    "inspect": gettext_noop("thanh tra, kiểm tra"),
    "publish": gettext_noop("công bố"),
}
MODES = {
    "original": gettext_noop("luật giao"),
    "delimitation": gettext_noop("phân định"),
    "assignment": gettext_noop("phân quyền"),
    "delegation": gettext_noop("phân cấp"),
    "authorisation": gettext_noop("ủy quyền"),
    "override": gettext_noop("cấp trên trực tiếp chỉ đạo"),
}
LEVELS = {
    "nation": gettext_noop("trung ương"),
    "province": gettext_noop("cấp tỉnh"),
    "district": gettext_noop("cấp huyện (trước 01/07/2025)"),
    "commune": gettext_noop("cấp xã"),
}
SORTS = {
    "power": gettext_noop("thẩm quyền với người dân, doanh nghiệp"),
    "function": gettext_noop("lĩnh vực công tác của cơ quan"),
}
KINDS = {
    "overlap": gettext_noop("chồng chéo"),
    "omission": gettext_noop("bỏ trống"),
    "chain_reauthorised": gettext_noop("ủy quyền lại"),
    "chain_not_holder": gettext_noop("bên giao không có thẩm quyền ngày đó"),
    "chain_no_end": gettext_noop("ủy quyền không có ngày kết thúc"),
    "chain_beyond_basis": gettext_noop("giao quá thời hạn của căn cứ"),
    "chain_receiver": gettext_noop("bên nhận không được phép nhận"),
    "chain_instrument": gettext_noop("giao bằng loại văn bản không đúng"),
    "chain_burden": gettext_noop("thêm ngày, thêm giấy tờ"),
    "holder_abolished": gettext_noop("cơ quan giữ thẩm quyền không còn"),
    "catalogue_differs": gettext_noop("thủ tục công bố khác luật"),
    "cliff": gettext_noop("không còn ai giữ từ 01/03/2027"),
}
REASONS = {
    "a": gettext_noop("cấp huyện thôi, không ai tiếp nhận"),
    "b": gettext_noop("quy định hết hiệu lực, chưa có quy định mới"),
    "c": gettext_noop("phân cấp, ủy quyền đã hết, bên giao không làm lại"),
    "d": gettext_noop("nơi này không có cơ quan đó"),
    "e": gettext_noop("việc liên quan nhiều đơn vị"),
    "f": gettext_noop("thủ tục chưa công bố hoặc công bố cơ quan khác"),
    "g": gettext_noop("điều kiện còn lỗ hổng"),
    "h": gettext_noop("chưa có người đứng đầu"),
}
STATES = {
    "open": gettext_noop("chưa có quyết định"),
    "accepted": gettext_noop("chấp nhận, có lý do"),
    "to_be_amended": gettext_noop("sẽ sửa văn bản"),
    "answered": gettext_noop("đã hướng dẫn"),
    "gone": gettext_noop("không còn"),
}
TONES = {"open": "late", "accepted": "calm", "to_be_amended": "warn", "answered": "ok", "gone": "calm"}
GONE = {
    "corrected": gettext_noop("quy định thẩm quyền đã được sửa hoặc bỏ"),
    "entered": gettext_noop("đã có quy định thẩm quyền mới"),
    "law": gettext_noop("hiệu lực của văn bản đã thay đổi"),
    "units": gettext_noop("địa giới hoặc cơ quan đã thay đổi"),
    "catalogue": gettext_noop("thủ tục đã công bố lại"),
    "day": gettext_noop("một ngày đã đến: phiên bản hoặc bổ nhiệm bắt đầu hoặc hết"),
}
ANSWERS = {
    "can": gettext_noop("thực hiện được"),
    "difficult": gettext_noop("có khó khăn"),
    "cannot": gettext_noop("không thực hiện được"),
}
DIFFICULTIES = {
    "understanding": gettext_noop("hiểu quy định"),
    "procedure": gettext_noop("trình tự, thủ tục"),
    "staff": gettext_noop("người làm"),
    "expertise": gettext_noop("chuyên môn"),
    "means": gettext_noop("kinh phí, trang thiết bị, hệ thống"),
    "data": gettext_noop("dữ liệu"),
    "other": gettext_noop("khó khăn khác"),
}
ADDRESSEES = {
    "minister": gettext_noop("bộ trưởng"),
    "prime_minister": gettext_noop("Thủ tướng Chính phủ"),
    "government": gettext_noop("Chính phủ"),
}
READINGS = {
    "literal": gettext_noop("theo câu chữ"),
    "guided": gettext_noop("theo công văn hướng dẫn"),
}
EVIDENCE = {
    "confirmed": gettext_noop("đã xác minh"),
    "unconfirmed": gettext_noop("chưa xác minh"),
    "doubtful": gettext_noop("nguồn không thống nhất"),
}

ATTRIBUTES = {
    "khoan": gettext_noop("khoản của điều luật"),
    "truong_hop": gettext_noop("trường hợp"),
    "nha_dau_tu": gettext_noop("nhà đầu tư"),
    "nganh": gettext_noop("ngành"),
}
VALUES = {
    "trong_nuoc": gettext_noop("trong nước"),
    "nuoc_ngoai": gettext_noop("nước ngoài"),
    "cong_thuong": gettext_noop("công thương"),
    "y_te": gettext_noop("y tế"),
    "nong_nghiep": gettext_noop("nông nghiệp"),
    "ngoai_dieu_26_khoan_1": gettext_noop("ngoài điều 26 khoản 1"),
    "one": gettext_noop("một đơn vị"),
    "several": gettext_noop("nhiều đơn vị"),
}

# What `queries.organ_name` composes for a kind of organ without a unit: here so that it is translated.
ORGANS = (
    gettext_noop("Hội đồng nhân dân cấp tỉnh"),
    gettext_noop("Ủy ban nhân dân cấp tỉnh"),
    gettext_noop("Chủ tịch Ủy ban nhân dân cấp tỉnh"),
    gettext_noop("Sở Nội vụ cấp tỉnh"),
    gettext_noop("Sở Tư pháp cấp tỉnh"),
    gettext_noop("Sở Tài chính cấp tỉnh"),
    gettext_noop("Sở Công Thương cấp tỉnh"),
    gettext_noop("Sở Nông nghiệp và Môi trường cấp tỉnh"),
    gettext_noop("Sở Xây dựng cấp tỉnh"),
    gettext_noop("Sở Khoa học và Công nghệ cấp tỉnh"),
    gettext_noop("Sở Văn hóa, Thể thao và Du lịch cấp tỉnh"),
    gettext_noop("Sở Giáo dục và Đào tạo cấp tỉnh"),
    gettext_noop("Sở Y tế cấp tỉnh"),
    gettext_noop("Thanh tra cấp tỉnh"),
    gettext_noop("Văn phòng Ủy ban nhân dân cấp tỉnh"),
    gettext_noop("Sở Quy hoạch - Kiến trúc cấp tỉnh"),
    gettext_noop("Trung tâm Phục vụ hành chính công cấp tỉnh"),
    gettext_noop("Hội đồng nhân dân cấp xã"),
    gettext_noop("Ủy ban nhân dân cấp xã"),
    gettext_noop("Chủ tịch Ủy ban nhân dân cấp xã"),
    gettext_noop("Văn phòng Hội đồng nhân dân và Ủy ban nhân dân cấp xã"),
    gettext_noop("Phòng Văn hóa - Xã hội cấp xã"),
    gettext_noop("Phòng Kinh tế cấp xã"),
    gettext_noop("Trung tâm Phục vụ hành chính công cấp xã"),
    gettext_noop("Điểm phục vụ hành chính công tại cấp xã"),
)


said = vocabulary.said


def listed(table: Mapping[str, str], values: Iterable[object]) -> str:
    """Several values in words, with commas."""
    return ", ".join(said(table, value) for value in values)


def choices(table: Mapping[str, str]) -> list[tuple[str, str]]:
    """(value, words) of a whole table, for a list to choose from."""
    return [(value, gettext(word)) for value, word in table.items()]
