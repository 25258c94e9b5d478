"""Nhập thẩm quyền: tables of powers and assertions from machines, whole or not at all; or a dry run."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from haicap.base.dates import today
from haicap.domain.powers import actions, queries
from haicap.domain.powers.formats import tables
from haicap.domain.powers.formats.problems import Problem
from haicap.domain.powers.queries import telling
from haicap.domain.units import queries as units
from haicap.web.api import powers_shapes as shapes
from haicap.web.api.clients import Client, charge, holder_of
from haicap.web.api.dossiers_calls import KEY, carried
from haicap.web.api.law_entering import CALLS_A_TABLE, DRY, SOURCE
from haicap.web.api.service import answers, unchecked
from haicap.web.api.tables import BadTable, Wrong
from haicap.web.common import clock

router = Router(tags=["Thẩm quyền"])
Document = dict[str, Any]


@router.post(
    "/assertions",
    response=answers(shapes.PowersEntered, 401, 403, 409, 413),
    summary="Nhập quy định thẩm quyền",
    operation_id="enter_powers",
)
def enter(
    request: HttpRequest,
    body: shapes.PowerTablesIn,
    source: str = SOURCE,
    dry_run: bool = DRY,
    key: str = KEY,
) -> HttpResponse:
    """Nhập trọn bảng hoặc không dòng nào; mọi dòng sai nêu trong errors. Quyền theo vị trí của người giữ khóa.

    dry_run: không ghi gì; ai sẽ có thẩm quyền, phát hiện nào sẽ mất (closed) hoặc thêm (opened). Tính là 20 lượt gọi.
    """
    client, at = holder_of(request), clock.now()
    charge(request, CALLS_A_TABLE - 1)
    outcome = _read(request.body, at)
    if dry_run:
        return unchecked(_rehearsed(outcome, client.actor, at))

    def entered(who: Client, at: datetime) -> Document:
        powers = [line for _, line in outcome.powers]
        assertions = [line for _, line in outcome.assertions]
        fresh = {p.code for p in powers} - set(queries.register().powers)
        codes = actions.enter(powers=powers, assertions=assertions, source=source, actor=who.actor, at=at)
        return {
            "dry_run": False, "powers": len(fresh), "assertions": len(codes), "codes": codes, "shifts": [],
            "closed": [], "opened": [],
        }  # fmt: skip

    return carried(request, entered, key=key)


def _read(body: bytes, at: datetime) -> tables.Outcome:
    outcome = tables.read(io.BytesIO(body), units.register(), today(at))
    if outcome.problems:
        raise BadTable(list(_wrong(outcome.problems)))
    return outcome


def _wrong(problems: Iterable[Problem]) -> Iterable[Wrong]:
    for p in problems:
        yield Wrong(p.sheet, p.line, p.column, (p.template,), p.params)


def _rehearsed(outcome: tables.Outcome, actor: str, at: datetime) -> Document:
    found = queries.rehearse(outcome.powers, outcome.assertions, actor=actor, at=at)
    if found.problems or found.run is None:
        raise BadTable(list(_wrong(found.problems)))
    return {
        "dry_run": True,
        "powers": found.new_powers,
        "assertions": found.new_assertions,
        "codes": [],
        "shifts": [telling.shift_told(shift) for shift in found.run.shifts],
        "closed": [telling.finding_told(f, f.power) for f in found.run.closed],
        "opened": [telling.finding_told(f, f.power) for f in found.run.opened],
    }
