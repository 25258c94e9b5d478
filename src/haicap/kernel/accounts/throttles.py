"""Phanh: how often someone may try. In the database, so that all processes brake together."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.kernel.accounts import sealing
from haicap.kernel.accounts.models import Throttle

WINDOW = timedelta(minutes=15)
LONGEST_BLOCK = timedelta(hours=24)
CALM = timedelta(hours=48)  # after so long without a try the blocks begin small again
_TOO_MANY = gettext_noop("Đã thử quá nhiều lần. Xin thử lại sau %(minutes)s phút.")


@dataclass(frozen=True, slots=True)
class Limit:
    """A key and how many tries it has in a quarter of an hour; `longest` bounds how long it may be blocked."""

    key: bytes
    tries: int
    longest: timedelta = LONGEST_BLOCK


@dataclass(frozen=True, slots=True)
class State:
    """Tries so far, since when, and the block."""

    tries: int
    since: datetime
    blocked_until: datetime | None
    blocks: int


def after_try(state: State, limit: Limit, at: datetime) -> State:
    """The state after one more try. Pure: each block is twice as long as the one before, up to the limit's longest."""
    if state.blocked_until is not None and at < state.blocked_until:
        return state
    blocks = 0 if at - state.since > CALM else state.blocks
    tries = 1 if at - state.since >= WINDOW else state.tries + 1
    since = at if tries == 1 else state.since
    if tries <= limit.tries:
        return State(tries, since, None, blocks)
    return State(0, at, at + min(WINDOW * 2 ** min(blocks, 10), limit.longest), blocks + 1)


def sign_in_limits(name: str, address: str) -> list[Limit]:
    """Tight for one name from one address; wider for an address (an office shares one) and for a name.

    A name alone is never blocked for longer than a window, or anybody could lock anybody out.
    """
    tries = settings.SIGN_IN_TRIES
    return [
        Limit(sealing.keyed("throttle", "pair", name, address), tries),
        Limit(sealing.keyed("throttle", "address", address), tries * 20),
        Limit(sealing.keyed("throttle", "name", name), tries * 10, longest=WINDOW),
    ]


def second_factor_limits(actor: str) -> list[Limit]:
    """Six digits must not be guessed: few tries, growing waits."""
    return [Limit(sealing.keyed("throttle", "second", actor), settings.SIGN_IN_TRIES)]


def letter_limits(name: str, address: str) -> list[Limit]:
    """Nobody's mailbox is flooded, and no address floods many."""
    return [
        Limit(sealing.keyed("throttle", "letter-name", name), 3),
        Limit(sealing.keyed("throttle", "letter-address", address), settings.SIGN_IN_TRIES * 4),
    ]


def count(limits: list[Limit], *, at: datetime) -> None:
    """Count one try under each limit, before it is judged. Refused `too_many_tries` with the minutes to wait."""
    blocked = [until for limit in sorted(limits, key=lambda x: x.key) if (until := _count(limit, at))]
    if blocked:
        minutes = max(1, -int((at - max(blocked)).total_seconds() // 60))
        raise Refused("too_many_tries", _TOO_MANY, params={"minutes": minutes})


def _count(limit: Limit, at: datetime) -> datetime | None:
    with transaction.atomic():
        Throttle.objects.bulk_create([Throttle(key=limit.key, since=at)], ignore_conflicts=True)
        row = Throttle.objects.select_for_update().get(key=limit.key)
        state = after_try(State(row.tries, row.since, row.blocked_until, row.blocks), limit, at)
        Throttle.objects.filter(key=limit.key).update(
            tries=state.tries, since=state.since, blocked_until=state.blocked_until, blocks=state.blocks
        )
    return state.blocked_until


def clear(limits: list[Limit]) -> None:
    """Forget the tries under `limits`, after a success."""
    Throttle.objects.filter(key__in=[limit.key for limit in limits]).delete()


def sweep(at: datetime) -> int:
    """Remove what nobody waits for any more; how many."""
    return Throttle.objects.filter(since__lt=at - CALM).delete()[0]
