"""Xuất sổ: the whole ledger as lines that `verify` can recompute anywhere, from one snapshot."""

from __future__ import annotations

import contextlib
import gzip
import heapq
import json
import os
import tempfile
from collections.abc import Generator, Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction

from haicap.kernel.ledger import chain, lines
from haicap.kernel.ledger.findings import Report
from haicap.kernel.ledger.verify import verify

_SNAPSHOT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
_COUNTS = """
SELECT count(*), count(DISTINCT stream), (SELECT count(*) FROM ledger_anchor) FROM ledger_event
"""
_ANCHORS = "SELECT seq, at, streams, events, root, hash FROM ledger_anchor ORDER BY seq"
_EVENTS = """
SELECT stream, seq, kind, at, recorded_at, actor, on_behalf_of, data::text, hash FROM ledger_event
ORDER BY stream COLLATE "C", seq
"""
_ONE_STREAM = """
SELECT stream, seq, kind, at, recorded_at, actor, on_behalf_of, data::text, hash FROM ledger_event
WHERE stream = %s ORDER BY seq
"""
_HEADS = """
SELECT h.stream, h.seq, h.hash, a.seq FROM ledger_anchoredhead h JOIN ledger_anchor a ON a.id = h.anchor_id
ORDER BY h.stream COLLATE "C", a.seq
"""
_PIECE = 2000
Row = tuple[Any, ...]


def export(path: Path) -> int:
    """Write the ledger to `path` (gzip when it ends in .gz), whole or not at all; number of events written.

    OSError when it cannot be written. The file holds no personal text: events carry ids and facts only.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as raw:
            with (
                _writer(raw, packed=path.suffix == ".gz") as out,
                contextlib.closing(export_lines()) as source,
            ):
                events = _write(out, source)
            raw.flush()
            os.fsync(raw.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return events


def verify_database(*, known: Iterable[str] = ()) -> Report:
    """Verify the ledger as it lies in the database now."""
    with contextlib.closing(export_lines()) as source:
        return verify(source, known=known)


def export_lines() -> Generator[str, None, None]:
    """The lines of an export, one consistent snapshot; close the generator when you stop early."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute(_SNAPSHOT)
        yield from _all_lines()


def stream_lines(stream: str) -> Iterator[str]:
    """The lines of one stream as an export of its own, without anchors: `verify` shows that it is whole and unaltered."""
    with connection.cursor() as cursor:
        cursor.execute(_ONE_STREAM, [stream])
        rows = cursor.fetchall()
    yield _line("ledger", format=lines.FORMAT, events=len(rows), streams=min(len(rows), 1), anchors=0)
    if rows:
        yield from _stream_lines(stream, ((stream, 0, row) for row in rows))


def _all_lines() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        events, streams, anchors = cursor.fetchone()
        yield _line("ledger", format=lines.FORMAT, events=events, streams=streams, anchors=anchors)
        cursor.execute(_ANCHORS)
        for seq, at, count, covered, root, digest in cursor.fetchall():
            yield _line(
                "anchor",
                seq=seq,
                at=chain.instant(at),
                streams=count,
                events=covered,
                root=bytes(root).hex(),
                hash=bytes(digest).hex(),
            )
    tagged = heapq.merge(
        ((row[0], 0, row) for row in _rows(_EVENTS)),
        ((row[0], 1, row) for row in _rows(_HEADS)),
        key=lambda t: t[:2],
    )
    for stream, group in groupby(tagged, key=lambda t: t[0]):
        yield from _stream_lines(stream, group)


def _stream_lines(stream: str, group: Iterable[tuple[str, int, Row]]) -> Iterator[str]:
    seq, digest = 0, chain.NOTHING
    for _, is_head, row in group:
        if is_head:
            yield _line("head", stream=stream, seq=row[1], hash=bytes(row[2]).hex(), anchor=row[3])
            continue
        seq, digest = row[1], bytes(row[8])
        yield _line(
            "event",
            stream=stream,
            seq=seq,
            kind=row[2],
            at=chain.instant(row[3]),
            recorded_at=chain.instant(row[4]),
            actor=row[5],
            on_behalf_of=row[6],
            data=json.loads(row[7]),
            hash=digest.hex(),
        )
    yield _line("end", stream=stream, seq=seq, hash=digest.hex())


def _rows(sql: str) -> Iterator[Row]:
    """Rows by pieces, from a cursor on the server: the ledger is larger than memory."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while piece := cursor.fetchmany(_PIECE):
            yield from piece


def _line(t: str, /, **fields: Any) -> str:
    return json.dumps({"t": t, **fields}, ensure_ascii=False, separators=(",", ":")) + "\n"


def _writer(raw: IO[bytes], *, packed: bool) -> contextlib.AbstractContextManager[Any]:
    return gzip.GzipFile(fileobj=raw, mode="wb", mtime=0) if packed else contextlib.nullcontext(raw)


def _write(out: Any, source: Iterable[str]) -> int:
    events = 0
    for text in source:
        events += text.startswith('{"t":"event"')
        out.write(text.encode())
    return events
