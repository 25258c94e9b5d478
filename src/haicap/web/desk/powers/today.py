"""Ai có thẩm quyền hôm nay: the panel beside a dossier and at reception. It warns in words and never stops anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from haicap.domain.dossiers import queries
from haicap.domain.dossiers.queries import Competence, Office, Standing
from haicap.domain.powers import queries as powers
from haicap.web.common.powers import deciding
from haicap.web.common.powers.deciding import Line
from haicap.web.desk.dossier.case import Case


@dataclass(frozen=True, slots=True)
class Panel:
    """What the panel says: who the dossier is with, who holds the power by law today, and how the two stand."""

    competence: Competence
    code: str
    name: str
    unit: str
    organ: str
    lines: list[Line]

    @property
    def standing(self) -> str:
        """How the organ stands to the power, a word of `Standing`."""
        return self.competence.standing.value

    @property
    def warns(self) -> bool:
        """Whether it is a warning."""
        return self.competence.warns


def panel(procedure: str, unit: str, organ: Office | None, organ_name: str, on: date) -> Panel | None:
    """The panel for a procedure at a unit; None where the procedure names no power."""
    found = queries.competence(procedure, unit, organ, on)
    if found.standing is Standing.UNNAMED or found.exercise is None:
        return None
    power = powers.power(found.exercise.power)
    return Panel(
        found, power.code, deciding.power_name(power), unit, organ.name if organ else organ_name,
        deciding.lines(found.holders, on, on),
    )  # fmt: skip


def of_case(case: Case) -> Panel | None:
    """The panel of an open dossier; nothing once it has ended."""
    row = case.row
    if row.ended_at is not None:
        return None
    office = queries.office(row.organ_id, case.officer.on)
    return panel(row.procedure_code, queries.uid_of(row.unit_id), office, row.competent_name, case.officer.on)
