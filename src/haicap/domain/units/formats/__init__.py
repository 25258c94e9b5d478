"""Dạng ghi: how answers and the register are written down, the same for the command line, files and the API. Pure."""

from haicap.domain.units.formats.answers import (
    ADDED,
    UNREADABLE,
    Converted,
    Tally,
    answer_cells,
    answer_document,
    converted,
)
from haicap.domain.units.formats.describe import (
    brief,
    changes_document,
    edge_document,
    holder_document,
    lineage_document,
    unit_document,
)
from haicap.domain.units.formats.exports import FORMS, csv_lines, tables_of, write_export

__all__ = [
    "ADDED",
    "FORMS",
    "UNREADABLE",
    "Converted",
    "Tally",
    "answer_cells",
    "answer_document",
    "brief",
    "changes_document",
    "converted",
    "csv_lines",
    "edge_document",
    "holder_document",
    "lineage_document",
    "tables_of",
    "unit_document",
    "write_export",
]
