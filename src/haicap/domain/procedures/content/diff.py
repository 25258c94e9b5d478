"""So sánh hai phiên bản: what differs, section by section, side by side."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Document = Mapping[str, Any]
_NAMES = ("key", "code", "act", "organ")  # what tells an item of a list from its neighbours


class Change(StrEnum):
    """Khác thế nào."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"  # the same, elsewhere in its list


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that differs.

    section        first step of the path ("papers")
    path           where: "papers[giay_chung_sinh].originals"; items of lists by their key when they have one
    before, after  the values as written; None where there is nothing
    """

    section: str
    path: str
    change: Change
    before: Any
    after: Any


def diff(before: Document, after: Document) -> tuple[Difference, ...]:
    """Differences of two documents, in the order of sections, then of places. Equal documents: none."""
    found: list[Difference] = []
    for section in dict.fromkeys((*before, *after)):
        _compare(found, section, section, before.get(section), after.get(section))
    return tuple(found)


def _compare(found: list[Difference], section: str, path: str, before: Any, after: Any) -> None:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys((*before, *after)):
            _compare(found, section, f"{path}.{key}", before.get(key), after.get(key))
    elif isinstance(before, list) and isinstance(after, list):
        _compare_lists(found, section, path, before, after)
    elif before is None:
        found.append(Difference(section, path, Change.ADDED, None, after))
    elif after is None:
        found.append(Difference(section, path, Change.REMOVED, before, None))
    else:
        found.append(Difference(section, path, Change.CHANGED, before, after))


def _compare_lists(
    found: list[Difference], section: str, path: str, before: Sequence[Any], after: Sequence[Any]
) -> None:
    old, new = _named(before), _named(after)
    for name in dict.fromkeys((*old, *new)):
        _compare(found, section, f"{path}[{name}]", old.get(name), new.get(name))
    kept_before = [name for name in old if name in new]
    kept_after = [name for name in new if name in old]
    if kept_before != kept_after:
        found.append(Difference(section, path, Change.MOVED, kept_before, kept_after))


def _named(items: Sequence[Any]) -> dict[str, Any]:
    """Items by name: their key when they have one, otherwise what they say; equal ones numbered."""
    named: dict[str, Any] = {}
    for item in items:
        name = base = _name(item)
        n = 1
        while name in named:
            n += 1
            name = f"{base}#{n}"
        named[name] = item
    return named


def _name(item: Any) -> str:
    if isinstance(item, Mapping):
        for key in _NAMES:
            if item.get(key):
                return str(item[key])
        return str(item.get("channel") or "") + (f" {item['case']}" if item.get("case") else "") or "*"
    return item if isinstance(item, str) else json.dumps(item, ensure_ascii=False, sort_keys=True)
