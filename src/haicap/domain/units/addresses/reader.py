"""Cách đọc: which parts of a text may be the commune, the district and the province."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from haicap.domain.units.addresses.chunks import LONGEST_NAME, Chunk
from haicap.domain.units.addresses.lexicon import Entry, Lexicon
from haicap.domain.units.addresses.tokens import Text
from haicap.domain.units.addresses.vocabulary import NAME_STEMS, ROMAN, STREET

Found = tuple[int, int, list[Entry]]
Fixes = dict[tuple[str, int, int], list[Entry]]


class Part(NamedTuple):
    """Words [start, end) read as a unit of one tier: the names they may be, and the kind word before them."""

    start: int
    end: int
    entries: list[Entry]
    kind: str
    fixed: bool
    old: bool


class Scheme(NamedTuple):
    """One way to read a text. `communes` are several when it names several. `lost`: parts that say they are a
    unit and are none."""

    communes: tuple[Part, ...] = ()
    district: Part | None = None
    province: Part | None = None
    lost: tuple[Chunk, ...] = ()

    @property
    def explained(self) -> int:
        """Words that found a meaning."""
        above = [p for p in (self.district, self.province) if p is not None]
        return sum(p.end - p.start for p in (*self.communes[:1], *above))


class Reader:
    """Reads one text: the same chunks under several schemes. `fixes` are names put right (typing slips)."""

    def __init__(self, text: Text, chunks: list[Chunk], lexicon: Lexicon, fixes: Fixes) -> None:
        self.text = text
        self.lexicon = lexicon
        self.fixes = fixes
        self.commas = any(text.cut[1:])
        self.chunks = self._opened(chunks)
        self.has_commune = any(c.kind is not None and c.kind.tiers == "c" and self._known(c, "c") for c in self.chunks)

    def schemes(self) -> list[Scheme]:
        """All ways to read the text, small units left of large ones; else, when nothing stands so, reversed."""
        forward = self._read(list(self.chunks))
        first = self.chunks[0]
        if len(self.chunks) > 1 and self._lookup("p", first.start, first.end):
            return forward + self._read(self.chunks[::-1])
        return forward

    def _lookup(self, tier: str, start: int, end: int) -> list[Entry]:
        if self.fixes and (fixed := self.fixes.get((tier, start, end))):
            return fixed
        if end - start > LONGEST_NAME:
            return []
        key = self.text.key(start, end)
        if tier == "c" and key in ROMAN and end - start == 1:
            key = ROMAN[key]
        return self.lexicon.table(tier).get(key, [])

    def _known(self, chunk: Chunk, tiers: str) -> bool:
        return any(self._lookup(t, chunk.start, chunk.end) for t in tiers)

    def _opened(self, chunks: list[Chunk]) -> list[Chunk]:
        """Chunks whose kind word is followed by a name and more: the name, and the rest as a bare part."""
        result: list[Chunk] = []
        for chunk in chunks:
            if chunk.kind is None or self._known(chunk, chunk.kind.tiers):
                result.append(chunk)
                continue
            stop = next(
                (
                    k
                    for k in range(min(chunk.end - 1, chunk.start + LONGEST_NAME), chunk.start, -1)
                    if any(self._lookup(t, chunk.start, k) for t in chunk.kind.tiers)
                ),
                chunk.end,
            )
            result.append(chunk._replace(end=stop, old=chunk.old and stop == chunk.end))
            if stop < chunk.end:
                result.append(Chunk(None, stop, stop, chunk.end, False, False))
        return result

    def _read(self, chunks: list[Chunk]) -> list[Scheme]:
        schemes = [Scheme()]
        for chunk in reversed(chunks):
            step = self._bare if chunk.kind is None else self._headed
            schemes = [new for s in schemes for new in step(chunk, s)]
        return schemes

    def _headed(self, chunk: Chunk, scheme: Scheme) -> list[Scheme]:
        """A part with a kind word."""
        kind = chunk.kind
        assert kind is not None
        if kind.tiers == "c":
            entries = self._lookup("c", chunk.start, chunk.end)
            if entries:
                return [scheme._replace(communes=(*scheme.communes, self._part("c", chunk, entries)))]
        elif kind.tiers == "p":
            entries = self._lookup("p", chunk.start, chunk.end)
            if entries:
                return [scheme if scheme.province else scheme._replace(province=self._part("p", chunk, entries))]
        else:
            return self._district(chunk, scheme)
        return [scheme._replace(lost=(*scheme.lost, chunk))]

    def _district(self, chunk: Chunk, scheme: Scheme) -> list[Scheme]:
        """Quận, huyện, thị xã are districts; thành phố may be a province too, and is one where no district fits."""
        kind = chunk.kind
        assert kind is not None
        as_district = self._within(self._lookup("d", chunk.start, chunk.end), scheme.province)
        as_province = self._lookup("p", chunk.start, chunk.end) if kind.tiers == "dp" else []
        as_province = [e for e in as_province if e.name.startswith("Thành phố") or e.name.upper() == e.name]
        found: list[Scheme] = []
        if as_district and scheme.district is None:
            found.append(scheme._replace(district=self._part("d", chunk, as_district)))
        if as_province and scheme.province is None:
            found.append(scheme._replace(province=self._part("p", chunk, as_province)))
        if found:
            return found
        if as_province or (as_district and scheme.district):
            return [scheme]
        return [scheme._replace(lost=(*scheme.lost, chunk))]

    def _part(self, tier: str, chunk: Chunk, entries: list[Entry]) -> Part:
        fixed = bool(self.fixes) and (tier, chunk.start, chunk.end) in self.fixes
        return Part(chunk.start, chunk.end, entries, chunk.kind.label if chunk.kind else "", fixed, chunk.old)

    @staticmethod
    def _within(districts: list[Entry], province: Part | None) -> list[Entry]:
        if province is None or not districts:
            return districts
        allowed = {e.uid for e in province.entries}
        return [d for d in districts if not d.provinces.isdisjoint(allowed)]

    def _bare(self, chunk: Chunk, scheme: Scheme) -> list[Scheme]:
        """A part without a kind word: province, district and commune from the right, or nothing of the kind."""
        if scheme.communes:
            return [scheme]
        return self._suffixes(chunk, chunk.end, scheme)

    def _suffixes(self, chunk: Chunk, end: int, scheme: Scheme) -> list[Scheme]:
        found: list[Scheme] = []
        if end > chunk.start and not scheme.communes:
            if scheme.province is None and scheme.district is None:
                found += self._take("p", chunk, end, scheme)
            if scheme.district is None:
                found += self._take("d", chunk, end, scheme)
            if not self.has_commune:
                found += self._take("c", chunk, end, scheme)
        return [*found, scheme]

    def _take(self, tier: str, chunk: Chunk, end: int, scheme: Scheme) -> list[Scheme]:
        """The longest name of the tier that ends at `end`, and what may stand left of it in the same part."""
        allow: Callable[[int, list[Entry]], bool] = (
            self._commune_may_stand(chunk) if tier == "c" else lambda start, entries: True
        )
        for start in range(max(chunk.start, end - LONGEST_NAME), end):
            entries = self._lookup(tier, start, end)
            if tier == "d":
                entries = self._within(entries, scheme.province)
            if not entries or self.text.key(start, end).isdigit() or not allow(start, entries):
                continue
            part = Part(start, end, entries, "", (tier, start, end) in self.fixes, chunk.old)
            if tier == "p":
                return self._suffixes(chunk, start, scheme._replace(province=part))
            if tier == "d":
                return self._suffixes(chunk, start, scheme._replace(district=part))
            return [scheme._replace(communes=(part,))]
        return []

    def _commune_may_stand(self, chunk: Chunk) -> Callable[[int, list[Entry]], bool]:
        """A bare commune fills its part; without commas a street with a number may stand before it."""
        words = self.text.words

        def allow(start: int, entries: list[Entry]) -> bool:
            before = [w.plain for w in words[chunk.start : start]]
            if not before:
                return words[start].plain not in STREET or words[start].marked in entries[0].marked
            if self.commas or len(before) < 3 or before[-1] in NAME_STEMS:
                return False
            return before[0] in STREET or before[0][0].isdigit()

        return allow
