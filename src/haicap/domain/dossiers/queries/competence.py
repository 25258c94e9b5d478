"""Ai có thẩm quyền với hồ sơ: whether the organ a dossier is with holds the power its procedure exercises on a day.

A comparison of what is kept in memory (catalogue, powers, law, units): no statement of its own, less than a
millisecond. It warns; it never stops anything.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from haicap.base.refused import Refused
from haicap.domain.dossiers.queries.places import Office
from haicap.domain.powers import queries as powers
from haicap.domain.powers.queries import Holder
from haicap.domain.powers.rules import stands_for
from haicap.domain.procedures import queries as procedures
from haicap.domain.procedures.queries import ExerciseRow


class Standing(StrEnum):
    """How the organ of a dossier stands to the power."""

    HOLDS = "holds"
    SAME_HOUSE = "same_house"  # its committee's chairman or office holds it: same people, another signature
    OTHER = "other"  # somebody else holds it on the day
    NOBODY = "nobody"
    NOT_KNOWN = "not_known"  # the dossier names an organ the platform does not have
    UNNAMED = "unnamed"  # the procedure names no power, or the register is not there yet


WARNED = (Standing.OTHER, Standing.NOBODY)


@dataclass(frozen=True, slots=True)
class Competence:
    """exercise: what the procedure exercises, None where it says nothing; holders: who has it on the day, by law."""

    standing: Standing
    exercise: ExerciseRow | None
    holders: Sequence[Holder]

    @property
    def warns(self) -> bool:
        """Whether whoever has the dossier should look before going on."""
        return self.standing in WARNED


NOT_SAID = Competence(Standing.UNNAMED, None, ())


def competence(procedure: str, unit: str, organ: Office | None, on: date) -> Competence:
    """For a dossier of a procedure (code) in a unit (uid) with its competent organ, on a day."""
    try:
        lines = procedures.power_of(procedure)
        first = [line for line in lines if line.role is lines[0].role]
        holders = [h for line in first for h in _holders(line, unit, on)]
    except Refused:  # not loaded yet, or no such power or unit: nothing can be compared
        return NOT_SAID
    if not first:
        return NOT_SAID
    return Competence(_standing(organ, holders), first[0], holders)


def _holders(line: ExerciseRow, unit: str, on: date) -> list[Holder]:
    return powers.holder(line.power, unit, on, role=line.role, case=line.case)


def _standing(organ: Office | None, holders: Sequence[Holder]) -> Standing:
    if not holders:
        return Standing.NOBODY
    if organ is None:
        return Standing.NOT_KNOWN
    here = [h for h in holders if not h.unit or not organ.uid or h.unit == organ.uid]
    if any(h.organ == organ.kind for h in here):
        return Standing.HOLDS
    if any(stands_for(organ.kind, h.organ) for h in here):
        return Standing.SAME_HOUSE
    return Standing.OTHER
