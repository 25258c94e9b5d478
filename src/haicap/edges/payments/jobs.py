"""Việc nền của thanh toán: payments no gateway has told of are asked about, and at last given up. A late notice still counts."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from haicap.base.refused import Refused
from haicap.domain.dossiers import actions, queries
from haicap.domain.dossiers.queries import Attempt
from haicap.edges.payments import gateway, notices

log = logging.getLogger("haicap.payments")

ACTOR = "system"
PATIENCE = timedelta(minutes=20)  # payable for 15; notices come within minutes
GIVEN_UP = timedelta(
    hours=2
)  # the gateway says that nobody paid, and its own repeats (10 in 50 minutes) are over
UNANSWERED = timedelta(hours=24)  # the gateway cannot be asked
BATCH, MOST = 100, 2_000


def follow_up(at: datetime) -> None:
    """Ask about every payment nobody has told of, oldest first; a gateway that does not answer is asked the next time."""
    last, seen, silent = 0, 0, set[str]()
    while seen < MOST:
        found = queries.unheard(before=at - PATIENCE, after=last, limit=BATCH)
        for last, attempt in found:  # noqa: B007  # the last key leads to the next piece
            answered = _asked(attempt, silent, at)
            if at - attempt.asked_at > (GIVEN_UP if answered else UNANSWERED) and not attempt.doubted:
                _expire(attempt, at)
        seen += len(found)
        if len(found) < BATCH:
            return


def _asked(attempt: Attempt, silent: set[str], at: datetime) -> bool:
    """Ask the gateway and note what it says; whether it said anything. One that does not is kept in `silent`."""
    known = gateway.named(attempt.provider)
    if known is None or attempt.provider in silent:
        return False
    try:
        notice = known.ask(attempt.reference, asked_at=attempt.asked_at, at=at)
        if notice is not None:
            notices.note(known, notice, at=at)
    except Refused as refused:
        if refused.code == "no_answer":
            silent.add(attempt.provider)
        if refused.code != "already_noted":
            log.warning("payments: %s is not answered for: %s", attempt.reference, refused.code)
            return False
    return True


def _expire(attempt: Attempt, at: datetime) -> None:
    """Give it up, unless it was told of in this moment."""
    try:
        actions.expire_payment(reference=attempt.reference, actor=ACTOR, at=at)
    except Refused as refused:
        if refused.code != "not_now":
            raise
