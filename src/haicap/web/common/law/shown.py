"""Trang của một văn bản: from the register to what both doors show of a document on a day, for a unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from haicap.domain.law import places, queries
from haicap.domain.law.effect import Span
from haicap.domain.law.formats import eli
from haicap.domain.law.formats.rows import DocumentRow
from haicap.domain.law.queries import Corpus, Doc, OwedLine, Part, ProblemLine, Tie
from haicap.domain.law.queries.exporting import issuer_of
from haicap.domain.law.states import Standing
from haicap.web.common.drawings import Bars, Flow
from haicap.web.common.law import drawn, links, words
from haicap.web.common.law.told import Told, told


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the outline with what hangs on it."""

    part: Part
    said: str
    standing: str
    tone: str
    why: Sequence[Told]  # only where it differs from the whole document
    problems: Sequence[ProblemLine]
    owed: Sequence[OwedLine]
    indent: int


@dataclass(frozen=True, slots=True)
class Related:
    """A relation as a row: from here (`out`) or to here, the other document, and when it began to work."""

    tie: Tie
    out: bool
    other: Doc
    href: str
    name: str
    here: str
    word: str
    works_from: date | None


@dataclass(frozen=True, slots=True)
class Row:
    """A stretch of the timeline's table."""

    name: str
    since: date | None
    last: date | None
    standing: str
    tone: str
    now: bool
    why: Sequence[Told]


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything of a document's page.

    outside  the asked unit does not lie where the document counts
    """

    doc: Doc
    name: str
    state: str
    tone: str
    standing: Standing
    span: Span
    why: Sequence[Told]
    then: Row | None  # the next change of standing
    outside: bool
    places: Sequence[Place]
    whole_problems: Sequence[ProblemLine]
    whole_owed: Sequence[OwedLine]
    rows: Sequence[Row]
    bars: Bars
    flow: Flow | None
    left_out: int
    relations: Sequence[Related]
    eli: str
    until_by: str

    @property
    def outward(self) -> list[Related]:
        """What the document does to others."""
        return [r for r in self.relations if r.out]

    @property
    def inward(self) -> list[Related]:
        """What others do to it."""
        return [r for r in self.relations if not r.out]


def shown(doc: Doc, on: date, today: date, *, page: str, unit: str = "") -> Shown:
    """A document on a day, in a unit (uid) where one is asked about. Three statements."""
    known = queries.corpus()
    span = queries.effect(doc, "", on, unit=unit)
    state = queries.state_of(doc, on)
    outline = queries.outline(doc, on)
    problems, owed = _of_places(doc, on, open_too=not page.startswith("portal:"))
    flow, left_out = drawn.graph(known, doc, page)
    lanes = [(words.named(doc), "", queries.spans(doc))]
    lanes += [
        (_name(part.path, part.heading), f"#{part.path}", queries.spans(doc, part.path)) for part in outline
    ]
    own = {part.path for part in outline}
    return Shown(
        doc=doc, name=words.named(doc), state=_state(state, span, unit), tone=_tone(state, span, unit),
        standing=span.standing, span=span, why=told(known, span.chain, page),
        then=_next(_rows(known, "", queries.spans(doc), on, page)), outside=bool(unit) and not queries.counts_in(doc, unit, on),
        places=[_place(known, part, doc, on, unit, page, problems, owed) for part in outline],
        whole_problems=[p for p in problems if p.path not in own], whole_owed=[o for o in owed if o.path not in own],
        rows=[row for name, _, spans in lanes for row in _rows(known, name, spans, on, page)],
        bars=drawn.timeline(lanes, on, today), flow=flow, left_out=left_out,
        relations=relations(known, doc, page), eli=address(doc), until_by=words.clause(doc.until_by),
    )  # fmt: skip


def _of_places(doc: Doc, on: date, *, open_too: bool) -> tuple[list[ProblemLine], list[OwedLine]]:
    """What hangs on the document. An officer's question is for officers until its owner has answered it."""
    left_out = {"withdrawn"} if open_too else {"withdrawn", "open"}
    problems = [p for p in queries.problems(doc=doc) if p.state not in left_out]
    return problems, [o for o in queries.owed(on) if o.doc.pk == doc.pk and o.state != "withdrawn"]


def _state(state: str, span: Span, unit: str) -> str:
    """In a unit the standing of the day there; else the state of the whole document."""
    return words.said(words.STANDINGS, span.standing) if unit else words.said(words.STATES, state)


def _tone(state: str, span: Span, unit: str) -> str:
    return words.TONES[span.standing if unit else state]


def _name(path: str, heading: str) -> str:
    said = words.clause(path)
    return f"{said[:1].upper()}{said[1:]}. {heading}" if heading else f"{said[:1].upper()}{said[1:]}"


def _place(
    known: Corpus, part: Part, doc: Doc, on: date, unit: str, page: str,
    problems: Sequence[ProblemLine], owed: Sequence[OwedLine],
) -> Place:  # fmt: skip
    span = queries.effect(doc, part.path, on, unit=unit)
    whole = queries.effect(doc, "", on, unit=unit)
    return Place(
        part=part, said=words.clause(part.path), standing=words.said(words.STANDINGS, span.standing),
        tone=words.TONES[span.standing],
        why=told(known, span.chain, page) if span.standing != whole.standing else (),
        problems=[p for p in problems if p.path == part.path], owed=[o for o in owed if o.path == part.path],
        indent=min(3, part.depth),
    )  # fmt: skip


def _rows(known: Corpus, name: str, spans: Sequence[Span], on: date, page: str) -> list[Row]:
    return [
        Row(
            name, span.since, span.until - timedelta(days=1) if span.until else None,
            words.said(words.STANDINGS, span.standing), words.TONES[span.standing], on in span,
            told(known, span.chain, page),
        )
        for span in spans
    ]  # fmt: skip


def _next(rows: Sequence[Row]) -> Row | None:
    """The first stretch after the one of today in which something is otherwise."""
    at = next((n for n, row in enumerate(rows) if row.now), len(rows))
    return next((row for row in rows[at + 1 :] if row.standing != rows[at].standing), None)


def relations(known: Corpus, doc: Doc, page: str) -> list[Related]:
    """What it does to others, then what others do to it, by the places of the document."""
    both = [(tie, True) for tie in known.acting(doc.pk)] + [(tie, False) for tie in known.suffering(doc.pk)]
    both.sort(key=lambda pair: (not pair[1], pair[0].kind, places.order(_here(*pair))))
    return [_related(known, tie, out, page) for tie, out in both]


def _here(tie: Tie, out: bool) -> str:
    return tie.source_path if out else tie.target_path


def _related(known: Corpus, tie: Tie, out: bool, page: str) -> Related:
    other = known.docs[tie.target if out else tie.source]
    path = tie.target_path if out else tie.source_path
    return Related(
        tie, out, other, links.href(other, path, page=page), words.placed(other, path), words.clause(_here(tie, out)),
        words.said(words.RELATIONS, tie.kind), known.effects.worked_from(tie.pk),
    )  # fmt: skip


def address(doc: Doc, path: str = "") -> str:
    """The ELI-style address of a document or place in it."""
    return eli.path_of(doc.number, issuer_of(doc) if doc.issuer_uid else "", doc.issued_on, path)


def row_of(doc: Doc) -> DocumentRow:
    """The document as its row."""
    return queries.tables_of({doc.slug}).documents[0]
