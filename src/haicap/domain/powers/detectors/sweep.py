"""Quét: from overlapping boxes to disjoint pieces, each with one label.

Axis after axis is cut only where a box that is still there begins or ends; what is left at the end is a set of boxes
that hold together in one cell of cases and days, and a judge says which of their units get which label. On the way
back equal neighbours are joined: first days, so that a piece has its whole stretch of time, then each attribute.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol, TypeVar

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.powers.detectors.shape import bits_of
from haicap.domain.powers.detectors.space import FAR, Box, Part, Space, Terms

Label = Hashable
Key = tuple[Label, int, int, Terms]  # label, [since, until), cases
Pieces = dict[Key, int]  # → units
K = TypeVar("K", bound=Hashable)

MOST_EFFORT = 8_000_000  # steps for one power and role: about ten seconds
MOST_KEPT = 50_000  # answers remembered while sweeping
CROWD = 250  # boxes in one sweep; more are swept unit by unit

TOO_MUCH = gettext_noop(
    "Thẩm quyền “%(power)s”, vai trò “%(role)s”: %(rows)s quy định cắt nhau thành quá nhiều trường hợp để xét hết "
    "(giới hạn %(most)s bước). Xin gộp các dòng giống nhau, bớt thuộc tính của điều kiện hoặc tách thành nhiều thẩm quyền."
)


class Effort:
    """Counts steps. Refused `too_much` beyond the bound: never a check without an end."""

    def __init__(self, power: str = "", role: str = "", rows: int = 0) -> None:
        self.left = MOST_EFFORT
        self._told = {
            "power": power,
            "role": role,
            "rows": rows,
            "most": f"{MOST_EFFORT:,}".replace(",", "."),
        }

    def spend(self, steps: int) -> None:
        """Count some more."""
        self.left -= steps
        if self.left < 0:
            raise Refused("too_much", TOO_MUCH, params=self._told)


class Judge(Protocol):
    """What a set of boxes (bits) that hold together means."""

    def narrow(self, together: int) -> int:
        """The boxes of the set that can still matter to a label; 0: no part of the set gets one."""
        ...

    def labels(self, together: int) -> dict[Label, int]:
        """Label → units, which are disjoint."""
        ...


@dataclass(frozen=True, slots=True)
class Frame:
    """The part of the space to look at."""

    units: int
    since: int = -FAR
    until: int = FAR
    parts: dict[int, Part] = field(default_factory=dict)  # by axis; an axis not here is looked at whole


def sweep(space: Space, boxes: Sequence[Box], frame: Frame, judge: Judge, effort: Effort) -> Pieces:
    """Disjoint pieces of the frame with their labels; a cell without a label is in none."""
    return _Sweep(space, boxes, frame, judge, effort).pieces()


def inside(boxes: Sequence[Box], frame: Frame) -> list[int]:
    """Numbers of the boxes that reach into the frame's units and days."""
    return [
        n for n, b in enumerate(boxes)
        if b.units & frame.units and b.since < frame.until and frame.since < b.until
    ]  # fmt: skip


