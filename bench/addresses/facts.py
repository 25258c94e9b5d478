"""Dữ kiện: the packaged tables as the oracle needs them. Reads the CSV files only, none of the product's code."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from .words import bare_key, marked_key

DATA = Path(__file__).resolve().parents[2] / "src" / "haicap" / "domain" / "units" / "data"
CUT = "2025-07-01"
KINDS = (
    "thành phố trực thuộc trung ương", "thành phố thuộc tỉnh", "thành phố", "thị trấn", "thị xã", "đặc khu",
    "phường", "huyện", "quận", "tỉnh", "xã",
)  # fmt: skip


@dataclass(frozen=True)
class Name:
    """One way one unit was called. `district`, `province`: uids; `until` empty = in force; `stands_for`: whom it leads to."""

    uid: str
    kind: str
    short: str
    district: str
    province: str
    since: str
    until: str
    stands_for: str
    from_alias: bool = False


@dataclass
class Facts:
    """The tables, indexed. `old`/`current`: names of communes; `districts`, `provinces`: uid → its (kind, short) names."""

    on: str
    versions: dict[str, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))
    edges: dict[str, list[dict[str, str]]] = field(default_factory=lambda: defaultdict(list))
    old: list[Name] = field(default_factory=list)
    current: list[Name] = field(default_factory=list)
    districts: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    provinces: dict[str, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    merged: dict[str, str] = field(default_factory=dict)
    links: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    origins: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    by_key: dict[tuple[str, bool, str], list[Name]] = field(default_factory=lambda: defaultdict(list))

    def add(self, name: Name, *, era: str) -> None:
        """Keep a name of a commune under `era` "old" or "current", found again by either key."""
        (self.old if era == "old" else self.current).append(name)
        self.by_key[era, True, marked_key(name.short)].append(name)
        self.by_key[era, False, bare_key(name.short)].append(name)

    def in_force(self, uid: str) -> dict[str, str] | None:
        """The version of `uid` on the day, or None."""
        for v in self.versions[uid]:
            if (not v["valid_from"] or v["valid_from"] <= self.on) and (
                not v["valid_to"] or self.on < v["valid_to"]
            ):
                return v
        return None

    def province_of(self, parent: str) -> str:
        """Province of a commune whose parent is a district or a province."""
        return parent if parent.startswith("p:") else self.versions[parent][-1]["parent_uid"]


def rows(file: str) -> list[dict[str, str]]:
    """All rows of one packaged table."""
    with (DATA / file).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def cut_kind(name: str) -> tuple[str, str]:
    """ "Thị trấn Phó Bảng" → ("thị trấn", "Phó Bảng"); no kind word → ("", name)."""
    low = name.casefold()
    for kind in KINDS:
        if low.startswith(kind + " "):
            return kind, name[len(kind) + 1 :]
    return "", name


def load(on: dt.date) -> Facts:
    """Everything on the day `on` (after the reform: the oracle does not answer for days before it)."""
    facts = Facts(on=on.isoformat())
    if facts.on < CUT:
        raise ValueError("the oracle answers for days since 2025-07-01 only")
    for row in rows("units.csv"):
        facts.versions[row["uid"]].append(row)
    for row in rows("lineage.csv"):
        facts.edges[row["from_uid"]].append(row)
    for versions in list(facts.versions.values()):
        for v in versions:
            _add_version(facts, v)
    for row in rows("former_names.csv"):
        _add_alias(facts, row)
    _relate(facts)
    return facts


def _relate(facts: Facts) -> None:
    """Which province each one became, and from which old provinces each commune in force was made."""
    for uid in facts.provinces:
        onward = [e["to_uid"] for e in facts.edges.get(uid, []) if e["effective_on"] == CUT]
        facts.merged[uid] = onward[0] if onward else uid
    for n in facts.old:
        for edge in facts.edges.get(n.uid, []):
            facts.origins[edge["to_uid"]].add(n.province)


def _add_version(facts: Facts, v: dict[str, str]) -> None:
    tables = {"district": facts.districts, "province": facts.provinces}
    if v["tier"] in tables:
        tables[v["tier"]][v["uid"]].add((v["kind"], v["short_name"]))
    if v["tier"] != "commune":
        return
    parent = v["parent_uid"]
    new = parent.startswith("p:")
    province = parent if new else facts.province_of(parent)
    name = Name(
        v["uid"],
        v["kind"],
        v["short_name"],
        "" if new else parent,
        province,
        v["valid_from"],
        v["valid_to"],
        v["uid"],
    )
    if not new:
        facts.add(name, era="old")
    if facts.in_force(v["uid"]) and new:
        facts.add(name, era="current")


def _add_alias(facts: Facts, row: dict[str, str]) -> None:
    uid, alias, until = row["of_uid"], row["alias"], row["valid_hint"].replace("đến ", "")
    if alias.isdigit():
        return
    kind, short = cut_kind(alias)
    if uid.startswith("p:"):
        kinds = {v["kind"] for v in facts.versions[uid]} if row["kind"] == "variant" and not kind else {kind}
        facts.provinces[uid] |= {(k, short) for k in kinds}
    elif uid.startswith("d:"):
        facts.districts[uid].add((kind, short))
    else:
        _add_commune_alias(facts, uid, kind, short, until)


def _add_commune_alias(facts: Facts, uid: str, kind: str, short: str, until: str) -> None:
    """A name already told by a version adds nothing; a unit that ended without an edge is led on by its alias."""
    wanted = marked_key(short)
    own = [v for v in facts.versions[uid] if marked_key(v["short_name"]) == wanted and v["kind"] == kind]
    if any(v["valid_to"] == until for v in own):
        return
    ended = _ended(facts, uid, kind, wanted, until)
    for n in ended:
        if not facts.edges.get(n.uid):
            facts.links[n.uid].add(uid)
    if ended or own:
        return
    for v in facts.versions[uid]:
        parent = v["parent_uid"]
        new = parent.startswith("p:")
        entry = Name(uid, kind, short, "" if new else parent, facts.province_of(parent), "", until, uid, True)
        if new and facts.in_force(uid):
            facts.add(entry, era="current")
        elif not new:
            facts.add(entry, era="old")


def _ended(facts: Facts, uid: str, kind: str, wanted: str, until: str) -> list[Name]:
    """The units that ended under that name on that day, of the heir's district; of its province when there is only one."""
    homes = {v["parent_uid"] for v in facts.versions[uid]}
    province = facts.province_of(facts.versions[uid][0]["parent_uid"])
    found = [
        n for n in facts.by_key["old", True, wanted]
        if n.until == until and until and n.kind == kind and n.province == province
    ]  # fmt: skip
    near = [n for n in found if n.district in homes]
    return near or (found if len({n.uid for n in found}) == 1 else [])
