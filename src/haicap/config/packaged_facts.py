"""Nguồn đóng gói: the facts of the assistant where there is no database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import cached_property, lru_cache

from haicap.base.dates import Span
from haicap.base.refused import Refused
from haicap.base.text import sort_key
from haicap.base.words import gettext_noop
from haicap.domain.guidance.packaged import Packaged as PackagedPiece
from haicap.domain.guidance.packaged import read as read_guidance
from haicap.domain.powers.packaged import read as read_powers
from haicap.domain.powers.states import Sort
from haicap.domain.procedures.catalogue import Catalogue, Entry, LifeEventEntry
from haicap.domain.procedures.content import Content
from haicap.domain.procedures.packaged.catalogue import ORIGIN, Proposal, packaged_catalogue
from haicap.domain.procedures.packaged.helps import (
    essential_services,
    packaged_life_events,
    packaged_synonyms,
)
from haicap.domain.procedures.states import VersionState
from haicap.domain.units.addresses import Gazetteer
from haicap.domain.units.timeline import Register
from haicap.domain.units.timeline.packaged import packaged_register
from haicap.domain.units.timeline.rows import read_packaged
from haicap.edges.assistant import links
from haicap.edges.assistant.facts import Guide, Held
from haicap.edges.assistant.knowledge import Knowledge, made
from haicap.edges.assistant.pieces import Item, Pieces
from haicap.kernel.search import Searcher


class Packaged:
    """What comes with the program: catalogue, units, names of powers, guidance. Who holds a power only the register knows."""

    @cached_property
    def _proposals(self) -> tuple[Proposal, ...]:
        return packaged_catalogue().proposals

    @cached_property
    def _known(self) -> Knowledge:
        entries = [entry_of(n, p) for n, p in enumerate(self._proposals)]
        events = [LifeEventEntry(e.key, e.name, e.name_en, e.codes) for e in packaged_life_events()]
        catalogue = Catalogue(entries, 1, events, packaged_synonyms())
        return made(catalogue, [code for s in essential_services() for code in s.codes], Searcher.over)

    def knowledge(self) -> Knowledge:
        """The packaged catalogue, ready for questions."""
        return self._known

    def prepare(self) -> bool:
        """It does not change, and lives with this process."""
        return True

    def mend(self) -> None:
        """Its index lies in memory."""

    def content(self, entry: Entry) -> Content:
        """The record of a version."""
        return self._proposals[entry.pk].content

    @cached_property
    def _register(self) -> Register:
        return packaged_register()

    def register(self) -> Register:
        """Units over time."""
        return self._register

    @cached_property
    def _gazetteer(self) -> Gazetteer:
        return Gazetteer.build(*read_packaged())

    def gazetteer(self) -> Gazetteer:
        """The address engine."""
        return self._gazetteer

    def office(self, entry: Entry, unit: str, on: date) -> str:
        """Organs are rows of the database."""
        return ""

    def centre(self, unit: str, on: date) -> str:
        """Organs are rows of the database."""
        return ""

    @cached_property
    def _powers(self) -> Pieces:
        rows = [line for line in read_powers().powers if line.sort == Sort.POWER]
        return Pieces(Item(p.code, p.name, f"{p.field} {p.name_en}") for p in rows)

    def powers(self) -> Pieces:
        """Powers by their names."""
        return self._powers

    def power_of(self, code: str) -> str:
        """The power a procedure exercises."""
        return next((p.power for p in read_powers().procedures if p.procedure == code), "")

    def holders(self, power: str, unit: str, on: date) -> Sequence[Held]:
        """Precedence and effect are judged by the register alone."""
        return ()

    @cached_property
    def _shelf(self) -> dict[str, PackagedPiece]:
        return {piece.code: piece for piece in read_guidance()}

    def guides(self, on: date) -> Pieces:
        """Packaged guidance that counts on a day."""
        return self._guides(on)

    @cached_property
    def _guides(self) -> Callable[[date], Pieces]:
        return lru_cache(maxsize=4)(self._guides_on)

    def _guides_on(self, on: date) -> Pieces:
        return Pieces(
            Item(p.code, f"{p.title} {p.title_en}", f"{p.summary} {p.summary_en} {p.topic} {p.body}")
            for p in self._shelf.values()
            if on in Span(p.since, p.until)
        )

    def guide(self, key: str, on: date, language: str) -> Guide:
        """One piece in a line. Refused `not_found`. Whether what it cites has changed only the register knows."""
        piece = self._shelf.get(key)
        if piece is None or on not in Span(piece.since, piece.until):
            raise Refused("not_found", gettext_noop("Không có bài này vào ngày được hỏi."))
        english = language == "en"
        return Guide(
            (piece.title_en if english else "") or piece.title, (piece.summary_en if english else "") or piece.summary,
            links.to(f"guidance-{piece.kind.value}", piece.code), piece.citations, piece.evidence == "confirmed", False,
        )  # fmt: skip


def entry_of(pk: int, proposal: Proposal) -> Entry:
    """A packaged proposal as the version it will be once it is loaded."""
    own = proposal.content
    return Entry(
        pk=pk, code=proposal.code, name=proposal.name, sort_key=sort_key(proposal.name), field=proposal.field,
        span=Span(proposal.since, None), state=VersionState.PUBLISHED.value, levels=own.levels, subjects=own.subjects,
        online=own.online, complete=own.complete, known_limit=any(limit.known for limit in own.limits),
        keywords=own.keywords, results=tuple(r.name.vi for r in own.results), decision="", decision_on=None,
        decision_organ="", decision_kind="", origin=ORIGIN, evidence=own.evidence, confidence=own.confidence,
    )  # fmt: skip
