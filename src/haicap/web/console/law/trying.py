"""Xem trước: problems of rows, what would be new, what would change in effect; in words, for the form and for files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from haicap.domain.law import queries
from haicap.domain.law.formats import Outcome, Problem
from haicap.domain.law.formats.problems import filled
from haicap.domain.law.queries import Trial
from haicap.web.common.law import listing, words

PAGE = "console:law-document"
SHOWN = 300


@dataclass(frozen=True, slots=True)
class Fault:
    """A problem in words."""

    sheet: str
    row: int
    column: str
    sentence: str
    repair: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What rows would do, or what is wrong with them."""

    faults: Sequence[Fault]
    total: int
    trial: Trial | None
    counts: Sequence[tuple[str, int]]
    gained: Sequence[listing.Changed]
    lost: Sequence[listing.Changed]

    @property
    def nothing(self) -> bool:
        """Whether everything is in the register already."""
        return not any(n for _, n in self.counts)


def preview(outcome: Outcome) -> Preview:
    """Judge rows against the register and reckon what they would change. Refused `cycle`."""
    queries.corpus.now()
    problems = queries.look_through(outcome)
    if problems:
        return Preview(told(problems[:SHOWN]), len(problems), None, (), (), ())
    trial = queries.would(outcome.tables)
    counts = [(words.said(words.SHEETS, sheet), n) for sheet, n in trial.counts.items()]
    return Preview(
        (),
        0,
        trial,
        counts,
        listing.changed(trial.gained[:SHOWN], PAGE, trial.then),
        listing.changed(trial.lost[:SHOWN], PAGE),
    )


def told(problems: Iterable[Problem]) -> list[Fault]:
    """Problems in the language of the page."""
    return [
        Fault(
            words.said(words.SHEETS, p.sheet), p.row, p.column, filled(gettext(p.sentence), p.params),
            filled(gettext(p.repair), p.params) if p.repair else "",
        )
        for p in problems
    ]  # fmt: skip
