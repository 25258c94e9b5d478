"""Sửa chữ: finds what a misspelt part may have been, from the province down, one tier at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from haicap.domain.units.addresses.chunks import LONGEST_NAME, Chunk
from haicap.domain.units.addresses.fold import fold_word, without_marks
from haicap.domain.units.addresses.lexicon import Entry, Lexicon
from haicap.domain.units.addresses.reader import Reader
from haicap.domain.units.addresses.resolve import Marks, mark_level, marks_of
from haicap.domain.units.addresses.schemes import Fixes, Part, Scheme
from haicap.domain.units.addresses.tokens import Text
from haicap.domain.units.addresses.typos import Scope
from haicap.domain.units.addresses.vocabulary import STREET

# From so many letters on a name may have two slips.
_LONG_PROVINCE, _LONG_DISTRICT, _LONG_COMMUNE = 8, 9, 12
_NEVER = 1_000
_WIDE_SHORTEST = 6  # letters of a misspelt name that is looked for in the whole country
_KEPT = 4_000  # scopes remembered


class Scopes:
    """Scopes are built when first needed and kept."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._known: dict[tuple[str, frozenset[str], frozenset[str]], Scope] = {}

    def provinces(self) -> Scope:
        """All provinces."""
        return self._get(("p", frozenset(), frozenset()), lambda: self._lexicon.all_provinces)

    def districts(self, provinces: frozenset[str]) -> Scope:
        """Districts of the provinces; of the country when there are none."""
        every = self._lexicon.all_districts
        return self._get(
            ("d", provinces, frozenset()),
            lambda: [d for d in every if not provinces or not d.provinces.isdisjoint(provinces)],
        )

    def communes(self, districts: frozenset[str], provinces: frozenset[str]) -> Scope:
        """Communes of the districts (in the provinces), else of the provinces, else of the country."""
        lexicon = self._lexicon

        def entries() -> Iterable[Entry]:
            if districts:
                inside = [e for uid in districts for e in lexicon.by_district.get(uid, ())]
                return [e for e in inside if not provinces or not e.provinces.isdisjoint(provinces)]
            if provinces:
                return {e.n: e for uid in provinces for e in lexicon.by_province.get(uid, ())}.values()
            return lexicon.all_communes

        return self._get(("c", districts, provinces), entries)

    def _get(
        self, key: tuple[str, frozenset[str], frozenset[str]], make: Callable[[], Iterable[Entry]]
    ) -> Scope:
        known = self._known.get(key)
        if known is None:
            if len(self._known) > _KEPT:
                self._known.clear()
            known = self._known[key] = Scope(make())
        return known


