"""Giữ trong bộ nhớ: what a process read once and keeps until its source says that it changed."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from typing import Any, ClassVar, Generic, TypeVar
from weakref import WeakSet

T = TypeVar("T")
FRESH_FOR = 1.0  # seconds in which nobody asks again whether it changed


class Kept(Generic[T]):
    """A value read by `read` for as long as `generation` gives the same answer, asked at most once a second.

    generation  cheap question, one small statement; its answer names the state that `read` will find or an older one
    read        makes the value from that state; runs in one thread at a time. What it raises is not kept.
    """

    everything: ClassVar[WeakSet[Kept[Any]]] = WeakSet()

    def __init__(self, generation: Callable[[], Hashable], read: Callable[[Hashable], T]) -> None:
        self._generation, self._read = generation, read
        self._lock = threading.Lock()
        self._held: tuple[Hashable, T] | None = None
        self._checked = 0.0
        Kept.everything.add(self)

    def __call__(self) -> T:
        """The value, at most a second old."""
        now = time.monotonic()
        held = self._held
        if held is not None and now - self._checked < FRESH_FOR:
            return held[1]
        return self.now()

    def now(self) -> T:
        """The value of this moment: asks even within the second. For verbs, and for what is made of other kept values:
        those would otherwise hand it an old state, which it would keep under the name of a new one."""
        with self._lock:
            asked = time.monotonic()
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

    def forget(self) -> None:
        """Ask and read anew at the next call."""
        with self._lock:
            self._held, self._checked = None, 0.0
