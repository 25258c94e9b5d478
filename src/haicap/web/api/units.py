"""Đơn vị: units by code and day, their lineage, children, organs; the map; what changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.decorators import decorate_view
from ninja.params.functions import Query

from haicap.base.dates import read_date
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.units import queries
from haicap.domain.units.formats import (
    brief,
    changes_document,
    holder_document,
    lineage_document,
    unit_document,
)
from haicap.domain.units.timeline import Register, Version
from haicap.web.api import paging, schemas
from haicap.web.api.caching import of_register
from haicap.web.api.service import answers, unchecked
from haicap.web.common import clock

router = Router(tags=["Đơn vị"])

Document = dict[str, Any]
ON = Query("", description="Ngày hỏi (2025-07-01 hoặc 01/07/2025); để trống: hôm nay.")
AFTER = Query("", description="Con trỏ đọc tiếp: giá trị next của lần đọc trước.")
LIMIT = Query(paging.MOST, ge=1, le=paging.MOST, description="Số dòng tối đa của một lần đọc.")


def asked_day(text: str) -> date:
    """The day a call is about; Refused `bad_date`."""
    return read_date(text) if text.strip() else clock.today()


def held(register: Register, code: str, on: date) -> Version:
    """Who held the code; Refused `bad_code`, `before_horizon`, `unknown_code`."""
    version = register.at(code, on)
    if version is None:
        raise Refused(
            "unknown_code",
            gettext_noop("Không đơn vị nào mang mã %(code)s vào ngày %(on)s. Xem /api/v1/codes/%(code)s."),
            params={"code": code, "on": on.isoformat()},
        )
    return version


def _unit(code: str, on: str) -> Document:
    day, register = asked_day(on), queries.register()
    return {"on": day.isoformat(), "unit": unit_document(register, held(register, code, day), day)}


@router.get(
    "/units", response=answers(schemas.UnitAnswer), summary="Đơn vị theo mã và ngày", operation_id="find_unit"
)
@decorate_view(of_register)
def find(request: HttpRequest, code: str = Query(...), on: str = ON) -> Document:
    """Đơn vị mang mã vào ngày hỏi."""
    return _unit(code, on)


@router.get(
    "/units/{code}",
    response=answers(schemas.UnitAnswer),
    summary="Đơn vị theo mã và ngày",
    operation_id="unit",
)
@decorate_view(of_register)
def unit(request: HttpRequest, code: str, on: str = ON) -> Document:
    """Đơn vị mang mã vào ngày hỏi."""
    return _unit(code, on)


@router.get(
    "/units/{code}/lineage",
    response=answers(schemas.LineageAnswer),
    by_alias=True,
    summary="Dòng kế thừa",
    operation_id="lineage",
)
@decorate_view(of_register)
def lineage(request: HttpRequest, code: str, on: str = ON) -> Document:
    """Đơn vị mang mã vào ngày hỏi có từ đâu và trở thành gì, từng quan hệ với điều khoản của nó."""
    day, register = asked_day(on), queries.register()
    version = held(register, code, day)
    return {"on": day.isoformat(), **lineage_document(register, version, day, clock.today())}


@router.get(
    "/units/{code}/children",
    response=answers(schemas.ListAnswer, 410),
    summary="Đơn vị trực thuộc",
    operation_id="children",
)
@decorate_view(of_register)
def children(
    request: HttpRequest, code: str, on: str = ON, after: str = AFTER, limit: int = LIMIT
) -> HttpResponse:
    """Các đơn vị trực thuộc vào ngày hỏi, theo thứ tự chữ cái; mã VN cho cả nước."""
    day, register = asked_day(on), queries.register()
    below = register.children(held(register, code, day).uid, day)
    part, following = paging.piece(below, after, limit, register.generation)
    return unchecked(
        {
            "on": day.isoformat(),
            "units": [unit_document(register, child, day) for child in part],
            "next": following,
        }
    )


@router.get(
    "/codes/{code}", response=answers(schemas.CodeAnswer), summary="Lịch sử của mã", operation_id="code"
)
@decorate_view(of_register)
def code_history(request: HttpRequest, code: str) -> Document:
    """Ai đã mang mã này, theo thời gian. Mã được dùng lại sau sắp xếp năm 2025."""
    register = queries.register()
    register.at(code, clock.today())  # refuses what is no code
    holders = register.holders(code)
    if not holders:
        raise Refused(
            "unknown_code", gettext_noop("Chưa đơn vị nào mang mã %(code)s."), params={"code": code}
        )
    return {"code": code, "holders": [holder_document(v) for v in holders]}


@router.get(
    "/map",
    response=answers(schemas.MapAnswer, 410),
    summary="Toàn bộ bản đồ vào một ngày",
    operation_id="map",
)
@decorate_view(of_register)
def state(
    request: HttpRequest,
    on: str = ON,
    tier: Literal["province", "district", "commune"] = "commune",
    after: str = AFTER,
    limit: int = LIMIT,
) -> HttpResponse:
    """Mọi đơn vị của một cấp vào ngày hỏi, theo mã."""
    day, register = asked_day(on), queries.register()
    found = sorted(register.state(day, tier), key=lambda v: v.code)
    part, following = paging.piece(found, after, limit, register.generation)
    parents: dict[str, str] = {}
    for version in part:
        if version.parent_uid not in parents:
            parent = register.version(version.parent_uid, day)
            parents[version.parent_uid] = parent.code if parent else ""
    return unchecked(
        {
            "on": day.isoformat(),
            "tier": tier,
            "total": len(found),
            "units": [
                {**brief(v), "parent_code": parents[v.parent_uid], "evidence": v.evidence} for v in part
            ],
            "next": following,
        }
    )


@router.get(
    "/changes",
    response=answers(schemas.ChangesAnswer, 410),
    by_alias=True,
    summary="Thay đổi giữa hai ngày",
    operation_id="changes",
)
@decorate_view(of_register)
def changes(
    request: HttpRequest,
    start: str = Query(..., alias="from"),
    end: str = Query("", alias="to", description="Để trống: hôm nay."),
    after: str = AFTER,
    limit: int = LIMIT,
) -> HttpResponse:
    """Bản đồ của hai ngày khác nhau những gì."""
    days = sorted((read_date(start), asked_day(end)))
    register = queries.register()
    found = list(_changes(changes_document(register.changes(*days))))
    part, following = paging.piece(found, after, limit, register.generation)
    return unchecked(
        {
            "from": days[0].isoformat(),
            "to": days[1].isoformat(),
            "total": len(found),
            "changes": part,
            "next": following,
        }
    )


def _changes(document: Document) -> Iterator[Document]:
    for unit_born in document["born"]:
        yield {"what": "born", "before": None, "after": unit_born}
    for unit_ended in document["ended"]:
        yield {"what": "ended", "before": unit_ended, "after": None}
    for what in ("renamed", "kind_changed", "moved"):
        for pair in document[what]:
            yield {"what": what, **pair}


@router.get(
    "/organs", response=answers(schemas.OrgansAnswer), summary="Cơ quan của đơn vị", operation_id="organs"
)
@decorate_view(of_register)
def organs(request: HttpRequest, code: str = Query(...), on: str = ON) -> Document:
    """Cơ quan của đơn vị vào ngày hỏi, theo quy định; mã VN cho các bộ."""
    day, register = asked_day(on), queries.register()
    version = held(register, code, day)
    rows = queries.organs_of(version.uid, day)
    return {
        "on": day.isoformat(),
        "unit": brief(version),
        "organs": [
            {
                "kind": row.kind,
                "level": row.level,
                "name": row.name,
                "basis": row.basis,
                "evidence": row.evidence,
                "note": row.note,
            }
            for row in rows
        ],
    }
