"""Nhập văn bản: tables of documents, places, texts and relations from machines, whole or not at all; or a dry run."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja.params.functions import Query

from haicap.domain.law import actions, queries
from haicap.domain.law.formats import Outcome, Problem, Tables, read_tables
from haicap.domain.law.queries import telling
from haicap.web.api import law
from haicap.web.api import law_shapes as shapes
from haicap.web.api.clients import Client, charge, holder_of
from haicap.web.api.dossiers_calls import KEY, carried
from haicap.web.api.service import answers, unchecked
from haicap.web.api.tables import BadTable, Wrong

router = law.router  # a path belongs to one router
Document = dict[str, Any]
CALLS_A_TABLE = 20
SOURCE = Query("API", max_length=120, description="Nơi bảng đến từ đó, cho sổ ghi.")
DRY = Query(False, description="true: chỉ xem bảng sẽ thêm và đổi gì.")


@router.post(
    "/documents",
    response=answers(shapes.LawEntered, 401, 403, 409, 413),
    summary="Nhập văn bản",
    operation_id="enter_law",
)
def enter(
    request: HttpRequest, body: shapes.LawTablesIn, source: str = SOURCE, dry_run: bool = DRY, key: str = KEY
) -> HttpResponse:
    """Nhập trọn bảng hoặc không dòng nào; mọi dòng sai nêu trong errors. Quyền theo vị trí của người giữ khóa.

    dry_run: không ghi gì; hiệu lực nào của văn bản đã có sẽ thêm (gained) hoặc mất (lost). Tính là 20 lượt gọi.
    """
    holder_of(request)
    charge(request, CALLS_A_TABLE - 1)
    tables = _looked_through(request.body)
    trial = _trial(tables)
    if dry_run:
        return unchecked({"dry_run": True, **trial})

    def entered(who: Client, at: datetime) -> Document:
        actions.enter(tables=tables, source=source, actor=who.actor, at=at)
        return {"dry_run": False, **trial}

    return carried(request, entered, key=key)


def _looked_through(body: bytes) -> Tables:
    """The rows of a body. Refused as `read_tables`, and BadTable with every wrong row."""
    outcome: Outcome = read_tables(io.BytesIO(body))
    problems = queries.look_through(outcome)
    if problems:
        raise BadTable(list(_wrong(problems)))
    return outcome.tables


def _wrong(problems: Iterable[Problem]) -> Iterable[Wrong]:
    for p in problems:
        yield Wrong(p.sheet, p.row, p.column, (p.sentence, p.repair), p.params)


def _trial(tables: Tables) -> Document:
    found = queries.would(tables)
    return {
        "counts": dict(found.counts),
        "new": [row.number for row in found.new],
        "gained": [telling.change_told(c) for c in found.gained],
        "lost": [telling.change_told(c) for c in found.lost],
    }
