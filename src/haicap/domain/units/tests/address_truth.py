"""What the contract says about an address made of known parts, worked out from the packaged rows by brute force.

Nothing here uses the engine: names are compared whole, lineage is followed edge by edge.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from datetime import date
from functools import cache, lru_cache
from typing import NamedTuple

from haicap.domain.units.timeline.rows import VersionRow, read_packaged

TODAY = date(2026, 11, 22)
LAST_OLD = date(2025, 6, 30)


class Expected(NamedTuple):
    """Status and codes that the contract asks for."""

    status: str
    codes: tuple[str, ...]
    legacy: tuple[str, ...]


def fold(text: str) -> str:
    """Letters without marks, lower case."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(c for c in bare if not unicodedata.combining(c))


def same(a: str, b: str, marked: bool) -> bool:
    """Whether two names are the same, with their marks or without."""
    return a == b if marked else fold(a) == fold(b)


def valid(row: VersionRow, on: date) -> bool:
    """Whether the version is in force on the day."""
    return (row.valid_from is None or row.valid_from <= on) and (row.valid_to is None or on < row.valid_to)


class Truth:
    """The register on the two maps of 2025-06-30 and of `on`."""

    def __init__(self, on: date = TODAY) -> None:
        versions, edges, _ = read_packaged()
        self.on = on
        self.by_uid: dict[str, list[VersionRow]] = defaultdict(list)
        for row in versions:
            self.by_uid[row.uid].append(row)
        self.old = [r for r in versions if r.tier == "commune" and valid(r, LAST_OLD)]
        self.new = [r for r in versions if r.tier == "commune" and valid(r, on)]
        self.forward = defaultdict(list)
        for edge in edges:
            if edge.from_uid != edge.to_uid and edge.effective_on <= on:
                self.forward[edge.from_uid].append(edge.to_uid)

    def at(self, uid: str, on: date) -> VersionRow | None:
        """Version in force on the day."""
        return next((r for r in self.by_uid[uid] if valid(r, on)), None)

    def heirs(self, uid: str) -> frozenset[str]:
        """uids in force on the day of asking that `uid` leads to."""
        if self.at(uid, self.on):
            return frozenset({uid})
        return (
            frozenset().union(*(self.heirs(t) for t in self.forward[uid]))
            if self.forward[uid]
            else frozenset()
        )

    @cache  # noqa: B019
    def district_of(self, row: VersionRow) -> VersionRow:
        """District of an old commune."""
        found = self.at(row.parent_uid, LAST_OLD)
        assert found
        return found

    @cache  # noqa: B019
    def provinces_of(self, row: VersionRow) -> tuple[VersionRow, VersionRow | None]:
        """(province of the map the row belongs to, for old rows the province of today)."""
        if row.parent_uid.startswith("p:"):
            found = self.at(row.parent_uid, self.on)
            assert found
            return found, None
        old = self.at(self.district_of(row).parent_uid, LAST_OLD)
        assert old
        new = self.at(next(iter(self.heirs(old.uid))), self.on)
        return old, new

    @lru_cache(maxsize=4)  # noqa: B019
    def _index(self, marked: bool, kind: bool) -> dict[str, list[VersionRow]]:
        index = defaultdict(list)
        for row in {r.uid + "o": r for r in self.old}.values():
            index[self._name(row, marked, kind)].append(row)
        for row in self.new:
            index[self._name(row, marked, kind)].append(row)
        return index

    @staticmethod
    def _name(row: VersionRow, marked: bool, kind: bool) -> str:
        name = row.name if kind else row.short_name
        number = row.short_name.lstrip("0")
        if row.short_name.isdigit():
            name = f"Phường {number}" if kind else number
        return name.lower() if marked else fold(name)

    def expect(
        self, row: VersionRow, *, district: bool, province: str, marked: bool = True, kind: bool = True
    ) -> Expected:
        """The answer for the text that names `row`; province: "", "old" or "new" (of the row)."""
        own = self.provinces_of(row)
        said = {"": None, "old": own[0], "new": own[1] or own[0]}[province]
        live: list[VersionRow] = []
        for other in self._index(marked, kind)[self._name(row, marked, kind)]:
            if district and not self._same_district(row, other, marked):
                continue
            if said is None or any(
                p and same(p.short_name, said.short_name, marked) for p in self.provinces_of(other)
            ):
                live.append(other)
        sets = {self.heirs(r.uid) for r in live}
        union = frozenset().union(*sets)
        codes = tuple(sorted(v.code for u in union if (v := self.at(u, self.on))))
        legacy = tuple(sorted({r.code for r in live if not valid(r, self.on)}))
        if len(sets) > 1:
            return Expected("ambiguous", codes, legacy)
        if len(codes) == 1:
            return Expected("unique", codes, legacy)
        return Expected("split" if len({r.uid for r in live}) == 1 else "ambiguous", codes, legacy)

    def _same_district(self, row: VersionRow, other: VersionRow, marked: bool) -> bool:
        if other.parent_uid.startswith("p:"):
            return False
        return same(self.district_of(row).name, self.district_of(other).name, marked)
