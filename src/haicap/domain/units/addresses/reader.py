"""Cách đọc: which parts of a text may be the commune, the district and the province."""

from __future__ import annotations

from haicap.domain.units.addresses.chunks import LONGEST_NAME, Chunk
from haicap.domain.units.addresses.lexicon import Entry, Lexicon
from haicap.domain.units.addresses.schemes import Fixes, Part, Scheme
from haicap.domain.units.addresses.tokens import Text
from haicap.domain.units.addresses.vocabulary import BEHIND, LINKING, NAME_STEMS, ROMAN, STREET, STREET_MARKED


class Reader:
    """Reads one text. `fixes` are names put right (typing slips); they come before the lexicon."""

    def __init__(self, text: Text, chunks: list[Chunk], lexicon: Lexicon, fixes: Fixes) -> None:
        self.text = text
        self.lexicon = lexicon
        self.fixes = fixes
        self.commas = any(text.cut[1 : chunks[-1].end])
        self.chunks = chunks
        self.claims_commune = any(self._claims(c) for c in chunks)

    def schemes(self) -> list[Scheme]:
        """All ways to read the text, small units left of large ones, or the other way round."""
        found: list[Scheme] = []
        for chunks in self._layouts():
            forward = self._read(chunks)
            first = chunks[0]
            above = first.kind is None or "p" in first.kind.tiers
            if len(chunks) > 1 and above and self.lookup("p", first.start, first.end):
                # A province that stands first is not passed over as if it were a street.
                forward = [s for s in forward if s.province is not None]
                found += [s._replace(backward=True) for s in self._read(chunks[::-1])]
            found += forward
        return found

    def _claims(self, chunk: Chunk) -> bool:
        """Whether the part says that it is a commune (and is not the number of a room)."""
        if chunk.kind is None or chunk.kind.tiers != "c":
            return False
        key = self.text.key(chunk.start, chunk.end)
        return chunk.known or bool(chunk.kind.marked) or not key[0].isdigit()

    def lookup(self, tier: str, start: int, end: int) -> list[Entry]:
        """Units of a tier that words [start, end) name."""
        if self.fixes and (fixed := self.fixes.get((tier, start, end))):
            return fixed
        if end - start > LONGEST_NAME:
            return []
        key = self.text.key(start, end)
        if tier == "c" and end - start == 1 and self.text.words[start].marked in ROMAN:
            key = ROMAN[key]
        return self.lexicon.table(tier).get(key, [])

    def _layouts(self) -> list[list[Chunk]]:
        """The parts with names cut off from what follows them; without commas, also with shorter names."""
        ends = [self._ends(c) for c in self.chunks]
        layouts = [self._cut_off([e[0] for e in ends])]
        if not self.commas:
            for n, options in enumerate(ends):
                for end in options[1:]:
                    layouts.append(self._cut_off([e[0] if m != n else end for m, e in enumerate(ends)]))
        return layouts

    def _ends(self, chunk: Chunk) -> list[int]:
        """Where the name of a part with a kind word may end, longest first."""
        if chunk.kind is None or (chunk.known and self.commas):
            return [chunk.end]
        known = [
            k
            for k in range(min(chunk.end, chunk.start + LONGEST_NAME), chunk.start, -1)
            if any(self.lookup(t, chunk.start, k) for t in chunk.kind.tiers)
        ]
        return known or [chunk.end]

    def _cut_off(self, ends: list[int]) -> list[Chunk]:
        result: list[Chunk] = []
        for chunk, end in zip(self.chunks, ends, strict=True):
            if end == chunk.end:
                result.append(chunk)
            else:
                result.append(chunk._replace(end=end, old=False))
                # What follows a province is no part of a name; what follows others must mean something.
                above = chunk.kind is not None and "p" in chunk.kind.tiers
                rest = not (above and self.lookup("p", chunk.start, end))
                result.append(Chunk(None, end, end, chunk.end, False, False, chunk.old, rest))
        return result

    def _read(self, chunks: list[Chunk]) -> list[Scheme]:
        schemes = [Scheme()]
        for chunk in reversed(chunks):
            step = self._bare if chunk.kind is None else self._headed
            schemes = [new for s in schemes for new in step(chunk, s)]
            if len(schemes) > _MOST_SCHEMES:  # only a text of endless place names gets here
                schemes = sorted(schemes, key=lambda s: -s.explained)[:_MOST_SCHEMES]
        return schemes

    def _headed(self, chunk: Chunk, scheme: Scheme) -> list[Scheme]:
        """A part with a kind word."""
        tiers = chunk.kind.tiers if chunk.kind else ""
        if tiers == "cd":  # "town": thị trấn or thị xã
            as_commune = chunk.kind and chunk.kind._replace(tiers="c")
            as_district = chunk.kind and chunk.kind._replace(tiers="d")
            return [
                s for k in (as_commune, as_district) for s in self._headed(chunk._replace(kind=k), scheme)
            ]
        if tiers == "c":
            if part := self._part("c", chunk):
                return [scheme._replace(communes=(*scheme.communes, part))]
        elif tiers == "p":
            if part := self._part("p", chunk):
                return [scheme if scheme.province else scheme._replace(province=part)]
        else:
            return self._district(chunk, scheme)
        return [scheme._replace(lost=(*scheme.lost, chunk))]

    def _district(self, chunk: Chunk, scheme: Scheme) -> list[Scheme]:
        """Quận, huyện, thị xã are districts; thành phố may be a province too."""
        if scheme.communes and not scheme.communes[0].kind:
            return []  # a bare name right of a district is no commune
        district = self._part("d", chunk, scheme.province)
        province = self._city(chunk)
        if province and district and all(e.kind in ("huyện", "quận") for e in district.entries):
            district = None  # "TP Quảng Ninh" is not the district Quảng Ninh
        found: list[Scheme] = []
        if district and scheme.district is None:
            found.append(scheme._replace(district=district))
        if province and scheme.province is None:
            found.append(scheme._replace(province=province))
        if province and scheme.province and (scheme.province.kind == "thành phố" or not district):
            found.append(scheme)  # the province once more
        if found:
            return found
        if district and scheme.district:
            return self._both(scheme, scheme.district, district)
        return [scheme._replace(lost=(*scheme.lost, chunk))]

    def _city(self, chunk: Chunk) -> Part | None:
        """The province that "thành phố …" may name."""
        part = self._part("p", chunk) if chunk.kind and "p" in chunk.kind.tiers else None
        return part if part is not None and any(_is_city(e) for e in part.entries) else None

    def _both(self, scheme: Scheme, first: Part, second: Part) -> list[Scheme]:
        """ "Quận 2, TP Thủ Đức": two districts agree when a commune has lain in either; else the reading is dropped."""
        of_first, of_second = self._communes_of(first), self._communes_of(second)
        if first.kind and of_first == of_second:
            return [scheme]
        shared = of_first & of_second
        if not first.kind or not shared:
            return []
        return [scheme._replace(district=first._replace(only=shared))]

    def _communes_of(self, part: Part) -> frozenset[str]:
        return frozenset(c.uid for d in part.entries for c in self.lexicon.by_district.get(d.uid, ()))

    def _part(self, tier: str, chunk: Chunk, within: Part | None = None) -> Part | None:
        entries = self._within(self.lookup(tier, chunk.start, chunk.end), within)
        if not entries:
            return None
        fixed = bool(self.fixes) and (tier, chunk.start, chunk.end) in self.fixes
        return Part(
            chunk.begin,
            chunk.start,
            chunk.end,
            entries,
            chunk.kind.label if chunk.kind else "",
            fixed,
            chunk.old,
        )

    @staticmethod
    def _within(districts: list[Entry], province: Part | None) -> list[Entry]:
        if province is None or not districts:
            return districts
        allowed = {e.uid for e in province.entries}
        return [d for d in districts if not d.provinces.isdisjoint(allowed)]

    def _bare(self, chunk: Chunk, scheme: Scheme) -> list[Scheme]:
        """A part without a kind word: province, district and commune from the right, or nothing of the kind."""
        if scheme.communes and not chunk.rest:
            return [scheme]
        return self._suffixes(chunk, chunk.end, scheme)

    def _suffixes(self, chunk: Chunk, end: int, scheme: Scheme) -> list[Scheme]:
        """Readings of words [chunk.start, end), when what stands right of them is read as `scheme`."""
        if end == chunk.start:
            return [scheme]
        found: list[Scheme] = []
        whole = False
        if not scheme.communes:
            tiers = "p" if scheme.province is None and scheme.district is None else ""
            tiers += "d" if scheme.district is None else ""
            tiers += "" if self.claims_commune else "c"
            for tier in tiers:
                start = self._take(tier, chunk, end, scheme, found)
                whole = whole or start == chunk.start
        if whole:
            return found  # a known unit between the commune and its province is not passed over
        if not found and scheme == Scheme() and not chunk.rest and end == chunk.end:
            found = self._prefix(chunk)
        loose = self._loose(chunk.start, end) if chunk.rest else 0
        return [
            *found,
            scheme._replace(loose=scheme.loose + loose, loose_at=chunk.start) if loose else scheme,
        ]

    def _prefix(self, chunk: Chunk) -> list[Scheme]:
        """A province with other words behind it ("TPHCM sđt 0909 …") at the very end."""
        for end in range(min(chunk.end - 1, chunk.start + LONGEST_NAME), chunk.start, -1):
            if entries := self.lookup("p", chunk.start, end):
                return [Scheme(province=Part(chunk.start, chunk.start, end, entries, "", False, chunk.old))]
        return []

    def _loose(self, start: int, end: int) -> int:
        """Words that neither link names nor belong to a street."""
        words = self.text.words[start:end]
        if len(words) > 1 and (words[0].marked in STREET_MARKED or words[0].plain in BEHIND):
            return 0
        return sum(w.plain not in LINKING for w in words)

    def _take(self, tier: str, chunk: Chunk, end: int, scheme: Scheme, found: list[Scheme]) -> int:
        """Add the readings with the longest name of the tier that ends at `end`; answers where it starts."""
        for start in range(max(chunk.start, end - LONGEST_NAME), end):
            entries = self.lookup(tier, start, end)
            if tier == "d":
                entries = self._within(entries, scheme.province)
            if not entries or not self._may_stand(tier, chunk, start, end):
                continue
            if tier == "c" and scheme.province is None and entries[0].key in self.lexicon.provinces:
                continue  # "Tuyên Quang" alone is the province, although a ward is named so
            part = Part(start, start, end, entries, "", (tier, start, end) in self.fixes, chunk.old)
            if tier == "p":
                found += self._suffixes(chunk, start, scheme._replace(province=part))
            elif tier == "d":
                found += self._suffixes(chunk, start, scheme._replace(district=part))
            else:
                found.append(scheme._replace(communes=(part,)))
            return start
        return -1

    def _may_stand(self, tier: str, chunk: Chunk, start: int, end: int) -> bool:
        """Whether words [start, end) of a bare part may be a unit, judged by the words before them."""
        words = self.text.words
        before = [w.plain for w in words[chunk.start : start]]
        if not before:
            return not self.text.key(start, end).isdigit() and (
                tier != "c" or words[start].marked not in _ROADS
            )
        street = any(w in STREET or w[0].isdigit() for w in before)
        if self.text.key(start, end).isdigit() or (self.commas and street and not chunk.rest):
            return False
        if tier != "c":
            return True
        led = before[0] in STREET or before[0][0].isdigit()
        return not self.commas and len(before) > 2 and led and before[-1] not in NAME_STEMS


_ROADS = frozenset(
    {"duong", "ngo", "ngach", "hem", "kiet", "so", "đừơng", "ngõ", "ngách", "hẻm", "kịêt", "số"}
)
_MOST_SCHEMES = 48


def _is_city(entry: Entry) -> bool:
    """Whether a province's name may follow "thành phố": officially a city, or an abbreviation."""
    return entry.name.startswith(("Thành phố", "TP")) or entry.name.isupper()
