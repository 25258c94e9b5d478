"""Trạng thái của một tin, và các mốc chờ. Pure."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


class Channel(StrEnum):
    """Kênh gửi tin."""

    EMAIL = "email"
    SMS = "sms"
    ZALO = "zalo"


class State(StrEnum):
    """Tin đang ở đâu."""

    WAITING = "waiting"  # to be sent, or to be tried again
    SENT = "sent"  # the next server has it
    FAILED = "failed"  # given up: an operator may try again
    DROPPED = "dropped"  # nobody will send it: no such address, or out of date


class Outcome(StrEnum):
    """Thư đến thành gì."""

    FILED = "filed"  # a new ticket
    SUPPLIED = "supplied"  # added to the ticket it answers
    ASIDE = "aside"  # a person must look
    DROPPED = "dropped"  # a person looked: nothing to do


PATIENCE = timedelta(days=2)  # how long a message is tried
_FIRST, _LONGEST = timedelta(minutes=1), timedelta(hours=4)
_CLOSED_FIRST, _CLOSED_LONGEST = timedelta(seconds=15), timedelta(minutes=5)
LEASE = timedelta(minutes=15)  # after this a message whose sender was killed is taken up again


def wait(attempts: int) -> timedelta:
    """How long a message rests after its `attempts`th failure (from 1): 1, 2, 4 … minutes, at most 4 hours."""
    return min(_FIRST * (1 << min(attempts - 1, 16)), _LONGEST)


def rest(failures: int) -> timedelta:
    """How long a whole channel rests after `failures` failures in a row (from 1): 15 s … 5 minutes."""
    return min(_CLOSED_FIRST * (1 << min(failures - 1, 16)), _CLOSED_LONGEST)
