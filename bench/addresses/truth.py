"""Lời đáp đúng: the row the contract demands for an address whose parts are known.

Written from the contract alone and by brute force (every name of every unit is looked at, nothing is ranked), so that it
shares no code and no idea with the converter it judges. Rules applied, in the contract's words:

* a text with a district is an old address; one without is read as a current unit and as an old unit of that (old or new)
  province; readings whose sets of units on the date are equal count as one;
* `unique`, `split` (exactly one old commune, divided), `ambiguous` (candidates = union), `not_found` (nothing found, or only
  a district or province named).

Where the words can be read in two ways and the answers differ, `Answer.silent` says so: the only demand is then that no unit
outside `candidates` (the union over all ways) is given.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from .facts import CUT, Facts, Name, load
from .words import key, marked_key

# Does a commune that had gone before 2025-07-01 stand beside one that lived on ("Xã Kim Sơn, Hà Nội": Sơn Tây's, or Gia Lâm's of
# before 2025)? Decided in docs/contracts.md: no, it is read only where nothing else fits. True would make it a rival, None shows
# these rows apart and without a goal.
FORMER_NAMES_ARE_RIVALS: bool | None = False
ISLANDS_WITHOUT_COMMUNES = ("d:318", "d:471", "d:498", "d:536", "d:755")


@dataclass(frozen=True)
class Mention:
    """A part of an address: `kind` "" when no kind word is written."""

    kind: str
    name: str


@dataclass(frozen=True)
class Address:
    """Parts as written. `marked` False: the whole text is without marks."""

    commune: Mention | None = None
    district: Mention | None = None
    province: Mention | None = None
    marked: bool = True


@dataclass(frozen=True)
class Answer:
    """The expected row. `silent`: the contract does not decide (see the module); `note` says why.

    `plain_legacy`: the old code where it is beyond doubt: one old commune, alive on the eve of the reform.
    """

    status: str
    candidates: tuple[str, ...] = ()
    population_code: str = ""
    legacy_code: str = ""
    silent: bool = False
    note: str = ""
    plain_legacy: str = ""

    @property
    def code(self) -> str:
        """The one code of a unique answer."""
        return self.candidates[0] if self.status == "unique" else ""


@dataclass(frozen=True)
class Reading:
    """One way to read the text: the old commune (or "" for a current unit) and the units it leads to."""

    old: str
    units: frozenset[str]


class Oracle:
    """All rules over the facts of one day."""

    def __init__(self, on: dt.date) -> None:
        self.facts: Facts = load(on)
        self._now: dict[str, frozenset[str]] = {}
        self._named: dict[tuple[int, bool], dict[str, list[tuple[str, str]]]] = {}

    # -- what became of a unit -------------------------------------------------------------------------------------

    def became(self, uid: str) -> frozenset[str]:
        """Units in force on the day that hold some of the territory of `uid`."""
        if uid not in self._now:
            onward = {
                e["to_uid"] for e in self.facts.edges.get(uid, []) if e["effective_on"] <= self.facts.on
            } - {uid}
            if not onward and not self.facts.in_force(uid):
                onward = self.facts.links.get(uid, set())
            if not onward and (zone := self._zone(uid)):
                onward = {zone}
            found = {u for to in onward for u in self.became(to)}
            self._now[uid] = frozenset(found | ({uid} if self.facts.in_force(uid) else set()))
        return self._now[uid]

    def _zone(self, uid: str) -> str:
        """The island district of a commune that had gone before its district became one zone as a whole, else empty."""
        parent = self.facts.versions[uid][-1]["parent_uid"]
        return parent if parent in ISLANDS_WITHOUT_COMMUNES and not self.facts.in_force(uid) else ""

    def population(self, uid: str) -> str:
        """Code of the one successor that took the whole population of a divided commune, else empty."""
        onward = [e for e in self.facts.edges.get(uid, []) if e["to_uid"] != uid or e["area_share"]]
        if len(onward) == 1 and onward[0]["to_uid"] != uid:
            return self.population(onward[0]["to_uid"])
        takers = [e["to_uid"] for e in onward if e["people_share"] == "all"]
        rest = [e for e in onward if e["people_share"] not in ("all", "none")]
        return self.codes({takers[0]})[0] if len(takers) == 1 and not rest and len(onward) > 1 else ""

    def codes(self, uids: set[str] | frozenset[str]) -> tuple[str, ...]:
        """Codes on the day, ascending."""
        return tuple(sorted(v["code"] for u in uids if (v := self.facts.in_force(u))))

    # -- which units a mention names -------------------------------------------------------------------------------

    def named(self, table: dict[str, set[tuple[str, str]]], mention: Mention, *, marked: bool) -> set[str]:
        """Districts or provinces of that name; a written kind word must fit."""
        index = self._named.setdefault((id(table), marked), {})
        if not index:
            for uid, names in table.items():
                for kind, short in names:
                    index.setdefault(key(short, marked=marked), []).append((uid, kind))
        found = index.get(key(mention.name, marked=marked), [])
        return {uid for uid, kind in found if fits(mention.kind, kind)}

    def old_communes(self, a: Address, districts: set[str] | None, provinces: set[str] | None) -> list[Name]:
        """Old names that fit the commune, in those districts and those old provinces (None = any)."""
        return [
            n
            for n in self._by_name(a, "old")
            if (districts is None or n.district in districts)
            and (provinces is None or n.province in provinces)
        ]

    def _by_name(self, a: Address, era: str) -> list[Name]:
        assert a.commune is not None
        names = self.facts.by_key.get((era, a.marked, key(a.commune.name, marked=a.marked)), [])
        return [n for n in names if fits(a.commune.kind, n.kind)]

    def province_scope(self, a: Address) -> tuple[set[str] | None, set[str] | None]:
        """Old provinces and provinces in force meant by the text (None = any)."""
        if a.province is None:
            return None, None
        named = self.named(self.facts.provinces, a.province, marked=a.marked)
        now = {p for p in named if self.facts.in_force(p)}
        old = {p for p, to in self.facts.merged.items() if p in named or to in now}
        return old, now

    # -- readings --------------------------------------------------------------------------------------------------

    def answer(self, a: Address, *, former: bool = True) -> Answer:
        """The contract's row for the address. `former` False leaves out names that had gone before 2025-07-01."""
        if a.commune is None:
            return self._without_commune(a)
        old_scope, now_scope = self.province_scope(a)
        if a.district is not None:
            return self._with_district(a, old_scope, former)
        olds = [
            self._read(n) for n in self.old_communes(a, None, old_scope) if former or n.until in ("", CUT)
        ]
        ways = self._turned(a, former)
        if a.province is not None and not a.province.kind:
            # "…, Thái Bình" may be a district of another province as well.
            ways += [w for w in [self._as_district(a, former)] if not set(w.candidates) <= self._union(olds)]
        for currents in self._current_ways(a, old_scope, now_scope):
            ways.append(self._judge(olds + [Reading("", frozenset({n.uid})) for n in currents]))
        return self._one_of(ways)

    def settled(self, a: Address) -> tuple[Answer, bool]:
        """The answer under the decision on former names, and whether the address hangs on it while it is open."""
        answer, recent = self.answer(a), self.answer(a, former=False)
        same = (recent.status, recent.candidates) == (answer.status, answer.candidates)
        if same or recent.status == "not_found" or answer.silent:
            return answer, False
        return (recent if FORMER_NAMES_ARE_RIVALS is False else answer), FORMER_NAMES_ARE_RIVALS is None

    def _as_district(self, a: Address, former: bool) -> Answer:
        return self._with_district(replace(a, district=a.province, province=None), None, former, twice=False)

    def _union(self, readings: list[Reading]) -> set[str]:
        return {c for r in readings for c in self.codes(r.units)}

    def _with_district(
        self, a: Address, old_scope: set[str] | None, former: bool, *, twice: bool = True
    ) -> Answer:
        assert a.district is not None
        districts = self.named(self.facts.districts, a.district, marked=a.marked)
        olds = [n for n in self.old_communes(a, districts, old_scope) if former or n.until in ("", CUT)]
        found = self._judge([self._read(n) for n in olds])
        if twice and a.province is None and self.named(self.facts.provinces, a.district, marked=a.marked):
            # "Thành phố Bắc Ninh" is a district of before and, since September 2026, a province.
            other = self.answer(replace(a, province=a.district, district=None), former=former)
            found = self._one_of([found, other]) if other.candidates else found
        if not twice or a.district.kind or (a.commune and a.commune.kind):
            return found
        # Two bare names: "Hàng Bạc, Hoàn Kiếm" may also be a street in the ward of the district's name.
        other = self.answer(replace(a, commune=Mention("", a.district.name), district=None), former=former)
        if not other.candidates or other.candidates == found.candidates:
            return found
        return self._one_of([found, other])

    def _turned(self, a: Address, former: bool) -> list[Answer]:
        """Two bare names the other way round: "Quảng Bình, Thanh Hóa" is Thanh Hóa in Quảng Bình as well."""
        if a.commune is None or a.province is None or a.commune.kind or a.province.kind:
            return []
        turned = replace(a, commune=a.province, province=a.commune)
        named = self.named(self.facts.provinces, a.commune, marked=a.marked)
        if not named or a.commune.name == a.province.name:
            return []
        scope = self.province_scope(turned)[0]
        found = self._judge(
            [self._read(n) for n in self.old_communes(turned, None, scope) if former or n.until in ("", CUT)]
        )
        return [found] if found.candidates else []

    def _current_ways(self, a: Address, old: set[str] | None, now: set[str] | None) -> list[list[Name]]:
        """Current units of that name. With a province of before only, three honest views: none, those made from it, all."""
        named = self._by_name(a, "current")
        if old is None or now is None:
            return [named]
        if now:
            return [[n for n in named if n.province in now]]
        merged = {self.facts.merged[p] for p in old}
        wide = [n for n in named if n.province in merged]
        return [[], [n for n in wide if self.facts.origins[n.uid] & old], wide]

    def _one_of(self, ways: list[Answer]) -> Answer:
        first = ways[0]
        if (
            all(w.status == first.status and w.candidates == first.candidates for w in ways)
            and not first.silent
        ):
            return first
        union = tuple(sorted({c for w in ways for c in w.candidates}))
        note = next((w.note for w in ways if w.silent), "the words allow several readings")
        return Answer("ambiguous" if len(union) > 1 else "unique", union, silent=True, note=note)

    def _read(self, n: Name) -> Reading:
        return Reading(n.stands_for if n.from_alias else n.uid, self.became(n.stands_for))

    def _judge(self, readings: list[Reading]) -> Answer:
        dead = [r for r in readings if not r.units]
        live = {r for r in readings if r.units}
        sets = {r.units for r in live}
        union = self.codes(frozenset(u for s in sets for u in s))
        olds = {r.old for r in live if r.old}
        legacy = "|".join(sorted(self.facts.versions[u][-1]["code"] for u in olds))
        plain = legacy if len(olds) == 1 and not any(self.ended_early(u) for u in olds) else ""
        silent, note = bool(dead), "a unit without known successor has this name" if dead else ""
        if not union:
            return Answer("not_found", silent=silent, note=note)
        if len(sets) == 1 and len(union) == 1:
            return Answer("unique", union, "", legacy, silent, note, plain)
        if len(sets) == 1 and len(olds) == 1:
            (old,) = olds
            if self.ended_early(old):
                silent, note = True, "a former commune whose heir was divided later"
            return Answer("split", union, self.population(old), legacy, silent, note, plain)
        if len(sets) == 1 and len(olds) > 1:
            silent, note = True, "several old communes, one divided set"
        return Answer("ambiguous", union, "", legacy, silent, note)

    def ended_early(self, uid: str) -> bool:
        """Whether the unit had gone before the reform of 2025-07-01 (its territory is then only a part of its heir's)."""
        until = self.facts.versions[uid][-1]["valid_to"]
        return bool(until) and until < CUT

    def _without_commune(self, a: Address) -> Answer:
        """Only a district or province: not found; the five island districts without communes lead to their zone."""
        old_scope, _ = self.province_scope(a)
        if a.district is not None:
            for uid in self.named(self.facts.districts, a.district, marked=a.marked):
                province = self.facts.province_of(uid)
                if uid in ISLANDS_WITHOUT_COMMUNES and (old_scope is None or province in old_scope):
                    return Answer("unique", self.codes(self.became(uid)), legacy_code=uid[2:])
        return Answer("not_found")


def fits(written: str, kind: str) -> bool:
    """Whether a written kind word names this kind ("thành phố" both kinds of city); no word fits all; abbreviations fit all."""
    if not written or not kind or written == kind:
        return True
    return written == "thành phố" and kind.startswith("thành phố")


def mention(text: str) -> Mention:
    """ "Phường Cửa Nam" → Mention("phường", "Cửa Nam"); a name without kind word keeps kind ""."""
    from_kinds = ("thành phố", "thị trấn", "thị xã", "đặc khu", "phường", "huyện", "quận", "tỉnh", "xã")
    low = marked_key(text)
    for kind in from_kinds:
        if low.startswith(marked_key(kind) + " "):
            return Mention(kind, text[len(kind) + 1 :])
    return Mention("", text)
