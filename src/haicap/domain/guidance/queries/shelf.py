"""Giá sách: every version that counted on some day, whole in memory; some hundreds of pieces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from datetime import date
from typing import Any

from django.db import connection

from haicap.base.citation import Citation
from haicap.base.dates import Span
from haicap.base.kept import Kept as Memory
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.guidance.queries.flags import flags
from haicap.domain.guidance.queries.values import Ground, Kept, Piece
from haicap.domain.guidance.states import Audience, Evidence, PieceKind, VersionState

__all__ = [
    "Ground",
    "Kept",
    "Piece",
    "Shelf",
    "articles",
    "chapters",
    "generation",
    "kept",
    "loaded",
    "piece",
    "pieces",
    "shelf",
    "topics",
]
_VERSIONS = """
SELECT v.id, p.code, p.kind, p.part, p.place, p.topic, p.source, v.number, v.state, lower(v.valid), upper(v.valid),
       v.title, v.summary, v.body, v.title_en, v.summary_en, v.body_en, v.audiences, v.evidence, v.note, v.source,
       v.review_by, v.reviewed_on, v.folded, p.version
FROM guidance_pieceversion v JOIN guidance_piece p ON p.id = v.piece_id
WHERE v.valid IS NOT NULL AND NOT isempty(v.valid) ORDER BY p.part, p.place, p.code, v.number
"""
_CITATIONS = """
SELECT c.piece_version_id, c.act, c.clause, coalesce(d.slug, ''), c.path
FROM guidance_piececitation c LEFT JOIN law_document d ON d.id = c.document_id ORDER BY c.piece_version_id, c.position
"""


class Shelf:
    """Versions by the code of their piece, for one state of the register."""

    def __init__(self, versions: Sequence[Kept]) -> None:
        self.versions: dict[str, list[Kept]] = defaultdict(list)
        for version in versions:
            self.versions[version.code].append(version)

    def on(self, day: date) -> Iterator[Kept]:
        """What counts on a day, chapters of the handbook first, in their order."""
        for versions in self.versions.values():
            yield from (v for v in versions if day in v.valid)


def _rows(sql: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def read_shelf(_: Hashable = 0) -> Shelf:
    """The register read afresh: two statements."""
    cited: dict[int, list[Ground]] = defaultdict(list)
    for version, act, clause, slug, path in _rows(_CITATIONS):
        cited[version].append(Ground(Citation(act, clause), slug, path))
    return Shelf([_kept(row, tuple(cited[row[0]])) for row in _rows(_VERSIONS)])


def _kept(r: tuple[Any, ...], grounds: tuple[Ground, ...]) -> Kept:
    return Kept(
        pk=r[0], code=r[1], kind=PieceKind(r[2]), part=r[3], place=r[4], topic=r[5], ticket=r[6], number=r[7],
        state=VersionState(r[8]), valid=Span(r[9], r[10]), title=r[11], summary=r[12], body=r[13], title_en=r[14],
        summary_en=r[15], body_en=r[16], audience=tuple(Audience(a) for a in r[17]), evidence=Evidence(r[18]), note=r[19],
        source=r[20], review_by=r[21], reviewed_on=r[22], folded=r[23], grounds=grounds, seen=r[24],
    )  # fmt: skip


def generation() -> int:
    """The number that grows with every change readers could see; 0 before anything is there."""
    found = _rows("SELECT generation FROM guidance_guidancehead")
    return int(found[0][0]) if found else 0


def loaded() -> bool:
    """True once the pieces that come with the program are in; answers of officers may be there before them."""
    found = _rows("SELECT packaged FROM guidance_guidancehead")
    return bool(found and found[0][0])


shelf: Memory[Shelf] = Memory(generation, read_shelf)


def kept(code: str, on: date) -> Kept | None:
    """The version of a piece that counts on a day."""
    return next((v for v in shelf().versions.get(code, ()) if on in v.valid), None)


def piece(code: str, on: date) -> Piece:
    """A piece as it stands on a day. Refused `not_found`: none of this code, or none that day."""
    found = kept(code, on)
    if found is None:
        raise Refused("not_found", gettext_noop("Không có bài này vào ngày được hỏi."))
    return _shown(found, on)


def pieces(on: date) -> Sequence[Piece]:
    """Everything that counts on a day, for the index: chapters first, in their order."""
    return [_shown(v, on) for v in shelf().on(on)]


def articles(on: date, audience: str | None = None, kind: str | None = None) -> Sequence[Piece]:
    """The same for one audience, of one kind."""
    return [
        _shown(v, on)
        for v in shelf().on(on)
        if kind in (None, v.kind) and (audience is None or audience in v.audience)
    ]


def chapters(on: date) -> Sequence[Piece]:
    """Chapters of the handbook in the order of the book."""
    return [_shown(v, on) for v in shelf().on(on) if v.part]


def topics(on: date, kind: str) -> dict[str, int]:
    """Topics of the pieces of a kind on a day, with how many there are."""
    found: dict[str, int] = defaultdict(int)
    for v in shelf().on(on):
        if v.kind == kind and v.topic:
            found[v.topic] += 1
    return dict(found)


def _shown(v: Kept, on: date) -> Piece:
    return Piece(
        code=v.code, kind=v.kind, title=v.title, summary=v.summary, audience=v.audience, body=v.body,
        citations=tuple(g.citation for g in v.grounds), valid=v.valid, evidence=v.evidence, reviewed_on=v.reviewed_on,
        review_by=v.review_by, source=v.ticket or v.source, version=v.number, flagged=flags(v, on), grounds=v.grounds,
        part=v.part, place=v.place, topic=v.topic, note=v.note, title_en=v.title_en, summary_en=v.summary_en,
        body_en=v.body_en, folded=v.folded,
    )  # fmt: skip
