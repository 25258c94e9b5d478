"""Nhớ lại: answers that cost a walk over the whole register, kept for the state of the register they were made of."""

from __future__ import annotations

import threading
import weakref
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from haicap.domain.units.timeline import Register

V = TypeVar("V")


class Memo(Generic[V]):
    """The last few values by key; all forgotten when the register is read anew, as it is after every change."""

    def __init__(self, most: int = 8) -> None:
        self._most = most
        self._of: Callable[[], Register | None] = lambda: None  # weak, as an old register is large
        self._values: OrderedDict[Hashable, V] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, register: Register, key: Hashable, make: Callable[[], V]) -> V:
        """The value of `key`, made when it is not at hand. Two that ask at once may both make it."""
        with self._lock:
            if self._of() is not register:
                self._values.clear()
                self._of = weakref.ref(register)
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        value = make()
        with self._lock:
            if self._of() is register:
                self._values[key] = value
                while len(self._values) > self._most:
                    self._values.popitem(last=False)
        return value
