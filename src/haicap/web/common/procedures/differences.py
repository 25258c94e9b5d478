"""So sánh cạnh nhau: differences of two records as sections with a before and an after."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language, gettext

from haicap.domain.procedures.content import Difference
from haicap.web.common.procedures import words


@dataclass(frozen=True, slots=True)
class Line:
    """One place that differs: where inside its section, how, and both values as lines of text."""

    place: str
    change: str
    word: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the record with what differs in it."""

    key: str
    title: str
    lines: tuple[Line, ...]


def side_by_side(found: Iterable[Difference]) -> tuple[Section, ...]:
    """Sections in the order of the differences."""
    by: dict[str, list[Line]] = {}
    for one in found:
        by.setdefault(one.section, []).append(_line(one))
    return tuple(Section(key, words.said(words.SECTIONS, key), tuple(lines)) for key, lines in by.items())


def _line(one: Difference) -> Line:
    place = one.path.removeprefix(one.section).lstrip(".")
    return Line(
        place, one.change, words.said(words.CHANGES, one.change), tuple(lines(one.before)), tuple(lines(one.after))
    )  # fmt: skip


def lines(value: Any) -> list[str]:
    """A JSON value as lines people can read; nothing for nothing."""
    match value:
        case None:
            return []
        case bool():
            return [gettext("có") if value else gettext("không")]
        case str() | int() | float():
            return [str(value)]
        case Mapping() if set(value) <= {"vi", "en"}:
            return [str((value.get("en") if get_language() == "en" else "") or value.get("vi", ""))]
        case Mapping():
            return [f"{key}: {', '.join(lines(item))}" for key, item in value.items()]
        case list():
            return [", ".join(lines(item)) for item in value]
    return [json.dumps(value, ensure_ascii=False)]
