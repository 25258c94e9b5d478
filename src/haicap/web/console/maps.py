"""Bản đồ của cửa quản trị: provinces of a day, some of them marked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from haicap.domain.units.timeline import Register
from haicap.web.common.drawings import Map, Region, draw_map

SHAPES_OF = date(2025, 6, 30)  # the shapes of the drawing are the 63 provinces of this day


def marked_provinces(register: Register, on: date, here: Collection[str]) -> Map:
    """The map of the day with the provinces `here` (uids) standing out."""
    regions = []
    for province in register.provinces(on):
        former = (
            [f.version for f in register.origins(province.uid, SHAPES_OF)] if on >= SHAPES_OF else [province]
        )
        codes = tuple(v.code for v in former if v.tier == "province")
        regions.append(Region(province.name, codes, here=province.uid in here))
    return draw_map(regions)
