"""Ai đang gọi: which client a call counts for, and how many calls it has left.

Counts live in the memory of each server process: no write per call, no trip to the database. With N processes a
client may get up to N times the rate; the limit is there to keep one client from taking the server from all others,
not to bill. Addresses are forgotten as soon as their allowance is full again.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.kernel.accounts import queries
from haicap.kernel.accounts.queries import Holder
from haicap.kernel.accounts.states import Scope, UserKind
from haicap.web.common import clients, clock

KNOWN_FOR = 30.0  # seconds
MINUTE = 60.0
MOST_CLIENTS = 50_000
READS = ("GET", "HEAD", "OPTIONS")
ANYBODY = "public"  # actor of what somebody did without saying who
WRONG_TOKEN = 10  # calls: a wrong token counts against the address it came from, so that guessing is slow
TOKEN_FACTOR = 10  # a client that says who it is gets so many times more


@dataclass(frozen=True, slots=True)
class Client:
    """Who calls: a key for counting, calls a minute, the opaque id that events carry, and what the token may do."""

    key: str
    rate: int
    actor: str = ANYBODY
    scopes: frozenset[Scope] = frozenset()
    citizen: bool = False


@dataclass(frozen=True, slots=True)
class Allowance:
    """What a client has left. reset: seconds until it is whole again; wait: until this call would be answered."""

    limit: int
    remaining: int
    reset: int
    wait: int = 0


class Allowances:
    """Token buckets: a minute's calls may come at once, then they grow back evenly."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._full_at: dict[str, float] = {}
        self._lock = threading.Lock()

    def spend(self, client: Client, cost: int = 1) -> Allowance:
        """Count a call that is worth `cost`; an allowance with `wait` means it must not be answered.

        A call dearer than the whole allowance is let through when the allowance is untouched.
        """
        now, each = self._clock(), MINUTE / client.rate
        with self._lock:
            full_at = max(self._full_at.get(client.key, now), now)
            used = full_at - now
            after = used + cost * each
            if after > MINUTE + 1e-9 and used > 0:
                return Allowance(
                    client.rate,
                    self._left(used, each),
                    -int(-used // 1),
                    max(1, -int(-(after - MINUTE) // 1)),
                )
            self._full_at[client.key] = now + min(after, 2 * MINUTE)
            if len(self._full_at) > MOST_CLIENTS:
                self._full_at = {k: t for k, t in self._full_at.items() if t > now}
        return Allowance(client.rate, self._left(after, each), -int(-after // 1))

    def forget(self) -> None:
        """Everybody starts anew."""
        with self._lock:
            self._full_at.clear()

    @staticmethod
    def _left(used: float, each: float) -> int:
        return max(0, int((MINUTE - used) / each + 1e-6))


allowances = Allowances()


@dataclass(slots=True)
class _Known:
    """Keys seen lately, by their hash; a revoked one is known for at most KNOWN_FOR seconds more (reads only)."""

    holders: dict[bytes, tuple[float, Client, Holder]] = field(default_factory=dict)


_known = _Known()
PROVING: set[str] = set()  # routes whose calls ask for their token themselves: `claimed` and `prove`


@dataclass(slots=True)
class Claim:
    """Whom a writing call says it comes from, known from the last half minute: asked with its verb's first statement."""

    secret: str
    holder: Holder
    proved: bool = False


class NotHeld(Exception):
    """The token is no longer held as it was a moment ago."""


def client_of(request: HttpRequest, *, route: str = "") -> Client:
    """The client of a call: the holder of its token, else its network address.

    What writes asks the database each time (one prepared statement): a revoked token ends with the next call. Calls of a
    `route` that proves it ask when they carry out their verb, in the same trip.
    Refused `bad_token` for a token nobody holds (it expired, was revoked or mistyped).
    """
    address = Client(clients.network(request), settings.API_RATE)
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.casefold() != "bearer":
        return address
    digest = hashlib.sha256(secret.strip().encode()).digest()
    seen = _known.holders.get(digest)
    now = time.monotonic()
    if seen is not None and now - seen[0] < KNOWN_FOR:
        if request.method in READS:
            return seen[1]
        if route in PROVING:
            request.haicap_claim = Claim(secret.strip(), seen[2])  # type: ignore[attr-defined]  # read by `prove`
            return seen[1]
    found = queries.holder(secret.strip(), at=clock.now())
    if found is None:
        _known.holders.pop(digest, None)
        raise Refused("bad_token", gettext_noop("Khóa truy cập không đúng, đã hết hạn hoặc đã thu hồi."))
    client = Client(
        f"token:{found.token}", settings.API_RATE * TOKEN_FACTOR, found.actor, found.scopes, found.kind is UserKind.CITIZEN
    )  # fmt: skip
    if len(_known.holders) > MOST_CLIENTS:
        _known.holders.clear()
    _known.holders[digest] = (now, client, found)
    return client


def claimed(request: HttpRequest, at: datetime) -> None:
    """Ask for the token of a call with the first statement of the verb that follows; NotHeld from there."""
    claim: Claim | None = getattr(request, "haicap_claim", None)
    if claim is None:
        return

    def held() -> None:
        claim.proved = True

    queries.hold_to(claim.secret, claim.holder, at=at, held=held, otherwise=NotHeld)


def prove(request: HttpRequest) -> None:
    """Ask for the token of a call now, if its verb never did: nobody is told anything before. Refused `bad_token`."""
    claim: Claim | None = getattr(request, "haicap_claim", None)
    if claim is None or claim.proved:
        return
    request.haicap_claim = None  # type: ignore[attr-defined]  # proved once
    try:
        request.haicap_client = client_of(request)  # type: ignore[attr-defined]  # read by `holder_of`
    except Refused:
        allowances.spend(Client(clients.address(request), settings.API_RATE), WRONG_TOKEN)
        raise


def charge(request: HttpRequest, calls: int) -> None:
    """Count a call that is worth `calls` more than one. Refused `too_many`."""
    client: Client | None = getattr(request, "haicap_client", None)
    if client is not None and calls > 0:
        allowance = allowances.spend(client, calls)
        if allowance.wait:
            raise too_many(allowance)


def too_many(allowance: Allowance) -> Refused:
    """The refusal of a call beyond the allowance."""
    return Refused(
        "too_many",
        gettext_noop("Quá %(limit)s lượt gọi mỗi phút. Xin thử lại sau %(wait)s giây."),
        params={"limit": allowance.limit, "wait": allowance.wait},
    )


def actor_of(request: HttpRequest) -> str:
    """The opaque id of the caller for the record."""
    client: Client | None = getattr(request, "haicap_client", None)
    return client.actor if client else ANYBODY


def holder_of(request: HttpRequest, scope: Scope = Scope.READ) -> Client:
    """The caller of what needs a token. Refused `token_needed`, `scope_missing`."""
    client: Client | None = getattr(request, "haicap_client", None)
    if client is None or not client.scopes:
        raise Refused(
            "token_needed",
            gettext_noop(
                "Lượt gọi này cần khóa truy cập (Authorization: Bearer …). Tạo khóa ở trang tài khoản."
            ),
        )
    if scope not in client.scopes:
        raise Refused(
            "scope_missing",
            gettext_noop("Khóa truy cập không có phạm vi “%(scope)s”. Xin tạo khóa có phạm vi này."),
            params={"scope": scope.value},
        )
    return client
