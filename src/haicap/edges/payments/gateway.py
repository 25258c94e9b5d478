"""Khe cắm cổng thanh toán: what the platform asks of a payment gateway, whoever runs it. Filled in config/wiring.py."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

Query = Sequence[tuple[str, str]]  # of an address: (name, value) in their order, decoded, repeated names kept


class Outcome(StrEnum):
    """What a gateway says became of an attempt to pay."""

    PAID = "paid"
    FAILED = "failed"  # cancelled, expired, refused by the bank: no money was taken
    DOUBTED = "doubted"  # money was taken, the gateway examines it: not paid yet, and not to be asked again
    PENDING = "pending"  # not over: another notice follows


class Verdict(StrEnum):
    """What we answer a notice with; each gateway has its own code for it."""

    CONFIRMED = "confirmed"
    ALREADY = "already"
    UNKNOWN = "unknown"  # no such payment of ours
    WRONG_AMOUNT = "wrong_amount"
    FORGED = "forged"
    FAULT = "fault"  # ask us again later


@dataclass(frozen=True, slots=True)
class Order:
    """One attempt to pay.

    reference   ours, never used twice: letters, digits and hyphens, at most 100
    amount      whole đồng
    about       what it is for: a code, never personal text; it goes to the bank statement
    return_url  page the browser comes back to
    address     network address of the payer
    at, until   from when to when it may be paid (aware)
    """

    reference: str
    amount: int
    about: str
    return_url: str
    address: str
    at: datetime
    until: datetime
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class Notice:
    """What a gateway says of an attempt, its signature proved.

    amount       whole đồng
    transaction  the gateway's number, empty when it made none
    reason       the gateway's own code of the outcome, for people who look it up
    """

    reference: str
    outcome: Outcome
    amount: int
    transaction: str = ""
    reason: str = ""


class Gateway(Protocol):
    """A payment gateway. Its network faults and its refusals leave as `Refused`.

    key    what stands on the payment; label: its name, as people read it
    """

    key: str
    label: str

    def start(self, order: Order) -> str:
        """The address the browser is sent to. Refused `bad_order`."""
        ...

    def reachable(self) -> bool:
        """Whether the gateway answers now; never waits longer than a person would."""
        ...

    def returned(self, query: Query) -> Notice:
        """What the browser carried back. Refused `forged`, `unknown_payment`, `wrong_amount`."""
        ...

    def notified(self, query: Query) -> Notice:
        """What the gateway itself tells us. Refused as `returned`."""
        ...

    def ask(self, reference: str, *, asked_at: datetime, at: datetime) -> Notice | None:
        """What became of an attempt, when no notice came; None: the gateway knows of none. Refused `no_answer`, `forged`."""
        ...

    def answer(self, verdict: Verdict) -> Mapping[str, str]:
        """The JSON document that answers a notice."""
        ...


_gateways: dict[str, Gateway] = {}


def wire(*gateways: Gateway) -> None:
    """Offer these gateways, the first one as the usual one; none: online payment is not offered."""
    _gateways.clear()
    _gateways.update({gateway.key: gateway for gateway in gateways})


def offered() -> Gateway | None:
    """The gateway to pay with; None when people pay at the counter only."""
    return next(iter(_gateways.values()), None)


def named(key: str) -> Gateway | None:
    """A gateway by its key."""
    return _gateways.get(key)
