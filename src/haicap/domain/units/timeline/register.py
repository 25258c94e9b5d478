"""Sổ đăng ký đơn vị: the whole register in memory, answering every question as of a date.

Cost: look-ups by (code, date) and by (uid, date) are a dict access and a walk over the few versions behind it;
16,600 versions and 11,000 edges take about 20 MB.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from haicap.base.dates import show_date
from haicap.base.refused import Refused
from haicap.base.words import gettext_noop
from haicap.domain.units.timeline.model import HORIZON, Changes, Edge, Fate, Lineage, Version
from haicap.domain.units.timeline.walk import Walk

_CODE = re.compile(r"[0-9]{2}|[0-9]{3}|[0-9]{5}|VN")


def _in_force(versions: Iterable[Version], on: date) -> Version | None:
    return next((v for v in versions if on in v.span), None)


def check_day(on: date) -> None:
    """Refused `before_horizon` for days about which no facts are recorded."""
    if on < HORIZON:
        raise Refused(
            "before_horizon",
            gettext_noop("Ngày %(day)s ở trước mốc dữ liệu. Sổ đăng ký bắt đầu từ cuối năm 2018."),
            params={"day": show_date(on)},
        )


class Register:
    """Versions and edges, indexed; immutable once built. `generation` names the state of the database it shows."""

    def __init__(self, versions: Iterable[Version], edges: Iterable[Edge], generation: int = 0) -> None:
        self.generation = generation
        self._by_uid: dict[str, list[Version]] = defaultdict(list)
        self._by_code: dict[str, list[Version]] = defaultdict(list)
        self._by_parent: dict[str, list[Version]] = defaultdict(list)
        self._by_tier: dict[str, list[Version]] = defaultdict(list)
        for version in sorted(versions, key=lambda v: (v.sort_key, v.span.start or date.min)):
            self._by_uid[version.uid].append(version)
            self._by_parent[version.parent_uid].append(version)
            self._by_tier[version.tier].append(version)
            if version.code:
                self._by_code[version.code].append(version)
        for group in (*self._by_uid.values(), *self._by_code.values()):
            group.sort(key=lambda v: v.span.start or date.min)
        self._walk = Walk(edges, self.version)

    # --- one unit ---------------------------------------------------------------------------------------------
    def at(self, code: str, on: date) -> Version | None:
        """Who held `code` (2, 3 or 5 digits) on the day; None when nobody did.

        Refused `bad_code` for a malformed code, `before_horizon` for days before the facts begin.
        """
        code = code.strip()
        if not _CODE.fullmatch(code):
            raise Refused(
                "bad_code",
                gettext_noop(
                    "“%(code)s” không phải là mã đơn vị. Mã tỉnh có 2, mã huyện có 3, mã xã có 5 chữ số."
                ),
                params={"code": code[:20]},
            )
        check_day(on)
        return _in_force(self._by_code.get(code, ()), on)

    def version(self, uid: str, on: date) -> Version | None:
        """The version of `uid` in force on the day."""
        return _in_force(self._by_uid.get(uid, ()), on)

    def versions(self, uid: str) -> tuple[Version, ...]:
        """All versions of a unit in order of time."""
        return tuple(self._by_uid.get(uid, ()))

    def holders(self, code: str) -> tuple[Version, ...]:
        """Everyone who held `code`, in order of time: all codes were recycled in 2025."""
        return tuple(self._by_code.get(code.strip(), ()))

    def path(self, uid: str, on: date) -> tuple[Version, ...]:
        """The unit and those above it on the day, upwards, without the nation."""
        found: list[Version] = []
        version = self.version(uid, on)
        while version and version.tier != "nation":
            found.append(version)
            version = self.version(version.parent_uid, on)
        return tuple(found)

    def title(self, uid: str, on: date) -> str:
        """The name as it is written in an address ("Phường Bến Nghé, Quận 1, Thành phố Hồ Chí Minh")."""
        return ", ".join(v.name for v in self.path(uid, on))

    def province_of(self, uid: str, on: date) -> Version | None:
        """The province (or the unit itself when it is one) on the day."""
        return next((v for v in self.path(uid, on) if v.tier == "province"), None)

    def every(self) -> tuple[Version, ...]:
        """All versions of all units."""
        return tuple(v for versions in self._by_uid.values() for v in versions)

    # --- many units -------------------------------------------------------------------------------------------
    def children(self, uid: str, on: date, tier: str | None = None) -> tuple[Version, ...]:
        """Units directly under `uid` on the day, in the order of the alphabet; with `tier` only those of it."""
        return tuple(v for v in self._by_parent.get(uid, ()) if on in v.span and tier in (None, v.tier))

    def state(self, on: date, tier: str) -> tuple[Version, ...]:
        """Every unit of a tier on the day, in the order of the alphabet."""
        check_day(on)
        return tuple(v for v in self._by_tier[tier] if on in v.span)

    def provinces(self, on: date) -> tuple[Version, ...]:
        """All provinces on the day."""
        return self.state(on, "province")

    def counts(self, on: date) -> dict[str, dict[str, int]]:
        """How many units of each tier and kind there are on the day."""
        found: dict[str, dict[str, int]] = {}
        for tier in ("province", "district", "commune"):
            kinds: dict[str, int] = defaultdict(int)
            for version in self.state(on, tier):
                kinds[version.kind] += 1
            found[tier] = dict(sorted(kinds.items()))
        return found

    def changes(self, start: date, end: date) -> Changes:
        """What differs between the map of `start` and the map of `end` (order does not matter)."""
        start, end = sorted((start, end))
        check_day(start)
        before = {u: v for u, vs in self._by_uid.items() if (v := _in_force(vs, start))}
        after = {u: v for u, vs in self._by_uid.items() if (v := _in_force(vs, end))}
        both = [(before[u], after[u]) for u in before if u in after]
        return Changes(
            born=tuple(v for u, v in after.items() if u not in before),
            ended=tuple(v for u, v in before.items() if u not in after),
            renamed=tuple((b, a) for b, a in both if b.short_name != a.short_name),
            kind_changed=tuple((b, a) for b, a in both if b.kind != a.kind),
            moved=tuple((b, a) for b, a in both if b.parent_uid != a.parent_uid),
        )

    # --- lineage ----------------------------------------------------------------------------------------------
    def successors(self, uid: str) -> tuple[Edge, ...]:
        """Edges that leave a unit, in order of time."""
        return self._walk.leaving(uid)

    def predecessors(self, uid: str) -> tuple[Edge, ...]:
        """Edges that reach a unit, in order of time."""
        return self._walk.arriving(uid)

    def became(self, uid: str, on: date) -> tuple[Fate, ...]:
        """The units in force on the day to which `uid` leads, over any number of reforms.

        Empty when it ended and no successor is recorded. A unit still in force leads to itself.
        """
        return self._walk.forward(uid, on)

    def origins(self, uid: str, on: date) -> tuple[Fate, ...]:
        """The units in force on the (earlier) day from which `uid` came, over any number of reforms."""
        return self._walk.backward(uid, on)

    def lineage(self, uid: str) -> Lineage:
        """Everything a unit came from and became, for drawing."""
        edges = self._walk.around(uid)
        uids = dict.fromkeys([uid, *(e.from_uid for e in edges), *(e.to_uid for e in edges)])
        nodes = tuple(v for u in uids for v in self._by_uid.get(u, ()))
        return Lineage(nodes, edges)
