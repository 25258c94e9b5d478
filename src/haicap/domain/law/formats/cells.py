"""Ô: cells of a row as texts → the row, or everything that is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from functools import partial
from typing import Any

from haicap.base.refused import Refused
from haicap.base.text import nfc, unturned
from haicap.base.words import gettext_noop
from haicap.domain.law.formats.naming import Name
from haicap.domain.law.formats.problems import MEND_CELL, Problem, of_refused
from haicap.domain.law.formats.rows import SHEETS, AnyRow, columns
from haicap.domain.law.numbers import ISSUERS, parse
from haicap.domain.law.places import read as read_place
from haicap.domain.law.states import DocumentKind, Evidence, RelationKind

LONGEST_TEXT = 500_000
LONGEST_CELL = 4_000
_DAY = re.compile(r"(?:([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})|([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}))")
_UID = re.compile(r"vn|[acdp]:[0-9a-z-]+(?:@[0-9]{4}-[0-9]{2}-[0-9]{2})?")
_NAMES = {issuer.name.casefold(): code for code, issuer in ISSUERS.items()}
_MUST = {
    "documents": ("number",),
    "provisions": ("document", "place"),
    "texts": ("document", "text"),
    "relations": ("document", "kind", "target"),
    "owed": ("document", "kind", "subject"),
}
EMPTY = gettext_noop("Ô trống: dòng này phải có giá trị ở cột này.")


def _refused(code: str, sentence: str, **params: object) -> Refused:
    return Refused(code, sentence, params=params)


def day_of(text: str) -> date | None:
    """ "2025-07-01" or "01/07/2025"; None for an empty cell. Refused `bad_day`."""
    value = nfc(text)
    if not value:
        return None
    found = _DAY.fullmatch(value)
    try:
        if not found:
            raise ValueError(value)
        year, month, day = found.group(1, 2, 3) if found[1] else found.group(6, 5, 4)
        return date(int(year), int(month), int(day))
    except ValueError:
        raise _refused(
            "bad_day", gettext_noop("Ngày “%(value)s” không đọc được; ghi như 2025-07-01 hoặc 01/07/2025."), value=value[:40]
        ) from None  # fmt: skip


def document_parts(text: str) -> tuple[str, str, date | None]:
    """Number, issuer and date of a reference as `rows` says; "" and None for what it leaves out. Refused as `numbers.parse`."""
    if text.count("|") > 2:
        raise _refused(
            "bad_document",
            gettext_noop("“%(value)s” không đọc được; ghi “số” hoặc “số | cơ quan | ngày ban hành”."),
            value=nfc(text)[:120],
        )
    name = Name.of(nfc(text))
    return parse(name.number).printed, issuer_of(name.issuer), day_of(name.day)


def document_of(text: str) -> str:
    """A reference to a document in its one spelling; "" for an empty cell. Refused as `document_parts`."""
    return reference(*document_parts(text)) if nfc(text) else ""


def reference(number: str, issuer: str, issued_on: date | None) -> str:
    """How a document is named by number, issuer and date."""
    return f"{number} | {issuer} | {issued_on.isoformat() if issued_on else ''}".rstrip(" |")  # no empty ends


def issuer_of(text: str) -> str:
    """The code of an issuer given by code, by "ubnd:<unit uid>" or by its name; other names stay as they are."""
    value = nfc(text)
    kind, sign, uid = value.partition(":")
    if sign and kind in ("ubnd", "hdnd", "ctubnd"):
        return f"{kind}:{uid_of(uid)}"
    return value if value in ISSUERS else _NAMES.get(value.casefold(), value)


def uid_of(text: str) -> str:
    """The uid of a unit: "p:15", "c:25270@2025-07-01"; "" for an empty cell. Refused `bad_unit`."""
    value = nfc(text)
    if value and not _UID.fullmatch(value):
        raise _refused(
            "bad_unit", gettext_noop("Mã đơn vị “%(value)s” không đúng; ghi như p:15, d:080 hoặc c:02872."), value=value[:40]
        )  # fmt: skip
    return value


def _member(kinds: type[StrEnum], text: str) -> StrEnum | None:
    value = nfc(text)
    if not value:
        return None
    if value not in kinds._value2member_map_:
        raise _refused(
            "bad_word",
            gettext_noop("“%(value)s” không dùng được; các giá trị: %(known)s."),
            value=value[:40],
            known=", ".join(kinds),
        )
    return kinds(value)


def _long_text(text: str) -> str:
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return _limited(lines.strip(), LONGEST_TEXT)


def _limited(value: str, most: int) -> str:
    if len(value) > most:
        raise _refused("too_long", gettext_noop("Ô dài quá %(most)s chữ."), most=most)
    return value


def _short_text(text: str) -> str:
    return _limited(nfc(text), LONGEST_CELL)


_PLACE = ("place", "target_place", "sunset_clause")
_DAYS = ("issued_on", "effective_on", "sunset_on", "since", "until", "due_on")
_DOCUMENTS = ("document", "target", "fulfilled_by")


def _reader(sheet: str, column: str) -> Callable[[str], Any]:
    if column == "kind":
        return partial(_member, RelationKind if sheet == "relations" else DocumentKind)
    by_group = ((_PLACE, read_place), (_DAYS, day_of), (_DOCUMENTS, document_of), (("text",), _long_text))
    for names, reader in by_group:
        if column in names:
            return reader
    single: Mapping[str, Callable[[str], Any]] = {
        "number": lambda text: parse(text).printed if nfc(text) else "",
        "issuer": issuer_of,
        "territory": uid_of,
        "evidence": lambda text: _member(Evidence, text) or Evidence.UNCONFIRMED,
    }
    return single.get(column, _short_text)


_READERS = {sheet: {column: _reader(sheet, column) for column in columns(sheet)} for sheet in SHEETS}


def _clean(cell: str) -> str:
    """A cell without control characters and marks of direction; Refused `broken_letters` for what UTF-8 cannot carry."""
    if any("\ud800" <= char <= "\udfff" for char in cell):
        raise Refused("broken_letters", gettext_noop("Ô có chữ hỏng; xin gõ lại."))
    return (
        cell
        if cell.isprintable()
        else "".join(c for c in unturned(cell) if c in "\t\n\r" or (c >= " " and c != "\x7f"))
    )


def read_row(sheet: str, row: int, cells: Mapping[str, str]) -> tuple[AnyRow | None, list[Problem]]:
    """The row of some cells (missing columns are empty), or None and every problem of its cells."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for column, reader in _READERS[sheet].items():
        try:
            values[column] = reader(_clean(cells.get(column, "")))
        except Refused as refused:
            problems.append(of_refused(sheet, row, column, refused))
        else:
            if column in _MUST[sheet] and values[column] in ("", None):
                problems.append(Problem(sheet, row, column, EMPTY, repair=MEND_CELL))
    return (None if problems else SHEETS[sheet](**values)), problems
