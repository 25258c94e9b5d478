"""Thẩm quyền: powers with their assertions, who holds one, what the detectors find."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.decorators import decorate_view
from ninja.params.functions import Query

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.powers import queries
from haicap.domain.powers.formats.workbooks import workbook
from haicap.domain.powers.queries import telling
from haicap.domain.powers.queries.touching import touching
from haicap.domain.powers.states import FindingKind, Role, Sort
from haicap.domain.procedures import queries as procedures
from haicap.domain.units import queries as units
from haicap.web.api import paging
from haicap.web.api import powers_shapes as shapes
from haicap.web.api.caching import of_powers
from haicap.web.api.clients import charge
from haicap.web.api.service import answers, unchecked
from haicap.web.api.units import AFTER, LIMIT, ON, asked_day, held
from haicap.web.common import clock

router = Router(tags=["Thẩm quyền"])

Document = dict[str, Any]
CALLS_AN_EXPORT = 20
BELIEVED = Query("", max_length=40, description="Thời điểm (2026-11-01T09:00:00+07:00): sổ như khi đó.")
CASE = Query([], description="Thuộc tính của trường hợp, “tên=giá trị”, gửi nhiều lần được.")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _generation(rows: object) -> int:
    """A number that changes with what a list holds."""
    return zlib.crc32(repr(rows).encode())


@router.get(
    "/powers",
    response=answers(shapes.PowersAnswer, 410),
    summary="Danh mục thẩm quyền",
    operation_id="powers",
)
@decorate_view(of_powers)
def listed(
    request: HttpRequest,
    q: str = Query("", max_length=200, description="Chữ trong mã, tên, lĩnh vực; có dấu hay không dấu."),
    sort: Literal["power", "function", ""] = "power",
    field: str = Query("", max_length=200),
    owner: str = Query("", max_length=40),
    level: Literal["", "nation", "province", "commune"] = "",
    after: str = AFTER,
    limit: int = LIMIT,
) -> HttpResponse:
    """Thẩm quyền theo lĩnh vực và tên."""
    found = queries.search(q, sort=Sort(sort) if sort else None, field=field, owner=owner, level=level)
    part, following = paging.piece(found, after, limit, _generation(queries.current.state()))
    rows = [telling.power_told(row) for row in part]
    return unchecked({"total": len(found), "powers": rows, "next": following})


@router.get(
    "/powers/{code}", response=answers(shapes.PowerAnswer), summary="Một thẩm quyền", operation_id="power"
)
@decorate_view(of_powers)
def one(request: HttpRequest, code: str, believed_at: str = BELIEVED) -> Document:
    """Các quy định về thẩm quyền này, hiện nay hoặc như sổ ghi tại một thời điểm."""
    row, instant = queries.power(code), telling.instant(believed_at)
    believed = queries.register().of(code) if instant is None else telling.believed(code, instant)
    stretches = queries.stretches(code, believed_at=instant)
    return {
        "power": telling.power_told(row),
        "believed_at": instant.isoformat() if instant else None,
        "assertions": [telling.assertion_told(a) for a in believed],
        "stretches": [telling.stretch_told(s) for s in stretches],
    }


@router.get(
    "/holder", response=answers(shapes.HolderAnswer), summary="Ai có thẩm quyền", operation_id="holder"
)
@decorate_view(of_powers)
def holder(
    request: HttpRequest,
    power: str = Query("", max_length=100, description="Mã thẩm quyền; hoặc gửi procedure."),
    procedure: str = Query("", max_length=40, description="Mã thủ tục: thẩm quyền mà thủ tục thực hiện."),
    unit: str = Query("", max_length=5, description="Mã đơn vị vào ngày hỏi; hoặc gửi uid."),
    uid: str = Query("", max_length=40, description="Định danh của đơn vị."),
    on: str = ON,
    role: Role = Role.DECIDE,
    case: list[str] = CASE,
    believed_at: str = BELIEVED,
) -> HttpResponse:
    """Cơ quan có thẩm quyền tại một đơn vị, vào một ngày, trong một trường hợp, với căn cứ và phát hiện liên quan."""
    day, instant = asked_day(on), telling.instant(believed_at)
    place = uid.strip() or held(units.register(), unit, day).uid
    asked = [
        _held(code, as_role, known, place, day, instant)
        for code, as_role, known in _questions(power.strip(), procedure.strip(), role, case)
    ]
    return unchecked(
        {
            "on": day.isoformat(),
            "unit": place,
            "believed_at": instant.isoformat() if instant else None,
            "holders": asked[0]["holders"] if asked else [],
            "findings": asked[0]["findings"] if asked else [],
            "asked": asked,
        }
    )


def _questions(
    power: str, procedure: str, role: Role, case: Sequence[str]
) -> Iterator[tuple[str, Role, dict[str, int | str]]]:
    """Power, role and case: of the power named, or of those a procedure exercises. Refused `nothing_asked`, `not_found`."""
    if power:
        yield power, role, telling.read_case(queries.power(power), case)
        return
    if not procedure:
        raise Refused(
            "nothing_asked", gettext_noop("Xin gửi power (mã thẩm quyền) hoặc procedure (mã thủ tục).")
        )
    if not procedures.history(procedure):
        raise Refused(
            "not_found",
            gettext_noop("Danh mục không có thủ tục mã %(code)s."),
            params={"code": procedure[:20]},
        )
    for row in procedures.power_of(procedure):
        yield row.power, row.role, {**row.case, **telling.read_case(queries.power(row.power), case)}


def _held(
    code: str, role: Role, case: dict[str, int | str], unit: str, on: date, instant: datetime | None
) -> Document:
    found = queries.holder(code, unit, on, role=role, case=case, believed_at=instant)
    near = [] if instant else touching(code, unit=unit, on=on, role=role, case=case)
    return {
        "power": code,
        "name": queries.power(code).name,
        "role": role.value,
        "case": case,
        "holders": [telling.holder_told(h, on) for h in found],
        "findings": [telling.case_told(row) for row in near],
    }


@router.get(
    "/findings", response=answers(shapes.FindingsAnswer, 410), summary="Phát hiện", operation_id="findings"
)
def findings(
    request: HttpRequest,
    kind: FindingKind | None = None,
    state: Literal["", "open", "accepted", "to_be_amended", "answered", "gone"] = "",
    owner: str = Query("", max_length=40, description="Bộ trả lời."),
    power: str = Query("", max_length=100),
    unit: str = Query("", max_length=5, description="Mã xã: phát hiện chạm đến xã này."),
    on: str = Query("", description="Chỉ phát hiện còn vào ngày này; để trống: mọi ngày."),
    after: str = AFTER,
    limit: int = LIMIT,
) -> HttpResponse:
    """Chồng chéo, bỏ trống, lỗi phân cấp và ủy quyền; không kể phát hiện đã hết trừ khi hỏi state=gone."""
    day = asked_day(on) if on.strip() else None
    place = held(units.register(), unit, day or clock.today()).uid if unit.strip() else ""
    found = list(queries.cases(kind=kind or "", state_=state, owner=owner, power=power, unit=place, on=day))
    part, following = paging.piece(
        found, after, limit, _generation([(c.pk, c.version, c.until) for c in found])
    )
    checked = queries.checked_at()
    return unchecked(
        {
            "checked_at": checked.isoformat() if checked else None,
            "stale": queries.stale(clock.today()),
            "total": len(found),
            "findings": [telling.case_told(row) for row in part],
            "next": following,
        }
    )


@router.get(
    "/export/powers.{form}",
    response={200: bytes},
    summary="Bản xuất sổ thẩm quyền",
    operation_id="powers_export",
)
@decorate_view(of_powers)
def export(request: HttpRequest, form: Literal["json", "xlsx"]) -> HttpResponse:
    """Thẩm quyền và quy định hiện nay, cùng dạng với bảng nhập. Tính là 20 lượt gọi."""
    charge(request, CALLS_AN_EXPORT - 1)
    powers, assertions = queries.lines(queries.register().powers.values())
    name = f"powers-{clock.today():%Y%m%d}.{form}"
    if form == "xlsx":
        response = HttpResponse(workbook(powers, assertions), content_type=XLSX)
    else:
        text = telling.tables_json(powers, assertions)
        response = HttpResponse(text, content_type="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
