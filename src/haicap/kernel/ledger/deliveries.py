"""Người nhận: who acts on which events after they happened, in a transaction of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

Handler = Callable[[int], None]


@dataclass(slots=True)
class _Consumers:
    handlers: dict[str, Handler] = field(default_factory=dict)
    by_kind: dict[str, tuple[str, ...]] = field(default_factory=dict)


_registered = _Consumers()


def subscribe(consumer: str, *, kinds: Iterable[str], handler: Handler) -> None:
    """Let `handler(event id)` run once after each event of `kinds`; called in config/wiring.py only.

    The handler must be idempotent: after a crash it may see an event again.
    """
    _registered.handlers[consumer] = handler
    for name in kinds:
        rest = [c for c in _registered.by_kind.get(name, ()) if c != consumer]
        _registered.by_kind[name] = (*rest, consumer)


def consumers_of(kind: str) -> tuple[str, ...]:
    """Names of the consumers of events of `kind`."""
    return _registered.by_kind.get(kind, ())


def handler_of(consumer: str) -> Handler:
    """The handler of `consumer`; KeyError when none is wired."""
    return _registered.handlers[consumer]


def consumers() -> tuple[str, ...]:
    """Names of all consumers that are wired."""
    return tuple(_registered.handlers)


def unsubscribe(consumer: str) -> None:
    """Take a consumer away; its open deliveries stay until it comes back."""
    _registered.handlers.pop(consumer, None)
    for name, names in _registered.by_kind.items():
        _registered.by_kind[name] = tuple(c for c in names if c != consumer)
