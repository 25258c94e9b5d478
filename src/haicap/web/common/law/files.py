"""Tệp tải về và tải lên: the register or one document as workbook, JSON, Akoma Ntoso or ELI; a file in as rows."""

from __future__ import annotations

import io
import json
import zipfile
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO, TypeVar

from django.http import Http404, HttpResponse
from django.utils.translation import gettext

from haicap.base.kept import Kept
from haicap.base.words import gettext_noop
from haicap.domain.law import queries
from haicap.domain.law.formats import Outcome, Tables, read_tables, write_json, write_workbook
from haicap.domain.law.formats.akn import read_akn, write_akn
from haicap.domain.law.formats.eli import described
from haicap.domain.law.formats.rows import DocumentRow, ProvisionRow, RelationRow, TextRow
from haicap.domain.law.queries import Doc
from haicap.web.common import clock

R = TypeVar("R", DocumentRow, ProvisionRow, TextRow)
LARGEST = 20_000_000  # of a file that comes in
FORMS = {
    "xlsx": (gettext_noop("Excel"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": (gettext_noop("JSON"), "application/json"),
    "xml": (gettext_noop("Akoma Ntoso"), "application/akn+xml"),
    "zip": (gettext_noop("Akoma Ntoso"), "application/zip"),
    "jsonld": (gettext_noop("ELI (JSON-LD)"), "application/ld+json"),
}
OF_ONE, OF_MANY = ("xlsx", "json", "xml", "jsonld"), ("xlsx", "json", "zip", "jsonld")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What goes into a file: documents, their rows, the day, and where addresses begin."""

    docs: Collection[Doc]
    tables: Tables
    on: date
    base: str


def labels(forms: Collection[str]) -> list[tuple[str, str]]:
    """(form, its name) of downloads."""
    return [(form, gettext(FORMS[form][0])) for form in forms]


def one(doc: Doc, form: str, *, on: date, base: str) -> HttpResponse:
    """One document with all that hangs on it. `base`: "https://host" in front of ELI addresses."""
    if form not in OF_ONE:
        raise Http404
    return _answer(_Asked([doc], _around({doc.slug}), on, base), form, doc.slug)


def many(docs: Collection[Doc], form: str, *, on: date, base: str) -> HttpResponse:
    """Several documents, or all of them."""
    if form not in OF_MANY:
        raise Http404
    if form == "zip" and len(docs) == len(queries.corpus().docs):
        return _sent(_WHOLE(), form, "van-ban")
    docs = sorted(docs, key=lambda d: d.pk)  # the order of their rows
    whole = len(docs) == len(queries.corpus().docs)
    tables = queries.tables_of(None if whole else {d.slug for d in docs})
    return _answer(_Asked(docs, tables, on, base), form, "van-ban")


def _around(slugs: set[str]) -> Tables:
    """Rows of a document first, then the documents it is related to and the relations that others make to it."""
    known = queries.corpus()
    own = queries.tables_of(slugs)
    pks = {known.by_slug[slug].pk for slug in slugs}
    makers = {t.source for pk in pks for t in known.suffering(pk)} - pks
    made = {t.target for pk in pks for t in known.acting(pk)} - pks
    near = queries.tables_of({known.docs[pk].slug for pk in makers | made})
    names = {row.number for row in own.documents}
    to_it = tuple(r for r in near.relations if r.target.split(" | ")[0] in names)
    documents = (*own.documents, *near.documents)
    return Tables(documents, own.provisions, own.texts, (*own.relations, *to_it), own.owed)


def _answer(asked: _Asked, form: str, name: str) -> HttpResponse:
    target = io.BytesIO()
    _WRITERS[form](target, asked)
    return _sent(target.getvalue(), form, name)


def _sent(content: bytes, form: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=FORMS[form][1])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _own(asked: _Asked) -> Tables:
    """Without what other documents do: a file that can be entered again by itself."""
    numbers = {doc.number for doc in asked.docs}
    t = asked.tables
    relations = tuple(r for r in t.relations if r.document.split(" | ")[0] in numbers)
    return Tables(t.documents[: len(asked.docs)], t.provisions, t.texts, relations, t.owed)


def _xlsx(target: BinaryIO, asked: _Asked) -> None:
    write_workbook(target, _own(asked))


def _json(target: BinaryIO, asked: _Asked) -> None:
    write_json(target, _own(asked))


def _xml(target: BinaryIO, asked: _Asked) -> None:
    write_akn(target, asked.tables.documents[0], asked.tables, made_on=asked.on)


def _zip(target: BinaryIO, asked: _Asked) -> None:
    by_number = _by_number(asked.tables)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as whole:
        for doc, row in zip(asked.docs, asked.tables.documents, strict=True):
            part = io.BytesIO()
            write_akn(part, row, by_number[doc.number], made_on=asked.on)
            whole.writestr(f"{doc.slug}.xml", part.getvalue())


def _whole(_: Hashable) -> bytes:
    target = io.BytesIO()
    docs = list(queries.corpus().docs.values())
    _zip(target, _Asked(docs, queries.tables_of(), clock.today(), ""))
    return target.getvalue()


# The whole register takes seconds to write, and says the same until it changes.
_WHOLE: Kept[bytes] = Kept(lambda: (queries.generation(), clock.today()), _whole)


def _by_number(t: Tables) -> Mapping[str, Tables]:
    """The rows that name a number, so that each document need not look through all of them."""
    documents, provisions, texts = _grouped(t.documents), _grouped(t.provisions), _grouped(t.texts)
    relations: dict[str, list[RelationRow]] = defaultdict(list)
    for r in t.relations:
        for number in {r.document.split(" | ")[0], r.target.split(" | ")[0]}:
            relations[number].append(r)
    found = {}
    for number in documents:
        others = {name.split(" | ")[0] for r in relations[number] for name in (r.document, r.target)} | {
            number
        }
        rows = tuple(row for other in others for row in documents.get(other, ()))
        found[number] = Tables(
            rows, tuple(provisions[number]), tuple(texts[number]), tuple(relations[number])
        )
    return found


def _grouped(rows: Iterable[R]) -> dict[str, list[R]]:
    found: dict[str, list[R]] = defaultdict(list)
    for row in rows:
        named = row.number if isinstance(row, DocumentRow) else row.document
        found[named.split(" | ")[0]].append(row)
    return found


def _jsonld(target: BinaryIO, asked: _Asked) -> None:
    t = asked.tables
    found = [
        described(row, t.relations, state=queries.state_of(doc, asked.on), base=asked.base)
        for doc, row in zip(asked.docs, t.documents, strict=False)
    ]
    shown = found[0] if len(found) == 1 else {"@graph": found}
    target.write(json.dumps(shown, ensure_ascii=False, indent=1).encode())


_WRITERS: Mapping[str, Callable[[BinaryIO, _Asked], None]] = {
    "xlsx": _xlsx, "json": _json, "xml": _xml, "zip": _zip, "jsonld": _jsonld
}  # fmt: skip


def read(file: BinaryIO) -> Outcome:
    """Rows of a workbook, a JSON or an Akoma Ntoso file, by its content. Refused as their readers."""
    head = file.read(200).lstrip(b"\xef\xbb\xbf \t\r\n")
    file.seek(0)
    return read_akn(file) if head.startswith(b"<") else read_tables(file)
