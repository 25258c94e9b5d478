"""Dòng thời gian của một chỗ: when it begins, is suspended, extended, kept and ends; from what the sweep left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from haicap.domain.law.effect.marks import (
    ENDS,
    NEVER,
    Board,
    Fired,
    Line,
    Mark,
    acting,
    beginning,
    extended,
    governing,
    lapsing,
)
from haicap.domain.law.effect.values import Link
from haicap.domain.law.states import BRIDGE_ENDS, ENDING, RelationKind, Standing, Why

_ENDED_BY = {RelationKind.REPLACES: Why.REPLACED, RelationKind.REPEALS: Why.REPEALED}


@dataclass(frozen=True, slots=True)
class Ending:
    """How a place ends: `by` is the relation that ends it, None when it ends by its own days or with another."""

    on: date
    why: Why
    by: Link | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Days [since, until) on which a relation suspends; `lifted` is the relation that resumed, if one did."""

    since: date
    until: date
    by: Link
    lifted: Link | None


class Timeline:
    """Facts of one place, in general or in one territory.

    since    None: not known
    moved    extensions that moved its sunset
    kept     (day what it details had ended, announcement that kept it)
    """

    def __init__(self, board: Board, work: int, path: str, territory: str = "") -> None:
        self.board, self.work, self.path = board, work, path
        self.line: Line = board.line(work, path)
        self._territory = territory
        mark = beginning(self.line)
        self.since = mark.since if mark else None
        self.pauses = self._pauses()
        self.kept: list[Fired] = []
        self.moved: list[Fired] = []
        self.ending = min(self._endings(), key=lambda end: end.on, default=None)

    @property
    def end(self) -> date:
        """First day without effect; NEVER without one."""
        return self.ending.on if self.ending else NEVER

    def standing(self, on: date) -> Standing:
        """Standing on a day."""
        if self.end <= on:
            return Standing.ENDED
        if self.since is not None and on < self.since:
            return Standing.NOT_YET
        if self.pauses and any(p.since <= on < p.until for p in self.pauses):
            return Standing.SUSPENDED
        return Standing.UNKNOWN if self.since is None else Standing.IN_FORCE

    def cuts(self) -> list[date]:
        """Days on which its standing or the reason for it may change, in order."""
        days = {self.end} | {day for p in self.pauses for day in (p.since, p.until)}
        days |= {on for on, _ in (*self.moved, *self.kept)}
        if self.since is not None:
            days.add(self.since)
        return sorted(day for day in days if day <= self.end and day != NEVER)

    # --- facts ----------------------------------------------------------------------------------------------------
    def _acts(self, kind: RelationKind, also: tuple[RelationKind, ...] = ()) -> list[Fired]:
        """Relations of a kind on the place, those limited to the asked territory with them; oldest first."""
        found = acting(self.line, kind)
        if self._territory:
            found = found + [
                (on, link) for on, link in self._limited() if link.kind == kind or link.kind in also
            ]
            found.sort(key=lambda one: (one[0], one[1].id))
        return found

    def _limited(self) -> Iterable[Fired]:
        return (one for m in self.line for one in m.limited if one[1].territory == self._territory)

    def _pauses(self) -> list[Pause]:
        found = self._acts(RelationKind.SUSPENDS)
        return [self._pause(on, link) for on, link in found] if found else []

    def _pause(self, since: date, link: Link) -> Pause:
        until = link.until or NEVER
        for on, resuming in self._acts(RelationKind.RESUMES):
            if since < on < until:
                return Pause(since, on, link, resuming)
        return Pause(since, until, link, None)

    def _endings(self) -> list[Ending]:
        """Every way in which it would end: acts, its sunset, the bound of bridged works, what it details.

        In this order: of several on one day the first is told.
        """
        found = [Ending(on, _ENDED_BY[link.kind], link) for on, link in self._acts(ENDS, also=ENDING)]
        mark = lapsing(self.line)
        if mark is not None and mark.until is not None:
            until, self.moved = extended(mark.until, self._acts(RelationKind.EXTENDS))
            if until != NEVER:
                found.append(Ending(until, Why.SUNSET))
        if self.line[0].bridged:
            found.append(Ending(BRIDGE_ENDS, Why.FORMER_AREA))
        if (governor := governing(self.line)) is not None and governor.triggers:
            found += self._cascade(governor)
        return found

    def _cascade(self, mark: Mark) -> list[Ending]:
        announcements = self._acts(RelationKind.CONTINUES)
        for day in mark.triggers:
            keeping = next((x for on, x in announcements if on <= day < (x.until or NEVER)), None)
            if keeping is None:
                return [Ending(day, Why.PARENT_ENDED)]
            self.kept.append((day, keeping))
        return []

    def last_detailed(self) -> Link | None:
        """The relation to what it details and with which it ended; None when it ended otherwise."""
        mark = governing(self.line)
        if mark is None or self.ending is None or self.ending.why is not Why.PARENT_ENDED:
            return None
        day = self.ending.on
        for link, start in mark.details:
            if start <= day < (link.until or NEVER):
                if Timeline(self.board, link.target, link.target_path).end == day:
                    return link
        return None
