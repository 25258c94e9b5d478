"""Thời hạn giải quyết: for a channel and a case, as parts that follow one another."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from haicap.base.citation import Citation
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.deadlines.reckoning import Limit, LimitUnit, read_limit
from haicap.domain.procedures.content.conditions import ALWAYS, Condition
from haicap.domain.procedures.content.node import Node
from haicap.domain.procedures.content.reading_form import condition_at
from haicap.domain.procedures.content.words import UNCITED, Channel, Evidence

MOST_PARTS = 6


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """Một thời hạn: no parts = not known, and then nothing is promised.

    channel    only for dossiers filed this way; None = all
    condition  over the form's questions: the case it belongs to
    case       the same in words, as published
    """

    parts: tuple[Limit, ...] = ()
    channel: Channel | None = None
    condition: Condition = ALWAYS
    case: str = ""
    note: str = ""
    citation: Citation = UNCITED
    evidence: Evidence = Evidence.UNCONFIRMED

    @property
    def known(self) -> bool:
        """Whether a day can be promised."""
        return bool(self.parts)


def limit_value(limit: Limit) -> str:
    """The value as it is written: "5", "0.5"; "0" for same_day."""
    return f"{Decimal(limit.halves) / 2:f}".removesuffix(".0")


def time_limit_of(node: Node) -> TimeLimit:
    """One limit out of a document."""
    node.closed("parts", "channel", "condition", "case", "note", "citation", "evidence")
    parts = [_part(part) for part in node.items("parts")]
    if len(parts) > MOST_PARTS:
        node.wrong(gettext_noop("Một thời hạn có nhiều nhất %(most)s phần."), "parts", most=MOST_PARTS)
    return TimeLimit(
        parts=tuple(p for p in parts if p is not None),
        channel=node.one_of("channel", Channel) if node.has("channel") else None,
        condition=condition_at(node),
        case=node.text("case", longest=300),
        note=node.text("note"),
        citation=node.citation("citation"),
        evidence=node.one_of("evidence", Evidence, Evidence.UNCONFIRMED),
    )


def _part(node: Node) -> Limit | None:
    node.closed("value", "unit")
    unit = node.text("unit", required=True, longest=20)
    same_day = unit == LimitUnit.SAME_DAY
    try:
        return read_limit(node.text("value", required=not same_day, longest=20), unit) if unit else None
    except Refused as refused:
        node.wrong(refused.template, "", **refused.params)
        return None
