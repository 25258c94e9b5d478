"""Nét phân biệt: what tells sister procedures apart (again, change, end, foreign …), read in names and in questions."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from haicap.edges.assistant.normal import Word
from haicap.edges.assistant.phrases import Phrases

LEVELS = ("commune", "province", "central")
# What somebody does not say he does not mean: a name that has it is a special case of one that has not.
SPECIAL = frozenset(
    "again renew change end pause resume merge foreign abroad border mobile joint army organisation imported temporary "
    "death online halt".split()
)


@dataclass(frozen=True, slots=True)
class Concept:
    """A mark of difference, in two languages."""

    key: str
    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class _Table:
    concepts: Mapping[str, Concept]
    asked: Phrases
    named: Phrases


@cache
def _table() -> _Table:
    """data/concepts.csv: how each is asked for, and how names have it."""
    path = resources.files("haicap.edges.assistant") / "data" / "concepts.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    return _Table(
        {r["key"]: Concept(r["key"], r["vi"], r["en"]) for r in rows},
        Phrases((phrase, r["key"]) for r in rows for phrase in r["asked"].split("|")),
        Phrases((phrase, r["key"]) for r in rows for phrase in r["named"].split("|")),
    )


def asked_for(words: Sequence[Word]) -> frozenset[str]:
    """Concepts in a question."""
    return _keys(_table().asked, words)


def named_by(words: Sequence[Word]) -> frozenset[str]:
    """Concepts in a name."""
    return _keys(_table().named, words)


def _keys(phrases: Phrases, words: Sequence[Word]) -> frozenset[str]:
    return frozenset(m.words[0].key for said in phrases.found(words) for m in said.meanings)


def label(key: str, language: str) -> str:
    """A concept in words; "" for none of that key."""
    found = _table().concepts.get(key)
    return "" if found is None else found.en if language == "en" else found.vi
