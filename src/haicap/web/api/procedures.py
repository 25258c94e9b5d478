"""Thủ tục hành chính: the catalogue as of a day, one record, its versions and what differs, the whole export."""

from __future__ import annotations

from typing import Any, Literal

from django.http import FileResponse, HttpRequest, HttpResponse
from ninja import Router
from ninja.decorators import decorate_view
from ninja.params.functions import Query

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.procedures import queries
from haicap.domain.procedures.catalogue import Asked, Entry
from haicap.domain.procedures.content import diff
from haicap.domain.units import queries as units
from haicap.web.api import paging
from haicap.web.api import procedure_shapes as shapes
from haicap.web.api.caching import of_catalogue
from haicap.web.api.service import answers, unchecked
from haicap.web.api.units import AFTER, LIMIT, ON, asked_day, held

router = Router(tags=["Thủ tục"])

Document = dict[str, Any]
LONGEST = 200
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _brief(entry: Entry) -> Document:
    decision = {
        "number": entry.decision,
        "on": entry.decision_on.isoformat() if entry.decision_on else None,
        "organ": entry.decision_organ,
        "kind": entry.decision_kind,
    }
    return {
        "code": entry.code,
        "name": entry.name,
        "field": entry.field,
        "levels": list(entry.levels),
        "subjects": list(entry.subjects),
        "online": entry.online.value,
        "known_limit": entry.known_limit,
        "complete": entry.complete,
        "valid_from": entry.span.start.isoformat() if entry.span.start else None,
        "valid_to": entry.span.end.isoformat() if entry.span.end else None,
        "state": entry.state,
        "decision": decision if entry.decision else None,
        "origin": entry.origin,
        "evidence": entry.evidence.value,
        "confidence": entry.confidence.value if entry.confidence else None,
        "replaced_by": entry.replaced_by or None,
    }


@router.get(
    "/procedures",
    response=answers(shapes.ProceduresAnswer, 410),
    summary="Danh mục thủ tục vào một ngày",
    operation_id="procedures",
)
@decorate_view(of_catalogue)
def listed(
    request: HttpRequest,
    on: str = ON,
    q: str = Query("", max_length=LONGEST, description="Chữ cần tìm, có dấu hay không dấu, hoặc mã."),
    field: str = Query(
        "", max_length=LONGEST, description="Lĩnh vực, viết đúng như trong /procedure-facets."
    ),
    level: Literal["", "ministry", "province", "commune", "other"] = "",
    life_event: str = Query("", max_length=60, description="Khóa sự kiện đời sống."),
    subject: str = Query("", max_length=60, description="Đối tượng, ví dụ citizen."),
    online: Literal["", "full", "partial", "none", "unknown"] = "",
    complete: bool | None = None,
    after: str = AFTER,
    limit: int = LIMIT,
) -> HttpResponse:
    """Thủ tục áp dụng vào ngày hỏi: theo mức phù hợp khi có q, nếu không theo tên."""
    day = asked_day(on)
    found = queries.search(Asked(q, field, level, life_event, subject, online, complete), day)
    part, following = paging.piece(found.hits, after, limit, queries.catalogue().generation)
    document = {
        "on": day.isoformat(),
        "total": found.total,
        "procedures": [_brief(hit.entry) for hit in part],
        "next": following,
    }
    return unchecked(document)


@router.get(
    "/procedure-facets",
    response=answers(shapes.FacetsAnswer),
    summary="Lĩnh vực, sự kiện đời sống, dịch vụ thiết yếu",
    operation_id="procedure_facets",
)
@decorate_view(of_catalogue)
def facets(request: HttpRequest, on: str = ON) -> Document:
    """Các cách chia danh mục vào ngày hỏi, với số thủ tục."""
    day, known = asked_day(on), queries.catalogue()
    return {
        "on": day.isoformat(),
        "total": len(known.in_force(day)),
        "fields": [{"field": name, "procedures": n} for name, n in known.fields(day).items()],
        "life_events": [
            {"key": e.key, "name": e.name, "name_en": e.name_en, "codes": list(e.codes)}
            for e in known.life_events
        ],
        "essential": [
            {
                "number": row.service.number,
                "name": row.service.name,
                "codes": [entry.code for entry in row.entries],
                "note": row.service.note,
            }
            for row in queries.essential(day)
        ],
    }


