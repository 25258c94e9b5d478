"""Dạng viết ra và đọc vào: rows as they come in and go out (workbooks, JSON, Akoma Ntoso, ELI addresses). Pure."""

from haicap.domain.law.formats.checks import kind_of, unresolved
from haicap.domain.law.formats.listing import write_json
from haicap.domain.law.formats.problems import Problem
from haicap.domain.law.formats.rows import (
    SHEETS,
    DocumentRow,
    OwedRow,
    ProvisionRow,
    RelationRow,
    Tables,
    TextRow,
    cells,
    columns,
)
from haicap.domain.law.formats.tables import Outcome, drawn, read_tables
from haicap.domain.law.formats.workbooks import write_workbook

__all__ = [
    "SHEETS",
    "DocumentRow",
    "Outcome",
    "OwedRow",
    "Problem",
    "ProvisionRow",
    "RelationRow",
    "Tables",
    "TextRow",
    "cells",
    "columns",
    "drawn",
    "kind_of",
    "read_tables",
    "unresolved",
    "write_json",
    "write_workbook",
]
