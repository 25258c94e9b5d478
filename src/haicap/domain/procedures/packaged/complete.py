"""Thủ tục đầy đủ: the packaged procedures that can be filed end to end (format: data/complete/README.md)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from typing import Any


class Group(StrEnum):
    """Nhóm việc: what the packaged procedures must cover."""

    CERTIFICATION = "certification"  # chứng thực
    CIVIL_STATUS = "civil_status"  # hộ tịch
    RESIDENCE = "residence"  # cư trú
    SOCIAL_PROTECTION = "social_protection"  # bảo trợ xã hội
    BUSINESS_HOUSEHOLD = "business_household"  # hộ kinh doanh
    CONSTRUCTION = "construction"  # giấy phép xây dựng
    LAND = "land"  # đất đai
    ESSENTIAL = "essential"  # dịch vụ công thiết yếu
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Complete:
    """One file: sections that replace those of the catalogue's row."""

    code: str
    groups: tuple[Group, ...]
    content: dict[str, Any]


def read_complete() -> dict[str, Complete]:
    """All packaged files by code. ValueError names a file that is not of the form: a fault of the package."""
    return {one.code: one for one in _files()}


def _files() -> Iterator[Complete]:
    folder = resources.files("haicap.domain.procedures") / "data" / "complete"
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.endswith(".json"):
            yield _one(path.name, json.loads(path.read_text(encoding="utf-8")))


def _one(name: str, document: Any) -> Complete:
    if not isinstance(document, dict) or set(document) != {"code", "groups", "content"}:
        raise ValueError(f"{name}: needs exactly code, groups, content")
    if name != f"{document['code']}.json":
        raise ValueError(f"{name}: holds {document['code']}")
    return Complete(document["code"], tuple(Group(g) for g in document["groups"]), document["content"])
