"""Dữ kiện giúp tìm: essential services, life events, other words for things, as packaged."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class Essential:
    """Dịch vụ công thiết yếu (Decision 06/QĐ-TTg of 2022): codes in the catalogue, none when it has no code."""

    number: int
    name: str
    codes: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class LifeEventRow:
    """A life event as packaged."""

    key: str
    name: str
    name_en: str
    codes: tuple[str, ...]


def _rows(name: str) -> list[dict[str, str]]:
    path = resources.files("haicap.domain.procedures") / "data" / name
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def _codes(text: str) -> tuple[str, ...]:
    return tuple(code for code in text.split("|") if code)


def essential_services() -> tuple[Essential, ...]:
    """The 25, in their order; a service with several procedures has a row for each in the file."""
    found: dict[int, Essential] = {}
    for r in _rows("essential.csv"):
        number, codes = int(r["number"]), _codes(r["code"])
        before = found.get(number, Essential(number, r["name"], (), ""))
        note = " ".join(dict.fromkeys(n for n in (before.note, r["note"]) if n))
        found[number] = Essential(number, before.name, tuple(dict.fromkeys(before.codes + codes)), note)
    return tuple(found[number] for number in sorted(found))


def packaged_life_events() -> tuple[LifeEventRow, ...]:
    """Life events of ours."""
    return tuple(
        LifeEventRow(r["key"], r["name"], r["name_en"], _codes(r["codes"])) for r in _rows("life_events.csv")
    )


def packaged_synonyms() -> tuple[tuple[str, str], ...]:
    """(what people say, what the record says)."""
    return tuple((r["said"], r["meant"]) for r in _rows("synonyms.csv"))
