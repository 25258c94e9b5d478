"""Kết quả của văn bản: the versions and edges it leads to, from the map it changes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from haicap.base.citation import Citation
from haicap.base.dates import Span
from haicap.base.text import nfc, sort_key
from haicap.domain.units.rearrangement.lines import Line, Order, full_name
from haicap.domain.units.timeline import CONFIRMED, Edge, Register, Version


@dataclass(frozen=True, slots=True)
class Plan:
    """What becomes of the register: versions cut short (before, after), new versions, new edges."""

    closed: tuple[tuple[Version, Version], ...]
    opened: tuple[Version, ...]
    edges: tuple[Edge, ...]

    @property
    def born(self) -> tuple[Version, ...]:
        """Versions of units that did not exist before."""
        known = {before.uid for before, _ in self.closed}
        return tuple(v for v in self.opened if v.uid not in known)

    @property
    def ended(self) -> tuple[Version, ...]:
        """Last versions of units that no longer exist."""
        goes_on = {v.uid for v in self.opened}
        return tuple(before for before, _ in self.closed if before.uid not in goes_on)

    @property
    def changed(self) -> tuple[Version, ...]:
        """New versions of units that go on."""
        known = {before.uid for before, _ in self.closed}
        return tuple(v for v in self.opened if v.uid in known)


def plan(order: Order, register: Register) -> Plan:
    """The rows an act without findings leads to."""
    uids = _uids(order, register)
    touched = {line.from_code: _held(register, line.from_code, order) for line in order.lines}
    followers = _followers(order, register, touched)
    opened: dict[str, Version] = {}
    edges: list[Edge] = []
    for line in order.lines:
        uid = uids[line.to_code]
        cited = Citation(order.number, line.clause)
        opened.setdefault(uid, _version(line, uid, uids, order, register, cited))
        shares = (line.relation, line.area_share, line.people_share)
        edges.append(
            Edge(touched[line.from_code].uid, uid, order.effective_on, *shares, cited, CONFIRMED, "")
        )
    for follower, parent_code, clause in followers:
        since = Span(order.effective_on, follower.span.end)
        parent = uids[parent_code]
        cited = Citation(order.number, clause)
        opened[follower.uid] = replace(
            follower, parent_uid=parent, span=since, citation=cited, evidence=CONFIRMED, note=""
        )
    closed = [*touched.values(), *(f for f, _, _ in followers)]
    return Plan(
        closed=tuple((v, replace(v, span=Span(v.span.start, order.effective_on))) for v in closed),
        opened=tuple(opened.values()),
        edges=tuple(edges),
    )


def _held(register: Register, code: str, order: Order) -> Version:
    version = register.at(code, order.eve)
    if version is None:
        raise ValueError(f"no holder of {code}: the order was not checked")
    return version


def _uids(order: Order, register: Register) -> dict[str, str]:
    """Stable ids of the targets: the unit's own where it continues, otherwise a new one."""
    found: dict[str, str] = {}
    for line in order.lines:
        if line.continues:
            found[line.to_code] = _held(register, line.from_code, order).uid
        elif line.to_code not in found:
            stem = f"{line.target.tier[0]}:{line.to_code}@{order.effective_on}"
            n, uid = 1, stem
            while register.versions(uid):
                n += 1
                uid = f"{stem}#{n}"
            found[line.to_code] = uid
    return found


def _version(
    line: Line, uid: str, uids: dict[str, str], order: Order, register: Register, cited: Citation
) -> Version:
    short = nfc(line.to_name)
    if line.target.tier == "province":
        parent_uid = "vn"
    elif line.to_parent_code in uids:
        parent_uid = uids[line.to_parent_code]
    else:
        parent_uid = _holder_uid(register, line.to_parent_code, order)
    return Version(
        uid, line.target.tier, line.to_kind, full_name(line.to_kind, short), short, line.to_code, parent_uid,
        Span(order.effective_on, None), cited, CONFIRMED, "", sort_key(short),
    )  # fmt: skip


def _holder_uid(register: Register, code: str, order: Order) -> str:
    holder = register.at(code, order.effective_on)
    if holder is None:
        raise ValueError(f"no parent {code}: the order was not checked")
    return holder.uid


def _followers(
    order: Order, register: Register, touched: dict[str, Version]
) -> list[tuple[Version, str, str]]:
    """Children of a province that goes whole into another follow it, unless the act names them."""
    found: list[tuple[Version, str, str]] = []
    for line in _whole_provinces(order.lines):
        for child in register.children(touched[line.from_code].uid, order.eve):
            if child.code not in touched:
                found.append((child, line.to_code, line.clause))
    return found


def _whole_provinces(lines: Iterable[Line]) -> Iterable[Line]:
    return (line for line in lines if len(line.from_code) == 2 and line.relation == "whole")
