"""Kết quả của danh sách: the rows as they were sent with their answers behind them, written as CSV or XLSX."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from haicap.base.refused import Refused
from haicap.base.tables import WEB, CsvWriter, Form, Table, Writer, XlsxWriter, open_table
from haicap.base.words import gettext_noop
from haicap.domain.units.formats import ADDED, Converted
from haicap.domain.units.models import Conversion
from haicap.domain.units.queries.conversions import added_cells, conversion
from haicap.domain.units.states import ConversionState
from haicap.kernel.files import queries as files


@contextmanager
def open_source(row: Conversion) -> Iterator[Table]:
    """The list as it was sent; `row` comes with its source, which must not be erased."""
    assert row.source is not None
    with files.open_stored(row.source) as file, open_table(file, limits=WEB) as table:
        yield table


def write_rows(row: Conversion, form: Form, path: Path) -> None:
    """Every row with its answer, as a new file. All rows must be answered."""
    with open_source(row) as table, _writer(path, form, table.delimiter) as writer:
        writer.write([*table.columns, *ADDED])
        for cells, added in zip(table.rows, added_cells(row.pk), strict=True):
            writer.write(Converted(cells, added).cells)


def write_other_form(key: str, path: Path) -> Form:
    """The result in the form it was not sent in, as a new file; which form that is.

    Refused `not_found` when there is no result, or it is so long that only the form sent is handed out.
    """
    form = conversion(key).other_form
    row = Conversion.objects.select_related("source").get(key=key)
    if form is None or row.source is None or row.state != ConversionState.DONE:
        raise Refused("not_found", gettext_noop("Không có tệp kết quả ở dạng này."))
    write_rows(row, form, path)
    return form


@contextmanager
def _writer(path: Path, form: Form, delimiter: str) -> Iterator[Writer]:
    """A writer for people with spreadsheets: byte order mark, formulas made harmless."""
    if form is Form.XLSX:
        with closing(XlsxWriter(path)) as sheet:
            yield sheet
        return
    with path.open("x", encoding="utf-8", newline="") as file:
        yield CsvWriter(file, delimiter=delimiter, guard=True, mark=True)
