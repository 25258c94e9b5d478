"""Câu hỏi: what the doors and the rooms above may ask of this room."""

from haicap.domain.law.queries.corpus import Corpus, Doc, Tie, bridged, corpus, document, generation, loaded
from haicap.domain.law.queries.duties import OwedLine, ProblemLine, owed, owed_figures, problem, problems
from haicap.domain.law.queries.effects import (
    Change,
    Found,
    Part,
    changes,
    counts_in,
    effect,
    in_force,
    outline,
    resolve,
    spans,
    state_of,
)
from haicap.domain.law.queries.exporting import issuer_of, named, tables_of
from haicap.domain.law.queries.searching import Hit, search
from haicap.domain.law.queries.trying import Trial, look_through, would

__all__ = [
    "Change",
    "Corpus",
    "Doc",
    "Found",
    "Hit",
    "OwedLine",
    "Part",
    "ProblemLine",
    "Tie",
    "Trial",
    "bridged",
    "changes",
    "corpus",
    "counts_in",
    "document",
    "effect",
    "generation",
    "in_force",
    "issuer_of",
    "loaded",
    "look_through",
    "named",
    "outline",
    "owed",
    "owed_figures",
    "problem",
    "problems",
    "resolve",
    "search",
    "spans",
    "state_of",
    "tables_of",
    "would",
]
