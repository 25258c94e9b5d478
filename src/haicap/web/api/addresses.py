"""Địa chỉ: one address, or up to a thousand in one call."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router

from haicap.domain.units import queries
from haicap.domain.units.formats import answer_document
from haicap.web.api import schemas
from haicap.web.api.clients import charge
from haicap.web.api.service import answers, unchecked
from haicap.web.api.units import asked_day

router = Router(tags=["Địa chỉ"])
ADDRESSES_A_CALL = 100  # of a bulk call that count as one call


@router.post(
    "/convert",
    response=answers(schemas.AddressAnswer, 413),
    summary="Chuyển đổi một địa chỉ",
    operation_id="convert",
)
def convert(request: HttpRequest, asked: schemas.AddressIn) -> dict[str, Any]:
    """Địa chỉ cũ hoặc mới → đơn vị vào ngày hỏi. Hệ thống không đoán: nhiều khả năng thì trả về mọi khả năng."""
    day = asked_day(asked.on)
    return {"on": day.isoformat(), **answer_document(queries.convert_address(asked.address, on=day))}


@router.post(
    "/convert/bulk",
    response=answers(schemas.AddressesAnswer, 413),
    summary="Chuyển đổi nhiều địa chỉ",
    operation_id="convert_bulk",
)
def convert_bulk(request: HttpRequest, asked: schemas.AddressesIn) -> HttpResponse:
    """Tối đa 1.000 địa chỉ trong một lần gọi, trả lời cùng thứ tự; mỗi 100 địa chỉ tính là một lượt gọi."""
    day = asked_day(asked.on)
    charge(request, len(asked.addresses) // ADDRESSES_A_CALL)
    engine = queries.gazetteer()
    found = [answer_document(engine.convert(text, on=day)) for text in asked.addresses]
    return unchecked({"on": day.isoformat(), "answers": found})
