"""Rà soát: what the flags say now is written beside what they said before, so that each is told once."""

from __future__ import annotations

from datetime import date, datetime

from haicap.domain.guidance import events
from haicap.domain.guidance.models import Flag, GuidanceHead, Piece
from haicap.domain.guidance.queries.flags import flags
from haicap.domain.guidance.queries.shelf import read_shelf
from haicap.kernel.ledger.actions import action
from haicap.kernel.ledger.actions.rows import changed, lock_head, record_on

Mark = tuple[str, str, str, str, date]  # code, kind, act, clause, since


def marks(on: date) -> frozenset[Mark]:
    """Every flag of a day."""
    return frozenset(
        (version.code, flag.kind.value, flag.citation.act, flag.citation.clause, flag.since)
        for version in read_shelf().on(on)
        for flag in flags(version, on)
    )


def standing() -> dict[Mark, int]:
    """Flags as they were written last, by what they say."""
    rows = Flag.objects.filter(gone_at__isnull=True).select_related("piece")
    return {(f.piece.code, f.kind, f.act, f.clause, f.since): f.pk for f in rows}


@action
def follow_reviews(*, on: date, actor: str, at: datetime) -> int:
    """Write the flags of a day; how many are new or gone. Call it only when `marks` and `standing` differ."""
    head = lock_head(GuidanceHead)
    now, before = marks(on), standing()
    fresh, gone = now - set(before), set(before) - now
    pieces = dict(Piece.objects.values_list("code", "pk"))
    Flag.objects.bulk_create(
        Flag(piece_id=pieces[code], kind=kind, act=act, clause=clause, since=since, raised_at=at)
        for code, kind, act, clause, since in sorted(fresh)
    )
    Flag.objects.filter(pk__in=[before[mark] for mark in gone]).update(gone_at=at)
    codes = sorted({mark[0] for mark in fresh | gone})[:200]
    data: dict[str, object] = {"raised": len(fresh), "gone": len(gone), "on": on.isoformat(), "codes": codes}
    record_on(head, events.FLAGGED, at=at, actor=actor, data=data, fields=())
    changed(head)
    return len(fresh) + len(gone)
