"""Kiểm tra sổ: recomputes an export of the ledger, without Django or a database, and names the first thing altered.

What it proves: each event is the one that was recorded, none is missing, added or moved up to the newest anchor. Events
after that anchor are linked too, but a cut-off tail would not show; the report says how many they are. Whoever can write
the database can also write its anchors: compare the newest anchor's hash with a copy kept elsewhere (`known`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from haicap.base.words import gettext_noop
from haicap.kernel.ledger import chain, lines
from haicap.kernel.ledger.chain import NOTHING
from haicap.kernel.ledger.findings import Detail, Report, What
from haicap.kernel.ledger.groups import Group, fits, why
from haicap.kernel.ledger.lines import Damaged, Line

_ANCHORS = "ledger:anchors"


def verify_file(path: Path, *, known: Iterable[str] = ()) -> Report:
    """Verify an export, plain or gzip. OSError when the file cannot be read; everything else is in the report."""
    return verify(lines.of_file(path), known=known)


def verify(source: Iterable[str], *, known: Iterable[str] = ()) -> Report:
    """Verify the lines of an export; `known` are hashes of anchors (hex) that were kept elsewhere."""
    return _Verifier().run(source, known)


@dataclass(slots=True)
class _Anchor:
    line: Line
    heads: int = 0
    root: hashlib._Hash = field(default_factory=hashlib.sha256)
    recorded: str = ""  # its hash as the anchor's own event tells it


class _Verifier:
    def __init__(self) -> None:
        self.report = Report()
        self.anchors: dict[int, _Anchor] = {}
        self.header: Line | None = None
        self.begun = False  # the streams have begun: no more anchors
        self.seen = ""  # the last stream that began
        self.blamed: list[tuple[int, What, str, int, Detail]] = []

    def run(self, source: Iterable[str], known: Iterable[str]) -> Report:
        for group in self._groups(self._lines(source)):
            self._stream(group)
        self._anchored()
        self._totals()
        for digest in known:
            if all(a.line["hash"] != digest.strip().lower() for a in self.anchors.values()):
                self.report.add(
                    What.ANCHOR,
                    "",
                    0,
                    Detail(gettext_noop("không có mốc %(hash)s… đã lưu ở nơi khác"), {"hash": digest[:16]}),
                )
        return self.report

    def _lines(self, source: Iterable[str]) -> Iterator[Line]:
        number = 0
        try:
            for number, text in enumerate(source, 1):
                try:
                    line = lines.parse(number, text)
                except Damaged as damage:
                    self.report.add(What.DAMAGED, "", damage.number, damage.detail)
                    continue
                if (line["t"] == "ledger") != (number == 1):
                    self.report.add(What.DAMAGED, "", number, Detail(gettext_noop("dòng mở đầu sai chỗ")))
                if line["t"] == "ledger":
                    self.header = line
                elif line["t"] == "anchor":
                    self._anchor(line)
                else:
                    self.begun = True
                    yield line
        except Damaged as damage:
            self.report.add(What.DAMAGED, "", damage.number, damage.detail)

    def _anchor(self, line: Line) -> None:
        seq = line["seq"]
        before = self.anchors.get(seq - 1)
        if self.begun or seq != max(self.anchors, default=0) + 1:
            self.report.add(What.ANCHOR, "", seq, Detail(gettext_noop("thừa, thiếu hoặc sai thứ tự")))
        body = chain.anchor_bytes(
            seq=seq,
            at=line["at"],
            streams=line["streams"],
            events=line["events"],
            root=bytes.fromhex(line["root"]),
        )
        previous = bytes.fromhex(before.line["hash"]) if before else NOTHING
        if chain.link(previous, body).hex() != line["hash"]:
            self.report.add(What.ANCHOR, "", seq, Detail(gettext_noop("mã băm không khớp")))
        self.anchors[seq] = _Anchor(line)

    def _groups(self, source: Iterator[Line]) -> Iterator[Group]:
        """Lines stream by stream; a line strayed into another stream is named and put aside."""
        group: Group | None = None
        line, following = next(source, None), next(source, None)
        while line is not None:
            if group is None:
                group = self._begin(line)
            if line["stream"] != group.stream and (following is None or following["stream"] != group.stream):
                yield group  # it has no `end`
                group = None
                continue
            self._take(group, line)
            if group.end is not None:
                yield group
                group = None
            line, following = following, next(source, None)
        if group is not None:
            yield group

    def _begin(self, line: Line) -> Group:
        stream = line["stream"]
        if stream <= self.seen:
            self.report.add(What.REORDERED, stream, line["seq"], Detail(gettext_noop("chuỗi nằm sai chỗ")))
        self.seen = max(self.seen, stream)
        return Group(stream)

    def _take(self, group: Group, line: Line) -> None:
        if line["stream"] != group.stream:
            self.report.add(
                What.REORDERED,
                line["stream"],
                line["seq"],
                Detail(gettext_noop("nằm trong chuỗi %(where)s"), {"where": group.stream}),
            )
        elif not group.take(line):
            self.report.add(
                What.REORDERED, line["stream"], line["seq"], Detail(gettext_noop("đứng sau các dòng mốc neo"))
            )

    def _stream(self, group: Group) -> None:
        self.report.streams += bool(group.events)
        self.report.events += len(group.events)
        hashes = [NOTHING]
        for place, line in enumerate(group.events):
            if not fits(line, place + 1, hashes[-1]):
                self.report.add(*why(group, place, hashes[-1]))
                break
            hashes.append(bytes.fromhex(line["hash"]))
        else:
            self._ends(group, hashes)
        anchored = 0
        for head in group.heads:
            self._head(group.stream, head, anchored)
            anchored = head["seq"]
        self.report.unanchored += max(0, len(group.events) - anchored)
        if group.stream == _ANCHORS:
            self._told(group.events)

    def _ends(self, group: Group, hashes: list[bytes]) -> None:
        """The stream is linked in itself: does it reach where its anchors and its end say?"""
        count, stream = len(group.events), group.stream
        for head in group.heads:
            seq = head["seq"]
            if seq > count:
                detail = Detail(
                    gettext_noop("mốc neo số %(anchor)s đã ghi đến sự kiện số %(reached)s"),
                    {"anchor": head["anchor"], "reached": seq},
                )
                self.blamed.append((head["anchor"], What.TRUNCATED, stream, count + 1, detail))
                return
            if hashes[seq].hex() != head["hash"]:
                detail = Detail(
                    gettext_noop("khác với mốc neo số %(anchor)s: sự kiện này hoặc một sự kiện trước nó"),
                    {"anchor": head["anchor"]},
                )
                self.blamed.append((head["anchor"], What.ALTERED, stream, seq, detail))
                return
        end = group.end
        if end is None or end["seq"] > count:
            self.report.add(What.REMOVED, stream, count + 1, Detail(gettext_noop("thiếu phần cuối chuỗi")))
        elif end["seq"] < count:
            self.report.add(What.INSERTED, stream, end["seq"] + 1, Detail(gettext_noop("thừa sau dòng cuối")))
        elif hashes[count].hex() != end["hash"]:
            self.report.add(What.ALTERED, stream, count, Detail(gettext_noop("khác với dòng cuối chuỗi")))

    def _head(self, stream: str, head: Line, before: int) -> None:
        anchor = self.anchors.get(head["anchor"])
        if anchor is None or head["seq"] <= before:
            self.report.add(
                What.ANCHOR, stream, head["anchor"], Detail(gettext_noop("đầu chuỗi không thuộc mốc nào"))
            )
            return
        anchor.heads += 1
        anchor.root.update(chain.head_bytes(stream, head["seq"], bytes.fromhex(head["hash"])))

    def _told(self, events: list[Line]) -> None:
        for line in events:
            if line["kind"] != "ledger.anchored":
                continue
            told = line["data"].get("anchor")
            number = told if isinstance(told, int) else 0
            if number not in self.anchors:
                self.report.add(What.ANCHOR, "", number, Detail(gettext_noop("đã bị xoá")))
            else:
                self.anchors[number].recorded = str(line["data"].get("hash"))

    def _anchored(self) -> None:
        """Do the lists of heads fit their anchors? A list that does not is not believed about its streams."""
        broken = set()
        for seq, anchor in self.anchors.items():
            root, streams = anchor.line["root"], anchor.line["streams"]
            if anchor.root.hexdigest() != root or anchor.heads != streams:
                broken.add(seq)
                named = next((stream for number, _, stream, _, _ in self.blamed if number == seq), "")
                self.report.add(
                    What.ANCHOR, named, seq, Detail(gettext_noop("danh sách đầu chuỗi đã bị sửa"))
                )
            elif anchor.recorded != anchor.line["hash"]:
                self.report.add(What.ANCHOR, "", seq, Detail(gettext_noop("khác với sự kiện ghi việc neo")))
        for number, what, stream, place, detail in self.blamed:
            if number not in broken:
                self.report.add(what, stream, place, detail)

    def _totals(self) -> None:
        report, header = self.report, self.header
        report.anchors = len(self.anchors)
        report.last_anchor = self.anchors[max(self.anchors)].line["hash"] if self.anchors else ""
        found = {
            "format": lines.FORMAT,
            "events": report.events,
            "streams": report.streams,
            "anchors": report.anchors,
        }
        told = {name: header[name] for name in found} if header else {}
        if told != found:
            report.add(
                What.DAMAGED,
                "",
                1,
                Detail(
                    gettext_noop("dòng mở đầu nói %(told)s, tệp có %(found)s"),
                    {"told": told or "–", "found": found},
                ),
            )
