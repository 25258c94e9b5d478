"""Từ sổ đăng ký tới trang: rows and drawings of the unit pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext

from haicap.base.dates import show_date
from haicap.base.text import fold
from haicap.domain.units.timeline import HORIZON, Register, Version
from haicap.web.common.drawings import Life, Stage, draw_life
from haicap.web.common.maps import province_map
from haicap.web.common.memo import Memo
from haicap.web.portal.links import leading, unit_href, version_day, version_href
from haicap.web.portal.units import lineage

TIERS = ("province", "district", "commune")


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """A province in the table of provinces."""

    version: Version
    href: str
    communes: int
    wards: int
    districts: int


@dataclass(frozen=True, slots=True)
class Holder:
    """A version of a unit that held a code, with the full name on a day of it."""

    version: Version
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the breadcrumbs or of a list."""

    version: Version
    href: str
    above: str = ""


PROVINCE_ORDERS: Mapping[str, Callable[[ProvinceRow], Any]] = {
    "ten": lambda row: row.version.sort_key,
    "ma": lambda row: row.version.code,
    "xa": lambda row: row.communes,
    "phuong": lambda row: row.wards,
}


_ROWS: Memo[list[ProvinceRow]] = Memo()
_COUNTS: Memo[dict[str, dict[str, int]]] = Memo()
_NAMES: Memo[list[tuple[int, str, str, Version]]] = Memo(4)


def counts(register: Register, on: date) -> dict[str, dict[str, int]]:
    """How many units of each tier and kind there are on the day."""
    return _COUNTS.get(register, on, lambda: register.counts(on))


def province_rows(register: Register, on: date, today: date) -> list[ProvinceRow]:
    """Provinces of the day with how many communes they have (links in the language of the page)."""
    return _ROWS.get(register, (on, today, get_language()), lambda: _province_rows(register, on, today))


def _province_rows(register: Register, on: date, today: date) -> list[ProvinceRow]:
    rows = []
    for province in register.provinces(on):
        districts = register.children(province.uid, on, "district")
        communes = list(register.children(province.uid, on, "commune"))
        for district in districts:
            communes += register.children(district.uid, on, "commune")
        wards = sum(c.kind == "phường" for c in communes)
        href = unit_href(province.code, on, today)
        rows.append(ProvinceRow(province, href, len(communes), wards, len(districts)))
    return rows


def _folded(register: Register, on: date) -> list[tuple[int, str, str, Version]]:
    return [
        (number, fold(version.name), fold(version.short_name), version)
        for number, tier in enumerate(TIERS)
        for version in register.state(on, tier)
    ]


def search(register: Register, folded: str, on: date, today: date) -> list[Step]:
    """Units of the day whose name contains the folded text; names that begin with it first."""
    names = _NAMES.get(register, on, lambda: _folded(register, on))
    found = [
        ((not short.startswith(folded), number, version.sort_key), version)
        for number, name, short, version in names
        if folded in name or folded == version.code
    ]
    found.sort(key=lambda pair: pair[0])
    return [Step(version, unit_href(version.code, on, today)) for _, version in found]


def with_above(register: Register, steps: Iterable[Step], on: date) -> list[Step]:
    """The steps with the names of the units above them, for those that are shown."""
    return [
        replace(step, above=", ".join(v.name for v in register.path(step.version.uid, on)[1:]))
        for step in steps
    ]


def holder(register: Register, version: Version, today: date) -> Holder:
    """A version with its full name."""
    title = register.title(version.uid, version_day(version, today))
    return Holder(version, title, version_href(version, today))


def _life(register: Register, version: Version, on: date) -> Life:
    stages = []
    for v in register.versions(version.uid):
        since = (
            gettext("từ %(day)s") % {"day": show_date(v.span.start)}
            if v.span.start
            else gettext("trước 2019")
        )
        if v.span.end:
            since += " " + gettext("đến hết ngày trước %(day)s") % {"day": show_date(v.span.end)}
        day = v.span.start or HORIZON
        above = register.path(v.uid, day)[1:2]
        parent = above[0].name if above else ""
        stages.append(Stage(since, v.name, parent, on in v.span, v.span.end is not None))
    return draw_life(stages)


def _children(register: Register, version: Version, on: date, today: date) -> list[Step]:
    return [Step(v, unit_href(v.code, on, today)) for v in register.children(version.uid, on)]


def unit_values(register: Register, version: Version, on: date, today: date) -> dict[str, object]:
    """What the unit page shows from the register."""
    path = register.path(version.uid, on)
    tree = register.lineage(version.uid)
    children = _children(register, version, on, today)
    kinds: dict[str, int] = {}
    for child in children:
        kinds[child.version.kind] = kinds.get(child.version.kind, 0) + 1
    mapped = version.tier == "province"
    return {
        "map": province_map(register, on, href=leading(on, today), here={version.uid}) if mapped else None,
        "unit": version,
        "title": register.title(version.uid, on),
        "above": [Step(v, unit_href(v.code, on, today)) for v in path[1:]],
        "versions": register.versions(version.uid),
        "life": _life(register, version, on),
        "flow": lineage.flow(register, tree, version.uid, on, today),
        "lines": lineage.lines(register, tree, today),
        "children": children,
        "child_kinds": sorted(kinds.items()),
    }
