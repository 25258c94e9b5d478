"""Sổ đăng ký kèm theo: the packaged facts as values, with an honest word on what each rests on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from haicap.base.citation import Citation
from haicap.base.dates import Span
from haicap.base.text import sort_key
from haicap.base.words import gettext_noop
from haicap.domain.units.timeline.model import CONFIRMED, UNCONFIRMED, Edge, Version
from haicap.domain.units.timeline.register import Register
from haicap.domain.units.timeline.rows import EdgeRow, VersionRow, read_packaged

OF_2026 = gettext_noop("Theo danh mục của cơ quan thống kê và tin công bố; văn bản chưa được đọc.")
FROM_LISTS = gettext_noop("Theo danh mục đơn vị có ghi ngày của cơ quan thống kê; văn bản chưa được đọc.")
NO_ACT = gettext_noop("Theo danh mục đơn vị có ghi ngày; chưa biết số văn bản.")
OLDER = gettext_noop("Có từ trước mốc dữ liệu (cuối năm 2018).")


def evidence_of(since: date | None, act: str, clause: str) -> tuple[str, str]:
    """(evidence, note) of a fact: confirmed only where the clause of the act was read."""
    if since is None:
        return CONFIRMED, OLDER
    if act and clause:
        return CONFIRMED, ""
    if not act:
        return UNCONFIRMED, NO_ACT
    return UNCONFIRMED, OF_2026 if since.year >= 2026 else FROM_LISTS


def version_of(row: VersionRow) -> Version:
    """A packaged row as a value of the register."""
    evidence, note = evidence_of(row.valid_from, row.act, row.clause)
    return Version(
        *row[:7],
        span=Span(row.valid_from, row.valid_to),
        citation=Citation(row.act, row.clause),
        evidence=evidence,
        note=note,
        sort_key=sort_key(row.short_name),
    )


def edge_of(row: EdgeRow) -> Edge:
    """A packaged edge as a value of the register."""
    evidence, note = evidence_of(row.effective_on, row.act, row.clause)
    return Edge(*row[:6], Citation(row.act, row.clause), evidence, row.note or note)


def packaged_register() -> Register:
    """The register as it is packaged, for use where no database is at hand."""
    versions, edges, _ = read_packaged()
    return register_of(versions, edges)


def register_of(versions: Iterable[VersionRow], edges: Iterable[EdgeRow]) -> Register:
    """A register from plain rows."""
    return Register(map(version_of, versions), map(edge_of, edges))
