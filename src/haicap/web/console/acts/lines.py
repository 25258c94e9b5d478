"""Dòng của dự thảo: filled in where the table says it already, and shown with the names behind the codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from haicap.base.refused import Refused
from haicap.domain.units.rearrangement import Line
from haicap.domain.units.timeline import Register, Version


def holder(register: Register, code: str, on: date) -> Version | None:
    """Who holds a code that may be mistyped."""
    try:
        return register.at(code, on)
    except Refused:
        return None


@dataclass(frozen=True, slots=True)
class Shown:
    """A line with the names its codes stand for: `source` on the eve, `parent` and `before` (who has the new
    code on the eve) may be None."""

    line: Line
    source: Version | None
    parent: Version | None
    before: Version | None


def shown(lines: Sequence[Line], register: Register, effective_on: date) -> list[Shown]:
    """Lines with names."""
    eve = effective_on - timedelta(days=1)
    return [
        Shown(
            line,
            holder(register, line.from_code, eve),
            holder(register, line.to_parent_code, effective_on) if line.to_parent_code else None,
            holder(register, line.to_code, eve),
        )
        for line in lines
    ]


def filled(line: Line, others: Sequence[Line], register: Register, effective_on: date) -> Line:
    """What a person need not type twice: shares from the relation, the target from another line, the province
    from the old unit, the clause from the line before."""
    known = next((o for o in others if o.to_code == line.to_code and o.n != line.n), None)
    source = holder(register, line.from_code, effective_on - timedelta(days=1))
    line = _shares(line)
    if known is not None:
        line = replace(
            line,
            to_kind=line.to_kind or known.to_kind,
            to_name=line.to_name or known.to_name,
            to_parent_code=line.to_parent_code or known.to_parent_code,
        )
    if line.continues and source is not None:
        line = replace(line, to_kind=line.to_kind or source.kind, to_name=line.to_name or source.short_name)
    if not line.to_parent_code and len(line.to_code) == 5:
        line = replace(line, to_parent_code=_province(source, register, effective_on))
    earlier = [o for o in others if line.n == 0 or o.n < line.n]
    if not line.clause and earlier:
        line = replace(line, clause=earlier[-1].clause)
    return line


def _shares(line: Line) -> Line:
    whole = line.relation == "whole" or line.continues
    default = "all" if whole else "part"
    return replace(
        line,
        area_share=line.area_share or default,
        people_share=line.people_share or (default if whole else "unknown"),
    )


def _province(source: Version | None, register: Register, effective_on: date) -> str:
    if source is None:
        return ""
    province = register.province_of(source.uid, effective_on - timedelta(days=1))
    return province.code if province else ""


def filled_all(lines: Sequence[Line], register: Register, effective_on: date) -> list[Line]:
    """The same for a whole table, from the top down."""
    made: list[Line] = []
    for line in lines:
        made.append(filled(line, made, register, effective_on))
    return made
