"""Thứ tự của bảng: asked by `?xep=ten` or `?xep=-ten`; only known columns count."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import HttpRequest

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sorting:
    """Column and direction."""

    key: str
    descending: bool = False


def asked(request: HttpRequest, keys: Iterable[str], default: str) -> Sorting:
    """The asked order when its column is known, else the default one."""
    text = request.GET.get("xep", "")
    key = text.removeprefix("-")
    return Sorting(key, text.startswith("-")) if key in set(keys) else Sorting(default)


def in_order(rows: Iterable[T], sorting: Sorting, by: Mapping[str, Callable[[T], Any]]) -> list[T]:
    """Rows in the asked order; equal ones keep theirs."""
    return sorted(rows, key=by[sorting.key], reverse=sorting.descending)
