"""Chuỗi căn cứ: why a stretch of effect is as it is, causes first."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from haicap.domain.law.effect.marks import NEVER, Board, Fired, beginning, lapsing
from haicap.domain.law.effect.timeline import Pause, Timeline
from haicap.domain.law.effect.values import Link, Span, Step
from haicap.domain.law.states import Standing, Why

Chain = tuple[Step, ...]


def spans(timeline: Timeline) -> tuple[Span, ...]:
    """All days of a place in stretches of one standing for one reason."""
    bounds: list[date | None] = [None, *timeline.cuts(), None]
    found: list[Span] = []
    for since, until in pairwise(bounds):
        on = since or _day_before(until)
        standing = timeline.standing(on)
        chain = _chain(timeline, standing, on)
        if found and found[-1].standing == standing and found[-1].chain == chain:
            found[-1] = Span(found[-1].since, until, standing, chain)
        else:
            found.append(Span(since, until, standing, chain))
    return tuple(found)


def _day_before(until: date | None) -> date:
    """A day of the first stretch, which has no first day."""
    return date.min if until is None or until == date.min else date.fromordinal(until.toordinal() - 1)


def _chain(timeline: Timeline, standing: Standing, on: date) -> Chain:
    if standing is Standing.ENDED:
        return _ended(timeline)
    if standing is Standing.SUSPENDED:
        pause = min((p for p in timeline.pauses if p.since <= on < p.until), key=_begun)
        return tuple(_caused(timeline.board, Why.SUSPENDED, pause.since, pause.by))
    if standing is Standing.NOT_YET:
        return tuple(_began(timeline.board, timeline.work, timeline.path))
    return _counting(timeline, on)


def _begun(pause: Pause) -> tuple[date, int]:
    return pause.since, pause.by.id


def _began(board: Board, work: int, path: str) -> list[Step]:
    """The commencement of a place, by the place whose day it is."""
    mark = beginning(board.line(work, path))
    return [Step(Why.COMMENCED, mark.since, None, work, mark.path)] if mark and mark.since else []


def _caused(board: Board, why: Why, on: date, link: Link) -> list[Step]:
    """What a relation did, after the commencement of the place it comes from."""
    return [
        *_began(board, link.source, link.source_path),
        Step(why, on, link.id, link.source, link.source_path),
    ]


def _counting(timeline: Timeline, on: date) -> Chain:
    """Commencement, extensions, announcements and the last return from suspension up to a day, in time."""
    own = _began(timeline.board, timeline.work, timeline.path)
    acts: list[tuple[date, int, Why, Link]] = [
        *((day, 0, Why.EXTENDED, link) for day, link in timeline.moved if day <= on),
        *((day, 1, Why.CONTINUED, link) for day, link in timeline.kept if day <= on),
    ]
    since = timeline.since or date.min
    past = [p for p in timeline.pauses if since < p.until <= on]
    if past:
        last = min(past, key=lambda p: (-p.until.toordinal(), p.lifted is None, p.by.id))
        acts.append((last.until, 3, Why.RESUMED, last.lifted or last.by))
    told = [((since, 2, 0), own)]
    for day, rank, why, link in acts:
        steps = _caused(timeline.board, why, day, link)
        told.append(((day, rank, link.id), [step for step in steps if step not in own]))
    return tuple(dict.fromkeys(step for _, steps in sorted(told, key=lambda one: one[0]) for step in steps))


def _ended(timeline: Timeline) -> Chain:
    """Up through everything that was detailed to what ended first."""
    tail: list[Step] = []
    while (link := timeline.last_detailed()) is not None:
        tail.append(Step(Why.PARENT_ENDED, timeline.end, link.id, link.target, link.target_path))
        timeline = Timeline(timeline.board, link.target, link.target_path)
    return (*_ended_by_itself(timeline), *reversed(tail))


def _ended_by_itself(timeline: Timeline) -> list[Step]:
    ending = timeline.ending
    if ending is None or ending.on == NEVER:
        return []
    if ending.by is not None:
        return _caused(timeline.board, ending.why, ending.on, ending.by)
    if ending.why is Why.FORMER_AREA:
        return [Step(ending.why, ending.on, None, timeline.work, "")]
    mark = lapsing(timeline.line)
    path = timeline.board.works[timeline.work].until_by if mark is None or not mark.path else mark.path
    return [*_moves(timeline, timeline.moved), Step(ending.why, ending.on, None, timeline.work, path)]


def _moves(timeline: Timeline, moved: list[Fired]) -> list[Step]:
    return [s for on, link in moved for s in _caused(timeline.board, Why.EXTENDED, on, link)]
