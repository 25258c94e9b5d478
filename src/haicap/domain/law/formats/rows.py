"""Dòng dữ liệu: documents, provisions, texts, relations and owed documents as plain rows.

The fields of a row are the columns of its sheet, in this order, in packaged CSV, workbooks and JSON alike. Texts are
NFC; a place is a path of `law.places` ("art_5__para_1", "" = the whole document); a day that is not known is None.
A column `document`, `target` or `fulfilled_by` holds a number as printed, or "number | issuer | date" where the
number alone is not unique (every province has its own 15/2025/NQ-HĐND).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import ClassVar

from haicap.domain.law.states import DocumentKind, Evidence, RelationKind


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document: identity (number, issuer, issued_on) and its own days.

    issuer      code of `law.numbers` or of an organ kind, "ubnd:<unit uid>", "hdnd:<uid>", "ctubnd:<uid>"; "" = from the number
    kind        None = from the number
    sunset_on   first day it no longer counts; sunset_clause: the place that says so
    territory   unit uid, also of a former unit; "" = the issuer's
    owner       organ-kind code of the ministry that answers for it
    """

    sheet: ClassVar[str] = "documents"
    number: str
    issuer: str = ""
    issued_on: date | None = None
    kind: DocumentKind | None = None
    title: str = ""
    effective_on: date | None = None
    sunset_on: date | None = None
    sunset_clause: str = ""
    territory: str = ""
    owner: str = ""
    urgency: str = ""
    signer: str = ""
    evidence: Evidence = Evidence.UNCONFIRMED
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProvisionRow:
    """A place somebody cites; since/until only where they differ from the document's, until exclusive."""

    sheet: ClassVar[str] = "provisions"
    document: str
    place: str = ""
    heading: str = ""
    since: date | None = None
    until: date | None = None
    evidence: Evidence = Evidence.UNCONFIRMED
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TextRow:
    """The words of a place over [since, until); never invented, so mostly absent."""

    sheet: ClassVar[str] = "texts"
    document: str
    place: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""
    evidence: Evidence = Evidence.UNCONFIRMED
    source: str = ""


@dataclass(frozen=True, slots=True)
class RelationRow:
    """What a place does to another; until: suspends = the first day it counts again, extends = the new sunset."""

    sheet: ClassVar[str] = "relations"
    document: str
    place: str = ""
    kind: RelationKind = RelationKind.CITES
    target: str = ""
    target_place: str = ""
    since: date | None = None
    until: date | None = None
    territory: str = ""
    evidence: Evidence = Evidence.UNCONFIRMED
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class OwedRow:
    """A document that a place calls for; holder: organ-kind code or "class:…"; due_on None = no day was named."""

    sheet: ClassVar[str] = "owed"
    document: str
    place: str = ""
    kind: DocumentKind = DocumentKind.OTHER
    subject: str = ""
    holder: str = ""
    due_on: date | None = None
    fulfilled_by: str = ""
    evidence: Evidence = Evidence.UNCONFIRMED
    source: str = ""
    note: str = ""


Cells = Mapping[str, str]  # column → text
AnyRow = DocumentRow | ProvisionRow | TextRow | RelationRow | OwedRow


@dataclass(frozen=True, slots=True)
class Tables:
    """All five lists, each in the order of its file."""

    documents: tuple[DocumentRow, ...] = ()
    provisions: tuple[ProvisionRow, ...] = ()
    texts: tuple[TextRow, ...] = ()
    relations: tuple[RelationRow, ...] = ()
    owed: tuple[OwedRow, ...] = ()

    def of(self, sheet: str) -> tuple[AnyRow, ...]:
        """The rows of one sheet."""
        rows: tuple[AnyRow, ...] = getattr(self, sheet)
        return rows

    def __iter__(self) -> Iterator[AnyRow]:
        for sheet in SHEETS:
            yield from self.of(sheet)


SHEETS: Mapping[str, type[AnyRow]] = {
    row.sheet: row for row in (DocumentRow, ProvisionRow, TextRow, RelationRow, OwedRow)
}


Lists = dict[str, list[tuple[int, Cells]]]  # sheet → (line, cells)


def columns(sheet: str) -> tuple[str, ...]:
    """The columns of a sheet, in order."""
    return tuple(field.name for field in fields(SHEETS[sheet]))


def cells(row: AnyRow) -> tuple[str, ...]:
    """A row as the texts of its cells: days ISO, unknown empty."""
    return tuple(_cell(getattr(row, name)) for name in columns(row.sheet))


def _cell(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)
