"""Câu lệnh: the plain SQL of the verbs, prepared once a connection and sent straight to the server.

A verb is a handful of fixed statements; going through a cursor for each cost more than what they ask for. These use
the connection Django holds, in its transaction, with psycopg's own adaptation of values, and raise Django's errors.
Where somebody looks at statements (tests that count them, DEBUG) they go the usual way.

What a verb writes and asks nothing of may wait (`later`): it goes with the next statement that is asked for, whoever
asks, and the last of it with the COMMIT. So the server is visited about three times a verb, and keeps every order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any, NoReturn, cast
from weakref import WeakKeyDictionary

import psycopg
from django.db import DEFAULT_DB_ALIAS, Error, connections
from psycopg import pq
from psycopg.adapt import PyFormat, Transformer

from haicap.kernel.ledger import wire

Row = tuple[Any, ...]
Refuse = Callable[[Error], Exception | None]
Told = Callable[[list[Row]], None]
_IDLE = pq.TransactionStatus.IDLE


@dataclass(slots=True)
class _Held:
    """What a connection has prepared: name of each statement, by its text; and what turns values into text and back."""

    adapter: Any  # a psycopg Transformer
    names: dict[str, bytes] = field(default_factory=dict)
    prepared: int = 0

    def forget(self, texts: Iterable[str]) -> None:
        """Of these the server has nothing after all."""
        for text in texts:
            self.names.pop(text, None)


@dataclass(slots=True)
class _Statement:
    """One to be sent: its text, its values as they go over the line, what an error of it means, who is told its rows."""

    sql: str
    sent: Sequence[Any]
    refuse: Refuse | None = None
    told: Told | None = None


@dataclass(slots=True)
class _Gathering:
    """What waits, of a verb that runs; only at the savepoint it began at."""

    link: Any  # Django's connection
    depth: int
    waiting: list[_Statement] = field(default_factory=list)


_held: WeakKeyDictionary[Any, _Held] = WeakKeyDictionary()
_gathering: ContextVar[_Gathering | None] = ContextVar("statements_gathering", default=None)


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


def later(sql: str, values: Sequence[Any], *, refuse: Refuse | None = None, told: Told | None = None) -> None:
    """One statement of a verb whose answer nobody needs yet; it is carried out before the next one, or with the COMMIT.

    refuse  what an error of it means: another exception to raise instead, or None. It is raised where the statement
            goes, from whatever is asked there.
    told    is given the rows there, and may raise too; nothing is committed before
    """
    now = _gathering.get()
    raw = now.link.connection if now else None
    if now is None or raw is None or _looked_at(now.link) or len(now.link.savepoint_ids) != now.depth:
        try:
            found = rows(sql, values)
        except Error as error:
            _raise(error, refuse)
        if told is not None:
            told(found)
        return
    now.link.validate_no_broken_transaction()
    if not now.waiting:
        raw.wait = partial(_first_ours, now, raw)
    now.waiting.append(_Statement(sql, _dumped(_held.get(raw) or _hold(raw), values), refuse, told))


def constraint_of(error: Error) -> str:
    """Name of the constraint that said no; empty when none did."""
    diagnostics = getattr(error.__cause__, "diag", None)
    return str(getattr(diagnostics, "constraint_name", "") or "")


@contextmanager
def gathered() -> Iterator[None]:
    """A verb, inside its transaction: its statements may wait, and have gone when it ends; it is committed if it is outermost."""
    link: Any = connections[DEFAULT_DB_ALIAS]
    now = _Gathering(link, len(link.savepoint_ids))
    token = _gathering.set(now)
    try:
        yield
        if now.waiting and not link.needs_rollback:
            outermost = len(link.atomic_blocks) == 1
            _send_waiting(now, commit=outermost and not any(s.told for s in now.waiting))
    finally:
        _gathering.reset(token)
        if now.waiting:  # of a verb that failed: its transaction is undone
            _taken(now, link.connection)


def _raise(error: Error, refuse: Refuse | None) -> NoReturn:
    """What an error means to whoever asked, or the error."""
    meant = refuse(error) if refuse is not None else None
    if meant is None:
        raise error
    raise meant from error


def _looked_at(link: Any) -> bool:
    return bool(link.queries_logged or link.execute_wrappers)


def _asked(sql: str, values: Sequence[Any]) -> tuple[list[Row], int]:
    link: Any = connections[DEFAULT_DB_ALIAS]
    if _looked_at(link):
        return _by_cursor(link, sql, values)
    link.ensure_connection()
    link.validate_no_broken_transaction()
    raw, now = link.connection, _gathering.get()
    held = _held.get(raw) or _hold(raw)
    asked = _Statement(sql, _dumped(held, values))
    if now is not None and now.waiting:
        result = _sent(link, held, [*_taken(now, raw), asked])[-1]
    else:
        result = _sent(link, held, [asked])[-1]
    return _rows_of(held, result), result.command_tuples or 0


def _rows_of(held: _Held, result: pq.abc.PGresult) -> list[Row]:
    if not result.ntuples:
        return []
    held.adapter.set_pgresult(result)
    return cast(list[Row], held.adapter.load_rows(0, result.ntuples, tuple))


def _by_cursor(link: Any, sql: str, values: Sequence[Any]) -> tuple[list[Row], int]:
    with link.cursor() as cursor:
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


def _dumped(held: _Held, values: Sequence[Any]) -> Sequence[Any]:
    """Every value goes as text and the server infers its type: one plan a statement, whatever the values' sizes."""
    return cast(Sequence[Any], held.adapter.dump_sequence(values, [PyFormat.TEXT] * len(values)))


