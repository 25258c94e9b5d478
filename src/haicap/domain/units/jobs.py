"""Việc nền: bulk conversions worked through, files of the register prepared, lists erased when their time is over.

Every entry may be cut off at any moment and called again. The worker has no door, so its clock is the database's.
"""

from __future__ import annotations

import itertools
import logging
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.db import close_old_connections, connection, transaction
from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, JobAborted
from procrastinate.jobs import Status

from haicap.base.refused import Refused
from haicap.base.tables import Form, address_column
from haicap.base.words import gettext_noop
from haicap.domain.units import actions, events, queries
from haicap.domain.units.addresses import Answer
from haicap.domain.units.formats import Converted, converted
from haicap.domain.units.models import Conversion
from haicap.domain.units.queries.conversions import OPEN, expired_conversions
from haicap.domain.units.queries.results import open_source, write_rows
from haicap.kernel.ledger import queries as ledger

log = logging.getLogger("haicap.worker")

ACTOR = "system"
PIECE = 1000  # rows that are written together
GIVE_UP_AFTER = timedelta(days=1)
_LOCKS = 0x48435631  # first half of our advisory locks
NOT_FINISHED = gettext_noop("Việc chuyển đổi không hoàn thành được trong một ngày. Xin gửi lại tệp.")

WAKING = (events.CONVERSION_REQUESTED.name,)
CHANGING = (events.REGISTER_LOADED.name, events.ACT_ENACTED.name, events.ACT_CORRECTED.name)


# --- entries ------------------------------------------------------------------------------------------------------
def begin(event_id: int) -> None:
    """After a list was handed in: put it in the queue (a delivery of WAKING events)."""
    stream = ledger.event(event_id).stream
    enqueue(int(stream.rpartition(":")[2]))


def enqueue(pk: int) -> None:
    """Let a worker take up a list; once is enough while it still waits."""
    try:
        with transaction.atomic():
            convert.configure(queueing_lock=f"units.convert:{pk}").defer(pk=pk)
    except AlreadyEnqueued:
        log.debug("conversion waits already", extra={"conversion": pk})


def pick_up(at: datetime) -> None:
    """Each minute: lists whose worker died are taken up again; one that never ends is given up with a word."""
    for pk in queries.open_conversions():
        row = Conversion.objects.get(pk=pk)
        if at - row.requested_at > GIVE_UP_AFTER:
            actions.fail_conversion(pk=pk, code="not_finished", problem=NOT_FINISHED, actor=ACTOR, at=at)
        else:
            enqueue(pk)


def erase_expired(at: datetime) -> None:
    """Each hour: lists whose time is over are erased."""
    for pk in expired_conversions(at):
        actions.erase_conversion(pk=pk, actor=ACTOR, at=at)


def prepare_exports(event_id: int) -> None:
    """After a change of the register: make its files, so that no reader waits (a delivery of CHANGING events)."""
    queries.prepare_exports()


@app.periodic(cron="*/5 * * * *")
@app.task(name="units.forget_dead_jobs", pass_context=True)
async def forget_dead_jobs(context: JobContext, timestamp: int) -> None:
    """Jobs of workers that were killed are dropped: `pick_up` puts their lists in the queue anew."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(task_name=convert.name):
        await manager.finish_job(job, Status.ABORTED, delete_job=True)


@app.task(name="units.convert", pass_context=True, retry=RetryStrategy(max_attempts=3, wait=10))
def convert(context: JobContext, pk: int) -> None:
    """Work through one list, from where it stands to its end. Does nothing when another worker is at it."""
    close_old_connections()  # one that broke while nothing was to do
    with only_worker(pk) as mine:
        if mine:
            work_through(pk, stopping=context.should_abort)


# --- the work -----------------------------------------------------------------------------------------------------
@contextmanager
def only_worker(pk: int) -> Iterator[bool]:
    """True for one worker at a time; the database lets go by itself when that worker dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s::int, %s::int)", [_LOCKS, pk % 2**31])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s::int, %s::int)", [_LOCKS, pk % 2**31])


def now() -> datetime:
    """This instant, by the clock of the database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        at: datetime = cursor.fetchone()[0]
    return at


def work_through(pk: int, *, stopping: Callable[[], bool] = lambda: False) -> None:
    """Answer the rows that are not done yet, a piece at a time, then hand out the result.

    JobAborted when the worker is asked to stop: what is written stays, the rest is taken up again.
    """
    row = Conversion.objects.select_related("source").get(pk=pk)
    if row.state not in OPEN or row.source is None:
        return
    try:
        _answer_rows(row, stopping)
        _hand_out(row)
    except Refused as refused:
        if refused.code in ("stale", "not_now"):  # another worker was quicker, or its sender cancelled it
            log.info("conversion left alone", extra={"conversion": pk, "reason": refused.code})
            return
        actions.fail_conversion(pk=pk, code=refused.code, problem=refused.sentence, actor=ACTOR, at=now())


def _answer_rows(row: Conversion, stopping: Callable[[], bool]) -> None:
    engine, on = queries.gazetteer(), row.on

    def answer(text: str) -> Answer:
        return engine.convert(text, on=on)

    with open_source(row) as table:
        column = address_column(table.columns, row.column)
        rows = itertools.islice(table.rows, row.done, None)
        first = row.done
        for piece in _pieces(converted(rows, column, answer)):
            unreadable = sum(1 for done in piece if done.row.problem)
            added = [done.added for done in piece]
            actions.advance_conversion(
                pk=row.pk, first=first, answers=added, unreadable=unreadable, actor=ACTOR, at=now()
            )
            first += len(piece)
            if stopping():
                raise JobAborted


def _pieces(rows: Iterator[Converted]) -> Iterator[list[Converted]]:
    while piece := list(itertools.islice(rows, PIECE)):
        yield piece


def _hand_out(row: Conversion) -> None:
    """The result as one file of the form that was sent."""
    with tempfile.TemporaryDirectory(prefix="haicap-result-") as folder:
        path = Path(folder) / f"result.{row.form}"
        write_rows(row, Form(row.form), path)
        with path.open("rb") as result:
            actions.finish_conversion(pk=row.pk, result=result, actor=ACTOR, at=now())
