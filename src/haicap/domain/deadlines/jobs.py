"""Việc nền: the open clocks follow a change of the calendar. May be cut off at any moment and called again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import close_old_connections, connection, transaction
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, JobAborted

from haicap.base.refused import Refused
from haicap.domain.deadlines import events, queries
from haicap.domain.deadlines.actions import finish_recompute
from haicap.domain.deadlines.actions.recomputing import recompute, task

log = logging.getLogger("haicap.worker")

ACTOR = "system"
WAKING = (events.DECREE_ENACTED.name, events.DECREE_WITHDRAWN.name)
HANDS = 2  # connections that write at once
_LOCK = 0x48435632_00000001  # our advisory lock: one recompute at a time


def begin(event_id: int) -> None:
    """After a change of the calendar: put the recompute in the queue (a delivery of WAKING events)."""
    enqueue()


def pick_up(at: datetime) -> None:
    """Again and again: a recompute whose worker died is taken up."""
    if queries.open_recompute() is not None:
        enqueue()


def enqueue() -> None:
    """Let a worker take it up; once is enough while it still waits."""
    try:
        with transaction.atomic():
            follow_calendar.configure(queueing_lock="deadlines.recompute").defer()
    except AlreadyEnqueued:
        log.debug("recompute waits already")


@app.task(name="deadlines.recompute", pass_context=True, retry=RetryStrategy(max_attempts=3, wait=10))
def follow_calendar(context: JobContext) -> None:
    """Let the open clocks follow the calendar, to the end."""
    close_old_connections()  # one that broke while nothing was to do
    work(hands=HANDS, stopping=context.should_abort)


def work(*, hands: int = 1, stopping: Callable[[], bool] = lambda: False) -> None:
    """The same without a queue. Does nothing when another worker is at it, or nothing is to be done.

    JobAborted when asked to stop: what moved stays, the rest is taken up again.
    """
    with only_worker() as mine:
        while mine:
            found = task()
            if found is None:
                return
            try:
                clocks = recompute(found, hands=hands, stopping=stopping)
                if clocks is None:
                    raise JobAborted
                finish_recompute(generation=found.generation, clocks=clocks, actor=ACTOR, at=now())
            except Refused as refused:
                if refused.code != "stale":
                    raise
                log.info("calendar moved on while clocks followed it")


@contextmanager
def only_worker() -> Iterator[bool]:
    """True for one worker at a time; the database lets go by itself when that worker dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [_LOCK])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s)", [_LOCK])


def now() -> datetime:
    """This instant, by the clock of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        at: datetime = cursor.fetchone()[0]
    return at