def clusters(
    boxes: Sequence[Box], frame: Frame, effort: Effort, crowd: int = CROWD
) -> list[tuple[Frame, list[int]]]:
    """Frames of disjoint units, together `frame`, with the numbers of the boxes there.

    One frame when boxes are few. Otherwise units in which the same boxes hold are looked at apart from the others.
    """
    numbers = inside(boxes, frame)
    if len(numbers) <= crowd:
        return [(frame, numbers)]
    by_mask: dict[int, list[int]] = {}
    for n in numbers:
        by_mask.setdefault(boxes[n].units & frame.units, []).append(n)
    masks: dict[int, list[int]] = {unit: [] for unit in bits_of(frame.units)}
    for number, mask in enumerate(by_mask):
        effort.spend(1 + mask.bit_count() // 8)
        for unit in bits_of(mask):
            masks[unit].append(number)
    alike: dict[tuple[int, ...], int] = {}
    for unit, there in masks.items():
        key = tuple(there)
        alike[key] = alike.get(key, 0) | 1 << unit
    listed = list(by_mask.values())
    return [
        (replace(frame, units=mask), sorted(n for number in key for n in listed[number]))
        for key, mask in alike.items()
    ]


class _Sweep:
    """One sweep; sets of boxes are bits over `boxes`."""

    def __init__(
        self, space: Space, boxes: Sequence[Box], frame: Frame, judge: Judge, effort: Effort
    ) -> None:
        self.space, self.boxes, self.frame, self.judge, self.effort = space, boxes, frame, judge, effort
        self.parts: list[dict[int, Part]] = [{} for _ in space.names]  # axis → box → what it allows
        for n, box in enumerate(boxes):
            for axis, part in box.terms:
                self.parts[axis][n] = part
        self.bound = [sum(1 << n for n in parts) for parts in self.parts]
        self._kept: dict[tuple[int, int], Pieces] = {}
        self._labels: dict[int, dict[Label, int]] = {}

    def pieces(self) -> Pieces:
        """All pieces."""
        return self._cases(0, (1 << len(self.boxes)) - 1)

    def _cases(self, axis: int, together: int) -> Pieces:
        together = self.judge.narrow(together)
        if not together:
            return {}
        while axis < len(self.bound) and not together & self.bound[axis]:
            axis += 1
        key = (axis, together)
        found = self._kept.get(key)
        if found is None:
            if axis == len(self.bound):
                found = self._days(together)
            elif self.space.values[axis]:
                found = self._values(axis, together)
            else:
                found = self._numbers(axis, together)
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            self._kept[key] = found
        return found

    def _days(self, together: int) -> Pieces:
        """Stretches of days, each as long as the label of its units stays."""
        spans = [(n, self.boxes[n].since, self.boxes[n].until) for n in bits_of(together)]
        found: Pieces = {}
        open_: dict[Label, dict[int, int]] = {}  # label → first day → units
        for day, _, there in self._slabs(spans, 0, self.frame.since, self.frame.until):
            now = self._labelled(there)
            self.effort.spend(3 * (len(now) + len(open_)))
            _go_on(open_, now, day, _stretch, found)
        _go_on(open_, {}, self.frame.until, _stretch, found)
        return found

    def _numbers(self, axis: int, together: int) -> Pieces:
        """The same along an attribute of numbers."""
        whole = self.frame.parts.get(axis, (-FAR, FAR))
        assert not isinstance(whole, int)
        spans = []
        for n in bits_of(together & self.bound[axis]):
            part = self.parts[axis][n]
            assert not isinstance(part, int)
            spans.append((n, *part))

        def key(of: Key, lo: int, hi: int) -> Key:
            return of if (lo, hi) == whole else (*of[:3], ((axis, (lo, hi)), *of[3]))

        found: Pieces = {}
        open_: dict[Key, dict[int, int]] = {}
        for at, _, there in self._slabs(spans, together & ~self.bound[axis], *whole):
            now = self._cases(axis + 1, there)
            self.effort.spend(3 * (len(now) + len(open_)))
            _go_on(open_, now, at, key, found)
        _go_on(open_, {}, whole[1], key, found)
        return found

    def _values(self, axis: int, together: int) -> Pieces:
        """Values that come to the same are told together."""
        whole = self.frame.parts.get(axis, self.space.full(axis))
        assert isinstance(whole, int)
        alike: dict[int, int] = {}
        for value in bits_of(whole):
            there = together & ~self.bound[axis]
            for n in bits_of(together & self.bound[axis]):
                part = self.parts[axis][n]
                assert isinstance(part, int)
                there |= (part >> value & 1) << n
            alike[there] = alike.get(there, 0) | 1 << value
        self.effort.spend(whole.bit_count())
        blocks: dict[Key, list[tuple[int, int]]] = {}  # key → disjoint (units, values)
        for there, values in alike.items():
            now = self._cases(axis + 1, there)
            self.effort.spend(3 * len(now))
            for of, units in now.items():
                blocks[of] = _with(blocks.get(of, []), units, values)
        found: Pieces = {}
        for of, listed in blocks.items():
            for units, values in listed:
                key = of if values == whole else (*of[:3], ((axis, values), *of[3]))
                found[key] = found.get(key, 0) | units
        return found

    def _slabs(
        self, spans: Iterable[tuple[int, int, int]], there: int, lo: int, hi: int
    ) -> Iterable[tuple[int, int, int]]:
        """(from, to, boxes that hold) from `lo` to `hi`, cut where a span begins or ends."""
        turns: dict[int, int] = {}
        for n, since, until in spans:
            if since < hi and lo < until:
                turns[max(since, lo)] = turns.get(max(since, lo), 0) ^ 1 << n
                turns[min(until, hi)] = turns.get(min(until, hi), 0) ^ 1 << n
        self.effort.spend(len(turns) + 1)
        at = lo
        for turn in sorted(turns):
            if at < turn:
                yield at, turn, there
            there ^= turns[turn]
            at = turn
        if at < hi:
            yield at, hi, there

    def _labelled(self, together: int) -> dict[Label, int]:
        found = self._labels.get(together)
        if found is None:
            left = self.judge.narrow(together)
            found = self.judge.labels(left) if left else {}
            self.effort.spend(1 + together.bit_count() // 4)
            if len(self._labels) >= MOST_KEPT:
                self._labels.clear()
            self._labels[together] = found
        return found


def _stretch(label: Label, since: int, until: int) -> Key:
    return (label, since, until, ())


def _go_on(
    open_: dict[K, dict[int, int]],
    now: dict[K, int],
    at: int,
    key: Callable[[K, int, int], Key],
    found: Pieces,
) -> None:
    """At `at` the units of each key become those of `now`: what ends is found, what goes on stays open."""
    for of, begun in list(open_.items()):
        stay, left = now.get(of, 0), {}
        for since, units in begun.items():
            if ended := units & ~stay:
                whole = key(of, since, at)
                found[whole] = found.get(whole, 0) | ended
            if units & stay:
                left[since] = units & stay
                stay &= ~units
        open_[of] = {**left, at: stay} if stay else left
    for of, units in now.items():
        if of not in open_:
            open_[of] = {at: units}
    for of in [of for of, begun in open_.items() if not begun]:
        del open_[of]


def _with(blocks: list[tuple[int, int]], units: int, values: int) -> list[tuple[int, int]]:
    """Blocks in which these units have these values too."""
    found = []
    for mask, known in blocks:
        if mask & units:
            found.append((mask & units, known | values))
        if mask & ~units:
            found.append((mask & ~units, known))
        units &= ~mask
    return [*found, (units, values)] if units else found
