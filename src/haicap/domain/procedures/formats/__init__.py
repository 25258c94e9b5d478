"""Dạng viết ra và đọc vào: exports of the catalogue, and files of procedures looked through before they count. Pure."""

from haicap.domain.procedures.formats.exports import COLUMNS, FORMS, Exported, document_of, write_export
from haicap.domain.procedures.formats.imports import Outcome, Report, ReportRow, read_import, report_of

__all__ = [
    "COLUMNS",
    "FORMS",
    "Exported",
    "Outcome",
    "Report",
    "ReportRow",
    "document_of",
    "read_import",
    "report_of",
    "write_export",
]