@router.get(
    "/procedures/{code}",
    response=answers(shapes.RecordAnswer),
    summary="Bản ghi của một thủ tục",
    operation_id="procedure",
)
@decorate_view(of_catalogue)
def one(
    request: HttpRequest,
    code: str,
    on: str = ON,
    unit: str = Query(
        "", max_length=5, description="Mã xã hoặc tỉnh: bản của tỉnh đó và cơ quan giải quyết ở đó."
    ),
) -> Document:
    """Bản ghi áp dụng vào ngày hỏi, cả nội dung."""
    day = asked_day(on)
    if not unit.strip():
        return _record(queries.record(code, day), day.isoformat(), [])
    register = units.register()
    version = held(register, unit, day)
    province = register.province_of(version.uid, day)
    record = queries.record(code, day, province=province.uid if province else "")
    organs = queries.competent_organs(record, version.uid, day)
    competent = [{"name": o.name, "kind": o.organ.kind if o.organ else None} for o in organs]
    return _record(record, day.isoformat(), competent)


def _record(record: queries.Record, on: str, competent: list[Document]) -> Document:
    return {
        "on": on,
        "code": record.code,
        "procedure": _brief(record.entry),
        "local": record.instance is not None,
        "competent": competent,
        "content": dict(record.document),
    }


@router.get(
    "/procedures/{code}/versions",
    response=answers(shapes.VersionsAnswer),
    summary="Các phiên bản của một thủ tục",
    operation_id="procedure_versions",
)
@decorate_view(of_catalogue)
def versions(request: HttpRequest, code: str) -> Document:
    """Mọi phiên bản đã, đang hoặc sẽ áp dụng."""
    found = queries.history(code)
    if not found:
        raise Refused(
            "not_found", gettext_noop("Danh mục không có thủ tục mã %(code)s."), params={"code": code[:20]}
        )
    return {"code": code, "versions": [_brief(entry) for entry in found]}


@router.get(
    "/procedures/{code}/diff",
    response=answers(shapes.DiffAnswer),
    summary="Hai ngày của một thủ tục khác nhau những gì",
    operation_id="procedure_diff",
)
@decorate_view(of_catalogue)
def differences(
    request: HttpRequest,
    code: str,
    before: str = Query(..., description="Ngày của bản trước."),
    after: str = Query("", description="Ngày của bản sau; để trống: hôm nay."),
) -> Document:
    """Từng chỗ khác nhau giữa bản của hai ngày, theo đường dẫn trong nội dung."""
    days = asked_day(before), asked_day(after)
    old, new = (queries.record(code, day) for day in days)
    found = diff(_whole(old), _whole(new))
    return {
        "code": code,
        "before": days[0].isoformat(),
        "after": days[1].isoformat(),
        "differences": [
            {"section": d.section, "path": d.path, "change": d.change.value, "before": d.before, "after": d.after}
            for d in found
        ],
    }  # fmt: skip


def _whole(record: queries.Record) -> Document:
    return {"name": record.entry.name, "field": record.entry.field, **record.document}


@router.get(
    "/export/procedures.{form}",
    response={200: bytes},
    summary="Bản xuất toàn bộ danh mục",
    operation_id="procedures_export",
)
@decorate_view(of_catalogue)
def export(request: HttpRequest, form: Literal["csv", "json", "xlsx"]) -> FileResponse:
    """Mọi phiên bản qua thời gian. json: bản ghi đầy đủ; csv, xlsx: mỗi phiên bản một dòng."""
    prepared = queries.prepared_export(form)
    name = f"procedures-{prepared.generation}.{form}"
    return FileResponse(
        prepared.path.open("rb"), as_attachment=True, filename=name, content_type=MEDIA_TYPES[form]
    )
