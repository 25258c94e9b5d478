"""Neo sổ: the verbs that fix where every stream stands, and that begin the feed anew."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import connection, transaction

from haicap.kernel.ledger import chain, events, queries
from haicap.kernel.ledger.actions.recording import action, record
from haicap.kernel.ledger.chain import NOTHING
from haicap.kernel.ledger.models import Anchor, AnchoredHead, Epoch

STREAM = "ledger:anchors"
EPOCH_STREAM = "ledger:epoch"
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('ledger:anchors', 0))"
_HEADS = """
SELECT DISTINCT ON (stream COLLATE "C") stream, seq, hash FROM ledger_event
WHERE id > %s AND id <= %s ORDER BY stream COLLATE "C", seq DESC
"""
_COUNT = "SELECT count(*) FROM ledger_event WHERE id > %s AND id <= %s"
_BATCH = 5000


class _LetGo(Exception):
    """Rolls back to a savepoint, which releases the lock taken inside it."""


def _boundary() -> int:
    """An event id that splits the ledger cleanly: no event at or below it can still be under way.

    The lock waits for the writers of this moment and is given back at once.
    """
    last = 0
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '20s'")
            cursor.execute("LOCK TABLE ledger_event IN SHARE MODE")
            cursor.execute("SELECT coalesce(max(id), 0) FROM ledger_event")
            last = cursor.fetchone()[0]
            raise _LetGo
    except _LetGo:
        return last


@action
def anchor(*, actor: str, at: datetime) -> Anchor:
    """Neo sổ: hash the heads of all streams that grew since the last anchor, chained to that anchor.

    Copy the hash of the result to a place the operator of the database cannot write (paper will do).
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK)
    before = Anchor.objects.order_by("-seq").first()
    since, upto = (before.upto if before else 0), _boundary()
    heads = _heads(since, upto)
    count = _count(since, upto)
    seq = before.seq + 1 if before else 1
    root = chain.root(heads)
    digest = chain.link(
        bytes(before.hash) if before else NOTHING,
        chain.anchor_bytes(seq=seq, at=chain.instant(at), streams=len(heads), events=count, root=root),
    )
    row = Anchor.objects.create(
        seq=seq, at=at, upto=upto, streams=len(heads), events=count, root=root, hash=digest
    )
    AnchoredHead.objects.bulk_create(
        (AnchoredHead(anchor=row, stream=s, seq=n, hash=h) for s, n, h in heads), batch_size=_BATCH
    )
    facts = {"anchor": seq, "streams": len(heads), "events": count, "upto": upto}
    record(
        stream=STREAM,
        head=queries.head_of(STREAM),
        kind=events.ANCHORED,
        at=at,
        actor=actor,
        data={**facts, "root": root.hex(), "hash": digest.hex()},
    )
    return row


def _heads(since: int, upto: int) -> list[tuple[str, int, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, [since, upto])
        return [(stream, seq, bytes(digest)) for stream, seq, digest in cursor.fetchall()]


def _count(since: int, upto: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [since, upto])
        return int(cursor.fetchone()[0])


@action
def begin_epoch(*, actor: str, at: datetime) -> str:
    """Bắt đầu lại dòng sự kiện: after a restore to an earlier point, so that no old cursor is taken for a new one."""
    name = secrets.token_hex(8)
    Epoch.objects.create(name=name, since=at)
    record(
        stream=EPOCH_STREAM,
        head=queries.head_of(EPOCH_STREAM),
        kind=events.EPOCH_BEGUN,
        at=at,
        actor=actor,
        data={"epoch": name},
    )
    return name
