"""Viết Akoma Ntoso: one document with its places, texts and modifications."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import BinaryIO

from haicap.base.text import fold
from haicap.domain.law.formats.akn import words
from haicap.domain.law.formats.akn.body import body
from haicap.domain.law.formats.akn.markup import element, escaped
from haicap.domain.law.formats.akn.times import Times
from haicap.domain.law.formats.akn.uris import path_of, sort_of
from haicap.domain.law.formats.cells import document_parts
from haicap.domain.law.formats.checks import kind_of, names_of
from haicap.domain.law.formats.rows import DocumentRow, RelationRow, Tables, TextRow
from haicap.domain.law.numbers import issuer_name, parse
from haicap.domain.law.states import Evidence

LANGUAGE = "vie"
_NO_DAY = "0001-01-01"  # the standard wants a day; its name says that none is known


def write_akn(
    target: BinaryIO, row: DocumentRow, tables: Tables, *, made_on: date, on: date | None = None
) -> None:
    """One document as Akoma Ntoso.

    tables   rows of which those about this document are taken
    made_on  day the file is made (the manifestation)
    on       only the texts that count on this day; None = all versions, each with its period
    """
    names = names_of(row)
    times = Times()
    texts = [t for t in tables.texts if t.document in names and (on is None or _counts(t, on))]
    provisions = [p for p in tables.provisions if p.document in names]
    relations = [r for r in tables.relations if r.document in names or r.target in names]
    times.event("ev_issued", row.issued_on, "generation")
    times.event("ev_effective", row.effective_on, "generation")
    times.event("ev_sunset", row.sunset_on, "repeal")
    main, facts = body(provisions, texts, times)
    number = parse(row.number)
    sort = sort_of(number)
    meta = _meta(row, relations, _others(tables, relations), times, made_on, on, facts)
    preface = (
        element("preface", element("longTitle", element("p", element("docTitle", escaped(row.title)))))
        if row.title
        else ""
    )
    kind = kind_of(row)
    whole = element(
        sort, meta, preface, element("body" if sort == "act" else "mainBody", main),
        name=str(kind or sort),
        contains="singleVersion" if on or not _several(texts) else "multipleVersions",
    )  # fmt: skip
    root = f'<akomaNtoso xmlns="{words.SPACE}" xmlns:h="{words.OURS}">{whole}</akomaNtoso>'
    target.write(f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'.encode())


def _counts(text: TextRow, on: date) -> bool:
    return (text.since or date.min) <= on and (text.until is None or on < text.until)


def _several(texts: Iterable[TextRow]) -> bool:
    places = [text.place for text in texts]
    return len(set(places)) < len(places)


def _others(tables: Tables, relations: Iterable[RelationRow]) -> dict[str, DocumentRow]:
    """The documents that relations name, by that name, where it names one only."""
    wanted = {name for relation in relations for name in (relation.document, relation.target)}
    numbers = {document_parts(name)[0] for name in wanted}
    found: dict[str, list[DocumentRow]] = defaultdict(list)
    for row in tables.documents:
        if row.number in numbers:
            for name in names_of(row) & wanted:
                found[name].append(row)
    return {name: rows[0] for name, rows in found.items() if len(rows) == 1}


def _meta(
    row: DocumentRow,
    relations: list[RelationRow],
    known: Mapping[str, DocumentRow],
    times: Times,
    made_on: date,
    on: date | None,
    facts: list[str],
) -> str:
    names = names_of(row)
    links = _Links(times, row, known)
    active = [links.modification(r, active=True) for r in relations if r.document in names]
    passive = [links.modification(r, active=False) for r in relations if r.document not in names]
    changes = element("activeModifications", *active) if active else ""
    changes += element("passiveModifications", *passive) if passive else ""
    ours = [_ours(row), *facts, *links.facts]
    return element(
        "meta",
        _identification(row, made_on, on),
        times.lifecycle(),
        element("analysis", changes, source="#haicap") if changes else "",
        times.groups(),
        element("references", *_references(row), *links.references.values(), source="#haicap"),
        element("proprietary", *ours, source="#haicap"),
    )


def _identification(row: DocumentRow, made_on: date, on: date | None) -> str:
    number = parse(row.number)
    work = path_of(row.number, row.issuer, row.issued_on)
    expression = path_of(row.number, row.issuer, row.issued_on, language=LANGUAGE, on=on)
    issued = (
        element("FRBRdate", date=row.issued_on.isoformat(), name="Generation")
        if row.issued_on
        else element("FRBRdate", date=_NO_DAY, name="unknown")
    )
    author = element("FRBRauthor", href="#issuer")

    def core(path: str, day: str) -> str:
        return element("FRBRthis", value=f"{path}/!main") + element("FRBRuri", value=path) + day + author

    made = element("FRBRdate", date=made_on.isoformat(), name="Markup")
    versioned = element("FRBRdate", date=on.isoformat(), name="Expression") if on else issued
    return element(
        "identification",
        element(
            "FRBRWork", core(work, issued), element("FRBRcountry", value="vn"),
            element("FRBRsubtype", value=fold(number.printed.rpartition("/")[2])), element("FRBRnumber", value=row.number),
        ),
        element("FRBRExpression", core(expression, versioned), element("FRBRlanguage", language=LANGUAGE)),
        element("FRBRManifestation", core(f"{expression}.xml", made), element("FRBRformat", value="application/xml")),
        source="#haicap",
    )  # fmt: skip


def _references(row: DocumentRow) -> list[str]:
    issuer = row.issuer or parse(row.number).issuer
    return [
        element("original", eId="work", href=path_of(row.number, row.issuer, row.issued_on), showAs=row.number),
        element("TLCOrganization", eId="issuer", href="/akn/ontology/organization/vn/issuer", showAs=issuer_name(issuer) or issuer),
        element("TLCOrganization", eId="haicap", href="/akn/ontology/organization/vn/haicap", showAs="Haicap"),
        element("TLCConcept", eId="inForce", href="/akn/ontology/concept/vn/inForce", showAs="hiệu lực"),
    ]  # fmt: skip


def told(row: object, *names: str) -> dict[str, str]:
    """Attributes for what a row says besides; the ordinary evidence is left out."""
    values = {name: getattr(row, name) for name in names}
    return {name: str(value) for name, value in values.items() if value and value is not Evidence.UNCONFIRMED}


def _ours(row: DocumentRow) -> str:
    facts = told(
        row,
        "issuer",
        "kind",
        "territory",
        "owner",
        "urgency",
        "signer",
        "evidence",
        "source",
        "note",
        "sunset_clause",
    )
    return element("h:document", number=row.number, **facts)


class _Links:
    """Modifications and the documents at their other end."""

    def __init__(self, times: Times, row: DocumentRow, known: Mapping[str, DocumentRow]) -> None:
        self._times = times
        self._known = known
        self._me = path_of(row.number, row.issuer, row.issued_on)
        self.references: dict[str, str] = {}
        self.facts: list[str] = []

    def modification(self, row: RelationRow, *, active: bool) -> str:
        """A relation as a modification this document makes, or undergoes."""
        name, sort = words.MODIFICATIONS[row.kind]
        at = f"mod_{len(self.facts) + 1}"
        here, there = (row.place, row.target_place) if active else (row.target_place, row.place)
        other = self._refer(row.target if active else row.document, there, active=active)
        mine = f"#{here}" if here else self._me
        source, destination = (mine, other) if active else (other, mine)
        period = self._times.period(row.since, row.until)
        self.facts.append(
            element(
                "h:relation",
                of=at,
                kind=row.kind.value,
                **told(row, "territory", "evidence", "source", "note"),
            )
        )
        return element(
            name, element("source", href=source), element("destination", href=destination),
            element("force", period=period) if period else "", type=sort, eId=at,
        )  # fmt: skip

    def _refer(self, named: str, place: str, *, active: bool) -> str:
        row = self._known.get(named)
        number, issuer, issued_on = (row.number, row.issuer, row.issued_on) if row else document_parts(named)
        work = path_of(number, issuer, issued_on)
        kind = "activeRef" if active else "passiveRef"
        eid = f"ref_{len(self.references) + 1}"
        self.references.setdefault(work, element(kind, eId=eid, href=work, showAs=named))
        return path_of(number, issuer, issued_on, place=place)
