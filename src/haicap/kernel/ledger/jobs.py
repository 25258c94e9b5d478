"""Việc của người chạy nền: carrying events to their consumers, and errands.

The worker asks once a second and does not listen for NOTIFY: a notifying transaction takes a lock over the whole
database at commit, so every verb would queue behind every other one. Deliveries and errands are plain rows claimed
with SKIP LOCKED; any number of workers may run, and a killed one loses nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import DatabaseError, connection, transaction

from haicap.kernel.ledger import deliveries, errands, queries
from haicap.kernel.ledger.actions import anchor
from haicap.kernel.ledger.actions.once import forget_replies

log = logging.getLogger("haicap.worker")

RETRY_ERRAND = timedelta(minutes=1)
_FIRST_WAIT, _LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=6)
_CLAIM = """
SELECT id, event_id, consumer, attempts FROM ledger_delivery
WHERE attempts < %s AND (retry_at IS NULL OR retry_at <= %s) AND consumer = ANY(%s)
ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
"""
_FAIL = "UPDATE ledger_delivery SET attempts = attempts + 1, retry_at = %s, error = %s WHERE id = %s"
_RELEASE = "UPDATE ledger_delivery SET attempts = 0, retry_at = NULL WHERE id = ANY(%s)"
_TURN = """
INSERT INTO ledger_errand (name, last_at, error) VALUES (%s, %s, '')
ON CONFLICT (name) DO UPDATE SET last_at = excluded.last_at WHERE ledger_errand.last_at <= %s
RETURNING name
"""
_SET_ERRAND = "UPDATE ledger_errand SET last_at = %s, error = %s WHERE name = %s"


@dataclass(slots=True)
class Outcome:
    """What a round of deliveries came to."""

    done: int = 0
    failed: int = 0
    error: str = ""


def deliver(*, limit: int, at: datetime) -> Outcome:
    """Carry up to `limit` open deliveries to their consumers, each in a transaction of its own.

    Claim, handler and removal commit together: a worker killed in between leaves everything as it was. A handler that
    fails is rolled back alone, tried again later (5 s, 20 s, 80 s … 6 h) and left for a person after 8 failures.
    """
    outcome = Outcome()
    for _ in range(limit):
        if not _deliver_one(at, outcome):
            break
    return outcome


def _deliver_one(at: datetime, outcome: Outcome) -> bool:
    """Whether there was one."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CLAIM, [queries.TRIES, at, list(deliveries.consumers())])
        row = cursor.fetchone()
        if row is None:
            return False
        pk, event_id, consumer, attempts = row
        try:
            with transaction.atomic():
                deliveries.handler_of(consumer)(event_id)
        except Exception as error:
            wait = min(_FIRST_WAIT * 4**attempts, _LONGEST_WAIT)
            outcome.failed += 1
            outcome.error = f"{consumer}, event {event_id}: {error!r}"[:2000]
            log.exception("delivery failed", extra={"consumer": consumer, "event": event_id})
            cursor.execute(_FAIL, [at + wait, outcome.error, pk])
        else:
            outcome.done += 1
            cursor.execute("DELETE FROM ledger_delivery WHERE id = %s", [pk])
    return True


def release(ids: list[int]) -> None:
    """Try deliveries again that were given up, after their cause was mended."""
    with connection.cursor() as cursor:
        cursor.execute(_RELEASE, [ids])


def drain(*, at: datetime) -> int:
    """Deliver until nothing is open (what handlers record included); how many. RuntimeError at the first failure."""
    done = 0
    while True:
        outcome = deliver(limit=1, at=at)
        if outcome.failed:
            raise RuntimeError(f"delivery failed: {outcome.error}")
        if not outcome.done:
            return done
        done += 1


def run_errands(*, at: datetime) -> int:
    """Do the errands whose time has come; how many. A failed one is logged, kept on its row and tried again soon."""
    done = 0
    for errand in errands.registered():
        if not _my_turn(errand, at):
            continue
        error = ""
        try:
            errand.run(at)
            done += 1
        except Exception as problem:
            error = repr(problem)[:2000]
            log.exception("errand failed", extra={"errand": errand.name})
        if error:
            with connection.cursor() as cursor:
                cursor.execute(_SET_ERRAND, [at - errand.period + RETRY_ERRAND, error, errand.name])
    return done


def _my_turn(errand: errands.Every, at: datetime) -> bool:
    """Whether this worker does it now; no other will before the period is over."""
    with connection.cursor() as cursor:
        cursor.execute(_TURN, [errand.name, at, at - errand.period])
        return cursor.fetchone() is not None


def daily_anchor(at: datetime) -> None:
    """Anchor the ledger, unless nothing happened since the last anchor but that anchor itself."""
    last = queries.last_anchor()
    if last is None or queries.grew_since(last):
        anchor(actor="system", at=at)


def sweep_replies(at: datetime) -> None:
    """Kept answers to requests go after seven days."""
    forgotten = forget_replies(at)
    if forgotten:
        log.info("kept answers forgotten", extra={"answers": forgotten})


def work(*, stopping: Callable[[], bool], sleep: Callable[[float], object], batch: int = 200) -> None:
    """The worker: deliver and run errands until `stopping()`; `sleep(seconds)` must return early when it is time to stop.

    A lost database is waited for.
    """
    wait = 1.0
    while not stopping():
        at = datetime.now(UTC)
        try:
            busy = deliver(limit=batch, at=at).done == batch
            run_errands(at=at)
            wait = 1.0
        except DatabaseError:
            log.exception("the database does not answer", extra={"retry_seconds": wait})
            connection.close()
            busy, wait = False, min(wait * 2, 30.0)
        if not busy:
            sleep(wait)
