"""Trạng thái hệ thống: what works and what does not, incidents, planned work, counts of days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router
from ninja.params.functions import Query

from haicap.base.dates import today
from haicap.domain.feedback.queries import systems
from haicap.domain.feedback.queries.systems import IncidentLine, WorkLine
from haicap.domain.feedback.uptime.states import Cause
from haicap.edges.probes import queries as probes
from haicap.web.api import systems_shapes as shapes
from haicap.web.api.service import answers, unchecked
from haicap.web.common import clock
from haicap.web.common.systems import shown

router = Router(tags=["Trạng thái hệ thống"])
_MARKS = {"late": "down", "warn": "degraded", "ok": "up", "calm": "unknown"}


@router.get(
    "/systems",
    response=answers(shapes.SystemsAnswer),
    summary="Trạng thái các hệ thống lúc này",
    operation_id="systems",
    url_name="systems",
)
def listed(request: HttpRequest) -> HttpResponse:
    """Như trang /trang-thai/: mọi hệ thống, sự cố đang mở và đã khép trong 90 ngày, bảo trì báo trước."""
    at = clock.now()
    found = systems.incidents(since=at - systems.HISTORY, limit=500)
    document = {
        "at": at.isoformat(),
        "systems": [_system(line, at) for line in shown.board(at)],
        "incidents": [_incident(line) for line in found if line.cause is not Cause.CERTIFICATE],
        "planned": [_work(work) for work in systems.works(at)],
    }
    return unchecked(document)


@router.get(
    "/systems/{code}/days",
    response=answers(shapes.DaysAnswer),
    summary="Số lần thăm dò từng ngày",
    operation_id="system_days",
)
def days(
    request: HttpRequest,
    code: str,
    days: int = Query(90, ge=1, le=400, description="Bao nhiêu ngày, kể cả hôm nay."),
) -> HttpResponse:
    """Mỗi ngày: số lần đạt, số lần không đạt, thời gian trả lời trung bình và lâu nhất (ms)."""
    line = systems.system(code[:40])
    until = today(clock.now())
    counts = probes.days([line.code], since=until - timedelta(days=days - 1), until=until).get(line.code, [])
    rows = [
        {"on": str(c.on), "good": c.good, "failed": c.failed, "ms": c.ms, "slowest": c.slowest}
        for c in counts
    ]
    return unchecked({"system": line.code, "days": rows})


def _system(line: shown.Line, at: Any) -> dict[str, Any]:
    working = any(work.since_at <= at for work in line.works)
    return {
        "code": line.system.code, "name": line.system.name, "name_en": line.system.name_en, "kind": line.system.kind.value,
        "owner": line.system.owner, "unit": line.system.unit_uid, "address": line.system.address,
        "evidence": line.system.evidence, "state": "maintenance" if working else _MARKS[line.tone],
        "since": line.since.isoformat() if line.since else None,
        "probed_at": line.probed.last_at.isoformat() if line.probed and line.probed.last_at else None,
        "share": None if line.share is None else round(line.share / 100, 6),
    }  # fmt: skip


def _incident(line: IncidentLine) -> dict[str, Any]:
    return {
        "code": line.code, "system": line.system, "cause": line.cause.value, "impact": line.impact.value,
        "why": line.why, "text": line.text, "state": line.state.value, "opened_at": line.opened_at.isoformat(),
        "acknowledged_at": line.acknowledged_at.isoformat() if line.acknowledged_at else None,
        "resolved_at": line.resolved_at.isoformat() if line.resolved_at else None, "reopened": line.reopened,
        "write_up": line.write_up,
    }  # fmt: skip


def _work(work: WorkLine) -> dict[str, Any]:
    span = {"since": work.since_at.isoformat(), "until": work.until_at.isoformat()}
    return {"system": work.system, **span, "text": work.text}
