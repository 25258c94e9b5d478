"""Mô tả đơn vị: units, edges and changes as documents of plain values (text, numbers, lists)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from haicap.domain.units.timeline import HORIZON, Changes, Edge, Fate, Register, Version

Document = dict[str, object]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def brief(version: Version) -> Document:
    """A unit in one line."""
    return {"uid": version.uid, "code": version.code, "kind": version.kind, "name": version.name}


def unit_document(register: Register, version: Version, on: date) -> Document:
    """A unit as it was on the day: names, code, span of this version, those above it, the law it rests on."""
    above = register.path(version.uid, on)[1:]
    return {
        **brief(version),
        "tier": version.tier,
        "short_name": version.short_name,
        "title": ", ".join(v.name for v in (version, *above)),
        "above": [brief(v) for v in above],
        "valid_from": _iso(version.span.start),
        "valid_to": _iso(version.span.end),
        "citation": str(version.citation),
        "evidence": version.evidence,
        "note": version.note,
    }


def _end(register: Register, uid: str, day: date) -> Document:
    """One end of an edge under the name it had then."""
    version = register.version(uid, day) or next(iter(register.versions(uid)), None)
    return brief(version) if version else {"uid": uid, "code": "", "kind": "", "name": ""}


def edge_document(register: Register, edge: Edge) -> Document:
    """What of one unit went to another, and by which clause."""
    return {
        "from": _end(register, edge.from_uid, edge.effective_on - timedelta(days=1)),
        "to": _end(register, edge.to_uid, edge.effective_on),
        "effective_on": edge.effective_on.isoformat(),
        "relation": edge.relation,
        "area_share": edge.area_share,
        "people_share": edge.people_share,
        "citation": str(edge.citation),
        "evidence": edge.evidence,
        "note": edge.note,
    }


def fate_document(register: Register, fate: Fate, on: date) -> Document:
    """A unit reached through lineage."""
    return {
        **brief(fate.version),
        "title": register.title(fate.version.uid, on),
        "whole": fate.whole,
        "population": fate.population,
        "citations": list(dict.fromkeys(str(e.citation) for e in fate.edges if e.citation)),
    }


def lineage_document(register: Register, version: Version, on: date, today: date) -> Document:
    """Where a unit came from and what became of it: direct edges, and the units on the first and the last day."""
    uid = version.uid
    return {
        "unit": unit_document(register, version, on),
        "versions": [_version(v) for v in register.versions(uid)],
        "predecessors": _edges(register, register.predecessors(uid)),
        "successors": _edges(register, register.successors(uid)),
        "came_from": [fate_document(register, f, HORIZON) for f in register.origins(uid, HORIZON)],
        "became": [fate_document(register, f, today) for f in register.became(uid, today)],
        "became_on": today.isoformat(),
    }


def _edges(register: Register, edges: Sequence[Edge]) -> list[Document]:
    return [edge_document(register, e) for e in edges]


def _version(version: Version) -> Document:
    return {
        **brief(version),
        "valid_from": _iso(version.span.start),
        "valid_to": _iso(version.span.end),
        "citation": str(version.citation),
        "evidence": version.evidence,
    }


def holder_document(version: Version) -> Document:
    """One holder of a code."""
    return _version(version)


def changes_document(found: Changes) -> Document:
    """What differs between two days."""
    return {
        "born": [brief(v) for v in found.born],
        "ended": [brief(v) for v in found.ended],
        "renamed": [_pair(p) for p in found.renamed],
        "kind_changed": [_pair(p) for p in found.kind_changed],
        "moved": [_pair(p) for p in found.moved],
    }


def _pair(pair: tuple[Version, Version]) -> Document:
    before, after = pair
    return {"before": brief(before), "after": brief(after)}
