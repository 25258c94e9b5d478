"""Trang lỗi: pages that need neither the database nor the session."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _


def _page(request: HttpRequest, status: int, title: str, text: str, advice: str) -> HttpResponse:
    values = {"title": title, "text": text, "advice": advice, "status": status, "path": request.path}
    return HttpResponse(render_to_string("common/error.html", values), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what was sent cannot be read."""
    return _page(
        request,
        400,
        _("Không đọc được yêu cầu"),
        _("Nội dung gửi lên quá lớn hoặc không đúng dạng nên hệ thống không đọc. Chưa có gì được ghi."),
        _("Xin quay lại trang trước, kiểm tra nội dung rồi gửi lại."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: no permission."""
    return _page(
        request,
        403,
        _("Bạn chưa có quyền xem trang này"),
        _("Quyền được cấp theo vị trí công tác và thời hạn của vị trí đó."),
        _("Nếu công việc của bạn cần trang này, xin liên hệ người quản trị của cơ quan bạn."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form without its seal: cookies off, or the page was open for too long."""
    return _page(
        request,
        403,
        _("Trang đã để quá lâu"),
        _("Vì an toàn, biểu mẫu này không còn dùng được. Chưa có gì được ghi."),
        _("Xin tải lại trang trước rồi gửi lại. Trình duyệt cần cho phép cookie của trang này."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing here."""
    return _page(
        request,
        404,
        _("Không có trang này"),
        _("Địa chỉ trang có thể đã gõ nhầm, hoặc nội dung đã được xóa theo thời hạn lưu."),
        _("Xin tìm lại từ trang đầu."),
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a bug or a fault of ours."""
    return _page(
        request,
        500,
        _("Hệ thống gặp lỗi"),
        _("Lỗi này là của chúng tôi, không phải của bạn. Việc đang làm dở chưa được ghi."),
        _("Xin thử lại sau ít phút. Nếu vẫn lỗi, hãy báo cho nơi vận hành kèm thời điểm gặp lỗi."),
    )
