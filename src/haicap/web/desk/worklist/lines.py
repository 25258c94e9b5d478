"""Dòng trên trang: items of a list with procedure, place, people and time left in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext

from haicap.domain.dossiers import queries
from haicap.domain.dossiers.queries.rows import Item
from haicap.domain.dossiers.queries.worklists import bounds
from haicap.domain.procedures import queries as procedures
from haicap.domain.units import queries as units
from haicap.web.desk import people, words
from haicap.web.desk.gate import Officer
from haicap.web.desk.remaining import Remaining, remaining

IN_STEPS = (2, 4)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list as it is read."""

    item: Item
    href: str
    state: str
    procedure: str
    unit: str
    step: str
    assignee: str
    left: Remaining

    @property
    def decided(self) -> bool:
        """Whether there is a decision and the result is still to come."""
        return self.item.state == 4 and self.item.decided_at is not None


def lines(items: Sequence[Item], officer: Officer) -> list[Line]:
    """Items in words. One statement for the names of people; the rest is remembered."""
    known, names = (
        bounds(officer.at),
        people.names({i.assignee for i in items} if officer.personal else set()),
    )
    register, begin = units.register(), reverse("desk:dossier", args=["-"]).removesuffix("-/")
    return [
        Line(
            item, begin + item.code + "/", _state(item), procedure_name(item), register.title(item.unit, officer.on), _step(item),
            names.get(item.assignee, ""), remaining(item.state, item.due_at, known),
        )
        for item in items
    ]  # fmt: skip


def _state(item: Item) -> str:
    if item.state == 4 and item.decided_at is not None:
        return gettext("Chờ ký, phát hành")
    return words.said(words.STATES, item.state)


def procedure_name(item: Item) -> str:
    """The name of the procedure in the version the dossier is pinned to."""
    history = procedures.history(item.procedure_code)
    entry = next((e for e in history if e.pk == item.procedure_version), history[-1] if history else None)
    return entry.name if entry else item.procedure_code


def _step(item: Item) -> str:
    if item.state != 4 or item.decided_at is not None:
        return ""
    return queries.pinned(item.procedure_version, item.instance, item.procedure_code).step(item.step).name.vi


def names_of(codes: Iterable[str], on: date) -> list[tuple[str, str]]:
    """Procedures by code with their names on a day, for a filter."""
    known = procedures.catalogue()
    return [(code, entry.name) for code in codes if (entry := known.at(code, on))]
