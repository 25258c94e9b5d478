"""Một phiên bản trong danh mục: what lists and searches need of it; the whole record is read when a page asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from haicap.base.dates import Span
from haicap.domain.procedures.content import Confidence, Evidence, Level, Online, Subject


@dataclass(frozen=True, slots=True)
class Entry:
    """A version that counts, counted or will count.

    pk          of the version; never shown, but the key of its record
    span        days it counts, half-open; end None = until further notice
    state       published | replaced | repealed
    complete    form, papers, fee, steps and result are all there; otherwise it is filed with the generic form
    known_limit whether a day can be promised at all
    decision    number as printed; empty for records of the starting catalogue, which have `origin` instead
    """

    pk: int
    code: str
    name: str
    sort_key: str
    field: str
    span: Span
    state: str
    levels: tuple[Level, ...]
    subjects: tuple[Subject, ...]
    online: Online
    complete: bool
    known_limit: bool
    keywords: tuple[str, ...]
    results: tuple[str, ...]
    decision: str
    decision_on: date | None
    decision_organ: str
    decision_kind: str
    origin: str
    evidence: Evidence
    confidence: Confidence | None
    replaced_by: str = ""


@dataclass(frozen=True, slots=True)
class LifeEventEntry:
    """Sự kiện đời sống: procedures people need together."""

    key: str
    name: str
    name_en: str
    codes: tuple[str, ...]
