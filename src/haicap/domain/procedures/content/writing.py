"""Ghi nội dung: a content back as a JSON document; reading it again gives an equal content."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from haicap.domain.deadlines.reckoning import Limit, LimitUnit
from haicap.domain.procedures.content.conditions import Condition
from haicap.domain.procedures.content.form import Group
from haicap.domain.procedures.content.limits import limit_value
from haicap.domain.procedures.content.whole import Content
from haicap.domain.procedures.content.words import Words

Document = dict[str, Any]
_ALWAYS_WRITTEN = frozenset({"evidence"})


def written(content: Content) -> Document:
    """The document of a content: what is empty or left at its default is left out."""
    return _object(content)


def _object(value: Any) -> Document:
    found: Document = {}
    for field in fields(value):
        item = getattr(value, field.name)
        if item == field.default and field.name not in _ALWAYS_WRITTEN:
            continue
        document = _value(item)
        if document not in ({}, [], None):
            found[field.name] = document
    if isinstance(value, Group):
        found["type"] = "group"
    return found


def _value(item: Any) -> Any:
    match item:
        case StrEnum():
            return item.value
        case Condition():
            return item.written
        case Limit():
            return _limit(item)
        case Words():
            return {"vi": item.vi, "en": item.en} if item.en else ({"vi": item.vi} if item.vi else None)
        case Decimal():
            return format(item.normalize(), "f")
        case tuple():
            return [_value(one) for one in item]
    return _object(item) if is_dataclass(item) else item


def _limit(limit: Limit) -> Document:
    if limit.unit is LimitUnit.SAME_DAY:
        return {"unit": limit.unit.value}
    return {"value": limit_value(limit), "unit": limit.unit.value}
