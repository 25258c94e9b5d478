"""Xuất: documents with all that hangs on them as plain rows, the form of imports too."""

from __future__ import annotations

from collections.abc import Collection

from haicap.domain.law.formats.naming import Name
from haicap.domain.law.formats.rows import (
    DocumentRow,
    OwedRow,
    ProvisionRow,
    RelationRow,
    Tables,
    TextRow,
)
from haicap.domain.law.models import Owed, ProvisionText
from haicap.domain.law.queries.corpus import Corpus, Doc, Tie, corpus
from haicap.domain.law.states import DocumentKind, Evidence


def name_of(known: Corpus, doc: Doc) -> str:
    """How a row names a document: its number, with issuer and date where the number is shared."""
    if len(known.numbered(doc.number)) == 1:
        return doc.number
    day = doc.issued_on.isoformat() if doc.issued_on else ""
    return f"{doc.number} | {issuer_of(doc)} | {day}"


def issuer_of(doc: Doc) -> str:
    """The issuer as rows write it: "cp", "ubnd:p:10"."""
    return f"{doc.issuer}:{doc.issuer_uid}" if doc.issuer_uid else doc.issuer


def named(text: str, known: Corpus | None = None) -> list[Doc]:
    """The documents a row may mean by "number" or "number | issuer | date": none, one, or those that share a number."""
    name = Name.of(text)
    docs = (known or corpus()).numbered(name.number)
    return [d for d in docs if name.fits(d.issuer, d.issuer_uid, d.issued_on)]


def tables_of(slugs: Collection[str] | None = None) -> Tables:
    """Documents by the names of their pages (None: all) with places, texts, relations they make, owed documents."""
    known = corpus()
    docs = [d for d in known.docs.values() if slugs is None or d.slug in slugs]
    chosen = {d.pk for d in docs}
    return Tables(
        documents=tuple(document_row(d) for d in docs),
        provisions=tuple(_provisions(known, docs)),
        texts=tuple(_texts(known, chosen)),
        relations=tuple(_relations(known, chosen)),
        owed=tuple(_owed(known, chosen)),
    )


def document_row(d: Doc) -> DocumentRow:
    """A document as a row."""
    return DocumentRow(
        number=d.number, issuer=issuer_of(d), issued_on=d.issued_on, kind=DocumentKind(d.kind), title=d.title,
        effective_on=d.since, sunset_on=d.until, sunset_clause=d.until_by, territory=d.territory, owner=d.owner,
        urgency=d.urgency, signer=d.signer, evidence=d.evidence, source=d.source, note=d.note,
    )  # fmt: skip


def _provisions(known: Corpus, docs: list[Doc]) -> list[ProvisionRow]:
    return [
        ProvisionRow(name_of(known, d), p.path, p.heading, p.since, p.until, p.evidence, p.source, p.note)
        for d in docs
        for p in known.places.get(d.pk, {}).values()
    ]


def _texts(known: Corpus, chosen: set[int]) -> list[TextRow]:
    rows = ProvisionText.objects.filter(provision__document_id__in=chosen).select_related("provision")
    return [
        TextRow(
            name_of(known, known.docs[x.provision.document_id]), x.provision.path, x.valid.lower, x.valid.upper,
            x.text, Evidence(x.evidence), x.source,
        )
        for x in rows.order_by("provision_id", "valid")
    ]  # fmt: skip


def _relations(known: Corpus, chosen: set[int]) -> list[RelationRow]:
    return [relation_row(known, t) for t in known.ties.values() if t.source in chosen]


def relation_row(known: Corpus, t: Tie) -> RelationRow:
    """A relation as a row."""
    return RelationRow(
        name_of(known, known.docs[t.source]), t.source_path, t.kind, name_of(known, known.docs[t.target]),
        t.target_path, t.since, t.until, t.territory, t.evidence, t.told_in, t.note,
    )  # fmt: skip


def _owed(known: Corpus, chosen: set[int]) -> list[OwedRow]:
    return [
        OwedRow(
            name_of(known, known.docs[o.document_id]), o.path, DocumentKind(o.kind or "other"), o.subject, o.holder,
            o.due_on, name_of(known, known.docs[o.fulfilled_by_id]) if o.fulfilled_by_id else "",
            Evidence(o.evidence), o.source, o.note,
        )
        for o in Owed.objects.filter(document_id__in=chosen).order_by("pk")
    ]  # fmt: skip
