"""Nạp bài kèm theo: the packaged handbook, answers and notices, in one act."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from psycopg.types.range import DateRange

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.guidance import events
from haicap.domain.guidance.actions.writing import cite, judge, words_of
from haicap.domain.guidance.models import GuidanceHead, Piece, PieceVersion
from haicap.domain.guidance.packaged import Packaged
from haicap.domain.guidance.queries.editing import Draft
from haicap.domain.guidance.states import VersionState
from haicap.kernel.ledger.actions import action
from haicap.kernel.ledger.actions.rows import changed, lock_head, record_on


@action
def load_pieces(*, pieces: Sequence[Packaged], source: str, actor: str, at: datetime) -> int:
    """Load the packaged pieces, once; how many. One event. Refused `already_loaded`, and as `judge`.

    A code that an answer took already gets a number behind it.
    """
    head = lock_head(GuidanceHead)
    if head.packaged:
        raise Refused("already_loaded", gettext_noop("Cẩm nang đã được nạp. Bài mới được soạn thêm."))
    drafts = [
        Draft(
            title=p.title, body=p.body, audiences=p.audiences, summary=p.summary, citations=p.citations,
            evidence=p.evidence, note=p.note, source=p.source, review_by=p.review_by, title_en=p.title_en,
            summary_en=p.summary_en, body_en=p.body_en,
        )
        for p in pieces
    ]  # fmt: skip
    for draft in drafts:
        judge(draft)
    codes = _free([p.code for p in pieces])
    rows = Piece.objects.bulk_create(
        Piece(code=codes[p.code], kind=p.kind, part=p.part, place=p.place, topic=p.topic) for p in pieces
    )
    versions = PieceVersion.objects.bulk_create(
        PieceVersion(
            piece=row, number=1, state=VersionState.PUBLISHED, valid=DateRange(p.since, p.until, "[)"), drafted_by=source,
            drafted_at=at, approved_by=actor, published_at=at, reviewed_on=p.reviewed_on, **words_of(draft),
        )
        for row, p, draft in zip(rows, pieces, drafts, strict=True)
    )  # fmt: skip
    cite(zip(versions, [draft.citations for draft in drafts], strict=True))
    data: dict[str, object] = {"pieces": len(rows), "source": source}
    head.packaged = True
    record_on(head, events.LOADED, at=at, actor=actor, data=data, fields=("packaged",))
    changed(head)
    return len(rows)


def _free(codes: Sequence[str]) -> dict[str, str]:
    """Each code with the one it gets."""
    taken = set(Piece.objects.values_list("code", flat=True))
    found = {}
    for code in codes:
        number, free = 2, code
        while free in taken:
            number, free = number + 1, f"{code}-{number}"
        found[code] = free
    return found
