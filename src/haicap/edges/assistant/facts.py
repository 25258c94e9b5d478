"""Nguồn: where the assistant's answers come from; filled by config, so that a command can do without a database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from haicap.base.citation import Citation
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.procedures.catalogue import Entry
from haicap.domain.procedures.content import Content
from haicap.domain.units.addresses import Gazetteer
from haicap.domain.units.timeline import Register
from haicap.edges.assistant.knowledge import Knowledge
from haicap.edges.assistant.pieces import Pieces


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds a power: a name as of the day, how, and by which clause."""

    organ: str
    mode: str
    citation: Citation
    confirmed: bool


@dataclass(frozen=True, slots=True)
class Guide:
    """A piece of guidance in a line: `path` its page."""

    title: str
    summary: str
    path: str
    citations: tuple[Citation, ...]
    confirmed: bool
    flagged: bool


class Facts(Protocol):
    """Everything an answer may rest on."""

    def knowledge(self) -> Knowledge:
        """The catalogue, ready for questions."""

    def prepare(self) -> bool:
        """Leave for all processes what they will know of the catalogue as of this moment; whether there is one."""

    def mend(self) -> None:
        """Make the index anew after it went bad under a question."""

    def content(self, entry: Entry) -> Content:
        """The record of a version."""

    def register(self) -> Register:
        """Units over time."""

    def gazetteer(self) -> Gazetteer:
        """The address engine."""

    def office(self, entry: Entry, unit: str, on: date) -> str:
        """The name of the organ that decides a procedure for a unit (uid); "" when it is not known."""

    def centre(self, unit: str, on: date) -> str:
        """The public-service centre of a unit; "" when it is not known."""

    def powers(self) -> Pieces:
        """Powers by their names."""

    def power_of(self, code: str) -> str:
        """The power a procedure exercises, the deciding one; "" for none known."""

    def holders(self, power: str, unit: str, on: date) -> Sequence[Held]:
        """Who holds a power in a unit, or in any when none is named."""

    def guides(self, on: date) -> Pieces:
        """Guidance that counts on a day."""

    def guide(self, key: str, on: date, language: str) -> Guide:
        """One piece in a line."""


_wired: list[Facts] = []


def wire(facts: Facts) -> None:
    """Answer from these facts; called in config only."""
    _wired[:] = [facts]


def facts() -> Facts:
    """The facts that were wired. Refused `not_ready` when none were."""
    if not _wired:
        raise Refused("not_ready", gettext_noop("Trợ lý chưa sẵn sàng. Xin thử lại sau ít giây."))
    return _wired[0]
