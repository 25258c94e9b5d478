"""Các dòng của một chuỗi: the lines of one stream of an export, and why the first that does not fit does not. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from haicap.base.words import gettext_noop
from haicap.kernel.ledger import chain
from haicap.kernel.ledger.findings import Detail, What
from haicap.kernel.ledger.lines import Line

_BODY = ("stream", "seq", "kind", "at", "recorded_at", "actor", "on_behalf_of", "data")


@dataclass(slots=True)
class Group:
    """The lines of one stream."""

    stream: str
    events: list[Line] = field(default_factory=list)
    heads: list[Line] = field(default_factory=list)
    end: Line | None = None

    def take(self, line: Line) -> bool:
        """Keep the line; False when it stands after lines it belongs before."""
        fits = line["t"] != "event" or not self.heads
        if line["t"] == "event":
            self.events.append(line)
        elif line["t"] == "head":
            self.heads.append(line)
        else:
            self.end = line
        return fits


def fits(line: Line, seq: int, previous: bytes) -> bool:
    """Whether `line` is event number `seq`, linked to the hash before it."""
    return bool(line["seq"] == seq) and _links(line, seq, previous)


def _links(line: Line, seq: int, previous: bytes) -> bool:
    body = {name: line[name] for name in _BODY} | {"seq": seq}
    return chain.link(previous, chain.event_bytes(body)).hex() == str(line["hash"])


def why(group: Group, place: int, previous: bytes) -> tuple[What, str, int, Detail]:
    """What happened to the first event that does not fit."""
    line, seq, stream = group.events[place], place + 1, group.stream
    later = group.events[place + 1 :]
    if _links(line, seq, previous):
        return (
            What.ALTERED,
            stream,
            seq,
            Detail(gettext_noop("số thứ tự ghi là %(other)s"), {"other": line["seq"]}),
        )
    moved = any(e["seq"] == seq for e in later) and seq < line["seq"] <= len(group.events)
    if moved and all(e["seq"] != line["seq"] for e in later):
        return (
            What.REORDERED,
            stream,
            seq,
            Detail(gettext_noop("sự kiện số %(other)s đứng ở chỗ này"), {"other": line["seq"]}),
        )
    if later and fits(later[0], seq, previous):
        return What.INSERTED, stream, line["seq"], Detail(gettext_noop("không nối với sự kiện trước"))
    if line["seq"] == seq:
        return What.ALTERED, stream, seq, Detail(gettext_noop("mã băm không khớp"))
    if line["seq"] < seq:
        return What.INSERTED, stream, line["seq"], Detail(gettext_noop("đã có sự kiện này"))
    return (
        What.REMOVED,
        stream,
        seq,
        Detail(gettext_noop("tiếp ngay là sự kiện số %(other)s"), {"other": line["seq"]}),
    )
