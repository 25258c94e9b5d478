"""Định danh ngoài: the slot for providers that know people already (VNeID and its like)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Start:
    """Where to send the browser, and what the session must remember until it comes back."""

    url: str
    memory: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Person:
    """Who the provider says came: `subject` is the provider's own opaque id, stable for a person."""

    provider: str
    subject: str
    display_name: str


class IdentityProvider(Protocol):
    """A provider. `start` and `finish` may use the network and raise Refused `identity_failed`."""

    @property
    def key(self) -> str:
        """Short stable name in addresses and rows ("vneid")."""

    @property
    def label(self) -> str:
        """Name on the button ("VNeID")."""

    def start(self, *, return_to: str) -> Start:
        """Begin: `return_to` is the absolute address the browser comes back to."""

    def finish(self, *, query: Mapping[str, str], memory: Mapping[str, str], return_to: str) -> Person:
        """Judge what the browser brought back (`query`) against what the session remembered (`memory`)."""


_providers: dict[str, IdentityProvider] = {}


def register(provider: IdentityProvider) -> None:
    """Fill the slot; called in config/wiring.py only."""
    _providers[provider.key] = provider


def providers() -> tuple[IdentityProvider, ...]:
    """All providers wired, in their order."""
    return tuple(_providers.values())


def provider(key: str) -> IdentityProvider | None:
    """The provider of this name."""
    return _providers.get(key)


def forget(key: str) -> None:
    """Take a provider away."""
    _providers.pop(key, None)
