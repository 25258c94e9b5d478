"""Tầm: which names stand near a mistyped one. A typo row is kept only when nothing else lies as near (the contract's rule)."""

from __future__ import annotations

from dataclasses import dataclass, field

from .truth import Address, Oracle
from .words import bare_key, distance, letters_mask, marked_key, nfc


def plain(text: str) -> str:
    """Marked form for measuring: NFC, lower case, nothing moved."""
    return nfc(text).casefold()


@dataclass
class Crowd:
    """Names of one scope, measured with and without marks."""

    names: list[tuple[str, str, int, int]] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def add(self, name: str) -> None:
        """Once each."""
        form = plain(name)
        if form not in self.seen:
            self.seen.add(form)
            folded = bare_key(name)
            self.names.append((form, folded, letters_mask(form), letters_mask(folded)))

    def within(self, typed: str, limit_marked: int, limit_bare: int) -> set[str]:
        """Bare keys of the names at most so many edits away, by either measure (a limit below 0 = not by this one)."""
        form, folded = plain(typed), bare_key(typed)
        mask_form, mask_folded = letters_mask(form), letters_mask(folded)
        found = set()
        for other, other_folded, bits, bits_folded in self.names:
            near = (bits_folded ^ mask_folded).bit_count() <= 2 * limit_bare and (
                distance(folded, other_folded, limit_bare) <= limit_bare
            )
            if not near and limit_marked >= 0 and (bits ^ mask_form).bit_count() <= 2 * limit_marked:
                near = distance(form, other, limit_marked) <= limit_marked
            if near:
                found.add(other)
        return found


class Scopes:
    """Crowds, built once each."""

    def __init__(self, oracle: Oracle) -> None:
        self.oracle = oracle
        self._crowds: dict[tuple[str, ...], Crowd] = {}
        self._of_province: dict[str, list[str]] = {}
        self._of_district: dict[str, list[str]] = {}
        for name in oracle.facts.old + oracle.facts.current:
            self._of_province.setdefault(name.province, []).append(name.short)
            self._of_district.setdefault(name.district, []).append(name.short)

    def _crowd(self, label: str, provinces: set[str] | None, names: list[str] | None = None) -> Crowd:
        key = (label, *sorted(provinces or ()))
        if key not in self._crowds:
            crowd = Crowd()
            for province in sorted(provinces if provinces is not None else self._of_province):
                for name in names if names is not None else self._of_province.get(province, []):
                    crowd.add(name)
            self._crowds[key] = crowd
        return self._crowds[key]

    def communes(self, a: Address) -> Crowd:
        """Every commune name, old or current, of the province(s) of the address; of the country when none is named."""
        old, now = self.oracle.province_scope(a)
        wide = None if old is None else old | {self.oracle.facts.merged[p] for p in old} | (now or set())
        return self._crowd("commune", wide)

    def of_districts(self, a: Address) -> Crowd:
        """Every name a commune of the named district(s) ever had."""
        assert a.district is not None
        uids = self.oracle.named(self.oracle.facts.districts, a.district, marked=a.marked)
        crowd = Crowd()
        for uid in uids:
            for name in self._of_district.get(uid, []):
                crowd.add(name)
        return crowd

    def communes_of(self, district: str) -> list[str]:
        """Names of the communes a district ever had, once a version."""
        return self._of_district.get(district, [])

    def districts(self) -> Crowd:
        """Every district name of the country."""
        names = sorted({s for table in self.oracle.facts.districts.values() for _, s in table})
        return self._crowd("district", {"all"}, names)

    def provinces(self) -> Crowd:
        """Every province name and abbreviation."""
        names = sorted({s for table in self.oracle.facts.provinces.values() for _, s in table})
        return self._crowd("province", {"all"}, names)

    def alone(self, level: str, a: Address, original: str, typed: str) -> bool:
        """Whether the original is strictly the nearest name by both measures, and what was typed is no name itself."""
        crowd = {"commune": lambda: self.communes(a), "district": self.districts, "province": self.provinces}[
            level
        ]()
        bare_far = distance(bare_key(original), bare_key(typed), 3)
        marked_far = distance(plain(original), plain(typed), 3) if a.marked else -1
        if bare_far > 2 or marked_far > 2 or len(bare_key(typed)) < 3 or max(bare_far, marked_far) == 0:
            return False
        if level == "commune" and a.district is not None:
            if bare_far and crowd.within(typed, -1, 0):
                return False  # a name of another district of the province: a wrong district would be as near
            crowd = self.of_districts(a)
        near = crowd.within(typed, marked_far, bare_far)
        key = marked_key if a.marked else bare_key
        return {key(n) for n in near} == {key(original)}

    def no_name(self, level: str, a: Address, typed: str) -> bool:
        """For slips that hide a name whole (a lost space, Telex left off): what is left is nobody else's name, nor nearly."""
        crowd = {"commune": lambda: self.communes(a), "district": self.districts, "province": self.provinces}[
            level
        ]()
        original = getattr(a, level).name
        solid = bare_key(typed).replace(" ", "")
        near = crowd.within(typed, -1, 1) | {
            f for f, folded, *_ in crowd.names if folded.replace(" ", "") == solid
        }
        return {bare_key(n) for n in near} <= {bare_key(original)}
