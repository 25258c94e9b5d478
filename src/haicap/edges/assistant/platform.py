"""Nguồn của nền tảng: the facts of the assistant as the database has them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path

from django.db import connection

from haicap.base.citation import Citation
from haicap.base.kept import Kept
from haicap.domain.guidance import queries as guidance
from haicap.domain.law.states import Evidence
from haicap.domain.powers import queries as powers
from haicap.domain.powers.states import Sort
from haicap.domain.procedures import queries as procedures
from haicap.domain.procedures.catalogue import Entry
from haicap.domain.procedures.content import Content
from haicap.domain.units import queries as units
from haicap.domain.units.addresses import Gazetteer
from haicap.domain.units.timeline import Register
from haicap.edges.assistant import links
from haicap.edges.assistant.facts import Guide, Held
from haicap.edges.assistant.indexing import Keeper
from haicap.edges.assistant.knowledge import Knowledge
from haicap.edges.assistant.pieces import Item, Pieces

_ANYWHERE = "vn"
_FIRST_DAY = date(2025, 7, 1)


class Platform:
    """The facts of this platform; its index lies under `folder`."""

    def __init__(self, folder: Path) -> None:
        self.keeper = Keeper(
            folder, procedures.generation, procedures.catalogue, _essential, connection.close
        )  # the thread behind closes its own connection
        self._powers: Kept[Pieces] = Kept(powers.generation, _powers)
        self._guides = lru_cache(maxsize=8)(_guides)

    def knowledge(self) -> Knowledge:
        """The catalogue, ready for questions. Refused `not_loaded`."""
        return self.keeper()

    def prepare(self) -> bool:
        """Leave for all processes what they will know of the catalogue as of this moment; whether there is one."""
        if procedures.loaded():
            self.keeper.prepare()
        return procedures.loaded()

    def mend(self) -> None:
        """Forget the index that went bad and make it anew."""
        self.keeper.mended()

    def content(self, entry: Entry) -> Content:
        """The record of a version."""
        return procedures.record(entry.code, entry.span.start or _FIRST_DAY).content

    def register(self) -> Register:
        """Units over time."""
        return units.register()

    def gazetteer(self) -> Gazetteer:
        """The address engine."""
        return units.gazetteer()

    def office(self, entry: Entry, unit: str, on: date) -> str:
        """The organ that decides, under its name in the unit."""
        found = procedures.competent_organs(procedures.record(entry.code, on), unit, on)
        return found[0].name if found else ""

    def centre(self, unit: str, on: date) -> str:
        """The public-service centre of the unit."""
        found = units.service_centre(unit, on)
        return found.name if found else ""

    def powers(self) -> Pieces:
        """Powers by their names."""
        return self._powers()

    def power_of(self, code: str) -> str:
        """The power a procedure exercises, the deciding one first."""
        rows = procedures.power_of(code)
        return rows[0].power if rows else ""

    def holders(self, power: str, unit: str, on: date) -> Sequence[Held]:
        """Who holds a power on the day."""
        return [
            Held(h.name(on), h.assertion.mode.value, cited(h.assertion.citation), h.assertion.evidence is Evidence.CONFIRMED)
            for h in powers.holder(power, unit or _ANYWHERE, on)
        ]  # fmt: skip

    def guides(self, on: date) -> Pieces:
        """Guidance that counts on a day."""
        return self._guides(guidance.generation(), on)

    def guide(self, key: str, on: date, language: str) -> Guide:
        """One piece in a line."""
        piece = guidance.piece(key, on)
        english = language == "en"
        return Guide(
            (piece.title_en if english else "") or piece.title, (piece.summary_en if english else "") or piece.summary,
            links.to(f"guidance-{piece.kind.value}", piece.code), piece.citations,
            piece.evidence.value == "confirmed", bool(piece.flagged),
        )  # fmt: skip


def cited(text: str) -> Citation:
    """ "151/2025/NĐ-CP, điều 5 khoản 1" as a citation."""
    act, _, clause = text.partition(", ")
    return Citation(act, clause)


def _essential() -> list[str]:
    return [code for row in procedures.essential(_FIRST_DAY) for code in row.service.codes]


def _powers(_: Hashable) -> Pieces:
    rows = powers.register().powers.values() if powers.loaded() else ()
    return Pieces(Item(p.code, p.name, f"{p.field} {p.name_en}") for p in rows if p.sort is Sort.POWER)


def _guides(_: Hashable, on: date) -> Pieces:
    return Pieces(
        Item(p.code, f"{p.title} {p.title_en}", f"{p.summary} {p.summary_en} {p.topic} {p.body}") for p in guidance.pieces(on)
    )  # fmt: skip
