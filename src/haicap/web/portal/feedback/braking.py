"""Phanh của phản ánh: guesses of a ticket's key or digits, pages that search, questions to the assistant."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest

from haicap.kernel.accounts import sealing, throttles
from haicap.kernel.accounts.throttles import Limit
from haicap.web.common import clients, clock

PAIR, CODE, ADDRESS, NOTED = 5, 20, 60, 60  # tries a quarter of an hour
_SHORT = timedelta(hours=4)


def guess(request: HttpRequest, code: str, *, key: bool) -> list[Limit]:
    """Count a try at a ticket before it is judged; what to clear when it was right. Refused `too_many_tries`.

    key  tries with the key are counted apart: whoever guesses digits does not keep the owner out
    """
    kind, spelled, address = f"ticket-{'key' if key else 'digits'}", code[:40], clients.network(request)
    pair = Limit(sealing.keyed("throttle", kind, spelled, address), PAIR, longest=_SHORT)
    wide = [
        Limit(sealing.keyed("throttle", kind, spelled), CODE, longest=_SHORT),
        Limit(sealing.keyed("throttle", f"{kind}-address", address), ADDRESS, longest=_SHORT),
    ]
    throttles.count([pair, *wide], at=clock.now())
    return [pair]


def right(held: list[Limit]) -> None:
    """It was right: not counted any further."""
    throttles.clear(held)


def note(request: HttpRequest) -> None:
    """Count a question that would be kept for the editors. Refused `too_many_tries`."""
    limit = Limit(sealing.keyed("throttle", "ask", clients.network(request)), NOTED, longest=_SHORT)
    throttles.count([limit], at=clock.now())
