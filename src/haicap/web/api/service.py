"""Dịch vụ: the API object with its description and the way errors leave it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.renderers import BaseRenderer

from haicap.base.refused import Refused
from haicap.web.api import problems
from haicap.web.api.schemas import Problem

VERSION = "1.0.0"
DESCRIPTION = """\
Đơn vị hành chính Việt Nam theo thời gian: tra cứu theo mã và ngày, dòng kế thừa, chuyển đổi địa chỉ cũ và mới, dòng thay
đổi và bản xuất toàn bộ. Mọi câu trả lời đều dẫn điều khoản.

- Ngày viết `2025-07-01` hoặc `01/07/2025`; không gửi ngày nghĩa là hôm nay (giờ Việt Nam). Trước mốc dữ liệu (cuối năm 2018) câu trả
  lời là lỗi `before_horizon`.
- Lỗi theo RFC 9457 (`application/problem+json`), tiếng Việt hoặc tiếng Anh theo `Accept-Language`.
- Câu trả lời đọc từ sổ đăng ký có `ETag`; gửi lại trong `If-None-Match` để nhận 304 khi chưa đổi.
- Giới hạn lượt gọi mỗi phút: xem `X-RateLimit-*`; khóa truy cập (`Authorization: Bearer`) được gấp mười.

English: administrative units of Viet Nam over time; every answer cites its clause. See docs/api.md.
"""


class Json(BaseRenderer):
    """JSON with Vietnamese letters as they are."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
        """The body."""
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


api = NinjaAPI(
    title="Hai Cấp API",
    version=VERSION,
    description=DESCRIPTION,
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-1",
    renderer=Json(),
    openapi_extra={
        "info": {"license": {"name": "Apache-2.0", "identifier": "Apache-2.0"}},
        "components": {
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer", "description": "Khóa truy cập; không bắt buộc."}
            }
        },
        "security": [{}, {"token": []}],
    },
)


def answers(shape: type, *also: int) -> Mapping[int, Any]:
    """Documented responses: the shape for 200, and problem documents."""
    return {200: shape, **dict.fromkeys((400, 404, 422, 429, 503, *also), Problem)}


def unchecked(document: Mapping[str, Any]) -> HttpResponse:
    """A long answer written as it is: checking each of its thousand rows against its shape took most of the time.

    That they have the documented shape is proved by the tests instead.
    """
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, content_type=f"{Json.media_type}; charset=utf-8")


def _handler(kind: type[Exception]) -> None:
    @api.exception_handler(kind)
    def handle(request: HttpRequest, error: Exception) -> HttpResponse:
        return problems.of_error(request, error)


for _kind in (Refused, ValidationError, HttpError, Exception):
    _handler(_kind)
