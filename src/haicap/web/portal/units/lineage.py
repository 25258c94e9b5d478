"""Dòng kế thừa của một đơn vị: from edges to boxes and arrows, and to the table beneath them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext

from haicap.base.dates import show_date
from haicap.domain.units.timeline import Edge, Lineage, Register, Version
from haicap.web.common.drawings import Arrow, Box, Flow, draw_flow
from haicap.web.common.drawings.flow import columns_by_time
from haicap.web.portal.links import unit_href

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class End:
    """One end of an edge: the unit as it was on a day."""

    key: str
    version: Version
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Line:
    """An edge with both ends, for the table."""

    edge: Edge
    start: End
    end: End


def _segment(tree: Lineage, uid: str, day: date) -> int:
    """How many edges that merely continue the unit lie before or on the day: each starts a new box."""
    return sum(e.continues and e.from_uid == uid and e.effective_on <= day for e in tree.edges)


def _end(register: Register, tree: Lineage, uid: str, day: date, today: date) -> End | None:
    version = register.version(uid, day)
    if version is None:
        return None
    above = register.path(uid, day)[1:]
    title = ", ".join(v.name for v in above)
    return End(f"{uid}#{_segment(tree, uid, day)}", version, title, unit_href(version.code, day, today))


def lines(register: Register, tree: Lineage, today: date) -> list[Line]:
    """Edges in order of time; edges whose ends are not recorded are left out."""
    found = []
    for edge in tree.edges:
        start = _end(register, tree, edge.from_uid, edge.effective_on - _DAY, today)
        end = _end(register, tree, edge.to_uid, edge.effective_on, today)
        if start is not None and end is not None:
            found.append(Line(edge, start, end))
    return found


def _style(edge: Edge) -> str:
    if edge.area_share == "none":
        return "none"
    return "part" if edge.relation in ("part", "rest") else "whole"


def _population(edge: Edge) -> bool:
    return edge.relation in ("part", "rest") and edge.people_share == "all"


def _heads(tree: Lineage, count: int) -> list[str]:
    days = sorted({e.effective_on for e in tree.edges})
    if count != len(days) + 1:
        return []
    heads = [gettext("trước %(day)s") % {"day": show_date(day)} for day in days]
    return [*heads, gettext("từ %(day)s") % {"day": show_date(days[-1])}]


def flow(register: Register, tree: Lineage, uid: str, on: date, today: date) -> Flow | None:
    """The drawing; None when nothing ever moved."""
    rows = lines(register, tree, today)
    if not rows:
        return None
    days = [(r.start.key, r.end.key, r.edge.effective_on.toordinal()) for r in rows]
    columns = columns_by_time((d for _, _, d in days), days)
    here = f"{uid}#{_segment(tree, uid, on)}"
    boxes: dict[str, Box] = {}
    for row in rows:
        for end in (row.start, row.end):
            known = boxes.get(end.key)
            if known is None or end is row.start:
                sub = end.title.split(",")[0]
                boxes[end.key] = Box(
                    end.key, columns[end.key], end.version.name, sub, end.href, end.key == here
                )
    arrows = [Arrow(r.start.key, r.end.key, _style(r.edge), _population(r.edge)) for r in rows]
    return draw_flow(boxes.values(), arrows, _heads(tree, max(columns.values()) + 1))
