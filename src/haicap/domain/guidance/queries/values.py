"""Bài như người đọc thấy: one version of a piece with what it cites."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from haicap.base.citation import Citation
from haicap.base.dates import Span
from haicap.domain.guidance.states import Audience, Evidence, FlagKind, PieceKind, VersionState


@dataclass(frozen=True, slots=True)
class Ground:
    """Căn cứ: a citation and the place of the register it means (`slug` empty: none, or several documents)."""

    citation: Citation
    slug: str
    path: str


@dataclass(frozen=True, slots=True)
class Flagged:
    """Vì sao một bài cần được rà soát: which provision changed since when, and by which document if one is known."""

    kind: FlagKind
    since: date
    citation: Citation
    by: str = ""  # number of the document that did it


@dataclass(frozen=True, slots=True)
class Kept:
    """A version that counted on some day, as the register has it."""

    pk: int
    code: str
    kind: PieceKind
    part: int
    place: int
    topic: str
    ticket: str
    number: int
    state: VersionState
    valid: Span
    title: str
    summary: str
    body: str
    title_en: str
    summary_en: str
    body_en: str
    audience: tuple[Audience, ...]
    evidence: Evidence
    note: str
    source: str
    review_by: date | None
    reviewed_on: date
    folded: str
    grounds: tuple[Ground, ...]
    seen: int  # version of the row of the piece: what forms send back


@dataclass(frozen=True, slots=True)
class Piece:
    """Một bài vào một ngày.

    audience  who it is for; body  CommonMark without raw HTML
    source    code of the ticket it came from, else where its facts were read
    flagged   why an editor must look again; empty: nothing it cites changed since it was looked at
    """

    code: str
    kind: PieceKind
    title: str
    summary: str
    audience: tuple[Audience, ...]
    body: str
    citations: tuple[Citation, ...]
    valid: Span
    evidence: Evidence
    reviewed_on: date
    review_by: date | None
    source: str
    version: int
    flagged: tuple[Flagged, ...]
    grounds: tuple[Ground, ...]
    part: int
    place: int
    topic: str
    note: str
    title_en: str
    summary_en: str
    body_en: str
    folded: str
