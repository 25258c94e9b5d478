"""Bảng các chỗ: places that can differ from what they belong to, with their own days and what acts on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.law.effect.values import Link, Place, Work
from haicap.domain.law.states import ACTING, BRIDGE_ENDS, ENDING, RelationKind

NEVER = date.max
JOIN = "__"
ENDS = RelationKind.REPEALS  # under which both kinds that end are kept
Fired = tuple[date, Link]  # the day on which a relation began to work
NOTHING: tuple[Fired, ...] = ()


def covers(above: str, below: str) -> bool:
    """Whether a path is another one or lies around it."""
    return not above or below == above or below.startswith(above + JOIN)


@lru_cache(maxsize=1 << 16)
def around(path: str) -> tuple[str, ...]:
    """The path and every path around it, the document ("") first."""
    parts = path.split(JOIN) if path else []
    return ("", *(JOIN.join(parts[: n + 1]) for n in range(len(parts))))


class Mark:
    """Một chỗ: own days, relations that have begun to work on it, and what it details.

    acts      by kind (both ending kinds under ENDS), each in order of the days they began to work
    limited   the same for relations limited to a territory
    details   (relation, first day it counts)
    triggers  days on which the last of what it details ended
    """

    __slots__ = ("acts", "bridged", "details", "limited", "path", "since", "triggers", "until", "work")

    def __init__(self, work: int, path: str, of: Work | None = None) -> None:
        self.work, self.path = work, path
        self.since = of.since if of else None
        self.until = of.until if of else None
        self.bridged = of.bridged if of else False
        # Most marks never get any of these, and there are tens of thousands of them.
        self.acts: dict[RelationKind, list[Fired]] | None = None
        self.limited: Sequence[Fired] = ()
        self.details: Sequence[tuple[Link, date]] = ()
        self.triggers: Sequence[date] = ()

    def take(self, on: date, link: Link, *, limited: bool) -> None:
        """Keep that a relation began to work here on a day."""
        if limited:
            self.limited = (*self.limited, (on, link))
            return
        if self.acts is None:
            self.acts = {}
        self.acts.setdefault(ENDS if link.kind in ENDING else link.kind, []).append((on, link))

    @property
    def plain(self) -> bool:
        """Whether the place is on every day as the one above it."""
        return not (self.path == "" or self.since or self.until or self.acts or self.details)


# Marks from the document down to a place. A place without a mark is as the one above it.
Line = tuple[Mark, ...]


def acting(line: Line, kind: RelationKind) -> list[Fired]:
    """Relations of a kind that have begun to work on a place, oldest first."""
    found: list[Fired] = []
    for mark in line:
        if mark.acts:
            found += mark.acts.get(kind, NOTHING)
    return sorted(found, key=_in_time) if len(found) > 1 else found


def struck(line: Line, on: date) -> bool:
    """Whether a relation has ended the place by a day."""
    return any(mark.acts and ENDS in mark.acts and mark.acts[ENDS][0][0] <= on for mark in line)


def _in_time(one: Fired) -> tuple[date, int]:
    return one[0], one[1].id


def beginning(line: Line) -> Mark | None:
    """The mark whose first day is the place's; None when it is not known."""
    for mark in reversed(line):
        if mark.since is not None:
            return mark
    return None


def lapsing(line: Line) -> Mark | None:
    """The mark whose sunset is the place's, before any extension."""
    for mark in reversed(line):
        if mark.until is not None:
            return mark
    return None


def governing(line: Line) -> Mark | None:
    """The nearest mark that details something: it decides whether the place ends with what is detailed."""
    for mark in reversed(line):
        if mark.details:
            return mark
    return None


def extended(base: date, extensions: Iterable[Fired]) -> tuple[date, list[Fired]]:
    """(the sunset after extensions in time, those that moved it); one that comes after the sunset is too late."""
    moved = []
    for on, link in extensions:
        until = link.until or NEVER
        if on <= base < until:
            base = until
            moved.append((on, link))
    return base, moved


def sunset(line: Line) -> date:
    """First day on which the place has lapsed, NEVER without one: own day, extensions, the bound of bridged works."""
    mark = lapsing(line)
    base = mark.until if mark else None
    if base is not None:
        base, _ = extended(base, acting(line, RelationKind.EXTENDS))
    return min(base or NEVER, BRIDGE_ENDS) if line[0].bridged else base or NEVER


class Board:
    """Every work with its marks. What it holds does not depend on the order of the rows given."""

    def __init__(self, works: Iterable[Work], places: Iterable[Place], links: Iterable[Link]) -> None:
        self.works = {w.id: w for w in works}
        self.marks: dict[int, dict[str, Mark]] = {w.id: {"": Mark(w.id, "", w)} for w in self.works.values()}
        self.acting: list[Link] = []  # relations that change what is in force, by id
        # target, its path: who details it
        self.detailing: dict[int, dict[str, dict[Mark, None]]] = defaultdict(dict)
        for place in places:
            self._place(place)
        for link in sorted(links, key=lambda link: link.id):
            self._link(link)
        for mark in self.detailers():
            mark.details = [(link, self.starts(link) or link.since or date.min) for link, _ in mark.details]

    def _place(self, place: Place) -> None:
        if place.work not in self.works:
            raise _unknown(place.work)
        mark = self.mark(place.work, place.path)
        mark.since = place.since or mark.since
        mark.until = place.until or mark.until

    def _link(self, link: Link) -> None:
        for work in (link.source, link.target):
            if work not in self.works:
                raise _unknown(work)
        if link.kind in ACTING:
            self.acting.append(link)
            self.mark(link.target, link.target_path)
        elif link.kind is RelationKind.DETAILS:
            source = self.mark(link.source, link.source_path)
            source.details = (*source.details, (link, date.min))
            self.detailing[link.target].setdefault(link.target_path, {})[source] = None

    def mark(self, work: int, path: str) -> Mark:
        """The mark of a place, made when there is none."""
        held = self.marks[work]
        found = held.get(path)
        if found is None:
            found = held[path] = Mark(work, path)
        return found

    def line(self, work: int, path: str) -> Line:
        """Marks from the document down to a place."""
        held = self.marks[work]
        if len(held) == 1 or not path:
            return (held[""],)
        return tuple([held[p] for p in around(path) if p in held])

    def detailers(self) -> Iterator[Mark]:
        """Every mark that details something."""
        seen = {mark: None for held in self.detailing.values() for marks in held.values() for mark in marks}
        return iter(seen)

    def starts(self, link: Link) -> date | None:
        """First day a relation may work: its own or its source's, the later one; None when that is not known."""
        mark = beginning(self.line(link.source, link.source_path))
        if mark is None or mark.since is None:
            return None
        return max(link.since, mark.since) if link.since else mark.since

    def limited(self, link: Link) -> bool:
        """Whether a relation acts only in a part of where its target counts."""
        return bool(link.territory) and link.territory != self.works[link.target].territory


def _unknown(work: int) -> Refused:
    return Refused(
        "unknown_document",
        gettext_noop(
            "Một quy định hoặc quan hệ nhắc đến văn bản không có trong sổ (mã %(work)s). Xin thêm văn bản đó trước."
        ),
        params={"work": work},
    )
