"""The rules of effect once more, day by day over every place of a small world: slow, and written apart.

Every day is a set of equations over three values (True, False, None: not decided) that are repeated until nothing
changes. What then could only help itself is False; what still is not decided is a cycle.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import product

from haicap.domain.law.effect import Link, Place, Work
from haicap.domain.law.states import BRIDGE_ENDS, CASCADE_FROM, RelationKind, Standing

K = RelationKind
Truth = bool | None
Node = tuple[int, str]


class Looped(Exception):
    """The relations form a cycle."""


def both(*values: Truth) -> Truth:
    if any(v is False for v in values):
        return False
    return None if None in values else True


def either(*values: Truth) -> Truth:
    if any(v is True for v in values):
        return True
    return None if None in values else False


def no(value: Truth) -> Truth:
    return None if value is None else not value


def parents(path: str) -> list[str]:
    """The path and those around it, inmost first."""
    found = [path]
    while path:
        path = path.rpartition("__")[0]
        found.append(path)
    return found


class World:
    """Standing of every place on every day of [first, last]."""

    def __init__(
        self, works: Sequence[Work], places: Sequence[Place], links: Sequence[Link], paths: Sequence[str],
        first: date, last: date, territory: str = "", fired: dict[int, date] | None = None,
    ) -> None:  # fmt: skip
        self.told = fired  # of a territory: its relations begin to work on the days of the whole country
        self.works = {w.id: w for w in works}
        self.own = {(w.id, ""): (w.since, w.until) for w in works} | {
            (p.work, p.path): (p.since, p.until) for p in places
        }
        self.links = links
        self.nodes = list(product(self.works, paths))
        self.general = [x for x in links if x.territory in ("", territory, self.works[x.target].territory)]
        self.sunsets = {node: self.inherited(node, 1) for node in self.nodes}
        self.ended: set[Node] = set()
        self.fired: dict[int, date] = {}
        self.lifted: set[tuple[int, Node]] = set()
        self.days: dict[date, dict[Node, Standing]] = {}
        self.check_details()
        on = first
        while on <= last:
            self.days[on] = self.day(on)
            on += timedelta(days=1)

    def inherited(self, node: Node, which: int) -> date | None:
        for path in parents(node[1]):
            found = self.own.get((node[0], path), (None, None))[which]
            if found is not None:
                return found
        return None

    def on_place(self, node: Node, *kinds: RelationKind) -> list[Link]:
        return [
            x for x in self.general
            if x.kind in kinds and x.target == node[0] and x.target_path in parents(node[1])
        ]  # fmt: skip

    def detailed(self, node: Node) -> tuple[Node | None, list[Link]]:
        for path in parents(node[1]):
            found = [
                x for x in self.links if x.kind is K.DETAILS and (x.source, x.source_path) == (node[0], path)
            ]
            if found:
                return (node[0], path), found
        return None, []

    def check_details(self) -> None:
        edges = {
            (self.detailed((x.source, x.source_path))[0], self.detailed((x.target, x.target_path))[0])
            for x in self.links
            if x.kind is K.DETAILS
        }
        for _ in self.nodes:
            edges |= {(a, d) for (a, b), (c, d) in product(edges, edges) if b == c}
        if any(a == b and a is not None for a, b in edges):
            raise Looped

    # --- one day --------------------------------------------------------------------------------------------------
    def day(self, on: date) -> dict[Node, Standing]:
        due = [x for x in self.links if x.kind in _ACTING and x.id not in self.fired and self.may(x, on)]
        fire: dict[int, Truth] = {x.id: None for x in due}
        end: dict[Node, Truth] = dict.fromkeys(self.nodes)
        pause: dict[Node, Truth] = dict.fromkeys(self.nodes)
        while True:
            self.repeat(on, due, fire, end, pause)
            possible = self.possible(on, due, fire)
            if None not in fire.values() or all(possible[n] for n, truth in fire.items() if truth is None):
                break
            fire.update({n: False for n, truth in fire.items() if truth is None and not possible[n]})
        if None in fire.values():
            raise Looped
        return self.note(on, fire, end, pause)

    def repeat(
        self,
        on: date,
        due: list[Link],
        fire: dict[int, Truth],
        end: dict[Node, Truth],
        pause: dict[Node, Truth],
    ) -> None:
        """The equations, until nothing changes; what has been decided of a relation stays."""
        while True:
            before = (dict(fire), dict(end), dict(pause))
            for node in self.nodes:
                end[node] = self.ends(node, on, fire, end)
                pause[node] = self.pauses(node, on, fire)
            for x in due:
                source = (x.source, x.source_path)
                if fire[x.id] is None:
                    fire[x.id] = both(no(end[source]), no(pause[source]))
                if self.told is not None:
                    fire[x.id] = self.told.get(x.id) == on
            if (fire, end, pause) == before:
                break

    def possible(self, on: date, due: list[Link], fire: dict[int, Truth]) -> dict[int, bool]:
        """What may still work at best: nothing undecided takes away, what helps must itself be possible first."""
        at_best = {x.id: fire[x.id] is True for x in due}
        while True:
            end: dict[Node, Truth] = dict.fromkeys(self.nodes)
            for _ in self.nodes:
                for node in self.nodes:
                    end[node] = self.ends(node, on, self.hoped(fire, at_best), end)
            grown = dict(at_best)
            for x in due:
                source = (x.source, x.source_path)
                paused = self.pauses(source, on, self.hoped(fire, at_best))
                if fire[x.id] is None and not end[source] and not paused:
                    grown[x.id] = True
            if grown == at_best:
                return at_best
            at_best = grown

    def hoped(self, fire: dict[int, Truth], at_best: dict[int, bool]) -> dict[int, Truth]:
        helping = {x.id for x in self.links if x.kind in (K.RESUMES, K.EXTENDS, K.CONTINUES)}
        return {n: (n in helping and at_best[n]) if truth is None else truth for n, truth in fire.items()}

    def may(self, x: Link, on: date) -> bool:
        since = self.inherited((x.source, x.source_path), 0)
        return (
            since is not None and since <= on and (x.since or on) <= on and (x.until is None or on < x.until)
        )

    def ends(self, node: Node, on: date, fire: dict[int, Truth], end: dict[Node, Truth]) -> Truth:
        acts = [fire.get(x.id, False) for x in self.on_place(node, K.REPEALS, K.REPLACES)]
        sunset = self.sunsets[node]
        lapse: Truth = sunset is not None and sunset <= on
        if sunset == on:
            lapse = no(either(False, *(fire.get(x.id, False) for x in self.on_place(node, K.EXTENDS))))
        bridge = self.works[node[0]].bridged and on >= BRIDGE_ENDS
        return either(node in self.ended, *acts, lapse, bridge, self.cascades(node, on, fire, end))

    def cascades(self, node: Node, on: date, fire: dict[int, Truth], end: dict[Node, Truth]) -> Truth:
        counted = []
        for x in self.detailed(node)[1]:
            since = self.inherited((x.source, x.source_path), 0)
            first = max(since, x.since or since) if since else x.since
            if (first is None or first <= on) and (x.until is None or on < x.until):
                counted.append((x.target, x.target_path))
        if on < CASCADE_FROM or all(target in self.ended for target in counted):
            return False
        kept = [
            True if x.id in self.fired else fire.get(x.id, False)
            for x in self.on_place(node, K.CONTINUES)
            if x.until is None or on < x.until
        ]
        return both(*(end[target] for target in counted), no(either(False, *kept)))

    def pauses(self, node: Node, on: date, fire: dict[int, Truth]) -> Truth:
        running = [
            x for x in self.on_place(node, K.SUSPENDS)
            if x.id in self.fired and (x.id, node) not in self.lifted and (x.until is None or on < x.until)
        ]  # fmt: skip
        resumed = either(False, *(fire.get(x.id, False) for x in self.on_place(node, K.RESUMES)))
        new = [fire.get(x.id, False) for x in self.on_place(node, K.SUSPENDS)]
        return either(both(bool(running), no(resumed)), *new)

    def note(
        self, on: date, fire: dict[int, Truth], end: dict[Node, Truth], pause: dict[Node, Truth]
    ) -> dict[Node, Standing]:
        for node in self.nodes:
            if any(fire.get(x.id) for x in self.on_place(node, K.RESUMES)):
                self.lifted |= {(x.id, node) for x in self.on_place(node, K.SUSPENDS) if x.id in self.fired}
            sunset = self.sunsets[node]
            if sunset is not None and sunset >= on:
                until = [x.until for x in self.on_place(node, K.EXTENDS) if fire.get(x.id)]
                self.sunsets[node] = None if None in until else max([sunset, *until])
        self.ended |= {node for node in self.nodes if end[node]}
        self.fired |= {number: on for number, truth in fire.items() if truth}
        return {node: self.standing(node, on, pause) for node in self.nodes}

    def standing(self, node: Node, on: date, pause: dict[Node, Truth]) -> Standing:
        since = self.inherited(node, 0)
        if node in self.ended:
            return Standing.ENDED
        if since is not None and on < since:
            return Standing.NOT_YET
        if pause[node]:
            return Standing.SUSPENDED
        return Standing.UNKNOWN if since is None else Standing.IN_FORCE


_ACTING: Iterable[RelationKind] = (K.REPLACES, K.REPEALS, K.SUSPENDS, K.RESUMES, K.EXTENDS, K.CONTINUES)
