"""Đường dây: several statements to the server in one trip, by libpq's pipeline. Knows neither Django nor transactions."""

from __future__ import annotations

import select
from collections.abc import Callable, Sequence

import psycopg
from psycopg import pq
from psycopg.errors import error_from_result

_DONE = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)
Send = Callable[[], None]


def exchange(server: pq.abc.PGconn, sends: Sequence[Send]) -> list[pq.abc.PGresult]:
    """Send everything and wait once; one result for each of `sends`, in their order.

    The first that fails ends it: those behind it are not carried out and say PIPELINE_ABORTED. Who waits lets other
    threads run. psycopg.OperationalError when the connection is lost; it is closed then, as on any interruption.
    """
    try:
        server.enter_pipeline_mode()
        for send in sends:
            send()
        server.pipeline_sync()
        found = _answers(server)
        server.exit_pipeline_mode()
    except BaseException:
        server.finish()  # half an exchange cannot be taken up again
        raise
    return found


def _answers(server: pq.abc.PGconn) -> list[pq.abc.PGresult]:
    """All results up to the end of the exchange."""
    found: list[pq.abc.PGresult] = []
    waiting = select.poll()
    unsent = server.flush()
    waiting.register(server.socket, select.POLLIN | (select.POLLOUT if unsent else 0))
    while True:
        waiting.poll()
        server.consume_input()
        if unsent:
            unsent = server.flush()
            waiting.modify(server.socket, select.POLLIN | (select.POLLOUT if unsent else 0))
        nothing = 0  # each result is followed by nothing; twice nothing is no answer
        while not server.is_busy():
            result = server.get_result()
            if result is None:
                nothing += 1
                if nothing > 1:
                    raise psycopg.OperationalError("the server ended the exchange")
                continue
            if result.status == pq.ExecStatus.PIPELINE_SYNC:
                return found
            nothing = 0
            found.append(result)


def failed(results: Sequence[pq.abc.PGresult]) -> int | None:
    """Which result is the error; None when all went well."""
    return next((n for n, result in enumerate(results) if not done(result)), None)


def done(result: pq.abc.PGresult) -> bool:
    """Whether it was carried out."""
    return result.status in _DONE


def good(server: pq.abc.PGconn, result: pq.abc.PGresult) -> pq.abc.PGresult:
    """The result, or its error as psycopg raises it."""
    if result.status in _DONE:
        return result
    if server.status == pq.ConnStatus.BAD:
        raise psycopg.OperationalError(server.get_error_message())
    raise error_from_result(result)