# --- what waits ------------------------------------------------------------------------------------------------------
def _first_ours(now: _Gathering, raw: Any, *args: Any, **options: Any) -> Any:
    """Stands before whatever else uses the connection while statements wait: they go first."""
    _send_waiting(now)
    return raw.wait(*args, **options)


def _taken(now: _Gathering, raw: Any) -> list[_Statement]:
    """All that waits, waiting no more."""
    waiting, now.waiting = now.waiting, []
    if raw is not None:
        vars(raw).pop("wait", None)
    return waiting


def _send_waiting(now: _Gathering, *, commit: bool = False) -> None:
    raw = now.link.connection
    _sent(now.link, _held[raw], _taken(now, raw), commit=commit)


# --- one trip --------------------------------------------------------------------------------------------------------
def _sent(
    link: Any, held: _Held, asked: Sequence[_Statement], *, commit: bool = False
) -> list[pq.abc.PGresult]:
    """The results of statements sent together, after a BEGIN where one is due; or the error of the first that fails."""
    raw = link.connection
    server: pq.abc.PGconn = raw.pgconn
    begin = not raw.autocommit and server.transaction_status == _IDLE
    alone = len(asked) == 1 and asked[0].refuse is None and asked[0].told is None
    name = held.names.get(asked[0].sql)
    try:
        if alone and name is not None and not begin and not commit:
            # Only calls of libpq that let other threads run while they wait: one that holds the row we ask for may be among them.
            return [wire.good(server, server.exec_prepared(name, asked[0].sent))]
        return _together(link, held, asked, begin=begin, commit=commit)
    except psycopg.Error:
        with link.wrap_database_errors:
            raise


def _together(
    link: Any, held: _Held, asked: Sequence[_Statement], *, begin: bool, commit: bool
) -> list[pq.abc.PGresult]:
    """One trip: the results of the statements; those who want their rows are told, then the first error is raised."""
    server: pq.abc.PGconn = link.connection.pgconn
    planned = _planned(server, held, asked)
    if begin:
        planned.insert(0, (partial(server.send_query_params, b"BEGIN", None), None))
    if commit:
        planned.append((partial(server.send_query_params, b"COMMIT", None), None))
    results = wire.exchange(server, [send for send, _ in planned])
    wrong = wire.failed(results)
    found = [(r, of) for r, (_, of) in zip(results, planned, strict=True) if isinstance(of, _Statement)]
    if wrong is not None:
        held.forget(of for _, of in planned[wrong:] if isinstance(of, str))
    _tell(held, found)
    if wrong is not None:
        _fail(link, results[wrong], planned[wrong][1])
    return [result for result, _ in found]


def _tell(held: _Held, found: Sequence[tuple[pq.abc.PGresult, _Statement]]) -> None:
    for result, statement in found:
        if statement.told is not None and wire.done(result):
            statement.told(_rows_of(held, result))


def _planned(
    server: pq.abc.PGconn, held: _Held, asked: Sequence[_Statement]
) -> list[tuple[wire.Send, _Statement | str | None]]:
    """How the statements are sent, each with what it is: itself, or only its text where that is prepared."""
    planned: list[tuple[wire.Send, _Statement | str | None]] = []
    for statement in asked:
        name = held.names.get(statement.sql)
        if name is None:
            held.prepared += 1
            held.names[statement.sql] = name = f"verb{held.prepared}".encode()
            prepare = partial(server.send_prepare, name, _numbered(statement.sql))
            planned.append((prepare, statement.sql))
        planned.append((partial(server.send_query_prepared, name, statement.sent), statement))
    return planned


def _fail(link: Any, result: pq.abc.PGresult, of: _Statement | str | None) -> None:
    """Raise what the error of a result means."""
    try:
        with link.wrap_database_errors:
            wire.good(link.connection.pgconn, result)
    except Error as error:
        _raise(error, of.refuse if isinstance(of, _Statement) else None)
