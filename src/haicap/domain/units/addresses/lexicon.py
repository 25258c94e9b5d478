"""Từ điển tên: every name a unit bears or bore, indexed by its folded letters."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from haicap.domain.units.addresses.fold import fold_word, without_marks
from haicap.domain.units.addresses.vocabulary import ENGLISH, KINDS, LINKING, NAME_STEMS, ROMAN, STREET
from haicap.domain.units.timeline.rows import AliasRow, EdgeRow, VersionRow

FOREVER = date.max.toordinal()
REFORM = date(2025, 7, 1).toordinal()  # the day the two-tier map came into force
_SPLIT = re.compile(r"[^\W_]+(?:['’]\s?[^\W_]+)*")
_UNTIL = re.compile(r"(\d{4}-\d{2}-\d{2})")
_KIND_LABELS = sorted(
    {"phường", "xã", "thị trấn", "đặc khu", "quận", "huyện", "thị xã", "thành phố", "tỉnh"},
    key=len,
    reverse=True,
)
_NONE: frozenset[str] = frozenset()


class Entry:
    """One name of one unit during one span of days [start, end) (ordinals).

    districts, provinces  uids of the units it may be written under: its own and, for old ones, the provinces that
                          took its province over
    key, marked, bare     letters folded; with marks; without marks but with y kept: how the name is compared
    elsewhere             uids it may be written under by mixing old and new: districts and provinces of its origins
    """

    __slots__ = (
        "bare", "code", "districts", "elsewhere", "end", "key", "kind", "marked", "n", "name", "official",
        "parent", "provinces",
        "start", "tier", "uid",
    )  # fmt: skip

    def __init__(self, row: VersionRow, name: str, start: int, end: int) -> None:
        self.uid = row.uid
        self.tier = row.tier
        self.code = row.code
        self.parent = row.parent_uid
        self.name = name
        self.official = row.name
        self.kind, self.key, self.marked, self.bare = spell(name)
        self.start = start
        self.end = end
        self.districts: frozenset[str] = _NONE
        self.provinces: frozenset[str] = _NONE
        self.elsewhere: frozenset[str] = _NONE
        self.n = 0


_SYLLABLES: set[str] = set()
_SPELT: dict[str, tuple[str, str, str]] = {}


def spell(name: str) -> tuple[str, str, str, str]:
    """(kind label, key, marked, bare) of an official name; Roman numbers of wards become digits in the key."""
    lower = name.lower()
    label = next((k for k in _KIND_LABELS if lower.startswith(k + " ")), "")
    rest = name[len(label) + 1 :] if label else name
    known = _SPELT.get(rest)
    if known is None:
        words = [fold_word(part) for part in _SPLIT.findall(rest)]
        _SYLLABLES.update(w.plain for w in words)
        marked = "".join(w.marked for w in words)
        known = _SPELT[rest] = ("".join(w.plain for w in words), marked, without_marks(marked))
    key, marked, bare = known
    if label == "phường" and rest.isupper():
        key = ROMAN.get(key, key)
    return label, key, marked, bare


def _ordinal(day: date | None, default: int) -> int:
    return day.toordinal() if day else default


class Lexicon:
    """Names by tier: `communes`, `districts`, `provinces` map a key to its entries."""

    def __init__(
        self, versions: Sequence[VersionRow], edges: Iterable[EdgeRow], aliases: Iterable[AliasRow]
    ) -> None:
        self.communes: dict[str, list[Entry]] = defaultdict(list)
        self.districts: dict[str, list[Entry]] = defaultdict(list)
        self.provinces: dict[str, list[Entry]] = defaultdict(list)
        self.by_district: dict[str, list[Entry]] = defaultdict(list)
        self.by_province: dict[str, list[Entry]] = defaultdict(list)
        self.rows: dict[str, list[VersionRow]] = defaultdict(list)
        edges = list(edges)
        self.islands = frozenset(e.from_uid for e in edges if e.from_uid.startswith("d:"))
        for row in versions:
            self.rows[row.uid].append(row)
        self._above = _Above(self.rows, edges)
        self.entries: list[Entry] = []
        for row in versions:
            if row.tier in ("province", "district", "commune"):
                self._add(Entry(row, row.name, _ordinal(row.valid_from, 0), _ordinal(row.valid_to, FOREVER)))
        self.first_alias = len(self.entries)
        for alias in aliases:
            self._add_alias(alias)
        self.all_communes = [e for e in self.entries if e.tier == "commune"]
        self.all_districts = [e for e in self.entries if e.tier == "district"]
        self.all_provinces = [e for e in self.entries if e.tier == "province"]
        self.vocabulary = frozenset(_SYLLABLES).union(
            STREET,
            KINDS,
            ENGLISH,
            LINKING,
            NAME_STEMS,
            ("thi", "tran", "dac", "khu", "thanh", "pho", "viet", "nam", "vietnam", "vn"),
        )
        for table in (self.communes, self.districts, self.provinces, self.by_district, self.by_province):
            table.default_factory = None

    def _add_alias(self, alias: AliasRow) -> None:
        until = _UNTIL.search(alias.valid_hint)
        end = date.fromisoformat(until[1]).toordinal() if until else FOREVER
        rows = self.rows[alias.of_uid]
        # A former name was borne under the parent of its last day; a variant follows each version of its unit.
        row = next((r for r in rows if _ordinal(r.valid_to, FOREVER) >= end), rows[-1])
        # Before its end a former name belonged to the unit that has since ended, which has rows of its own: the alias
        # says only where the name leads afterwards, so its span is empty.
        start = end if until and end <= REFORM else _ordinal(row.valid_from, 0)
        self._add(Entry(row, alias.alias, start, min(end, _ordinal(row.valid_to, FOREVER))))

    def _add(self, entry: Entry) -> None:
        entry.n = len(self.entries)
        self.entries.append(entry)
        if entry.tier == "province":
            entry.provinces = frozenset({entry.uid})
            self.provinces[entry.key].append(entry)
            return
        self._above.place(entry)
        table = self.districts if entry.tier == "district" else self.communes
        table[entry.key].append(entry)
        if entry.tier == "commune":
            for uid in entry.districts:
                self.by_district[uid].append(entry)
            for uid in entry.provinces:
                self.by_province[uid].append(entry)

    def table(self, tier: str) -> dict[str, list[Entry]]:
        """The index of a tier letter (c, d, p)."""
        return self.communes if tier == "c" else self.districts if tier == "d" else self.provinces


def links(lexicon: Lexicon, edges: Iterable[EdgeRow]) -> dict[str, list[str]]:
    """Successors of communes whose end has no recorded edge: the units that bear their name as a former name, and for
    communes of an island district the unit that the district became."""
    with_edges = {e.from_uid for e in edges if e.from_uid != e.to_uid}
    ended = [rows[-1] for uid, rows in lexicon.rows.items() if rows[-1].valid_to and uid not in with_edges]
    found: dict[str, list[str]] = {}
    for row in ended:
        if row.tier != "commune":
            continue
        if row.parent_uid in lexicon.islands:
            found[row.uid] = [row.parent_uid]
            continue
        kind, key, marked, _ = spell(row.name)
        bearers = [e for e in lexicon.communes.get(key, ()) if e.n >= lexicon.first_alias and e.kind == kind]
        bearers = [e for e in bearers if e.marked == marked and e.uid != row.uid]
        bearers = [e for e in bearers if e.end == _ordinal(row.valid_to, 0)]
        inside = [e.uid for e in bearers if row.parent_uid in {r.parent_uid for r in lexicon.rows[e.uid]}]
        heirs = set(inside or (e.uid for e in bearers if _same_province(lexicon, e, row)))
        # Outside its district only a name that one unit alone lost and one alone inherited is proof enough.
        alone = sum(r.name == row.name and r.valid_to == row.valid_to for r in ended) == 1
        if heirs and (inside or (len(heirs) == 1 and alone)):
            found[row.uid] = sorted(heirs)
    return found


def _same_province(lexicon: Lexicon, entry: Entry, row: VersionRow) -> bool:
    """Whether the name belongs to the province in which the unit lay."""
    return not entry.provinces.isdisjoint({r.parent_uid for r in lexicon.rows[row.parent_uid]})


class _Above:
    """Which districts and provinces an entry may be written under."""

    def __init__(self, rows: dict[str, list[VersionRow]], edges: Iterable[EdgeRow]) -> None:
        self._rows = rows
        self._heirs: dict[str, set[str]] = defaultdict(set)
        self._origins: dict[str, list[str]] = defaultdict(list)
        for edge in edges:
            if edge.from_uid == edge.to_uid:
                continue
            if edge.from_uid.startswith("p:"):
                self._heirs[edge.from_uid].add(edge.to_uid)
            else:
                self._origins[edge.to_uid].append(edge.from_uid)
        self._known: dict[str, frozenset[str]] = {}

    def _provinces_of(self, uid: str) -> frozenset[str]:
        """Provinces a district or province stands for, with those that took them over."""
        known = self._known.get(uid)
        if known is None:
            own = {uid} if uid.startswith("p:") else {r.parent_uid for r in self._rows[uid]}
            known = self._known[uid] = frozenset(own.union(*(self._heirs.get(p, ()) for p in own)))
        return known

    def place(self, entry: Entry) -> None:
        """Fill the uids above `entry`."""
        if entry.tier == "district":
            entry.districts = frozenset({entry.uid})
            entry.provinces = self._provinces_of(entry.uid)
            return
        entry.provinces = self._provinces_of(entry.parent)
        if entry.parent.startswith("d:"):
            entry.districts = frozenset({entry.parent})
            return
        origins = set(self._origins.get(entry.uid, ()))
        lands: Counter[str] = Counter()
        for origin in origins:
            parents = {row.parent_uid for row in self._rows[origin] if row.parent_uid != "vn"}
            lands.update(parents.union(*(self._provinces_of(p) for p in parents)))
        # A district or province from which only a corner came is no way to write the unit.
        entry.elsewhere = frozenset(uid for uid, n in lands.items() if 2 * n >= len(origins))
