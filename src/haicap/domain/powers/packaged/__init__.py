"""Dữ kiện đóng gói: powers, who holds them, procedures that exercise them and prepared cases (data/README.md). Pure."""

from haicap.domain.powers.packaged.reading import read, table
from haicap.domain.powers.packaged.rows import (
    AssertionRow,
    CaseRow,
    PowerRow,
    ProcedureRow,
    Span,
    Tables,
)

__all__ = [
    "AssertionRow",
    "CaseRow",
    "PowerRow",
    "ProcedureRow",
    "Span",
    "Tables",
    "read",
    "table",
]
