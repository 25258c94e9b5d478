"""Bản đồ: provinces of a day as regions of the drawing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from datetime import date

from haicap.domain.units.timeline import Register, Version
from haicap.web.common.drawings import Map, Region, draw_map
from haicap.web.common.drawings.provinces import level
from haicap.web.common.memo import Memo

BEFORE_REFORM = date(2025, 6, 30)
_CODES: Memo[dict[str, tuple[str, ...]]] = Memo()


def former_codes(register: Register, on: date) -> dict[str, tuple[str, ...]]:
    """uid of each province on the day → codes of the provinces of 30/06/2025 whose land it has."""
    return _CODES.get(register, on, lambda: _former_codes(register, on))


def _former_codes(register: Register, on: date) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = defaultdict(list)
    for former in register.provinces(BEFORE_REFORM):
        if register.version(former.uid, on):
            found[former.uid].append(former.code)
            continue
        for fate in register.became(former.uid, on) or register.origins(former.uid, on):
            if fate.version.tier == "province":
                found[fate.version.uid].append(former.code)
    return {uid: tuple(codes) for uid, codes in found.items()}


def province_map(
    register: Register,
    on: date,
    *,
    here: Collection[str] = (),
    values: Mapping[str, float] | None = None,
    notes: Mapping[str, str] | None = None,
    href: Callable[[Version], str] = lambda province: "",
) -> Map:
    """The map of the day. here: uids to stand out; values: uid → figure that shades it; notes: uid → tooltip."""
    codes = former_codes(register, on)
    values, notes = values or {}, notes or {}
    most = max(values.values(), default=0)
    return draw_map(
        Region(
            province.name,
            codes.get(province.uid, ()),
            href(province),
            level(values.get(province.uid, 0), most),
            province.uid in here,
            notes.get(province.uid, ""),
        )
        for province in register.provinces(on)
    )
