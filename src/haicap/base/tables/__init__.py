"""Bảng: tables as people hand them in (CSV, XLSX), read row by row, and written again. No Django.

    with open_table(path, limits=COMMAND_LINE) as table:
        for row in table.rows: row.line, row.cells, row.problem

A row that cannot be read keeps its place: its cells as far as they can be told, and `problem` says why.
"""

from haicap.base.tables.columns import address_column
from haicap.base.tables.reading import open_table
from haicap.base.tables.shape import COMMAND_LINE, WEB, Form, Limits, Row, Table
from haicap.base.tables.writing import CsvWriter, Writer, XlsxWriter, guarded

__all__ = [
    "COMMAND_LINE",
    "WEB",
    "CsvWriter",
    "Form",
    "Limits",
    "Row",
    "Table",
    "Writer",
    "XlsxWriter",
    "address_column",
    "guarded",
    "open_table",
]
