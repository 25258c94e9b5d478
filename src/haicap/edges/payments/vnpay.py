"""VNPAY as a gateway of the platform: the protocol with an address behind it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlsplit

from haicap.base.ids import uuid7
from haicap.edges.payments import asking, protocol
from haicap.edges.payments.gateway import Notice, Order, Query, Verdict
from haicap.edges.payments.protocol import Merchant

_SECONDS = 2.0  # a payer waits for this
_BELIEVED = 20.0  # seconds one look at the gateway counts for all payers of a process
_ANSWERS: Mapping[Verdict, tuple[str, str]] = {
    Verdict.CONFIRMED: ("00", "Confirm Success"),
    Verdict.UNKNOWN: ("01", "Order not found"),
    Verdict.ALREADY: ("02", "Order already confirmed"),
    Verdict.WRONG_AMOUNT: ("04", "Invalid amount"),
    Verdict.FORGED: ("97", "Invalid signature"),
    Verdict.FAULT: ("99", "Unknown error"),
}


@dataclass(slots=True)
class Vnpay:
    """Cổng VNPAY."""

    merchant: Merchant
    ask_url: str = ""
    key: str = "vnpay"
    label: str = "VNPAY"
    _seen: tuple[float, bool] = (-_BELIEVED, False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def start(self, order: Order) -> str:
        """The address of the gateway's payment page. Refused `bad_order`."""
        return protocol.build_redirect(order, self.merchant)

    def reachable(self) -> bool:
        """Whether something listens at the gateway's address; looked at once in a while, for two seconds at most."""
        with self._lock:
            looked, answered = self._seen
            if time.monotonic() - looked < (_BELIEVED if answered else 1.0):
                return answered
        answered = _listens(self.merchant.url)
        with self._lock:
            self._seen = (time.monotonic(), answered)
        return answered

    def returned(self, query: Query) -> Notice:
        """What the browser carried back, proved."""
        return protocol.read_return(query, self.merchant)

    def notified(self, query: Query) -> Notice:
        """What the gateway notified, proved."""
        return protocol.read_notification(query, self.merchant)

    def ask(self, reference: str, *, asked_at: datetime, at: datetime) -> Notice | None:
        """What became of an attempt, by "querydr". Refused `no_answer`, also when no address for it is set."""
        if not self.ask_url:
            raise asking.no_answer()
        document = asking.question(
            reference, asked_at=asked_at, at=at, number=uuid7().hex, merchant=self.merchant
        )
        return asking.read_answer(asking.ask(self.ask_url, document), reference, self.merchant)

    def answer(self, verdict: Verdict) -> Mapping[str, str]:
        """{"RspCode", "Message"}."""
        code, message = _ANSWERS[verdict]
        return {"RspCode": code, "Message": message}


def _listens(url: str) -> bool:
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        socket.create_connection((parts.hostname or "", port), _SECONDS).close()
    except (OSError, UnicodeError):
        return False
    return True
