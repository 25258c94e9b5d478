"""Điều kiện: when a question, a paper or a fee applies, in the small grammar of docs/contracts.md.

    "reason = moved"     "who in {father, mother} and abroad = yes"     "kinds != other"

Keys are questions of choice (choice, multichoice, yesno). For several chosen values, `=` and `in` ask whether any of
them fits. A question that was not asked has no value: no condition on it holds, `!=` included.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from haicap.base.refused import Refused
from haicap.base.words import gettext_noop

_TERM = re.compile(
    r"(?P<key>[a-z][a-z0-9_]*)\s*(?:(?P<sign>!?=)\s*(?P<value>[a-z0-9_]+)|in\s*\{(?P<values>[^{}]*)\})"
)
_VALUE = re.compile(r"[a-z0-9_]+")
YES, NO = "yes", "no"
LONGEST = 500

Answers = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Term:
    """key has one of `values` (or, `negated`, none of them)."""

    key: str
    values: tuple[str, ...]
    negated: bool = False

    def holds(self, answers: Answers) -> bool:
        """Whether it holds for the answers given."""
        given = _chosen(answers.get(self.key))
        return bool(given) and (not self.negated) == bool(set(given) & set(self.values))


def _chosen(answer: object) -> tuple[str, ...]:
    if isinstance(answer, bool):
        return (YES if answer else NO,)
    if isinstance(answer, str):
        return (answer,) if answer else ()
    if isinstance(answer, Sequence):
        return tuple(str(a) for a in answer)
    return ()


@dataclass(frozen=True, slots=True)
class Condition:
    """All terms hold; no terms: always."""

    terms: tuple[Term, ...] = ()
    written: str = ""

    def __bool__(self) -> bool:
        return bool(self.terms)

    def holds(self, answers: Answers) -> bool:
        """Whether it applies for the answers given."""
        return all(term.holds(answers) for term in self.terms)

    @property
    def keys(self) -> frozenset[str]:
        """Questions it depends on."""
        return frozenset(term.key for term in self.terms)


ALWAYS = Condition()


def read_condition(text: str) -> Condition:
    """Read a condition. Refused `bad_condition` with the grammar."""
    if not text.strip():
        return ALWAYS
    if len(text) > LONGEST:
        raise _bad(text)
    return Condition(
        tuple(_term(part) for part in re.split(r"\s+and\s+", text.strip())), " ".join(text.split())
    )


def _term(text: str) -> Term:
    found = _TERM.fullmatch(text.strip())
    if not found:
        raise _bad(text)
    if found["value"]:
        return Term(found["key"], (found["value"],), found["sign"] == "!=")
    values = tuple(v.strip() for v in found["values"].split(","))
    if not all(_VALUE.fullmatch(v) for v in values):
        raise _bad(text)
    return Term(found["key"], values)


def _bad(text: str) -> Refused:
    return Refused(
        "bad_condition",
        gettext_noop(
            "Điều kiện “%(text)s” không đọc được. Viết như: ly_do = doi_ten, hoặc: ai in {cha, me} and o_nuoc_ngoai = yes."
        ),
        params={"text": text[:80]},
    )
