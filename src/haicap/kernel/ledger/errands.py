"""Việc định kỳ: what the worker does again and again, declared in config/wiring.py."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

Run = Callable[[datetime], object]


@dataclass(frozen=True, slots=True)
class Every:
    """An errand: `run(at)` at most once in each `period`, over all workers together."""

    name: str
    period: timedelta
    run: Run


_registered: dict[str, Every] = {}


def every(name: str, period: timedelta, run: Run) -> None:
    """Let the worker call `run(at)` once each `period`; a second call with the same name replaces the first.

    `run` must bear to be cut off and called again: after a failure it is tried again a minute later.
    """
    _registered[name] = Every(name, period, run)


def registered() -> tuple[Every, ...]:
    """All errands, by name."""
    return tuple(_registered[name] for name in sorted(_registered))


def forget(name: str) -> None:
    """Take an errand away."""
    _registered.pop(name, None)
