"""Ví dụ của tệp mẫu: one row on each sheet, of a decree that does not exist."""

from __future__ import annotations

from datetime import date

from haicap.domain.law.formats.rows import DocumentRow, OwedRow, ProvisionRow, RelationRow, Tables
from haicap.domain.law.states import DocumentKind, Evidence, RelationKind

EXAMPLE = Tables(
    documents=(DocumentRow("999/2026/NĐ-CP", issued_on=date(2026, 12, 1), title="Nghị định ví dụ", effective_on=date(2027, 1, 1), source="nơi đã đọc", evidence=Evidence.CONFIRMED),),
    provisions=(ProvisionRow("999/2026/NĐ-CP", "điều 5 khoản 1", "Tên khoản", source="nơi đã đọc"),),
    relations=(RelationRow("999/2026/NĐ-CP", "điều 12", RelationKind.REPEALS, "151/2025/NĐ-CP", "điều 5", source="nơi đã đọc"),),
    owed=(OwedRow("999/2026/NĐ-CP", "điều 9", DocumentKind.CIRCULAR, "Thông tư hướng dẫn", "bnnmt", source="nơi đã đọc"),),
)  # fmt: skip
