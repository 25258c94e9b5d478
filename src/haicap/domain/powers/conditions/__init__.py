"""Điều kiện: the grammar of cases, “0 <= floors < 12 and group in {A,B}”. Pure.

parse("floors < 12") -> Condition      Refused `bad_condition` says what is wrong and how to write it
written(condition) -> str              canonical; empty for every case
"""

from haicap.domain.powers.conditions.condition import EVERY_CASE, Choice, Condition, Interval, Term
from haicap.domain.powers.conditions.grammar import parse, written

__all__ = ["EVERY_CASE", "Choice", "Condition", "Interval", "Term", "parse", "written"]
