"""Sơ đồ đọc: one way to read a text: which words name the commune, the district and the province."""

from __future__ import annotations

from typing import NamedTuple

from haicap.domain.units.addresses.chunks import Chunk
from haicap.domain.units.addresses.lexicon import Entry

Fixes = dict[tuple[str, int, int], list[Entry]]


class Part(NamedTuple):
    """Words [start, end) read as a unit of one tier: the names they may be, and the kind word before them, which
    stands at `begin`. `fixed`: the words were misspelt."""

    begin: int
    start: int
    end: int
    entries: list[Entry]
    kind: str
    fixed: bool
    old: bool
    only: frozenset[str] | None = (
        None  # of a district: the communes that are meant, when two districts are named
    )


class Scheme(NamedTuple):
    """One way to read a text.

    communes  the last one first; several when the text names several
    lost      parts that say they are a unit and bear no known name
    loose     words behind a name that found no meaning, from word `loose_at` on
    backward  read with the province first
    """

    communes: tuple[Part, ...] = ()
    district: Part | None = None
    province: Part | None = None
    lost: tuple[Chunk, ...] = ()
    loose: int = 0
    loose_at: int = 0
    backward: bool = False

    @property
    def explained(self) -> int:
        """Words that found a meaning."""
        above = [p for p in (self.district, self.province) if p is not None]
        return sum(p.end - p.start for p in (*self.communes, *above))

    @property
    def lost_above(self) -> bool:
        """Whether a named district or province is unknown."""
        return any(c.kind is not None and c.kind.tiers != "c" for c in self.lost)
