"""Văn bản còn nợ và vướng mắc, as lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.law.models import Owed, Problem
from haicap.domain.law.queries.corpus import Doc, corpus
from haicap.domain.law.states import OwedState, ProblemState


@dataclass(frozen=True, slots=True)
class OwedLine:
    """A document still to come, or come: `late` days counted to the asked day."""

    pk: int
    doc: Doc
    path: str
    kind: str
    subject: str
    holder: str
    due_on: date | None
    state: OwedState
    fulfilled_by: Doc | None
    late: int  # days over the due day; of one issued: days it was late
    evidence: str
    source: str
    note: str
    version: int


def _late(row: Owed, by: Doc | None, on: date) -> int:
    if row.due_on is None or row.state == OwedState.WITHDRAWN:
        return 0
    end = on if row.state == OwedState.OPEN else (by.issued_on if by else None)
    return max(0, (end - row.due_on).days) if end else 0


def owed(on: date, *, holder: str = "", state: str = "") -> list[OwedLine]:
    """Owed documents, the latest first. One statement."""
    rows = Owed.objects.order_by("due_on", "pk")
    if holder:
        rows = rows.filter(holder=holder)
    if state:
        rows = rows.filter(state=state)
    return [_line(row, on) for row in rows]


def _line(row: Owed, on: date) -> OwedLine:
    docs = corpus().docs
    by = docs.get(row.fulfilled_by_id) if row.fulfilled_by_id else None
    return OwedLine(
        row.pk, docs[row.document_id], row.path, row.kind, row.subject, row.holder, row.due_on,
        OwedState(row.state), by, _late(row, by, on), row.evidence, row.source, row.note, row.version,
    )  # fmt: skip


def owed_figures(on: date) -> Mapping[str, Mapping[str, int]]:
    """Per holder: open, late (open and overdue), issued."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: {"open": 0, "late": 0, "issued": 0})
    for line in owed(on):
        if line.state is OwedState.WITHDRAWN:
            continue
        found[line.holder][line.state] += 1
        found[line.holder]["late"] += line.state is OwedState.OPEN and line.late > 0
    return dict(found)


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """Vướng mắc as its readers see it."""

    code: str
    doc: Doc
    path: str
    kind: str
    question: str
    raised_by: str
    raised_for: str
    raised_at: datetime
    owner: str
    state: ProblemState
    answer: str
    answered_at: datetime | None
    mended_by: Doc | None
    version: int


def _problem(row: Problem) -> ProblemLine:
    docs = corpus().docs
    return ProblemLine(
        row.code, docs[row.document_id], row.path, row.kind, row.question, row.raised_by, row.raised_for,
        row.raised_at, row.owner, ProblemState(row.state), row.answer, row.answered_at,
        docs.get(row.mended_by_id) if row.mended_by_id else None, row.version,
    )  # fmt: skip


def problems(
    *, doc: Doc | None = None, owner: str | None = None, state: str = "", raised_by: str = ""
) -> list[ProblemLine]:
    """Reported problems, newest first; at most 500."""
    rows: QuerySet[Problem] = Problem.objects.order_by("-raised_at", "-pk")
    if doc is not None:
        rows = rows.filter(document_id=doc.pk)
    if owner is not None:
        rows = rows.filter(owner=owner)
    if state:
        rows = rows.filter(state=state)
    if raised_by:
        rows = rows.filter(raised_by=raised_by)
    return [_problem(row) for row in rows[:500]]


def problem(code: str) -> ProblemLine:
    """One problem. Refused `not_found`."""
    row = Problem.objects.filter(code=code).first()
    if row is None:
        raise Refused("not_found", gettext_noop("Không có vướng mắc này."))
    return _problem(row)
