"""Văn bản: documents of a day, their places with effect and its reasons, relations, what changed, what is owed."""

from __future__ import annotations

import io
from datetime import date
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.decorators import decorate_view
from ninja.params.functions import Query

from haicap.domain.law import numbers, places, queries
from haicap.domain.law.formats import akn, write_json, write_workbook
from haicap.domain.law.queries import telling
from haicap.domain.units import queries as units
from haicap.web.api import law_shapes as shapes
from haicap.web.api import paging
from haicap.web.api.caching import of_law
from haicap.web.api.clients import charge
from haicap.web.api.service import answers, unchecked
from haicap.web.api.units import AFTER, LIMIT, ON, asked_day, held
from haicap.web.common import clock

router = Router(tags=["Văn bản"])

Document = dict[str, Any]
CALLS_AN_EXPORT = 20
UNIT = Query("", max_length=5, description="Mã xã hoặc tỉnh: hiệu lực tại đó.")
PLACE = Query(
    "", max_length=200, description="“điều 5 khoản 1 điểm đ” hoặc art_5__para_1__point_đ; trống: cả văn bản."
)
_TYPES = {
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def unit_uid(code: str, on: date) -> str:
    """The identity of who holds a code on the day; "" for none. Refused `bad_code`, `unknown_code`."""
    return held(units.register(), code, on).uid if code.strip() else ""


def generation() -> int:
    """The state of the register as cursors carry it: documents and the map both count."""
    state = queries.corpus.state()
    parts = state if isinstance(state, tuple) else (state,)
    return sum(int(part) * 1_000_000**n for n, part in enumerate(reversed(parts)))


def place_of(text: str) -> str:
    """A place as a path or in words. Refused `bad_place`."""
    said = text.strip()
    return said if not said or places.valid(said) else places.read(said)


@router.get(
    "/documents",
    response=answers(shapes.DocumentsAnswer, 410),
    summary="Văn bản và hiệu lực vào một ngày",
    operation_id="documents",
)
@decorate_view(of_law)
def listed(
    request: HttpRequest,
    on: str = ON,
    q: str = Query("", max_length=200, description="Chữ trong số, tên, lời văn; có dấu hay không dấu."),
    number: str = Query("", max_length=80, description="Đúng số này, cách viết nào cũng được."),
    kind: str = Query("", max_length=40),
    issuer: str = Query("", max_length=40, description="Mã cơ quan ban hành, ví dụ cp."),
    owner: str = Query("", max_length=40),
    state: Literal[
        "", "not_yet", "in_force", "partly_ended", "ended", "partly_suspended", "suspended", "unknown"
    ] = "",
    unit: str = Query("", max_length=5, description="Chỉ văn bản của cơ quan đơn vị này (mã)."),
    after: str = AFTER,
    limit: int = LIMIT,
) -> HttpResponse:
    """Văn bản trong sổ, mới trước; state là trạng thái vào ngày hỏi."""
    day = asked_day(on)
    hits = queries.search(
        q, on=day, kind=kind, issuer=issuer, owner=owner, state=state, unit=unit_uid(unit, day)
    )
    found = list({hit.doc.pk: hit for hit in reversed(hits)}.values())[::-1]  # one found twice is told once
    if number.strip():
        wanted = {doc.pk for doc in queries.corpus().numbered(number)}
        found = [hit for hit in found if hit.doc.pk in wanted]
    part, following = paging.piece(found, after, limit, generation())
    rows = [telling.document_told(hit.doc, hit.state) for hit in part]
    return unchecked({"on": day.isoformat(), "total": len(found), "documents": rows, "next": following})


@router.get(
    "/documents/changes",
    response=answers(shapes.LawChangesAnswer, 410),
    by_alias=True,
    summary="Hiệu lực thay đổi giữa hai ngày",
    operation_id="law_changes",
)
@decorate_view(of_law)
def changes(
    request: HttpRequest,
    start: str = Query(..., alias="from", description="Ngày đầu, tính cả."),
    end: str = Query("", alias="to", description="Ngày cuối, tính cả; để trống: hôm nay."),
    after: str = AFTER,
    limit: int = LIMIT,
) -> HttpResponse:
    """Quy định nào bắt đầu, hết, ngưng hoặc trở lại hiệu lực, và vì sao."""
    days = sorted((asked_day(start), asked_day(end)))
    found = queries.changes(days[0], days[1])
    part, following = paging.piece(found, after, limit, generation())
    return unchecked(
        {
            "from": days[0].isoformat(), "to": days[1].isoformat(), "total": len(found),
            "changes": [telling.change_told(change) for change in part], "next": following,
        }
    )  # fmt: skip


@router.get(
    "/documents/owed", response=answers(shapes.OwedAnswer), summary="Văn bản còn nợ", operation_id="law_owed"
)
def owed(
    request: HttpRequest,
    on: str = ON,
    holder: str = Query("", max_length=40, description="Cơ quan phải ban hành."),
    state: Literal["", "open", "issued", "withdrawn"] = "open",
) -> Document:
    """Văn bản phải ban hành theo luật hoặc chỉ đạo, với số ngày quá hạn đến ngày hỏi."""
    day = asked_day(on)
    found = queries.owed(day, holder=holder, state=state)
    return {"on": day.isoformat(), "owed": [telling.owed_told(line) for line in found]}


@router.get(
    "/documents/{slug}",
    response=answers(shapes.DocumentAnswer),
    summary="Một văn bản",
    operation_id="document",
)
@decorate_view(of_law)
def one(request: HttpRequest, slug: str, on: str = ON, unit: str = UNIT) -> Document:
    """Thông tin, trạng thái vào ngày hỏi và mọi quãng hiệu lực."""
    day, doc = asked_day(on), queries.document(slug)
    uid = unit_uid(unit, day)
    return {
        "on": day.isoformat(),
        "document": telling.document_told(doc, queries.state_of(doc, day)),
        "counts_in": queries.counts_in(doc, uid, day) if uid else None,
        "effect": telling.span_told(queries.effect(doc, "", day, unit=uid)),
        "spans": [telling.span_told(span) for span in queries.spans(doc)],
    }


@router.get(
    "/documents/{slug}/provisions",
    response=answers(shapes.ProvisionsAnswer),
    summary="Các quy định của văn bản",
    operation_id="document_provisions",
)
@decorate_view(of_law)
def provisions(request: HttpRequest, slug: str, on: str = ON) -> HttpResponse:
    """Các vị trí được biết theo thứ tự, với lời văn (nếu có) và hiệu lực vào ngày hỏi."""
    day, doc = asked_day(on), queries.document(slug)
    parts = [telling.part_told(part) for part in queries.outline(doc, day)]
    return unchecked({"on": day.isoformat(), "slug": slug, "provisions": parts})


@router.get(
    "/documents/{slug}/effect",
    response=answers(shapes.EffectAnswer),
    summary="Hiệu lực của một quy định",
    operation_id="document_effect",
)
@decorate_view(of_law)
def effect(request: HttpRequest, slug: str, place: str = PLACE, on: str = ON, unit: str = UNIT) -> Document:
    """Quy định còn hiệu lực vào ngày hỏi, tại đơn vị hỏi không, và vì sao."""
    day, doc, path = asked_day(on), queries.document(slug), place_of(place)
    span = queries.effect(doc, path, day, unit=unit_uid(unit, day))
    return {
        "on": day.isoformat(),
        "slug": slug,
        "number": doc.number,
        "path": path,
        "place": places.written(path),
        "effect": telling.span_told(span),
        "spans": [telling.span_told(s) for s in queries.spans(doc, path)],
    }


@router.get(
    "/documents/{slug}/relations",
    response=answers(shapes.RelationsAnswer),
    summary="Quan hệ của văn bản",
    operation_id="document_relations",
)
@decorate_view(of_law)
def relations(request: HttpRequest, slug: str) -> HttpResponse:
    """Văn bản này làm gì với văn bản khác, và văn bản khác làm gì với nó."""
    doc, known = queries.document(slug), queries.corpus()
    return unchecked(
        {
            "slug": slug,
            "acting": [telling.tie_told(t) for t in known.acting(doc.pk)],
            "suffering": [telling.tie_told(t) for t in known.suffering(doc.pk)],
        }
    )


@router.get(
    "/documents/{slug}/eli", response=answers(dict), summary="Siêu dữ liệu ELI", operation_id="document_eli"
)
@decorate_view(of_law)
def eli(request: HttpRequest, slug: str, on: str = ON) -> HttpResponse:
    """JSON-LD theo từ vựng ELI; địa chỉ /eli/vn/… mở trang của văn bản."""
    doc, day = queries.document(slug), asked_day(on)
    response = unchecked(telling.eli_told(doc, day, base=request.build_absolute_uri("/").rstrip("/")))
    response.headers["Content-Type"] = "application/ld+json; charset=utf-8"
    return response


@router.get(
    "/documents/{slug}/akn", response={200: bytes}, summary="Akoma Ntoso", operation_id="document_akn"
)
@decorate_view(of_law)
def as_akn(
    request: HttpRequest,
    slug: str,
    on: str = Query("", description="Lời văn của ngày này; để trống: mọi bản."),
) -> HttpResponse:
    """Văn bản với các vị trí, lời văn và quan hệ, dạng Akoma Ntoso 1.0 (XML)."""
    doc, out = queries.document(slug), io.BytesIO()
    row, _ = telling.rows_about(doc)
    akn.write_akn(
        out,
        row,
        queries.tables_of(telling.around(doc)),
        made_on=clock.today(),
        on=asked_day(on) if on.strip() else None,
    )
    return _file(out, f"{slug}.xml", "application/akn+xml")


@router.post(
    "/citations",
    response=answers(shapes.CitationsAnswer, 413),
    summary="Dẫn chiếu trong một đoạn chữ",
    operation_id="citations",
)
def citations(request: HttpRequest, asked: shapes.CitationsIn) -> Document:
    """Số văn bản và vị trí tìm thấy trong đoạn chữ, với văn bản của sổ mà chúng chỉ đến."""
    return {
        "citations": [
            {
                "text": asked.text[start:end],
                "start": start,
                "end": end,
                "citation": str(citation),
                "found": [telling.named(f.doc.pk, f.path) for f in queries.resolve(citation)],
            }
            for start, end, citation in numbers.find_citations(asked.text)
        ]
    }


@router.get(
    "/export/law.{form}", response={200: bytes}, summary="Bản xuất sổ văn bản", operation_id="law_export"
)
@decorate_view(of_law)
def export(request: HttpRequest, form: Literal["json", "xlsx"]) -> HttpResponse:
    """Toàn bộ sổ: năm bảng, cùng dạng với tệp nhập. Tính là 20 lượt gọi."""
    charge(request, CALLS_AN_EXPORT - 1)
    out = io.BytesIO()
    (write_json if form == "json" else write_workbook)(out, queries.tables_of())
    return _file(out, f"law-{clock.today():%Y%m%d}.{form}", _TYPES[form])


def _file(out: io.BytesIO, name: str, media_type: str) -> HttpResponse:
    response = HttpResponse(out.getvalue(), content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
