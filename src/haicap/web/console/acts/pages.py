"""Trang của một văn bản: what it changed, drawn and in a table; what a draft would change."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from haicap.base.citation import Citation
from haicap.base.dates import show_date
from haicap.domain.units import queries
from haicap.domain.units.queries import ActRow
from haicap.domain.units.rearrangement import Order, Plan
from haicap.domain.units.timeline import Edge, Register, Version
from haicap.web.common import vocabulary
from haicap.web.common.drawings import Arrow, Box, Flow, draw_flow
from haicap.web.console.acts.lines import holder

TIERS = ("province", "commune")
MOST_DRAWN = 24


@dataclass(frozen=True, slots=True)
class Change:
    """A unit of the new map and what it was made from: (old version, edge); no edges for a unit that follows."""

    after: Version
    sources: tuple[tuple[Version, Edge], ...]
    citation: Citation


@dataclass(frozen=True, slots=True)
class Count:
    """How many units of a kind there are before and after."""

    tier: str
    kind: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        """After less before."""
        return self.after - self.before


def eve_of(day: date) -> date:
    """The last day of the old map."""
    return day - timedelta(days=1)


def changes(edges: Iterable[Edge], after: Iterable[Version], before: dict[str, Version]) -> list[Change]:
    """Units of the new map in order of the alphabet, each with what it was made from."""
    made: dict[str, list[tuple[Version, Edge]]] = defaultdict(list)
    for edge in edges:
        if edge.from_uid in before:
            made[edge.to_uid].append((before[edge.from_uid], edge))
    found = [
        Change(v, tuple(made[v.uid]), made[v.uid][0][1].citation if made[v.uid] else v.citation)
        for v in after
    ]
    return sorted(found, key=lambda c: (not c.sources, TIERS.index(c.after.tier) if c.after.tier in TIERS else 9,
                                        c.after.sort_key))  # fmt: skip


def changes_recorded(edges: Sequence[Edge], versions: Sequence[Version], register: Register) -> list[Change]:
    """What an enacted act changed, in today's register."""
    before: dict[str, Version] = {}
    for edge in edges:
        if (was := register.version(edge.from_uid, eve_of(edge.effective_on))) is not None:
            before[edge.from_uid] = was
    after = {v.uid: v for v in versions}
    for edge in edges:
        target = register.version(edge.to_uid, edge.effective_on)
        if target is not None:
            after.setdefault(edge.to_uid, target)
    return changes(edges, after.values(), before)


def changes_planned(result: Plan) -> list[Change]:
    """What a draft would change."""
    return changes(result.edges, result.opened, {v.uid: v for v, _ in result.closed})


def drawn(change: Change, everything: Iterable[Change], day: date) -> Flow | None:
    """Old units on the left, this unit and the others their land went to on the right; None for a follower."""
    if not change.sources:
        return None
    uids = {was.uid for was, _ in change.sources}
    near = [c for c in everything if any(was.uid in uids for was, _ in c.sources)][:MOST_DRAWN]
    boxes = {f"<{was.uid}": Box(f"<{was.uid}", 0, was.name, was.code) for was, _ in change.sources}
    arrows = []
    for other in near:
        key = f">{other.after.uid}"
        boxes[key] = Box(key, 1, other.after.name, other.after.code, here=other is change)
        arrows += [
            Arrow(f"<{was.uid}", key, _style(edge), edge.people_share == "all")
            for was, edge in other.sources
            if was.uid in uids
        ]
    heads = (
        gettext("trước %(day)s") % {"day": show_date(day)},
        gettext("từ %(day)s") % {"day": show_date(day)},
    )
    return draw_flow(boxes.values(), arrows, heads)


def _style(edge: Edge) -> str:
    if edge.people_share == "none":
        return "none"
    return "whole" if edge.relation == "whole" or edge.continues else "part"


def counts(result: Plan, register: Register, day: date) -> list[Count]:
    """Units of each tier and kind before and after a draft."""
    before = Counter((v.tier, v.kind) for tier in TIERS for v in register.state(eve_of(day), tier))
    after = Counter(before)
    after.subtract((was.tier, was.kind) for was, _ in result.closed)
    after.update((v.tier, v.kind) for v in result.opened)
    keys = sorted(
        {k for k in (*before, *after) if before[k] or after[k]}, key=lambda k: (TIERS.index(k[0]), k[1])
    )
    return [Count(vocabulary.tier(t), vocabulary.kind(k), before[t, k], after[t, k]) for t, k in keys]


def followers(result: Plan, order: Order, register: Register) -> list[Version]:
    """Units no line names that change province because theirs goes into another."""
    held = (holder(register, line.from_code, order.eve) for line in order.lines)
    named = {v.uid for v in held if v is not None}
    return [v for v in result.changed if v.uid not in named]


@dataclass(frozen=True, slots=True)
class Reused:
    """A code that goes to another unit than the one that held it last."""

    after: Version
    last: Version


def reused_codes(result: Plan, register: Register, day: date) -> list[Reused]:
    """Codes of the new map that belonged to another unit before; the date must always stand beside them."""
    found = []
    for version in result.opened:
        earlier = [v for v in register.holders(version.code) if v.uid != version.uid]
        if earlier:
            found.append(Reused(version, earlier[-1]))
    return found


def places_of(acts: Sequence[ActRow], register: Register) -> dict[int, str]:
    """For acts without a title: the provinces they are about, by name."""
    above = queries.parents_touched([act.pk for act in acts if not act.title])
    found = {}
    for act in acts:
        provinces = {register.province_of(uid, act.effective_on) for uid in above.get(act.pk, ())}
        provinces |= {register.province_of(uid, eve_of(act.effective_on)) for uid in above.get(act.pk, ())}
        names = sorted({(p.sort_key, p.short_name) for p in provinces if p is not None})
        found[act.pk] = ", ".join(name for _, name in names[:4]) + (" …" if len(names) > 4 else "")
    return found


def touched_provinces(result: Plan, register: Register, day: date) -> set[str]:
    """Provinces of the eve in which something changes, by uid."""
    found = set()
    for version in (*(was for was, _ in result.closed), *result.opened):
        province = register.province_of(version.uid, eve_of(day)) or register.version(
            version.parent_uid, eve_of(day)
        )
        if province is not None:
            found.add(province.uid)
    return found
