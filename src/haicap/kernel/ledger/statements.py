"""Câu lệnh: the plain SQL of the verbs, prepared once a connection and sent straight to the server.

A verb is a handful of fixed statements; going through a cursor for each cost more than what they ask for. These use
the connection Django holds, in its transaction, with psycopg's own adaptation of values, and raise Django's errors.
Where somebody looks at statements (tests that count them, DEBUG) they go the usual way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, cast
from weakref import WeakKeyDictionary

import psycopg
from django.db import connection
from psycopg import pq
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result

Row = tuple[Any, ...]
_DONE = (pq.ExecStatus.TUPLES_OK, pq.ExecStatus.COMMAND_OK)
_IDLE = pq.TransactionStatus.IDLE


@dataclass(slots=True)
class _Held:
    """What a connection has prepared: name of each statement, by its text; and what turns values into text and back."""

    adapter: Any  # a psycopg Transformer
    names: dict[str, bytes] = field(default_factory=dict)
    prepared: int = 0


_held: WeakKeyDictionary[Any, _Held] = WeakKeyDictionary()


def rows(sql: str, values: Sequence[Any]) -> list[Row]:
    """All rows of one statement."""
    return _asked(sql, values)[0]


def one(sql: str, values: Sequence[Any]) -> Row | None:
    """The first row of one statement; None when there is none."""
    found = _asked(sql, values)[0]
    return found[0] if found else None


def run(sql: str, values: Sequence[Any]) -> int:
    """How many rows one statement wrote."""
    return _asked(sql, values)[1]


def _asked(sql: str, values: Sequence[Any]) -> tuple[list[Row], int]:
    if connection.queries_logged or connection.execute_wrappers:
        return _by_cursor(sql, values)
    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    try:
        return _sent(connection.connection, sql, values)
    except psycopg.Error:
        with connection.wrap_database_errors:
            raise


def _by_cursor(sql: str, values: Sequence[Any]) -> tuple[list[Row], int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else [], cursor.rowcount


@cache
def _numbered(sql: str) -> bytes:
    """The text with $1, $2 … for its marks, as the server wants it."""
    pieces, number = [], 0
    for piece in re.split(r"(%s|%%)", sql):
        number += piece == "%s"
        pieces.append(f"${number}" if piece == "%s" else "%" if piece == "%%" else piece)
    return "".join(pieces).encode()


def _hold(raw: Any) -> _Held:
    """Begin to remember for a connection. After a rollback psycopg drops every prepared statement, ours among them."""
    held = _held[raw] = _Held(Transformer.from_context(raw))
    clear: Callable[[], bool] = raw._prepared.clear

    def forgotten() -> bool:
        dropped = clear()
        if dropped:
            held.names.clear()
        return dropped

    raw._prepared.clear = forgotten
    return held


def _sent(raw: Any, sql: str, values: Sequence[Any]) -> tuple[list[Row], int]:
    held = _held.get(raw) or _hold(raw)
    server: pq.abc.PGconn = raw.pgconn
    # Every value goes as text and the server infers its type: one plan a statement, whatever the values' sizes.
    sent = held.adapter.dump_sequence(values, [PyFormat.TEXT] * len(values))
    # Only calls of libpq that let other threads run while they wait: one that holds the row we ask for may be among them.
    if not raw.autocommit and server.transaction_status == _IDLE:
        _good(server, server.exec_(b"BEGIN"))
    name = held.names.get(sql)
    if name is None:
        held.prepared += 1
        name = f"verb{held.prepared}".encode()
        _good(server, server.prepare(name, _numbered(sql)))
        held.names[sql] = name
    result = _good(server, server.exec_prepared(name, sent))
    held.adapter.set_pgresult(result)
    found = held.adapter.load_rows(0, result.ntuples, tuple) if result.ntuples else []
    return cast(list[Row], found), result.command_tuples or 0


def _good(server: pq.abc.PGconn, result: pq.abc.PGresult) -> pq.abc.PGresult:
    """The result, or its error as psycopg raises it."""
    if result.status in _DONE:
        return result
    if server.status == pq.ConnStatus.BAD:
        raise psycopg.OperationalError(server.get_error_message())
    raise error_from_result(result)
