"""Kênh: the slot a way of sending fills, and how it says that something did not go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from haicap.edges.notices.states import Channel


class Away(Exception):
    """The whole channel does not work now (server away, wrong password): no message is to blame."""


class Later(Exception):
    """Not this message now; perhaps later."""


class Never(Exception):
    """This message will never go: the receiver does not exist, or the text is refused."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link a letter offers; the address is always one of this site."""

    label: str
    href: str


Facts = tuple[tuple[str, str], ...]  # label, value
Items = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A message put into words: blocks of a letter, and one line for a telephone."""

    subject: str
    blocks: tuple[str | Facts | Items | Link, ...]
    footer: str
    short: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What a channel is given. `reference` is the same at every try, so that receivers can see a double."""

    reference: str
    to: str
    language: str
    template: str
    text: Text
    code: str = ""


class Way(Protocol):
    """A way of sending, opened for some messages in a row."""

    def open(self) -> None:
        """Get ready. `Away` when nobody answers."""

    def send(self, message: Outgoing) -> None:
        """Hand over one message. `Away`, `Later`, `Never`; after `Later` it may have to be opened anew."""

    def close(self) -> None:
        """Say goodbye; never fails."""


_ways: dict[Channel, Callable[[], Way]] = {}


def wire(channel: Channel, way: Callable[[], Way] | None) -> None:
    """Fill or empty the slot of a channel; config/wiring.py only."""
    if way is None:
        _ways.pop(channel, None)
    else:
        _ways[channel] = way


def configured(channel: Channel) -> bool:
    """Whether the operator set the channel up; nothing is queued for one that is not."""
    return channel in _ways


def way(channel: Channel) -> Way:
    """A way of sending; KeyError for a channel nobody set up."""
    return _ways[channel]()
