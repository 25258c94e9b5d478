"""Cải cách thành con số: the reform of 1 July 2025 counted from the register itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from haicap.domain.units.timeline import UNCONFIRMED, Register, Version
from haicap.web.common.maps import BEFORE_REFORM
from haicap.web.common.memo import Memo

REFORM = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class ProvinceFigures:
    """One province of after the reform: what it was made of."""

    version: Version
    former: tuple[Version, ...]
    communes_before: int
    communes_after: int

    @property
    def share_left(self) -> float:
        """Communes left of a hundred."""
        return 100 * self.communes_after / self.communes_before if self.communes_before else 0


@dataclass(frozen=True, slots=True)
class Figures:
    """The whole reform."""

    before: dict[str, dict[str, int]]
    after: dict[str, dict[str, int]]
    split: int
    split_decided: int
    kept: int
    edges: int
    provinces: tuple[ProvinceFigures, ...]
    doubtful: tuple[Version, ...]


_FIGURES: Memo[Figures] = Memo(2)


def figures(register: Register, today: date) -> Figures:
    """Counted once per state of the register and day."""
    return _FIGURES.get(register, today, lambda: _count(register, today))


def _communes(register: Register, province: Version, on: date) -> int:
    direct = len(register.children(province.uid, on, "commune"))
    districts = register.children(province.uid, on, "district")
    return direct + sum(len(register.children(d.uid, on, "commune")) for d in districts)


def _provinces(register: Register) -> tuple[ProvinceFigures, ...]:
    made_of: dict[str, list[Version]] = defaultdict(list)
    for former in register.provinces(BEFORE_REFORM):
        for fate in register.became(former.uid, REFORM):
            made_of[fate.version.uid].append(former)
    return tuple(
        ProvinceFigures(
            province,
            tuple(made_of[province.uid]),
            sum(_communes(register, former, BEFORE_REFORM) for former in made_of[province.uid]),
            _communes(register, province, REFORM),
        )
        for province in register.provinces(REFORM)
    )


def _count(register: Register, today: date) -> Figures:
    split = decided = kept = edges = 0
    for commune in register.state(BEFORE_REFORM, "commune"):
        ways = [e for e in register.successors(commune.uid) if e.effective_on == REFORM]
        edges += len(ways)
        kept += any(e.continues for e in ways)
        if len({e.to_uid for e in ways}) > 1:
            split += 1
            decided += sum(e.people_share == "all" for e in ways) == 1 and all(
                e.people_share in ("all", "none") for e in ways
            )
    doubtful = [
        v
        for tier in ("province", "commune")
        for v in register.state(today, tier)
        if v.evidence == UNCONFIRMED
    ]
    return Figures(
        register.counts(BEFORE_REFORM),
        register.counts(REFORM),
        split,
        decided,
        kept,
        edges,
        _provinces(register),
        tuple(doubtful),
    )
