"""Chủ đề: whether a question is about a procedure, a power, a unit, guidance, or nothing that is kept here."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from importlib import resources

from haicap.edges.assistant.normal import Word
from haicap.edges.assistant.phrases import Phrases

KIND_WORDS = frozenset("xa phuong huyen quan tinh tran thon ap commune ward province district".split())


class Sign(StrEnum):
    """What phrases of a question point to."""

    POWER = "power"
    UNIT = "unit"
    GUIDANCE = "guidance"
    OFF_TOPIC = "off_topic"
    HOSTILE = "hostile"
    NOT_HERE = "not_here"  # a matter people look for here that no procedure of the catalogue is for


@cache
def _table() -> dict[Sign, Phrases]:
    path = resources.files("haicap.edges.assistant") / "data" / "topics.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    return {Sign(r["key"]): Phrases((p, r["key"]) for p in r["phrases"].split("|")) for r in rows}


def signs(words: Sequence[Word]) -> dict[Sign, int]:
    """Signs in a question with the number of words that show each."""
    found = {}
    for sign, phrases in _table().items():
        size = sum(said.size for said in phrases.found(words))
        if size:
            found[sign] = size
    return found


def without(sign: Sign, words: Sequence[Word]) -> list[Word]:
    """The words that are not part of the phrases of a sign: the matter itself."""
    taken = {n for said in _table()[sign].found(words) for n in range(said.start, said.end)}
    return [w for n, w in enumerate(words) if n not in taken]
