"""Danh sách dài: a file of addresses handed in, followed, and taken back with its answers."""

from __future__ import annotations

from typing import Any, BinaryIO, cast

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import Router
from ninja.files import UploadedFile
from ninja.params.functions import File, Form
from ninja.responses import Status

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.units import actions, queries
from haicap.domain.units.queries import ConversionRow
from haicap.domain.units.timeline import check_day
from haicap.kernel.files import queries as files
from haicap.web.api import schemas
from haicap.web.api.clients import actor_of, charge
from haicap.web.api.service import answers
from haicap.web.api.units import asked_day
from haicap.web.common import clock

router = Router(tags=["Danh sách"])
CALLS_A_FILE = 20
PLACE = "/api/v1/conversions"
LIST = File(..., description="CSV hoặc XLSX, dòng đầu là tên các cột.")
COLUMN = Form("", description="Tên cột địa chỉ; để trống: hệ thống tìm cột “address” hoặc “địa chỉ”.")
ON = Form("", description="Ngày hỏi; để trống: hôm nay.")


def _document(row: ConversionRow) -> dict[str, Any]:
    done = row.result is not None
    return {
        "key": row.key,
        "state": row.state.value,
        "on": row.on.isoformat(),
        "form": row.form,
        "column": row.column,
        "encoding": row.encoding,
        "rows": row.rows,
        "done": row.done,
        "unreadable": row.unreadable,
        "percent": row.percent,
        "problem": row.problem,
        "keep_until": row.keep_until.isoformat(),
        "result": f"{PLACE}/{row.key}/result" if done else None,
    }


@router.post(
    "/conversions",
    response={202: schemas.ConversionOut, **answers(schemas.ConversionOut, 413)},
    summary="Gửi danh sách địa chỉ",
    operation_id="send_conversion",
)
def send(
    request: HttpRequest,
    response: HttpResponse,
    file: UploadedFile = LIST,
    column: str = COLUMN,
    on: str = ON,
) -> Status[dict[str, Any]]:
    """Danh sách được chuyển đổi ở phía sau; theo dõi ở địa chỉ trả về trong Location. Tính là 20 lượt gọi."""
    charge(request, CALLS_A_FILE - 1)
    if (file.size or 0) > settings.UPLOAD_LIMIT:
        raise Refused(
            "too_large",
            gettext_noop("Tệp lớn hơn %(most)s MB. Xin chia thành nhiều tệp nhỏ hơn."),
            params={"most": settings.UPLOAD_LIMIT // 2**20},
        )
    day = asked_day(on)
    check_day(day)
    row = actions.request_conversion(
        file=cast(BinaryIO, file.file),  # a temporary file on disk, see FILE_UPLOAD_MAX_MEMORY_SIZE
        name=file.name or "",
        column=column.strip() or None,
        on=day,
        actor=actor_of(request),
        at=clock.now(),
    )
    response.headers["Location"] = f"{PLACE}/{row.key}"
    return Status(202, _document(queries.conversion(row.key)))


@router.get(
    "/conversions/{key}",
    response=answers(schemas.ConversionOut),
    summary="Tiến độ",
    operation_id="conversion",
)
def progress(request: HttpRequest, key: str) -> dict[str, Any]:
    """Danh sách đã được chuyển đổi đến đâu."""
    return _document(queries.conversion(key))


@router.delete(
    "/conversions/{key}",
    response=answers(schemas.ConversionOut, 409),
    summary="Dừng",
    operation_id="cancel_conversion",
)
def cancel(request: HttpRequest, key: str) -> dict[str, Any]:
    """Dừng việc chuyển đổi chưa xong."""
    actions.cancel_conversion(key=key, actor=actor_of(request), at=clock.now())
    return _document(queries.conversion(key))


@router.get(
    "/conversions/{key}/result", response={200: bytes}, summary="Kết quả", operation_id="conversion_result"
)
def result(request: HttpRequest, key: str) -> FileResponse:
    """Danh sách với các cột trả lời, khi đã xong: cùng dạng tệp, cùng thứ tự dòng."""
    row = queries.conversion(key)
    if row.result is None:
        raise Refused(
            "not_found",
            gettext_noop("Chưa có kết quả, hoặc kết quả đã được xóa theo thời hạn lưu."),
        )
    response = FileResponse(files.open_stored(row.result))
    for name, value in files.download_headers(row.result).items():
        response.headers[name] = value
    return response
