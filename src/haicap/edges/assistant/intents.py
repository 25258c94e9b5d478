"""Ý hỏi: what somebody wants to know about a matter (papers, fee, time …), found by phrases and taken out of the matter."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from enum import StrEnum
from functools import cache
from importlib import resources

from haicap.edges.assistant.normal import Word, key_of, words_in


class Intent(StrEnum):
    """What is asked about a matter."""

    PAPERS = "papers"
    FEE = "fee"
    TIME = "time"
    WHERE = "where"
    ONLINE = "online"
    BASIS = "basis"
    NEXT = "next"


# Of these words a matter may be made ("lệ phí trước bạ"): they are taken out only when nothing else hangs on them.
_WEAK = frozenset(
    {("phi",), ("le", "phi"), ("thoi", "han"), ("online",), ("cost",), ("fee",), ("fees",), ("chi", "phi")}
)
_FAINT = 0.15


@cache
def _phrases() -> dict[tuple[str, ...], Intent]:
    path = resources.files("haicap.edges.assistant") / "data" / "intents.csv"
    found: dict[tuple[str, ...], Intent] = {}
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        for phrase in row["phrases"].split("|"):
            found[tuple(w.key for w in words_in(phrase))] = Intent(row["key"])
    return found


@cache
def chatter() -> frozenset[str]:
    """Words of talk that no matter hangs on."""
    text = (resources.files("haicap.edges.assistant") / "data" / "chatter.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return frozenset(key_of(word) for line in lines for word in line.split())


def intents_of(words: Sequence[Word]) -> tuple[list[Word], tuple[Intent, ...]]:
    """The words with phrases of asking made faint, and what was asked, in order. The longest phrase wins."""
    table = _phrases()
    longest = max(map(len, table))
    found: list[Intent] = []
    left = list(words)
    n = 0
    while n < len(words):
        size = next(
            (
                s
                for s in range(min(longest, len(words) - n), 0, -1)
                if tuple(w.key for w in words[n : n + s]) in table
            ),
            0,
        )
        if not size:
            n += 1
            continue
        phrase = tuple(w.key for w in words[n : n + size])
        found.append(table[phrase])
        faint = 0.5 if phrase in _WEAK else _FAINT
        for at in range(n, n + size):
            left[at] = words[at].weighing(words[at].weight * faint)
        n += size
    return left, tuple(dict.fromkeys(found))
