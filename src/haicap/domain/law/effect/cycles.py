"""Vòng lặp: relations that wait for one another are refused, with their numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.law.effect.marks import Board, Mark, governing

T = TypeVar("T")


def refused(links: Sequence[int]) -> Refused:
    """The refusal; `params["ids"]` holds the numbers of the relations in the order in which they wait."""
    at = links.index(min(links))
    turned = (*links[at:], *links[:at])
    return Refused(
        "cycle",
        gettext_noop(
            "Các quan hệ %(links)s tạo thành vòng lặp: hiệu lực của quy định này chờ hiệu lực của quy định kia."
            " Xin sửa ngày hoặc bỏ một quan hệ trong vòng."
        ),
        params={"links": " → ".join(map(str, (*turned, turned[0]))), "ids": turned},
    )


def walked(start: T, following: Mapping[T, T]) -> list[T]:
    """The loop that one reaches by following from `start`."""
    seen: dict[T, int] = {}
    way: list[T] = []
    while start not in seen:
        seen[start] = len(way)
        way.append(start)
        start = following[start]
    return way[seen[start] :]


def check_details(board: Board) -> None:
    """Refused `cycle` when a place details, over whatever others, itself."""
    edges = {mark: _edges(board, mark) for mark in board.detailers()}
    waits = {mark: len(found) for mark, found in edges.items()}
    asked_by: dict[Mark, list[Mark]] = {}
    for mark, found in edges.items():
        for above in found:
            asked_by.setdefault(above, []).append(mark)
    free = [mark for mark, count in waits.items() if not count]
    while free:
        done = free.pop()
        del waits[done]
        for mark in asked_by.get(done, ()):
            waits[mark] -= 1
            if not waits[mark]:
                free.append(mark)
    if waits:
        raise _looped(edges, waits)


def _edges(board: Board, mark: Mark) -> dict[Mark, int]:
    """Marks that decide over what this one details, each with the first relation that leads there."""
    found: dict[Mark, int] = {}
    for link, _ in mark.details:
        above = governing(board.line(link.target, link.target_path))
        if above is not None:
            found.setdefault(above, link.id)
    return found


def _looped(edges: Mapping[Mark, Mapping[Mark, int]], left: Iterable[Mark]) -> Refused:
    """One loop among what waits for ever: each of those has an edge to another of them."""
    stuck = set(left)
    steps = {
        mark: min(
            (number, above.work, above.path, above) for above, number in edges[mark].items() if above in stuck
        )
        for mark in stuck
    }
    start = min(stuck, key=lambda mark: steps[mark][0])
    loop = walked(start, {mark: step[3] for mark, step in steps.items()})
    return refused([steps[mark][0] for mark in loop])
