"""Một lượt qua các ngày: on which day each relation began to work, and when what is detailed came to its end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from heapq import heapify, heappop, heappush

from haicap.domain.law.effect.day import Day
from haicap.domain.law.effect.marks import Board, Mark, covers
from haicap.domain.law.states import BRIDGE_ENDS, CASCADE_FROM, ENDING, RelationKind


class Sweep:
    """Days on which something may happen, in order; each is settled as a whole (`Day`)."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.fired: dict[int, date] = {}  # relation: day it began to work
        self._due: dict[date, list[int]] = defaultdict(list)  # positions in board.acting
        self._stirs: dict[date, set[int]] = defaultdict(set)  # works that may lapse or come back
        self._waiting: dict[int, list[int]] = defaultdict(
            list
        )  # source suspended: relations that wait for it
        for n, link in enumerate(board.acting):
            start = board.starts(link)
            if start is not None:
                self._due[start].append(n)
        for work in board.detailing:
            for mark in board.marks[work].values():
                if mark.until is not None:
                    self._stirs[mark.until].add(work)
            if board.works[work].bridged:
                self._stirs[BRIDGE_ENDS].add(work)
        self._days = list(self._due.keys() | self._stirs.keys())
        heapify(self._days)

    def run(self) -> None:
        """Settle every day. Refused `cycle`."""
        before = None
        while self._days:
            on = heappop(self._days)
            if on != before:
                before = on
                self._settle(on)

    def _settle(self, on: date) -> None:
        stirred = self._stirs.pop(on, set())
        numbers = self._candidates(on, stirred)
        triggers = self._triggers(on, stirred, numbers) if on >= CASCADE_FROM else []
        if not numbers and not triggers:
            return
        links = self.board.acting
        day = Day(self.board, on, [links[n] for n in numbers], triggers)
        day.settle()
        for n in numbers:
            link = links[n]
            if link.id in day.worked:
                self.fired[link.id] = on
                self._wake(on, n)
            elif link.id in day.waits:
                self._waiting[link.source].append(n)

    def _candidates(self, on: date, stirred: Iterable[int]) -> list[int]:
        """Relations due today and those whose source may come back today."""
        links, found = self.board.acting, self._due.pop(on, [])
        for work in stirred:
            found += self._waiting.pop(work, ())
        for n in found:  # grows while it is read: what comes back may bring others back
            if links[n].kind is RelationKind.RESUMES:
                found += self._waiting.pop(links[n].target, ())
        return sorted(n for n in found if (until := links[n].until) is None or on < until)

    def _triggers(self, on: date, stirred: Iterable[int], numbers: Iterable[int]) -> list[Mark]:
        """Marks of which something they detail may end today."""
        links, board = self.board.acting, self.board
        reached = [(work, "") for work in stirred if work in board.detailing]
        reached += [
            (links[n].target, links[n].target_path)
            for n in numbers
            if links[n].kind in ENDING and links[n].target in board.detailing
        ]
        found: dict[Mark, None] = {}
        seen = set(reached)
        while reached:
            work, path = reached.pop()
            for detailed, marks in board.detailing.get(work, {}).items():
                if covers(path, detailed):
                    found.update(dict.fromkeys(marks))
                    below = {(m.work, m.path) for m in marks} - seen
                    seen |= below
                    reached += below
        return sorted(found, key=lambda mark: mark.details[0][0].id)

    def _wake(self, on: date, n: int) -> None:
        """A suspension ends and an extended work lapses on a later day that must be settled then."""
        link = self.board.acting[n]
        until = link.until
        if until is None or until <= on or link.kind not in (RelationKind.SUSPENDS, RelationKind.EXTENDS):
            return
        if until not in self._stirs and until not in self._due:
            heappush(self._days, until)
        self._stirs[until].add(link.target)
