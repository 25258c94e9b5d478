"""Phanh: how often one address may begin, send files, file and guess. A district's internet café shares an address."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest

from haicap.domain.dossiers import rules
from haicap.kernel.accounts import sealing, throttles
from haicap.kernel.accounts.throttles import Limit
from haicap.web.common import clients, clock
from haicap.web.portal.dossiers import access

BEGUN, SENT, FILED, ASKED, CHECKED = 40, 300, 40, 60, 60  # of one address (or account) a quarter of an hour
PAIR, CODE = 5, 20  # guesses of the digits of one code: from one address, from everywhere
_SHORT = timedelta(hours=4)  # nobody shuts anybody out for longer; the whole phone opens meanwhile


def _of(request: HttpRequest, what: str, tries: int) -> Limit:
    """One account, or one address of people without one."""
    user = access.user_of(request)
    who = user.actor if user else clients.network(request)
    return Limit(sealing.keyed("throttle", f"portal-{what}", who), tries, longest=_SHORT)


def begin(request: HttpRequest) -> None:
    """Count a draft begun. Refused `too_many_tries`, as all of these."""
    throttles.count([_of(request, "begin", BEGUN)], at=clock.now())


def send(request: HttpRequest) -> None:
    """Count a file sent."""
    throttles.count([_of(request, "send", SENT)], at=clock.now())


def file(request: HttpRequest) -> None:
    """Count a dossier filed."""
    throttles.count([_of(request, "file", FILED)], at=clock.now())


def check(request: HttpRequest) -> None:
    """Count a paper brought for comparison."""
    throttles.count([_of(request, "check", CHECKED)], at=clock.now())


def guess(request: HttpRequest, code: str, *, whole: bool) -> list[Limit]:
    """Count a try at a code, right or wrong, before it is judged; what to clear after a success.

    whole  with the whole phone: counted apart, so that guessing digits never keeps the owner out
    """
    kind, spelled = ("phone" if whole else "digits"), (rules.read_code(code) or code.strip().upper()[:60])
    pair = Limit(sealing.keyed("throttle", kind, spelled, clients.network(request)), PAIR, longest=_SHORT)
    rest = [
        Limit(sealing.keyed("throttle", kind, spelled), CODE, longest=_SHORT),
        Limit(sealing.keyed("throttle", f"{kind}-address", clients.network(request)), ASKED, longest=_SHORT),
    ]
    throttles.count([pair, *rest], at=clock.now())
    return [pair]


def right(held: list[Limit]) -> None:
    """It was right: this address is not counted any further for it."""
    throttles.clear(held)
