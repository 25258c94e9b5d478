"""Câu hỏi về tin: what waits, what failed, whether the channels answer. Receivers are masked: operators need no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import overload

from django.db.models import Count, QuerySet

from haicap.edges.notices import addresses, channels
from haicap.edges.notices.models import Line, Message
from haicap.edges.notices.states import Channel, State


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as operators see it: no name, no text, the receiver masked."""

    id: str
    channel: Channel
    to: str
    template: str
    about: str
    state: State
    attempts: int
    retry_at: datetime
    error: str
    created_at: datetime
    ended_at: datetime | None
    erased: bool


@dataclass(frozen=True, slots=True)
class Way:
    """A channel: whether it is set up, and since when it does not answer."""

    channel: Channel
    configured: bool
    waiting: int
    since: datetime | None = None
    closed_until: datetime | None = None
    error: str = ""


class Listed(Sequence[Seen]):
    """Messages newest first, read piece by piece."""

    def __init__(self, rows: QuerySet[Message]) -> None:
        self._rows = rows

    def __len__(self) -> int:
        return self._rows.count()

    @overload
    def __getitem__(self, at: int) -> Seen: ...
    @overload
    def __getitem__(self, at: slice) -> list[Seen]: ...
    def __getitem__(self, at: int | slice) -> Seen | list[Seen]:
        if isinstance(at, slice):
            return [_seen(row) for row in self._rows[at]]
        return _seen(self._rows[at])


def messages(*, state: State | None = None, channel: Channel | None = None, about: str = "") -> Listed:
    """Messages, newest first."""
    rows = Message.objects.order_by("-id")
    if state is not None:
        rows = rows.filter(state=state)
    if channel is not None:
        rows = rows.filter(channel=channel)
    if about:
        rows = rows.filter(about=about)
    return Listed(rows)


def counts() -> dict[State, int]:
    """How many messages are in each state."""
    found = Message.objects.values_list("state").annotate(n=Count("id")).order_by()
    return dict.fromkeys(State, 0) | {State(state): n for state, n in found}


def ways() -> tuple[Way, ...]:
    """The channels, in the order they are tried."""
    lines = {line.channel: line for line in Line.objects.all()}
    found = (
        Message.objects.filter(state=State.WAITING).values_list("channel").annotate(n=Count("id")).order_by()
    )
    waiting = dict(found)
    return tuple(
        _way(channel, lines.get(channel.value), waiting.get(channel.value, 0)) for channel in Channel
    )


def _way(channel: Channel, line: Line | None, waiting: int) -> Way:
    set_up = channels.configured(channel)
    if line is None or not line.failures:
        return Way(channel, set_up, waiting)
    return Way(channel, set_up, waiting, line.since, line.closed_until, line.error)


def _seen(row: Message) -> Seen:
    return Seen(
        id=str(row.public_id),
        channel=Channel(row.channel),
        to=addresses.masked(row.to),
        template=row.template,
        about=row.about,
        state=State(row.state),
        attempts=row.attempts,
        retry_at=row.retry_at,
        error=row.error,
        created_at=row.created_at,
        ended_at=row.ended_at,
        erased=row.erased_at is not None,
    )
