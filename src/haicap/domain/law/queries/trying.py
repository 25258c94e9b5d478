"""Chạy thử: what rows would add to the register and what would change in effect, reckoned beside it; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count

from haicap.base.words import gettext_noop
from haicap.domain.law import numbers
from haicap.domain.law.formats import Outcome, Problem, Tables, kind_of, unresolved
from haicap.domain.law.formats.rows import AnyRow, DocumentRow, RelationRow
from haicap.domain.law.models import Owed, ProvisionText
from haicap.domain.law.queries.corpus import Corpus, Doc, Known, Tie, corpus
from haicap.domain.law.queries.effects import Change, changes
from haicap.domain.law.queries.exporting import issuer_of, named
from haicap.domain.units import queries as units

_KEEP = gettext_noop("Sửa thông tin trên trang của văn bản đó, hoặc bỏ dòng này.")
_FACTS = (
    ("title", "title"), ("effective_on", "since"), ("sunset_on", "until"), ("sunset_clause", "until_by"),
    ("territory", "territory"), ("owner", "owner"), ("urgency", "urgency"), ("signer", "signer"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Trial:
    """What entering rows would do.

    new      documents the register does not have yet, as rows
    counts   rows of each sheet that are new; places that get a heading count too
    gained   changes of standing of documents that are there today, which would come; lost: which would not come any more
    then     the register as it would be; new rows have numbers below zero there
    """

    new: tuple[DocumentRow, ...]
    counts: Mapping[str, int]
    gained: tuple[Change, ...]
    lost: tuple[Change, ...]
    then: Corpus


def look_through(outcome: Outcome) -> tuple[Problem, ...]:
    """What is wrong with the rows of a file as seen from the register, beside what `outcome.problems` says."""
    if outcome.problems:
        return outcome.problems
    known = corpus()
    lined = outcome.lined()
    found = list(unresolved(lined, lambda name: len(named(name, known))))
    for sheet, rows in lined.items():
        for line, row in rows:
            found += _unit_problems(sheet, line, row)
            if isinstance(row, DocumentRow):
                found += _differing(known, line, row)
    return tuple(found)


def _unit_problems(sheet: str, line: int, row: AnyRow) -> Iterator[Problem]:
    uids = {"territory": getattr(row, "territory", "")}
    if isinstance(row, DocumentRow):
        uids["issuer"] = row.issuer.partition(":")[2]
    for column, uid in uids.items():
        if uid and not units.register().versions(uid):
            yield Problem(
                sheet, line, column, gettext_noop("Không có đơn vị mang mã định danh %(uid)s."), {"uid": uid},
                gettext_noop("Ghi như p:15, d:080 hoặc c:02872; tra mã trên trang đơn vị."),
            )  # fmt: skip


def _differing(known: Corpus, line: int, row: DocumentRow) -> Iterator[Problem]:
    there = _same(known, row)
    if there is None:
        return
    fields = [column for column, name in _FACTS if getattr(row, column) != getattr(there, name)]
    if row.kind and row.kind != there.kind:
        fields.append("kind")
    if fields:
        yield Problem(
            "documents", line, fields[0],
            gettext_noop("Văn bản %(number)s đã có trong sổ với thông tin khác (%(fields)s)."),
            {"number": row.number, "fields": ", ".join(fields)}, _KEEP,
        )  # fmt: skip


def _same(known: Corpus, row: DocumentRow) -> Doc | None:
    issuer = row.issuer or numbers.parse(row.number).issuer
    found = (d for d in known.numbered(row.number) if issuer_of(d) == issuer and d.issued_on == row.issued_on)
    return next(found, None)


def would(tables: Tables) -> Trial:
    """What entering these rows would add and change. Rows without problems only; Refused `cycle`.

    Costs two walks over all changes of standing there are.
    """
    known = corpus()
    then, counts = _joined(known, tables)
    before = {_key(c): c for c in changes(date.min, date.max, known)}
    after = {_key(c): c for c in changes(date.min, date.max, then)}
    return Trial(
        new=tuple(row for row in tables.documents if _same(known, row) is None),
        counts=counts,
        gained=tuple(c for key, c in after.items() if key not in before and c.doc.pk in known.docs),
        lost=tuple(c for key, c in before.items() if key not in after),
        then=then,
    )


def _key(change: Change) -> tuple[object, ...]:
    return change.on, change.doc.pk, change.path, change.before, change.after


def _joined(known: Corpus, tables: Tables) -> tuple[Corpus, Mapping[str, int]]:
    """The register with the rows beside it; new rows have numbers that nothing else has."""
    docs = [
        d for row, pk in zip(tables.documents, count(-1, -1), strict=False) if (d := _doc(known, row, pk))
    ]
    whole = Corpus([*known.docs.values(), *docs], (), ())
    places = _places(known, whole, tables)
    held = {_tie_key(t) for t in known.ties.values()}
    ties = [_tie(whole, row, pk) for row, pk in zip(tables.relations, count(-1, -1), strict=False)]
    ties = [t for t in ties if _tie_key(t) not in held]
    own = [p for some in known.places.values() for p in some.values()]
    then = Corpus([*known.docs.values(), *docs], [*own, *places], [*known.ties.values(), *ties])
    counts = {
        "documents": len(docs), "provisions": len(places) + _new_headings(known, whole, tables), "relations": len(ties), "texts": _new_texts(whole, tables),
        "owed": _new_owed(whole, tables),
    }  # fmt: skip
    return then, counts


def _new_texts(whole: Corpus, tables: Tables) -> int:
    keys = [(named(t.document, whole)[0].pk, t.place, t.text, t.since, t.until) for t in tables.texts]
    rows = ProvisionText.objects.filter(provision__document_id__in={key[0] for key in keys})
    held = {
        (pk, path, text, days.lower, days.upper)
        for pk, path, text, days in rows.values_list(
            "provision__document_id", "provision__path", "text", "valid"
        )
    }
    return sum(key not in held for key in keys)


def _new_owed(whole: Corpus, tables: Tables) -> int:
    if not tables.owed:
        return 0
    held = set(Owed.objects.values_list("document_id", "path", "subject", "holder"))
    keys = {(named(row.document, whole)[0].pk, row.place, row.subject, row.holder) for row in tables.owed}
    return len(keys - held)


def _doc(known: Corpus, row: DocumentRow, pk: int) -> Doc | None:
    if _same(known, row) is not None:
        return None
    number = numbers.parse(row.number)
    issuer, _, uid = (row.issuer or number.issuer).partition(":")
    kind = kind_of(row)
    return Doc(
        pk=pk, slug=numbers.slug(row.number), number=number.printed, issuer=issuer, issuer_uid=uid, issued_on=row.issued_on,
        kind=kind or "other", rank=numbers.rank(kind, number.normative) if kind else 0, title=row.title,
        since=row.effective_on, until=row.sunset_on, until_by=row.sunset_clause, territory=row.territory, owner=row.owner,
        urgency=row.urgency, signer=row.signer, evidence=row.evidence, source=row.source, note=row.note, version=0,
    )  # fmt: skip


def _places(known: Corpus, whole: Corpus, tables: Tables) -> list[Known]:
    """Places with a row of their own, and those that get one because a text hangs on them."""
    made: dict[tuple[int, str], Known] = {}
    for row in tables.provisions:
        key = (named(row.document, whole)[0].pk, row.place)
        made[key] = Known(
            -1 - len(made), *key, row.heading, row.since, row.until, row.evidence, row.source, row.note
        )
    for text in tables.texts:
        key = (named(text.document, whole)[0].pk, text.place)
        made.setdefault(key, Known(-1 - len(made), *key, "", None, None, text.evidence, "", ""))
    return [p for (pk, path), p in made.items() if path not in known.places.get(pk, {})]


def _new_headings(known: Corpus, whole: Corpus, tables: Tables) -> int:
    held = ((known.places.get(named(r.document, whole)[0].pk, {}).get(r.place), r) for r in tables.provisions)
    return sum(there is not None and not there.heading and bool(row.heading) for there, row in held)


def _tie(whole: Corpus, row: RelationRow, pk: int) -> Tie:
    source, target = named(row.document, whole)[0], named(row.target, whole)[0]
    return Tie(
        pk, row.kind, source.pk, row.place, target.pk, row.target_place, row.since, row.until, row.territory,
        row.evidence, row.source, row.note,
    )  # fmt: skip


def _tie_key(t: Tie) -> Sequence[object]:
    return (t.kind, t.source, t.source_path, t.target, t.target_path, t.since, t.territory)
