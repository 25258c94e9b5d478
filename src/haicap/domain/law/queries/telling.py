"""Câu trả lời cho máy: documents, places, relations and changes as the API and the command line tell them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from haicap.domain.law import numbers, places
from haicap.domain.law.effect import Span, Step
from haicap.domain.law.formats import akn, eli
from haicap.domain.law.formats.rows import DocumentRow, RelationRow
from haicap.domain.law.queries.corpus import Doc, Tie, corpus
from haicap.domain.law.queries.duties import OwedLine
from haicap.domain.law.queries.effects import Change, Part
from haicap.domain.law.queries.exporting import document_row, issuer_of, relation_row
from haicap.domain.law.states import DocumentState

Told = dict[str, Any]


def day(value: date | None) -> str | None:
    """A day as machines read it."""
    return value.isoformat() if value else None


def document_told(doc: Doc, state: DocumentState) -> Told:
    """A document with its own days and its state on the day that was asked for."""
    issuer = issuer_of(doc)
    return {
        "slug": doc.slug,
        "number": doc.number,
        "kind": doc.kind,
        "normative": doc.normative,
        "title": doc.title,
        "issuer": {"code": doc.issuer, "name": numbers.issuer_name(doc.issuer), "unit": doc.issuer_uid or None},
        "issued_on": day(doc.issued_on),
        "effective_on": day(doc.since),
        "sunset_on": day(doc.until),
        "sunset_clause": doc.until_by,
        "territory": doc.territory or None,
        "owner": doc.owner,
        "state": state.value,
        "evidence": doc.evidence.value,
        "source": doc.source,
        "note": doc.note,
        "eli": eli.path_of(doc.number, issuer, doc.issued_on),
        "akn": akn.path_of(doc.number, issuer, doc.issued_on),
    }  # fmt: skip


def named(pk: int | None, path: str = "") -> Told:
    """A document, or a place in it, in a word."""
    doc = corpus().docs.get(pk) if pk is not None else None
    return {
        "slug": doc.slug if doc else None,
        "number": doc.number if doc else None,
        "path": path,
        "place": places.written(path),
    }


def step_told(step: Step) -> Told:
    """One link of a chain: why, on which day, by which provision; the kind of the relation when there is one."""
    tie = corpus().ties.get(step.link) if step.link is not None else None
    return {
        "why": step.why.value,
        "on": step.on.isoformat(),
        "by": named(step.work, step.path),
        "relation": tie.kind.value if tie else None,
        "evidence": tie.evidence.value if tie else None,
    }


def span_told(span: Span) -> Told:
    """A stretch of days [since, until) with one standing, and the chain that made it so."""
    return {
        "standing": span.standing.value,
        "since": day(span.since),
        "until": day(span.until),
        "chain": [step_told(step) for step in span.chain],
    }


def part_told(part: Part) -> Told:
    """A known place of a document on a day; `text` is null where none is at hand."""
    return {
        "path": part.path,
        "place": part.written,
        "heading": part.heading,
        "text": part.words.text if part.words else None,
        "effect": span_told(part.span),
        "evidence": part.evidence,
        "note": part.note,
    }


def tie_told(tie: Tie) -> Told:
    """What a place of one document does to a place of another."""
    return {
        "kind": tie.kind.value,
        "source": named(tie.source, tie.source_path),
        "target": named(tie.target, tie.target_path),
        "since": day(tie.since),
        "until": day(tie.until),
        "territory": tie.territory or None,
        "evidence": tie.evidence.value,
        "told_in": tie.told_in,
        "note": tie.note,
    }


def change_told(change: Change) -> Told:
    """A provision that began, ended, was suspended or came back."""
    return {
        "on": change.on.isoformat(),
        "what": named(change.doc.pk, change.path),
        "before": change.before.value,
        "after": change.after.value,
        "step": step_told(change.step) if change.step else None,
    }


def owed_told(line: OwedLine) -> Told:
    """A document still to come, or come; `late` in days."""
    return {
        "called_for_by": named(line.doc.pk, line.path),
        "kind": line.kind,
        "subject": line.subject,
        "holder": line.holder,
        "due_on": day(line.due_on),
        "state": line.state.value,
        "fulfilled_by": named(line.fulfilled_by.pk) if line.fulfilled_by else None,
        "late": line.late,
        "evidence": line.evidence,
        "source": line.source,
        "note": line.note,
    }


def eli_told(doc: Doc, on: date, base: str = "") -> Mapping[str, Any]:
    """A document with what it does and suffers, as JSON-LD in the words of the ELI ontology."""
    row, ties = rows_about(doc)
    return eli.described(row, ties, state=corpus().effects.document(doc.pk, on), base=base)


def rows_about(doc: Doc) -> tuple[DocumentRow, list[RelationRow]]:
    """A document as a row, and the relations it makes and undergoes."""
    known = corpus()
    ties = [*known.acting(doc.pk), *(t for t in known.suffering(doc.pk) if t.source != doc.pk)]
    return document_row(doc), [relation_row(known, t) for t in ties]


def around(doc: Doc) -> frozenset[str]:
    """Names of the pages of a document and of all it is related to: what a file about it must tell."""
    known = corpus()
    others = {t.target for t in known.acting(doc.pk)} | {t.source for t in known.suffering(doc.pk)}
    return frozenset(known.docs[pk].slug for pk in {doc.pk, *others})
