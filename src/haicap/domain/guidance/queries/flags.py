"""Cờ rà soát: which pieces cite something that changed since an editor looked at them, and whose review is due.

Derived from the register of documents each time it is asked, so that what a reader sees is never older than the law.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from haicap.base.citation import Citation
from haicap.domain.guidance.queries.values import Flagged, Ground, Kept
from haicap.domain.guidance.states import FlagKind
from haicap.domain.law import places
from haicap.domain.law import queries as law
from haicap.domain.law.states import RelationKind, Standing

__all__ = ["Flagged", "flags", "review_list", "upcoming"]
# What another document does inside of what is cited, without ending all of it.
_CHANGING = (
    RelationKind.AMENDS,
    RelationKind.CORRECTS,
    RelationKind.REPLACES,
    RelationKind.REPEALS,
    RelationKind.SUSPENDS,
    RelationKind.RESUMES,
)
_TURNED = {
    Standing.ENDED: FlagKind.ENDED,
    Standing.SUSPENDED: FlagKind.SUSPENDED,
    Standing.IN_FORCE: FlagKind.RESUMED,
}


def flags(version: Kept, on: date) -> tuple[Flagged, ...]:
    """Why an editor must look at a version again, as of a day; oldest reason first."""
    found = list(_changed(version.grounds, version.reviewed_on, on))
    if version.review_by is not None and version.review_by < on:
        found.append(Flagged(FlagKind.REVIEW, version.review_by + timedelta(days=1), Citation("")))
    return tuple(sorted(dict.fromkeys(found), key=lambda f: (f.since, f.kind, f.citation)))


def _changed(grounds: Sequence[Ground], looked_at: date, on: date) -> Iterator[Flagged]:
    """Changes on the days after `looked_at` up to `on`."""
    if not grounds or on <= looked_at:
        return
    known = law.corpus()
    for ground in grounds:
        doc = known.by_slug.get(ground.slug)
        if doc is None:
            continue
        yield from _turns(doc, ground, looked_at, on, known)
        yield from _touches(doc, ground, looked_at, on, known)


def _turns(doc: law.Doc, ground: Ground, after: date, on: date, known: law.Corpus) -> Iterator[Flagged]:
    """The cited place itself ended, was suspended, or counts again."""
    for span in law.spans(doc, ground.path):
        if span.since is None or not after < span.since <= on or span.standing not in _TURNED:
            continue
        work = span.chain[-1].work if span.chain else None
        by = known.docs[work].number if work is not None and work != doc.pk else ""
        yield Flagged(_TURNED[span.standing], span.since, ground.citation, by)


def _touches(doc: law.Doc, ground: Ground, after: date, on: date, known: law.Corpus) -> Iterator[Flagged]:
    """Another document amends the cited place, or changes something inside of it."""
    for tie in known.suffering(doc.pk):
        amends = tie.kind in (RelationKind.AMENDS, RelationKind.CORRECTS)
        inside = tie.target_path != ground.path and places.covers(ground.path, tie.target_path)
        if tie.kind not in _CHANGING or not (
            inside or (amends and places.covers(tie.target_path, ground.path))
        ):
            continue
        source = known.docs[tie.source]
        day = tie.since or source.since
        if day is not None and after < day <= on:
            yield Flagged(FlagKind.AMENDED, day, ground.citation, source.number)


def review_list(versions: Sequence[Kept], on: date) -> list[tuple[Kept, tuple[Flagged, ...]]]:
    """Those of the versions that need a look, longest waiting first."""
    found = [(version, flags(version, on)) for version in versions]
    return sorted([pair for pair in found if pair[1]], key=lambda pair: (pair[1][0].since, pair[0].code))


def upcoming(version: Kept, on: date, days: int = 120) -> tuple[Flagged, ...]:
    """What will change within so many days as the register knows it: no reader is told yet, an editor may prepare."""
    fresh = replace(version, review_by=None, reviewed_on=max(version.reviewed_on, on))
    return flags(fresh, on + timedelta(days=days))