class Mender:
    """Looks for typing slips in one text."""

    def __init__(self, text: Text, chunks: list[Chunk], lexicon: Lexicon, scopes: Scopes) -> None:
        self.text = text
        self.chunks = chunks
        self.lexicon = lexicon
        self.scopes = scopes
        self.marks = marks_of(text, chunks, lexicon)
        self.fixes: Fixes = {}

    def above(self) -> Fixes:
        """Fixes of the province and the district."""
        schemes = self._schemes()
        misspelt = all(any(c.kind and c.kind.tiers == "p" for c in s.lost) for s in schemes)
        if misspelt or all(s.province is None for s in schemes):
            self._fix("p", self._unknown("p"), self.scopes.provinces(), _LONG_PROVINCE)
            schemes = self._schemes()
        if all(s.district is None or s.lost_above or s.loose for s in schemes):
            province = next((s.province for s in schemes if s.province), None)
            self._fix("d", self._unknown("d"), self.scopes.districts(_uids(province)), _LONG_DISTRICT)
        return self.fixes

    def commune(self) -> Fixes:
        """Fixes of the commune, inside the district and province found so far."""
        best, found = 99, Fixes()
        for start, end in self._commune_spans():
            for scheme in self._around(start, end):
                slips, entries = self._near(start, end, scheme)
                if entries and slips < best:
                    best, found = slips, {("c", start, end): entries}
                elif entries and slips == best:
                    found.setdefault(("c", start, end), []).extend(entries)
        return {**self.fixes, **found} if found else {}

    def _near(self, start: int, end: int, scheme: Scheme) -> tuple[int, list[Entry]]:
        """Communes near to the words inside the scheme's district or province."""
        districts, provinces = _uids(scheme.district), _uids(scheme.province)
        kind = next((c.kind.label for c in self.chunks if c.kind and c.start == start), "")
        marked = self._written(start, end)
        bare = without_marks(marked)
        wide = not districts and not provinces
        if wide and len(bare) < _WIDE_SHORTEST:
            return 99, []
        real = self._is_a_name(start, end, marked, kind)
        if real and not districts:
            return 99, []
        scope = self.scopes.communes(districts, provinces)
        slips, entries = scope.nearest(
            bare, marked, self.marks is Marks.FULL, long=_NEVER if wide else _LONG_COMMUNE
        )
        return (99, []) if real and slips else (slips, list(entries))

    def _written(self, start: int, end: int) -> str:
        """The words as they stand: what only might have been Telex keys is not mended twice."""
        words = self.text.words[start:end]
        return "".join([fold_word(w.raw).marked if w.raw.isalpha() else w.marked for w in words])

    def _schemes(self) -> list[Scheme]:
        return Reader(self.text, self.chunks, self.lexicon, self.fixes).schemes()

    def _fix(self, tier: str, spans: Iterable[tuple[int, int]], scope: Scope, long: int) -> None:
        """Put right the first of the parts that is near to a name."""
        for start, end in spans:
            marked = self._written(start, end)
            _, found = scope.nearest(without_marks(marked), marked, self.marks is Marks.FULL, long=long)
            if found:
                self.fixes[(tier, start, end)] = found
                return

    def _unknown(self, tier: str) -> Iterator[tuple[int, int]]:
        """Parts that may be a misspelt unit of the tier: those that say so, then the bare ones from the right."""
        for chunk in reversed(self.chunks):
            if chunk.kind is not None and tier in chunk.kind.tiers and not chunk.known:
                yield from self._ends(chunk)
        for chunk in reversed(self.chunks):
            if chunk.kind is not None and chunk.kind.tiers == "c":
                return
            if (
                chunk.kind is None
                and (tier, chunk.start, chunk.end) not in self.fixes
                and self._could_be_unit(chunk)
            ):
                yield chunk.start, chunk.end

    def _ends(self, chunk: Chunk) -> Iterator[tuple[int, int]]:
        """The whole part, and what is left when known units are taken off its end."""
        yield chunk.start, chunk.end
        for end in range(chunk.end - 1, chunk.start, -1):
            key = self.text.key(end, chunk.end)
            if key in self.lexicon.provinces or (key in self.lexicon.districts and not key.isdigit()):
                yield chunk.start, end
                for inner in range(end - 1, chunk.start, -1):
                    if self.text.key(inner, end) in self.lexicon.districts:
                        yield chunk.start, inner

    def _could_be_unit(self, chunk: Chunk) -> bool:
        if ("p", chunk.start, chunk.end) in self.fixes:
            return False
        first = self.text.words[chunk.start].plain
        key = self.text.key(chunk.start, chunk.end)
        known = any(key in self.lexicon.table(t) for t in "cdp")
        return not (known or first[0].isdigit() or first in STREET or chunk.end - chunk.start > LONGEST_NAME)

    def _commune_spans(self) -> Iterator[tuple[int, int]]:
        """Words that may be a misspelt commune."""
        headed = [c for c in self.chunks if c.kind is not None and c.kind.tiers == "c"]
        for chunk in headed:
            yield from self._ends(chunk)
        if not headed:
            for chunk in self.chunks[:-1]:
                if chunk.kind is None and self._could_be_unit(chunk):
                    yield chunk.start, chunk.end

    def _around(self, start: int, end: int) -> list[Scheme]:
        """The readings that explain most when these words are taken for the commune."""
        trial = {**self.fixes, ("c", start, end): [self.lexicon.entries[0]]}
        fit = [
            s
            for s in Reader(self.text, self.chunks, self.lexicon, trial).schemes()
            if not s.loose and not s.lost_above and any((p.start, p.end) == (start, end) for p in s.communes)
        ]
        if not any(c.start == start and c.kind is not None for c in self.chunks):
            fit = [s for s in fit if s.district is not None]
        most = max((s.explained for s in fit), default=0)
        return [s for s in fit if s.explained == most]

    def _is_a_name(self, start: int, end: int, marked: str, kind: str) -> bool:
        """A real name that lies elsewhere is a contradiction, not a slip (but for marks inside a named district)."""
        return any(
            (not kind or e.kind == kind) and mark_level(e, marked, self.marks) < 2
            for e in self.lexicon.communes.get(self.text.key(start, end), ())
        )


def _uids(part: Part | None) -> frozenset[str]:
    return frozenset(e.uid for e in part.entries) if part else frozenset()
