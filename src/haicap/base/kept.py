"""Giữ trong bộ nhớ: what a process read once and keeps until its source says that it changed, or for a while."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from math import inf
from typing import Any, ClassVar, Generic, TypeVar
from weakref import WeakSet

T = TypeVar("T")
FRESH_FOR = 1.0  # seconds in which nobody asks again whether it changed
NEVER = -inf
clock = time.monotonic  # the one by which all that is kept grows old


class Kept(Generic[T]):
    """A value read by `read` for as long as `generation` gives the same answer, asked at most once a second.

    generation  cheap question, one small statement; its answer names the state that `read` will find or an older one
    read        makes the value from that state; runs in one thread at a time. What it raises is not kept.
    always      ask at each call: for a generation that is itself a look into memory
    """

    everything: ClassVar[WeakSet[Kept[Any]]] = WeakSet()

    def __init__(
        self, generation: Callable[[], Hashable], read: Callable[[Hashable], T], *, always: bool = False
    ) -> None:
        self._generation, self._read, self._always = generation, read, always
        self._lock = threading.Lock()
        self._held: tuple[Hashable, T] | None = None
        self._checked = NEVER
        Kept.everything.add(self)

    def __call__(self) -> T:
        """The value, at most a second old."""
        held = self._held
        if held is not None and self._fresh(held[0]):
            return held[1]
        return self.now()

    def _fresh(self, state: Hashable) -> bool:
        return self._generation() == state if self._always else clock() - self._checked < FRESH_FOR

    def now(self) -> T:
        """The value of this moment: asks even within the second. For verbs, and for what is made of other kept values:
        those would otherwise hand it an old state, which it would keep under the name of a new one."""
        with self._lock:
            asked = clock()
            current = self._generation()
            if self._held is None or self._held[0] != current:
                self._held = (current, self._read(current))
            self._checked = asked
            return self._held[1]

    def state(self) -> Hashable:
        """The state the value was read for: what names it in caches. At most a second old."""
        self()
        held = self._held
        return held[0] if held is not None else None

    def recheck(self) -> None:
        """Ask at the next call whether it changed."""
        self._checked = NEVER

    def forget(self) -> None:
        """Ask and read anew at the next call."""
        with self._lock:
            self._held, self._checked = None, NEVER


class Notes(Generic[T]):
    """What a process noted piece by piece; begun anew with `begin` after some seconds, when `state` gives another
    answer, and when there are too many.

    begin    makes the empty notes
    seconds  how old the oldest note may get
    state    a look into memory; its answer names what the notes are taken from
    full     whether notes are too many
    """

    everything: ClassVar[WeakSet[Notes[Any]]] = WeakSet()

    def __init__(
        self,
        begin: Callable[[], T],
        *,
        seconds: float = inf,
        state: Callable[[], Hashable] = lambda: None,
        full: Callable[[T], bool] = lambda _: False,
    ) -> None:
        self._begin, self._seconds, self._state, self._full = begin, seconds, state, full
        self._held: tuple[Hashable, float, T] | None = None
        Notes.everything.add(self)

    def __call__(self) -> T:
        """The notes, to read in and to add to. Who was handed older ones may still write into those: nobody reads them."""
        state, now, held = self._state(), clock(), self._held
        if held is None or held[0] != state or now - held[1] >= self._seconds or self._full(held[2]):
            held = self._held = (state, now, self._begin())
        return held[2]

    def forget(self) -> None:
        """Begin anew at the next call."""
        self._held = None
