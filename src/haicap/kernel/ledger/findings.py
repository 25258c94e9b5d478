"""Kết quả kiểm tra sổ: what a verification found, in words. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from haicap.base.words import gettext_noop

MOST = 100  # findings kept; the first is what matters


class What(StrEnum):
    """Điều sai: what happened to the record."""

    ALTERED = "altered"
    REMOVED = "removed"
    INSERTED = "inserted"
    REORDERED = "reordered"
    TRUNCATED = "truncated"
    ANCHOR = "anchor"
    DAMAGED = "damaged"


SENTENCES = {
    What.ALTERED: gettext_noop("Chuỗi %(stream)s: sự kiện số %(seq)s đã bị sửa (%(detail)s)."),
    What.REMOVED: gettext_noop("Chuỗi %(stream)s: sự kiện số %(seq)s đã bị xoá (%(detail)s)."),
    What.INSERTED: gettext_noop("Chuỗi %(stream)s: sự kiện số %(seq)s bị chèn thêm (%(detail)s)."),
    What.REORDERED: gettext_noop("Chuỗi %(stream)s: sự kiện số %(seq)s bị đổi chỗ (%(detail)s)."),
    What.TRUNCATED: gettext_noop("Chuỗi %(stream)s: bị cắt từ sự kiện số %(seq)s (%(detail)s)."),
    What.ANCHOR: gettext_noop("Mốc neo số %(seq)s không khớp: %(detail)s %(stream)s"),
    What.DAMAGED: gettext_noop("Tệp xuất bị hỏng ở dòng %(seq)s: %(detail)s %(stream)s"),
}


@dataclass(frozen=True, slots=True)
class Detail:
    """The particulars of a finding: a Vietnamese %-template, marked with gettext_noop, and its values."""

    template: str
    params: Mapping[str, object] = field(default_factory=dict)

    def told(self, translate: Callable[[str], str] = str) -> str:
        """In the language of `translate`."""
        return translate(self.template) % self.params if self.params else translate(self.template)

    def __str__(self) -> str:
        return self.told()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that does not hold. `seq` is the event's number in `stream`; the anchor's or line's number for those."""

    what: What
    stream: str
    seq: int
    detail: Detail

    def told(self, translate: Callable[[str], str] = str) -> str:
        """The sentence in the language of `translate`."""
        facts = {"stream": self.stream, "seq": self.seq, "detail": self.detail.told(translate)}
        return (translate(SENTENCES[self.what]) % facts).strip()

    @property
    def sentence(self) -> str:
        """The Vietnamese sentence."""
        return self.told()

    def __str__(self) -> str:
        return f"{self.what.value}: {self.stream}#{self.seq} ({self.detail})"


@dataclass(slots=True)
class Report:
    """What was read and what was found, in the order of reading."""

    events: int = 0
    streams: int = 0
    anchors: int = 0
    unanchored: int = 0  # events after the last anchor: their tail could be cut without trace
    last_anchor: str = ""  # hash of the newest anchor, to be compared with the copy kept elsewhere
    findings: list[Finding] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether all of it holds."""
        return not self.findings

    @property
    def first(self) -> Finding | None:
        """The first thing that does not hold."""
        return self.findings[0] if self.findings else None

    def add(self, what: What, stream: str, seq: int, detail: Detail) -> None:
        """Keep a finding."""
        if len(self.findings) < MOST:
            self.findings.append(Finding(what, stream, seq, detail))
