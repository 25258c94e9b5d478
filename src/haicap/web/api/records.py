"""Dòng thay đổi, bản xuất, sức khỏe: what machines follow and copy."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, Literal

from django.http import FileResponse, HttpRequest
from django.utils import translation
from django.utils.translation import gettext
from ninja import Router
from ninja.decorators import decorate_view
from ninja.params.functions import Query

from haicap.domain.guidance import events as guidance
from haicap.domain.law import events as law
from haicap.domain.powers import events as powers
from haicap.domain.procedures import events as procedures
from haicap.domain.units import events, queries
from haicap.domain.units.formats import write_export
from haicap.kernel.ledger.kinds import kind
from haicap.kernel.ledger.queries import Recorded, feed
from haicap.web.api import schemas
from haicap.web.api.caching import of_register
from haicap.web.api.problems import language_of
from haicap.web.api.service import answers
from haicap.web.api.units import ON, asked_day
from haicap.web.common.context import product_version

router = Router(tags=["Dữ liệu"])

# What everybody may know: changes of the registers of units, documents and powers and of the catalogue of procedures.
# Drafts, lists, posts of officers, reported problems and surveys stay inside.
PUBLIC = (
    events.REGISTER_LOADED.name,
    events.ACT_ENACTED.name,
    events.ACT_CORRECTED.name,
    procedures.CATALOGUE_LOADED.name,
    procedures.VERSION_PUBLISHED.name,
    procedures.VERSION_REPLACED.name,
    procedures.VERSION_REPEALED.name,
    guidance.LOADED.name,
    guidance.PUBLISHED.name,
    guidance.WITHDRAWN.name,
    law.LOADED.name,
    law.ENTERED.name,
    law.DOCUMENT_CORRECTED.name,
    law.RELATION_WITHDRAWN.name,
    law.OWED_SETTLED.name,
    law.OWED_WITHDRAWN.name,
    law.OWED_REOPENED.name,
    powers.LOADED.name,
    powers.ENTERED.name,
    powers.CORRECTED.name,
    powers.WITHDRAWN.name,
    powers.CHECKED.name,
    powers.CASE_DECIDED.name,
    powers.CASE_REOPENED.name,
)
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "sqlite": "application/vnd.sqlite3",
}


@router.get("/feed", response=answers(schemas.FeedAnswer, 410), summary="Dòng thay đổi", operation_id="feed")
def changes_feed(
    request: HttpRequest,
    after: str = Query("", description="Con trỏ (cursor) của lần đọc trước; để trống: từ đầu."),
    limit: int = Query(100, ge=1, le=1000),
) -> dict[str, Any]:
    """Sự kiện của sổ đăng ký theo thứ tự ghi, không sót, không trùng. Lưu cursor lại và đọc tiếp từ đó.

    Lỗi 410 `feed_restarted` nghĩa là dữ liệu đã được khôi phục nơi khác: đọc lại từ đầu.
    """
    page = feed(after=after, kinds=PUBLIC, limit=limit)
    with translation.override(language_of(request)):
        found = [_event(e) for e in page.events]
    return {"events": found, "cursor": page.cursor, "more": page.more}


def _event(event: Recorded) -> dict[str, Any]:
    return {
        "kind": event.kind,
        "sentence": gettext(kind(event.kind).sentence) % event.data,
        "at": event.at.isoformat(),
        "recorded_at": event.recorded_at.isoformat(),
        "stream": event.stream,
        "seq": event.seq,
        "hash": event.hash.hex(),
        "data": event.data,
    }


@router.get("/export.{form}", response={200: bytes}, summary="Bản xuất toàn bộ", operation_id="export")
@decorate_view(of_register)
def export(request: HttpRequest, form: Literal["csv", "json", "sqlite"], on: str = ON) -> FileResponse:
    """Toàn bộ sổ đăng ký theo thời gian, hoặc với `on` chỉ các đơn vị có hiệu lực ngày đó.

    csv: bảng đơn vị; json và sqlite: đơn vị, quan hệ kế thừa, tên cũ. ETag mang số đời của sổ đăng ký.
    """
    if not on.strip():
        prepared = queries.prepared_export(form)
        return _file(prepared.path, form, f"units-{prepared.generation}.{form}")
    day = asked_day(on)
    generation = queries.register().generation
    with tempfile.TemporaryDirectory(prefix="haicap-export-") as folder:
        path = Path(folder) / f"units.{form}"
        facts = {"generation": str(generation), "on": day.isoformat()}
        write_export(form, path, queries.export_tables(day), facts)
        return _file(path, form, f"units-{day:%Y%m%d}.{form}")  # stays readable after its name is gone


def _file(path: Path, form: str, name: str) -> FileResponse:
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=MEDIA_TYPES[form])


@router.get("/health", response=answers(schemas.HealthAnswer), summary="Sức khỏe", operation_id="health")
def health(request: HttpRequest) -> dict[str, Any]:
    """Trả lời được, với sổ đăng ký đời nào."""
    return {"status": "ok", "version": product_version(), "generation": queries.register().generation}
