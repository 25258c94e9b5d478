"""Kết quả một lần thăm, và vì sao không đạt. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class State(StrEnum):
    """Hệ thống lúc này, theo lần thăm gần nhất."""

    UNKNOWN = "unknown"  # not probed yet, or no longer
    UP = "up"
    DOWN = "down"


class Why(StrEnum):
    """Vì sao không đạt."""

    NONE = ""
    BAD_ADDRESS = "bad_address"
    BLOCKED = "blocked"  # an address that may not be probed
    UNKNOWN_HOST = "unknown_host"
    NO_CONNECTION = "no_connection"
    TIMEOUT = "timeout"
    CERTIFICATE = "certificate"  # expired, of another name, of nobody we trust
    TLS = "tls"
    GARBAGE = "garbage"  # no HTTP
    REDIRECTS = "redirects"  # too many
    STATUS = "status"
    TEXT = "text"  # the expected text is missing
    OWN = "own"  # our own platform says that it is not ready


class Fault(Exception):
    """A check that failed; `detail` a short technical word, never what the target sent."""

    def __init__(self, why: Why, detail: str = "") -> None:
        super().__init__(f"{why} {detail}".strip())
        self.why, self.detail = why, detail


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked of a system and what is expected of it."""

    system: str  # its code
    url: str
    seconds: int = 10  # in all
    status: int = 200
    text: str = ""  # must stand in the first 64 KiB


@dataclass(frozen=True, slots=True)
class Result:
    """One check: `ms` until the answer was read or given up, `until` when the certificate ends."""

    system: str
    at: datetime
    why: Why
    ms: int
    detail: str = ""
    until: datetime | None = None

    @property
    def ok(self) -> bool:
        """As expected."""
        return self.why is Why.NONE
