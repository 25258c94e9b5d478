"""Đi theo dòng kế thừa: following edges through any number of reforms, in both directions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date

from haicap.domain.units.timeline.model import Edge, Fate, Version

VersionOn = Callable[[str, date], Version | None]


def _moves_people(edge: Edge) -> bool:
    return edge.people_share == "all"


def _moves_all(edge: Edge) -> bool:
    return edge.relation == "whole" or edge.continues


class Walk:
    """Edges of lineage indexed by both ends. A unit that continues leads to itself without an edge."""

    def __init__(self, edges: Iterable[Edge], version_on: VersionOn) -> None:
        self._version_on = version_on
        self._leaving: dict[str, list[Edge]] = defaultdict(list)
        self._arriving: dict[str, list[Edge]] = defaultdict(list)
        for edge in sorted(edges, key=lambda e: (e.effective_on, e.from_uid, e.to_uid)):
            self._leaving[edge.from_uid].append(edge)
            self._arriving[edge.to_uid].append(edge)

    def leaving(self, uid: str) -> tuple[Edge, ...]:
        """Edges out of `uid` in order of time."""
        return tuple(self._leaving.get(uid, ()))

    def arriving(self, uid: str) -> tuple[Edge, ...]:
        """Edges into `uid` in order of time."""
        return tuple(self._arriving.get(uid, ()))

    def forward(self, uid: str, on: date) -> tuple[Fate, ...]:
        """Units in force on `on` that `uid` leads to."""
        return self._collect(uid, on, forward=True)

    def backward(self, uid: str, on: date) -> tuple[Fate, ...]:
        """Units in force on `on` that lead to `uid`."""
        return self._collect(uid, on, forward=False)

    def _collect(self, uid: str, on: date, *, forward: bool) -> tuple[Fate, ...]:
        fates: dict[str, Fate] = {}
        for way in self._ways(uid, on, forward, ()):
            end = uid if not way else (way[-1].to_uid if forward else way[-1].from_uid)
            version = self._version_on(end, on)
            if version is None:
                continue
            edges = way if forward else way[::-1]
            fate = Fate(version, edges, all(map(_moves_all, edges)), all(map(_moves_people, edges)))
            known = fates.get(end)
            if known is None or (fate.whole, fate.population) > (known.whole, known.population):
                fates[end] = fate
        return tuple(sorted(fates.values(), key=lambda f: (f.version.code, f.version.uid)))

    def _ways(self, uid: str, on: date, forward: bool, way: tuple[Edge, ...]) -> Iterable[tuple[Edge, ...]]:
        """Every chain of edges from `uid` to a unit in force on `on`; edges of a continuing unit are steps too."""
        if self._version_on(uid, on) is not None:
            yield way
            return
        for edge in (self._leaving if forward else self._arriving).get(uid, ()):
            later = edge.effective_on <= on if forward else edge.effective_on > on
            ordered = not way or (
                way[-1].effective_on <= edge.effective_on
                if forward
                else way[-1].effective_on >= edge.effective_on
            )
            if edge.continues or not later or not ordered:
                continue
            yield from self._ways(edge.to_uid if forward else edge.from_uid, on, forward, (*way, edge))

    def around(self, uid: str) -> tuple[Edge, ...]:
        """All edges upstream and downstream of `uid`, in order of time."""
        found: dict[Edge, None] = {}
        for index, forward in ((self._leaving, True), (self._arriving, False)):
            queue, seen = [uid], {uid}
            while queue:
                for edge in index.get(queue.pop(), ()):
                    found[edge] = None
                    end = edge.to_uid if forward else edge.from_uid
                    if end not in seen:
                        seen.add(end)
                        queue.append(end)
        return tuple(sorted(found, key=lambda e: (e.effective_on, e.from_uid, e.to_uid)))
