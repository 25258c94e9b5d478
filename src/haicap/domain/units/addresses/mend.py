"""Sửa chữ: finds what a misspelt part may have been, from the province down, one tier at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from haicap.domain.units.addresses.chunks import LONGEST_NAME, Chunk
from haicap.domain.units.addresses.lexicon import Entry, Lexicon
from haicap.domain.units.addresses.reader import Fixes, Part, Reader, Scheme
from haicap.domain.units.addresses.resolve import mark_level
from haicap.domain.units.addresses.tokens import Text
from haicap.domain.units.addresses.typos import nearest
from haicap.domain.units.addresses.vocabulary import STREET

_WIDE_SHORTEST = 6  # letters of a misspelt name that is looked for in the whole country


class Mender:
    """Looks for typing slips in one text."""

    def __init__(self, text: Text, chunks: list[Chunk], lexicon: Lexicon) -> None:
        self.text = text
        self.chunks = chunks
        self.lexicon = lexicon
        self.fixes: Fixes = {}

    def above(self) -> Fixes:
        """Fixes of the province and the district."""
        if all(s.province is None for s in self._schemes()):
            self._fix_one("p", self._unknown("p"), self.lexicon.all_provinces)
        schemes = self._schemes()
        if all(s.district is None or s.lost_above for s in schemes):
            self._fix_one("d", self._unknown("d"), self._districts(schemes))
        return self.fixes

    def commune(self) -> Fixes:
        """Fixes of the commune, inside the district and province found so far."""
        best, found = 99, Fixes()
        for start, end in self._commune_spans():
            scheme = self._around(start, end)
            if scheme is None:
                continue
            kind = next((c.kind.label for c in self.chunks if c.kind and c.start == start), "")
            key, marked = self.text.key(start, end), self.text.marked(start, end)
            if self._is_a_name(key, marked, kind) or (len(key) < _WIDE_SHORTEST and not (scheme.district or scheme.province)):
                continue
            slips, entries = nearest(self._scope(scheme), key, marked, self.text.has_marks)
            if entries and slips < best:
                best, found = slips, {("c", start, end): entries}
            elif entries and slips == best:
                found[("c", start, end)] = entries
        return {**self.fixes, **found}

    def _schemes(self) -> list[Scheme]:
        return Reader(self.text, self.chunks, self.lexicon, self.fixes).schemes()

    def _fix_one(self, tier: str, spans: Iterable[tuple[int, int]], entries: list[Entry]) -> None:
        for start, end in spans:
            key = self.text.key(start, end)
            slips, found = nearest(entries, key, self.text.marked(start, end), self.text.has_marks)
            if slips < 99 and found:
                self.fixes[(tier, start, end)] = found
                return

    def _unknown(self, tier: str) -> Iterator[tuple[int, int]]:
        """Parts that may be a misspelt unit of the tier: those that say so, then the bare ones from the right."""
        table = self.lexicon.table(tier)
        for chunk in reversed(self.chunks):
            if chunk.kind is not None and tier in chunk.kind.tiers and not chunk.known:
                yield from self._ends(chunk)
        for chunk in reversed(self.chunks):
            if chunk.kind is not None and chunk.kind.tiers == "c":
                return
            if chunk.kind is None and self._could_be_unit(chunk) and self.text.key(chunk.start, chunk.end) not in table:
                yield chunk.start, chunk.end

    def _ends(self, chunk: Chunk) -> Iterator[tuple[int, int]]:
        """The whole part, or without commas what is left when a known province is taken off its end."""
        yield chunk.start, chunk.end
        for end in range(chunk.end - 1, chunk.start, -1):
            if self.text.key(end, chunk.end) in self.lexicon.provinces:
                yield chunk.start, end

    def _could_be_unit(self, chunk: Chunk) -> bool:
        first = self.text.words[chunk.start].plain
        key = self.text.key(chunk.start, chunk.end)
        known = key in self.lexicon.communes or key in self.lexicon.districts or key in self.lexicon.provinces
        return not (known or first[0].isdigit() or first in STREET or chunk.end - chunk.start > LONGEST_NAME)

    def _districts(self, schemes: list[Scheme]) -> list[Entry]:
        """Districts of the province read; of all provinces when none was named."""
        province = next((s.province for s in schemes if s.province), None)
        if province is None:
            return self.lexicon.all_districts
        uids = {e.uid for e in province.entries}
        return [d for d in self.lexicon.all_districts if not d.provinces.isdisjoint(uids)]

    def _commune_spans(self) -> Iterator[tuple[int, int]]:
        """Words that may be a misspelt commune."""
        headed = [c for c in self.chunks if c.kind is not None and c.kind.tiers == "c"]
        for chunk in headed:
            for end in range(min(chunk.end, chunk.start + LONGEST_NAME), chunk.start, -1):
                yield chunk.start, end
        if not headed:
            for chunk in self.chunks[:-1]:
                if chunk.kind is None and self._could_be_unit(chunk):
                    yield chunk.start, chunk.end

    def _around(self, start: int, end: int) -> Scheme | None:
        """The reading that explains most when these words are taken for the commune."""
        trial = {**self.fixes, ("c", start, end): [self.lexicon.entries[0]]}
        schemes = Reader(self.text, self.chunks, self.lexicon, trial).schemes()
        fit = [
            s
            for s in schemes
            if not s.loose and not s.lost_above and any((p.start, p.end) == (start, end) for p in s.communes)
        ]
        headed = any(c.start == start and c.kind is not None for c in self.chunks)
        if not headed:
            fit = [s for s in fit if s.district is not None]
        return max(fit, key=lambda s: s.explained, default=None)

    def _is_a_name(self, key: str, marked: str, kind: str) -> bool:
        """A real name that lies elsewhere is a contradiction, not a slip."""
        return any(
            (not kind or e.kind == kind) and mark_level(e, marked, self.text.has_marks) < 2
            for e in self.lexicon.communes.get(key, ())
        )

    def _scope(self, scheme: Scheme) -> Iterable[Entry]:
        """Communes of the district, else of the province, else of the country."""
        if scheme.district is not None:
            allowed = _uids(scheme.province)
            return [
                e
                for uid in _uids(scheme.district)
                for e in self.lexicon.by_district.get(uid, ())
                if not allowed or not e.provinces.isdisjoint(allowed)
            ]
        if scheme.province is not None:
            return {e.n: e for uid in _uids(scheme.province) for e in self.lexicon.by_province.get(uid, ())}.values()
        return self.lexicon.all_communes


def _uids(part: Part | None) -> dict[str, None]:
    return dict.fromkeys(e.uid for e in part.entries) if part else {}
