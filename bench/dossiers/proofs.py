"""What must be true of every dossier after a run, whatever happened in it."""

from __future__ import annotations

import json
from datetime import datetime

from django.db import connection

from bench.dossiers.limit import NOBODY
from haicap.kernel.ledger import chain

_BAD_HEADS = """
WITH d AS (SELECT id, version, head, 'dossier:' || public_id AS stream FROM dossiers_dossier WHERE id > %s AND applicant_name <> %s),
e AS (SELECT stream, count(*) AS n, min(seq) AS low, max(seq) AS high FROM ledger_event WHERE stream LIKE 'dossier:%%' GROUP BY stream)
SELECT count(*), count(*) FILTER (WHERE e.n IS DISTINCT FROM d.version OR e.low <> 1 OR e.high <> e.n),
       count(*) FILTER (WHERE NOT EXISTS (SELECT 1 FROM ledger_event l WHERE l.stream = d.stream AND l.seq = d.version AND l.hash = d.head))
FROM d LEFT JOIN e USING (stream)
"""
_DOUBLE = "SELECT count(*) - count(DISTINCT code) FROM dossiers_dossier WHERE id > %s"
_SOME = """
SELECT stream, seq, kind, at, recorded_at, actor, on_behalf_of, data, hash FROM ledger_event WHERE stream IN (
  SELECT 'dossier:' || public_id FROM dossiers_dossier WHERE id > %s AND applicant_name <> %s ORDER BY random() LIMIT %s)
ORDER BY stream, seq
"""
_CLOCKS = """
SELECT count(*) FROM dossiers_dossier d LEFT JOIN deadlines_clock c ON c.stream = 'dossier:' || d.public_id AND c.n = d.clock
WHERE d.id > %s AND d.applicant_name <> %s AND d.clock > 0
  AND (c.due_at IS DISTINCT FROM d.due_at OR (c.state = 'stopped') <> (d.state IN (3, 7, 8, 9, 10)))
"""


def newest() -> int:
    """Key of the newest dossier."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM dossiers_dossier")
        return int(cursor.fetchone()[0])


def look(after: int, *, chains: int = 2000) -> tuple[int, list[str]]:
    """How many dossiers newer than `after` there are, and every sentence about what is wrong with them."""
    with connection.cursor() as cursor:
        cursor.execute(_BAD_HEADS, [after, NOBODY])
        rows, versions, heads = cursor.fetchone()
        cursor.execute(_DOUBLE, [after])
        double = cursor.fetchone()[0]
        cursor.execute(_CLOCKS, [after, NOBODY])
        clocks = cursor.fetchone()[0]
        cursor.execute(_SOME, [after, NOBODY, chains])
        broken = _broken(cursor.fetchall())
    found = (
        (versions, "whose version is not the number of its events, without gaps"),
        (heads, "whose head is not the hash of its last event"),
        (double, "with a code somebody else has"),
        (clocks, "whose due instant or end is not that of its clock"),
        (broken, "events whose hash cannot be rebuilt"),
    )
    return rows, [f"{number:,} {words}" for number, words in found if number]


def _broken(rows: list[tuple[str, int, str, datetime, datetime, str, str, str, bytes]]) -> int:
    """Events whose hash is not the one over the event before it and its own bytes."""
    wrong, before, of = 0, chain.NOTHING, ""
    for stream, seq, kind, at, recorded_at, actor, on_behalf_of, data, digest in rows:
        before = chain.NOTHING if stream != of else before
        body = chain.canonical(
            stream=stream, seq=seq, kind=kind, at=at, recorded_at=recorded_at, actor=actor,
            on_behalf_of=on_behalf_of, data=json.loads(data),
        )  # fmt: skip
        wrong += chain.link(before, body) != bytes(digest)
        before, of = bytes(digest), stream
    return wrong
