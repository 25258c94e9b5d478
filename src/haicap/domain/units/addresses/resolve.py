"""Đối chiếu: names inside their district and province, ranked by how well they fit the words."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

from haicap.domain.units.addresses.chunks import Chunk
from haicap.domain.units.addresses.fold import mark_conflicts
from haicap.domain.units.addresses.lexicon import Entry, Lexicon
from haicap.domain.units.addresses.schemes import Part, Scheme
from haicap.domain.units.addresses.tokens import Text

# The last day of the three-tier map; texts of today are read on it too.
LAST_OLD_DAY = date(2025, 6, 30).toordinal()

_I_FOR_Y = str.maketrans("yýỳỷỹỵ", "iíìỉĩị")

Rank = tuple[int, int, int, int, int]
WORST: Rank = (9, 9, 9, 9, 9)


class Match(NamedTuple):
    """Entries that fit best, and how well: smaller is better (mixed, marks, kind of district, kind, age)."""

    rank: Rank
    entries: tuple[Entry, ...]


NO_MATCH = Match(WORST, ())


class Marks(StrEnum):
    """How a text uses marks: throughout (then a missing one is a slip), here and there, or not at all."""

    FULL = "full"
    PARTIAL = "partial"
    NONE = "none"


def marks_of(text: Text, chunks: list[Chunk], lexicon: Lexicon) -> Marks:
    """PARTIAL when a kind word, a district or a province is written without its marks in a text that has marks."""
    if not text.has_marks:
        return Marks.NONE
    for chunk in chunks:
        if (
            chunk.kind is not None
            and chunk.kind.marked
            and text.marked(chunk.begin, chunk.start) != chunk.kind.marked
        ):
            return Marks.PARTIAL
        if chunk.kind is None or "c" not in chunk.kind.tiers:
            key, marked = text.key(chunk.start, chunk.end), text.marked(chunk.start, chunk.end)
            names = [e.marked for tier in "dp" for e in lexicon.table(tier).get(key, ())]
            if names and marked not in names and any(not mark_conflicts(marked, name) for name in names):
                return Marks.PARTIAL
    return Marks.FULL


def mark_level(entry: Entry, marked: str, marks: Marks) -> int:
    """0 written as the official name (as far as the text uses marks), 1 i stands for y or a digit for a Roman number,
    2 marks are missing or wrong."""
    if (entry.bare if marks is Marks.NONE else entry.marked) == marked:
        return 0
    if (
        marks is Marks.NONE
        or entry.key.isdigit()
        or marked.translate(_I_FOR_Y) == entry.marked.translate(_I_FOR_Y)
    ):
        return 1
    if marks is Marks.PARTIAL and not mark_conflicts(marked, entry.marked):
        return 0
    return 2


def _age(entry: Entry, day: int) -> int:
    """0 when the name was borne on the day (today: on the last day of the old map or since), 1 when only earlier."""
    since = min(day, LAST_OLD_DAY)
    return 0 if entry.start <= day and since < entry.end else 1


def _kind_differs(entry: Entry, kind: str) -> int:
    return 1 if kind and entry.kind and kind != entry.kind else 0


class Resolver:
    """Judges the schemes of one text on one day."""

    def __init__(self, text: Text, on: date, marks: Marks) -> None:
        self.marks = marks
        self.text = text
        self.day = on.toordinal()

    def match(self, scheme: Scheme, commune: Part) -> Match:
        """Entries of the commune's name that stand in the scheme's district and province."""
        match = self._match(scheme, commune, self._above(scheme.province))
        if match.entries or scheme.province is None or self.day > LAST_OLD_DAY:
            return match
        return self._match(
            scheme, commune, self._above(scheme.province, future=True)
        )  # asked for a time before

    def _match(self, scheme: Scheme, commune: Part, provinces: dict[str, int] | None) -> Match:
        marked = self.text.marked(commune.start, commune.end)
        districts = self._above(scheme.district)
        only = scheme.district.only if scheme.district else None
        best = WORST
        fit: list[Entry] = []
        for entry in commune.entries:
            mixed = self._placed(entry, districts, provinces)
            if (
                mixed > 1
                or (only is not None and entry.uid not in only)
                or not self._allowed(entry, commune, mixed)
            ):
                continue
            level = 0 if commune.fixed else mark_level(entry, marked, self.marks)
            if level > 1:  # a wrong mark is a slip: it waits until slips are weighed against each other
                continue
            far = districts[next(iter(entry.districts))] if districts and entry.districts else 0
            # Of names that were misspelt none is preferred for being younger.
            age = 0 if commune.fixed else _age(entry, self.day)
            rank = (mixed, level, _kind_differs(entry, commune.kind), far, age)
            if rank < best:
                best, fit = rank, [entry]
            elif rank == best:
                fit.append(entry)
        return Match(best, tuple(fit)) if fit else NO_MATCH

    def _allowed(self, entry: Entry, commune: Part, mixed: int) -> bool:
        """A mixed name needs its own kind word, "cũ" a unit that is gone, a former name a day after its end."""
        if mixed and entry.kind != commune.kind:
            return False
        gone = entry.end <= self.day
        return gone or not (commune.old or entry.start == entry.end)

    def _above(self, part: Part | None, *, future: bool = False) -> dict[str, int] | None:
        """uids of a district or province with how far their kind and marks are from the words."""
        if part is None:
            return None
        marked = self.text.marked(part.start, part.end)
        found: dict[str, int] = {}
        known = [e for e in part.entries if future or e.start <= self.day] or part.entries
        for entry in known:
            level = 0 if part.fixed else mark_level(entry, marked, self.marks)
            far = level * 2 + _kind_differs(entry, part.kind)
            found[entry.uid] = min(far, found.get(entry.uid, 9))
        if part.entries[0].tier == "province":
            least = min(v // 2 for v in found.values())
            return {uid: v for uid, v in found.items() if v // 2 == least}
        return found

    @staticmethod
    def _placed(entry: Entry, districts: dict[str, int] | None, provinces: dict[str, int] | None) -> int:
        """0 the entry lies there, 1 only by mixing the old map with the new, 2 not at all."""
        mixed = 0
        if districts is not None and entry.districts.isdisjoint(districts):
            if entry.elsewhere.isdisjoint(districts):
                return 2
            mixed = 1
        if provinces is not None and entry.provinces.isdisjoint(provinces):
            if entry.elsewhere.isdisjoint(provinces):
                return 2
            mixed = 1
        return mixed
