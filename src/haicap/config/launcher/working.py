"""Người chạy nền: what `haicap worker` does until a signal says stop.

Two loops in one process: procrastinate runs jobs (bulk conversions, exports), the ledger's loop carries events to
their consumers and runs errands. Both claim rows, so any number of workers may run.
"""

from __future__ import annotations

import os
import signal
import threading

import structlog
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from haicap.config.launcher import children
from haicap.edges.assistant import indexing
from haicap.kernel.ledger import jobs as ledger

GRACE = 8.0  # seconds a running job may go on after the signal; then it is cut off and taken up again later
log = structlog.stdlib.get_logger("haicap.worker")


def work() -> None:
    """Work until SIGTERM or SIGINT; RuntimeError when the ledger's loop failed."""
    indexing.outside(children.index)
    stop = threading.Event()
    failed: list[BaseException] = []

    def carry() -> None:
        try:
            ledger.work(stopping=stop.is_set, sleep=stop.wait)
        except BaseException as problem:
            failed.append(problem)
            log.exception("the ledger's loop failed")
            os.kill(os.getpid(), signal.SIGTERM)  # ends the other loop too; who watches starts both again

    carrier = threading.Thread(target=carry, name="ledger")
    carrier.start()
    log.info("worker started")
    try:
        _jobs()
    finally:
        stop.set()
        carrier.join(GRACE)
    log.info("worker stopped")
    if failed:
        raise RuntimeError("the worker stopped because a loop failed") from failed[0]


def _jobs() -> None:
    connector = app.connector
    assert isinstance(connector, DjangoConnector)
    with app.replace_connector(connector.get_worker_connector()) as running:
        running.run_worker(concurrency=1, shutdown_graceful_timeout=GRACE, delete_jobs="successful")
