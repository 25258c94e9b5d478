"""Hiệu lực đã tính: what the derivation answers, per place and day, per document, per stretch of days."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise

from haicap.domain.law.effect.chains import spans
from haicap.domain.law.effect.cycles import check_details
from haicap.domain.law.effect.marks import Board, around, struck
from haicap.domain.law.effect.sweep import Sweep
from haicap.domain.law.effect.timeline import Timeline
from haicap.domain.law.effect.values import Change, Link, Place, Span, Work
from haicap.domain.law.states import DocumentState, Standing


class Effects:
    """Answers of one derivation. A work that was not given is a KeyError; any path may be asked."""

    def __init__(self, board: Board, fired: Mapping[int, date]) -> None:
        self._board = board
        self._fired = fired

    def spans(self, work: int, path: str = "") -> tuple[Span, ...]:
        """All days of a place: half-open stretches, disjoint, in order, the first and last unbounded.

        Neighbours may have one standing for different reasons (extended, announced to continue).
        """
        return spans(Timeline(self._board, work, path))

    def at(self, work: int, path: str, on: date) -> Span:
        """The stretch in which a day lies."""
        found = self.spans(work, path)
        return found[bisect_right(found, on, key=lambda span: span.since or date.min) - 1]

    def standing(self, work: int, path: str, on: date) -> Standing:
        """Only the standing on a day: a fraction of the work of `at`."""
        if struck(self._board.line(work, path), on):
            return Standing.ENDED
        return Timeline(self._board, work, path).standing(on)

    def known(self, work: int) -> tuple[str, ...]:
        """Places of a document that may differ from it: given, acted upon or detailing; the document ("") first."""
        return tuple(sorted(self._board.marks[work]))

    def standings(self, on: date) -> Iterator[tuple[int, str, Standing]]:
        """(work, path, standing on a day) of every known place."""
        for work in self._board.marks:
            for path, standing in self._standings(work, on).items():
                yield work, path, standing

    def _standings(self, work: int, on: date) -> dict[str, Standing]:
        """Standing of a document ("") and of its known places: most of them stand as what they belong to."""
        found: dict[str, Standing] = {}
        marks = self._board.marks[work]
        for path in sorted(marks):
            if marks[path].plain:
                found[path] = next(found[p] for p in reversed(around(path)[:-1]) if p in found)
            else:
                found[path] = self.standing(work, path, on)
        return found

    def worked_from(self, link: int) -> date | None:
        """The day on which an acting relation (its id) began to work; None when it never does."""
        return self._fired.get(link)

    def exceptions(self, work: int, path: str = "") -> tuple[tuple[str, Span], ...]:
        """(territory, stretch) wherever the standing there differs from the general one; by territory and day."""
        line = self._board.line(work, path)
        territories = sorted({link.territory for mark in line for _, link in mark.limited})
        if not territories:
            return ()
        general = self.spans(work, path)
        return tuple(
            (territory, part)
            for territory in territories
            for span in spans(Timeline(self._board, work, path, territory))
            for part in _differing(span, general)
        )

    def document(self, work: int, on: date) -> DocumentState:
        """State of a document on a day, from its own standing and that of its known places."""
        found = self._standings(work, on)
        return _state(found[""], set(found.values()))

    def changes(self, since: date, until: date) -> list[Change]:
        """Changes of standing on the days from `since` to `until`, both included, by day, work and path.

        A place below another is listed only where it changes otherwise or for another reason than that.
        """
        found: list[Change] = []
        for work, marks in self._board.marks.items():
            seen: dict[str, list[Change]] = {}
            for path in sorted(marks):
                if marks[path].plain:
                    continue
                timeline = Timeline(self._board, work, path)
                if any(since <= day <= until for day in timeline.cuts()):
                    seen[path] = _changes(timeline, since, until)
                    found += _own(path, seen)
        return sorted(found, key=lambda change: change[:3])


def _differing(span: Span, general: Iterable[Span]) -> Iterator[Span]:
    """Parts of a stretch in which the general standing is another; neighbours joined."""
    part: Span | None = None
    for other in general:
        since = max(filter(None, (span.since, other.since)), default=None)
        until = min(filter(None, (span.until, other.until)), default=None)
        if since is not None and until is not None and since >= until:
            continue
        if other.standing == span.standing:
            continue
        if part is not None and part.until == since:
            part = Span(part.since, until, span.standing, span.chain)
            continue
        if part is not None:
            yield part
        part = Span(since, until, span.standing, span.chain)
    if part is not None:
        yield part


def _state(own: Standing, every: set[Standing]) -> DocumentState:
    """Whole-document state: in force as soon as anything in it is; "partly" when something in it differs."""
    if every == {Standing.ENDED}:
        return DocumentState.ENDED
    if own is Standing.ENDED:
        return DocumentState.PARTLY_ENDED
    if own is Standing.UNKNOWN:
        return DocumentState.UNKNOWN
    if Standing.IN_FORCE not in every:
        return DocumentState.SUSPENDED if Standing.SUSPENDED in every else DocumentState.NOT_YET
    if Standing.ENDED in every:
        return DocumentState.PARTLY_ENDED
    return DocumentState.PARTLY_SUSPENDED if Standing.SUSPENDED in every else DocumentState.IN_FORCE


def _changes(timeline: Timeline, since: date, until: date) -> list[Change]:
    return [
        Change(now.since, timeline.work, timeline.path, before.standing, now.standing, now.chain[-1])
        for before, now in pairwise(spans(timeline))
        if now.since is not None and since <= now.since <= until and now.standing != before.standing
    ]


def _own(path: str, seen: Mapping[str, list[Change]]) -> list[Change]:
    """The changes of a place that are not those of the nearest known place around it."""
    above = next((p for p in reversed(around(path)[:-1]) if p in seen), None)
    told = {(c.on, c.before, c.after, c.step) for c in seen[above]} if above is not None else set()
    return [c for c in seen[path] if (c.on, c.before, c.after, c.step) not in told]


def derive(works: Iterable[Work], places: Iterable[Place], links: Iterable[Link]) -> Effects:
    """Effect of every place on every day. Each work, place and relation is given once, in any order.

    Refused `cycle` (params: links, ids) when details form a loop or relations of one day wait for one another;
    `unknown_document` when a place or relation names a work that is not given.
    """
    board = Board(works, places, links)
    check_details(board)
    sweep = Sweep(board)
    sweep.run()
    return Effects(board, sweep.fired)
