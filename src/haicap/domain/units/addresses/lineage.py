"""Đi theo dòng kế thừa: from a unit to the units in force on a date, through any number of reforms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from haicap.base.citation import Citation
from haicap.domain.units.timeline.rows import EdgeRow, VersionRow

_ORDER = ("all", "part", "unknown", "none")


class Heir(NamedTuple):
    """A unit in force on the date, what share came to it, and the clauses that say so."""

    row: VersionRow
    area_share: str
    people_share: str
    citations: tuple[str, ...]


def _share(first: str, then: str) -> str:
    """Share that remains after two steps: all of all is all, none of anything is none."""
    if first == "all":
        return then
    if then == "all" or first == "none":
        return first
    return then if then in ("none", "unknown") else first


class Lineage:
    """Edges by both ends; answers are remembered per (unit, day)."""

    def __init__(
        self, rows: dict[str, list[VersionRow]], edges: Iterable[EdgeRow], links: dict[str, list[str]]
    ) -> None:
        """`links`: successors of units whose edges are not recorded, known from their former names."""
        self._rows = rows
        self._leaving: dict[str, list[EdgeRow]] = defaultdict(list)
        self._arriving: dict[str, list[EdgeRow]] = defaultdict(list)
        self._own: dict[str, list[EdgeRow]] = defaultdict(list)
        for edge in edges:
            if edge.from_uid == edge.to_uid:
                self._own[edge.from_uid].append(edge)
            else:
                self._leaving[edge.from_uid].append(edge)
                self._arriving[edge.to_uid].append(edge)
        self._links = links
        self._known: dict[tuple[str, date], tuple[Heir, ...]] = {}

    def row_on(self, uid: str, on: date) -> VersionRow | None:
        """Version of `uid` in force on the day."""
        for row in self._rows.get(uid, ()):
            if (row.valid_from is None or row.valid_from <= on) and (
                row.valid_to is None or on < row.valid_to
            ):
                return row
        return None

    def last_row(self, uid: str) -> VersionRow:
        """The last known version of `uid`."""
        return self._rows[uid][-1]

    def has_successor(self, uid: str) -> bool:
        """Whether anything is recorded after the end of `uid`."""
        return bool(self._leaving.get(uid) or self._links.get(uid))

    def heirs(self, uid: str, on: date) -> tuple[Heir, ...]:
        """Units in force on `on` that `uid` leads to (forwards or backwards in time), ascending by code."""
        key = (uid, on)
        known = self._known.get(key)
        if known is None:
            if len(self._known) > 100_000:
                self._known.clear()
            known = self._known[key] = self._find(uid, on)
        return known

    def _find(self, uid: str, on: date) -> tuple[Heir, ...]:
        here = self.row_on(uid, on)
        if here is not None:
            return (Heir(here, "all", "all", self._kept(uid, here, on, None)),)
        first = self._rows[uid][0].valid_from
        backward = first is not None and on < first
        found: dict[str, Heir] = {}
        for heir in self._walk(uid, on, backward, None):
            known = found.get(heir.row.uid)
            if known is None or _ORDER.index(heir.people_share) < _ORDER.index(known.people_share):
                found[heir.row.uid] = heir
        return tuple(sorted(found.values(), key=lambda h: (h.row.code, h.row.uid)))

    def _kept(self, uid: str, row: VersionRow, on: date, since: date | None) -> tuple[str, ...]:
        """Clauses by which a unit continued after `since`; without any, the act of its version."""
        own = [
            str(Citation(e.act, e.clause))
            for e in self._own.get(uid, ())
            if e.effective_on <= on and (since is None or e.effective_on > since)
        ]
        if not own and since is None:
            own = [str(Citation(row.act, row.clause))]
        return tuple(c for c in own if c)

    def _walk(self, uid: str, on: date, backward: bool, since: date | None) -> Iterable[Heir]:
        for edge in (self._arriving if backward else self._leaving).get(uid, ()):
            if (edge.effective_on > on) != backward:
                continue
            if since is not None and (edge.effective_on > since) == backward:
                continue
            yield from self._beyond(edge, on, backward)
        if not backward:
            for successor in self._links.get(uid, ()):
                yield from self.heirs(successor, on)

    def _beyond(self, edge: EdgeRow, on: date, backward: bool) -> Iterable[Heir]:
        """Heirs reached through one edge, with the shares and clauses of the whole way."""
        uid = edge.from_uid if backward else edge.to_uid
        cited = str(Citation(edge.act, edge.clause))
        row = self.row_on(uid, on)
        if row is not None:
            tail = () if backward else self._kept(uid, row, on, edge.effective_on)
            yield Heir(row, edge.area_share, edge.people_share, (cited, *tail))
            return
        for heir in self._walk(uid, on, backward, edge.effective_on):
            yield Heir(
                heir.row,
                _share(edge.area_share, heir.area_share),
                _share(edge.people_share, heir.people_share),
                (cited, *heir.citations),
            )
