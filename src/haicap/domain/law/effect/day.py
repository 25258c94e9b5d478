"""Một ngày: which relations begin to work on it. Each waits for what could still undo its source that same day."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import date

from haicap.domain.law.effect.cycles import refused, walked
from haicap.domain.law.effect.marks import (
    ENDS,
    NEVER,
    Board,
    Line,
    Mark,
    acting,
    governing,
    sunset,
)
from haicap.domain.law.effect.values import Link
from haicap.domain.law.states import BRIDGE_ENDS, ENDING, RelationKind

Blocker = int | Mark  # an open relation (its id) or an open trigger
HELPING = (RelationKind.RESUMES, RelationKind.EXTENDS, RelationKind.CONTINUES)
ENDED, WAITS, WORKS = "ended", "waits", "works"


class Day:
    """Relations and triggers that are open today, until what they depend on is settled.

    A relation works when its source is in force today, all of today's acts counted. Something is settled as soon as
    what is settled decides it; what then is still open and does not only help itself waits for itself.
    """

    def __init__(self, board: Board, on: date, links: list[Link], triggers: list[Mark]) -> None:
        self.board, self.on = board, on
        self.open = {link.id: link for link in links}
        self.triggers = dict.fromkeys(triggers)
        self.worked: set[int] = set()
        self.waits: set[int] = set()
        self._hope: set[int] | None = None  # while looking for what is founded: what is so far
        self._coming: dict[Mark, list[Link]] = {}
        for link in links:
            if not board.limited(link):
                self._coming.setdefault(board.mark(link.target, link.target_path), []).append(link)

    def settle(self) -> None:
        """Settle all; afterwards `worked` and `waits` hold ids of relations. Refused `cycle`."""
        left = len(self.open) + len(self.triggers)
        while left:
            self._round()
            before, left = left, len(self.open) + len(self.triggers)
            if left == before:
                left -= self._unfounded()
                if left == before:
                    self._refuse()

    def _round(self) -> None:
        """Attempt everything, and again what waited for something as soon as that is settled."""
        queue: deque[Link | Mark] = deque((*self.open.values(), *self.triggers))
        waiters: dict[Blocker, list[Link | Mark]] = {}
        while queue:
            one = queue.popleft()
            blocker = self._attempt(one)
            if blocker is None:
                queue.extend(waiters.pop(one.id if isinstance(one, Link) else one, ()))
            else:
                waiters.setdefault(blocker, []).append(one)

    def _unfounded(self) -> int:
        """Settle, as not working, relations that could only help one another: nothing lifts its own suspension.

        Founded is what would work if nothing open took away and only what is founded helped.
        """
        founded: set[int] = set()
        while True:
            self._hope = founded
            fates = {n: self._source(self._from(x))[0] for n, x in self.open.items() if n not in founded}
            hopeful = {n for n, fate in fates.items() if fate == WORKS}
            if not hopeful:
                break
            founded = founded | hopeful
        self._hope = None
        for number, fate in fates.items():
            del self.open[number]
            if fate == WAITS:
                self.waits.add(number)
        return len(fates)

    def _from(self, link: Link) -> Line:
        return self.board.line(link.source, link.source_path)

    def _attempt(self, one: Link | Mark) -> Blocker | None:
        """Settle a relation or trigger; what it waits for when that cannot be done yet."""
        return self._link(one) if isinstance(one, Link) else self._trigger(one)

    def _link(self, link: Link) -> Blocker | None:
        fate, blocker = self._source(self._from(link))
        if blocker is not None:
            return blocker
        del self.open[link.id]
        if fate == WORKS:
            self.worked.add(link.id)
            target = self.board.mark(link.target, link.target_path)
            target.take(self.on, link, limited=self.board.limited(link))
        elif fate == WAITS:
            self.waits.add(link.id)
        return None

    def _trigger(self, mark: Mark) -> Blocker | None:
        """Whether the last of what the mark details ends today."""
        days, blocked = [], None
        for link, start in mark.details:
            if not start <= self.on < (link.until or NEVER):
                continue
            day, blocker = self.ended(self.board.line(link.target, link.target_path))
            if day is None and blocker is None:
                del self.triggers[mark]
                return None
            days.append(day)
            blocked = blocker if blocked is None else blocked
        if blocked is not None:
            return blocked
        del self.triggers[mark]
        if self.on in days:
            mark.triggers = (*mark.triggers, self.on)
        return None

    # --- standing of a source -------------------------------------------------------------------------------------
    def _source(self, line: Line) -> tuple[str, Blocker | None]:
        day, ending = self.ended(line)
        if day is not None:
            return ENDED, None
        paused, pausing = self._paused(line)
        if paused:
            return WAITS, None
        return WORKS, pausing if ending is None else ending

    def ended(self, line: Line) -> tuple[date | None, Blocker | None]:
        """(the day the place ended, today at the latest; what must be settled to know, when there is none)."""
        sure = [mark.acts[ENDS][0][0] for mark in line if mark.acts and ENDS in mark.acts]
        lapse, waits = self._lapse(line)
        sure += lapse
        cascade, cascading = self._cascade(line)
        sure += cascade
        if sure:
            return min(sure), None
        if waits is None:
            waits = cascading
        if waits is None:
            waits = next((link.id for link in self._today(line) if link.kind in ENDING), None)
        return None, waits

    def _lapse(self, line: Line) -> tuple[list[date], Blocker | None]:
        """Sunset, unless an extension that is still open today may move it."""
        until = sunset(line)
        if until > self.on:
            return [], None
        if until == self.on and not (line[0].bridged and until == BRIDGE_ENDS):
            for link in self._today(line):
                if link.kind is RelationKind.EXTENDS:
                    return [], link.id
        return [until], None

    def _cascade(self, line: Line) -> tuple[list[date], Blocker | None]:
        """End of what the place details, unless the place has been announced to go on."""
        mark = governing(line)
        if mark is None:
            return [], None
        for day in mark.triggers:
            kept, blocker = self._kept(line, day)
            if not kept:
                return ([], blocker) if blocker is not None else ([day], None)
        if mark in self.triggers and not self._kept(line, self.on)[0]:
            return [], mark
        return [], None

    def _kept(self, line: Line, day: date) -> tuple[bool, Blocker | None]:
        for on, link in acting(line, RelationKind.CONTINUES):
            if on <= day < (link.until or NEVER):
                return True, None
        if day < self.on:
            return False, None
        return False, next((x.id for x in self._today(line) if x.kind is RelationKind.CONTINUES), None)

    def _paused(self, line: Line) -> tuple[bool, Blocker | None]:
        """Whether the place is suspended today."""
        today = list(self._today(line))
        alive, pauses = False, acting(line, RelationKind.SUSPENDS)
        resumed = [on for on, _ in acting(line, RelationKind.RESUMES)] if pauses else []
        for on, link in pauses:
            if self.on < (link.until or NEVER) and not any(on < day for day in resumed):
                if on == self.on:
                    return True, None
                alive = True
        if alive:
            lifting = next((link.id for link in today if link.kind is RelationKind.RESUMES), None)
            return lifting is None, lifting
        return False, next((link.id for link in today if link.kind is RelationKind.SUSPENDS), None)

    def _today(self, line: Line) -> Iterator[Link]:
        """Relations to the place that are still open today."""
        if self._coming:
            for mark in line:
                for link in self._coming.get(mark, ()):
                    if link.id in self.open and (self._hope is None or self._helps(link)):
                        yield link

    def _helps(self, link: Link) -> bool:
        return self._hope is not None and link.id in self._hope and link.kind in HELPING

    # --- refusal --------------------------------------------------------------------------------------------------
    def _refuse(self) -> None:
        """Everything left waits for something left: name a loop of it."""
        left: Iterable[Link | Mark] = (*self.open.values(), *self.triggers)
        following: dict[Blocker, Blocker] = {}
        for one in left:
            blocker = self._attempt(one)
            if blocker is not None:
                following[one.id if isinstance(one, Link) else one] = blocker
        loop = walked(min(self.open), following)
        raise refused([one if isinstance(one, int) else one.details[0][0].id for one in loop])
