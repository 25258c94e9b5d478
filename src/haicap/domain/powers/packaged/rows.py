"""Dòng dữ liệu: powers, assertions, prepared cases and procedures as plain values. Fields are the columns, in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from haicap.domain.law.states import Evidence
from haicap.domain.powers.conditions import Condition
from haicap.domain.powers.states import FindingKind, Level, Mode, Reading, Reason, Role, Sort


@dataclass(frozen=True, slots=True)
class Span:
    """Values of a numeric attribute: [lo, hi), whole numbers."""

    lo: int
    hi: int


@dataclass(frozen=True, slots=True)
class PowerRow:
    """Thẩm quyền.

    attributes  what cases are told apart by: named values, or a span of numbers
    level       tier of the units it is exercised in
    owner       organ-kind code of the ministry that answers for it
    """

    code: str
    sort: Sort
    name: str
    name_en: str
    field: str
    attributes: Mapping[str, tuple[str, ...] | Span]
    level: Level
    owner: str
    evidence: Evidence
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class AssertionRow:
    """Quy định thẩm quyền.

    organ          organ-kind code, or one of `states.OTHER_ORGANS`
    unit           uid of the unit where it holds, with all units of the organ's level below it; "" = everywhere
    level          level of the organ
    since, until   [since, until); None: with the document
    parent         id of the assertion it is derived from
    document       number of the document; "" only where `citation` says what is known instead
    place          place in the document in words ("điều 5 khoản 1 điểm a"); "" = not known
    no_fallback    the deed says the parent does not act again when it ends
    added_days, added_papers   against the parent's procedure
    """

    id: str
    power: str
    role: Role
    organ: str
    unit: str
    level: Level
    condition: Condition
    since: date | None
    until: date | None
    mode: Mode
    parent: str
    document: str
    place: str
    citation: str
    reading: Reading
    no_fallback: bool
    added_days: int
    added_papers: int
    evidence: Evidence
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """Vụ việc đã biết: a conflict people met; power "" = not one power, kind None = nothing the detectors look for.

    letters  numbers of letters of guidance
    """

    id: str
    power: str
    kind: FindingKind | None
    reason: Reason | None
    condition: Condition
    unit: str
    since: date | None
    until: date | None
    known: str
    letters: tuple[str, ...]
    evidence: Evidence
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """A procedure of the catalogue exercises a power in a role, in the cases of the condition."""

    procedure: str
    power: str
    role: Role
    condition: Condition
    evidence: Evidence
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class Tables:
    """All four tables, each in the order of its file."""

    powers: tuple[PowerRow, ...]
    assertions: tuple[AssertionRow, ...]
    cases: tuple[CaseRow, ...]
    procedures: tuple[ProcedureRow, ...]
