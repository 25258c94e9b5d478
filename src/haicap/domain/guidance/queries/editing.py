"""Câu hỏi của biên tập viên: drafts, versions of a piece, what waits for whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from haicap.base.citation import Citation
from haicap.base.refused import Refused
from haicap.base.text import fold
from haicap.base.words import gettext_noop
from haicap.domain.guidance.models import PieceVersion
from haicap.domain.guidance.states import Audience

WORDS = ("title", "summary", "body", "title_en", "summary_en", "body_en", "note", "source")


@dataclass(frozen=True, slots=True)
class Draft:
    """What an editor writes: the words of one version.

    citations  in the order they are shown; audiences  at least one
    """

    title: str
    body: str
    audiences: tuple[Audience, ...]
    summary: str = ""
    citations: tuple[Citation, ...] = ()
    evidence: str = "confirmed"
    note: str = ""
    source: str = ""
    review_by: date | None = None
    title_en: str = ""
    summary_en: str = ""
    body_en: str = ""


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version as lists and its own page show it."""

    code: str
    kind: str
    part: int
    topic: str
    number: int
    state: str
    since: date | None
    until: date | None
    draft: Draft
    why: str
    drafted_by: str
    drafted_at: datetime
    approved_by: str
    published_at: datetime | None
    reviewed_on: date | None
    seen: int


def _line(row: PieceVersion) -> VersionLine:
    cited = [Citation(c.act, c.clause) for c in sorted(row.citations.all(), key=lambda c: c.position)]
    valid: Any = row.valid
    return VersionLine(
        code=row.piece.code, kind=row.piece.kind, part=row.piece.part, topic=row.piece.topic, number=row.number,
        state=row.state, since=valid.lower if valid else None, until=valid.upper if valid else None,
        draft=Draft(
            audiences=tuple(Audience(a) for a in row.audiences), citations=tuple(cited), evidence=row.evidence,
            review_by=row.review_by, **{name: getattr(row, name) for name in WORDS},
        ),
        why=row.why, drafted_by=row.drafted_by, drafted_at=row.drafted_at, approved_by=row.approved_by,
        published_at=row.published_at, reviewed_on=row.reviewed_on, seen=row.piece.version,
    )  # fmt: skip


def _versions() -> QuerySet[PieceVersion]:
    return PieceVersion.objects.select_related("piece").prefetch_related("citations")


def versions(code: str) -> Sequence[VersionLine]:
    """All versions of a piece, newest first. Refused `not_found`. Two statements."""
    rows = [_line(row) for row in _versions().filter(piece__code=code).order_by("-number")]
    if not rows:
        raise Refused("not_found", gettext_noop("Không có bài này."))
    return rows


def draft(code: str, number: int) -> VersionLine:
    """One version. Refused `not_found`."""
    found = next((line for line in versions(code) if line.number == number), None)
    if found is None:
        raise Refused("not_found", gettext_noop("Không có bản này."))
    return found


def story(*, text: str = "", kind: str = "", state: str = "", audience: str = "") -> QuerySet[PieceVersion]:
    """The newest version of every piece, for the list of editors; filters may be empty."""
    newest = PieceVersion.objects.order_by("piece_id", "-number").distinct("piece_id").values("pk")
    rows = PieceVersion.objects.filter(pk__in=newest).select_related("piece")
    if kind:
        rows = rows.filter(piece__kind=kind)
    if state:
        rows = rows.filter(state=state)
    if audience:
        rows = rows.filter(audiences__contains=[audience])
    for word in fold(text[:200]).split():
        rows = rows.filter(folded__contains=word)
    return rows.order_by("piece__kind", "piece__part", "piece__place", "piece__code")
